/* The grammar of one period: a year by era or not, and what follows it. */
#include "period_grammar.h"

#include <string.h>

/* 2024/9, R6.9.30, 2024-09-30: behind the year and its separator. */
static bool
parted_rest(struct scan *s, const char *part, struct reading *out,
    const char **why)
{
	struct civil d = { s->year, 0, 1 };
	int digits = 0;

	if (!scan_number(s, 2, &d.month, &digits))
		return scan_refuse(why, scan_unreadable);
	out->parts.month = d.month;
	if (part[0] != '-') { /* 2024/4-6 */
		enum scanned months =
		    scan_months_by_number(s, d.month, out, why);

		if (months != SCAN_NONE)
			return months == SCAN_READ;
	}
	if (!scan_word(s, part)) {
		out->end = scan_word(s, "末");
		return s->rest.len == 0 ? scan_make(s, SPAN_MONTH, d, out, why)
					: scan_refuse(why, scan_unreadable);
	}
	if (!scan_number(s, 2, &d.day, &digits))
		return scan_refuse(why, scan_unreadable);
	return scan_day_rest(s, d, out, why);
}

static bool
after_year(struct scan *s, struct reading *out, const char **why)
{
	static const char *const parts[] = { ".", "/", "-" };
	struct civil d = { s->year, 1, 1 };

	s->fiscal = scan_word(s, "年度");
	if (s->fiscal || scan_word(s, "年")) {
		if (!scan_pair(s, why))
			return false;
		if (s->two_eras) /* 平成31年・令和元年 */
			(void)scan_word(s, s->fiscal ? "年度" : "年");
		return scan_year_rest(s, out, why);
	}
	if (s->rest.len == 0) {
		out->bare = true;
		return (s->era != NULL || compact_year(s->year, why))
		    && scan_make(s, SPAN_YEAR, d, out, why);
	}
	enum scanned part = scan_part(s, out, why);

	if (part != SCAN_NONE)
		return part == SCAN_READ;
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		if (scan_word(s, parts[i]))
			return parted_rest(s, parts[i], out, why);
	return scan_refuse(why, scan_unreadable);
}

static bool
all_digits(struct slice t)
{
	for (size_t i = 0; i < t.len; i++)
		if (t.ptr[i] < '0' || t.ptr[i] > '9')
			return false;
	return true;
}

/* 30/09/2024, 9.30.2024: figures that end in a year. */
static bool
year_behind(struct slice t)
{
	size_t parts = 0, run = 0;

	for (size_t i = 0; i < t.len; i++) {
		bool digit = t.ptr[i] >= '0' && t.ptr[i] <= '9';

		if (!digit && memchr("/.-", t.ptr[i], 3) == NULL)
			return false;
		if (!digit && (run == 0 || run > 2))
			return false;
		parts += !digit;
		run = digit ? run + 1 : 0;
	}
	return parts == 2 && run == 4;
}

static bool
fiscal_year(struct scan *s, struct reading *out, const char **why)
{
	int digits = 0;

	if (!scan_number(s, 4, &s->year, &digits) || digits != 4)
		return scan_refuse(why, "FY without a year of four digits");
	s->fiscal = true;
	(void)scan_word(s, "-");
	return scan_year_rest(s, out, why);
}

static bool
named_year(struct scan *s, struct reading *out, const char **why)
{
	if (year_behind(s->rest))
		return scan_refuse(why,
		    "a date with its year behind: is its day or its month "
		    "first?");
	return scan_year(s, why) && scan_pair(s, why)
	    && after_year(s, out, why);
}

/* Q1 2024, Q1/2024. */
static enum scanned
quarter_first(struct slice text, struct reading *out, const char **why)
{
	char turned[] = "0000Q0";
	size_t n = text.len;

	if (n < 6 || n > 7 || text.ptr[0] != 'Q'
	    || !all_digits((struct slice){ text.ptr + 1, 1 })
	    || !all_digits((struct slice){ text.ptr + n - 4, 4 })
	    || (n == 7 && memchr(" /-", text.ptr[2], 3) == NULL))
		return SCAN_NONE;
	memcpy(turned, text.ptr + n - 4, 4);
	turned[5] = text.ptr[1];
	return sdmx_period(slice_of(turned), out, why);
}

/* 2023/24, 2023-24: two calendar years that cannot be a month are one fiscal
 * year. */
static enum scanned
split_year(struct slice t, struct reading *out, const char **why)
{
	struct scan s = { .rest = t };
	int first = 0, second = 0, digits = 0;

	if (t.len != 7 || !scan_number(&s, 4, &first, &digits) || digits != 4
	    || (!scan_word(&s, "/") && !scan_word(&s, "-"))
	    || !scan_number(&s, 2, &second, &digits) || s.rest.len > 0
	    || second <= 12 || second != (first + 1) % 100)
		return SCAN_NONE;
	out->parts = (struct period_parts){ .year = first, .fiscal = true };
	out->split = true;
	return scanned_if(scan_make(&s, SPAN_FISCAL_YEAR,
	    (struct civil){ first, 4, 1 }, out, why));
}

/* Those forms that are recognised by their beginning; the others say their
 * year. */
static enum scanned
special_form(struct scan *s, struct reading *out, const char **why)
{
	enum scanned form;

	if (s->rest.len > 2 && all_digits(s->rest))
		return scanned_if(compact_period(s->rest, out, why));
	form = sdmx_period(s->rest, out, why);
	if (form == SCAN_NONE)
		form = quarter_first(s->rest, out, why);
	if (form == SCAN_NONE)
		form = split_year(s->rest, out, why);
	if (form == SCAN_NONE)
		form = english_period(s->rest, out, why);
	return form;
}

bool
grammar_period(struct scan *s, struct reading *out, const char **why)
{
	enum scanned form = special_form(s, out, why);
	bool ok;

	if (form != SCAN_NONE)
		return form == SCAN_READ;
	form = scan_without_year(s, out, why);
	if (form != SCAN_NONE)
		ok = form == SCAN_READ;
	else if (scan_word(s, "FY"))
		ok = fiscal_year(s, out, why);
	else
		ok = named_year(s, out, why);
	out->parts.era = s->era;
	out->parts.year = s->year;
	out->parts.fiscal = s->fiscal;
	return ok;
}
