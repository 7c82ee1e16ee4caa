package answers

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"tierline/audit/money"
	"tierline/ingest/cell"
)

// Value is a JSON value and where it starts. Numbers keep the text they are
// written as, so that no amount passes through a float.
type Value struct {
	kind    byte     // '{', '[', '"', '0' number, 't' true, 'f' false, 'n' null
	text    string   // of a string or number
	keys    []string // of an object
	items   []*Value // the values of the keys, or of a list
	repeats string   // a key of this object that has two different values
	offset  int
}

// What a hostile or broken file may ask for at most. The answers we read are
// five levels deep and have some thousand values.
const (
	maxJSON   = 64 << 20
	maxDepth  = 40
	maxValues = 1_000_000
)

// unwanted are keys whose values are thrown away while reading: the secret
// licence key and personal data, which nothing behind this line may hold.
var unwanted = []string{"rawLicense", "contactEmail", "organizationName"}

// jsonError is why a text is not JSON we read, and where.
type jsonError struct {
	offset  int
	message string
}

// Error returns the reason.
func (e *jsonError) Error() string { return e.message }

// parse reads the values of a text, which may stand one behind the other:
// answers of several requests appended to one file.
//
// Where the text breaks off, or is none, what was read until there stands beside
// the reason.
func parse(text []byte) ([]*Value, *jsonError) {
	r := &jsonReader{text: text, dec: json.NewDecoder(bytes.NewReader(text)), left: maxValues}
	r.dec.UseNumber()
	var out []*Value
	for r.next() < len(text) {
		v, err := r.value(maxDepth)
		if v != nil {
			out = append(out, v)
		}
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

type jsonReader struct {
	text []byte
	dec  *json.Decoder
	left int // values that may still be read
}

// next returns where the next token starts.
func (r *jsonReader) next() int {
	at := int(r.dec.InputOffset())
	for at < len(r.text) && strings.IndexByte(" \t\r\n,:", r.text[at]) >= 0 {
		at++
	}
	return at
}

func (r *jsonReader) token() (json.Token, *jsonError) {
	at := r.next()
	tok, err := r.dec.Token()
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, &jsonError{len(r.text), "the JSON ends in the middle; the download may have been cut off"}
	case err != nil:
		return nil, &jsonError{at, "this is not valid JSON"}
	}
	return tok, nil
}

func (r *jsonReader) value(depth int) (*Value, *jsonError) {
	v := &Value{offset: r.next()}
	tok, err := r.token()
	if err != nil {
		return nil, err
	}
	if r.left--; r.left < 0 {
		return nil, &jsonError{v.offset, fmt.Sprintf("JSON of more than %d values is not an answer Tierline reads", maxValues)}
	}
	switch t := tok.(type) {
	case json.Delim:
		if depth == 0 {
			return nil, &jsonError{v.offset, fmt.Sprintf("JSON nested more than %d levels deep is not an answer Tierline reads", maxDepth)}
		}
		v.kind = byte(t)
		return v, r.members(v, depth)
	case string:
		v.kind, v.text = '"', t
	case json.Number:
		v.kind, v.text = '0', t.String()
	case bool:
		v.kind = 'f'
		if t {
			v.kind = 't'
		}
	default:
		v.kind = 'n'
	}
	return v, nil
}

// members reads what stands in an object or a list, and its end.
func (r *jsonReader) members(v *Value, depth int) *jsonError {
	for r.dec.More() {
		if v.kind == '{' {
			tok, err := r.token()
			if err != nil {
				return err
			}
			key, _ := tok.(string)
			if slices.ContainsFunc(unwanted, func(u string) bool { return strings.EqualFold(u, key) }) {
				if err := r.skip(); err != nil {
					return err
				}
				continue
			}
			v.keys = append(v.keys, key)
		}
		item, err := r.value(depth - 1)
		if item != nil {
			v.items = append(v.items, item)
		}
		if err != nil {
			v.keys = v.keys[:min(len(v.keys), len(v.items))]
			return err
		}
	}
	if _, err := r.token(); err != nil {
		return err
	}
	v.repeats = v.repeated()
	return nil
}

// skip passes over a value without keeping it.
func (r *jsonReader) skip() *jsonError {
	at := r.next()
	var nothing json.RawMessage
	err := r.dec.Decode(&nothing)
	clear(nothing)
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return &jsonError{len(r.text), "the JSON ends in the middle; the download may have been cut off"}
	case err != nil:
		return &jsonError{at, "this is not valid JSON"}
	}
	return nil
}

// repeated returns a key of the object that occurs twice with different
// values: which of them is meant is nowhere said (compare METHOD 14.16).
func (v *Value) repeated() string {
	order := make([]int, len(v.keys))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(strings.Compare(v.keys[a], v.keys[b]), cmp.Compare(a, b)) })
	for i := 1; i < len(order); i++ {
		a, b := order[i-1], order[i]
		if v.keys[a] == v.keys[b] && !v.items[a].equal(v.items[b]) {
			return v.keys[a]
		}
	}
	return ""
}

