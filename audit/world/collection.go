package world

import (
	"slices"

	"pgregory.net/rapid"

	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// pool is a collection of a random estate; none without a key.
type pool struct {
	key      string
	includes []string
	named    bool // its row says what it includes
}

// pool draws a collection, or none.
func (d draw) pool(hosting pricing.Hosting) pool {
	if hosting != pricing.Cloud || !d.oneIn(3, "a collection") {
		return pool{}
	}
	return rapid.SampledFrom([]pool{
		{key: "teamwork-collection", includes: []string{"jira", "confluence", "loom"}},
		{key: "teamwork-collection", includes: []string{"jira", "jira-work-management", "confluence"}, named: true},
		{key: "service-collection", includes: []string{"jira-service-management"}},
	}).Draw(d.t, "collection")
}

// collection subscribes to a collection and gives the products that the estate
// does not have yet people, of whom some hold other seats as well. It returns
// these products.
func (d draw) collection(w *World, p pool, idle int) []string {
	var out []string
	for _, key := range p.includes {
		if _, has := w.users[[2]string{w.site, key}]; has || key == "loom" && d.oneIn(2, "no column of "+key) || estate.Family(key) == "jira" {
			continue
		}
		users := d.n(4, 40, "users of "+key)
		w.SeatsFrom(d.n(0, 20, "first of "+key), key, users, d.n(0, min(idle/2, users), "idle of "+key))
		out = append(out, key)
		if d.oneIn(3, "change of "+key) {
			w.Planned(d.day("planned"), key, d.n(-12, 15, "change"))
		}
	}
	d.subscribe(w, p.key, "", pricing.Cloud, d.n(10, 60, "around the people"))
	if last := &w.Estate.Subscriptions[len(w.Estate.Subscriptions)-1]; p.named {
		last.Includes = slices.Clone(p.includes)
	}
	return out
}
