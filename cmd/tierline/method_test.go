package main

import (
	"fmt"
	"go/constant"
	"go/token"
	"go/types"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"tierline/audit/money"
)

// methodRule is one number of audit/METHOD.md.
type methodRule struct {
	number   string
	textOnly bool // explains and decides nothing, so that nothing cites it
}

var (
	methodChapter = regexp.MustCompile(`^## (\d+)\. \S`)
	methodHeading = regexp.MustCompile(`^### (\d+)\.(\d+) \S`)
)

// readMethod returns the rules of audit/METHOD.md in order, and its text.
func readMethod(t *testing.T) ([]methodRule, string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "audit", "METHOD.md"))
	if err != nil {
		t.Fatal(err)
	}
	var out []methodRule
	chapter, last := 0, 0
	for _, line := range strings.Split(string(raw), "\n") {
		if m := methodChapter.FindStringSubmatch(line); m != nil {
			if n, _ := strconv.Atoi(m[1]); n != chapter+1 {
				t.Errorf("METHOD.md: chapter %d follows chapter %d", n, chapter)
			}
			chapter, last = chapter+1, 0
			continue
		}
		m := methodHeading.FindStringSubmatch(line)
		if m == nil {
			if strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "# ") {
				t.Errorf("METHOD.md: the heading %q has no number", line)
			}
			continue
		}
		if want := fmt.Sprintf("%d.%d", chapter, last+1); m[1]+"."+m[2] != want {
			t.Errorf("METHOD.md: found %s.%s where %s is next", m[1], m[2], want)
		}
		last++
		out = append(out, methodRule{number: m[1] + "." + m[2], textOnly: strings.Contains(line, "*(text only)*")})
	}
	if len(out) == 0 {
		t.Fatal("METHOD.md has no numbers; its headings are written in another way")
	}
	return out, string(raw)
}

// blocks returns the fenced blocks of a kind, each with the text behind it.
func blocks(text, kind string) (inside, behind []string) {
	parts := strings.Split(text, "\n```"+kind+"\n")
	for _, p := range parts[1:] {
		in, rest, _ := strings.Cut(p, "\n```")
		inside, behind = append(inside, in), append(behind, rest)
	}
	return inside, behind
}

// TestMethodSums works the arithmetic of audit/METHOD.md out again: exact, and
// rounded half up to the decimals of the result.
func TestMethodSums(t *testing.T) {
	_, text := readMethod(t)
	sums, _ := blocks(text, "sum")
	n := 0
	for _, line := range strings.Split(strings.Join(sums, "\n"), "\n") {
		equation, _, _ := strings.Cut(line, "    ")
		left, want, ok := strings.Cut(equation, " = ")
		if !ok {
			t.Errorf("%q is no sum", line)
			continue
		}
		n++
		if got := worked(t, left); got != want {
			t.Errorf("%s = %s, but METHOD.md says %s", left, got, want)
		}
	}
	if n < 10 {
		t.Errorf("only %d sums found; the split of the blocks is broken", n)
	}
}

var number = regexp.MustCompile(`\d[\d,]*(\.\d+)?`)

// worked returns the value of an expression as money.
func worked(t *testing.T, expression string) string {
	t.Helper()
	plain := number.ReplaceAllStringFunc(expression, func(s string) string {
		s = strings.ReplaceAll(s, ",", "")
		if !strings.Contains(s, ".") {
			s += ".0" // or Go divides whole numbers to whole numbers
		}
		return s
	})
	plain = strings.NewReplacer(" x ", " * ", "[", "(", "]", ")").Replace(plain)
	v, err := types.Eval(token.NewFileSet(), nil, token.NoPos, plain)
	if err != nil {
		t.Errorf("%s: %v", expression, err)
		return ""
	}
	exact, ok := new(big.Rat).SetString(constant.ToFloat(v.Value).ExactString())
	if !ok {
		t.Errorf("%s: no number", expression)
		return ""
	}
	return money.Ratio(exact.Num().Int64(), exact.Denom().Int64()).Round("USD", money.HalfUp).Grouped()
}

// TestMethodPrices asks the price command for every price in the tables of
// audit/METHOD.md.
func TestMethodPrices(t *testing.T) {
	_, text := readMethod(t)
	lists, behind := blocks(text, "prices")
	n := 0
	for i, list := range lists {
		file := filepath.Join(t.TempDir(), "prices.csv")
		if err := os.WriteFile(file, []byte(list+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		table, _, _ := strings.Cut(strings.TrimSpace(behind[i]), "\n\n")
		for _, row := range strings.Split(table, "\n")[2:] {
			cells := strings.Split(row, "|")
			plan, hosting, cycle, users, price := strings.TrimSpace(cells[1]), strings.TrimSpace(cells[2]), strings.TrimSpace(cells[3]), strings.TrimSpace(cells[4]), strings.TrimSpace(cells[5])
			n++
			o := command(t, "price", "--prices", file, "--plan", plan, "--hosting", hosting, "--cycle", cycle, "--users", users)
			head, _, _ := strings.Cut(o.out, "\n")
			if o.code != exitComplete || !strings.HasSuffix(head, ": "+price+" USD") {
				t.Errorf("%s, %s, %s users: METHOD.md says %s, price says %q (exit %d, %s)", plan, cycle, users, price, head, o.code, o.errOut)
			}
		}
	}
	if n < 10 {
		t.Errorf("only %d prices found; the split of the tables is broken", n)
	}
}

// longest is how many words a sentence for readers may have.
const longest = 25

var (
	sentenceEnd = regexp.MustCompile(`[.:;?](\s|$)`)
	fenced      = regexp.MustCompile("(?s)\n```.*?\n```")
	word        = regexp.MustCompile(`\S*[A-Za-z]\S*`) // a number in a list is none
)

// TestMethodSentences keeps the sentences of audit/METHOD.md short.
func TestMethodSentences(t *testing.T) {
	_, text := readMethod(t)
	text = fenced.ReplaceAllString(text, "")
	for _, paragraph := range strings.Split(text, "\n\n") {
		if p := strings.TrimSpace(paragraph); strings.HasPrefix(p, "|") || strings.HasPrefix(p, "#") || strings.HasPrefix(p, "- **[") {
			continue
		}
		for _, s := range sentenceEnd.Split(strings.Join(strings.Fields(paragraph), " "), -1) {
			if n := len(word.FindAllString(s, -1)); n > longest {
				t.Errorf("%d words in one sentence of METHOD.md: %s", n, s)
			}
		}
	}
}
