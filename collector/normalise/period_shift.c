/* Periods before or behind what stands in the cell. */
#include "period_rule.h"

static bool
refuse(const char **why, const char *text)
{
	*why = text;
	return false;
}

/* The same month so many months on; its day as it is. */
static struct civil
moved(struct civil d, int months)
{
	int count = d.year * 12 + d.month - 1 + months;

	return (struct civil){ count / 12, count % 12 + 1, d.day };
}

/* One day, or the last of a month. */
static bool
shift_day(struct reading *r, struct civil d, int months, const char **why)
{
	struct civil to = moved(d, months);

	if (r->end && to.year >= 1 && to.year <= 9999)
		to.day = civil_month_length(to.year, to.month);
	return period_make(SPAN_DAY, to, &r->period)
	    ? true
	    : refuse(why, "no such date so many months away");
}

bool
period_shift(struct reading *r, int months, const char **why)
{
	int32_t first, last;

	if (months == 0)
		return true;
	struct civil a = civil_from_day(r->period.first);
	struct civil b = civil_from_day(r->period.last);

	if (r->period.kind == SPAN_DAY)
		return shift_day(r, a, months, why);
	if (a.day != 1 || b.day != civil_month_length(b.year, b.month))
		return refuse(why,
		    "no whole months, so that it cannot be moved by some");
	a = moved(a, months);
	b = moved(b, months);
	if (a.year < 1 || b.year > 9999)
		return refuse(why, "no such date so many months away");
	b.day = civil_month_length(b.year, b.month);
	if (!civil_to_day(a, &first) || !civil_to_day(b, &last))
		return refuse(why, "no such date so many months away");
	r->period = period_between(first, last);
	return true;
}

bool
period_opening(struct reading *r, const char **why)
{
	if (r->period.kind != SPAN_DAY)
		return refuse(why, "no day, so that there is none before it");
	return period_make(SPAN_DAY, civil_from_day(r->period.first - 1),
		   &r->period)
	    ? true
	    : refuse(why, "no such date a day before");
}
