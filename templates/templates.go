// Package templates embeds what the program ships as files: the fonts of the
// PDF with their licence, the JSON Schema of result.json, the starter inputs
// and the schedules that init writes. It imports nothing of ours; report and cmd read
// it.
package templates

import (
	"bytes"
	"compress/gzip"
	"embed"
	"io"
	"sync"
)

// The fonts of the PDF; the licence of each stands beside it. The two of other
// scripts are compressed, since they are large and seldom asked for.
var (
	// FontRegular and FontBold are IBM Plex Sans: Latin, Greek and Cyrillic.
	//go:embed fonts/IBMPlexSans-Regular.ttf
	FontRegular []byte
	//go:embed fonts/IBMPlexSans-SemiBold.ttf
	FontBold []byte
	// FontHebrew is Noto Sans Hebrew.
	//go:embed fonts/NotoSansHebrew-Regular.ttf
	FontHebrew []byte
	//go:embed fonts/NanumSquareR.ttf.gz
	fontKorean []byte
	//go:embed fonts/DroidSansFallbackFull.ttf.gz
	fontHan []byte
)

// Fonts that are unpacked when they are first asked for. The bytes are shared:
// whoever changes them changes a copy.
var (
	// FontKorean is NanumSquare, which has every Korean syllable.
	FontKorean = sync.OnceValues(func() ([]byte, error) { return unpack(fontKorean) })
	// FontHan is Droid Sans Fallback: Chinese and Japanese.
	FontHan = sync.OnceValues(func() ([]byte, error) { return unpack(fontHan) })
)

func unpack(packed []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// Starter is the folder of empty tables, configuration and explanations that
// init writes, under "starter".
//
//go:embed starter
var Starter embed.FS

// Schedule is what runs an audit every week on systems of several kinds, under
// "schedule". The paths in it are examples.
//
//go:embed schedule
var Schedule embed.FS

// Schema is the JSON Schema (2020-12) of result.json. It is strict: a key that
// the program writes and the schema does not know makes a test fail.
//
//go:embed result.schema.json
var Schema []byte

// PortfolioSchema is the JSON Schema (2020-12) of portfolio.json, as strict.
//
//go:embed portfolio.schema.json
var PortfolioSchema []byte
