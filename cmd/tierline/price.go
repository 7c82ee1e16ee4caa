package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tierline/audit"
	"tierline/audit/config"
	"tierline/audit/costing"
	"tierline/audit/date"
	"tierline/audit/diag"
	"tierline/audit/money"
	"tierline/audit/pricing"
	"tierline/ingest"
	"tierline/report/text"
)

// maxUsers is the largest number of users anybody could mean.
const maxUsers = 100_000_000

// question is what the price command is asked.
type question struct {
	files   []string
	plan    string
	cycle   string
	users   int
	given   bool // users is given, perhaps 0
	on      string
	hosting string
	rates   []string
	into    string
	json    bool
}

func (a *app) priceCommand() *cobra.Command {
	var q question
	c := &cobra.Command{
		Use:   "price",
		Short: "Price a number of users in a plan and show the calculation",
		Long: `Price reads price tables only: no subscription, no discount, no announced change.
A plan without annual rows whose monthly list is graduated gets the annual list by
rule. A table pasted from a page (Users, Monthly, Annual) is taken to be of the plan that
is asked for. Without --on the newest list is used. With --rates and --in the amount is shown in
another currency too, at the newest rate not after --on.`,
		Example: `  tierline price --prices prices.csv --plan timesheets --cycle monthly --users 173
  tierline price --prices prices.csv --plan timesheets --cycle annual --users 501 --on 2027-01-30 --json
  tierline price --prices prices.csv --plan jira --cycle annual --users 501 --rates rates.csv --in EUR`,
		Args: exactly(0, "flags only"),
		RunE: func(c *cobra.Command, _ []string) error {
			q.given = c.Flags().Changed("users")
			return a.price(c.Context(), &q)
		},
	}
	c.Flags().StringArrayVar(&q.files, "prices", nil, "file with price tables; may be given several times")
	c.Flags().StringVar(&q.plan, "plan", "", "name of the plan")
	c.Flags().StringVar(&q.cycle, "cycle", "", "monthly or annual")
	c.Flags().IntVar(&q.users, "users", 0, "number of users")
	c.Flags().StringVar(&q.on, "on", "", "day of the bill, YYYY-MM-DD (default: the newest list)")
	c.Flags().StringVar(&q.hosting, "hosting", "cloud", "cloud or data-center")
	c.Flags().StringArrayVar(&q.rates, "rates", nil, "file with rates, for --in; may be given several times")
	c.Flags().StringVar(&q.into, "in", "", "currency to show the amount in as well, such as EUR")
	c.Flags().BoolVar(&q.json, "json", false, "print as JSON")
	return c
}

// priceAnswer is what price --json prints.
type priceAnswer struct {
	Plan     string         `json:"plan"`
	Cycle    string         `json:"cycle"`
	Users    int            `json:"users"`
	On       *date.Date     `json:"on"` // null: the newest list
	Currency money.Currency `json:"currency"`
	Amount   money.Amount   `json:"amount"`
	Tier     priceTier      `json:"tier"`
	Next     *priceNext     `json:"next"` // null: no further tier, or it has no price
	Steps    []audit.Step   `json:"steps"`

	*priceConverted // nil without --in
}

// priceConverted is a price in another currency.
type priceConverted struct {
	Converted money.Amount   `json:"converted"`
	Into      money.Currency `json:"converted_currency"`
	Rate      money.Exact    `json:"rate"`
	RateDate  date.Date      `json:"rate_date"`
}

type priceTier struct {
	From int  `json:"from"`
	To   *int `json:"to"` // null: no limit
}

type priceNext struct {
	From   int          `json:"from"`
	Amount money.Amount `json:"amount"`
	Step   money.Amount `json:"step"`
}

func (a *app) price(ctx context.Context, q *question) error {
	q.plan = strings.ToLower(strings.Join(strings.Fields(q.plan), " "))
	switch {
	case len(q.files) == 0:
		return usageError("price needs --prices, a file with price tables")
	case q.plan == "":
		return usageError("price needs --plan")
	case (q.into == "") != (len(q.rates) == 0):
		return usageError("price needs --rates and --in together: the file with the rates, and the currency to show")
	case !q.given || q.users < 0 || q.users > maxUsers:
		return usageError("price needs --users, a number from 0 to %d", maxUsers)
	}
	cycle, err := pricing.ParseCycle(q.cycle)
	if err != nil {
		return usageError("--cycle: %s", err)
	}
	hosting, err := pricing.ParseHosting(q.hosting)
	if err != nil {
		return usageError("--hosting: %s", err)
	}
	var on date.Date
	if q.on != "" {
		if on, err = date.Parse(q.on); err != nil {
			return usageError("--on: %s", err)
		}
	}
	book, diags, err := ingest.LoadPrices(ctx, q.files, q.plan, hosting)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return &exitError{exitUsage, err}
	}
	a.warnOf(diags)
	answer, err := answerPrice(book, q, cycle, hosting, on)
	if err != nil {
		return &exitError{exitRefused, err}
	}
	if q.into != "" {
		if err := a.convert(ctx, q, answer, on); err != nil {
			return err
		}
	}
	if q.json {
		return a.printJSON(answer)
	}
	return a.printPrice(answer)
}

