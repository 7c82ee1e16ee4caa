package audit

import (
	"iter"

	"tierline/audit/config"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/estate"
	"tierline/audit/money"
)

// SchemaVersion is the version of result.json. It changes when a key changes
// its meaning or disappears, not when one is added.
const SchemaVersion = "2"

// Result is everything a report is made from, as plain data: no report looks
// at an estate, a plan or a rule. Unknown amounts are null in JSON.
type Result struct {
	Run          RunInfo              `json:"run"`
	Inputs       []Input              `json:"inputs"`
	Diagnostics  []diag.Diagnostic    `json:"diagnostics"`
	Coverage     Coverage             `json:"coverage"`
	Trust        Trust                `json:"trust"`
	Seats        []ProductSeats       `json:"seats"`
	Lines        []Line               `json:"lines"`
	Positions    []Position           `json:"positions"`
	Cycles       []CycleComparison    `json:"cycles"`
	Changes      []PriceChange        `json:"price_changes"`
	Findings     []Finding            `json:"findings"`
	Plan         Plan                 `json:"plan"`
	Removals     []RemovalLadder      `json:"removals"`
	Apps         []App                `json:"apps"`
	Combinations []Combination        `json:"combinations"`
	Peaks        []Peak               `json:"peaks"`
	UserMonths   []UserMonths         `json:"user_months"`
	Cash         Cash                 `json:"cash"`
	Sums         []Sum                `json:"sums"`
	Deadlines    []Deadline           `json:"deadlines"`
	Checks       []Check              `json:"checks"`
	Exceptions   []Exception          `json:"exceptions"`
	Decisions    Decisions            `json:"decisions"`
	Rules        []RuleStatus         `json:"rules"`
	History      *History             `json:"history,omitempty"` // nil where there is no earlier run to compare with
	People       iter.Seq[SeatRow]    `json:"-"`                 // for seats.csv and the workbook, streamed
	Staff        Staff                `json:"-"`                 // for the workbook
	Rejected     []estate.RejectedRow `json:"-"`                 // for rejected.csv; the diagnostics say why without naming anybody
	WhatIf       WhatIf               `json:"-"`                 // for the workbook, which works with it
	Branding     config.Branding      `json:"branding"`
}

// RunInfo says what was run on what, and with which settings.
type RunInfo struct {
	Schema       string         `json:"schema"`
	Tool         string         `json:"tool"`
	Version      string         `json:"version"`
	Organisation string         `json:"organisation"`
	AsOf         date.Date      `json:"as_of"`
	AsOfAssumed  bool           `json:"as_of_assumed"`
	Currency     money.Currency `json:"currency"`
	CurrencyFrom string         `json:"currency_from"`      // "audit.yaml" or "assumed: ..."
	Digest       string         `json:"digest"`             // of all inputs and settings; 64 hex digits
	Complete     bool           `json:"complete"`           // false: exit code 3
	Redacted     string         `json:"redacted,omitempty"` // tells the keys of pseudonyms apart; "" where people are named
	Policy       config.Policy  `json:"policy"`
}

// Setting is one effective value of the policy, as it is shown.
type Setting = config.Setting

// Input is the accounting of one file or sheet.
type Input = estate.Input

// Excluded counts the rows left out for one stated reason.
type Excluded = estate.Excluded
