package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
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
// findings, each report, and reading to findings once more beside the run of a week
// before, which it is compared with. Beside the time of each stands the peak of the
// heap while it runs, what the stages before it left included. An audit writes its
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
	out := filepath.Join(b.TempDir(), "out")
	if code := run(b.Context(), []string{"audit", dir, "--as-of", "2026-11-09", "--out", out, "--quiet"}, io.Discard, io.Discard); code != exitComplete {
		b.Fatalf("the run of a week before ends with %d", code)
	}
	req, result, doc = nil, nil, nil // so that the next stage stands alone
	again := inputs{dir: dir, asOf: asOf, out: out, recalls: true}
	stage(b, "beside-a-run-before", func(ctx context.Context) error {
		r, err := again.load(ctx, rules.All())
		if err == nil && (r.History == nil || r.History.Runs == 0) {
			return errors.New("the run before is not compared with")
		}
		return err
	})
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

// BenchmarkPortfolio audits a thousand small estates of 60 to 99 accounts and 12
// subscriptions each and publishes their summary, every report included.
func BenchmarkPortfolio(b *testing.B) {
	const estates = 1000
	in := b.TempDir()
	for i := range estates {
		writeSmallEstate(b, filepath.Join(in, fmt.Sprintf("estate-%04d", i)), 60+i%40)
	}
	stop, peak := make(chan struct{}), make(chan uint64)
	go func() { peak <- highest(stop) }()
	for b.Loop() {
		var out, errOut bytes.Buffer
		code := run(b.Context(), []string{"audit", "--portfolio", in, "--as-of", asOf, "--out", filepath.Join(b.TempDir(), "out"), "--quiet"}, &out, &errOut)
		if code != exitComplete {
			b.Fatalf("exit code %d\n%.2000s", code, errOut.String())
		}
	}
	close(stop)
	b.ReportMetric(float64(<-peak)/1e6, "peak-MB")
	b.ReportMetric(b.Elapsed().Seconds()*1000/float64(estates*b.N), "ms/estate")
}

// writeSmallEstate writes an organisation with so many accounts, one product and 11
// apps.
func writeSmallEstate(b *testing.B, dir string, accounts int) {
	b.Helper()
	var users, subs bytes.Buffer
	users.WriteString("User id,User name,email,User status,Added to org,Org role,Jira - acme,Last seen in Jira - acme\n")
	for i := range accounts {
		fmt.Fprintf(&users, "acc-%d,Person %d,person%d@example.com,Active,2 Jan 2025,User,User,%d %s 2026\n", i, i, i, 1+i%28, []string{"Nov", "Oct", "Mar"}[i%3])
	}
	subs.WriteString("type,key,site,host,cycle,licensed_users,renewal_date,price_plan\nproduct,jira,acme,,annual,100,2027-01-30,jira-standard\n")
	for i := range 11 {
		fmt.Fprintf(&subs, "app,com.example.app-%d,acme,jira,annual,100,2027-01-30,app\n", i)
	}
	prices := "plan,cycle,currency,mode,up_to,unit_price,flat_price\njira-standard,annual,USD,volume,50,,2500\njira-standard,annual,USD,volume,100,,5000\n" +
		"app,monthly,USD,graduated,10,,10.00\napp,monthly,USD,graduated,100,1.65,\n"
	if err := os.MkdirAll(dir, 0o700); err != nil {
		b.Fatal(err)
	}
	for name, text := range map[string][]byte{"users.csv": users.Bytes(), "subscriptions.csv": subs.Bytes(), "prices.csv": []byte(prices)} {
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o600); err != nil {
			b.Fatal(err)
		}
	}
}
