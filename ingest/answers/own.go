package answers

import (
	"bytes"
	"encoding/json"
)

// ownHead is how much of a file is looked at for who wrote it. result.json may
// be hundreds of megabytes, and says so in its first lines.
const ownHead = 64 << 10

// Writer returns the tool that a result or a manifest says it was written by,
// beside the version of its schema; "" for other JSON.
func Writer(raw []byte) string {
	dec := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw[:min(len(raw), ownHead)], []byte("\xef\xbb\xbf"))))
	if t, err := dec.Token(); err != nil || t != json.Delim('{') {
		return ""
	}
	var said struct{ Schema, Tool string }
	for said.Schema == "" || said.Tool == "" {
		key, err := dec.Token()
		if err != nil {
			return ""
		}
		var value any
		switch key {
		case "run":
			value = &said
		case "schema":
			value = &said.Schema
		case "tool":
			value = &said.Tool
		default:
			value = &json.RawMessage{}
		}
		if err := dec.Decode(value); err != nil {
			return ""
		}
	}
	return said.Tool
}
