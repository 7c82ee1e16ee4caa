package users

import (
	"tierline/audit/estate"
	"tierline/ingest/cell"
)

// Lists that count seats and name people by address only, such as the user
// directory of a Bitbucket workspace. Their rows belong to the accounts other
// lists have for the addresses, so that one person is not counted as two; an
// address that no other list has is an account of its own (METHOD 1.24).

// findAddresses gives the rows of such lists the ids that other lists have for
// their addresses.
func (j *joiner) findAddresses() {
	book := map[string]rowRef{} // address -> the row that has it; list -1 for none
	none := rowRef{list: -1}
	for _, l := range j.lists {
		if l.layout.ByAddress {
			for row := range l.rows {
				book[l.key(&l.rows[row])] = none
			}
		}
	}
	if len(book) == 0 {
		return
	}
	for i, l := range j.lists {
		for row := 0; row < len(l.rows) && !l.layout.ByAddress; row++ {
			here := rowRef{int32(i), int32(row)}
			address := cell.AccountKey(l.spans.get(l.rows[row].email))
			if before, wanted := book[address]; wanted && (before == none || j.nearer(here, before)) {
				book[address] = here
			}
		}
	}
	for _, l := range j.lists {
		if l.layout.ByAddress {
			j.rename(l, book)
		}
	}
}

// nearer reports whether a row is rather the one an address stands for than
// another: of two accounts with one mailbox the active one, then the first by id.
func (j *joiner) nearer(a, b rowRef) bool {
	if x, y := j.row(a).status == estate.Active, j.row(b).status == estate.Active; x != y {
		return x
	}
	return j.key(a) < j.key(b)
}

// rename gives the rows of a list the ids of the rows found for them.
func (j *joiner) rename(l *List, book map[string]rowRef) {
	l.keys, l.letters = prefix{}, nil
	for row := range l.rows {
		u := &l.rows[row]
		if found := book[l.key(u)]; found.list >= 0 {
			id := j.lists[found.list].spans.get(j.row(found).id)
			if !l.spans.full(len(id)) {
				u.id, u.keyDiffers = l.spans.put(id), cell.AccountKey(id) != id
			}
		}
		l.keys.add(l.key(u))
	}
}
