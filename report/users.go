package report

import (
	"fmt"
	"iter"
	"slices"

	"tierline/audit"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/seats"
)

// userRow is a seat with its product as people call it and what the plan does to it.
type userRow struct {
	audit.SeatRow
	product string
	action  *audit.Action // that removes the seat, nil for none
	first   bool          // of the rows of its action
}

// firstOf names the first row of an action, to which that leads.
func firstOf(u *userRow) string {
	if !u.first {
		return ""
	}
	return u.action.ID
}

// The columns of people and their seats. Nothing here may reach the PDF.
var (
	userAccount = Col[*userRow]{ID: "account", Title: "User id", Width: 44, Aside: true, Show: func(u *userRow) Cell { return T(u.Account) }}
	userName    = Col[*userRow]{ID: "name", Title: "Name", Width: 22, Show: func(u *userRow) Cell { return T(u.Name) }}
	userAddress = Col[*userRow]{ID: "email", Title: "Address", Width: 28, Show: func(u *userRow) Cell { return T(u.Email) }}
	userSite    = Col[*userRow]{ID: "site", Title: "Site", Width: 20, Show: func(u *userRow) Cell { return place(u.Site) }}
	userProduct = Col[*userRow]{ID: "product", Title: "Product", Width: 22, Show: func(u *userRow) Cell { return T(u.product) }}
	userClass   = Col[*userRow]{ID: "class", Title: "Class", Width: 15, Show: func(u *userRow) Cell { return W(u.Class) }}
	userSeen    = Col[*userRow]{ID: "last_seen", Title: "Last used", Kind: Date, Width: 12, Note: "never: no activity at all; unknown: no signal", Show: lastUsed}
	userIdle    = Col[*userRow]{ID: "idle_days", Title: "Idle days", Kind: Count, Width: 10, Marks: idleMarks(),
		Show: func(u *userRow) Cell { return given(u.Idle) }}
	userDay = Col[*userRow]{ID: "evidence_day", Title: "Evidence day", Kind: Date, Width: 12, Aside: true,
		Note: "day of the user list, to which idle days are counted",
		Show: func(u *userRow) Cell { return dateOrBlank(u.EvidenceDay) }}
	userBand  = Col[*userRow]{ID: "band", Title: "Band", Width: 9, Marks: bandMarks(), Aside: true, Show: func(u *userRow) Cell { return W(u.Band) }}
	userAdded = Col[*userRow]{ID: "added", Title: "Added", Kind: Date, Width: 12, Aside: true, Show: func(u *userRow) Cell { return dateOrBlank(u.Added) }}
	userRank  = Col[*userRow]{ID: "rank", Title: "Review order", Kind: Count, Width: 10, Show: reviewOrder,
		Note: "place in the order of removal, longest idle first; blank for seats that are no candidates"}
	userPlan = Col[*userRow]{ID: "plan", Title: "Plan", Width: 10, Note: "what the plan says about the seat",
		Show: func(u *userRow) Cell { return T(fate(u)) }}
	userAction = Col[*userRow]{ID: "action", Title: "Action", Kind: Count, Width: 8, Note: "number of the action of the plan that removes the seat",
		Show: func(u *userRow) Cell { return numberOf(u.action) }}
	userDepartment = Col[*userRow]{ID: "department", Title: "Department", Width: 18, Show: func(u *userRow) Cell { return T(u.Department) }}
	userTitle      = Col[*userRow]{ID: "title", Title: "Job title", Width: 22, Aside: true, Show: func(u *userRow) Cell { return T(u.Title) }}
	userCostCentre = Col[*userRow]{ID: "cost_centre", Title: "Cost centre", Width: 14, Aside: true, Show: func(u *userRow) Cell { return T(u.CostCentre) }}
	userManager    = Col[*userRow]{ID: "manager", Title: "Manager", Width: 26, Aside: true, Show: func(u *userRow) Cell { return T(u.Manager) }}
	userProtected  = Col[*userRow]{ID: "protected", Title: "Protected by", Width: 30, Wrap: true, Aside: true,
		Show: func(u *userRow) Cell { return T(protectedBy(u)) }}
	userEvidence = Col[*userRow]{ID: "evidence", Title: "Evidence beside it", Width: 36, Aside: true, Wrap: true,
		Note: "account-wide activity and company sign-ins; they change no class", Show: func(u *userRow) Cell { return T(u.Evidence) }}
	userWorth = Col[*userRow]{ID: "worth", Title: "Worth on average", Kind: Money, Width: 15, Aside: true, Show: worthOf,
		Note: "what the planned removals of a bundle save together, spread evenly over their seats; one of them alone may save nothing"}
	userKeep = Col[*userRow]{ID: "keep", Title: "Keep", Width: 10, Show: func(u *userRow) Cell { return T(decidedOn(u).Verdict.String()) },
		Note: "yours to fill in: keep, remove or ask; the next audit reads it",
		Input: &Input{List: estate.Verdicts(), Optional: true, Title: "Keep, remove or ask",
			Message: "keep: the seat is needed, and no later run proposes it until the day in Decided until. remove: it can go. ask: somebody is being asked. " +
				"Save the workbook among the inputs; the next audit reads it."}}
	userReason = Col[*userRow]{ID: "reason", Title: "Reason", Width: 20, Wrap: true, Show: func(u *userRow) Cell { return T(decidedOn(u).Reason) },
		Input: &Input{Optional: true, Title: "Reason", Message: "Why it was decided so; it stands in later workbooks and in no other report."}}
	userOwner = Col[*userRow]{ID: "owner", Title: "Owner", Width: 16, Show: func(u *userRow) Cell { return T(decidedOn(u).Owner) },
		Input: &Input{Optional: true, Title: "Owner", Message: "Who answers for the decision."}}
	userUntil = Col[*userRow]{ID: "decided_until", Title: "Decided until", Kind: Date, Width: 13,
		Show: func(u *userRow) Cell { return dateOrBlank(decidedOn(u).Until) },
		Note: "last day on which keep holds; left blank, 12 months from the day of this run",
		Input: &Input{Days: true, Optional: true, Title: "Decided until",
			Message: "The last day on which keep holds. Left blank: 12 months from the day of this run."}}
	userSignal = Col[*userRow]{ID: "signal", Title: "Signal", Width: 24, Aside: true, Show: func(u *userRow) Cell { return T(u.Signal) }}
	userSource = Col[*userRow]{ID: "source", Title: "Row", Width: 28, Aside: true, Show: func(u *userRow) Cell { return T(u.Source.String()) }}
)

