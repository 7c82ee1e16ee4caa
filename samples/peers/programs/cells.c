/* Writes rows of cells as one workbook with libxlsxwriter, a row at a time, and
   prints the number of cells.
   Usage: cells cells.txt out.xlsx

   A line is a row, a form feed begins the next worksheet. Cells are separated by
   tabs: what a cell is (b blank, n number, s text, f formula), the number of its
   style, and after a space what it holds; of a formula its number and, after another
   space, its text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

enum { styles = 4096 };

static char line[1 << 20];
static lxw_format *formats[styles];

/* format makes each format once. */
static lxw_format *format(lxw_workbook *book, long style) {
	if (style <= 0 || style >= styles)
		return NULL;
	if (!formats[style]) {
		formats[style] = workbook_add_format(book);
		format_set_bottom(formats[style], LXW_BORDER_THIN);
		format_set_indent(formats[style], (uint8_t)(style % 16));
	}
	return formats[style];
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
	lxw_row_t row = 0;
	long cells = 0;
	while (fgets(line, sizeof line, in)) {
		line[strcspn(line, "\n")] = 0;
		if (!sheet || *line == '\f') {
			sheet = workbook_add_worksheet(book, NULL);
			row = 0;
			if (*line == '\f')
				continue;
		}
		lxw_col_t column = 0;
		for (char *at = line, *next; *at; at = next, column++, cells++) {
			size_t long_as = strcspn(at, "\t");
			next = at + long_as + (at[long_as] != 0);
			at[long_as] = 0;
			char *held;
			lxw_format *as = format(book, strtol(at + 1, &held, 10));
			held += *held == ' ';
			switch (*at) {
			case 'b':
				worksheet_write_blank(sheet, row, column, as);
				break;
			case 'n':
				worksheet_write_number(sheet, row, column, strtod(held, NULL), as);
				break;
			case 's':
				worksheet_write_string(sheet, row, column, held, as);
				break;
			case 'f': {
				char *text;
				double value = strtod(held, &text);
				worksheet_write_formula_num(sheet, row, column, text + 1, as, value);
				break;
			}
			default:
				return 3;
			}
		}
		row++;
	}
	printf("%ld cells\n", cells);
	return workbook_close(book) != LXW_NO_ERROR;
}
