#include <string.h>

#include "decimal.h"
#include "vocabulary.h"

const char *
word_of(const struct word *words, size_t n, const char *code,
    const char *fallback)
{
	for (size_t i = 0; code != NULL && i < n; i++) {
		if (strcmp(words[i].code, code) == 0)
			return words[i].text;
	}
	return fallback;
}

const char *
joined(const struct letter *letter, const char *before, const char *joint,
    const char *addition)
{
	if (before == NULL || addition == NULL)
		return before == NULL ? addition : before;
	return arena_printf(letter->mem, "%s%s%s", before, joint, addition);
}

const char *
modifier_words(const struct letter *letter, const struct fact_target *t,
    const struct word *words, size_t n, const char *joint)
{
	const char *all = NULL;

	for (size_t i = 0; i < t->n_modifiers; i++)
		all = joined(letter, all, joint,
		    word_of(words, n, t->modifiers[i], t->modifiers[i]));
	return all;
}

bool
wants_less(const struct fact_target *t)
{
	return t->comparator != NULL
	    && (strcmp(t->comparator, "at_most") == 0
		|| strcmp(t->comparator, "less_than_last_year") == 0);
}

/* How exact a target's numbers are. */
static int
places_of(const struct fact_target *t)
{
	int target = decimal_places(t->target_value);
	int actual = decimal_places(t->actual);

	return target > actual ? target : actual;
}

const char *
forecast_shown(const struct letter *letter, const struct fact_target *t,
    const char *number)
{
	return decimal_show(decimal_round(number, places_of(t), letter->mem),
	    letter->mem);
}

bool
plot_worth(const struct fact_target *t)
{
	return t->plot.n_periods > 1;
}

const char *
monthly_rate(const struct letter *letter, const struct fact_target *t)
{
	if (!decimal_valid(t->required_rate) || decimal_zero(t->required_rate)
	    || decimal_negative(t->required_rate))
		return NULL;
	return decimal_show(decimal_cut(t->required_rate, places_of(t),
				!wants_less(t), letter->mem),
	    letter->mem);
}

const char *
pace_shown(const struct letter *letter, const struct fact_target *t)
{
	const char *pace =
	    t->pace_index_whole != NULL ? t->pace_index_whole : t->pace_index;

	return decimal_valid(pace)
	    ? decimal_show(decimal_cut(pace, 2, false, letter->mem),
		letter->mem)
	    : NULL;
}

bool
gap_is_exact(const struct fact_target *t)
{
	return t->gap_whole == NULL && decimal_valid(t->expected)
	    && decimal_valid(t->expected_whole)
	    && !decimal_same(t->expected, t->expected_whole);
}

const char *
web_address(const struct fact_source *source)
{
	return source->url != NULL && strncmp(source->url, "http", 4) == 0
	    ? source->url
	    : NULL;
}

bool
in_per_cent(const struct fact_target *t)
{
	return t->unit != NULL
	    && (strcmp(t->unit, "%") == 0 || strcmp(t->unit, "％") == 0);
}

bool
forecast_told(const struct fact_forecast *f)
{
	return f->method == NULL || strcmp(f->method, "run_rate") != 0
	    || f->error != NULL;
}