// idleMarks are the same tones for the days themselves.
func idleMarks() []Mark {
	var out []Mark
	for _, of := range []struct {
		seats.Band
		Tone
	}{{seats.To179, Alarm}, {seats.To89, Watch}} {
		days, _ := of.Since()
		out = append(out, Mark{F("AND(ISNUMBER({}),{}>={})", Here(""), Here(""), Number(days)), of.Tone})
	}
	return out
}

// bandMarks are the tones of the bands: the longer nobody has used a seat.
func bandMarks() []Mark {
	var out []Mark
	for _, b := range seats.Bands() {
		switch {
		case b == seats.BandUnknown:
			out = append(out, Mark{F("{}={}", Here(""), Word(Label(b))), Quiet})
		case b >= seats.To179:
			out = append(out, Mark{F("{}={}", Here(""), Word(Label(b))), Alarm})
		case b >= seats.To89:
			out = append(out, Mark{F("{}={}", Here(""), Word(Label(b))), Watch})
		}
	}
	return out
}

// The columns of seats.csv, which holds what is known of every account, as
// programs read it.
var (
	seatKind      = Col[*audit.SeatRow]{ID: "kind", Show: func(s *audit.SeatRow) Cell { return key(s.Kind) }}
	seatAccount   = Col[*audit.SeatRow]{ID: "account", Show: func(s *audit.SeatRow) Cell { return T(s.Account) }}
	seatName      = Col[*audit.SeatRow]{ID: "name", Show: func(s *audit.SeatRow) Cell { return T(s.Name) }}
	seatEmail     = Col[*audit.SeatRow]{ID: "email", Show: func(s *audit.SeatRow) Cell { return T(s.Email) }}
	seatSite      = Col[*audit.SeatRow]{ID: "site", Show: func(s *audit.SeatRow) Cell { return T(s.Site) }}
	seatProduct   = Col[*audit.SeatRow]{ID: "product", Show: func(s *audit.SeatRow) Cell { return T(s.Product) }}
	seatClass     = Col[*audit.SeatRow]{ID: "class", Show: classOf}
	seatBand      = Col[*audit.SeatRow]{ID: "band", Show: func(s *audit.SeatRow) Cell { return key(s.Band) }}
	seatLastSeen  = Col[*audit.SeatRow]{ID: "last_seen", Show: func(s *audit.SeatRow) Cell { return dateOrBlank(s.LastSeen) }}
	seatIdle      = Col[*audit.SeatRow]{ID: "idle_days", Show: func(s *audit.SeatRow) Cell { return given(s.Idle) }}
	seatDay       = Col[*audit.SeatRow]{ID: "evidence_day", Show: func(s *audit.SeatRow) Cell { return dateOrBlank(s.EvidenceDay) }}
	seatCandidate = Col[*audit.SeatRow]{ID: "candidate", Show: func(s *audit.SeatRow) Cell { return T(yesNo(s.Rank > 0)) }}
	seatAction    = Col[*audit.SeatRow]{ID: "action", Show: func(s *audit.SeatRow) Cell { return T(s.Action) }}
	seatFile      = Col[*audit.SeatRow]{ID: "file", Show: func(s *audit.SeatRow) Cell { return T(s.Source.Name()) }}
	seatRow       = Col[*audit.SeatRow]{ID: "row", Show: func(s *audit.SeatRow) Cell { return N(s.Source.Line) }}
)

