/* rooms: base config decode parse layout normalise body inspect */
/* Where the header of a grid is, on grids made by hand. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../../collector/inspect/guess.h"

#define ROWS_MAX  12
#define CELLS_MAX 8

struct grid {
	const char *why;
	const char *rows[ROWS_MAX]; /* cells parted by |, "^" is merged */
	bool found;
	size_t top, header, units, first;
	const char *names[CELLS_MAX];
};

static const struct grid grids[] = {
	{ "one row of names",
	    { "年月|人口|世帯", "2024-04|1|2", "2024-05|3|4" }, true, 0, 1, 0,
	    1, { "年月", "人口", "世帯" } },
	{ "a title and its unit above",
	    { "市の人口", "||（単位：人）", "年月|男|女", "2024-04|1|2" }, true,
	    2, 1, 0, 3, { "年月", "男", "女" } },
	{ "two rows, the upper one fills to the right",
	    { "|人口||世帯", "年月|男|女|", "2024-04|1|2|3" }, true, 0, 2, 0, 2,
	    { "年月", "人口/男", "人口/女", "世帯" } },
	{ "a blank row inside the header",
	    { "年月|気温|気温|雨|雨", "||||", "||品質||品質",
		"2024/4|1.5|8|2|8", "2024/5|1.7|8|3|8" },
	    true, 0, 3, 0, 3,
	    { "年月", "気温", "気温/品質", "雨", "雨/品質" } },
	{ "a row of units below",
	    { "年月|人口|世帯", "|人|世帯", "2024-04|1|2" }, true, 0, 1, 1, 2,
	    { "年月", "人口", "世帯" } },
	{ "years across are names, not figures",
	    { "区分|2020|2021|2022", "出生|1|2|3", "死亡|4|5|6" }, true, 0, 1,
	    0, 1, { "区分", "2020", "2021", "2022" } },
	{ "figures that might be years are none",
	    { "年齢|男|女", "0-4歳|2010|1950", "5-9歳|2400|2300" }, true, 0, 1,
	    0, 1, { "年齢", "男", "女" } },
	{ "years across, twice", { "区分|2020|2021|2020|2021", "出生|1|2|3|4" },
	    true, 0, 1, 0, 1, { "区分", "2020", "2021", "2020", "2021" } },
	{ "months across below a title",
	    { "死者数（平成30年中）|||", "1月|2月|3月|合計", "3|2|2|7" }, true,
	    1, 1, 0, 2, { "1月", "2月", "3月", "合計" } },
	{ "a section between header and data",
	    { "年|1月|2月", "|自然動態|", "2023|1|2", "2024|3|4" }, true, 0, 1,
	    0, 2, { "年", "1月", "2月" } },
	{ "a first column without figures",
	    { "名称|地区|利用者数", "図書館|上田|10", "公民館|丸子|20" }, true,
	    0, 1, 0, 1, { "名称", "地区", "利用者数" } },
	{ "records without figures",
	    { "受付日|種別|内容", "2024/4/1|道路|穴", "2024/4/2|公園|遊具" },
	    true, 0, 1, 0, 1, { "受付日", "種別", "内容" } },
	{ "figures alone", { "1|2|3", "4|5|6" }, false, 0, 0, 0, 0, { 0 } },
	{ "a merged header",
	    { "年月|人口|^人口", "^年月|男|女", "2024-04|1|2" }, true, 0, 2, 0,
	    2, { "年月", "人口/男", "人口/女" } },
	{ "a form of merged cells",
	    { "氏名|点数", "甲|1|^1|^1|^1", "乙|2|^2|^2|^2" }, false, 0, 0, 0,
	    0, { 0 } },
};

static struct seen_row
row_of(const char *text, uint32_t line, struct arena *mem)
{
	struct seen_cell *cells = arena_array(mem, CELLS_MAX, sizeof(*cells));
	struct seen_row row = { .cells = cells, .line = line, .number = line };

	for (;;) {
		size_t len = strcspn(text, "|");
		bool merged = *text == '^';

		cells[row.n].merged = merged;
		cells[row.n].text =
		    arena_strndup(mem, text + merged, len - merged);
		row.filled += *cells[row.n].text != '\0';
		row.n++;
		text += len;
		if (*text++ == '\0')
			return row;
	}
}

