package seats

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
)

// figureDays is how many days before as-of a figure may be of that is held
// against an export (METHOD 1.21).
const figureDays = 31

// closeEnough is how far two counts may always lie apart, whatever part of them
// that is: people join and leave between two days.
const closeEnough = 5

// smallLicence is up to how many users a licence is too small for its free
// places to say that an export is a part: nobody buys fewer.
const smallLicence = 10

// weigh holds what is known of each count against it.
func (r *Register) weigh(policy *config.Policy) {
	for _, p := range r.Products {
		p.Counted = p.Users
		r.measure(p)
	}
	w := weighing{Register: r, policy: policy, charges: r.chargesOf(), small: map[uint16]bool{}}
	for i := range r.estate.Lists {
		w.small[uint16(i)] = w.looksSmall(uint16(i))
	}
	w.readConfirmed()
	for _, p := range r.Products {
		if d, ok := w.undated(p); ok {
			p.Doubts = append(p.Doubts, d)
			w.hold(p)
		}
	}
	for _, collections := range []bool{false, true} {
		for _, p := range r.Products {
			if p.Origin == FromAccess && p.Collects() == collections {
				p.Doubts = w.doubts(p)
				p.Doubts = append(p.Doubts, w.inherited(p)...)
				w.hold(p)
			}
		}
	}
}

// measure lists the figures somebody counted, that of the access columns first.
func (r *Register) measure(p *Product) {
	if p.Origin == FromAccess {
		p.Measured = append(p.Measured, Figure{Users: p.Counted, From: FromAccess, Day: p.CountedOn, At: p.CountedAt})
	}
	if c, ok := r.newestCount(p, figureDays); ok {
		p.Measured = append(p.Measured, Figure{Users: c.Users, From: FromCounts, Day: c.Date, At: c.Source})
	}
	if l := r.licence(p); l != nil && r.recent(l.Day) {
		p.Measured = append(p.Measured, Figure{Users: l.Current, From: FromLicence, Day: l.Day, At: l.Source})
	}
	if c := r.siteCount(p); c != nil {
		f := Figure{Users: c.Users, From: fromSite(c), Day: c.Day, At: c.Source}
		if r.recent(c.Day) {
			p.Measured = append(p.Measured, f)
		} else {
			p.Undated = append(p.Undated, f)
		}
	}
}

// weighing is the judgement on the counts of a register.
type weighing struct {
	*Register
	policy    *config.Policy
	charges   map[*Product]*charge
	small     map[uint16]bool // lists whose products all have few seats for what is licensed
	confirmed map[*Product]*config.ConfirmedCount
}

// agree reports whether two figures can be of the same users.
func (w *weighing) agree(a, b int) bool {
	apart := max(a-b, b-a)
	return apart <= closeEnough || !w.beyond(apart, max(a, b))
}

// beyond reports whether a difference is more than the tolerated part of a
// number of users.
func (w *weighing) beyond(apart, users int) bool {
	return money.Int(int64(apart)).Cmp(w.policy.CountTolerance.MulInt(users)) > 0
}

// looksSmall reports whether every product that a list counts, and that is
// licensed for more than a few, has few seats for it.
func (w *weighing) looksSmall(list uint16) bool {
	small := false
	for _, p := range w.Products {
		if p.Origin != FromAccess || !slices.Contains(p.access.Lists, list) {
			continue
		}
		c := w.charges[p]
		if c == nil || c.licensed <= smallLicence {
			continue
		}
		if money.Int(int64(c.usersOf(p))).Cmp(w.policy.PartialBelow.MulInt(c.licensed)) >= 0 {
			return false
		}
		small = true
	}
	return small
}

// usersOf returns how many users of a charge are known: of one for several sites
// each person once, else those of the product's site.
func (c *charge) usersOf(p *Product) int {
	if c.counted {
		return c.users
	}
	return p.Counted
}

// shortOf returns a product of some lists that is licensed for more than a few; nil
// where none is. Of lists that look small its seats are few.
func (w *weighing) shortOf(lists []uint16) *Product {
	for _, p := range w.Products {
		listed := p.Origin == FromAccess && slices.ContainsFunc(lists, func(i uint16) bool { return slices.Contains(p.access.Lists, i) })
		if c := w.charges[p]; listed && c != nil && c.licensed > smallLicence {
			return p
		}
	}
	return nil
}

// doubts says what speaks against the seats of a product.
func (w *weighing) doubts(p *Product) []Doubt {
	var out []Doubt
	if d, ok := w.stale(p); ok {
		out = append(out, d)
	}
	if w.confirmed[p] == nil {
		if d, ok := w.contradicted(p); ok {
			out = append(out, d)
		}
		if d, ok := w.partial(p); ok {
			out = append(out, d)
		}
	}
	if d, ok := w.broken(p); ok {
		out = append(out, d)
	}
	if d, ok := w.unread(p); ok {
		out = append(out, d)
	}
	return out
}

