package users

import "strings"

// prefix is what some texts have in common at their beginning.
type prefix struct {
	text string
	any  bool // there is a text at all
}

// add adds a text, and reports whether there is less in common for it.
func (p *prefix) add(text string) (less bool) {
	if !p.any {
		p.text, p.any, less = strings.Clone(text), true, true
	}
	for !strings.HasPrefix(text, p.text) {
		p.text, less = p.text[:len(p.text)-1], true
	}
	return less
}

// join adds the texts of another.
func (p *prefix) join(b prefix) {
	if b.any {
		p.add(b.text)
	}
}
