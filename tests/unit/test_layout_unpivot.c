/* rooms: base config decode layout */
/* Columns made rows; and what holds of every table. */
#include "../support/layout_run.h"

static const struct {
	struct unpivot unpivot;
	const char *in, *out, *why;
} turned[] = {
	{ { "^\\d+月$", (const char *[]){ "月" }, 1, "値", 8 },
	    "年|1月|2月|計\n令和6|5|6|11\n令和7|~||0\n",
	    "h1: 年@1.1|計@1.4|=月@0.0|=値@0.0\n"
	    "2: 令和6@2.1|11@2.4|1月@1.2|5@2.2\n"
	    "2: 令和6@2.1|11@2.4|2月@1.3|6@2.3\n"
	    "3: 令和7@3.1|0@3.4|1月@1.2|~@3.2\n"
	    "3: 令和7@3.1|0@3.4|2月@1.3|@3.3\n",
	    "the whole name, in the order of the columns" },
	{ { "^(男|女)/(.+)$", (const char *[]){ "性", "齢" }, 2, "value", 8 },
	    "区|男/0-4|女/5-9\n北|1|2\n",
	    "h1: 区@1.1|=性@0.0|=齢@0.0|=value@0.0\n"
	    "2: 北@2.1|男@1.2|0-4@1.2|1@2.2\n"
	    "2: 北@2.1|女@1.3|5-9@1.3|2@2.3\n",
	    "its groups" },
	{ { "^(\\d+)(年)?", (const char *[]){ "年", "字" }, 2, NULL, 8 },
	    "20年|21\n1|2\n",
	    "h1: =年@0.0|=字@0.0|=value@0.0\n"
	    "2: 20@1.1|年@1.1|1@2.1\n"
	    "2: 21@1.2|@1.2|2@2.2\n",
	    "a group that took no part is blank; nothing else is there" },
	{ { "月$", (const char *[]){ "月" }, 1, "値", 8 }, "題\n年|1月\n1|2\n",
	    "h2: 年@2.1|=月@0.0|=値@0.0\n3: 1@3.1|1月@2.2|2@3.2\n",
	    "the header is the first row that has such a column" },
	{ { "月$", (const char *[]){ "月" }, 1, "値", 8 }, "年|1日\n",
	    "error line 1: the header has no column name like the pattern "
	    "'月$'; it has '年', '1日'. HINT: 'unpivot' makes rows of the "
	    "columns that the pattern fits; the contract names it in "
	    "feeds/a.json:8\n",
	    "there is none" },
	{ { "月$", (const char *[]){ "月" }, 1, "値", 8 }, "年|1日\n1|2\n",
	    "error line 1: none of the first 2 rows has a column name like "
	    "the pattern '月$'; this one has '年', '1日'. HINT: 'unpivot' "
	    "makes rows of the columns that the pattern fits; the contract "
	    "names it in feeds/a.json:8\n",
	    "none in any row" },
	{ { "(\\d+)(月)$", (const char *[]){ "月" }, 1, "値", 8 }, "年|1月\n",
	    "error feeds/a.json:8: 'into' names 1 columns, but the pattern "
	    "'(\\d+)(月)$' takes 2 texts. HINT: a parenthesis that nothing "
	    "is read from is written (?:...)\n",
	    "groups without a column" },
	{ { "月$", (const char *[]){ "月" }, 1, "値", 8 },
	    "年|1月\n1\n1|2|3\n2|3\n",
	    "h1: 年@1.1|=月@0.0|=値@0.0\n"
	    "bad 2.2 [1] the row has 1 cell where the header has 2\n"
	    "bad 3.3 [1|2|3] the row has 3 cells where the header has 2\n"
	    "4: 2@4.1|1月@1.2|3@4.2\n",
	    "ragged rows are told once" },
};

Test(layout_unpivot, columns_made_rows)
{
	for (size_t i = 0; i < ARRAY_LEN(turned); i++) {
		struct laid d;

		laid_init(&d);
		d.places = true;
		d.c.unpivot = turned[i].unpivot;
		cr_expect_str_eq(laid(&d, turned[i].in), turned[i].out,
		    "row %zu (%s): got\n%s", i, turned[i].why, d.told.ptr);
		laid_release(&d);
	}
}

