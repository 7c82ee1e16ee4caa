package samples

import (
	"bufio"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"strconv"
	"strings"
)

// Large is an organisation for benchmarks: six site-products, any number of
// accounts from 10,000 to 1,000,000, a few hundred subscriptions.
type Large struct {
	Accounts      int
	Subscriptions int
}

// The size of a large organisation.
const (
	MinAccounts      = 10_000
	MaxAccounts      = 1_000_000
	MinSubscriptions = 6
	MaxSubscriptions = 5_000
)

type largeProduct struct {
	key, name, site string
	share           int // accounts with access, in a thousand
	units           []string
}

var largeProducts = []largeProduct{
	{"jira", "Jira", "big-eng", 620, []string{"8.90", "7.50", "6.20", "4.90", "3.80", "2.90"}},
	{"jira-service-management", "Jira Service Management", "big-eng", 40, []string{"21.00", "17.50", "12.00", "9.00", "7.00", "6.00"}},
	{"confluence", "Confluence", "big-eng", 560, []string{"5.60", "4.80", "3.90", "3.10", "2.40", "1.90"}},
	{"jira", "Jira", "big-biz", 300, nil},
	{"jira-service-management", "Jira Service Management", "big-biz", 20, nil},
	{"confluence", "Confluence", "big-biz", 280, nil},
}

// Write writes the organisation below dir: export-users.csv,
// subscriptions.csv, prices.csv and audit.yaml.
func (l Large) Write(dir string) error {
	if l.Accounts < MinAccounts || l.Accounts > MaxAccounts {
		return fmt.Errorf("accounts: %d is not within %d to %d", l.Accounts, MinAccounts, MaxAccounts)
	}
	if l.Subscriptions < MinSubscriptions || l.Subscriptions > MaxSubscriptions {
		return fmt.Errorf("subscriptions: %d is not within %d to %d", l.Subscriptions, MinSubscriptions, MaxSubscriptions)
	}
	for _, f := range []File{
		{"export-users.csv", l.WriteUsers},
		{"subscriptions.csv", l.writeSubscriptions},
		{"prices.csv", l.writePrices},
		{"audit.yaml", l.writeConfig},
	} {
		if err := writeFile(filepath.Join(dir, f.Path), f.Write); err != nil {
			return err
		}
	}
	return nil
}

func (l Large) writeConfig(w io.Writer) error {
	_, err := fmt.Fprintf(w, "organisation: Large organisation (%d accounts)\ncurrency: USD\nas_of: %s\n",
		l.Accounts, asOf.Format("2006-01-02"))
	return err
}

// WriteUsers streams the user export: 18 columns, about 144 bytes a row.
func (l Large) WriteUsers(w io.Writer) error {
	out := bufio.NewWriterSize(w, 1<<20)
	out.WriteString("User id,User name,email,User status,Added to org,Org role")
	for _, p := range largeProducts {
		out.WriteString("," + p.name + " - " + p.site)
	}
	for _, p := range largeProducts {
		out.WriteString(",Last seen in " + p.name + " - " + p.site)
	}
	out.WriteByte('\n')

	rng := rand.New(rand.NewPCG(18, 144))
	var row []byte
	for i := range l.Accounts {
		row = largeRow(row[:0], rng, i)
		if _, err := out.Write(row); err != nil {
			return err
		}
	}
	return out.Flush()
}

const hexDigits = "0123456789abcdef"

func largeRow(row []byte, rng *rand.Rand, i int) []byte {
	row = append(row, "712020:"...)
	a, b := rng.Uint64(), uint64(i) // the running number keeps ids apart
	for k := range 32 {
		switch k {
		case 8, 12, 16, 20:
			row = append(row, '-')
		}
		digit := a >> (4 * (k % 16)) & 15
		if k >= 20 {
			digit = b >> (4 * (31 - k)) & 15
		}
		row = append(row, hexDigits[digit])
	}
	first, last, second := largeName(i)
	row = append(append(append(append(row, ','), first...), ' '), last...)
	row = append(append(row, '-'), second...)
	row = strconv.AppendInt(append(row, ",u"...), int64(i), 10)
	row = append(row, "@example.com,"...)

	status := rng.IntN(100)
	switch {
	case status < 95:
		row = append(row, "Active,"...)
	case status < 97:
		row = append(row, "Suspended,"...)
	default:
		row = append(row, "Deactivated,"...)
	}
	joined := 1 + rng.IntN(2500)
	row = appendDay(row, joined)
	row = append(row, ',') // org role

	var has [6]bool
	for p := range largeProducts {
		row = append(row, ',')
		if has[p] = status < 97 && rng.IntN(1000) < largeProducts[p].share; has[p] {
			row = append(row, "User"...)
		}
	}
	for p := range largeProducts {
		row = append(row, ',')
		if !has[p] {
			continue
		}
		switch n := rng.IntN(100); {
		case n < 70:
			row = appendDay(row, min(joined, rng.IntN(60)))
		case n < 94:
			row = appendDay(row, min(joined, 60+rng.IntN(900)))
		default:
			row = append(row, never...)
		}
	}
	return append(row, '\n')
}

