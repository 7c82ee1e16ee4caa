package samples

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// All names are invented by combining a list of first names with one of last
// names.
var firstNames = strings.Fields(`
	Aisha Alejandro Amina Anders Andrei Anneke Arjun Astrid Baptiste Beatriz Birgit Bogdan Camille Carlos Chiara Chidi
	Claire Daan Daniela Dariusz Deepa Dominik Eilidh Elena Emeka Emil Esther Fatima Felix Freya Gabriel Giulia
	Grzegorz Hana Hannah Hiroshi Ibrahim Ines Ingrid Isabel Ivan Jakub Jana Jasmine Jonas Josephine Jürgen Kamila
	Karim Katarzyna Kenji Kwame Lars Leila Liam Linnea Lucia Magnus Malik Marek Margaux Mei Miguel Mila
	Nadia Naoko Nils Noor Oisín Olga Omar Oskar Paola Pavel Petra Pierre Rachel Rafael Renata Rohan
	Rosa Samuel Sanna Sebastián Selin Sigrid Sofia Soren Stefan Svetlana Takeshi Tamar Teresa Thabo Tomasz Uma
	Valentina Viktor Wanjiru Wei Yara Yasmin Yuki Zofia`)

var lastNames = strings.Fields(`
	Abara Adeleke Agarwal Andersen Aoki Arslan Asante Baker Banerjee Barros Bauer Becker Bergström Bianchi Blanc Brandt
	Brennan Carvalho Castillo Chaudhry Chen Cohen Costa Dalgaard Davies Dekker Delgado Diallo Dobrev Duarte Dvořák Egede
	Eriksen Fadel Farrell Ferrari Fischer Fofana Fournier Fujii García Gallagher Georgiou Gruber Gupta Haddad Halvorsen Hansen
	Hayashi Hoffmann Horvat Hussain Ibáñez Ishikawa Ivanova Jansen Jensen Kamara Kapoor Karlsson Kaya Keller Kimura Kovács
	Kowalczyk Kumar Laine Lambert Larsen Leclerc Lefèvre Lehmann Lindgren Lopes Mahlangu Marchetti Martins Matsuda Mbeki Mehta
	Mensah Meyer Mishra Molina Moreau Mutua Nakamura Nair Ndlovu Nguyen Novak Nowicki O'Brien Okeke Olsen Onyango
	Ortega Osman Øster Papadakis Park Pereira Petrov Quintero Rahman Ramos Reyes Richter Rossi Roux Rybak Saarinen
	Santos Sato Schäfer Schmitt Sharma Silva Simić Singh Sørensen Suzuki Takahashi Tanaka Torres Tran Vargas Vasquez
	Vidal Virtanen Vogel Wagner Walsh Weber Wójcik Yamada Yılmaz Zhang Zieliński Zimmermann`)

// ascii spells the letters of the lists that mail addresses do not use.
var ascii = strings.NewReplacer("ä", "ae", "á", "a", "å", "a", "è", "e", "é", "e", "í", "i", "ı", "i", "ñ", "n", "ń", "n",
	"ö", "oe", "ó", "o", "ø", "oe", "ř", "r", "ć", "c", "ü", "ue", "ß", "ss", "'", "", " ", "")

func address(first, last, domain string) string {
	return ascii.Replace(strings.ToLower(first)) + "." + ascii.Replace(strings.ToLower(last)) + "@" + domain
}

// namePool hands out every combination of the lists once, in random order, so
// that two accounts share a name only where a sample says so.
type namePool struct {
	first, last []string
	order       []int
}

func newNamePool(rng *rand.Rand) *namePool { return namesOf(rng, firstNames, lastNames) }

func namesOf(rng *rand.Rand, first, last []string) *namePool {
	return &namePool{first: first, last: last, order: rng.Perm(len(first) * len(last))}
}

func (p *namePool) next() (first, last string) {
	i := p.order[0]
	p.order = p.order[1:]
	return p.first[i%len(p.first)], p.last[i/len(p.first)]
}

// accountID invents an Atlassian account id: accounts of before 2019 carry
// the prefix 557058, some old ones are 24 hexadecimal digits.
func accountID(rng *rand.Rand, year int) string {
	a, b := rng.Uint64(), rng.Uint64()
	if year < 2021 && a%5 == 0 {
		return fmt.Sprintf("5%07x%016x", a>>36, b)
	}
	prefix := "712020"
	if year < 2019 {
		prefix = "557058"
	}
	return fmt.Sprintf("%s:%08x-%04x-4%03x-%04x-%012x", prefix,
		uint32(a), uint16(a>>32), uint16(a>>48)&0xfff, uint16(b)&0x3fff|0x8000, b>>16)
}
