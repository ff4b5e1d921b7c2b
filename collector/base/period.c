#include <stdio.h>
#include <string.h>

#include "digits.h"
#include "kpid/civil.h"

/* Kinds made of whole months: where in the year they may begin, counted in
 * months from `from` in steps of `months`. */
struct month_span {
	enum span_kind kind;
	int from, months;
};

static const struct month_span month_spans[] = {
	{ SPAN_MONTH, 1, 1 },
	{ SPAN_QUARTER, 1, 3 },
	{ SPAN_HALF, 1, 6 },
	{ SPAN_YEAR, 1, 12 },
	{ SPAN_FISCAL_YEAR, 4, 12 },
};

static bool
begins_in(const struct month_span *span, int month)
{
	return (month + 12 - span->from) % 12 % span->months == 0;
}

/* The last day of the month that ends `months` months after first's began. */
MUST_CHECK static bool
month_end(struct civil first, int months, int32_t *out)
{
	int count = first.year * 12 + first.month - 1 + months - 1;
	int year = count / 12, month = count % 12 + 1;

	return civil_to_day((struct civil){ year, month,
				civil_month_length(year, month) },
	    out);
}

MUST_CHECK static bool
make_days(enum span_kind kind, struct civil first, struct period *out)
{
	int length = kind == SPAN_WEEK ? 7 : 1;
	int32_t day;

	if (!civil_to_day(first, &day))
		return false;
	if ((kind == SPAN_WEEK && civil_weekday(day) != 1)
	    || day + length - 1 > DAY_MAX)
		return false;
	*out = (struct period){
		.kind = kind, .first = day, .last = day + length - 1
	};
	return true;
}

bool
period_make(enum span_kind kind, struct civil first, struct period *out)
{
	int32_t begin, end;

	if (kind == SPAN_DAY || kind == SPAN_WEEK)
		return make_days(kind, first, out);
	for (size_t i = 0; i < ARRAY_LEN(month_spans); i++) {
		const struct month_span *span = &month_spans[i];

		if (span->kind != kind)
			continue;
		if (first.day != 1 || !civil_to_day(first, &begin)
		    || !begins_in(span, first.month)
		    || !month_end(first, span->months, &end))
			return false;
		*out = (struct period){
			.kind = kind, .first = begin, .last = end
		};
		return true;
	}
	return false;
}

static struct period
months_between(struct civil from, struct civil to, int32_t first, int32_t last)
{
	int months = (to.year - from.year) * 12 + to.month - from.month + 1;

	for (size_t i = 0; i < ARRAY_LEN(month_spans); i++) {
		if (month_spans[i].months == months
		    && begins_in(&month_spans[i], from.month))
			return (struct period){ .kind = month_spans[i].kind,
				.first = first,
				.last = last };
	}
	return (struct period){ SPAN_MONTHS, first, last, months };
}

struct period
period_between(int32_t first, int32_t last)
{
	struct civil from = civil_from_day(first), to = civil_from_day(last);
	int days = last - first + 1;

	if (days == 1)
		return (struct period){
			.kind = SPAN_DAY, .first = first, .last = last
		};
	if (days == 7 && civil_weekday(first) == 1)
		return (struct period){
			.kind = SPAN_WEEK, .first = first, .last = last
		};
	if (from.day == 1 && to.day == civil_month_length(to.year, to.month))
		return months_between(from, to, first, last);
	return (struct period){ SPAN_DAYS, first, last, days };
}

size_t
span_text(struct period p, char out[SPAN_TEXT_MAX])
{
	static const char *const names[] = { [SPAN_DAY] = "D",
		[SPAN_WEEK] = "W",
		[SPAN_MONTH] = "M",
		[SPAN_QUARTER] = "Q",
		[SPAN_HALF] = "S",
		[SPAN_YEAR] = "A",
		[SPAN_FISCAL_YEAR] = "FY" };
	int len;

	if (p.kind == SPAN_MONTHS || p.kind == SPAN_DAYS)
		len = snprintf(out, SPAN_TEXT_MAX, "P%d%c", p.n,
		    p.kind == SPAN_MONTHS ? 'M' : 'D');
	else
		len = snprintf(out, SPAN_TEXT_MAX, "%s", names[p.kind]);
	return (size_t)len;
}

/* ISO 8601: a week belongs to the year of its Thursday. */
static int
week_text(int32_t monday, char out[PERIOD_TEXT_MAX])
{
	int year = civil_from_day(monday + 3).year;
	int32_t new_year = DAY_MIN;

	if (!civil_to_day((struct civil){ year, 1, 1 }, &new_year))
		fatal("week of day %d is outside the calendar", (int)monday);
	return snprintf(out, PERIOD_TEXT_MAX, "%04d-W%02d", year,
	    (monday + 3 - new_year) / 7 + 1);
}

static int
stretch_text(struct period p, char out[PERIOD_TEXT_MAX])
{
	struct civil a = civil_from_day(p.first), b = civil_from_day(p.last);

	return snprintf(out, PERIOD_TEXT_MAX, "%04d-%02d-%02d/%04d-%02d-%02d",
	    a.year, a.month, a.day, b.year, b.month, b.day);
}