// stale doubts the seats of a product for the day of its export. The reason says
// nothing of the product, whose number of users is a figure beside it: all that an
// export counts is in doubt for one reason.
func (w *weighing) stale(p *Product) (Doubt, bool) {
	if !w.tooOld(p.access.Day) {
		return Doubt{}, false
	}
	d := Doubt{Kind: Stale, Figures: p.Measured[:1]}
	switch {
	case !p.access.Day.IsZero():
		d.Reason = diag.Why(diag.InDoubt, "the export is of %s, %d days before %s and more than %d",
			p.access.Day, w.asOf.Sub(p.access.Day), w.asOf, w.policy.ExportMaxAge).From(p.CountedAt)
	case slices.ContainsFunc(p.access.Lists, func(i uint16) bool { return w.estate.Lists[i].Ambiguous }):
		d.Kind, d.Reason = Ambiguous, diag.Why(diag.InDoubt, "the dates of the export can be read as day/month or month/day, so its day is unknown").From(p.CountedAt)
	default:
		d.Reason = diag.Why(diag.InDoubt, "the export is of an unknown day").From(p.CountedAt)
	}
	d.Lift = w.sayDays(p)
	return d, true
}

// undated doubts a number of users that a site or an installed licence gives of no
// day of the last ones, where far fewer than are licensed: it may be older than
// any change since, and a smaller tier would rest on it alone.
func (w *weighing) undated(p *Product) (Doubt, bool) {
	if p.Origin != FromLicence && !p.bySite() || w.recent(p.CountedOn) {
		return Doubt{}, false
	}
	if c := w.charges[p]; c != nil && len(c.products) > 1 {
		return Doubt{}, false // the licence is of all its sites, the count of one
	}
	licensed, ok := w.licensed(p)
	if !ok || p.Counted >= licensed.Users || w.agree(p.Counted, licensed.Users) {
		return Doubt{}, false
	}
	d := Doubt{Kind: Undated, Figures: []Figure{{Users: p.Counted, From: p.Origin, Day: p.CountedOn, At: p.CountedAt}, licensed}}
	who := "the site answers"
	if p.Origin == FromLicence {
		who = "the installed licence counts"
	}
	when := fmt.Sprintf("%s, more than %d days ago", p.CountedOn, figureDays)
	if p.CountedOn.IsZero() {
		when = "an unknown day"
		d.Lift = fmt.Sprintf("inputs: [{glob: %q, exported_on: YYYY-MM-DD}]", p.CountedAt.File)
	}
	d.Reason = diag.Why(diag.InDoubt, "%s %s on %s, far fewer than the %s paid for",
		who, money.Plural(p.Counted, "user"), when, money.Count(licensed.Users)).From(p.CountedAt)
	return d, true
}

func (w *weighing) tooOld(day date.Date) bool {
	return day.IsZero() || w.asOf.Sub(day) > w.policy.ExportMaxAge
}

// sayDays is the line that says of which days the old lists of a product are, or
// how their dates are written. Where an entry names the file, that is best
// written there.
func (w *weighing) sayDays(p *Product) string {
	var entries, there []string
	for _, i := range p.access.Lists {
		l, setting := &w.estate.Lists[i], "exported_on: YYYY-MM-DD"
		if l.Ambiguous {
			setting = "dates: dd/mm/yyyy"
		}
		switch {
		case !w.tooOld(l.Day):
		case l.Entry != "":
			there = append(there, fmt.Sprintf("%s # in the entry %q of inputs", setting, l.Entry))
		default:
			entries = append(entries, fmt.Sprintf("{glob: %q, %s}", l.Source.File, setting))
		}
	}
	if len(entries) > 0 {
		there = append([]string{"inputs: [" + strings.Join(entries, ", ") + "]"}, there...)
	}
	return strings.Join(slices.Compact(there), ", and ")
}

func (w *weighing) contradicted(p *Product) (Doubt, bool) {
	d := Doubt{Kind: Contradicted, Figures: p.Measured[:1:1]}
	for _, f := range p.Measured[1:] {
		if w.agree(p.Counted, f.Users) {
			continue
		}
		d.Figures = append(d.Figures, f)
		d.Reason.Text += fmt.Sprintf(", %s of %s says %d", f.From, f.Day, f.Users)
	}
	if len(d.Figures) == 1 {
		return Doubt{}, false
	}
	d.Reason = diag.Why(diag.InDoubt, "the export%s has %s%s", ofDay(p.access.Day), money.Plural(p.Counted, "user"), d.Reason.Text).From(p.CountedAt)
	d.Lift = confirm(p)
	return d, true
}

func ofDay(d date.Date) string {
	if d.IsZero() {
		return ""
	}
	return " of " + d.String()
}

