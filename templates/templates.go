// Package templates embeds what the program ships as files: the fonts of the
// PDF with their licence, the JSON Schema of result.json, the starter inputs
// that init writes. It imports nothing of ours; report and cmd read it.
package templates

import "embed"

// FontRegular and FontBold are IBM Plex Sans, under the SIL Open Font License
// that stands beside them.
var (
	//go:embed fonts/IBMPlexSans-Regular.ttf
	FontRegular []byte
	//go:embed fonts/IBMPlexSans-SemiBold.ttf
	FontBold []byte
)

// Starter is the folder of empty tables, configuration and explanations that
// init writes, under "starter".
//
//go:embed starter
var Starter embed.FS

// Schema is the JSON Schema (2020-12) of result.json. It is strict: a key that
// the program writes and the schema does not know makes a test fail.
//
//go:embed result.schema.json
var Schema []byte
