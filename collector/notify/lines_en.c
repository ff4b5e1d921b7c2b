/* What a mail in English says about one target, line by line. */
#include <string.h>

#include "calendar.h"
#include "decimal.h"
#include "english.h"
#include "vocabulary.h"

static const struct word modifiers[] = {
	{ "stale", "the latest report has not come yet" },
	{ "provisional", "the value is provisional" },
	{ "break", "the series has a break; compare with care" },
	{ "revised", "earlier values were revised" },
	{ "approximate", "target or baseline is approximate" },
	{ "plan_short", "all that is still planned will not reach the target" },
	{ "awaiting_final", "the final value is awaited" },
	{ "base_revised", "the values compared with were revised" },
	{ "by_total", "judged by the total number of dates" },
	{ "as_reported", "judged as reported" },
};

static const struct word paths[] = {
	{ "linear", "if it grows evenly" },
	{ "seasonal", "by the usual share of the year" },
	{ "plan", "by the plan" },
	{ "last_year", "by last year's value at this time" },
};

static const struct word beginnings[] = {
	{ "at_least", "at least " },
	{ "at_most", "at most " },
	{ "more_than_last_year", "more than last year, " },
	{ "less_than_last_year", "less than last year, " },
};

/* 45 件, 72.7% */
const char *
en_quantity(const struct letter *letter, const struct fact_target *t,
    const char *number)
{
	const char *unit = t->unit == NULL ? "" : t->unit;

	return number == NULL
	    ? NULL
	    : arena_printf(letter->mem, "%s%s%s", number,
		unit[0] == '\0' || unit[0] == '%' ? "" : " ", unit);
}

/* A difference of two such quantities. */
static const char *
difference(const struct letter *letter, const struct fact_target *t,
    const char *number)
{
	return number != NULL && in_per_cent(t)
	    ? arena_printf(letter->mem, "%s points", number)
	    : en_quantity(letter, t, number);
}

static const char *
goal(const struct letter *letter, const struct fact_target *t)
{
	const char *value =
	    en_quantity(letter, t, decimal_show(t->target_value, letter->mem));
	const char *high =
	    en_quantity(letter, t, decimal_show(t->value_high, letter->mem));
	const char *before = en_quantity(letter, t,
	    decimal_show(t->previous_target_value, letter->mem));

	if (value != NULL && high != NULL)
		value = arena_printf(letter->mem, "%s to %s", value, high);
	else if (value != NULL)
		value = arena_printf(letter->mem, "%s%s",
		    word_of(beginnings, ARRAY_LEN(beginnings), t->comparator,
			""),
		    value);
	if (before != NULL)
		value = joined(letter, value, ", ",
		    arena_printf(letter->mem, "formerly %s", before));
	return value;
}

static const char *
due(const struct letter *letter, const struct fact_target *t)
{
	(void)letter;
	return t->due;
}

const char *
en_amount(const struct letter *letter, const struct fact_target *t)
{
	return en_quantity(letter, t, decimal_show(t->actual, letter->mem));
}

static const char *
actual(const struct letter *letter, const struct fact_target *t)
{
	const char *value = en_amount(letter, t);

	return value == NULL ? "not reported yet" : value;
}

static const char *
period(const struct letter *letter, const struct fact_target *t)
{
	(void)letter;
	return t->actual_period;
}

const char *
en_expectation(const struct letter *letter, const struct fact_target *t)
{
	return en_quantity(letter, t,
	    decimal_show_short(t->expected_whole != NULL ? t->expected_whole
							 : t->expected,
		letter->mem));
}

static const char *
expected(const struct letter *letter, const struct fact_target *t)
{
	const char *whole = en_expectation(letter, t);
	const char *exact = en_quantity(letter, t,
	    decimal_show_short(t->expected, letter->mem));

	if (whole != NULL && exact != NULL && strcmp(whole, exact) != 0)
		whole =
		    arena_printf(letter->mem, "%s (exactly %s)", whole, exact);
	return whole == NULL
	    ? NULL
	    : joined(letter, whole, ", ",
		word_of(paths, ARRAY_LEN(paths), t->path, NULL));
}

