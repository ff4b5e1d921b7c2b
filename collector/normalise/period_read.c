/* Period cells as the contract wants them: a reading made a day, a month, .. */
#include "kpid/normalise.h"

#include "period_scan.h"

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

/* The period of this kind that holds the day on which p begins. */
static bool
holder(enum span_kind kind, struct period p, struct period *out)
{
	struct civil d = civil_from_day(p.first);

	d.day = 1;
	switch (kind) {
	case SPAN_QUARTER:
		d.month -= (d.month - 1) % 3;
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
 * two rows fall into one period.
 */
static bool
widen(enum span_kind kind, const struct reading *r, struct period *out,
    const char **why)
{
	struct period p = r->period, whole = { 0 };

	if (kind == SPAN_FISCAL_YEAR && p.kind == SPAN_YEAR)
		return period_make(kind,
			   (struct civil){ civil_from_day(p.first).year, 4, 1 },
			   out)
		    ? true
		    : refuse(why, "no such date");
	if (!holder(kind, p, &whole))
		return refuse(why, "no such date");
	if (p.last > whole.last)
		return refuse(why,
		    p.kind == SPAN_FISCAL_YEAR
			? "a fiscal year where the contract wants another period"
			: "longer than the period that the contract wants");
	if (p.first != whole.first && p.last != whole.last)
		return refuse(why,
		    "a part from the middle of the period "
		    "that the contract wants");
	*out = whole;
	return true;
}

static bool
half(const struct reading *r, struct period *out, const char **why)
{
	struct civil a = civil_from_day(r->period.first);
	struct civil b = civil_from_day(r->period.last);

	if (a.day != 1 || b.day != civil_month_length(b.year, b.month)
	    || (b.year - a.year) * 12 + b.month - a.month != 5)
		return refuse(why, "no half-year, which the contract wants");
	*out = r->period;
	return true;
}

static bool
convert(const struct reading *r, enum period_as as, struct period *out,
    const char **why)
{
	switch (as) {
	case PERIOD_AS_DAY:
		return day_of(r->period.last, out, why);
	case PERIOD_AS_MONTH:
		return widen(SPAN_MONTH, r, out, why);
	case PERIOD_AS_QUARTER:
		return widen(SPAN_QUARTER, r, out, why);
	case PERIOD_AS_HALF:
		return half(r, out, why);
	case PERIOD_AS_YEAR:
		return widen(SPAN_YEAR, r, out, why);
	case PERIOD_AS_FISCAL_YEAR:
		return widen(SPAN_FISCAL_YEAR, r, out, why);
	case PERIOD_AS_AUTO:
	default:
		break;
	}
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
period_read(struct slice cell, enum period_as as, const char *era,
    struct period *out, const char **why)
{
	struct reading r = { 0 };
	struct period p = { 0 };
	const struct era *bare = era == NULL ? NULL : era_named(era);

	if (era != NULL && bare == NULL)
		return refuse(why, "an era in the contract that is none");
	if (!period_scan(cell, bare, &r, why) || !convert(&r, as, &p, why))
		return false;
	*out = p;
	return true;
}
