/* Indicators that are computed from others: what the key table cannot say. */
#include <string.h>

#include "kpid/units.h"
#include "load.h"

/* One that is being checked. */
struct derive {
	const struct document *d;
	const char *pointer; /* of its "derived" */
	const struct config *cfg;
	const struct indicator *it;
	const struct derivation *how;
	const char *word; /* the key that says how */
};

static bool
has_two(enum derivation_kind kind)
{
	return kind == DERIVED_RATIO || kind == DERIVED_DIFFERENCE
	    || kind == DERIVED_PER_POPULATION;
}

void
derivation_settle(const json_t *json, struct indicator *it)
{
	const json_t *said = json_object_get(json, "derived");
	struct derivation *how = &it->derived;

	for (int kind = DERIVED_RATIO; kind <= DERIVED_YTD_OF; kind++)
		if (json_object_get(said, derivation_words[kind]) != NULL)
			how->kind = (enum derivation_kind)kind;
	if (how->of != NULL) {
		how->inputs = &how->of;
		how->n_inputs = 1;
	}
	/* What weighs a mean of it is known. */
	if (how->kind == DERIVED_RATIO && how->n_inputs == 2
	    && it->measure == MEASURE_RATIO && it->numerator == NULL
	    && it->denominator == NULL) {
		it->numerator = how->inputs[0];
		it->denominator = how->inputs[1];
	}
}

/* Where input i stands. */
static const char *
input_pointer(const struct derive *v, size_t i)
{
	return v->how->of != NULL
	    ? arena_printf(v->d->scratch, "%s/%s", v->pointer, v->word)
	    : arena_printf(v->d->scratch, "%s/%s/%zu", v->pointer, v->word, i);
}

static void
check_inputs(const struct derive *v)
{
	const struct derivation *how = v->how;

	if (how->of == NULL
	    && (has_two(how->kind) ? how->n_inputs != 2 : how->n_inputs < 2))
		document_problem(v->d, v->pointer,
		    "'%s' needs %s indicators, not %zu", v->word,
		    has_two(how->kind) ? "two" : "two or more", how->n_inputs);
	for (size_t i = 0; i < how->n_inputs; i++) {
		indicator_check(v->d, input_pointer(v, i), v->cfg,
		    how->inputs[i]);
		for (size_t j = 0; j < i; j++)
			if (strcmp(how->inputs[i], how->inputs[j]) == 0)
				document_problem(v->d, input_pointer(v, i),
				    "'%s' stands in '%s' twice", how->inputs[i],
				    v->word);
	}
	if (how->per != 0 && how->kind != DERIVED_PER_POPULATION)
		document_problem(v->d,
		    arena_printf(v->d->scratch, "%s/per", v->pointer),
		    "'per' is for 'per_population'. HINT: a ratio in %% is "
		    "times 100 by itself");
}

/* Does `from` rest on the code? Every step is one indicator deeper, so more
 * steps than there are indicators go in a circle that misses it. */
static bool
rests_on(const struct config *cfg, const struct indicator *from,
    const char *code, size_t steps)
{
	for (size_t i = 0; steps > 0 && i < from->derived.n_inputs; i++) {
		const char *input = from->derived.inputs[i];
		const struct indicator *it = config_indicator(cfg, input);

		if (strcmp(input, code) == 0
		    || (it != NULL && rests_on(cfg, it, code, steps - 1)))
			return true;
	}
	return false;
}

/* Few are computed, and from few. */
#define DEEPEST 8

static void
check_circle(const struct derive *v)
{
	for (size_t i = 0; i < v->how->n_inputs; i++) {
		const struct indicator *input =
		    config_indicator(v->cfg, v->how->inputs[i]);
		const char *code = v->it->code;

		if (input != NULL
		    && (input == v->it
			|| rests_on(v->cfg, input, code, DEEPEST)))
			document_problem(v->d, input_pointer(v, i),
			    "'%s' is computed from '%s', and that from '%s'. "
			    "HINT: one of the two must come from a feed",
			    code, input->code, code);
	}
}

static void
want_measure(const struct derive *v, size_t i, enum measure want)
{
	const struct indicator *input =
	    config_indicator(v->cfg, v->how->inputs[i]);

	if (input != NULL && input->measure != want)
		document_problem(v->d, input_pointer(v, i),
		    "'%s' is a '%s'. HINT: '%s' wants a '%s' here", input->code,
		    measure_words[input->measure], v->word,
		    measure_words[want]);
}

