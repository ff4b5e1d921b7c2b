/* rooms: base decode parse */
#include "../support/csv_read.h"

#include "kpid/limits.h"

static const struct cuts whole = { 0, (size_t)1 << 30 };

/* Each tests/cases/csv/<name>.csv gives the rows of <name>.rows. */
Test(csv, cases_give_their_rows)
{
	CLEANUP(buf_release) struct buf in = { 0 }, want = { 0 };

	buf_init(&in, 1 << 20);
	buf_init(&want, 1 << 20);
	for (size_t i = 0; i < ARRAY_LEN(csv_cases); i++) {
		CLEANUP(seen_release) struct seen s;
		struct slice rows = case_read(csv_cases[i], "rows", &want);

		seen_init(&s);
		csv_read(comma, case_read(csv_cases[i], "csv", &in), whole, &s);
		cr_expect(slice_eq(buf_slice(&s.text), rows),
		    "case '%s': got\n%s", csv_cases[i], seen_text(&s));
	}
}

Test(csv, dialects)
{
	static const struct {
		struct csv_dialect dialect;
		const char *in, *want, *why;
	} table[] = {
		{ { '\t', '"' }, "a\tb\n1,5\t\"x\ty\"\n",
		    "1: a|b\n2: 1,5|x\ty\n", "tab-separated" },
		{ { ';', '\'' }, "a;b\n'1;2';'it''s'\n",
		    "1: a|b\n2: 1;2|it's\n", "semicolon and single quote" },
		{ { '|', '"' }, "a|b\n1\n2|3|4\n\n5|\n",
		    "1: a|b\n2: 1\n3: 2|3|4\n5: 5|\n",
		    "bars; rows have any length" },
		{ { ',', '\'' }, "a,'b\n'''\n'1'2\n\"3,4\"\n",
		    "1: a|b\\n'\nbad 3.1 ['1'2] text follows a closing "
		    "quote\n4: \"3|4\"\n",
		    "double quotes are text beside single ones" },
		{ { ',', '\0' }, "a,b\n\"x,y\"\n", "1: a|b\n2: \"x|y\"\n",
		    "no quote character at all" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(seen_release) struct seen s;

		seen_init(&s);
		csv_read(table[i].dialect, slice_of(table[i].in), whole, &s);
		cr_expect_str_eq(seen_text(&s), table[i].want,
		    "row %zu (%s): got\n%s", i, table[i].why, seen_text(&s));
	}
}

Test(csv, cells_know_their_places)
{
	CLEANUP(seen_release) struct seen s;

	seen_init(&s);
	s.places = true;
	csv_read(comma, slice_of("a,b,c\n\"1\n2\",\"3\r\n4\",5\n6,7,8"), whole,
	    &s);
	cr_expect_str_eq(seen_text(&s),
	    "1: a@1.1|b@1.2|c@1.3 [a,b,c]\n"
	    "2: 1\\n2@2.1|3\\r\\n4@3.2|5@4.3 [\"1\\n2\",\"3\\r\\n4\",5]\n"
	    "5: 6@5.1|7@5.2|8@5.3 [6,7,8]\n",
	    "got\n%s", seen_text(&s));
}

Test(csv, a_quote_never_closed_names_the_line_where_it_opened)
{
	static const struct {
		const char *in, *want, *why;
	} table[] = {
		{ "a,b\n1,\"2\n3,4\n5,6\n",
		    "1: a|b\nerror line 2 column 2: "
		    "the quote that opens here is never closed\n",
		    "swallows the rest" },
		{ "\"",
		    "error line 1 column 1: the quote that opens here is "
		    "never closed\n",
		    "nothing else" },
		{ "a\n\"b\nc\",\"d\"\"",
		    "1: a\nerror line 3 column 2: the "
		    "quote that opens here is never closed\n",
		    "a doubled quote does not close" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(seen_release) struct seen s;

		seen_init(&s);
		csv_read(comma, slice_of(table[i].in), whole, &s);
		cr_expect_str_eq(seen_text(&s), table[i].want,
		    "row %zu (%s): got\n%s", i, table[i].why, seen_text(&s));
	}
}

/* A body of n times unit between head and tail. */
static struct slice
body_of(struct buf *b, const char *head, const char *unit, size_t n,
    const char *tail)
{
	buf_init(b, 64 << 20);
	cr_assert(buf_puts(b, head));
	for (size_t i = 0; i < n; i++)
		cr_assert(buf_puts(b, unit));
	cr_assert(buf_puts(b, tail));
	return buf_slice(b);
}

Test(csv, limits_are_errors_that_name_them)
{
	static const struct {
		const char *head, *unit;
		size_t n;
		const char *tail, *want, *why;
	} table[] = {
		{ "a\n", "x", LIMIT_CELL_BYTES, "\n", NULL,
		    "a cell of the limit" },
		{ "a\n\"", "x", LIMIT_CELL_BYTES, "\"\n", NULL,
		    "a quoted cell of the limit" },
		{ "a\n", "x", LIMIT_CELL_BYTES + 1, "\n",
		    "error line 2 column 1: the cell is longer than 1048576 "
		    "bytes (LIMIT_CELL_BYTES)",
		    "a cell over it" },
		{ "a\nb\n\"", "y\n", LIMIT_CELL_BYTES, "\n",
		    "error line 3 column 1: the cell is longer",
		    "a quote that swallows a megabyte" },
		{ "", ",", LIMIT_ROW_CELLS - 1, "\n", NULL,
		    "a row of the limit" },
		{ "a\n", ",", LIMIT_ROW_CELLS, "\n",
		    "error line 2: the row "
		    "has more than 16384 cells (LIMIT_ROW_CELLS)",
		    "a cell more" },
		{ "", "0123456789abcde,", LIMIT_ROW_BYTES / 16 / 100, "\n",
		    NULL, "a long row" },
	};
	static const struct cuts cuts[] = { { 0, CHUNK_BYTES }, { 3, 65537 } };

	for (size_t i = 0; i < 2 * ARRAY_LEN(table); i++) {
		CLEANUP(buf_release) struct buf body;
		CLEANUP(seen_release) struct seen s;
		const char *want = table[i / 2].want, *error;

		seen_init(&s);
		csv_read(comma,
		    body_of(&body, table[i / 2].head, table[i / 2].unit,
			table[i / 2].n, table[i / 2].tail),
		    cuts[i % 2], &s);
		error = strstr(seen_text(&s), "error ");
		cr_expect(want == NULL ? error == NULL
				       : error != NULL
			    && strncmp(error, want, strlen(want)) == 0,
		    "row %zu (%s): got %s", i / 2, table[i / 2].why, error);
	}
}

Test(csv, a_row_over_its_limit_is_refused)
{
	CLEANUP(buf_release) struct buf cell, body;
	CLEANUP(seen_release) struct seen s;
	struct cuts chunks = { 0, CHUNK_BYTES };
	const char *error;

	(void)body_of(&cell, "", "0123456789abcdef", 65535, ",");
	cr_assert(buf_put(&cell, "", 1));
	seen_init(&s);
	csv_read(comma, body_of(&body, "a\n", cell.ptr, 17, "\n"), chunks, &s);
	error = strstr(seen_text(&s), "error ");
	cr_assert(error != NULL);
	cr_expect_str_eq(error,
	    "error line 2: the row is longer than 16777216"
	    " bytes (LIMIT_ROW_BYTES)\n",
	    "got %s", error);
}

Test(csv, the_error_of_the_sink_stops_the_parser)
{
	CLEANUP(seen_release) struct seen s;

	seen_init(&s);
	s.stop_after = 2;
	csv_read(comma, slice_of("a\nb\nc\nd\n"), whole, &s);
	cr_expect_str_eq(seen_text(&s), "1: a\n2: b\n3: error enough\n");
}

static bool
is_borrowed(void *ctx, const struct row *row, struct kpid_err *err)
{
	const struct slice *text = ctx;

	(void)err;
	for (size_t i = 0; i < row->n; i++)
		cr_expect(row->cells[i].text.ptr >= text->ptr
			&& row->cells[i].text.ptr <= text->ptr + text->len,
		    "line %u cell %zu was copied", row->line, i);
	return true;
}

Test(csv, cells_without_doubled_quotes_are_not_copied)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct slice text = slice_of("a,b\n\"1,2\",3\n\"\",\"x\ny\"\n");
	const struct row_sink sink = { .ctx = &text, .row = is_borrowed };
	struct kpid_err err = { 0 };
	struct csv *p = csv_new(comma, &mem);

	cr_expect(csv_push(p, text, true, &sink, &err), "%s", err.msg);
	csv_free(p);
	csv_free(NULL);
}
