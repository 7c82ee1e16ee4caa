// Package answers reads the JSON that REST requests answered, saved as it came:
// the licences a Data Center instance reports, what a site or the Organizations
// API says of users, and price lists of the Marketplace. What an answer does not say
// of itself (its site, the product of a host's licence) and which of several answers
// holds, ingest settles, which calls it for every .json file.
package answers

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/sheet"
	"tierline/ingest/table"
)

// File is a file of JSON while it is read: one answer of a REST request, or
// several of them, in a list or one behind the other.
type File struct {
	*sheet.File
	Input  *estate.Input // the accounting of all its answers
	Tables *Tables

	places
}

// Tables is what the answers of one file say, in their order.
type Tables struct {
	Installed []Installed
	Prices    []PriceList
	Counts    SiteCounts
	Pages     []Page
}

// Format is a kind of answer, recognised by its keys, and what reads it.
type Format struct {
	ID    string
	Title string // in words
	Fits  func(*Value) bool
	Read  func(*File, *Value)
}

// IsJSON reports whether a file looks like JSON by its first characters, in
// any encoding: an object or a list, and behind the bracket what JSON may have
// there, since a CSV header may be "[Account],[Email]".
func IsJSON(raw []byte) bool {
	head := raw[:min(len(raw), 4<<10)]
	for _, mark := range []string{"\xef\xbb\xbf", "\xff\xfe", "\xfe\xff"} {
		head = bytes.TrimPrefix(head, []byte(mark))
	}
	const space = "\x00 \t\r\n"
	head = bytes.TrimLeft(head, space)
	if len(head) == 0 || head[0] != '{' && head[0] != '[' {
		return false
	}
	behind := bytes.TrimLeft(head[1:], space)
	switch {
	case len(behind) == 0:
		return true
	case head[0] == '{':
		return behind[0] == '"' || behind[0] == '}'
	}
	return bytes.IndexByte([]byte(`{["]`), behind[0]) >= 0
}

// Read reads the answers of a file that are in one of the formats and accounts
// for the others.
func Read(ctx context.Context, f *sheet.File, raw []byte, formats []Format) Tables {
	f.Inputs = []estate.Input{{Path: f.Path, Title: "not readable", Excluded: []estate.Excluded{}}}
	j := &File{File: f, Input: &f.Inputs[0], Tables: &Tables{}}
	if len(raw) > headJSON && !j.promises(ctx, raw[:headJSON], formats) {
		j.Input.Title = "not recognised"
		f.Diags.Add(diag.Incomplete, diag.Source{File: f.Path},
			fmt.Sprintf("not recognised as any answer Tierline reads by its first %d KiB; not read further", headJSON>>10), readJSON)
		return *j.Tables
	}
	if len(raw) > maxJSON {
		f.Diags.Add(diag.Incomplete, diag.Source{File: f.Path}, fmt.Sprintf("JSON of more than %d MiB is not an answer Tierline reads", maxJSON>>20), nothingRead)
		return *j.Tables
	}
	text, encoding, remarks, err := table.Text(ctx, raw)
	if err != nil {
		f.Diags.Add(diag.Incomplete, diag.Source{File: f.Path}, err.Error(), nothingRead)
		return *j.Tables
	}
	j.Input.Encoding, j.places = encoding, places{text: text}
	f.Decoded("", remarks)
	values, wrong := parse(text)
	if wrong != nil {
		f.Diags.Add(diag.Incomplete, j.At(wrong.offset), wrong.message, nothingRead+"; save the answer again")
		return *j.Tables
	}
	j.answers(values, formats)
	return *j.Tables
}

// readJSON says what files of JSON are read.
const readJSON = "of JSON Tierline reads the answers of installed-marketplace, of one licence, of applicationrole, of approximateLicenseCount, " +
	"of the Organizations API's users and managed accounts, and of the Marketplace's pricing"

const nothingRead = "nothing of it is in the figures"

// At returns the place of an offset.
func (j *File) At(offset int) diag.Source {
	line, column := j.place(offset)
	return diag.Source{File: j.Path, Line: line, Column: column}
}

// headJSON is how much of a file is looked at for an answer we know before the
// rest is read: every one of them says what it is in its first lines.
const headJSON = 64 << 10

// promises reports whether the beginning of a file is that of an answer we know.
func (j *File) promises(ctx context.Context, head []byte, formats []Format) bool {
	text, _, _, err := table.Text(ctx, head)
	if err != nil {
		return false
	}
	values, _ := parse(text) // it breaks off
	return slices.ContainsFunc(answersIn(values), func(v *Value) bool {
		return slices.ContainsFunc(formats, func(known Format) bool { return known.Fits(v) })
	})
}

// answersIn returns the answers that stand in lists, or one behind the other.
func answersIn(values []*Value) (all []*Value) {
	for _, v := range values {
		if v.kind == '[' {
			all = append(all, v.items...)
		} else {
			all = append(all, v)
		}
	}
	return all
}

// answers reads every answer we know and accounts for the others.
func (j *File) answers(values []*Value, formats []Format) {
	all := answersIn(values)
	var unknown []*Value
	j.Input.Title = "not recognised"
	for _, v := range all {
		if !j.answer(v, formats) {
			unknown = append(unknown, v)
		}
	}
	j.Input.Read += len(unknown)
	switch {
	case len(all) == 0:
		j.Diags.Add(diag.Incomplete, diag.Source{File: j.Path}, "has no rows", "the download may have failed")
	case len(unknown) == len(all):
		j.Input.Exclude(diag.Reason{Kind: diag.Unreadable, Text: "file not recognised"}, len(unknown))
		j.Diags.Add(diag.Incomplete, diag.Source{File: j.Path}, "not recognised as any export or table Tierline reads", readJSON)
	case len(unknown) > 0:
		j.Input.Exclude(diag.Reason{Kind: diag.Unreadable, Text: "answer not recognised"}, len(unknown))
		j.Diags.Add(diag.Incomplete, j.At(unknown[0].offset), fmt.Sprintf("%d of %d answers not recognised", len(unknown), len(all)), readJSON)
	}
}

// answer reads an answer of a kind we know.
func (j *File) answer(v *Value, formats []Format) bool {
	for _, kind := range formats {
		if !kind.Fits(v) {
			continue
		}
		if j.Input.Format == "" {
			j.Input.Format, j.Input.Title = kind.ID, kind.Title
		}
		kind.Read(j, v)
		return true
	}
	return false
}

// reject accounts for a row that could not be understood, without its text: a
// licence holds a key that belongs in no report.
func (j *File) reject(v *Value, err error) {
	j.Input.Rejected++
	j.Reject(j.At(v.offset), sheet.Fault{Text: err.Error(), Kind: "an answer that cannot be used"}, "save the answer again, unchanged", nil)
}

// saidTwice is why a row or answer is refused that has two values under one
// key: which of them is meant is nowhere said.
func saidTwice(key string) error {
	return fmt.Errorf("%q occurs twice with different values", shortened(key))
}
