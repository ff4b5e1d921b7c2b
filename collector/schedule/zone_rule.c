/*
 * POSIX TZ strings: "JST-9", "EST5EDT,M3.2.0,M11.1.0".
 *
 * Offsets in them count west of UTC, ours count east.
 */
#include "zone_int.h"

#include <string.h>

#define UNIX_DAY    10957 /* 2000-01-01 in days since 1970 */
#define DAY_SECONDS 86400

static bool
take(struct slice *s, char c)
{
	if (s->len == 0 || s->ptr[0] != c)
		return false;
	s->ptr++;
	s->len--;
	return true;
}

static bool
number_take(struct slice *s, int max, int *out)
{
	int v = 0;
	size_t n = 0;

	while (n < s->len && n < 4 && s->ptr[n] >= '0' && s->ptr[n] <= '9')
		v = v * 10 + (s->ptr[n++] - '0');
	if (n == 0 || v > max)
		return false;
	s->ptr += n;
	s->len -= n;
	*out = v;
	return true;
}

/* [+-]h[h[h]][:mm[:ss]] */
static bool
clock_take(struct slice *s, int *out)
{
	int h, m = 0, sec = 0;
	bool minus = take(s, '-');

	if (!minus)
		(void)take(s, '+');
	if (!number_take(s, 167, &h)
	    || (take(s, ':')
		&& (!number_take(s, 59, &m)
		    || (take(s, ':') && !number_take(s, 59, &sec)))))
		return false;
	*out = (h * 3600 + m * 60 + sec) * (minus ? -1 : 1);
	return true;
}

/* Letters, or anything between < and >. */
static bool
name_skip(struct slice *s)
{
	size_t n = 0;

	if (take(s, '<')) {
		while (s->len > 0 && !take(s, '>'))
			take(s, s->ptr[0]);
		return s->len > 0;
	}
	while (n < s->len && strchr("+-,0123456789", s->ptr[n]) == NULL)
		n++;
	s->ptr += n;
	s->len -= n;
	return n >= 3;
}

static bool
rule_day_take(struct slice *s, struct rule_day *out)
{
	struct rule_day d = { .second = 2 * 3600 };
	bool ok;

	if (take(s, 'M')) {
		d.kind = RULE_WEEKDAY;
		ok = number_take(s, 12, &d.month) && take(s, '.')
		    && number_take(s, 5, &d.week) && take(s, '.')
		    && number_take(s, 6, &d.weekday) && d.month > 0
		    && d.week > 0;
	} else if (take(s, 'J')) {
		d.kind = RULE_JULIAN;
		ok = number_take(s, 365, &d.n) && d.n > 0;
	} else {
		d.kind = RULE_DAY;
		ok = number_take(s, 365, &d.n);
	}
	if (!ok || (take(s, '/') && !clock_take(s, &d.second)))
		return false;
	*out = d;
	return true;
}

bool
zone_rule_parse(struct slice text, struct zone_rule *out)
{
	struct zone_rule r = { 0 };
	int west;

	if (!name_skip(&text) || !clock_take(&text, &west))
		return false;
	r.std = -west;
	if (text.len > 0) {
		r.has_dst = true;
		r.dst = r.std + 3600;
		if (!name_skip(&text))
			return false;
		if (text.len > 0 && text.ptr[0] != ',') {
			if (!clock_take(&text, &west))
				return false;
			r.dst = -west;
		}
		if (!take(&text, ',') || !rule_day_take(&text, &r.start)
		    || !take(&text, ',') || !rule_day_take(&text, &r.end))
			return false;
	}
	if (text.len > 0)
		return false;
	*out = r;
	return true;
}

static int32_t
day_of(int year, int month, int day)
{
	int32_t out = 0;

	return civil_to_day((struct civil){ year, month, day }, &out) ? out
	    : year > 5000                                             ? DAY_MAX
								      : DAY_MIN;
}

static int32_t
rule_date(const struct rule_day *d, int year)
{
	int32_t first = day_of(year, 1, 1);
	int length, day;

	if (d->kind == RULE_DAY)
		return first + d->n;
	if (d->kind == RULE_JULIAN)
		return first + d->n - 1
		    + (d->n > 59 && civil_month_length(year, 2) == 29);
	first = day_of(year, d->month, 1);
	length = civil_month_length(year, d->month);
	day = 1 + (d->weekday + 7 - civil_weekday(first) % 7) % 7
	    + 7 * (d->week - 1);
	while (day > length)
		day -= 7;
	return first + day - 1;
}

/* offset: what the clocks show until then. */
static int64_t
rule_instant(const struct rule_day *d, int year, int offset)
{
	return ((int64_t)rule_date(d, year) + UNIX_DAY) * DAY_SECONDS
	    + d->second - offset;
}

static int
year_of(int64_t at)
{
	int64_t day = at / DAY_SECONDS - UNIX_DAY;

	if (day < DAY_MIN + 800)
		day = DAY_MIN + 800; /* a year to either side exists */
	if (day > DAY_MAX - 800)
		day = DAY_MAX - 800;
	return civil_from_day((int32_t)day).year;
}

/* Narrows span around `at` by one change of the clocks. */
static void
span_meet(struct zone_span *span, int64_t at, int64_t change, int offset)
{
	if (change <= at && change >= span->from) {
		span->from = change;
		span->offset = offset;
	} else if (change > at && change < span->until) {
		span->until = change;
	}
}

struct zone_span
zone_rule_span(const struct zone_rule *r, int64_t at)
{
	struct zone_span span = { INT64_MIN, INT64_MAX, r->std };
	int year = year_of(at);

	if (!r->has_dst)
		return span;
	for (int y = year - 1; y <= year + 1; y++) {
		span_meet(&span, at, rule_instant(&r->start, y, r->std),
		    r->dst);
		span_meet(&span, at, rule_instant(&r->end, y, r->dst), r->std);
	}
	return span;
}
