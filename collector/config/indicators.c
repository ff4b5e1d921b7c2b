#include <string.h>

#include "load.h"

/* Things that are counted, as against sums of money that may be paid back, and
 * balances that may fall. */
static bool
counts_things(const struct indicator *i)
{
	return i->derived.kind != DERIVED_DIFFERENCE
	    && (i->measure == MEASURE_FLOW || i->measure == MEASURE_FLOW_YTD)
	    && i->decimals == 0 && i->unit != NULL && strcmp(i->unit, "円") != 0
	    && strcmp(i->unit, "千円") != 0;
}

static bool
same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* NULL is like NULL. */
static bool
equal(const char *a, const char *b)
{
	return a == b || same(a, b);
}

static bool
same_derivation(const struct derivation *a, const struct derivation *b)
{
	if (a->kind != b->kind || a->n_inputs != b->n_inputs
	    || a->per != b->per)
		return false;
	for (size_t i = 0; i < a->n_inputs; i++)
		if (!same(a->inputs[i], b->inputs[i]))
			return false;
	return true;
}

static bool
same_definition(const struct indicator *a, const struct indicator *b)
{
	return equal(a->name_ja, b->name_ja) && equal(a->name_en, b->name_en)
	    && equal(a->unit, b->unit) && a->measure == b->measure
	    && a->decimals == b->decimals && equal(a->numerator, b->numerator)
	    && equal(a->denominator, b->denominator)
	    && a->monotone == b->monotone && equal(a->source, b->source)
	    && same_derivation(&a->derived, &b->derived)
	    && equal(a->settles_on, b->settles_on);
}

/* "on line 3", or "in indicators.json on line 3". */
static const char *
place_of(const struct document *d, const struct indicator *it)
{
	return it->file == d->file
	    ? arena_printf(d->scratch, "on line %d", it->line)
	    : arena_printf(d->scratch, "in %s on line %d", it->file, it->line);
}

/* Says how *it clashes with one that is there; false: it is there already,
 * and need not be added. */
MUST_CHECK static bool
compare(const struct document *d, const struct indicator *it,
    const struct indicator *there, const char *pointer)
{
	bool here = it->file == there->file;

	if (!same(it->code, there->code)) {
		if (same(it->name_ja, there->name_ja))
			document_problem(d, pointer,
			    "the name '%s' belongs to '%s' %s already",
			    it->name_ja, there->code, place_of(d, there));
		return true;
	}
	if (here)
		document_problem(d, pointer, "indicator '%s' stands %s already",
		    it->code, place_of(d, there));
	else if (!same_definition(it, there))
		document_problem(d, pointer,
		    "indicator '%s' is another one %s. HINT: keep one of the "
		    "two, or make them the same",
		    it->code, place_of(d, there));
	return here;
}

static void
check_ratio(const struct document *d, const struct config *cfg,
    const struct indicator *it, const char *pointer)
{
	bool over = it->numerator != NULL, under = it->denominator != NULL;

	if (over != under)
		document_problem(d, pointer, "'%s' without '%s'",
		    over ? "numerator" : "denominator",
		    over ? "denominator" : "numerator");
	if ((over || under) && it->measure != MEASURE_RATIO)
		document_problem(d, pointer,
		    "'numerator' and 'denominator' are for the measure "
		    "'ratio'");
	indicator_check(d, arena_printf(d->scratch, "%s/numerator", pointer),
	    cfg, it->numerator);
	indicator_check(d, arena_printf(d->scratch, "%s/denominator", pointer),
	    cfg, it->denominator);
}

/* What other keys decide: "monotone" has such a default. */
static void
settle(const struct document *d, size_t i, struct indicator *it)
{
	const json_t *array = json_object_get(d->root, "indicators");
	const json_t *object = json_array_get(array, i);

	it->file = d->file;
	derivation_settle(object, it);
	if (json_object_get(object, "monotone") == NULL)
		it->monotone = counts_things(it);
}

void
indicators_reserve(struct config *cfg, size_t more, struct arena *mem)
{
	struct indicator *list =
	    arena_array(mem, cfg->n_indicators + more, sizeof(*list));

	if (cfg->n_indicators > 0)
		memcpy(list, cfg->indicators,
		    cfg->n_indicators * sizeof(*list));
	cfg->indicators = list;
}

void
indicators_add(const struct document *d, const struct indicator_file *f,
    struct config *cfg)
{
	struct indicator *list = (struct indicator *)cfg->indicators;
	size_t n = cfg->n_indicators;

	/* An element that is no object was left out: places no longer match,
	 * but then there is a problem and nothing of this is used. */
	for (size_t i = 0; i < f->n; i++) {
		const char *pointer =
		    pointer_element("/indicators", i, d->scratch);
		bool fresh = true;

		list[n] = f->list[i];
		settle(d, i, &list[n]);
		for (size_t j = 0; j < n; j++)
			fresh &= compare(d, &list[n], &list[j], pointer);
		n += fresh;
	}
	cfg->n_indicators = n;
}

void
indicators_check(const struct document *d, const struct indicator_file *f,
    const struct config *cfg)
{
	for (size_t i = 0; i < f->n; i++) {
		const char *pointer =
		    pointer_element("/indicators", i, d->scratch);
		const struct indicator *it = NULL;

		if (f->list[i].code != NULL)
			it = config_indicator(cfg, f->list[i].code);
		/* Not added, when the file of indicators was not read. */
		if (it == NULL)
			it = &f->list[i];
		check_ratio(d, cfg, it, pointer);
		derivation_check(d, pointer, cfg, it);
	}
}

void
indicators_load(const char *path, const struct reading *by, struct config *cfg)
{
	CLEANUP(arena_release) struct arena scratch = { 0 };
	CLEANUP(document_close) struct document d;
	struct indicator_file f = { 0 };

	if (!document_open(path, by, &scratch, &d))
		return;
	document_read(&d, &indicator_keys, &f);
	indicators_reserve(cfg, f.n, by->mem);
	indicators_add(&d, &f, cfg);
	indicators_check(&d, &f, cfg);
}
