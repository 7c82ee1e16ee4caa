package samples

import (
	"io"
	"math/rand/v2"
	"strings"
	"time"
)

var hanseProducts = []string{"Jira - hanse", "Confluence - hanse"}

var hanseFirst = strings.Fields(`
	Anneke Bjarne Björn Carlotta Detlef Elif Femke Gerrit Hilke Ingvar Jasna Jörg Kaspar Käthe Leonie Matteo Nadja Ole Pauline
	Quirin Ronja Silke Søren Theo Ulrike Vincent Wiebke Xaver Yasemin Zdenka`)

var hanseLast = strings.Fields(`
	Ahrens Brandis Claasen Dörfler Eggert Fehling Grothe Hinrichs Iversen Jessen Kröger Lührs Mewes Nissen Oetken Petersen Rathje
	Stüben Thode Ubben Voß Wessels`)

// The people of Hansewerk, product columns as in hanseProducts.
var hansePeople = []kind{
	{count: 46, cells: "aa"}, {count: 28, cells: "a-"}, {count: 10, cells: "-a"},
	{count: 6, cells: "ii"}, {count: 3, cells: "i-"}, {count: 2, cells: "-i"}, {count: 3, cells: "v-"}, {count: 1, cells: "-v"},
	// Accounts without a seat: suspended, former staff, guests.
	{count: 1, cells: "ii", status: "Suspended"}, {count: 3, cells: "--", status: "Deactivated"}, {count: 3, cells: "-g"},
}

// hanseByHand lists the accounts that show something of their own: idle for
// exactly 60 days, just arrived, an emergency account that exceptions.csv
// protects, and two service accounts.
func hanseByHand() []person {
	emergency := byHand("b2", "Notfallzugang", "notfall@example.com", day(2020, 1, 8), "v-")
	emergency.role = "Organization admin"
	return []person{
		byHand("b1", "Henrike Aßmann", "henrike.assmann@example.com", day(2021, 3, 15), "i-", daysAgo(60)),
		emergency,
		byHand("b3", "Malte Quast", "malte.quast@example.com", day(2026, 11, 3), "nn"),
		byHand("b4", "Imke Tönnies", "imke.toennies@example.com", day(2026, 10, 21), "nn"),
		byHand("b5", "Jenkins Bot", "", day(2019, 6, 4), "vv"),
		byHand("b6", "svc-backup", "svc-backup@example.com", day(2021, 9, 14), "v-"),
	}
}

func hanse() []person {
	rng := rand.New(rand.NewPCG(1358, 1669))
	out := append(hanseByHand(), people(rng, namesOf(rng, hanseFirst, hanseLast), "example.com", hansePeople)...)
	rng.Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

// fromGermanExcel is an export opened and saved again by a German Excel: it
// takes "16 Nov 2026" for a date and spells it its own way, but not the months
// whose names it does not know.
var fromGermanExcel = dialect{comma: ';', crlf: true, mark: "\ufeff", day: func(t time.Time) string {
	switch t.Month() {
	case time.March, time.May, time.October, time.December:
		return exportDay(t)
	}
	return t.Format("02.01.2006")
}}

func writeHanse(w io.Writer) error { return fromGermanExcel.write(w, hanseProducts, hanse()) }
