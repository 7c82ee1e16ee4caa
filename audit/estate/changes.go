package estate

import (
	"tierline/audit/date"
	"tierline/audit/diag"
)

// HeadcountChange is a planned change of users.
type HeadcountChange struct {
	Date    date.Date
	Site    string
	Product string
	Change  int
	Note    string
	Source  diag.Source
}

// UserCount is the number of users on one day.
type UserCount struct {
	Date    date.Date
	Site    string
	Product string
	Users   int
	Source  diag.Source
}

// SiteCount is what a site itself answers about the users of a product.
type SiteCount struct {
	Site     string
	Product  string
	Users    int
	Seats    int       // paid for; meaningless unless HasSeats
	HasSeats bool      // the answer says how many, and that they are limited
	Cached   bool      // an approximate count, up to seven days old
	Day      date.Date // on which the site said so; zero is not known
	Source   diag.Source
}

// Exception protects a subject from a rule.
type Exception struct {
	Rule    string // a rule id or "*"
	Subject string // trimmed, lower case; '*' stands for any text
	Reason  string
	Owner   string
	Until   date.Date // last day; zero = no end
	Source  diag.Source
}

// Ended reports whether the exception is over on a day; its last day counts.
func (x *Exception) Ended(on date.Date) bool {
	return !x.Until.IsZero() && x.Until.Before(on)
}
