/* rooms: base config decode layout */
/* What passes through: errors of who takes the table, legends, raw texts; and
 * that memory does not grow with the rows. */
#include "../support/layout_run.h"

static const char *const filled[] = { "a" };

struct taker {
	int headers, rows, bads, legends, partials;
	int stop_at; /* the call that fails, from 1; 0: none */
	struct slice raw, row_raw;
};

static bool
told(struct taker *t, struct kpid_err *err)
{
	const int calls =
	    t->headers + t->rows + t->bads + t->legends + t->partials;

	return calls != t->stop_at || err_set(err, KPID_EDB, "enough");
}

static bool
take_header(void *ctx, const struct table_header *h, struct kpid_err *err)
{
	struct taker *t = ctx;

	t->headers += h->n > 0;
	return told(t, err);
}

static bool
take_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct taker *t = ctx;

	t->rows++;
	t->row_raw = row->raw;
	t->raw = cell_raw(&row->cells[0]);
	return told(t, err);
}

static bool
take_bad(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	struct taker *t = ctx;

	t->bads += line > 0 && column > 0 && raw.len > 0 && *reason != '\0';
	return told(t, err);
}

static bool
take_legend(void *ctx, struct slice mark, struct slice meaning,
    struct kpid_err *err)
{
	struct taker *t = ctx;

	t->legends += slice_is(mark, "-") && slice_is(meaning, "該当なし");
	return told(t, err);
}

static bool
take_partial(void *ctx, const char *text, struct kpid_err *err)
{
	struct taker *t = ctx;

	t->partials += strcmp(text, "100 of 200") == 0;
	return told(t, err);
}

static struct table_sink
sink_of(struct taker *t)
{
	return (struct table_sink){ .ctx = t,
		.header = take_header,
		.row = take_row,
		.bad = take_bad,
		.legend = take_legend,
		.partial = take_partial };
}

/* A header, a row, a bad row, a legend and a partial answer. */
static bool
feed_all(struct laid *d, struct taker *t, struct kpid_err *err)
{
	const struct table_sink out = sink_of(t);
	struct layout *l = NULL;

	cr_assert(layout_new(&(struct layout_spec){ &d->feed, &d->c, &d->name },
	    &out, &d->mem, &l, err));
	const struct row_sink sink = layout_sink(l);

	d->line = 0;
	bool ok = laid_line(d, &sink, "a|b", 3, err)
	    && laid_line(d, &sink, "1|2", 3, err)
	    && laid_line(d, &sink, "1", 1, err)
	    && sink.legend(sink.ctx, slice_of("-"), slice_of("該当なし"), err)
	    && sink.partial(sink.ctx, "100 of 200", err) && layout_end(l, err);

	layout_free(l);
	return ok;
}

Test(layout_stream, an_error_of_the_taker_stops_everything)
{
	for (int stop = 0; stop <= 5; stop++) {
		struct taker t = { .stop_at = stop };
		struct kpid_err err = { 0 };
		struct laid d;

		laid_init(&d);
		cr_expect_eq(feed_all(&d, &t, &err), stop == 0, "call %d",
		    stop);
		cr_expect_eq(t.headers + t.rows + t.bads + t.legends
			+ t.partials,
		    stop == 0 ? 5 : stop, "call %d", stop);
		if (stop > 0)
			cr_expect_str_eq(err.msg, "enough");
		laid_release(&d);
	}
}

Test(layout_stream, a_taker_need_not_hear_of_legends)
{
	struct laid d;
	struct taker t = { 0 };
	struct table_sink out = sink_of(&t);
	struct kpid_err err = { 0 };
	struct layout *l = NULL;

	laid_init(&d);
	out.legend = NULL;
	out.partial = NULL;
	cr_assert(layout_new(&(struct layout_spec){ &d.feed, &d.c, &d.name },
	    &out, &d.mem, &l, &err));
	const struct row_sink sink = layout_sink(l);

	cr_expect(sink.legend(sink.ctx, slice_of("-"), slice_of("x"), &err));
	cr_expect(sink.partial(sink.ctx, "100 of 200", &err));
	layout_free(l);
	laid_release(&d);
}

Test(layout_stream, made_rows_keep_what_was_written)
{
	static const struct capture file = { "f", CAPTURE_FILE, NULL, 1 };
	struct cell cells[] = {
		{ .text = slice_of("2024-04-01"), .raw = slice_of("45383") },
		{ .text = slice_of("5") },
	};
	struct cell head[] = { { .text = slice_of("a") },
		{ .text = slice_of("b") } };
	struct taker t = { 0 };
	const struct table_sink out = sink_of(&t);
	struct kpid_err err = { 0 };
	struct layout *l = NULL;
	struct laid d;

	laid_init(&d);
	d.name.file = "x";
	d.c.captures = &file;
	d.c.n_captures = 1;
	cr_assert(layout_new(&(struct layout_spec){ &d.feed, &d.c, &d.name },
	    &out, &d.mem, &l, &err));
	const struct row_sink sink = layout_sink(l);

	cr_assert(sink.row(sink.ctx, &(struct row){ head, 2, 1, { 0 } }, &err));
	cr_assert(sink.row(sink.ctx,
	    &(struct row){ cells, 2, 2, slice_of("45383,5") }, &err));
	cr_expect(slice_is(t.raw, "45383"), "of the cell");
	cr_expect(slice_is(t.row_raw, "45383,5"), "of the row");
	layout_free(l);
	laid_release(&d);
}

