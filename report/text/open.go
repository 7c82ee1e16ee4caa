package text

import (
	"strings"

	"tierline/audit"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/audit/once"
	"tierline/report"
)

// What check says is not audited. One cause, such as an empty table of prices, may
// hold for thousands of subscriptions: of each kind of reason the first are
// printed, and how many more there are. All of them stand in what --json prints.

// shownAlike is how many things with one kind of reason are printed.
const shownAlike = 20

// alike counts what is said of each kind of reason.
type alike struct {
	kinds once.List[diag.Kind]
	said  map[diag.Kind]int
}

// say notes one thing more and reports whether it is printed.
func (a *alike) say(kind diag.Kind) bool {
	if a.said == nil {
		a.said = map[diag.Kind]int{}
	}
	a.kinds.Add(kind)
	a.said[kind]++
	return a.said[kind] <= shownAlike
}

// rest writes how many things of each kind were not printed.
func (p *printer) rest(a *alike) {
	for _, kind := range a.kinds.Values() {
		if more := a.said[kind] - shownAlike; more > 0 {
			p.print("  and %s more with a reason of the kind %q; --json lists all\n", money.Count(more), strings.ReplaceAll(kind.String(), "_", " "))
		}
	}
}

// leftOut writes which subscriptions are in no total.
func (p *printer) leftOut(r *audit.Result) {
	var said alike
	for _, l := range r.Coverage.LeftOut {
		if said.say(l.Reason.Kind) {
			p.print("  %s: %s (%s)\n", estate.On(l.Name, l.Site), l.Reason.Placed(), l.Source)
		}
	}
	p.rest(&said)
}

// open writes what an audit would not weigh, and the lines of audit.yaml that
// would lift it. A bundle of which nothing else is printed is not named either.
func (p *printer) open(r *audit.Result) {
	if len(r.Trust.Open) == 0 {
		return
	}
	p.print("\nNot weighed\n")
	var said alike
	for i := range r.Trust.Open {
		o := &r.Trust.Open[i]
		named := len(o.Obstacles) == 0
		if named {
			p.print("  %s\n", report.OpenWords(o))
		}
		for j := range o.Obstacles {
			x := &o.Obstacles[j]
			if !said.say(x.Reason.Kind) {
				continue
			}
			if !named {
				p.print("  %s\n", report.OpenWords(o))
			}
			named = true
			p.obstacle(x)
		}
	}
	p.rest(&said)
}

// obstacle writes what keeps something from being weighed, and what would lift it.
func (p *printer) obstacle(x *audit.Obstacle) {
	p.print("    %s\n      to make it count: %s\n", report.ObstacleWords(x), report.Remedy(x))
	if x.Lift != "" {
		p.print("      or add to audit.yaml: %s\n", x.Lift)
	}
}
