package report

// Input makes a column one that readers fill in: its cells are marked, stay
// unlocked on a protected sheet and take only what is said here. A cell that is
// Locked is none.
type Input struct {
	List     []string // the words to choose from; nil for any value
	Whole    bool     // whole numbers from Least to Most
	Number   bool     // numbers from Least to Most
	Days     bool     // dates from the day Least to the day Most, as [Day.Serial] counts them
	Least    int
	Most     int
	Title    string // of the message beside the cell, at most 32 characters
	Message  string // what to enter and what follows from it, at most 255 characters
	Optional bool   // may be blank
}

// Tone is how a cell stands out.
type Tone uint8

// The tones of cells.
const (
	Quiet Tone = iota // grey: not known, not claimed
	Good
	Watch // worth a look
	Alarm // act now
)

// Mark gives cells of a column a tone while a condition holds. The condition is
// a formula that is true or false; [Here] names a cell of the same row, without a
// column the cell itself.
type Mark struct {
	If   Formula
	Tone Tone
}

// Name is a word for a place, which formulas of readers can use: letters, digits
// and underscores, never of the inputs.
type Name struct {
	Name string
	Of   Ref
}

// Status is a line under the title of a sheet that is a formula of its own, with
// the tones it takes.
type Status struct {
	Cell  Cell
	Marks []Mark
}