/* Blocks of an arena: the first member of each is the next one. */
static size_t
blocks_of(const struct arena *mem)
{
	size_t n = 0;

	for (void *b = mem->blocks; b != NULL; b = *(void **)b)
		n++;
	return n;
}

Test(layout_stream, memory_does_not_grow_with_the_rows)
{
	static const char *const words[] = { "計" };
	static const struct row_test except = {
		.column = "b", .is = words, .n_is = 1
	};
	static const struct row_test where = { .column = "a",
		.matches = "^(x|y)+" };
	static const struct capture section = { "s", CAPTURE_SECTION, "^第",
		1 };
	struct taker t = { 0 };
	const struct table_sink out = sink_of(&t);
	struct kpid_err err = { 0 };
	struct layout *l = NULL;
	struct laid d;
	size_t blocks = 0;

	laid_init(&d);
	d.c.header.repeats = true;
	d.c.header.row = 1;
	d.c.captures = &section;
	d.c.n_captures = 1;
	d.c.rows =
	    (struct row_spec){ &where, 1, &except, 1, NULL, 0, filled, 1 };
	cr_assert(layout_new(&(struct layout_spec){ &d.feed, &d.c, &d.name },
	    &out, &d.mem, &l, &err));
	const struct row_sink sink = layout_sink(l);

	cr_assert(laid_line(&d, &sink, "a|b", 3, &err));
	for (int i = 0; i < 20000; i++) {
		static const char *const rows[] = { "x|1", "|計", "yy|",
			"第1表", "a|b" };
		const char *row = rows[i % 5];

		cr_assert(laid_line(&d, &sink, row, strlen(row), &err), "%s",
		    err.msg);
		if (i == 100)
			blocks = blocks_of(&d.mem);
	}
	cr_expect_eq(blocks_of(&d.mem), blocks, "%zu then %zu", blocks,
	    blocks_of(&d.mem));
	cr_expect_eq(t.headers, 4001);
	cr_expect_eq(t.rows, 8000, "x|1 and yy|: got %d", t.rows);
	layout_free(l);
	laid_release(&d);
}

/* Words that a test remembers, and words too long for that. */
Test(layout_stream, the_same_words_are_judged_alike)
{
	static const char *const words[] = {
		"a word of more bytes than are remembered from row to row: "
		"0123456789",
		"計",
	};
	static const struct row_test except = {
		.column = "a", .is = words, .n_is = 2
	};
	struct laid d;

	laid_init(&d);
	d.c.rows.except = &except;
	d.c.rows.n_except = 1;
	cr_expect_str_eq(
	    laid(&d,
		"a|b\n"
		"計|1\n計|2\n|3\n|4\n計|5\n小計|6\n小計|7\n計|8\n"
		"a word of more bytes than are remembered from row to row: "
		"0123456789|9\n"
		"a word of more bytes than are remembered from row to row: "
		"0123456789|10\n"
		"a word of more bytes than are remembered from row to row: "
		"0123456780|11\n"),
	    "h1: a|b\n4: |3\n5: |4\n7: 小計|6\n8: 小計|7\n"
	    "12: a word of more bytes than are remembered from row to row: "
	    "0123456780|11\n",
	    "got\n%s", d.told.ptr);
	laid_release(&d);
}

static const struct {
	struct header_spec header;
	const char *in, *out, *why;
} gaps[] = {
	{ { .find = filled, .n_find = 1, .rows = 3 }, "a|b\n\n\n1|2\n",
	    "h1: a|b\n4: 1|2\n",
	    "empty lines end the header's rows before a row comes" },
	{ { .find = filled, .n_find = 1, .rows = 2, .units = 2 },
	    "a|b\n\n\n\n1|2\n", "h1: a|b\n5: 1|2\n", "and the units'" },
	{ { .row = 2 }, "題\n\na|b\n1|2\n", "h3: a|b\n4: 1|2\n",
	    "the row is an empty line: the next one" },
	{ { .row = 1, .repeats = true }, "a|b\n1|2\na|b\n\n3|4\n",
	    "h1: a|b\n2: 1|2\nh3: a|b\n5: 3|4\n",
	    "nothing is kept of the block before" },
};

Test(layout_stream, lines_without_a_row)
{
	for (size_t i = 0; i < ARRAY_LEN(gaps); i++) {
		struct laid d;

		laid_init(&d);
		d.c.header = gaps[i].header;
		cr_expect_str_eq(laid(&d, gaps[i].in), gaps[i].out,
		    "row %zu (%s): got\n%s", i, gaps[i].why, d.told.ptr);
		laid_release(&d);
	}
}

Test(layout_stream, a_header_that_comes_again_ends_what_is_filled_down)
{
	struct laid d;

	laid_init(&d);
	d.c.header.row = 1;
	d.c.header.repeats = true;
	d.c.rows.fill_down = filled;
	d.c.rows.n_fill_down = 1;
	cr_expect_str_eq(laid(&d, "a|b\nx|1\n|2\na|b\n|3\n"),
	    "h1: a|b\n2: x|1\n3: x|2\nh4: a|b\n5: |3\n", "got\n%s", d.told.ptr);
	laid_release(&d);
}
