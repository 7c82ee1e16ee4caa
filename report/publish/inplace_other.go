//go:build !unix

package publish

// inPlace adds nothing where the system knows neither pipes in folders nor links
// that anybody may make.
const inPlace = 0
