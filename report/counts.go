package report

import (
	"fmt"
	"iter"
	"slices"

	"tierline/audit"
	"tierline/audit/money"
	"tierline/audit/seats"
)

// countsID is the id of the table of counts.
const countsID = "counts"

// The columns of counts: the seats of a product on a site by what the sheet Users
// says of them.
var (
	countSite   = Col[*audit.ProductSeats]{ID: "site", Title: "Site", Width: 22, Show: func(p *audit.ProductSeats) Cell { return place(p.Site) }}
	countOf     = Col[*audit.ProductSeats]{ID: "product", Title: "Product", Width: 28, Show: func(p *audit.ProductSeats) Cell { return T(p.Name) }}
	countListed = Col[*audit.ProductSeats]{ID: "listed", Title: "Seats", Kind: Count, Width: 11, InTotal: true,
		Show: func(p *audit.ProductSeats) Cell { return N(classed(p)) }}
	countReviews = seatsCandidates
)

// countsSheet counts the seats of the sheet Users by formula, where that lists all
// of them and they are few enough; else the counts are those the audit made.
func countsSheet(r *audit.Result) Sheet {
	from := newCountFormulas(r)
	s := Sheet{Name: "Counts", Grain: "One row per product and site with known seats: how many the sheet Users lists, by class", Lead: countsLead(from.live)}
	listed := &audit.ProductSeats{}
	classes := map[seats.Class]int{}
	for p := range from.products() {
		for _, c := range p.Classes {
			classes[c.Label] += c.Count
		}
	}
	columns := []Col[*audit.ProductSeats]{countSite, countOf.LeadingWhere(toUsers),
		countListed.By(func(*audit.ProductSeats) Formula { return sumOfRow(classColumns()) })}
	for _, c := range seats.Classes() {
		column := seatsClass(c)
		column.InTotal = true
		columns = append(columns, column.By(from.class(c)))
		listed.Classes = append(listed.Classes, audit.Counted[seats.Class]{Label: c, Count: classes[c]})
	}
	s.Blocks = []Table{TableOf[*audit.ProductSeats]{
		ID: countsID, Key: countKey, Title: "Seats by class", Empty: "No seat is known by name.", Rows: from.products(),
		Total: &listed, Label: "All", Adds: addsUp(countsID),
		Columns: append(columns, countReviews.By(from.candidates)),
	}.Table()}
	return s
}

// seatsBySite finds the seats of a product by its site and key.
type seatsBySite map[[2]string]*audit.ProductSeats

func newSeatsBySite(r *audit.Result) seatsBySite {
	out := seatsBySite{}
	for p := range each(r.Seats) {
		out[[2]string{p.Site, p.Product}] = p
	}
	return out
}

// of returns the seats of a product; nil where none are known.
func (s seatsBySite) of(site, product string) *audit.ProductSeats {
	return s[[2]string{site, product}]
}

// users counts the users of a product, where so many are the seats that are listed.
func (s seatsBySite) users(site, product string, n *int) Formula {
	p := s.of(site, product)
	if p == nil || n == nil || p.Users == nil || *p.Users != *n {
		return Formula{}
	}
	return countedUsers(p)
}

// countKey names the row of a product on a site.
func countKey(p *audit.ProductSeats) string { return p.Site + "\n" + p.Product }

// toUsers is where the seats stand that are counted.
func toUsers(*audit.ProductSeats) (Ref, bool) { return TopOf("Users"), true }

// rowOfCounts is where the counts of a product stand.
func rowOfCounts(p *audit.ProductSeats) (Ref, bool) {
	return At(countsID, countKey(p), ""), len(p.Classes) > 0 && !p.Collects()
}

func classColumns() []Col[*audit.ProductSeats] {
	var out []Col[*audit.ProductSeats]
	for _, c := range seats.Classes() {
		out = append(out, seatsClass(c))
	}
	return out
}

// countFormulas count the rows of the sheet Users.
type countFormulas struct {
	result  *audit.Result
	live    bool
	words   wording
	unclear map[[2]string]bool // site and name that several products share
}

