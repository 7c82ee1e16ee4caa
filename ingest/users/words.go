package users

import (
	"strings"

	"tierline/audit/estate"
)

// statusWords are the words for the status of an account.
var statusWords = map[string]estate.Status{
	"active": estate.Active, "yes": estate.Active, "true": estate.Active, "t": estate.Active, "1": estate.Active,
	"suspended":   estate.Suspended,
	"deactivated": estate.Deactivated, "disabled": estate.Deactivated, "inactive": estate.Deactivated, "closed": estate.Deactivated,
	"no": estate.Deactivated, "false": estate.Deactivated, "f": estate.Deactivated, "0": estate.Deactivated,
}

// statusOf reads a status by the words of all lists and further ones of this.
func statusOf(cell string, further map[string]estate.Status) estate.Status {
	switch cell { // as exports write them
	case "Active":
		return estate.Active
	case "Suspended":
		return estate.Suspended
	case "Deactivated":
		return estate.Deactivated
	}
	if s, ok := statusWords[cell]; ok {
		return s
	}
	word := strings.ToLower(strings.TrimSpace(cell))
	if s, ok := further[word]; ok {
		return s
	}
	return statusWords[word]
}

// roleWords are the words of an access cell (METHOD 14.12); lists of flags say
// yes or no.
var roleWords = map[string]estate.Role{
	"user": estate.UserRole, "agent": estate.UserRole, "jsm agent": estate.UserRole, "user (agent)": estate.UserRole, "creator": estate.UserRole,
	"product admin": estate.UserRole, "app admin": estate.UserRole, "admin": estate.UserRole,
	"basic": estate.NoRole, "user access admin": estate.NoRole,
	"guest": estate.NoRole, "customer": estate.NoRole, "stakeholder": estate.NoRole, "contributor": estate.NoRole,
	"none": estate.NoRole, "no": estate.NoRole, "-": estate.NoRole, "": estate.NoRole,
}

func (l *Layout) roleOf(cell string) estate.Role {
	if l.Flags {
		switch statusOf(cell, nil) { // yes and no as for the status of an account
		case estate.Active:
			return estate.UserRole
		case estate.Deactivated:
			return estate.NoRole
		}
	}
	best := estate.NoRole
	for _, word := range strings.FieldsFunc(cell, func(c rune) bool { return c == ',' || c == ';' }) {
		role, known := roleWords[strings.ToLower(strings.TrimSpace(word))]
		switch {
		case !known && best == estate.NoRole:
			best = estate.OtherRole
		case role == estate.UserRole:
			best = role
		}
	}
	return best
}