// convert adds the price in another currency, at the newest rate not after a day,
// or of all.
func (a *app) convert(ctx context.Context, q *question, p *priceAnswer, on date.Date) error {
	into, err := money.ParseCurrency(q.into)
	if err != nil {
		return usageError("--in: %s", err)
	}
	all, diags, err := ingest.LoadRates(ctx, q.rates, into)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return &exitError{exitUsage, err}
	}
	a.warnOf(diags)
	for _, r := range all {
		if q.on == "" {
			on = date.Max(on, r.Date)
		}
	}
	rates := costing.NewRates(all, on, into)
	if p.Currency == into {
		p.priceConverted = &priceConverted{Converted: p.Amount, Into: into, Rate: money.Int(1), RateDate: on}
		return nil
	}
	rate, ok := rates.Of(p.Currency)
	if !ok {
		return &exitError{exitRefused, fmt.Errorf("no rate says what %s is in %s%s", p.Currency, into, until(q.on))}
	}
	p.priceConverted = &priceConverted{Converted: rates.In(p.Amount), Into: into, Rate: rate.Rate, RateDate: rate.Date}
	return nil
}

// warnOf warns of what makes prices or rates incomplete.
func (a *app) warnOf(diags diag.List) {
	for _, d := range diags {
		if d.Level >= diag.Incomplete {
			a.warn("%s: %s", d.Level, d)
		}
	}
}

func until(on string) string {
	if on == "" {
		return ""
	}
	return " on " + on + " or before"
}

// answerPrice looks the price up; the error says why there is none.
func answerPrice(book *pricing.Book, q *question, cycle pricing.Cycle, hosting pricing.Hosting, on date.Date) (*priceAnswer, error) {
	name, other := q.plan, pricing.DataCenter
	if hosting == pricing.DataCenter {
		other = pricing.Cloud
	}
	switch {
	case book.Has(name, hosting):
	case book.Has(name, other):
		return nil, fmt.Errorf("plan %q has no price for %s, only for %s; see --hosting", q.plan, hosting, other)
	default:
		return nil, fmt.Errorf("no plan %q for %s in the price files%s", q.plan, hosting, config.Suggest(name, book.Names()))
	}
	timeline := book.Timeline(name, hosting, cycle, true)
	v, why := timeline.Newest()
	if !on.IsZero() {
		v, why = timeline.At(on)
	}
	if v == nil {
		return nil, errors.New(why.Placed())
	}
	r := pricing.Explaining()
	if !r.List(v.Schedule, q.users) {
		return nil, fmt.Errorf("plan %q has no %s price for %d users (%s)", name, cycle, q.users, v.Source)
	}
	out := &priceAnswer{Plan: name, Cycle: cycle.String(), Users: q.users, Currency: v.Currency(), Amount: r.Round(v.Currency(), money.HalfUp)}
	if !out.Amount.Known() {
		return nil, fmt.Errorf("plan %q: the %s price for %d users is larger than any bill; check the price (%s)", name, cycle, q.users, v.Source)
	}
	if !on.IsZero() {
		out.On = &on
	}
	steps, err := r.Steps()
	if err != nil {
		return nil, err
	}
	out.Steps = audit.Steps(steps)
	out.place(v, q.users)
	return out, nil
}

// place fills in the tier and what the next one costs.
func (p *priceAnswer) place(v *pricing.Version, users int) {
	tier, _ := v.Tier(users)
	p.Tier.From = tier.From
	if tier.To > 0 || users == 0 {
		p.Tier.To = &tier.To
	} else {
		return
	}
	at, ok1 := v.Price(tier.To)
	next, ok2 := v.Price(tier.To + 1)
	if ok1 && ok2 {
		amount := next.Round(p.Currency, money.HalfUp)
		p.Next = &priceNext{From: tier.To + 1, Amount: amount, Step: amount.Sub(at.Round(p.Currency, money.HalfUp))}
	}
}

func (a *app) printPrice(p *priceAnswer) error {
	tier := "tier " + strconv.Itoa(p.Tier.From) + " and more"
	if p.Tier.To != nil {
		tier = fmt.Sprintf("tier %d-%d", p.Tier.From, *p.Tier.To)
	}
	a.print("%s, %s, %d users, %s: %s %s\n", p.Plan, p.Cycle, p.Users, tier, p.Amount.Grouped(), p.Currency)
	if err := text.Steps(a.out, p.Steps); err != nil {
		return err
	}
	if c := p.priceConverted; c != nil {
		a.print("in %s: %s, at %s for 1 %s of %s\n", c.Into, c.Converted.Grouped(), c.Rate.Decimal(2), p.Currency, c.RateDate)
	}
	if p.Next != nil {
		a.print("user %d: %s, a step of %s\n", p.Next.From, p.Next.Amount.Grouped(), p.Next.Step.Grouped())
	}
	return nil
}
