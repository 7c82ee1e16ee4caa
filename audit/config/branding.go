package config

import (
	"fmt"

	"tierline/audit/diag"
)

// Branding dresses the reports. The zero value is a complete one.
type Branding struct {
	Title     string `json:"title"`     // replaces "Licence audit" on covers
	Name      string `json:"name"`      // of who presents the reports
	Footer    string `json:"footer"`    // a line at the foot of every page
	Accent    string `json:"accent"`    // "#RRGGBB" of headings and charts
	Second    string `json:"second"`    // "#RRGGBB" of what stands beside the accent in charts
	Letter    bool   `json:"letter"`    // the PDF is for paper of that size, not for A4
	Signature bool   `json:"signature"` // page 1 of the PDF has a place to sign
	Logo      Logo   `json:"logo"`
}

// Logo is a picture at the top of the PDF. Config knows the name of its file;
// ingest reads it.
type Logo struct {
	File   string      `json:"file"`  // below the audited folder; "" for none
	Image  []byte      `json:"image"` // a PNG or JPEG
	Source diag.Source `json:"-"`     // where audit.yaml names it
}

// brandingKeys is the table of how the reports can look.
func brandingKeys() []key[Branding] {
	return []key[Branding]{
		{name: "title", meaning: "replaces Licence audit", shown: onTitles, example: "Licence audit",
			kind: word[Branding]{at: func(b *Branding) *string { return &b.Title }, what: "a text"}},
		{name: "name", meaning: "who presents the reports, such as a department", shown: onFirstPage, example: "Asset management",
			kind: word[Branding]{at: func(b *Branding) *string { return &b.Name }, what: "a text"}},
		{name: "logo", meaning: "a picture in the folder", shown: onFirstPage, example: "logo.png", kind: logoFile{}},
		{name: "footer", meaning: "a line at the foot of every page", shown: "at the foot of every page", example: "For internal use",
			kind: word[Branding]{at: func(b *Branding) *string { return &b.Footer }, what: "a text"}},
		{name: "accent", meaning: "the colour of headings and charts, in quotes", shown: "in headings and charts", example: `"#1F4E79"`,
			kind: word[Branding]{at: func(b *Branding) *string { return &b.Accent }, what: aColour, check: visibleColour("accent")}},
		{name: "second", meaning: "the colour beside it in charts, in quotes", shown: "in the charts of the PDF", example: `"#C7730A"`,
			kind: word[Branding]{at: func(b *Branding) *string { return &b.Second }, what: aColour, check: visibleColour("second")}},
		{name: "paper", meaning: "of the PDF", shown: "in the size of the pages",
			kind: choice[Branding]{at: func(b *Branding) *bool { return &b.Letter }, yes: []string{"letter"}, no: []string{"a4"}}},
		{name: "signature", meaning: "a place to sign", shown: onFirstPage,
			kind: yesNo(func(b *Branding) *bool { return &b.Signature }, false)},
	}
}

const (
	aColour     = "a colour such as #1F4E79"
	onFirstPage = "on page 1 of the PDF"
)

// logoFile is the name of a picture, with its place for what is wrong with the
// file itself.
type logoFile struct{}

func (logoFile) takes() string         { return "the path of a PNG or JPEG file in the folder" }
func (logoFile) reset(b *Branding)     { b.Logo = Logo{} }
func (logoFile) node(b *Branding) Node { return scalar(b.Logo.File) }

func (logoFile) read(r *reader, n Node, b *Branding) {
	if text, ok := r.text(n); ok {
		b.Logo = Logo{File: text, Source: n.Source}
	}
}

// visibleColour checks that a setting is a colour that can be seen on paper.
func visibleColour(name string) func(Terms, string) error {
	return func(_ Terms, text string) error {
		c, ok := parseColour(text)
		if !ok {
			return fmt.Errorf("%s %q: expected a colour such as \"#1F4E79\", in quotes", name, text)
		}
		if have := contrast(c, white); have < onWhite {
			return fmt.Errorf("%s %q: too light on white paper, with a contrast of %.1f; expected at least %.1f: take %q, or a darker one",
				name, text, have, onWhite, c.darkened(onWhite))
		}
		return nil
	}
}

// alikeColours says that two colours cannot be told apart once they are printed
// in black and white.
func alikeColours(b *Branding) string {
	accent, first := parseColour(b.Accent)
	second, other := parseColour(b.Second)
	if !first {
		accent, _ = parseColour(DefaultAccent)
	}
	if !other {
		return ""
	}
	if have := contrast(accent, second); have < apart {
		return fmt.Sprintf("accent and second are as light as each other, with a contrast of %.1f; expected at least %.1f, to tell them apart in black and white",
			have, apart)
	}
	return ""
}
