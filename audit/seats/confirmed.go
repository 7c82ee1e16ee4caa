package seats

import (
	"fmt"

	"tierline/audit/config"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
)

// readConfirmed finds the counts that somebody confirmed (METHOD 1.23). Whoever
// it was is not told: it may be a person.
func (w *weighing) readConfirmed() {
	w.confirmed = map[*Product]*config.ConfirmedCount{}
	var counts []string
	for _, p := range w.Products {
		if p.Origin == FromAccess {
			counts = append(counts, p.Site+"/"+p.Key)
		}
	}
	for i := range w.policy.ConfirmedCounts {
		c := &w.policy.ConfirmedCounts[i]
		warn := func(fix, format string, args ...any) {
			w.Diagnostics.Add(diag.Warning, c.Source, fmt.Sprintf("confirmed_counts: "+format, args...), fix)
		}
		site, product := c.Place()
		p := w.Find(estate.SiteLabel(site), estate.ProductKey(product))
		switch {
		case p == nil || p.Origin != FromAccess:
			warn("correct count, which is a site and a product", "%q is no count of an export%s", c.Count, config.Suggest(c.Count, counts))
		case c.Until.Before(w.asOf):
			warn("confirm the count again, or remove the entry", "the confirmation of %s ended on %s", c.Count, c.Until)
		case w.beyond(max(p.Counted-c.Users, c.Users-p.Counted), c.Users):
			warn("confirm the count of the export, or export again", "the export has %s of %s, which is not near the %d that are confirmed",
				money.Plural(p.Counted, "user"), c.Count, c.Users)
		case w.confirmed[p] == nil:
			w.confirmed[p] = c
		}
	}
}
