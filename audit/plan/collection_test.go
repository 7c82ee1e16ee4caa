package plan_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/costing"
	"tierline/audit/estate"
	"tierline/audit/pricing"
	"tierline/audit/seats"
	"tierline/audit/world"
)

// TestRemovingPeopleFromACollectionForReal takes the access of people away, and
// counts again: every row is billed for as many as the costing foresaw. Who is a
// candidate, and how many people there are, is counted by hand.
//
// METHOD 7.6, 7.7, 7.8.
func TestRemovingPeopleFromACollectionForReal(t *testing.T) {
	t.Parallel()
	collections, removed, fewer := 0, 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		w := world.Random(rt, world.New(t), [3]int{12, 8, 6})
		c := w.Build()
		for _, b := range c.Bundles {
			i := slices.IndexFunc(b.Products, (*seats.Product).Collects)
			if i < 0 || b.Products[i].Seats == nil {
				continue
			}
			collections++
			p := b.Products[i]
			people, idle := byHand(w, p.Includes())
			if p.Users != len(people) || !slices.Equal(p.Candidates, idle) {
				rt.Fatalf("%d people with candidates %v, by hand %d with %v", p.Users, p.Candidates, len(people), idle)
			}
			k := make([]int, len(b.Products))
			for n, x := range b.Products {
				k[n] = rapid.IntRange(0, len(x.Candidates)).Draw(rt, "removed")
			}
			removed += min(k[i], 1)
			after := takenAway(w, b, k)
			for n, l := range b.Lines {
				if want := after.Bundles[slices.Index(c.Bundles, b)].Lines[n].Users; l.UsersKnown && l.UsersOn(w.AsOf, k) != want {
					rt.Fatalf("%s: %d users foreseen after removing %v, counted again %d", l.ID(), l.UsersOn(w.AsOf, k), k, want)
				}
				fewer += index(l.Sub.Kind == estate.AppKind && l.UsersOn(w.AsOf, k) < l.Users)
			}
		}
	})
	if collections == 0 || removed == 0 || fewer == 0 {
		t.Errorf("%d collections, %d with removals, %d apps with fewer users: the test tests nothing", collections, removed, fewer)
	}
}

// byHand lists the accounts with a seat of any product, and those of them that
// have not used one since June 2025.
func byHand(w *world.World, products []string) (people, idle []int32) {
	e := w.Input().Estate
	for account := range e.Accounts {
		held, used := false, false
		for _, a := range e.Access {
			if !slices.Contains(products, a.Product) || a.Roles[account] != estate.UserRole {
				continue
			}
			held, used = true, used || a.Seen[account] != estate.SeenOn(world.Day("2025-06-01"))
		}
		if held {
			people = append(people, int32(account))
		}
		if held && !used {
			idle = append(idle, int32(account))
		}
	}
	return people, idle
}

// takenAway costs the world without the access of the first candidates of each
// product, for those of a collection to all that it includes.
func takenAway(w *world.World, b *costing.Bundle, k []int) *costing.Costs {
	in := w.Input()
	for n, p := range b.Products {
		for _, account := range p.Candidates[:k[n]] {
			for i := range in.Estate.Access {
				if a := &in.Estate.Access[i]; a.Site == p.Site && p.Concerns(a.Product) {
					a.Roles[account] = estate.NoRole
				}
			}
		}
	}
	in.Register = seats.Judge(in.Estate, &w.Config.Policy, w.AsOf)
	return costing.Build(in)
}

// An app of a product the collection does not pay for is billed for its people as
// well, and bound by its licence; a product there without apps stands by itself.
//
// METHOD 7.7.
func TestEveryAppOfTheSiteFollowsTheCollection(t *testing.T) {
	w := world.New(t).Seats("jira", 20, 0).SeatsFrom(15, "confluence", 10, 0).Seats("trello", 6, 0).Seats("compass", 5, 0).
		Prices(world.List{Plan: "teamwork-collection", Cycle: pricing.Annual, Mode: pricing.Volume, Tiers: []string{"25:=100", "50:=200"}}).
		Graduated("app", []string{":1.00"}).Graduated("trello", []string{":1.00"}).Graduated("compass", []string{":1.00"}).
		Product("teamwork-collection", pricing.Annual, world.Licensed(50)).Product("trello", pricing.Monthly).Product("compass", pricing.Monthly).
		App("app", "trello", pricing.Annual)
	c := w.Build()
	app := world.Find(t, c, "app")
	if app.Users != 25 || app.Billed != 50 {
		t.Errorf("the app has %d users and is billed for %d, want the 25 people and the licence of 50", app.Users, app.Billed)
	}
	if got := world.Find(t, c, "compass").Bundle.ID(); got != "acme/compass/cloud" {
		t.Errorf("compass is decided in %s", got)
	}
	if got := app.Bundle.ID(); got != "acme/teamwork-collection/cloud" || world.Find(t, c, "trello").Bundle != app.Bundle {
		t.Errorf("the app is decided in %s, its host in %s", got, world.Find(t, c, "trello").Bundle.ID())
	}
}