func newCountFormulas(r *audit.Result) *countFormulas {
	f := &countFormulas{result: r, unclear: map[[2]string]bool{}}
	var words []string
	seen := map[[2]string]bool{}
	cells := 0
	for p := range f.products() {
		pair := [2]string{p.Site, p.Name}
		f.unclear[pair], seen[pair] = seen[pair], true
		for _, word := range []string{place(p.Site).Text, p.Name} {
			if !slices.Contains(words, word) {
				words = append(words, word)
			}
		}
		cells += len(p.Classes) + 1
	}
	f.words = wordingOf(words)
	if f.words == anyWords {
		cells *= slowly
	}
	f.live = listsAll(r) && r.People != nil && lookable(cells, listedSeats(r))
	return f
}

// products yields those whose seats the sheet Users lists: the seats of a collection
// stand under its products.
func (f *countFormulas) products() iter.Seq[*audit.ProductSeats] {
	return func(yield func(*audit.ProductSeats) bool) {
		for p := range each(f.result.Seats) {
			if len(p.Classes) > 0 && !p.Collects() && !yield(p) {
				return
			}
		}
	}
}

// countsLead says where counts of seats come from that formulas would make; nothing
// where they do.
func countsLead(live bool) []string {
	if live {
		return nil
	}
	return []string{"The sheet Users does not list every seat, or too many to count them by formula, so these are the counts of the audit itself."}
}

// count counts the rows of a product that another pick takes.
func (f *countFormulas) count(p *audit.ProductSeats, of pick) Formula {
	if !f.live || f.unclear[[2]string{p.Site, p.Name}] {
		return Formula{}
	}
	return countWhere(f.words, "users", pick{"site", Here("site")}, pick{"product", Here("product")}, of)
}

func (f *countFormulas) class(c seats.Class) func(*audit.ProductSeats) Formula {
	return func(p *audit.ProductSeats) Formula { return f.count(p, pick{"class", Word(Label(c))}) }
}

// candidates are the rows with a place in the order of removal. Those of a
// collection are counted with it.
func (f *countFormulas) candidates(p *audit.ProductSeats) Formula {
	if f.words != plainWords || p.Collection != "" {
		return Formula{}
	}
	return f.count(p, pick{"rank", Word(">0")})
}

// counted looks the seats of a class up for the summary.
func counted(c seats.Class) func(*audit.ProductSeats) Formula {
	return func(p *audit.ProductSeats) Formula {
		return ofCounts(p, c.String())
	}
}

// ofCounts looks a figure of a product up in the counts; none of one that has no
// row there.
func ofCounts(p *audit.ProductSeats, column string) Formula {
	if _, is := rowOfCounts(p); !is {
		return Formula{}
	}
	return F("{}", At(countsID, countKey(p), column))
}

// countedUsers are the users of a product, where they are the seats that are listed.
func countedUsers(p *audit.ProductSeats) Formula {
	if p.Users == nil || *p.Users != classed(p) {
		return Formula{}
	}
	return ofCounts(p, countListed.ID)
}

func countedReviews(p *audit.ProductSeats) Formula { return ofCounts(p, countReviews.ID) }

// countCheck compares the seats counted with those of the audit.
func countCheck(r *audit.Result) iter.Seq[figureCheck] {
	listed := 0
	for p := range newCountFormulas(r).products() {
		listed += classed(p)
	}
	if listed == 0 {
		return slices.Values([]figureCheck(nil))
	}
	out := []figureCheck{{"Seats: as the sheet Counts has them now, and as audited", N(listed).By("{}", TotalOf(countsID, "listed")), N(listed), TopOf("Counts")}}
	if listsAll(r) && r.People != nil {
		out = append(out, figureCheck{"Rows of the sheet Users, and the seats of the sheet Counts", N(listed).By("ROWS({})", Data("users", "site")),
			N(listed).By("{}", TotalOf(countsID, "listed")), TopOf("Users")})
	}
	return slices.Values(out)
}

// unlisted says in the summary that the sheet Users holds a part.
func unlisted(r *audit.Result) []string {
	if listsAll(r) {
		return nil
	}
	return []string{fmt.Sprintf("The sheet Users lists only the seats that matter, of %s; the counts of all stand in the sheet Counts.",
		money.Count(listedSeats(r)))}
}
