package users

import "strings"

// prefix is what some texts have in common at their beginning.
type prefix struct {
	text string
	any  bool // there is a text at all
}

func (p *prefix) add(text string) {
	if !p.any {
		p.text, p.any = strings.Clone(text), true
	}
	for !strings.HasPrefix(text, p.text) {
		p.text = p.text[:len(p.text)-1]
	}
}

// join adds the texts of another.
func (p *prefix) join(b prefix) {
	if b.any {
		p.add(b.text)
	}
}