// confirm is the line that confirms the seats of a product.
func confirm(p *Product) string {
	return fmt.Sprintf("policy: {confirmed_counts: [{count: %s/%s, users: %d, until: YYYY-MM-DD, by: WHO}]}", p.Site, p.Key, p.Counted)
}

func (w *weighing) partial(p *Product) (Doubt, bool) {
	if len(p.access.Lists) == 0 || slices.ContainsFunc(p.Measured[1:], func(f Figure) bool { return w.agree(p.Counted, f.Users) }) {
		return Doubt{}, false
	}
	grouped := false
	for _, i := range p.access.Lists {
		if !w.estate.Lists[i].OneGroup && !w.small[i] {
			return Doubt{}, false
		}
		grouped = grouped || w.estate.Lists[i].OneGroup
	}
	d := Doubt{Kind: Partial, Figures: p.Measured[:1:1], Lift: confirm(p)}
	text := fmt.Sprintf("the export%s has %s", ofDay(p.access.Day), money.Plural(p.Counted, "user"))
	own, licensed := w.licensed(p)
	if licensed {
		d.Figures = append(d.Figures, own)
		text += fmt.Sprintf(" where %d are licensed", own.Users)
	}
	if other := w.shortOf(p.access.Lists); !grouped && own.Users <= smallLicence && other != nil {
		c := w.charges[other]
		text += fmt.Sprintf(", and for %s on %s %d where %d are licensed", estate.ProductName(other.Key), other.Site, c.usersOf(other), c.licensed)
	}
	switch {
	case grouped && len(p.access.Lists) > 1:
		text += ", and lists it comes from hold one group each"
	case grouped:
		text += ", and all its rows state one group"
	}
	d.Reason = diag.Why(diag.InDoubt, "%s, so it may be a part of the users", text).From(p.CountedAt)
	return d, true
}

// licensed returns the figure of users a product is licensed for.
func (w *weighing) licensed(p *Product) (Figure, bool) {
	c := w.charges[p]
	if c == nil || c.licensed == 0 {
		return Figure{}, false
	}
	return Figure{Users: c.licensed, From: FromLicensed}, true
}

func (w *weighing) broken(p *Product) (Doubt, bool) {
	for _, i := range p.access.Lists {
		if why := w.estate.Lists[i].Broken; why.Given() {
			text := fmt.Sprintf("the export%s has %s that can be read, and is not complete: ", ofDay(p.access.Day), money.Plural(p.Counted, "user"))
			d := Doubt{Kind: Broken, Figures: p.Measured[:1:1], Reason: diag.Why(diag.InDoubt, "%s", text+why.Text).From(why.At)}
			if f, ok := w.licensed(p); ok {
				d.Figures = append(d.Figures, f)
			}
			return d, true
		}
	}
	return Doubt{}, false
}

// unread doubts a count with accounts of which nobody can tell whether they hold
// a seat: it is the count, or up to so many more.
func (w *weighing) unread(p *Product) (Doubt, bool) {
	if p.Unread == 0 {
		return Doubt{}, false
	}
	most := p.Measured[0]
	most.Users += p.Unread
	return Doubt{Kind: Unread, Figures: []Figure{p.Measured[0], most}, Reason: diag.Why(diag.InDoubt,
		"the export%s has %s; whether %s a paid seat too cannot be read, so there are %d to %d",
		ofDay(p.access.Day), money.Plural(p.Counted, "user"), money.PluralHas(p.Unread, "account"), p.Counted, most.Users).From(p.CountedAt)}, true
}

// hold gives a product in doubt the largest figure that is known (METHOD 1.22).
func (w *weighing) hold(p *Product) {
	if !p.Held() {
		return
	}
	for _, f := range p.Measured {
		p.Users = max(p.Users, f.Users)
	}
	for _, d := range p.Doubts {
		for _, f := range d.Figures {
			p.Users = max(p.Users, f.Users)
		}
	}
}

// IsStale reports whether the export that counts the users is too old to carry a
// decision, or of a day nobody knows.
func (p *Product) IsStale() bool {
	return slices.ContainsFunc(p.Doubts, func(d Doubt) bool { return d.Kind == Stale || d.Kind == Ambiguous })
}

// Assumed reports whether the users are nobody's count of a known day lately:
// licensed_users stand in for them, or what a site answered on an unknown or an
// old day (METHOD 9.12).
func (p *Product) Assumed() bool {
	return p.Origin == FromLicensed || p.bySite() && len(p.Undated) > 0
}

func (p *Product) bySite() bool { return p.Origin == FromSite || p.Origin == FromSiteCache }

// Unheld returns a register that believes every count, for the question what a
// plan would come to if none were in doubt.
func (r *Register) Unheld() *Register {
	out := *r
	out.Products = nil
	for _, p := range r.Products {
		if p.Held() {
			believed := *p
			believed.Users, believed.Doubts = p.Counted, nil
			p = &believed
		}
		out.Products = append(out.Products, p)
	}
	return &out
}