func (v *Value) equal(b *Value) bool {
	return v.kind == b.kind && v.text == b.text && slices.Equal(v.keys, b.keys) && slices.EqualFunc(v.items, b.items, (*Value).equal)
}

// twice returns a key with two different values anywhere in v, "" when every
// key is said once.
func (v *Value) twice() string {
	if v.repeats != "" {
		return v.repeats
	}
	for _, item := range v.items {
		if key := item.twice(); key != "" {
			return key
		}
	}
	return ""
}

// get returns the value of a key, nil when v is no object, has no such key, or
// it is null. It bears a nil v, so that paths can be followed.
func (v *Value) get(path ...string) *Value {
	for _, key := range path {
		if v == nil || v.kind != '{' {
			return nil
		}
		i := slices.Index(v.keys, key)
		if i < 0 {
			return nil
		}
		v = v.items[i]
	}
	if v == nil || v.kind == 'n' {
		return nil
	}
	return v
}

// hasAny reports whether any of some keys has a value.
func (v *Value) hasAny(keys []string) bool {
	return slices.ContainsFunc(keys, func(key string) bool { return v.get(key) != nil })
}

// list returns the elements of the list under a key, nil when there is none.
func (v *Value) list(key string) []*Value {
	if l := v.get(key); l != nil && l.kind == '[' {
		return l.items
	}
	return nil
}

// string returns the text under a path, "" when there is none.
func (v *Value) string(path ...string) string {
	if s := v.get(path...); s != nil && s.kind == '"' {
		return strings.TrimSpace(s.text)
	}
	return ""
}

// is reports whether true stands under a key; other is the answer when
// neither true nor false does.
func (v *Value) is(key string, other bool) bool {
	switch b := v.get(key); {
	case b == nil:
		return other
	case b.kind == 't', b.kind == 'f':
		return b.kind == 't'
	}
	return other
}

// number returns the exact number under a key.
func (v *Value) number(key string) (money.Exact, error) {
	n := v.get(key)
	if n == nil {
		return money.Exact{}, fmt.Errorf("%s is missing", key)
	}
	if n.kind != '0' {
		return money.Exact{}, fmt.Errorf("%s is not a number", key)
	}
	text, err := plainNumber(n.text)
	if err != nil {
		return money.Exact{}, fmt.Errorf("%s: %w", key, err)
	}
	return money.ParseExact(text)
}

// count returns the whole number under a key, -1 or more: the answers write
// "no limit" as -1.
func (v *Value) count(key string) (int, error) {
	e, err := v.number(key)
	if err != nil {
		return 0, err
	}
	n, convErr := strconv.Atoi(e.Decimal(0))
	if convErr != nil || n < -1 || n > cell.MaxCount {
		return 0, fmt.Errorf("%s: %s: expected a whole number of 0 or more", key, shortened(v.get(key).text))
	}
	return n, nil
}

// maxDigits is how many characters or powers of ten a number may have: the
// longest real one, a time in milliseconds, has thirteen.
const maxDigits = 60

// plainNumber writes a number of JSON, "1.5E3", without exponent, "1500".
func plainNumber(s string) (string, error) {
	if len(s) > maxDigits {
		return "", fmt.Errorf("a number of %d characters", len(s))
	}
	at := strings.IndexAny(s, "eE")
	if at < 0 {
		return s, nil
	}
	shift, err := strconv.Atoi(s[at+1:])
	if err != nil || shift > maxDigits || shift < -maxDigits {
		return "", fmt.Errorf("%s is beyond any number of users, price or date", shortened(s))
	}
	digits, minus := strings.CutPrefix(s[:at], "-")
	whole, frac, _ := strings.Cut(digits, ".")
	if shift < 0 {
		whole = strings.Repeat("0", -shift) + whole
	} else {
		frac += strings.Repeat("0", shift)
	}
	all, point := whole+frac, len(whole)+shift
	out := cmp.Or(all[:point], "0")
	if rest := all[point:]; rest != "" {
		out += "." + rest
	}
	if minus {
		out = "-" + out
	}
	return out, nil
}

// shortened keeps a message readable whatever the file holds.
func shortened(s string) string {
	if len(s) > 24 {
		return strings.ToValidUTF8(s[:24], "") + "..."
	}
	return s
}

// places turns offsets of a text into lines and columns. It goes on from the last
// place asked for, since they are asked for nearly in order.
type places struct {
	text            []byte
	at, line, start int // the last offset, the lines that end before it, and where its own begins
}

// place returns the line and column of an offset, both from 1.
func (p *places) place(offset int) (line, column int) {
	if offset < p.at {
		p.at, p.line, p.start = 0, 0, 0
	}
	for ; p.at < offset && p.at < len(p.text); p.at++ {
		if b := p.text[p.at]; b == '\n' || b == '\r' && (p.at+1 == len(p.text) || p.text[p.at+1] != '\n') {
			p.line, p.start = p.line+1, p.at+1
		}
	}
	return p.line + 1, offset - p.start + 1
}
