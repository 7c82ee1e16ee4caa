package ingest

import (
	"bytes"
	"fmt"

	"tierline/audit/config"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/ingest/table"
)

// jsonFile is a file of JSON while it is read: one answer of a REST request,
// or several of them, in a list or one behind the other.
type jsonFile struct {
	*file
	in      *estate.Input
	mapping config.Input
	lines   lineStarts
}

// answerKind is a kind of answer we read, recognised by its keys.
type answerKind struct {
	id    string
	title string
	fits  func(*value) bool
	read  func(*jsonFile, *value)
}

// answerKinds lists every kind of answer.
func answerKinds() []answerKind {
	return []answerKind{
		{id: "upm-licences", title: "installed licences (JSON)", fits: isInstalled, read: (*jsonFile).installed},
		{id: "upm-licences", title: "installed licence (JSON)", fits: isLicence, read: (*jsonFile).singleLicence},
		{id: "marketplace-prices", title: "Marketplace price list (JSON)", fits: isPriceAnswer, read: (*jsonFile).priceAnswer},
	}
}

// isJSON reports whether a file looks like JSON by its first characters, in
// any encoding: an object or a list, and behind the bracket what JSON may have
// there, since a CSV header may be "[Account],[Email]".
func isJSON(raw []byte) bool {
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

// readJSON reads the answers of a file.
func (f *file) readJSON(raw []byte) {
	f.input = []estate.Input{{Path: f.path, Title: "not readable", Excluded: []estate.Excluded{}}}
	j := &jsonFile{file: f, in: &f.input[0], mapping: f.mapping()}
	text, encoding, remarks, err := table.Text(raw)
	if err != nil {
		f.diags.Add(diag.Incomplete, diag.Source{File: f.path}, err.Error(), "nothing of it is in the figures")
		return
	}
	j.in.Encoding, j.lines = encoding, linesOf(text)
	for _, r := range remarks {
		level := diag.Warning
		if r.Broken {
			level = diag.Incomplete
		}
		f.diags.Add(level, diag.Source{File: f.path, Line: r.Line}, r.Message, r.Fix)
	}
	values, wrong := parseJSON(text)
	if wrong != nil {
		f.diags.Add(diag.Incomplete, j.at(wrong.offset), wrong.message, "nothing of it is in the figures; save the answer again")
		return
	}
	j.answers(values)
}

// at returns the place of an offset.
func (j *jsonFile) at(offset int) diag.Source {
	line, column := j.lines.place(offset)
	return diag.Source{File: j.path, Line: line, Column: column}
}

// answers reads every answer we know and accounts for the others.
func (j *jsonFile) answers(values []*value) {
	var all []*value
	for _, v := range values {
		if v.kind == '[' {
			all = append(all, v.items...)
		} else {
			all = append(all, v)
		}
	}
	var unknown []*value
	j.in.Title = "not recognised"
	for _, v := range all {
		if !j.answer(v) {
			unknown = append(unknown, v)
		}
	}
	j.in.Read += len(unknown)
	const fix = "of JSON Tierline reads the answers of installed-marketplace, of one licence and of the Marketplace's pricing"
	switch {
	case len(all) == 0:
		j.diags.Add(diag.Incomplete, diag.Source{File: j.path}, "has no rows", "the download may have failed")
	case len(unknown) == len(all):
		exclude(j.in, "file not recognised", len(unknown))
		j.diags.Add(diag.Incomplete, diag.Source{File: j.path}, "not recognised as any export or table Tierline reads", fix)
	case len(unknown) > 0:
		exclude(j.in, "answer not recognised", len(unknown))
		j.diags.Add(diag.Incomplete, j.at(unknown[0].offset), fmt.Sprintf("%d of %d answers not recognised", len(unknown), len(all)), fix)
	}
}

// answer reads an answer of a kind we know.
func (j *jsonFile) answer(v *value) bool {
	for _, kind := range answerKinds() {
		if !kind.fits(v) {
			continue
		}
		if j.in.Format == "" {
			j.in.Format, j.in.Title = kind.id, kind.title
		}
		kind.read(j, v)
		return true
	}
	return false
}

// reject accounts for a row that could not be understood.
func (j *jsonFile) reject(v *value, err error) {
	j.in.Rejected++
	// Without its text: a licence holds a key that belongs in no report.
	j.rejected = append(j.rejected, estate.RejectedRow{Source: j.at(v.offset), Problem: err.Error()})
	j.diags.Add(diag.Incomplete, j.at(v.offset), "row rejected: "+err.Error(), "save the answer again, unchanged")
}

// saidTwice is why a row or answer is refused that has two values under one
// key: which of them is meant is nowhere said.
func saidTwice(key string) error {
	return fmt.Errorf("%q occurs twice with different values", shortened(key))
}
