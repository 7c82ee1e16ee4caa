package table

import "context"

// Text returns the bytes of a file that is text as UTF-8 without a byte order
// mark, with the name of the encoding it was in and what had to be said about
// it. It is what Open does for CSV, for files that are no table.
func Text(ctx context.Context, raw []byte) (text []byte, encoding string, remarks []Remark, err error) {
	d, err := decode(ctx, raw, nil)
	return d.text, d.encoding, d.remarks, err
}
