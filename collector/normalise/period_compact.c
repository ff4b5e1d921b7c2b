/* Periods written as digits alone, and the words and numbers of others. */
#include "period_grammar.h"

#include <string.h>

#include "numeral.h"

static int
digits_value(struct slice text, size_t at, size_t len)
{
	int value = 0;

	for (size_t i = at; i < at + len; i++)
		value = value * 10 + (text.ptr[i] - '0');
	return value;
}

static bool
refuse(const char **why, const char *text)
{
	*why = text;
	return false;
}

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
		return refuse(why,
		    "ten digits that are no time code of "
		    "e-Stat");
	out->period = period_between(first.first, last.last);
	return true;
}

bool
compact_period(struct slice t, struct reading *out, const char **why)
{
	struct civil d = { 0, 1, 1 };
	enum span_kind kind = SPAN_YEAR;

	if (t.len == 10)
		return estat_period(t, out, why);
	if (t.len == 5)
		return refuse(why,
		    "five digits: a spreadsheet's day number? "
		    "The date must be exported as a date");
	if (t.len != 4 && t.len != 6 && t.len != 8)
		return refuse(why, "digits that are no year, month or day");
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
		return refuse(why, "no such date");
	out->bare = t.len == 4;
	return true;
}

bool
scan_word(struct scan *s, const char *word)
{
	size_t len = strlen(word);

	if (s->rest.len < len || memcmp(s->rest.ptr, word, len) != 0)
		return false;
	s->rest.ptr += len;
	s->rest.len -= len;
	return true;
}

/* 十, 二十, 二十九, 三十一: the tens of dates. */
static void
add_ten(struct scan *s, int *value, int *digits)
{
	size_t len = 0;

	if (!scan_word(s, "十"))
		return;
	*value = (*digits == 0 ? 1 : *value) * 10;
	int ones = numeral_digit(s->rest.ptr, s->rest.ptr + s->rest.len, &len);

	if (ones >= 0 && len == 3) {
		*value += ones;
		s->rest.ptr += len;
		s->rest.len -= len;
	}
	*digits = 2;
}

bool
scan_number(struct scan *s, int max, int *out, int *digits)
{
	int value = 0, n = 0, d;
	size_t len = 0, script = 0;

	while (n < max
	    && (d = numeral_digit(s->rest.ptr, s->rest.ptr + s->rest.len, &len))
		>= 0
	    && (script == 0 || len == script)) {
		value = value * 10 + d;
		script = len;
		n++;
		s->rest.ptr += len;
		s->rest.len -= len;
	}
	if (max > 1 && n <= 1 && script != 1)
		add_ten(s, &value, &n);
	if (n == 0)
		return false;
	*out = value;
	*digits = n;
	return true;
}