// seatsList is what is known of every account, one row at a time.
func seatsList(r *audit.Result) Table {
	return TableOf[*audit.SeatRow]{Title: "Seats", Rows: seatRows(r), Many: true, Columns: []Col[*audit.SeatRow]{
		seatKind, seatAccount, seatName, seatEmail, seatSite, seatProduct, seatClass, seatBand, seatLastSeen, seatIdle, seatDay, seatCandidate, seatAction,
		seatFile, seatRow,
	}}.Table()
}

// seatRows yields the rows as they come; the row is one and the same for all.
func seatRows(r *audit.Result) iter.Seq[*audit.SeatRow] {
	return func(yield func(*audit.SeatRow) bool) {
		if r.People == nil {
			return
		}
		var row audit.SeatRow
		for row = range r.People {
			if !yield(&row) {
				return
			}
		}
	}
}

// classOf shows the judgement on a seat; of an account that may be none there
// is no judgement.
func classOf(s *audit.SeatRow) Cell {
	if s.Kind != audit.PaidSeat {
		return T("")
	}
	return key(s.Class)
}

// longestKept is how many months ahead a decision may be dated.
const longestKept = 120

// userUntilFrom takes days from as-of on: a decision that has ended keeps nobody.
func userUntilFrom(r *audit.Result) Col[*userRow] {
	c, in := userUntil, *userUntil.Input
	in.Least, in.Most = Day(r.Run.AsOf).Serial(), Day(r.Run.AsOf.AddMonths(longestKept)).Serial()
	c.Input = &in
	return c
}

// usersSheet lists the seats; of more than the policy's workbook_seats only
// those that matter, since a sheet of millions is opened by nobody.
func usersSheet(r *audit.Result) Sheet {
	s := Sheet{Name: "Users", Grain: "One row per person, product and site that holds a paid seat: whom the plan removes first, the longest idle first; " +
		"then the other review candidates; then everybody else"}
	shown := func(*userRow) bool { return true }
	if total, most := listedSeats(r), r.Run.Policy.WorkbookSeats; !listsAll(r) {
		shown = mattering(r)
		s.Lead = []string{
			fmt.Sprintf("The organisation has %s seats, more than the %s of which this sheet lists all (policy workbook_seats).", money.Count(total), money.Count(most)),
			"It lists those that matter: review candidates, seats something protects, seats of which nothing is known, and seats in a finding.",
			"The file seats.csv lists every seat. The option --all-seats writes all of them here.",
		}
	}
	if r.Run.Redacted != "" {
		s.Lead = append(s.Lead, "People are named by pseudonyms. Decisions made here are read back with the same key file.")
	}
	address, department, aside := userAddress, []Col[*userRow]{userDepartment}, []Col[*userRow](nil)
	if len(r.Staff.Departments) == 0 { // blank in every row, of too many to look through
		address, department, aside = userAddress.Wide(34), nil, []Col[*userRow]{userDepartment.Beside()}
	}
	s.Table = TableOf[*userRow]{
		ID: "users", Key: firstOf, Title: "Users", Empty: "No export with access columns was read, so no seat is known by name.",
		Rows: userRows(r, shown), Many: true,
		Columns: slices.Concat([]Col[*userRow]{userName.Pin(), address}, department,
			[]Col[*userRow]{userSite, userProduct.LeadingWhere(subscribed(r)), userClass, userSeen, userIdle, userRank, userPlan, userAction,
				userKeep, userReason, userOwner.Beside(), userUntilFrom(r).Beside(), userWorth}, aside,
			[]Col[*userRow]{userTitle, userCostCentre, userManager, userBand, userDay, userAdded, userProtected, userEvidence, userAccount,
				userSignal, userSource}),
	}.Table()
	return s
}

