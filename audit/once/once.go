// Package once collects values, each once, in the order in which they come first:
// the names a sentence is about, of which there may be thousands. It decides
// nothing; audit/diag, report and rules call it.
package once

// List is values in the order they came. The zero value is empty and ready.
type List[T comparable] struct {
	values []T
	has    map[T]bool
}

// Add appends a value that is not in the list yet.
func (l *List[T]) Add(value T) {
	if l.has[value] {
		return
	}
	if l.has == nil {
		l.has = map[T]bool{}
	}
	l.has[value] = true
	l.values = append(l.values, value)
}

// Values returns the values, nil for none; they are not to be changed.
func (l *List[T]) Values() []T { return l.values }
