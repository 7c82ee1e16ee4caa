package history

// Judge says what became of the actions of the earlier plan (METHOD 23.4): done
// or partly done only where an input of the later run shows it, else open while
// its day is ahead and overdue after it. gone counts the seats that are gone by
// action.
func (c *Comparison) Judge(before, after *Facts, gone map[string]int, seen func(line string) Seen) {
	planned := map[string]bool{}
	for i := range after.Actions {
		planned[after.Actions[i].ID] = true
	}
	for i := range before.Actions {
		a := &before.Actions[i]
		out := ActionChange{ID: a.ID, Title: a.Title, Deadline: a.Deadline, Currency: a.Amount.Currency(), Amount: a.Amount, Planned: planned[a.ID],
			Seats: a.Seats, Gone: min(gone[a.ID], a.Seats)}
		switch did := a.did(out.Gone, seen); {
		case did != "":
			out.State = did
		case a.Deadline.IsZero() || !a.Deadline.Before(after.AsOf):
			out.State = Open
		default:
			out.State = Overdue
		}
		c.Actions = append(c.Actions, out)
	}
}

// did returns whether an action is done, or a part of it; "" where no input shows
// anything of it.
func (a *Action) did(gone int, seen func(line string) Seen) State {
	parts, done := 0, 0
	if a.Seats > 0 {
		parts++
		switch {
		case gone >= a.Seats:
			done++
		case gone > 0:
			return Partly
		}
	}
	for i := range a.Lines {
		t := &a.Lines[i]
		if a.Seats > 0 && t.From != t.To && !t.Merged && t.Cycle == "" {
			continue // the bills follow the people
		}
		parts++
		if t.done(seen(t.Line)) {
			done++
		}
	}
	switch {
	case parts == 0 || done == 0:
		return ""
	case done < parts:
		return Partly
	}
	return Done
}

// done reports whether a subscription is what an action wanted of it.
func (t *Target) done(s Seen) bool {
	switch {
	case !s.There:
		return t.To == 0 || t.Merged
	case t.Merged:
		return s.Merged
	case t.Cycle != "":
		return s.Cycle == t.Cycle
	case t.From == t.To:
		return s.Kept
	case s.Quantity == nil:
		return false // nobody counted them
	case t.To < t.From:
		return *s.Quantity <= t.To
	}
	return *s.Quantity >= t.To
}
