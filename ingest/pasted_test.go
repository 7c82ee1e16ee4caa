package ingest

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"tierline/audit/date"
	"tierline/audit/pricing"
)

// pastedSubscriptions has one app without a price, for which a pasted table is.
const pastedSubscriptions = "type,key,site,host,cycle,renewal_date,contract_price,currency\n" +
	"product,jira,acme,,monthly,2027-01-31,100.00,USD\napp,sheets,acme,jira,monthly,2027-01-31,,\n"

func readPasted(table string) *Loaded {
	return readBytes(map[string][]byte{"subscriptions.csv": []byte(pastedSubscriptions), "page.csv": []byte(table)})
}

// METHOD 14.31: a list pasted with the price of one user in each tier, and the same
// list pasted with what a month costs at the top of each, are one list.
func TestPastedReadingsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var unit, total strings.Builder
		unit.WriteString("Users,Monthly\n")
		total.WriteString("Users,Monthly\n")
		top, cents, sum := 0, rapid.IntRange(200, 900).Draw(t, "first unit price"), 0
		tiers := rapid.IntRange(3, 6).Draw(t, "tiers")
		for i := range tiers {
			width := rapid.IntRange(11, 300).Draw(t, "width")
			sum += width * cents
			fmt.Fprintf(&unit, "%d - %d,$%d.%02d\n", top+1, top+width, cents/100, cents%100)
			fmt.Fprintf(&total, "%d-%d,\"$%d.%02d\"\n", top+1, top+width, sum/100, sum%100)
			top += width
			if i < tiers-1 {
				cents -= rapid.IntRange(1, 30).Draw(t, "cheaper by")
			}
		}
		a, b := readPasted(unit.String()), readPasted(total.String())
		for _, n := range []int{1, rapid.IntRange(1, top).Draw(t, "users"), top} {
			want, got := priceOf(t, a, n), priceOf(t, b, n)
			if want != got {
				t.Fatalf("%d users cost %s by prices of one user, %s by those of tiers\n%s\n%s", n, want, got, unit.String(), total.String())
			}
		}
	})
}

// METHOD 14.31: up to ten users the first price of a month is flat, and whoever is
// the eleventh pays for each from the first on.
func TestPastedFlatStart(t *testing.T) {
	l := readPasted("Users,Monthly\n1-10,$10.00\n11-25,$41.25\n26-50,$82.50\n")
	for users, want := range map[int]string{5: "10.00", 10: "10.00", 11: "18.15", 20: "33.00", 50: "82.50"} {
		if got := priceOf(t, l, users); got != want {
			t.Errorf("%d users: got %s, want %s", users, got, want)
		}
	}
}

// METHOD 14.31: prices of which each user's part rises behind the first tier are
// no prices of tiers.
func TestPastedRisingForEachUser(t *testing.T) {
	l := readPasted("Users,Monthly\n1-10,$10.00\n11-20,$20.00\n21-30,$60.00\n")
	if l.Book.Has("sheets", pricing.Cloud) {
		if v, _ := l.Book.Timeline("sheets", pricing.Cloud, pricing.Monthly, true).At(date.New(2026, 11, 16)); v != nil {
			t.Error("a list in which the thirtieth user makes each of the thirty dearer is read")
		}
	}
}

// priceOf returns what a month of sheets costs, exactly.
func priceOf(t interface{ Fatalf(string, ...any) }, l *Loaded, users int) string {
	v, why := l.Book.Timeline("sheets", pricing.Cloud, pricing.Monthly, true).At(date.New(2026, 11, 16))
	if v == nil {
		t.Fatalf("no price: %s %v", why, l.Diagnostics)
	}
	price, ok := v.Price(users)
	if !ok {
		t.Fatalf("%d users have no price", users)
	}
	return price.Decimal(2)
}

// FuzzPasted reads any cells as a pasted table: every row is accounted for, and
// whatever is read has a price in one currency.
func FuzzPasted(f *testing.F) {
	f.Add("1-10", "$10.00", "11 - 15", "$24.75")
	f.Add("Up to 100", "1,65 €", "1000+", "0,40 €")
	f.Add("1–1,000", "USD 1.234,50", ">1000", "Contact us")
	f.Add("25", "", "25", "5")
	f.Fuzz(func(t *testing.T, users1, price1, users2, price2 string) {
		var b strings.Builder
		b.WriteString("Users,Monthly,Annual\n")
		for _, row := range [][2]string{{users1, price1}, {users2, price2}} {
			cells := []string{row[0], row[1], row[1]}
			for i, c := range cells {
				cells[i] = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
			b.WriteString(strings.Join(cells, ",") + "\n")
		}
		l := readPasted(b.String())
		for _, in := range l.Inputs {
			if in.Read != in.Used+in.ExcludedRows()+in.Rejected || in.Used < 0 {
				t.Errorf("%s: read %d, used %d, excluded %d, rejected %d", in.Path, in.Read, in.Used, in.ExcludedRows(), in.Rejected)
			}
		}
	})
}

// METHOD 14.31: what stands before the decimals is told by any cell of the table,
// else by the only way in which the prices are a list.
func TestPastedThousands(t *testing.T) {
	for name, c := range map[string]struct{ table, want string }{
		"the other column":      {"Users,Monthly,Annual\n25,\"$1,050\",$10500.00\n50,\"$2,100\",$21000.00\n100,\"$4,200\",$42000.00\n", "1050.00"},
		"the only amounts":      {"Users,Monthly\n25,\"$1,050\"\n50,\"$2,100\"\n100,\"$4,200\"\n", "1050.00"},
		"falling as decimals":   {"Users,Monthly\n25,$900\n50,\"$1,800\"\n100,\"$3,600\"\n", "900.00"},
		"points of a euro page": {"Users,Monthly\n25,$900\n50,$1.800\n100,$3.600\n", "900.00"},
		"decimals no yen has":   {"Users,Monthly\n25,JPY 95000.00\n50,JPY 180000.00\n100,JPY 340000.00\n", "95000.00"},
		"decimals of one user":  {"Users,Monthly\n25,\"$1,105\"\n50,\"$1,050\"\n100,\"$0,995\"\n", "27.625"},
	} {
		if got := priceOf(t, readPasted(c.table), 25); got != c.want {
			t.Errorf("%s: 25 users cost %s, want %s", name, got, c.want)
		}
	}
	for name, table := range map[string]string{
		"falling either way": "Users,Monthly\n25,\"$1,105\"\n50,\"$1,050\"\n",
		"one price":          "Users,Monthly\n100,\"$9,000\"\n",
	} {
		l := readPasted(table)
		if v, _ := l.Book.Timeline("sheets", pricing.Cloud, pricing.Monthly, false).At(date.New(2026, 11, 16)); v != nil {
			t.Errorf("%s: it has a price, though the comma may divide thousands or begin the decimals", name)
		}
	}
}
