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

static bool
contains(struct slice text, const char *word)
{
	return memmem(text.ptr, text.len, word, strlen(word)) != NULL;
}

static bool
ends_in(struct slice text, const char *word)
{
	return cut_tail(&text, word);
}

/* One or two figures and nothing else: 1 of 1-3月. */
static bool
is_month_number(struct slice t)
{
	for (size_t i = 0; i < t.len; i++)
		if (t.ptr[i] < '0' || t.ptr[i] > '9')
			return false;
	return t.len > 0 && t.len <= 2;
}

/*
 * The two sides: of ~ and から, or of a dash that cannot be one of a date,
 * since 年 stands in front of it or 月 only behind it (1-3月).
 */
static bool
split_range(struct slice text, struct slice *left, struct slice *right)
{
	static const char *const words[] = { "~", "から", "-" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		size_t len = strlen(words[i]);
		const char *at = memmem(text.ptr, text.len, words[i], len);

		if (at == NULL)
			continue;
		*left = (struct slice){ text.ptr, (size_t)(at - text.ptr) };
		*right = (struct slice){ at + len, text.len - left->len - len };
		if (words[i][0] == '-' && !contains(*left, "年")
		    && !(is_month_number(*left) && contains(*right, "月")))
			continue;
		(void)cut_tail(right, "まで");
		return true;
	}
	return false;
}

/* 2013年1~3月: what 月 stands behind once is two months. */
static struct slice
with_month(struct slice left, struct slice right, char *out)
{
	bool figure = left.len > 0 && left.ptr[left.len - 1] >= '0'
	    && left.ptr[left.len - 1] <= '9';

	if (!figure || contains(left, "月") || !contains(right, "月")
	    || !(contains(left, "年") || is_month_number(left)))
		return left;
	memcpy(out, left.ptr, left.len);
	memcpy(out + left.len, "月", strlen("月"));
	return (struct slice){ out, left.len + strlen("月") };
}

/* 令和6年4月~9月: the right side has its year from the left one. */
static bool
scan_range(struct slice left, struct slice right, const struct scan *from,
    struct reading *out, const char **why)
{
	char text[PERIOD_CELL_MAX + sizeof("月")];
	struct reading a = { 0 }, b = { 0 };
	struct scan inherit = *from;

	if (ends_in(right, "月期"))
		(void)cut_tail(&right, "期");
	left = with_month(left, right, text);
	if (!scan_one(left, from, &a, why))
		return false;
	inherit.above = NULL;
	inherit.year = a.parts.year;
	inherit.month = a.parts.month;
	inherit.fiscal = a.parts.fiscal;
	if (inherit.bare_era == NULL)
		inherit.bare_era = a.parts.era;
	if (!scan_one(right, &inherit, &b, why))
		return false;
	if (a.end || b.period.last < a.period.first)
		return scan_refuse(why,
		    a.end ? "a range that begins with the end of a period"
			  : "a range that ends before it begins");
	*out = (struct reading){ .period = period_between(a.period.first,
				     b.period.last),
		.parts = a.parts };
	return true;
}

/* The figures of 2024, 2024-09 and 2024-09-30, and nothing else. */
static bool
iso_parts(struct slice t, struct civil *d)
{
	static const char form[] = "0000-00-00";
	int *const part[] = { &d->year, &d->month, &d->day };
	size_t at = 0;

	if (t.len != 4 && t.len != 7 && t.len != 10)
		return false;
	for (size_t i = 0; i < t.len; i++) {
		bool digit = t.ptr[i] >= '0' && t.ptr[i] <= '9';

		if (form[i] == '-' ? t.ptr[i] != '-' : !digit)
			return false;
		if (digit)
			*part[at] = *part[at] * 10 + (t.ptr[i] - '0');
		at += form[i] == '-';
	}
	return true;
}

/* Most cells of large tables are ISO: they need no grammar. */
static bool
scan_iso(struct slice t, struct reading *out)
{
	struct civil d = { 0 };
	enum span_kind kind = t.len == 4 ? SPAN_YEAR
	    : t.len == 7                 ? SPAN_MONTH
					 : SPAN_DAY;

	struct reading got = { 0 };

	const char *why = NULL;

	if (!iso_parts(t, &d)
	    || (kind == SPAN_YEAR && !compact_year(d.year, &why)))
		return false;
	got.parts = (struct period_parts){ .year = d.year, .month = d.month };
	got.bare = kind == SPAN_YEAR;
	d.month = kind == SPAN_YEAR ? 1 : d.month;
	d.day = kind == SPAN_DAY ? d.day : 1;
	if (!period_make(kind, d, &got.period))
		return false;
	*out = got;
	return true;
}

/* 令和5年度(4月~12月): the parenthesis says more of the year, and goes. */
static struct slice
without_parenthesis(struct slice text, char *out)
{
	const char *open = memchr(text.ptr, '(', text.len);

	if (open == NULL || text.ptr[text.len - 1] != ')'
	    || memchr(open, '~', text.len - (size_t)(open - text.ptr)) == NULL)
		return text;
	size_t before = (size_t)(open - text.ptr), inside = text.len - before;

	memcpy(out, text.ptr, before);
	memcpy(out + before, open + 1, inside - 2);
	return (struct slice){ out, text.len - 2 };
}

static bool
scan_text(struct slice text, const struct scan *from, struct reading *out,
    const char **why)
{
	char whole[PERIOD_CELL_MAX];
	struct slice left, right;

	/* A year alone is judged with the other digits. */
	if (text.len > 4 && period_parse(text, &out->period)) {
		struct civil d = civil_from_day(out->period.first);

		out->parts.year = d.year;
		out->parts.fiscal = out->period.kind == SPAN_FISCAL_YEAR;
		out->parts.month = out->parts.fiscal ? 0 : d.month;
		return true;
	}
	text = without_parenthesis(text, whole);
	if (split_range(text, &left, &right))
		return scan_range(left, right, from, out, why);
	return scan_one(text, from, out, why);
}

bool
period_scan(struct slice cell, const struct era *era,
    struct period_parts *above, struct reading *out, const char **why)
{
	char folded[PERIOD_CELL_MAX];
	const struct scan from = { .bare_era = era, .above = above };
	struct reading got = { 0 };

	cell = slice_trim(cell);
	if (cell.len == 0 || cell.len > sizeof(folded))
		return scan_refuse(why,
		    cell.len == 0 ? "an empty cell" : "longer than any period");
	struct slice text = { folded,
		squeeze(folded, numeral_fold(cell, folded)) };

	if (scan_iso(text, out))
		return true;
	if (!scan_text(text, &from, &got, why))
		return false;
	*out = got;
	return true;
}
