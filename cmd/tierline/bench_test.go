package main

import (
	"context"
	"io"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"testing"
	"time"

	"tierline/audit"
	"tierline/report"
	"tierline/rules"
	"tierline/samples"
)

// BenchmarkStages runs the stages of an audit of a million accounts and 200
// subscriptions, all seats in the workbook, one after the other: reading, seats to
// findings, and each report. Beside the time of each stands the peak of the heap
// while it runs, what the stages before it left included. An audit writes its
// reports side by side and so needs more than any of them.
func BenchmarkStages(b *testing.B) {
	dir := filepath.Join(b.TempDir(), "in")
	if err := (samples.Large{Accounts: 1_000_000, Subscriptions: 200}).Write(dir); err != nil {
		b.Fatal(err)
	}
	in := inputs{dir: dir, asOf: asOf, allSeats: true}
	var req *audit.Request
	var result *audit.Result
	stage(b, "reading", func(ctx context.Context) (err error) {
		req, err = in.request(ctx, rules.All())
		return err
	})
	stage(b, "judging", func(ctx context.Context) (err error) {
		result, err = audit.Run(ctx, req)
		return err
	})
	doc := report.Build(result)
	for _, r := range renderers(doc) {
		stage(b, r.File, func(context.Context) error {
			_, err := r.Render(io.Discard, doc)
			return err
		})
	}
}

// stage measures one stage.
func stage(b *testing.B, name string, run func(context.Context) error) {
	b.Helper()
	ok := b.Run(name, func(b *testing.B) {
		runtime.GC()
		stop, peak := make(chan struct{}), make(chan uint64)
		go func() { peak <- highest(stop) }()
		for b.Loop() {
			if err := run(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
		close(stop)
		b.ReportMetric(float64(<-peak)/1e6, "peak-MB")
	})
	if !ok {
		b.FailNow()
	}
}

// highest returns the most bytes that objects take until it is stopped.
func highest(stop <-chan struct{}) uint64 {
	most, sample := uint64(0), []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	for {
		metrics.Read(sample)
		most = max(most, sample[0].Value.Uint64())
		select {
		case <-stop:
			return most
		case <-time.After(2 * time.Millisecond):
		}
	}
}
