package answers

import (
	"fmt"
	"strconv"

	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
	"tierline/ingest/cell"
	"tierline/ingest/sheet"
)

// Numbers of users as a site itself answers them to an administrator who sees
// nothing of the organisation: its application roles, and the approximate
// licence count of a product. Neither names the site (METHOD 1.26).

// SiteCounts is what the answers of one file say.
type SiteCounts struct {
	File   *sheet.File
	Counts []estate.SiteCount // without site
}

// IsApplicationRole reports whether an answer is one role of applicationrole.
func IsApplicationRole(v *Value) bool {
	return v.get("key") != nil && v.get("userCount") != nil && v.hasAny([]string{"numberOfSeats", "hasUnlimitedSeats", "remainingSeats"})
}

// IsLicenceCount reports whether an answer is that of approximateLicenseCount:
// any answer may have a key and a value, so the key has to be of a product.
func IsLicenceCount(v *Value) bool {
	return len(v.keys) == 2 && v.get("value") != nil && estate.ParseProduct(v.string("key")).Known
}

// ReadApplicationRole reads the users and seats of one product.
func (j *File) ReadApplicationRole(v *Value) {
	c, err := j.siteCount(v)
	if err == nil {
		c.Users, err = natural(v, "userCount")
	}
	if err == nil && v.get("numberOfSeats") != nil && !v.is("hasUnlimitedSeats", false) {
		c.Seats, err = v.count("numberOfSeats")
		c.HasSeats = err == nil && c.Seats >= 0
	}
	j.keepCount(v, c, err)
}

// ReadLicenceCount reads the approximate number of users of one product, which
// is written as a text.
func (j *File) ReadLicenceCount(v *Value) {
	c, err := j.siteCount(v)
	c.Cached = true
	if text := v.string("value"); text != "" {
		n, convErr := strconv.Atoi(text)
		if convErr != nil || n < 0 || n > cell.MaxCount {
			err = fmt.Errorf("value: %s: expected a whole number of 0 or more", shortened(text))
		}
		c.Users = n
	} else if err == nil {
		c.Users, err = natural(v, "value")
	}
	j.keepCount(v, c, err)
}

// natural returns the number under a key, 0 or more.
func natural(v *Value, key string) (int, error) {
	n, err := v.count(key)
	if err == nil && n < 0 {
		err = fmt.Errorf("%s: %d: expected 0 or more", key, n)
	}
	return n, err
}

// siteCount reads what both kinds of answer have in common.
func (j *File) siteCount(v *Value) (estate.SiteCount, error) {
	c := estate.SiteCount{Product: estate.ProductKey(v.string("key")), Day: j.Mapping.ExportedOn, Source: j.At(v.offset)}
	switch {
	case v.twice() != "":
		return c, saidTwice(v.twice())
	case v.string("key") == "":
		return c, fmt.Errorf("the answer has no key")
	}
	return c, nil
}

// keepCount accounts for one answer and files what it says.
func (j *File) keepCount(v *Value, c estate.SiteCount, err error) {
	j.Input.Read++
	if err != nil {
		j.reject(v, err)
		return
	}
	j.Input.Used++
	if left := v.get("remainingSeats"); left != nil && c.HasSeats {
		if n, err := v.count("remainingSeats"); err != nil || n != max(c.Seats-c.Users, -1) && n != c.Seats-c.Users {
			j.Diags.Add(diag.Warning, j.At(left.offset),
				fmt.Sprintf("%s less %s are not the remaining seats of the answer", money.Plural(c.Seats, "seat"), money.Plural(c.Users, "user")),
				"save the answer again, unchanged")
		}
	}
	if j.Tables.Counts.File == nil {
		j.Tables.Counts.File = j.File
	}
	j.Tables.Counts.Counts = append(j.Tables.Counts.Counts, c)
}
