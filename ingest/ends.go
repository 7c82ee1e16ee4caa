package ingest

import (
	"fmt"
	"slices"
	"strings"

	"tierline/audit/config"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/pricing"
)

// joinEnds takes the ends of support of all files together, under the keys of
// what they are for, each once (METHOD 14.30). An end of nothing that is
// subscribed is left out.
func (l *Loaded) joinEnds(files []*file) {
	e := l.Estate
	for _, f := range files {
		e.Ends = append(e.Ends, f.tables.Ends...)
	}
	for i := range e.Ends {
		e.Ends[i].Key = endKey(e, e.Ends[i].Key)
	}
	e.Ends = once(l, files, e.Ends, "key", func(x *estate.EndOfSupport) (string, *diag.Source) { return x.Key, &x.Source },
		func(a, b estate.EndOfSupport) bool { return a == b })
	e.Ends = slices.DeleteFunc(e.Ends, func(x estate.EndOfSupport) bool {
		if concerns(e, x.Key) {
			return false
		}
		l.Diagnostics.Add(diag.Warning, x.Source, fmt.Sprintf("the end of support of %q matches no subscription%s", x.Key, config.Suggest(x.Key, subscribedKeys(e))),
			"check the key, or remove the row")
		excludeRow(files, x.Source, unrelated())
		return true
	})
}

// endKey returns the key under which the estate knows what ends: an app, a
// framework, Data Center, or a product by any of its names.
func endKey(e *estate.Estate, written string) string {
	joined := strings.ReplaceAll(written, " ", "-")
	switch {
	case slices.Contains(subscribedKeys(e), written), slices.Contains(estate.Frameworks(), written):
		return written
	case joined == estate.DataCenterEnds:
		return joined
	}
	return estate.ProductKey(written)
}

// subscribedKeys lists the keys of all subscriptions that are not cancelled.
func subscribedKeys(e *estate.Estate) []string {
	var out []string
	for i := range e.Subscriptions {
		if s := &e.Subscriptions[i]; s.Status != estate.SubCancelled {
			out = append(out, s.Key)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// concerns reports whether an end is of anything that is subscribed. An app
// whose framework nobody states may be built on any.
func concerns(e *estate.Estate, key string) bool {
	return slices.ContainsFunc(e.Subscriptions, func(s estate.Subscription) bool {
		switch {
		case s.Status == estate.SubCancelled:
			return false
		case s.Key == key:
			return true
		case key == estate.DataCenterEnds:
			return s.Hosting == pricing.DataCenter
		case s.Kind != estate.AppKind || !slices.Contains(estate.Frameworks(), key):
			return false
		}
		f := e.FindFact(s.Key)
		return f == nil || f.Framework == "" || f.Framework == key
	})
}