static const char *
gap(const struct letter *letter, const struct fact_target *t)
{
	const char *number = t->gap_whole != NULL ? t->gap_whole : t->gap;
	const char *size = difference(letter, t,
	    decimal_show_short(decimal_abs(number, letter->mem), letter->mem));
	const char *base = gap_is_exact(t) ? "exactly expected" : "expected";

	if (size == NULL)
		return NULL;
	if (decimal_zero(number))
		return arena_printf(letter->mem, "as %s", base);
	return arena_printf(letter->mem, "%s %s than %s", size,
	    decimal_negative(number) ? "less" : "more", base);
}

static const char *
needed(const struct letter *letter, const struct fact_target *t)
{
	const char *rate = difference(letter, t, monthly_rate(letter, t));

	return rate == NULL
	    ? NULL
	    : arena_printf(letter->mem, "%s%s a month until it is due",
		wants_less(t) ? "at most " : "", rate);
}

static const char *
judged(const struct letter *letter, const struct fact_target *t)
{
	const char *now = joined(letter, en_status_name(t->previous_status),
	    " → ", en_status(letter, t));
	const char *pace = pace_shown(letter, t);

	return now == NULL || pace == NULL
	    ? now
	    : arena_printf(letter->mem,
		"%s (pace index %s; 1.00 is as expected)", now, pace);
}

static const char *
reason(const struct letter *letter, const struct fact_target *t)
{
	(void)letter;
	return t->reason_en;
}

static const char *
notes(const struct letter *letter, const struct fact_target *t)
{
	return modifier_words(letter, t, modifiers, ARRAY_LEN(modifiers), "; ");
}

static const char *
source(const struct letter *letter, const struct fact_target *t)
{
	const struct fact_source *s = &t->source;
	const char *title = s->title != NULL ? s->title : s->feed;
	const char *place = s->line == NULL
	    ? NULL
	    : arena_printf(letter->mem, "line %s", s->line);

	if (title != NULL && s->source != NULL && strcmp(title, s->source) != 0)
		title = arena_printf(letter->mem, "%s (%s)", title, s->source);
	if (place != NULL && s->col != NULL)
		place =
		    arena_printf(letter->mem, "%s column %s", place, s->col);
	title = joined(letter, title, ", ", place);
	return joined(letter, title, ", ", web_address(s));
}

static const char *
published(const struct letter *letter, const struct fact_target *t)
{
	return en_instant(t->source.published_at, letter->zone, letter->mem);
}

static const char *
fetched(const struct letter *letter, const struct fact_target *t)
{
	return en_instant(t->source.fetched_at, letter->zone, letter->mem);
}

static const char *
version(const struct letter *letter, const struct fact_target *t)
{
	const char *event = letter->facts.event == NULL
	    ? NULL
	    : arena_printf(letter->mem, "event %s", letter->facts.event);
	const char *delivery = t->source.delivery == NULL
	    ? NULL
	    : arena_printf(letter->mem, "delivery %s", t->source.delivery);

	if (delivery != NULL && t->source.sha256 != NULL)
		delivery = arena_printf(letter->mem, "%s (SHA-256 %.12s…)",
		    delivery, t->source.sha256);
	return joined(letter, event, ", ", delivery);
}

const struct line_rule en_lines[EN_LINES] = {
	{ "Target", goal, LINE_PLAIN },
	{ "Due", due, LINE_PLAIN },
	{ "Actual", actual, LINE_STRONG },
	{ "As of", period, LINE_PLAIN },
	{ "Expected", expected, LINE_PLAIN },
	{ "Gap", gap, LINE_STRONG },
	{ "Needed", needed, LINE_STRONG },
	{ "Status", judged, LINE_PLAIN },
	{ "Reason", reason, LINE_PLAIN },
	{ "Forecast", en_forecast, LINE_PLAIN },
	{ "Notes", notes, LINE_PLAIN },
	{ "Source", source, LINE_FINE },
	{ "Published", published, LINE_FINE },
	{ "Collected", fetched, LINE_FINE },
	{ "Version", version, LINE_FINE },
};
