package exports

import (
	"strings"

	"tierline/audit/estate"
	"tierline/ingest/cell"
	"tierline/ingest/sheet"
	"tierline/ingest/users"
)

// Lists that tools for cleaning up write: whom they removed, and who is inactive.
// Neither is a list of users: they make no account and no count. The first is
// compared with the plan, the second stands beside as evidence (METHOD 1.28).

// CleanUp lays out what a clean-up did to whom.
func CleanUp(s *sheet.Sheet) *users.Layout {
	l := ofAnybody(s)
	action, result := s.Column("action"), s.Column("result")
	l.Status = action
	l.StatusOf = func(cells []string) estate.Status {
		return removedBy(cell.At(cells, action), cell.At(cells, result), result >= 0)
	}
	l.Evidence = []users.Evidence{{Name: "clean-up", Seen: s.Columns("removed_on"), Disabled: true, CleanUp: true}}
	return l
}

// Inactive lays out a list that holds inactive people only.
func Inactive(s *sheet.Sheet) *users.Layout {
	l := ofAnybody(s)
	l.Evidence = []users.Evidence{{Name: "list of inactive people", Seen: s.Columns("last_seen", "last_login", "last_active", "last_activity", "last_access")}}
	return l
}

// ofAnybody is what lists have in common that name people by account id, or
// else by address.
func ofAnybody(s *sheet.Sheet) *users.Layout {
	id := s.FirstColumn("account_id", "accountid", "atlassian_id", "user_id", "aaid")
	mail := s.FirstColumn("email", "email_address", "user_email", "mail")
	if id < 0 {
		id = mail
	}
	return &users.Layout{ID: id, Name: -1, Email: mail, Status: -1, Added: -1, Kind: users.Kind{Key: users.EitherKey, Beside: true, ByAddress: true}}
}

// What actions and results begin with, in lower case: done, and not done.
var (
	doneWords = map[string]bool{
		"removed": true, "remove": true, "deactivated": true, "deactivate": true, "suspended": true, "suspend": true, "revoked": true, "revoke": true,
		"deleted": true, "delete": true, "disabled": true, "disable": true, "deprovisioned": true, "unassigned": true,
		"success": true, "successful": true, "succeeded": true, "ok": true, "done": true, "completed": true, "complete": true, "yes": true, "true": true,
	}
	notDoneWords = map[string]bool{
		"skipped": true, "skip": true, "failed": true, "fail": true, "failure": true, "error": true, "dry": true, "dry-run": true, "preview": true,
		"simulated": true, "would": true, "pending": true, "planned": true, "none": true, "no": true, "not": true, "false": true, "kept": true,
		"keep": true, "excluded": true, "exempt": true, "protected": true,
	}
)

// removedBy reads what was done to somebody: deactivated stands for whatever took
// access away, active for nothing, unknown for words nobody knows.
func removedBy(action, result string, hasResult bool) estate.Status {
	cells := []string{action}
	if hasResult {
		cells = append(cells, result)
	}
	out := estate.Deactivated
	for _, c := range cells {
		word, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(c)), " ")
		switch word = strings.TrimRight(word, ":,;."); {
		case notDoneWords[word]:
			return estate.Active
		case word == "" && c == action:
			return estate.Active // nothing was done
		case !doneWords[word]:
			out = estate.StatusUnknown
		}
	}
	return out
}