Test(layout_unpivot, a_header_that_was_found_otherwise_has_no_such_column)
{
	struct laid d;

	laid_init(&d);
	d.c.header.row = 1;
	d.c.unpivot =
	    (struct unpivot){ "月$", (const char *[]){ "月" }, 1, "値", 8 };
	cr_expect_str_eq(laid(&d, "年|日\n"),
	    "error line 1: no column is like '月$', which feeds/a.json:8 "
	    "makes rows of; the header has '年', '日'\n",
	    "got\n%s", d.told.ptr);
	laid_release(&d);
}

Test(layout_unpivot, the_unit_that_all_have_is_the_value_s)
{
	static const char *const into[] = { "月" };
	struct laid d;

	laid_init(&d);
	d.c.header.units = 1;
	d.c.unpivot = (struct unpivot){ "月$", into, 1, "値", 8 };
	cr_expect_str_eq(laid(&d, "年|1月|2月\n|人|人\n1|2|3\n"),
	    "h1: 年|=月|=値[人]\n3: 1|1月|2\n3: 1|2月|3\n", "got\n%s",
	    d.told.ptr);
	cr_expect_str_eq(laid(&d, "年|1月|2月\n|人|%\n"), "h1: 年|=月|=値\n",
	    "got\n%s", d.told.ptr);
	laid_release(&d);
}

Test(layout_unpivot, with_all_the_rest)
{
	static const struct capture section = { "表", CAPTURE_SECTION,
		"（(.+)）", 5 };
	static const char *const words[] = { "計" }, *const into[] = { "月" };
	static const char *const filled[] = { "区" };
	static const struct row_test except = {
		.column = "性", .is = words, .n_is = 1
	};
	struct laid d;

	laid_init(&d);
	d.c.captures = &section;
	d.c.n_captures = 1;
	d.c.rows = (struct row_spec){
		.except = &except,
		.n_except = 1,
		.fill_down = filled,
		.n_fill_down = 1,
	};
	d.c.unpivot = (struct unpivot){ "月$", into, 1, "値", 8 };
	cr_expect_str_eq(laid(&d,
			     "区|性|1月|2月\n（自然）\n北|計|3|3\n|男|1|2\n"
			     "（社会）\n南|女|4|5\n"),
	    "h1: 区|性|=表|=月|=値\n"
	    "4: 北|男|自然|1月|1\n4: 北|男|自然|2月|2\n"
	    "6: 南|女|社会|1月|4\n6: 南|女|社会|2月|5\n",
	    "got\n%s", d.told.ptr);
	laid_release(&d);
}

/* Numbers that are the same in every run. */
static unsigned int
next(unsigned int *seed)
{
	*seed = *seed * 1103515245U + 12345U;
	return *seed >> 16;
}

#define WIDE 6

/* A wide table of random cells, and the long one that it is. */
static void
draw(unsigned int *seed, struct buf *wide, struct buf *lines)
{
	const unsigned int rows = next(seed) % 5;

	buf_clear(wide);
	buf_clear(lines);
	cr_assert(buf_puts(wide, "key") && buf_puts(lines, "h1: key|=m|=v\n"));
	for (int i = 1; i <= WIDE; i++)
		cr_assert(buf_printf(wide, "|m%d", i));
	cr_assert(buf_puts(wide, "\n"));
	for (unsigned int row = 0; row < rows; row++) {
		cr_assert(buf_printf(wide, "k%u", row));
		for (int i = 1; i <= WIDE; i++) {
			const unsigned int cell = next(seed) % 1000;

			cr_assert(buf_printf(wide, "|%u", cell));
			cr_assert(buf_printf(lines, "%u: k%u|m%d|%u\n", row + 2,
			    row, i, cell));
		}
		cr_assert(buf_puts(wide, "\n"));
	}
	cr_assert(buf_put(wide, "", 1) && buf_put(lines, "", 1));
}

Test(layout_unpivot, a_wide_table_is_its_long_one)
{
	static const char *const into[] = { "m" };
	CLEANUP(buf_release) struct buf wide = { 0 };
	CLEANUP(buf_release) struct buf lines = { 0 };
	unsigned int seed = 20240401;

	buf_init(&wide, 1 << 16);
	buf_init(&lines, 1 << 16);
	for (int round = 0; round < 200; round++) {
		struct laid d;

		draw(&seed, &wide, &lines);
		laid_init(&d);
		d.c.unpivot = (struct unpivot){ "^m\\d$", into, 1, "v", 8 };
		cr_assert_str_eq(laid(&d, wide.ptr), lines.ptr,
		    "round %d: of\n%s\ncame\n%s", round, wide.ptr, d.told.ptr);
		laid_release(&d);
	}
}

