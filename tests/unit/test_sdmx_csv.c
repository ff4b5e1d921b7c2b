/* rooms: base decode parse */
#include "kpid/limits.h"
#include "kpid/parse.h"

#include "../support/rows.h"

static const struct {
	const char *in, *want, *why;
} table[] = {
	{ "DATAFLOW,FREQ,TIME_PERIOD,OBS_VALUE\nE:X(1.0),A,2020,1.50\n",
	    "1: DATAFLOW|FREQ|TIME_PERIOD|OBS_VALUE\n2: E:X(1.0)|A|2020|1.50\n",
	    "version 1" },
	{ "STRUCTURE;STRUCTURE_ID;ACTION;DIM_1: Dim, one;OBS_VALUE: Value\r\n"
	  "dataflow;E:X(1.0): Name;I;A: Value: A;12,4\r\n"
	  "dataflow;E:X(1.0): Name;I;\"B; b: B\";-\r\n",
	    "1: STRUCTURE|STRUCTURE_ID|ACTION|DIM_1|OBS_VALUE\n"
	    "2: dataflow|E:X(1.0): Name|I|A|12,4\n"
	    "3: dataflow|E:X(1.0): Name|I|B; b|-\n",
	    "semicolons, labels, a comma in the header" },
	{ "STRUCTURE\tSTRUCTURE_ID\tACTION\tOBS_VALUE\nd\tx\tI\t1\n",
	    "1: STRUCTURE|STRUCTURE_ID|ACTION|OBS_VALUE\n2: d|x|I|1\n",
	    "tabs" },
	{ "STRUCTURE[;],ACTION,A[],B[en;fr],C[].NAME[]: C; names; all,D: x\n"
	  "d,I,X;Y,en:a;fr:b,\"1;2\",k: v\n",
	    "1: STRUCTURE|ACTION|A|B|C.NAME|D\n2: d|I|X;Y|en:a;fr:b|1;2|k\n",
	    "several values stay as they are" },
	{ "STRUCTURE,ACTION,A[]: many,SERIES_KEY,OBS_KEY\n"
	  "d,I,a: b;c: d,A.B,A.B.2014\n",
	    "1: STRUCTURE|ACTION|A|SERIES_KEY|OBS_KEY\n"
	    "2: d|I|a: b;c: d|A.B|A.B.2014\n",
	    "labels of several values stay, too; keys" },
	{ "STRUCTURE,ACTION,OBS_VALUE\nd,I,1\nd,D,\nd,M,3\n",
	    "1: STRUCTURE|ACTION|OBS_VALUE\n2: d|I|1\n"
	    "bad 3.2 [d,D,] the row says that an observation is to be deleted "
	    "(ACTION D)\n4: d|M|3\n",
	    "a deletion" },
	{ "\"STRUCTURE\",\"X: a;b;c;d\nsecond; line\"\nd,\"u: v\nw\"\n",
	    "1: STRUCTURE|X\n3: d|u\n", "quotes over lines" },
	{ "DATAFLOW", "1: DATAFLOW\n", "one cell" },
	{ "DATAFLOW,T\na,2014-01-01T00:00:00\n",
	    "1: DATAFLOW|T\n2: a|2014-01-01T00:00:00\n",
	    "times are no labels" },
	{ "DATAFLOW,X: x\na,b,c: d\ne\n", "1: DATAFLOW|X\n2: a|b|c: d\n3: e\n",
	    "rows of another length go on as they are" },
	{ "a,b\n1,2\n",
	    "error line 1: this is no SDMX-CSV: the first column is 'a' and "
	    "not DATAFLOW or STRUCTURE. HINT: any other CSV is \"format\": "
	    "\"csv\"\n",
	    "another CSV" },
	{ "", "", "nothing" },
};

static void
run(struct slice in, size_t size, struct seen *s)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct row_sink sink = seen_sink(s);
	struct sdmx_csv *p = sdmx_csv_new(&mem);
	struct kpid_err err = { 0 };
	bool ok = true;

	for (size_t from = 0; ok; from += size) {
		size_t to = from + size < in.len ? from + size : in.len;
		struct slice piece = piece_new(in, from, to);

		ok = sdmx_csv_push(p, piece, to == in.len, &sink, &err);
		piece_free(piece);
		if (to == in.len)
			break;
	}
	if (!ok)
		cr_assert(buf_printf(&s->text, "error %s\n", err.msg));
	sdmx_csv_free(p);
}

Test(sdmx_csv, names_and_codes_are_freed_of_labels_however_cut)
{
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		for (size_t size = 1; size < 50; size++) {
			CLEANUP(seen_release) struct seen s;

			seen_init(&s);
			run(slice_of(table[i].in), size, &s);
			cr_expect_str_eq(seen_text(&s), table[i].want,
			    "row %zu (%s) in pieces of %zu: got\n%s", i,
			    table[i].why, size, seen_text(&s));
		}
}

static bool
take_raw(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct seen *s = ctx;

	(void)err;
	for (size_t i = 0; i < row->n; i++) {
		seen_put(s, cell_raw(&row->cells[i]));
		cr_assert(buf_puts(&s->text, "|"));
	}
	return true;
}

Test(sdmx_csv, a_cell_without_its_label_keeps_what_stood_there)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	CLEANUP(seen_release) struct seen s;
	struct sdmx_csv *p = sdmx_csv_new(&mem);
	struct row_sink sink = { .ctx = &s, .row = take_raw };
	struct kpid_err err = { 0 };

	seen_init(&s);
	cr_assert(sdmx_csv_push(p,
	    slice_of("DATAFLOW,D: Dim,OBS_VALUE\nx,A: Value A,1\n"), true,
	    &sink, &err));
	cr_expect_str_eq(seen_text(&s), "DATAFLOW|D|OBS_VALUE|x|A: Value A|1|");
	sdmx_csv_free(p);
}

Test(sdmx_csv, a_first_line_without_end_is_an_error)
{
	CLEANUP(seen_release) struct seen s;
	CLEANUP(buf_release) struct buf b;

	seen_init(&s);
	buf_init(&b, 64 << 20);
	for (size_t i = 0; i < LIMIT_ROW_BYTES / 8 + 1; i++)
		cr_assert(buf_puts(&b, "DATAFLOW"));
	run(buf_slice(&b), CHUNK_BYTES, &s);
	cr_expect_not_null(strstr(seen_text(&s), "(LIMIT_ROW_BYTES)"), "%.200s",
	    seen_text(&s));
}

Test(sdmx_csv, it_is_freed_before_and_after_it_began)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	CLEANUP(seen_release) struct seen s;
	struct sdmx_csv *p = sdmx_csv_new(&mem);
	struct kpid_err err = { 0 };

	seen_init(&s);
	const struct row_sink sink = seen_sink(&s);

	cr_assert(sdmx_csv_push(p, slice_of("DATA"), false, &sink, &err));
	sdmx_csv_free(p);
	sdmx_csv_free(NULL);
	cr_expect_str_eq(seen_text(&s), "");
}
