/* Writes a CSV file as one workbook with libxlsxwriter, a row at a time and
   texts and numbers as they are, and prints the number of cells.
   Usage: cells seats.csv out.xlsx */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

enum { sheet_rows = 1048576 };

static char line[1 << 16];

/* field cuts the next field off a line, in place and without its quotation marks. */
static char *field(char **at) {
	char *in = *at, *from = in, *out = in;
	int quoted = *in == '"', more;
	if (quoted)
		in++;
	for (; *in && *in != '\n'; in++) {
		if (quoted && *in == '"') {
			if (in[1] != '"') {
				quoted = 0;
				continue;
			}
			in++;
		} else if (!quoted && *in == ',') {
			break;
		}
		*out++ = *in;
	}
	more = *in == ',';
	*out = 0;
	*at = more ? in + 1 : NULL;
	return from;
}

int main(int argc, char **argv) {
	if (argc != 3)
		return 2;
	FILE *in = fopen(argv[1], "r");
	if (!in)
		return 1;
	lxw_workbook_options options = {.constant_memory = LXW_TRUE};
	lxw_workbook *book = workbook_new_opt(argv[2], &options);
	lxw_worksheet *sheet = NULL;
	long cells = 0;
	for (lxw_row_t row = 0; fgets(line, sizeof line, in); row++) {
		if (!sheet || row == sheet_rows) {
			sheet = workbook_add_worksheet(book, NULL);
			row = 0;
		}
		char *at = line;
		for (lxw_col_t column = 0; at; column++, cells++) {
			char *text = field(&at), *end;
			double number = strtod(text, &end);
			if (*text && !*end)
				worksheet_write_number(sheet, row, column, number, NULL);
			else if (*text)
				worksheet_write_string(sheet, row, column, text, NULL);
		}
	}
	printf("%ld cells\n", cells);
	return workbook_close(book) != LXW_NO_ERROR;
}
