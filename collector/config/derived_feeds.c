/* What the feeds bring of inputs: in which periods, by which dimensions. Two
 * that never meet are computed into nothing, and nobody would notice. */
#include <string.h>

#include "kpid/config.h"
#include "load.h"

static bool
same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* Whether the contract names the indicator; with which value, if by one. */
static bool
states(const struct contract *c, const char *code,
    const struct contract_value **value)
{
	bool found = same(c->indicator.constant, code);

	*value = NULL;
	for (size_t i = 0; i < c->n_indicator_map; i++)
		found |= same(c->indicator_map[i].to, code);
	for (size_t i = 0; i < c->n_values; i++) {
		if (!same(c->values[i].indicator, code))
			continue;
		*value = &c->values[i];
		return true;
	}
	return found;
}

/* What a contract says of the series of an indicator. */
struct shape {
	const struct contract *c;
	const struct contract_value *value; /* or NULL */
};

static size_t
n_dims(const struct shape *s)
{
	return s->c->n_dims + (s->value == NULL ? 0 : s->value->n_dims);
}

static const char *
dim_name(const struct shape *s, size_t i)
{
	return i < s->c->n_dims ? s->c->dims[i].name
				: s->value->dims[i - s->c->n_dims].from;
}

static bool
same_dims(const struct shape *a, const struct shape *b)
{
	size_t found = 0;

	for (size_t i = 0; i < n_dims(a); i++)
		for (size_t j = 0; j < n_dims(b); j++)
			found += same(dim_name(a, i), dim_name(b, j));
	return found == n_dims(a) && found == n_dims(b);
}

/* The length of its periods where the contract fixes it, or NULL. */
static const char *
span_of(const struct contract *c)
{
	static const char *const spans[] = {
		[PERIOD_AS_MONTH] = "months",
		[PERIOD_AS_QUARTER] = "quarters",
		[PERIOD_AS_HALF] = "half-years",
		[PERIOD_AS_YEAR] = "years",
		[PERIOD_AS_FISCAL_YEAR] = "fiscal years",
		[PERIOD_AS_YEAR_TO_DATE] = "months",
		[PERIOD_AS_FISCAL_YEAR_TO_DATE] = "months",
	};

	return spans[c->period_as];
}

static bool
meets(const struct shape *a, const struct shape *b)
{
	const char *x = span_of(a->c), *y = span_of(b->c);

	return same_dims(a, b) && (x == NULL || y == NULL || x == y);
}

/* All that feeds say of one indicator. */
struct shapes {
	struct shape *list;
	size_t n;
};

static struct shapes
shapes_of(const struct config *cfg, const char *code, struct arena *mem)
{
	struct shapes all = { 0 };
	size_t max = 0;

	for (size_t f = 0; f < cfg->n_feeds; f++)
		max += cfg->feeds[f].n_contracts;
	all.list = arena_array(mem, max, sizeof(*all.list));
	for (size_t f = 0; f < cfg->n_feeds; f++)
		for (size_t i = 0; i < cfg->feeds[f].n_contracts; i++) {
			struct shape s = { &cfg->feeds[f].contracts[i], NULL };

			if (states(s.c, code, &s.value))
				all.list[all.n++] = s;
		}
	return all;
}

/* "by sex, in months" */
static const char *
in_words(const struct shape *s, struct arena *mem)
{
	const char *span = span_of(s->c);
	const char *text = n_dims(s) == 0 ? "without dimensions" : "by ";

	for (size_t i = 0; i < n_dims(s); i++)
		text = arena_printf(mem, "%s%s%s", text, i == 0 ? "" : " and ",
		    dim_name(s, i));
	return span == NULL ? text : arena_printf(mem, "%s, in %s", text, span);
}

/* Computed inputs and those of feeds that name them in their rows are not
 * looked at: nothing is known of them. */
static void
check_pair(const struct config *cfg, const struct indicator *it, size_t other,
    struct problems *all)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct derivation *how = &it->derived;
	struct shapes a = shapes_of(cfg, how->inputs[0], &mem);
	struct shapes b = shapes_of(cfg, how->inputs[other], &mem);

	for (size_t i = 0; i < a.n; i++)
		for (size_t j = 0; j < b.n; j++)
			if (meets(&a.list[i], &b.list[j]))
				return;
	if (a.n > 0 && b.n > 0)
		problem_add(all, it->file, how->line,
		    "'%s' comes %s, '%s' %s: '%s' would have no values. "
		    "HINT: both must have the same dimensions and periods; "
		    "for a yearly population there is 'per_population'",
		    how->inputs[0], in_words(&a.list[0], &mem),
		    how->inputs[other], in_words(&b.list[0], &mem), it->code);
}

static void
check_months(const struct config *cfg, const struct indicator *it,
    struct problems *all)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct derivation *how = &it->derived;
	struct shapes a = shapes_of(cfg, how->of, &mem);

	for (size_t i = 0; i < a.n; i++) {
		const char *span = span_of(a.list[i].c);

		if (span == NULL || strcmp(span, "months") == 0)
			return;
	}
	if (a.n > 0)
		problem_add(all, it->file, how->line,
		    "'%s' comes %s: '%s' is computed from months", how->of,
		    in_words(&a.list[0], &mem), it->code);
}

void
derivations_check_feeds(const struct config *cfg, struct problems *all)
{
	for (size_t i = 0; i < cfg->n_indicators; i++) {
		const struct indicator *it = &cfg->indicators[i];
		const struct derivation *how = &it->derived;

		if (how->of != NULL)
			check_months(cfg, it, all);
		else if (how->kind != DERIVED_NOT
		    && how->kind != DERIVED_PER_POPULATION)
			for (size_t n = 1; n < how->n_inputs; n++)
				check_pair(cfg, it, n, all);
	}
}