/* Cells of one row, in the order of `at`. */
static void
put_row(struct buf *grid, const char *const *cells, const size_t *at)
{
	for (size_t i = 0; i < WIDE; i++)
		cr_assert(buf_printf(grid, "%s%s", i > 0 ? "|" : "",
		    cells[at[i]]));
	cr_assert(buf_puts(grid, "\n"));
}

static void
shuffle(unsigned int *seed, size_t *at)
{
	for (size_t i = WIDE; i-- > 1;) {
		const size_t j = next(seed) % (i + 1);
		const size_t swap = at[i];

		at[i] = at[j];
		at[j] = swap;
	}
}

/* What is sent of a table by its names, so that order does not show: the
 * cells below 年, 区 and 人口. */
struct by_name {
	struct buf told;
	size_t year, ward, people;
};

static bool
by_name_header(void *ctx, const struct table_header *h, struct kpid_err *err)
{
	struct by_name *b = ctx;

	(void)err;
	for (size_t i = 0; i < h->n; i++)
		if (slice_is(h->columns[i].name, "年"))
			b->year = i;
		else if (slice_is(h->columns[i].name, "区"))
			b->ward = i;
		else if (slice_is(h->columns[i].name, "人口/計"))
			b->people = i;
	return true;
}

static bool
by_name_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct by_name *b = ctx;
	const size_t at[] = { b->year, b->ward, b->people };

	(void)err;
	for (size_t i = 0; i < ARRAY_LEN(at); i++)
		cr_assert(buf_printf(&b->told, "%.*s ",
		    slice_width(row->cells[at[i]].text),
		    row->cells[at[i]].text.ptr));
	return true;
}

Test(layout_unpivot, the_order_of_columns_changes_nothing)
{
	static const char *const names[WIDE] = { "年", "区", "人口", "a", "b",
		"c" };
	static const char *const below[WIDE] = { "", "", "計", "", "", "" };
	static const char *const cells[2][WIDE] = {
		{ "6", "北", "51", "x", "y", "z" },
		{ "7", "", "52", "x", "y", "z" },
	};
	static const char *const filled[] = { "区" }, *const find[] = { "年" };
	unsigned int seed = 7;
	size_t at[WIDE] = { 0, 1, 2, 3, 4, 5 };

	for (int round = 0; round < 100; round++) {
		CLEANUP(buf_release) struct buf grid = { 0 };
		struct by_name b = { 0 };
		struct laid d;
		const struct table_sink out = { .ctx = &b,
			.header = by_name_header,
			.row = by_name_row,
			.bad = laid_bad };
		struct kpid_err err = { 0 };
		struct layout *l;

		shuffle(&seed, at);
		buf_init(&grid, 4096);
		buf_init(&b.told, 4096);
		laid_init(&d);
		d.c.header.find = find;
		d.c.header.n_find = 1;
		d.c.header.rows = 2;
		d.c.rows.fill_down = filled;
		d.c.rows.n_fill_down = 1;
		put_row(&grid, names, at);
		put_row(&grid, below, at);
		put_row(&grid, cells[0], at);
		put_row(&grid, cells[1], at);
		cr_assert(layout_new(&(struct layout_spec){ &d.feed, &d.c,
					 &d.name },
		    &out, &d.mem, &l, &err));
		const struct row_sink sink = layout_sink(l);

		for (size_t from = 0; from < grid.len;) {
			const char *line = grid.ptr + from;
			const char *end = memchr(line, '\n', grid.len - from);

			cr_assert(laid_line(&d, &sink, line,
			    (size_t)(end - line), &err));
			from = (size_t)(end - grid.ptr) + 1;
		}
		cr_assert(layout_end(l, &err), "%s", err.msg);
		cr_assert(buf_put(&b.told, "", 1));
		cr_expect_str_eq(b.told.ptr, "6 北 51 7 北 52 ",
		    "round %d: got %s", round, b.told.ptr);
		layout_free(l);
		buf_release(&b.told);
		laid_release(&d);
	}
}
