package json

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
)

type part struct {
	Words  []string `json:"words"`
	Absent *part    `json:"absent,omitempty"`
	Inner  any      `json:"inner"`
}

// left has a field that is left out by what it holds.
type left struct {
	Number int    `json:"number,omitzero"`
	Words  []int  `json:"words,omitempty"`
	Name   string `json:"name"`
}

type spelled struct{ letters string }

func (s *spelled) MarshalJSON() ([]byte, error) { return json.Marshal("<" + s.letters + ">") }

// A value is written as by the library, at every depth at which it is taken apart,
// and the text of the value asked for is what was written of it.
func TestStreamWritesAsTheLibrary(t *testing.T) {
	v := struct {
		Name   string         `json:"name"`
		Hidden int            `json:"-"`
		Nil    []part         `json:"nil"`
		None   []part         `json:"none"`
		Parts  []part         `json:"parts"`
		Deep   part           `json:"deep"`
		Own    spelled        `json:"own"`
		Owns   []spelled      `json:"owns"`
		Map    map[string]int `json:"map"`
		Empty  struct{}       `json:"empty"`
		Bytes  []byte         `json:"bytes"`
		Left   left           `json:"left"`
		Later  *part          `json:"later,omitempty"`
		Given  *part          `json:"given,omitempty"`
	}{
		Name: "a <b> & \u2028", Hidden: 1, None: []part{}, Parts: []part{{Words: []string{"x", "y"}}, {Inner: []int{1, 2}}},
		Deep: part{Words: []string{"z"}, Inner: part{Words: []string{"in"}}, Absent: &part{}},
		Own:  spelled{"own"}, Owns: []spelled{{"1"}, {"2"}}, Map: map[string]int{"b": 2, "a": 1}, Given: &part{}, Bytes: []byte("abc"), Left: left{Words: []int{}},
	}
	want, err := json.MarshalIndent(&v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	s := stream{w: &got, keep: "deep.inner"}
	if err := s.value(reflect.ValueOf(&v).Elem(), "", 0); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("got\n%s\nwant\n%s", &got, want)
	}
	inner, err := json.MarshalIndent(v.Deep.Inner, "    ", "  ")
	if err != nil || !bytes.Equal(s.kept, inner) {
		t.Errorf("kept %s, %v; want %s", s.kept, err, inner)
	}
}
