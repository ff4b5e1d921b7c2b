/*
 * Where the header of a table ends and where it begins.
 *
 * The first row of figures is found by what stands below it: a column is one
 * of figures when most cells there are. What stands above is header as long
 * as it gives names to columns that have none, or tells equal names apart.
 */
#include <stdlib.h>
#include <string.h>

#include "guess.h"

#define LOOK_BELOW 40 /* rows that say what a column holds */
#define AXIS_STEP  10 /* years from one column to the next */

static const char *
inner_unit(const char *text, struct arena *mem)
{
	static const char *const brackets[][2] = { { "(", ")" }, { "（", "）" },
		{ "[", "]" }, { "［", "］" }, { "〔", "〕" } };
	size_t len = strlen(text);

	for (size_t i = 0; i < ARRAY_LEN(brackets); i++) {
		size_t open = strlen(brackets[i][0]);
		size_t close = strlen(brackets[i][1]);

		if (len > open + close
		    && strncmp(text, brackets[i][0], open) == 0
		    && strcmp(text + len - close, brackets[i][1]) == 0)
			return arena_strndup(mem, text + open,
			    len - open - close);
	}
	return text;
}

/* 人, (千円), ％ below the names of the columns. */
static bool
is_units_row(const struct seen_row *row, struct arena *scratch)
{
	size_t filled = 0, n = 0;

	for (size_t i = 0; i < row->n; i++) {
		const char *text = row->cells[i].text;

		if (*text == '\0' || row->cells[i].merged)
			continue;
		filled++;
		n += is_unit(inner_unit(text, scratch));
	}
	return n > 0 && n == filled;
}

/* 2020, 2021, .. (and from the first again) are years side by side; 2063 and
 * 1949 are figures. */
static bool
is_far(const char *first, const char *before, const char *text)
{
	long step;

	if (before == NULL || strlen(text) != 4 || strcmp(first, text) == 0)
		return false;
	step = strtol(text, NULL, 10) - strtol(before, NULL, 10);
	return step > AXIS_STEP || step < -AXIS_STEP;
}

/* A row of years or months names columns: all its figures are periods, and
 * at least two. A row of data has one, and figures that are none. */
static bool
is_axis(const struct seen_row *row, struct arena *scratch)
{
	size_t whens = 0, behind = 0;
	const char *first = NULL, *before = NULL;
	bool figures = false;

	for (size_t i = 0; i < row->n; i++) {
		struct look look = look_at(row->cells[i].text, scratch);

		if (look.shape == SHAPE_NUMBER && look.when == WHEN_NONE)
			figures = true;
		if (look.when == WHEN_DIGITS && strlen(row->cells[i].text) > 6)
			figures = true;
		if (look.when == WHEN_DIGITS) {
			figures |= is_far(first, before, row->cells[i].text);
			before = row->cells[i].text;
			first = first == NULL ? before : first;
		}
		whens += look.when != WHEN_NONE;
		behind += i > 0 && look.when != WHEN_NONE;
	}
	return !figures && whens >= 2 && behind >= 1;
}

/* Do most of the cells below hold figures? */
static bool
figures_below(const struct sample *s, size_t row, size_t column,
    struct arena *scratch)
{
	size_t filled = 0, figures = 0;

	for (size_t r = row; r < s->head && filled < LOOK_BELOW; r++) {
		struct look look =
		    look_at(seen_at(&s->rows[r], column), scratch);

		if (look.shape == SHAPE_BLANK || s->rows[r].filled < 2)
			continue;
		filled++;
		figures +=
		    look.shape == SHAPE_NUMBER || look.shape == SHAPE_MARK;
	}
	return figures * 10 >= filled * 6;
}

static bool
begins_data(const struct sample *s, size_t row, struct arena *scratch)
{
	const struct seen_row *r = &s->rows[row];
	size_t figures = 0, names = 0;

	if (r->filled < 2 || is_axis(r, scratch))
		return false;
	for (size_t c = 0; c < r->n; c++) {
		struct look look = look_at(r->cells[c].text, scratch);

		if ((look.shape != SHAPE_NUMBER && look.shape != SHAPE_TEXT)
		    || r->cells[c].merged || !figures_below(s, row, c, scratch))
			continue;
		figures += look.shape == SHAPE_NUMBER;
		names += look.shape == SHAPE_TEXT;
	}
	/* Below the header's names may stand the same in another language. */
	return figures > 0 && names <= 2 * figures;
}

/* The width that most rows have. */
static size_t
usual_width(const struct sample *s)
{
	size_t best = 0, best_n = 0;

	for (size_t i = 0; i < s->head && i < 200; i++) {
		size_t n = 0;

		for (size_t k = 0; k < s->head && k < 200; k++)
			n += s->rows[k].filled == s->rows[i].filled;
		if (s->rows[i].filled > 1
		    && (n > best_n
			|| (n == best_n && s->rows[i].filled > best))) {
			best = s->rows[i].filled;
			best_n = n;
		}
	}
	return best;
}

