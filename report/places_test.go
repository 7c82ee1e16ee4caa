package report

import (
	"context"
	"encoding/csv"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"tierline/audit"
	"tierline/ingest"
	"tierline/rules"
	"tierline/samples"
)

// METHOD 18.1: a file's or a sheet's name may name a person. Prices that cannot
// be used give reasons in many tables; none of finance's says where they stand.
func TestFinanceNamesNoPlace(t *testing.T) {
	prices := spoiledPrices(t)
	for what, write := range map[string]func(dir string){
		"sheet": func(dir string) { writeSheet(t, filepath.Join(dir, "prices.xlsx"), "List of Jane Doe", prices) },
		"file":  func(dir string) { writeFile(t, filepath.Join(dir, "List of Jane\x01\x02 Doe.csv"), prices) },
	} {
		t.Run(what, func(t *testing.T) {
			dir := t.TempDir()
			acme, err := samples.Folder("acme")
			if err != nil {
				t.Fatal(err)
			}
			if err := os.CopyFS(dir, os.DirFS(acme)); err != nil {
				t.Fatal(err)
			}
			if err := os.Remove(filepath.Join(dir, "prices.csv")); err != nil {
				t.Fatal(err)
			}
			write(dir)
			r := audited(t, dir)
			if len(r.Coverage.LeftOut) == 0 || !strings.Contains(r.Coverage.LeftOut[0].Reason.At.String(), "Jane") {
				t.Fatalf("no subscription is left out for a price of that file: %v", r.Coverage.LeftOut)
			}
			all := texts(Build(r).Finance)
			for _, word := range []string{"Jane", "prices.xlsx", `\x01`, "\x01"} {
				if strings.Contains(all, word) {
					t.Errorf("the finance part says %q", word)
				}
			}
			if !strings.Contains(all, "a row of its price table was rejected") {
				t.Error("the finance part does not give the reason")
			}
		})
	}
}

// spoiledPrices returns acme's prices with one bad cell in an annual row of a
// product.
func spoiledPrices(t *testing.T) [][]string {
	t.Helper()
	dir, err := samples.Folder("acme")
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(dir, "prices.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[name] = i
	}
	for _, row := range rows[1:] {
		if strings.HasPrefix(row[column["plan"]], "jira") && row[column["cycle"]] == "annual" {
			row[column["flat_price"]] = "12x"
			return rows
		}
	}
	t.Fatal("acme has no annual price of Jira")
	return nil
}

func writeSheet(t *testing.T, path, sheet string, rows [][]string) {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName("Sheet1", sheet); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := f.SetSheetRow(sheet, cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
}

func writeFile(t *testing.T, path string, rows [][]string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Skip("this file system takes no control characters:", err)
	}
	defer f.Close()
	if err := csv.NewWriter(f).WriteAll(rows); err != nil {
		t.Fatal(err)
	}
}

func audited(t *testing.T, dir string) *audit.Result {
	t.Helper()
	l, err := ingest.Load(context.Background(), dir, ingest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := audit.Run(context.Background(), &audit.Request{
		Estate: l.Estate, Book: l.Book, Config: l.Config, AsOf: l.Config.AsOf, Inputs: l.Inputs, Diagnostics: l.Diagnostics,
		Refused: l.Refused, Rules: rules.All(), Version: "test", Digest: strings.Repeat("0", 64),
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}
