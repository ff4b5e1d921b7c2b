/* Cells that leave their year out: it stands in the row above, or in front of
 * the range. */
#include "period_grammar.h"

/* Which month of its year it is, from 0. */
static int
place_in_year(int month, bool fiscal)
{
	return fiscal ? (month + 8) % 12 : month - 1;
}

/* Lists run upwards, or down by one month at a time; in any other order the
 * year has changed without being said. */
static bool
follows(const struct period_parts *above, int month)
{
	int now = place_in_year(month, above->fiscal);
	int before = place_in_year(above->month, above->fiscal);

	return above->month == 0 || now >= before || now == before - 1;
}

static enum scanned
month_below(struct scan *s, int month, struct reading *out, const char **why)
{
	struct period_parts *above = s->above;
	struct civil d = { s->year, month, 1 };

	if (s->year == 0 && above != NULL && above->year != 0) {
		if (!follows(above, month)) {
			*above = (struct period_parts){ 0 };
			return scanned_if(scan_refuse(why,
			    "a month before the one above it and no year"));
		}
		s->year = d.year = above->year;
		s->era = above->era;
		s->two_eras = true; /* the era may end within the year */
		s->fiscal = above->fiscal;
	}
	if (d.year == 0)
		return scanned_if(scan_refuse(why,
		    "a month without its year; the contract can put it in "
		    "front (period.text), or take it from the row above "
		    "(period.inherit)"));
	if (s->fiscal && month < 4)
		d.year++;
	return scanned_if(scan_month_rest(s, d, out, why));
}

/* 30日 at the end of a range that began in the same month. */
static enum scanned
day_below(struct scan *s, int day, struct reading *out, const char **why)
{
	struct civil d = { s->year, s->month, day };

	if (s->year == 0 || s->month == 0)
		return scanned_if(scan_refuse(why,
		    "a day without its month and year"));
	if (s->fiscal && s->month < 4)
		d.year++;
	return scanned_if(scan_day_rest(s, d, out, why));
}

/* 4-6. below 2024/1-3. */
static enum scanned
months_below(struct scan *s, int first, struct reading *out, const char **why)
{
	s->year = s->above->year;
	s->era = s->above->era;
	s->two_eras = true;

	enum scanned months = scan_months_by_number(s, first, out, why);

	if (months != SCAN_READ || follows(s->above, first))
		return months;
	*s->above = (struct period_parts){ 0 };
	return scanned_if(scan_refuse(why,
	    "a month before the one above it and no year"));
}

enum scanned
scan_without_year(struct scan *s, struct reading *out, const char **why)
{
	struct scan try = *s;
	bool above = s->above != NULL && s->above->year != 0;
	int n = 0, digits = 0;

	/* 年1月: the cell of the year was blank */
	if (above && !scan_word(&try, "年度"))
		(void)scan_word(&try, "年");
	if (scan_number(&try, 2, &n, &digits)) {
		bool month = scan_word(&try, "月");

		if (!month && above) {
			enum scanned months = months_below(&try, n, out, why);

			if (months != SCAN_NONE) {
				*s = try;
				return months;
			}
		}
		if (!month && (!scan_word(&try, "日") || try.rest.len > 0))
			return SCAN_NONE;
		*s = try;
		return month ? month_below(s, n, out, why)
			     : day_below(s, n, out, why);
	}
	if (!above)
		return SCAN_NONE;
	try.year = s->above->year;
	try.fiscal = s->above->fiscal;

	enum scanned part = scan_part(&try, out, why);

	if (part != SCAN_NONE)
		*s = try;
	return part;
}
