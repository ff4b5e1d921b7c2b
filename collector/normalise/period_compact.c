/* Periods written as digits alone. */
#include "period_grammar.h"

static int
digits_value(struct slice text, size_t at, size_t len)
{
	int value = 0;

	for (size_t i = at; i < at + len; i++)
		value = value * 10 + (text.ptr[i] - '0');
	return value;
}

/* Years that digits alone are taken for. 2404 and 240401 are rather written
 * without their century. */
#define FIRST_YEAR 1868
#define LAST_YEAR  2100

/* e-Stat: year, 00 calendar or 10 fiscal, first and last month; 0000 is the
 * whole year. */
static bool
estat_period(struct slice t, struct reading *out, const char **why)
{
	int year = digits_value(t, 0, 4), kind = digits_value(t, 4, 2);
	int from = digits_value(t, 6, 2), to = digits_value(t, 8, 2);
	struct period first, last;
	bool whole = from == 0 && to == 0;

	if (whole && kind == 10
	    && period_make(SPAN_FISCAL_YEAR, (struct civil){ year, 4, 1 },
		&out->period))
		return true;
	if (whole && kind == 0
	    && period_make(SPAN_YEAR, (struct civil){ year, 1, 1 },
		&out->period))
		return true;
	if (kind != 0 || from > to
	    || !period_make(SPAN_MONTH, (struct civil){ year, from, 1 }, &first)
	    || !period_make(SPAN_MONTH, (struct civil){ year, to, 1 }, &last))
		return scan_refuse(why,
		    "ten digits that are no time code of "
		    "e-Stat");
	out->period = period_between(first.first, last.last);
	return true;
}

bool
compact_year(int year, const char **why)
{
	return (year >= FIRST_YEAR && year <= LAST_YEAR)
	    || scan_refuse(why,
		"digits alone whose first four are no year from 1868 to 2100: "
		"is the century left out?");
}

bool
compact_period(struct slice t, struct reading *out, const char **why)
{
	struct civil d = { 0, 1, 1 };
	enum span_kind kind = SPAN_YEAR;

	if (t.len == 10)
		return estat_period(t, out, why);
	if (t.len == 5)
		return scan_refuse(why,
		    "five digits: a spreadsheet's day number? "
		    "The date must be exported as a date");
	if (t.len != 4 && t.len != 6 && t.len != 8)
		return scan_refuse(why,
		    "digits that are no year, month or day");
	d.year = digits_value(t, 0, 4);
	if (t.len >= 6) {
		d.month = digits_value(t, 4, 2);
		kind = SPAN_MONTH;
	}
	if (t.len == 8) {
		d.day = digits_value(t, 6, 2);
		kind = SPAN_DAY;
	}
	if (!period_make(kind, d, &out->period))
		return scan_refuse(why, "no such date");
	if (!compact_year(d.year, why))
		return false;
	out->bare = t.len == 4;
	out->parts = (struct period_parts){ .year = d.year,
		.month = t.len >= 6 ? d.month : 0 };
	return true;
}
