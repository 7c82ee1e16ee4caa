// Package word reads the words of typed enumerations back, each with an error
// that names what was expected. It knows no enumeration itself; the packages
// that declare one call it.
package word

import (
	"fmt"
	"slices"
	"strings"
)

// Index reads a word into a value that numbers words from 0; "" stands for no
// word. what names the enumeration in the error.
func Index[T ~uint8](into *T, what string, text []byte, words []string) error {
	i := slices.Index(words, string(text))
	if i < 0 || len(text) == 0 {
		return unknown(what, text, words)
	}
	*into = T(i)
	return nil
}

// One reads a word into a value that is its own word, if it is a known one.
func One[T ~string](into *T, what string, text []byte, known ...T) error {
	if !slices.Contains(known, T(text)) {
		words := make([]string, len(known))
		for i, k := range known {
			words[i] = string(k)
		}
		return unknown(what, text, words)
	}
	*into = T(text)
	return nil
}

func unknown(what string, text []byte, words []string) error {
	words = slices.DeleteFunc(slices.Clone(words), func(w string) bool { return w == "" })
	return fmt.Errorf("%s %q: expected one of %s", what, text, strings.Join(words, ", "))
}
