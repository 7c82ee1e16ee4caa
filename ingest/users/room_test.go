package users

import (
	"reflect"
	"testing"

	"tierline/audit/estate"
	"tierline/ingest/uncleared"
)

// What lies in uncleared memory holds no pointer: the garbage collector would not see
// what it points at, and hand that memory out again.
func TestUnclearedHoldsNoPointer(t *testing.T) {
	for _, of := range []any{uncleared.Of[listRow](1), uncleared.Of[estate.LastSeen](1)} {
		kind := reflect.TypeOf(of).Elem()
		if at, is := pointerIn(kind); is {
			t.Errorf("%s holds a pointer: %s", kind, at)
		}
	}
	for _, kind := range []reflect.Type{reflect.TypeFor[struct{ a []int }](), reflect.TypeFor[[2]string](), reflect.TypeFor[struct{ b struct{ c *int } }]()} {
		if _, is := pointerIn(kind); !is {
			t.Errorf("no pointer is found in %s", kind)
		}
	}
}

// pointerIn names a type inside another that holds a pointer.
func pointerIn(kind reflect.Type) (at reflect.Type, is bool) {
	switch kind.Kind() {
	case reflect.Struct:
		for field := range kind.NumField() {
			if at, is := pointerIn(kind.Field(field).Type); is {
				return at, true
			}
		}
		return nil, false
	case reflect.Array:
		return pointerIn(kind.Elem())
	case reflect.Pointer, reflect.UnsafePointer, reflect.String, reflect.Slice, reflect.Map, reflect.Interface, reflect.Func, reflect.Chan:
		return kind, true
	}
	return nil, false
}
