package estate

// How a file of Tierline's own says so, wherever it is moved and whoever saves
// it again (METHOD 14.27): report writes these marks, ingest looks for them.
const (
	RunColumn = "tierline_run" // heads the last column of every table, which names the run
	Author    = "Tierline"     // of a workbook, among its properties
	Tool      = "tierline"     // in result.json and manifest.json
)