/* A table without figures (records): below the first row that is full. */
static size_t
below_full_row(const struct sample *s)
{
	size_t width = usual_width(s);

	for (size_t i = 0; i + 1 < s->head; i++)
		if (width > 1 && s->rows[i].filled >= width)
			return i + 1;
	return s->head;
}

static bool
first_data(const struct sample *s, size_t *out)
{
	struct arena scratch = { 0 };
	size_t row;

	for (row = 0; row < s->head; row++) {
		bool found = begins_data(s, row, &scratch);

		arena_reset(&scratch);
		if (found)
			break;
	}
	arena_release(&scratch);
	if (row == s->head)
		row = below_full_row(s);
	*out = row;
	return row > 0 && row < s->head;
}

/* Blank rows and titles of sections stand between header and data, too. */
static bool
is_between(const struct seen_row *row)
{
	return row->filled <= 1;
}

/* Which columns have figures, and so need a name. */
static void
needed_columns(const struct sample *s, size_t first, bool *needed)
{
	struct arena scratch = { 0 };

	for (size_t c = 0; c < s->width; c++) {
		size_t n = 0;

		for (size_t r = first; r < s->head && r < first + LOOK_BELOW;
		     r++)
			n += *seen_at(&s->rows[r], c) != '\0';
		needed[c] = n > 0;
		arena_reset(&scratch);
	}
	arena_release(&scratch);
}

/* How many columns the names in these rows leave without one of their own. */
static size_t
names_missing(const struct sample *s, const struct table_place *at,
    const bool *needed)
{
	struct arena scratch = { 0 };
	const char *const *names = header_names(s, at, &scratch);
	size_t n = 0;

	for (size_t i = 0; i < s->width; i++) {
		bool own = *names[i] != '\0';

		for (size_t k = 0; own && k < i; k++)
			own = !needed[k] || strcmp(names[i], names[k]) != 0;
		n += needed[i] && !own;
	}
	arena_release(&scratch);
	return n;
}

static bool
is_header_row(const struct seen_row *row)
{
	size_t texts = 0;

	for (size_t i = 0; i < row->n; i++) {
		const char *text = row->cells[i].text;

		if (strstr(text, "単位") != NULL || is_note(text))
			return false;
		texts += *text != '\0' && strlen(text) < 120;
	}
	return texts >= 2;
}

/* Directly above, a row with names for most columns is no title. */
static bool
is_full_header(const struct seen_row *row, size_t width)
{
	size_t merged = 0;

	for (size_t i = 0; i < row->n; i++)
		merged += row->cells[i].merged;
	return row->filled >= 3 && row->filled * 2 > width
	    && merged * 2 < row->filled && is_header_row(row);
}

/* Upwards while it helps: titles give no column a name of its own. */
static void
extend_up(const struct sample *s, struct table_place *at)
{
	struct arena mem = { 0 };
	bool *needed = arena_array(&mem, s->width + 1, sizeof(*needed));
	struct table_place try = *at;
	size_t missing, now;

	needed_columns(s, at->first, needed);
	if (at->top > 0 && is_full_header(&s->rows[at->top - 1], s->width)) {
		at->top--;
		at->rows++;
	}
	try = *at;
	missing = names_missing(s, at, needed);
	while (missing > 0 && try.top > 0 && try.rows < HEADER_ROWS_MAX) {
		try.top--;
		try.rows++;
		if (s->rows[try.top].filled == 0)
			continue;
		if (!is_header_row(&s->rows[try.top]))
			break;
		now = names_missing(s, &try, needed);
		if (now >= missing)
			break;
		missing = now;
		*at = try;
	}
	arena_release(&mem);
}

/* A form is drawn with merged cells; a table has few among its figures. */
static bool
is_form(const struct sample *s, size_t first)
{
	size_t filled = 0, merged = 0;

	for (size_t r = first; r < s->n; r++)
		for (size_t i = 0; i < s->rows[r].n; i++) {
			filled += *s->rows[r].cells[i].text != '\0';
			merged += s->rows[r].cells[i].merged;
		}
	return merged * 2 > filled;
}

bool
header_guess(const struct sample *s, struct arena *mem, struct table_place *out)
{
	struct table_place at = { 0 };
	size_t bottom;

	if (!first_data(s, &at.first) || is_form(s, at.first))
		return false;
	bottom = at.first;
	while (bottom > 0 && is_between(&s->rows[bottom - 1]))
		bottom--;
	if (bottom > 1 && is_units_row(&s->rows[bottom - 1], mem)
	    && s->rows[bottom - 2].filled > 1) {
		at.units = 1;
		bottom--;
	}
	if (bottom == 0)
		return false;
	at.top = bottom - 1;
	at.rows = 1;
	at.last = s->n;
	extend_up(s, &at);
	*out = at;
	return true;
}