size_t
period_text(struct period p, char out[PERIOD_TEXT_MAX])
{
	const size_t max = PERIOD_TEXT_MAX;
	struct civil d = civil_from_day(p.first);
	int len = 0;

	switch (p.kind) {
	case SPAN_DAY:
		len = snprintf(out, max, "%04d-%02d-%02d", d.year, d.month,
		    d.day);
		break;
	case SPAN_WEEK:
		len = week_text(p.first, out);
		break;
	case SPAN_MONTH:
		len = snprintf(out, max, "%04d-%02d", d.year, d.month);
		break;
	case SPAN_QUARTER:
		len = snprintf(out, max, "%04d-Q%d", d.year, d.month / 3 + 1);
		break;
	case SPAN_HALF:
		len = snprintf(out, max, "%04d-S%d", d.year, d.month / 6 + 1);
		break;
	case SPAN_YEAR:
		len = snprintf(out, max, "%04d", d.year);
		break;
	case SPAN_FISCAL_YEAR:
		len = snprintf(out, max, "FY%04d", d.year);
		break;
	case SPAN_MONTHS:
	case SPAN_DAYS:
		len = stretch_text(p, out);
		break;
	}
	return (size_t)len;
}

/* The Monday of week 1 is the one of the week that holds 4 January. */
MUST_CHECK static bool
parse_week(struct slice s, int year, struct period *out)
{
	int32_t fourth;
	int week;

	if (!take_char(&s, 'W') || !take_digits(&s, 2, &week) || week < 1
	    || !civil_to_day((struct civil){ year, 1, 4 }, &fourth))
		return false;
	return period_make(SPAN_WEEK,
	    civil_from_day(fourth - (civil_weekday(fourth) - 1)
		+ 7 * (week - 1)),
	    out);
}

/* What follows "YYYY-": a day, month, week, quarter, half or a stretch. */
MUST_CHECK static bool
parse_in_year(struct slice text, struct slice s, int year, struct period *out)
{
	int a[3], b[3], n;
	int32_t first, last;

	if (s.len > 0 && s.ptr[0] == 'W')
		return parse_week(s, year, out);
	if (take_char(&s, 'Q'))
		return take_digits(&s, 1, &n)
		    && period_make(SPAN_QUARTER,
			(struct civil){ year, 3 * n - 2, 1 }, out);
	if (take_char(&s, 'S'))
		return take_digits(&s, 1, &n)
		    && period_make(SPAN_HALF,
			(struct civil){ year, 6 * n - 5, 1 }, out);
	if (!take_date(&text, a))
		return take_digits(&s, 2, &n)
		    && period_make(SPAN_MONTH, (struct civil){ year, n, 1 },
			out);
	if (!take_char(&text, '/'))
		return period_make(SPAN_DAY, (struct civil){ a[0], a[1], a[2] },
		    out);
	if (!take_date(&text, b)
	    || !civil_to_day((struct civil){ a[0], a[1], a[2] }, &first)
	    || !civil_to_day((struct civil){ b[0], b[1], b[2] }, &last)
	    || last < first)
		return false;
	*out = period_between(first, last);
	return true;
}

/* Reads generously; period_parse holds the result against the input. */
MUST_CHECK static bool
parse_any(struct slice text, struct period *out)
{
	struct slice s = text;
	bool fiscal;
	int year;

	fiscal = take_char(&s, 'F') && take_char(&s, 'Y');
	if (!take_digits(&s, 4, &year))
		return false;
	if (fiscal)
		return period_make(SPAN_FISCAL_YEAR,
		    (struct civil){ year, 4, 1 }, out);
	if (!take_char(&s, '-'))
		return period_make(SPAN_YEAR, (struct civil){ year, 1, 1 },
		    out);
	return parse_in_year(text, s, year, out);
}

bool
period_parse(struct slice text, struct period *out)
{
	char canonical[PERIOD_TEXT_MAX];
	struct period p;

	if (!parse_any(text, &p))
		return false;
	if (!slice_eq(text,
		(struct slice){ canonical, period_text(p, canonical) }))
		return false;
	*out = p;
	return true;
}

const char *
period_frequency(struct period p)
{
	static const char *const codes[] = { [SPAN_DAY] = "D",
		[SPAN_WEEK] = "W",
		[SPAN_MONTH] = "M",
		[SPAN_QUARTER] = "Q",
		[SPAN_HALF] = "S",
		[SPAN_YEAR] = "A",
		[SPAN_FISCAL_YEAR] = "FY" };

	if (p.kind != SPAN_MONTHS && p.kind != SPAN_DAYS)
		return codes[p.kind];
	if (p.kind == SPAN_MONTHS && p.n == 6)
		return "S";
	if (p.kind == SPAN_MONTHS && p.n == 3)
		return "Q";
	return p.kind == SPAN_MONTHS && p.n == 1 ? "M" : "A";
}