/* The measure of the result, as its own key. */
static void
want_own(const struct derive *v, enum measure want)
{
	if (v->it->measure != want)
		document_problem(v->d, v->pointer,
		    "'%s' has the measure '%s'. HINT: what '%s' computes is a "
		    "'%s'",
		    v->it->code, measure_words[v->it->measure], v->word,
		    measure_words[want]);
}

static void
check_measures(const struct derive *v)
{
	switch (v->how->kind) {
	case DERIVED_RATIO:
		want_own(v, MEASURE_RATIO);
		break;
	case DERIVED_PER_POPULATION:
		want_own(v, MEASURE_RATIO);
		if (v->how->n_inputs == 2)
			want_measure(v, 1, MEASURE_STOCK);
		break;
	case DERIVED_MONTHLY_OF:
		want_own(v, MEASURE_FLOW);
		want_measure(v, 0, MEASURE_FLOW_YTD);
		break;
	case DERIVED_YTD_OF:
		want_own(v, MEASURE_FLOW_YTD);
		want_measure(v, 0, MEASURE_FLOW);
		break;
	case DERIVED_SUM:
	case DERIVED_DIFFERENCE:
		for (size_t i = 0; i < v->how->n_inputs; i++)
			want_measure(v, i, v->it->measure);
		break;
	case DERIVED_NOT:
		break;
	}
}

/* Is `a` in the unit of `b`? Then 10^*power of it are one. */
static bool
one_unit(const char *a, const char *b, int *power)
{
	return unit_factor(slice_of(a), slice_of(b), power);
}

/* What is added up, or taken apart, keeps its unit. */
static void
check_same_unit(const struct derive *v)
{
	for (size_t i = 0; i < v->how->n_inputs; i++) {
		const struct indicator *input =
		    config_indicator(v->cfg, v->how->inputs[i]);
		int power;

		if (input == NULL || input->unit == NULL)
			continue;
		if (!one_unit(input->unit, v->it->unit, &power) || power != 0)
			document_problem(v->d, input_pointer(v, i),
			    "'%s' is in '%s', '%s' in '%s'. HINT: '%s' wants "
			    "one unit",
			    input->code, input->unit, v->it->code, v->it->unit,
			    v->word);
	}
}

/* 人 by 人 is a share; 円 by 人 is not. */
static void
check_ratio_unit(const struct derive *v)
{
	const struct indicator *over, *under;
	int power, part;
	bool share, same;

	if (v->how->n_inputs != 2)
		return;
	over = config_indicator(v->cfg, v->how->inputs[0]);
	under = config_indicator(v->cfg, v->how->inputs[1]);
	if (over == NULL || under == NULL || over->unit == NULL
	    || under->unit == NULL)
		return;
	same = one_unit(over->unit, under->unit, &power);
	share =
	    one_unit(v->it->unit, "%", &part) || strcmp(v->it->unit, "‰") == 0;
	if (same && power != 0)
		document_problem(v->d, input_pointer(v, 1),
		    "'%s' is in '%s', '%s' in '%s'. HINT: declare both in one "
		    "unit",
		    over->code, over->unit, under->code, under->unit);
	else if (same != share)
		document_problem(v->d, v->pointer,
		    "'%s' by '%s' is %s, but '%s' is in '%s'. HINT: %s",
		    over->unit, under->unit, same ? "a share" : "no share",
		    v->it->code, v->it->unit,
		    same ? "its unit is %" : "its unit names both");
}

static void
check_units(const struct derive *v)
{
	if (v->it->unit == NULL)
		return;
	if (v->how->kind == DERIVED_RATIO)
		check_ratio_unit(v);
	else if (v->how->kind != DERIVED_PER_POPULATION)
		check_same_unit(v);
}

void
derivation_check(const struct document *d, const char *pointer,
    const struct config *cfg, const struct indicator *it)
{
	struct derive v = { d, arena_printf(d->scratch, "%s/derived", pointer),
		cfg, it, &it->derived, derivation_words[it->derived.kind] };

	if (it->derived.kind == DERIVED_NOT || it->code == NULL)
		return;
	check_inputs(&v);
	check_circle(&v);
	check_measures(&v);
	check_units(&v);
}

json_t *
derivation_document(const struct derivation *how)
{
	json_t *inputs;

	if (how->kind == DERIVED_NOT)
		return NULL;
	inputs = json_array();
	for (size_t i = 0; i < how->n_inputs; i++)
		if (json_array_append_new(inputs, json_string(how->inputs[i]))
		    != 0)
			fatal("out of memory");
	return how->per == 0
	    ? json_pack("{s:s, s:o}", "kind", derivation_words[how->kind],
		"inputs", inputs)
	    : json_pack("{s:s, s:o, s:i}", "kind", derivation_words[how->kind],
		"inputs", inputs, "per", how->per);
}
