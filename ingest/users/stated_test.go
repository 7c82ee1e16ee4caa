package users

import (
	"slices"
	"testing"
)

// The parts of a list state groups by their own rows; the list has them by its own,
// and each text once.
func TestPartsStateGroups(t *testing.T) {
	var list, one, other stated
	one.add(0, "admins")
	other.add(1, "users")
	other.add(2, "admins")
	list.join(&one, 0)
	list.join(&other, 3)
	if !slices.Equal(list.texts, []string{"admins", "users"}) || !slices.Equal(list.rows, []statedRow{{0, 0}, {4, 1}, {5, 0}}) {
		t.Errorf("got %q in the rows %v", list.texts, list.rows)
	}
}