static struct sample
sample_of(const struct grid *g, struct arena *mem)
{
	struct seen_row *rows = arena_array(mem, ROWS_MAX, sizeof(*rows));
	struct sample s = { .rows = rows };

	for (size_t i = 0; i < ROWS_MAX && g->rows[i] != NULL; i++) {
		rows[s.n++] = row_of(g->rows[i], (uint32_t)i + 1, mem);
		if (rows[i].n > s.width)
			s.width = rows[i].n;
	}
	s.head = s.n;
	s.all = s.n;
	return s;
}

Test(inspect_header, place)
{
	for (size_t i = 0; i < ARRAY_LEN(grids); i++) {
		const struct grid *g = &grids[i];
		struct arena mem = { 0 };
		struct sample s = sample_of(g, &mem);
		struct table_place at = { 0 };
		bool found = header_guess(&s, &mem, &at);

		cr_expect_eq(found, g->found, "row %zu (%s): found is %d", i,
		    g->why, found);
		if (found && g->found)
			cr_expect(at.top == g->top && at.rows == g->header
				&& at.units == g->units && at.first == g->first,
			    "row %zu (%s): top %zu, %zu rows, %zu units, data "
			    "from %zu",
			    i, g->why, at.top, at.rows, at.units, at.first);
		arena_release(&mem);
	}
}

Test(inspect_header, names)
{
	for (size_t i = 0; i < ARRAY_LEN(grids); i++) {
		const struct grid *g = &grids[i];
		struct arena mem = { 0 };
		struct sample s = sample_of(g, &mem);
		const struct table_place at = { g->top, g->header, g->units,
			g->first, s.n };
		const char *const *names;

		if (!g->found) {
			arena_release(&mem);
			continue;
		}
		names = header_names(&s, &at, &mem);
		for (size_t k = 0; k < CELLS_MAX && g->names[k] != NULL; k++)
			cr_expect_str_eq(names[k], g->names[k],
			    "row %zu (%s): column %zu is '%s'", i, g->why,
			    k + 1, names[k]);
		arena_release(&mem);
	}
}

/* A long grid: its first rows, its last ones, and nothing between. */
Test(inspect_header, sample_of_a_long_grid)
{
	struct arena mem = { 0 };
	struct sampler *sampler = sampler_new(true, &mem);
	const struct row_sink sink = sampler_sink(sampler);
	struct kpid_err err = { 0 };
	char text[32];

	for (uint32_t i = 1; i <= 5000; i++) {
		struct cell cells[2] = { { .line = i, .column = 1 },
			{ .line = i, .column = 4 } };
		const struct row row = { cells, 2, i, { NULL, 0 } };

		(void)snprintf(text, sizeof(text), " %u ", i);
		cells[0].text = slice_of(text);
		cells[1].text = slice_of("x");
		cr_assert(sink.row(sink.ctx, &row, &err));
	}
	struct sample s = sampler_end(sampler);

	cr_expect_eq(s.all, 5000);
	cr_expect_eq(s.head, HEAD_ROWS);
	cr_expect_eq(s.n, HEAD_ROWS + TAIL_ROWS);
	cr_expect_eq(s.width, 4, "cells stand at their column");
	cr_expect_str_eq(seen_at(&s.rows[0], 0), "1", "blanks are off");
	cr_expect_str_eq(seen_at(&s.rows[0], 1), "", "nothing between");
	cr_expect_str_eq(seen_at(&s.rows[0], 3), "x");
	cr_expect_str_eq(seen_at(&s.rows[0], 9), "", "past the row's end");
	cr_expect_str_eq(seen_at(&s.rows[HEAD_ROWS], 0), "4801");
	cr_expect_str_eq(seen_at(&s.rows[s.n - 1], 0), "5000");
	arena_release(&mem);
}
