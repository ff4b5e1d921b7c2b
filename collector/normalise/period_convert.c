/* Readings as the contract wants them: a day, a month, a running total, .. */
#include "period_rule.h"

static bool
refuse(const char **why, const char *text)
{
	*why = text;
	return false;
}

static bool
day_of(int32_t day, struct period *out, const char **why)
{
	return period_make(SPAN_DAY, civil_from_day(day), out)
	    ? true
	    : refuse(why, "no such date");
}

/* The period of this kind that holds the day. */
static bool
holder(enum span_kind kind, int32_t day, struct period *out)
{
	struct civil d = civil_from_day(day);

	d.day = 1;
	switch (kind) {
	case SPAN_QUARTER:
		d.month -= (d.month - 1) % 3;
		break;
	case SPAN_HALF:
		d.month -= (d.month - 1) % 6;
		break;
	case SPAN_YEAR:
		d.month = 1;
		break;
	case SPAN_FISCAL_YEAR:
		d.year -= d.month < 4;
		d.month = 4;
		break;
	default:
		break;
	}
	return period_make(kind, d, out);
}

/*
 * A shorter cell stands for the whole when it is its first or last part, as
 * 2024-04-01 for the month and 3月末 for the fiscal year; any other would let
 * two rows fall into one period, which only rows that are counted may.
 */
static bool
widen(enum span_kind kind, const struct reading *r, bool bucket,
    struct period *out, const char **why)
{
	struct period p = r->period, whole = { 0 };

	if (kind == SPAN_FISCAL_YEAR && p.kind == SPAN_YEAR)
		return period_make(kind,
			   (struct civil){ civil_from_day(p.first).year, 4, 1 },
			   out)
		    ? true
		    : refuse(why, "no such date");
	if (!holder(kind, p.first, &whole))
		return refuse(why, "no such date");
	if (p.last > whole.last)
		return refuse(why,
		    p.kind == SPAN_FISCAL_YEAR
			? "a fiscal year where the contract wants another period"
			: "longer than the period that the contract wants");
	if (!bucket && p.first != whole.first && p.last != whole.last)
		return refuse(why,
		    "a part from the middle of the period "
		    "that the contract wants");
	*out = whole;
	return true;
}

static bool
half(const struct reading *r, bool bucket, struct period *out, const char **why)
{
	struct civil a = civil_from_day(r->period.first);
	struct civil b = civil_from_day(r->period.last);

	if (bucket)
		return widen(SPAN_HALF, r, bucket, out, why);
	if (a.day != 1 || b.day != civil_month_length(b.year, b.month)
	    || (b.year - a.year) * 12 + b.month - a.month != 5)
		return refuse(why, "no half-year, which the contract wants");
	*out = r->period;
	return true;
}

/* A total since the first of the year's first month: the month in which it
 * ends. 4月~9月 says where it begins, 9月 and 9月末 do not. */
static bool
running_total(enum span_kind year, const struct reading *r, struct period *out,
    const char **why)
{
	struct period month = { 0 }, whole = { 0 };
	bool within = holder(SPAN_MONTH, r->period.last, &month)
	    && r->period.first >= month.first;

	if (!holder(year, r->period.last, &whole))
		return refuse(why, "no such date");
	if (!within && r->period.first != whole.first)
		return refuse(why,
		    "a stretch that does not begin with the year whose running "
		    "total the contract wants");
	if (r->period.last != month.last)
		return refuse(why,
		    "a day in the middle of a month, which a running total of "
		    "months does not end on");
	*out = month;
	return true;
}

/* An instant: 9月 is its first day, 9月末 says that it is not. */
static bool
first_day(const struct reading *r, struct period *out, const char **why)
{
	return day_of(r->end ? r->period.last : r->period.first, out, why);
}

static bool
by_its_form(const struct reading *r, struct period *out, const char **why)
{
	if (r->end)
		return day_of(r->period.last, out, why);
	if (r->as_of && r->period.kind != SPAN_DAY)
		return refuse(why,
		    "現在 with no day; the contract can say "
		    "that the last day is meant");
	*out = r->period;
	return true;
}

bool
period_convert(const struct reading *r, const struct period_rule *rule,
    struct period *out, const char **why)
{
	if (r->split && rule->as != PERIOD_AS_FISCAL_YEAR)
		return refuse(why,
		    "two years, one behind the other; as fiscal_year they are "
		    "read as one");
	switch (rule->as) {
	case PERIOD_AS_DAY:
		return day_of(r->period.last, out, why);
	case PERIOD_AS_FIRST_DAY:
		return first_day(r, out, why);
	case PERIOD_AS_MONTH:
		return widen(SPAN_MONTH, r, rule->bucket, out, why);
	case PERIOD_AS_QUARTER:
		return widen(SPAN_QUARTER, r, rule->bucket, out, why);
	case PERIOD_AS_HALF:
		return half(r, rule->bucket, out, why);
	case PERIOD_AS_YEAR:
		return widen(SPAN_YEAR, r, rule->bucket, out, why);
	case PERIOD_AS_FISCAL_YEAR:
		return widen(SPAN_FISCAL_YEAR, r, rule->bucket, out, why);
	case PERIOD_AS_YEAR_TO_DATE:
		return running_total(SPAN_YEAR, r, out, why);
	case PERIOD_AS_FISCAL_YEAR_TO_DATE:
		return running_total(SPAN_FISCAL_YEAR, r, out, why);
	case PERIOD_AS_AUTO:
	default:
		return by_its_form(r, out, why);
	}
}