// largeName gives every account a name of its own, neighbours different ones.
func largeName(i int) (first, last, second string) {
	f, l := len(firstNames), len(lastNames)
	n := i * 999_983 % (f * l * l) // a prime that divides neither list
	return firstNames[n%f], lastNames[n/f%l], lastNames[n/f/l]
}

// days holds every day that a large export can name, as text.
var days = func() [2600]string {
	var out [2600]string
	for i := range out {
		out[i] = exportDay(daysAgo(i))
	}
	return out
}()

func appendDay(row []byte, ago int) []byte { return append(row, days[ago]...) }

func (l Large) writeSubscriptions(w io.Writer) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "type,key,name,vendor,hosting,site,host,cycle,billing_basis,price_plan,licensed_users,renewal_date,status")
	for i, p := range largeProducts {
		cycle, licensed, renewal := l.terms(i)
		fmt.Fprintf(out, "product,%s,%s,Atlassian,cloud,%s,,%s,,%s,%s,%s,active\n",
			p.key, p.name, p.site, cycle, p.key, licensed, renewal)
	}
	for i := range l.Subscriptions - len(largeProducts) {
		host := i % len(largeProducts)
		p := largeProducts[host]
		cycle, _, renewal := l.terms(host)
		key := largeApp(i)
		fmt.Fprintf(out, "app,%s,App %04d,Vendor %02d,cloud,%s,%s,%s,linked,%s,,%s,active\n",
			key, i+1, i%40+1, p.site, p.key, cycle, key, renewal)
	}
	return out.Flush()
}

// terms says how a product of a large organisation is bought: big-eng by the
// year, somewhat larger than needed, big-biz by the month.
func (l Large) terms(product int) (cycle, licensed, renewal string) {
	p := largeProducts[product]
	if p.site == "big-biz" {
		return "monthly", "", "2026-12-09"
	}
	return "annual", strconv.Itoa(annualTop(l.Accounts * p.share / 1000)), "2027-01-30"
}

func largeApp(i int) string { return fmt.Sprintf("com.example.app-%04d", i+1) }

// brackets are the tops of monthly cloud prices; the last has none.
var brackets = []string{"100", "250", "1000", "2500", "5000", ""}

func (l Large) writePrices(w io.Writer) error {
	const source = "invented price list of the sample"
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "plan,hosting,cycle,currency,mode,up_to,unit_price,flat_price,source")
	for _, p := range largeProducts[:3] {
		for i, top := range brackets {
			fmt.Fprintf(out, "%s,cloud,monthly,USD,graduated,%s,%s,,%s\n", p.key, top, p.units[i], source)
		}
		for top := 10; ; top = annualTop(top + 1) {
			fmt.Fprintf(out, "%s,cloud,annual,USD,volume,%d,,%d.00,%s\n", p.key, top, annualList(p.units, top), source)
			if top >= l.Accounts {
				break
			}
		}
	}
	rng := rand.New(rand.NewPCG(200, 7))
	for i := range l.Subscriptions - len(largeProducts) {
		cents := 60 + rng.IntN(400)
		fmt.Fprintf(out, "%s,cloud,monthly,USD,graduated,10,,%d.00,%s\n", largeApp(i), rng.IntN(20), source)
		for _, top := range brackets {
			fmt.Fprintf(out, "%s,cloud,monthly,USD,graduated,%s,%d.%02d,,%s\n", largeApp(i), top, cents/100, cents%100, source)
			cents = cents * 6 / 10
		}
	}
	return out.Flush()
}

// annualTop is the annual cloud tier that holds n users.
func annualTop(n int) int {
	for _, top := range []int{10, 15, 25, 50, 100, 200, 300, 400, 500, 600, 800, 1000} {
		if n <= top {
			return top
		}
	}
	for _, s := range []struct{ to, step int }{{2000, 200}, {5000, 250}, {10_000, 500}, {50_000, 1000}} {
		if n <= s.to {
			return (n + s.step - 1) / s.step * s.step
		}
	}
	return (n + 9999) / 10_000 * 10_000
}

// annualList is ten months at the top of the tier, rounded up to the next 50.
func annualList(units []string, top int) int {
	cents, from := 0, 0
	for i, b := range brackets {
		to := top
		if b != "" {
			n, _ := strconv.Atoi(b)
			to = min(top, n)
		}
		unit, _ := strconv.Atoi(strings.Replace(units[i], ".", "", 1))
		cents += max(0, to-from) * unit
		from = max(from, to)
	}
	return (cents*10 + 4999) / 5000 * 50
}