// subscribed leads from a review candidate to the subscription that pays for the
// seat. The others, and a sheet that could not list all, do without: a link is a
// formula there.
func subscribed(r *audit.Result) func(*userRow) (Ref, bool) {
	from, all := newLineCells(r), listsAll(r)
	return func(u *userRow) (Ref, bool) {
		if !all || u.Rank == 0 {
			return Ref{}, false
		}
		line := from.product(u.Site, u.Product)
		return At(subscriptionsTable, line, ""), line != ""
	}
}

// listsAll reports whether the sheet lists every seat.
func listsAll(r *audit.Result) bool {
	most := r.Run.Policy.WorkbookSeats
	return most <= 0 || listedSeats(r) <= most
}

// listedSeats returns the number of seats known by name.
func listedSeats(r *audit.Result) int {
	n := 0
	for p := range each(r.Seats) {
		for _, c := range p.Classes {
			n += c.Count
		}
	}
	return n
}

// mattering tells the seats somebody may have to look at.
func mattering(r *audit.Result) func(*userRow) bool {
	found := map[diag.Source]bool{}
	for f := range each(r.Findings) {
		for _, e := range f.Evidence {
			found[e.Source] = true
		}
	}
	return func(u *userRow) bool {
		return u.Rank > 0 || u.Class.Protected() || u.Class == seats.Unknown || found[u.Source]
	}
}

// userRows yields the seats to show as they come. The row is one and the same
// for all of them, and holds a seat only until the next one.
func userRows(r *audit.Result, shown func(*userRow) bool) iter.Seq[*userRow] {
	return func(yield func(*userRow) bool) {
		if r.People == nil {
			return
		}
		names := map[[2]string]string{}
		for p := range each(r.Seats) {
			names[[2]string{p.Site, p.Product}] = p.Name
		}
		var row userRow
		led := map[*audit.Action]bool{nil: true}
		for row.SeatRow = range r.People {
			if row.Kind != audit.PaidSeat {
				continue
			}
			if !shown(&row) {
				continue
			}
			row.product, row.action = names[[2]string{row.Site, row.Product}], r.Plan.Action(row.Action)
			row.first, led[row.action] = !led[row.action], true
			if !yield(&row) {
				return
			}
		}
	}
}

func lastUsed(u *userRow) Cell {
	if u.Never {
		return T("never")
	}
	return D(u.LastSeen)
}

func reviewOrder(u *userRow) Cell {
	if u.Rank == 0 {
		return T("")
	}
	return N(u.Rank)
}

// decidedOn returns what was decided about the seat; nothing where nobody has.
func decidedOn(u *userRow) *estate.Decision {
	if u.Decision == nil {
		return &estate.Decision{}
	}
	return u.Decision
}

// protectedBy says what keeps a seat, and what somebody wrote beside it.
func protectedBy(u *userRow) string {
	if u.Why == "" {
		return u.Protected
	}
	return u.Protected + ": " + u.Why
}

// worthOf shows what a removal is worth on average, blank where the plan removes
// nobody.
func worthOf(u *userRow) Cell {
	if u.action == nil {
		return T("")
	}
	return M(u.Worth)
}

// numberOf shows the number of an action, blank for none.
func numberOf(a *audit.Action) Cell {
	if a == nil {
		return T("")
	}
	return N(a.Number).To(At(actionsTable, a.ID, ""))
}

// fate says what the plan makes of a seat: only candidates can be removed, and
// those whose removal saves nothing are left.
func fate(u *userRow) string {
	switch {
	case u.Action != "":
		return "remove"
	case u.Rank > 0:
		return "leave"
	}
	return "keep"
}
