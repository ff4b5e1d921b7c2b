/* Period cells: blanks out, one period or a range, each with its suffixes. */
#include "period_scan.h"

#include <string.h>

#include "numeral.h"
#include "period_grammar.h"

/* Blanks go, but for one between two digits: 令和 6年 9月 is padded, while
 * "2024-09-30 0:00" has two parts. */
static size_t
squeeze(char *text, size_t len)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] != ' ') {
			text[n++] = text[i];
			continue;
		}
		while (i + 1 < len && text[i + 1] == ' ')
			i++;
		if (n > 0 && text[n - 1] >= '0' && text[n - 1] <= '9'
		    && i + 1 < len && text[i + 1] >= '0' && text[i + 1] <= '9')
			text[n++] = ' ';
	}
	return n;
}

static bool
cut_tail(struct slice *text, const char *tail)
{
	size_t len = strlen(tail);

	if (text->len <= len
	    || memcmp(text->ptr + text->len - len, tail, len) != 0)
		return false;
	text->len -= len;
	return true;
}

/* One side of a range, or all: the period and the words behind it. */
static bool
scan_one(struct slice text, const struct scan *from, struct reading *out,
    const char **why)
{
	struct scan s = *from;

	out->as_of = cut_tail(&text, "現在") || cut_tail(&text, "時点");
	if (!out->as_of && !cut_tail(&text, "分"))
		(void)cut_tail(&text, "中");
	s.rest = text;
	return grammar_period(&s, out, why);
}

/* 令和6年4月~9月: the right side has its year from the left one. */
static bool
scan_range(struct slice left, struct slice right, const struct scan *from,
    struct reading *out, const char **why)
{
	struct reading a = { 0 }, b = { 0 };
	struct scan inherit = *from;

	if (!scan_one(left, from, &a, why))
		return false;
	inherit.year = civil_from_day(a.period.first).year;
	if (!scan_one(right, &inherit, &b, why))
		return false;
	if (a.end || b.period.last < a.period.first) {
		*why = a.end ? "a range that begins with the end of a period"
			     : "a range that ends before it begins";
		return false;
	}
	*out = (struct reading){ .period = period_between(a.period.first,
				     b.period.last) };
	return true;
}

bool
period_scan(struct slice cell, const struct era *era, struct reading *out,
    const char **why)
{
	char folded[PERIOD_CELL_MAX];
	const struct scan from = { .bare_era = era };
	struct reading got = { 0 };

	cell = slice_trim(cell);
	if (cell.len == 0 || cell.len > sizeof(folded)) {
		*why =
		    cell.len == 0 ? "an empty cell" : "longer than any period";
		return false;
	}
	struct slice text = { folded,
		squeeze(folded, numeral_fold(cell, folded)) };
	const char *dash = memchr(text.ptr, '~', text.len);
	bool ok;

	if (period_parse(text, &got.period)) {
		got.bare = text.len == 4;
		ok = true;
	} else if (dash != NULL) {
		size_t before = (size_t)(dash - text.ptr);

		ok = scan_range((struct slice){ text.ptr, before },
		    (struct slice){ dash + 1, text.len - before - 1 }, &from,
		    &got, why);
	} else {
		ok = scan_one(text, &from, &got, why);
	}
	if (ok)
		*out = got;
	return ok;
}
