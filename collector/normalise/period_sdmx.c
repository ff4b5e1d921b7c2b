/* SDMX's TIME_PERIOD, as far as it is more than ISO 8601. */
#include <string.h>

#include "period_grammar.h"

/* n digits of t at `at`; -1 when they are none. */
static int
figures(struct slice t, size_t at, size_t n)
{
	int value = 0;

	if (at + n > t.len)
		return -1;
	for (size_t i = at; i < at + n; i++) {
		if (t.ptr[i] < '0' || t.ptr[i] > '9')
			return -1;
		value = value * 10 + (t.ptr[i] - '0');
	}
	return value;
}

/* `months` from the first of this month on. */
static bool
months_from(int year, int month, int months, struct reading *out,
    const char **why)
{
	const struct scan none = { 0 };

	out->parts = (struct period_parts){ .year = year, .month = month };
	return scan_make_months(&none, (struct civil){ year, month, 1 }, months,
	    out, why);
}

/* Day 32 of the year. */
static bool
day_of_year(int year, int n, struct reading *out, const char **why)
{
	int32_t first = 0;
	int length = 337 + civil_month_length(year, 2);

	if (n < 1 || n > length
	    || !civil_to_day((struct civil){ year, 1, 1 }, &first))
		return scan_refuse(why, "no such date");
	out->period = period_between(first + n - 1, first + n - 1);
	out->parts = (struct period_parts){ .year = year,
		.month = civil_from_day(first + n - 1).month };
	return true;
}

/* Behind the year: A1, S1 or H1, T1, Q1, M01 or D032; its letter and
 * number. */
static enum scanned
reporting_period(int year, char letter, int n, struct reading *out,
    const char **why)
{
	static const struct {
		char letter;
		int of_year, months;
	} spans[] = { { 'A', 1, 12 }, { 'S', 2, 6 }, { 'H', 2, 6 },
		{ 'T', 3, 4 }, { 'Q', 4, 3 }, { 'M', 12, 1 } };

	if (letter == 'D')
		return scanned_if(day_of_year(year, n, out, why));
	for (size_t i = 0; i < ARRAY_LEN(spans); i++) {
		if (spans[i].letter != letter)
			continue;
		if (n < 1 || n > spans[i].of_year)
			return scanned_if(scan_refuse(why, "no such date"));
		return scanned_if(months_from(year,
		    (n - 1) * spans[i].months + 1, spans[i].months, out, why));
	}
	return SCAN_NONE;
}

/* P1M, P3M, P1Y, P7D, P1W behind the first day. */
static bool
duration(struct civil first, struct slice t, struct reading *out,
    const char **why)
{
	int n = t.len >= 3 && t.len <= 5 ? figures(t, 1, t.len - 2) : -1;
	char unit = t.len > 0 ? t.ptr[t.len - 1] : '\0';
	int32_t day = 0;

	if (n < 1 || memchr("YMWD", unit, 4) == NULL
	    || !civil_to_day(first, &day))
		return scan_refuse(why, "no such date, or no such duration");
	if (unit == 'D' || unit == 'W') {
		n *= unit == 'W' ? 7 : 1;
		if (day > DAY_MAX - n + 1)
			return scan_refuse(why, "no such date");
		out->period = period_between(day, day + n - 1);
		return true;
	}
	if (first.day != 1)
		return scan_refuse(why,
		    "months that do not begin on the first of one");
	return months_from(first.year, first.month, unit == 'Y' ? 12 * n : n,
	    out, why);
}

/* 2014-04-01/P1M, 2014-04-01T00:00:00/P1M. */
static enum scanned
interval(struct slice text, size_t slash, struct reading *out, const char **why)
{
	static const char midnight[] = "T00:00:00";
	struct slice day = { text.ptr, slash };
	struct civil first = { figures(text, 0, 4), figures(text, 5, 2),
		figures(text, 8, 2) };

	if (slash == 10 + strlen(midnight)
	    && memcmp(text.ptr + 10, midnight, strlen(midnight)) == 0)
		day.len = 10;
	if (day.len != 10 || text.ptr[4] != '-' || text.ptr[7] != '-')
		return SCAN_NONE;
	return scanned_if(duration(first,
	    (struct slice){ text.ptr + slash + 1, text.len - slash - 1 }, out,
	    why));
}

enum scanned
sdmx_period(struct slice text, struct reading *out, const char **why)
{
	const char *slash = memchr(text.ptr, '/', text.len);
	int year = figures(text, 0, 4), n;
	size_t at = 4;

	if (year < 1 || text.len < 6)
		return SCAN_NONE;
	if (slash != NULL && slash + 1 < text.ptr + text.len && slash[1] == 'P')
		return interval(text, (size_t)(slash - text.ptr), out, why);
	at += text.ptr[at] == '-';
	if (text.len < at + 2 || text.len > at + 4)
		return SCAN_NONE;
	n = figures(text, at + 1, text.len - at - 1);
	return n < 0 ? SCAN_NONE
		     : reporting_period(year, text.ptr[at], n, out, why);
}
