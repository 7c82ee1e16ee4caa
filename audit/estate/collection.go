package estate

import "slices"

// collections are the products Atlassian puts into each of its collections (METHOD
// 7.6).
var collections = map[string][]string{
	"teamwork-collection": {"jira", "confluence", "loom"},
	"service-collection":  {"jira-service-management"},
}

// Included returns the products that are paid for by a collection: those Atlassian
// puts into it, then those its row names besides. It is nil for a subscription that
// pays for itself alone.
func (s *Subscription) Included() []string {
	if s.Kind != ProductKind {
		return nil
	}
	out := slices.Clone(collections[s.Key])
	for _, product := range s.Includes {
		if !slices.Contains(out, product) {
			out = append(out, product)
		}
	}
	return out
}

// Pays reports whether users of a product are paid for by the subscription: it
// is that product's, or that of a collection with the product in it.
func (s *Subscription) Pays(product string) bool {
	return s.Kind == ProductKind && (s.Key == product || slices.Contains(s.Included(), product))
}

// PaysWith reports whether two subscriptions of one site pay for a product in
// common.
func (s *Subscription) PaysWith(b *Subscription) bool {
	return s.Pays(b.Key) || b.Pays(s.Key) || slices.ContainsFunc(s.Included(), b.Pays)
}

// Binds reports whether the licence of a subscription binds an app of its site: a
// product the apps of its family, a collection all of them.
func (s *Subscription) Binds(app *Subscription) bool {
	return s.Kind == ProductKind && (Family(s.Key) == Family(app.Host) || s.Included() != nil)
}

// Products returns the products whose users a subscription is billed for: those
// of a collection, the product, or the host of an app.
func (s *Subscription) Products() []string {
	if in := s.Included(); in != nil {
		return in
	}
	return []string{s.HostProduct()}
}
