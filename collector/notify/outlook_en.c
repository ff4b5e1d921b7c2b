/* Forecast and plot of a target, in English. */
#include <string.h>

#include "decimal.h"
#include "english.h"
#include "vocabulary.h"

/* How the figure came about, as the end of the sentence. */
static const struct word methods[] = {
	{ "seasonal", "; estimated from how past years went" },
	{ "last_year", "; estimated from how last year went" },
	{ "run_rate", "; estimated as if it went on as so far" },
	{ "declared", "; estimated from the shares declared for the months" },
	{ "kindred",
	    "; there are no past years of this: estimated from how the months "
	    "of other indicators go" },
	{ "damped_trend", "; estimated as if the recent change slowly faded" },
	{ "no_change", "; estimated as if it stayed as it is" },
	{ "trend", "; estimated as if the recent change went on" },
};

static const char *
outlook(const struct letter *letter, const struct fact_target *t,
    const char *number)
{
	return en_quantity(letter, t, forecast_shown(letter, t, number));
}

/* "; the chance of reaching the target is about 11%" */
static const char *
chance(const struct letter *letter, const struct fact_target *t)
{
	const char *share =
	    decimal_per_cent(t->forecast.probability, letter->mem);

	if (share == NULL)
		return "";
	if (strcmp(share, "0") == 0 || strcmp(share, "1") == 0)
		return "; the chance of reaching the target is 1% at most";
	if (strcmp(share, "99") == 0 || strcmp(share, "100") == 0)
		return "; the chance of reaching the target is 99% at least";
	return arena_printf(letter->mem,
	    "; the chance of reaching the target is about %s%%", share);
}

const char *
en_forecast(const struct letter *letter, const struct fact_target *t)
{
	const struct fact_forecast *f = &t->forecast;
	const char *value = outlook(letter, t, f->value);
	const char *range = "";

	if (value == NULL)
		return NULL;
	if (f->method != NULL && strcmp(f->method, "plan") == 0)
		return arena_printf(letter->mem,
		    "%s on the due date if all that is planned is done", value);
	if (!forecast_told(f))
		return arena_printf(letter->mem,
		    "no figure without past years%s", chance(letter, t));
	if (f->low != NULL && f->high != NULL)
		range = arena_printf(letter->mem,
		    " (%s to %s in four cases of five)",
		    forecast_shown(letter, t, f->low),
		    forecast_shown(letter, t, f->high));
	return arena_printf(letter->mem, "about %s on the due date%s%s%s",
	    value, range, chance(letter, t),
	    word_of(methods, ARRAY_LEN(methods), f->method, ""));
}

const char *
en_plot_caption(const struct letter *letter, const struct fact_target *t)
{
	const char *notes = t->plot.cumulative != NULL ? "running total" : NULL;

	if (t->unit != NULL)
		notes = joined(letter, notes, ", ",
		    arena_printf(letter->mem, "in %s", t->unit));
	if (t->plot.from != NULL)
		notes = joined(letter, notes, ", ",
		    arena_printf(letter->mem, "bars begin at %s",
			decimal_show(t->plot.from, letter->mem)));
	return notes == NULL
	    ? "The last periods"
	    : arena_printf(letter->mem, "The last periods (%s)", notes);
}

const char *
en_plot_label(const struct fact_period *p)
{
	return p->period;
}
