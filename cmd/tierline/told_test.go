package main

import (
	"archive/zip"
	"bytes"
	"io"
	"reflect"
	"strings"
	"testing"

	"tierline/audit"
	"tierline/report"
	reportjson "tierline/report/json"
)

// texts returns what each report of a run says in words: the terminal, the
// workbook, findings.csv, the calendar, and what the PDF is made from.
func (o outcome) texts(t *testing.T) map[string]string {
	t.Helper()
	out := map[string]string{"terminal": o.out + o.errOut, "findings.csv": string(o.file(t, "findings.csv")), "deadlines.ics": string(o.file(t, "deadlines.ics"))}
	book := o.file(t, "audit.xlsx")
	archive, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range archive.File {
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		out["audit.xlsx"] += string(text)
	}
	result, err := reportjson.Read(o.file(t, "result.json"))
	if err != nil {
		t.Fatal(err)
	}
	out["finance.pdf"] = financeText(result)
	return out
}

// financeText returns every text the PDF is made from.
func financeText(r *audit.Result) string {
	var b strings.Builder
	gather(&b, reflect.ValueOf(report.Build(r).Finance))
	return b.String()
}

// gather writes every text below a value, the rows of tables too.
func gather(b *strings.Builder, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		b.WriteString(v.String() + "\n")
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				gather(b, v.Field(i))
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			gather(b, v.Index(i))
		}
	case reflect.Pointer:
		if !v.IsNil() {
			gather(b, v.Elem())
		}
	case reflect.Func:
		if !v.IsNil() && v.Type().CanSeq() {
			for row := range v.Seq() {
				gather(b, row)
			}
		}
	}
}
