package ingest

import (
	"fmt"
	"sync"

	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/ingest/sheet"
	"tierline/ingest/users"
)

// What one run holds of all files together is limited (METHOD 16.5). Which file
// goes beyond a limit must not depend on which of them was read first, so each
// is let in behind those before it by path.

// maxTexts is how many bytes the ids, names and addresses of all user lists may
// take: of files that are large together, only these are kept of their text.
const maxTexts = 384 << 20

// room is what is left of that.
type room struct {
	mu       sync.Mutex
	turn     *sync.Cond
	next     int
	rejected int // rows
	rows     int // of user lists
	bytes    int
	texts    int
}

func newRoom() *room {
	r := &room{rejected: sheet.KeptRows, rows: users.MaxRows, bytes: users.MaxBytes, texts: maxTexts}
	r.turn = sync.NewCond(&r.mu)
	return r
}

// admit lets file i in once those before it are: it keeps as many rejected rows
// as there is room for, and its user lists only where there is room for them.
func (r *room) admit(i int, f *file) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for r.next != i {
		r.turn.Wait()
	}
	r.next++
	r.turn.Broadcast()
	f.Limit(r.rejected)
	r.rejected -= len(f.Rejected)
	for _, list := range f.users {
		rows, bytes, text := list.Size()
		if rows > r.rows || bytes > r.bytes || text > r.texts {
			list.LeaveOut(sheet.TooMany)
			f.Diags.Add(diag.Incomplete, list.Source(),
				fmt.Sprintf("with it the user lists have more than %s rows, or fewer with many products, or more than %d MiB of names",
					money.Group(fmt.Sprint(users.MaxRows)), maxTexts>>20),
				"nothing of it is in the figures; leave lists out that no longer count")
			continue
		}
		r.rows, r.bytes, r.texts = r.rows-rows, r.bytes-bytes, r.texts-text
	}
}
