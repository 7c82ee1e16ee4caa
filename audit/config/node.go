package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"tierline/audit/diag"
)

// Node is a value of audit.yaml as it is written, with its place. What reads
// the file makes nodes of it; [Read] says what they mean.
type Node struct {
	Form    Form
	Text    string  // of a Scalar
	Items   []Node  // of a List
	Entries []Entry // of a Mapping, in the order of the file
	Source  diag.Source
}

// Entry is one key of a mapping, with its value.
type Entry struct {
	Key    string
	Source diag.Source // of the key
	Value  Node
}

// Form is how a value is written.
type Form uint8

// The forms. Blank is a key with nothing behind it.
const (
	Blank Form = iota
	Scalar
	List
	Mapping
)

// scalar makes the node of a single value.
func scalar(text string) Node { return Node{Form: Scalar, Text: text} }

// list makes the node of a list.
func list(items ...Node) Node { return Node{Form: List, Items: items} }

// String writes the value for people: "90, 60" or "academic 0.25, commercial 1".
func (n Node) String() string {
	var parts []string
	for _, item := range n.Items {
		parts = append(parts, item.String())
	}
	for _, e := range n.Entries {
		parts = append(parts, e.Key+" "+e.Value.String())
	}
	if len(n.Items) > 0 && n.Items[0].Form == Mapping {
		return strings.Join(parts, "; ")
	}
	return n.Text + strings.Join(parts, ", ")
}

// YAML writes the value on one line as audit.yaml would say it.
func (n Node) YAML() string {
	var parts []string
	switch n.Form {
	case List:
		for _, item := range n.Items {
			parts = append(parts, item.YAML())
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case Mapping:
		for _, e := range n.Entries {
			parts = append(parts, e.Key+": "+e.Value.YAML())
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	const plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./%"
	if strings.Trim(n.Text, plain) != "" {
		return strconv.Quote(n.Text)
	}
	return n.Text
}

// MarshalJSON writes a text, an array or an object.
func (n Node) MarshalJSON() ([]byte, error) {
	switch n.Form {
	case List:
		return json.Marshal(append([]Node{}, n.Items...))
	case Mapping:
		var out bytes.Buffer
		for _, e := range n.Entries {
			key, err := json.Marshal(e.Key)
			if err != nil {
				return nil, err
			}
			value, err := json.Marshal(e.Value)
			if err != nil {
				return nil, err
			}
			fmt.Fprintf(&out, ",%s:%s", key, value)
		}
		return fmt.Appendf(nil, "{%s}", bytes.TrimPrefix(out.Bytes(), []byte(","))), nil
	}
	return json.Marshal(n.Text)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (n *Node) UnmarshalJSON(raw []byte) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	first, err := d.Token()
	if err != nil {
		return err
	}
	switch first {
	case json.Delim('['):
		*n = Node{Form: List}
		return json.Unmarshal(raw, &n.Items)
	case json.Delim('{'):
		*n = Node{Form: Mapping}
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return err
			}
			e := Entry{Key: fmt.Sprint(key)}
			if err := d.Decode(&e.Value); err != nil {
				return err
			}
			n.Entries = append(n.Entries, e)
		}
		return nil
	}
	text, ok := first.(string)
	if !ok {
		return errors.New("a setting's value: expected a text, an array or an object, not " + string(raw))
	}
	*n = scalar(text)
	return nil
}
