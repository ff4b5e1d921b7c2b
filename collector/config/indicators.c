#include <string.h>

#include "load.h"
#include "suggest.h"

const struct indicator *
config_indicator(const struct config *cfg, const char *code)
{
	for (size_t i = 0; i < cfg->n_indicators; i++) {
		const char *known = cfg->indicators[i].code;

		if (known != NULL && strcmp(known, code) == 0)
			return &cfg->indicators[i];
	}
	return NULL;
}

void
indicator_check(const struct document *d, const char *pointer,
    const struct config *cfg, const char *code)
{
	struct suggestion s;

	if (code == NULL || cfg->n_indicators == 0
	    || config_indicator(cfg, code) != NULL)
		return;
	suggestion_begin(&s, code);
	for (size_t i = 0; i < cfg->n_indicators; i++) {
		if (cfg->indicators[i].code != NULL)
			suggestion_offer(&s, cfg->indicators[i].code);
	}
	if (s.best != NULL)
		document_problem(d, pointer,
		    "unknown indicator '%s'. HINT: did you mean '%s'?", code,
		    s.best);
	else
		document_problem(d, pointer,
		    "unknown indicator '%s'. HINT: "
		    "declare it in the file of indicators",
		    code);
}

/* Things that are counted, as against sums of money that may be paid back. */
static bool
counts_things(const struct indicator *i)
{
	return (i->measure == MEASURE_FLOW || i->measure == MEASURE_FLOW_YTD)
	    && i->decimals == 0 && i->unit != NULL && strcmp(i->unit, "円") != 0
	    && strcmp(i->unit, "千円") != 0;
}

static bool
same(const char *a, const char *b)
{
	return a != NULL && b != NULL && strcmp(a, b) == 0;
}

static void
check_unique(const struct document *d, const struct indicator_file *f, size_t i,
    const char *pointer)
{
	const struct indicator *it = &f->list[i], *other;

	for (size_t j = 0; j < i; j++) {
		other = &f->list[j];
		if (same(it->code, other->code))
			document_problem(d, pointer,
			    "indicator '%s' stands on line %d already",
			    it->code, other->line);
		if (same(it->name_ja, other->name_ja))
			document_problem(d, pointer,
			    "the name '%s' belongs to '%s' on line %d already",
			    it->name_ja, other->code, other->line);
	}
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
	indicator_check(d, arena_printf(d->mem, "%s/numerator", pointer), cfg,
	    it->numerator);
	indicator_check(d, arena_printf(d->mem, "%s/denominator", pointer), cfg,
	    it->denominator);
}

/* "monotone" has a default that other keys decide. */
static void
complete(const struct document *d, struct indicator *list, size_t n)
{
	const json_t *array = json_object_get(d->root, "indicators");

	for (size_t i = 0; i < n; i++) {
		const json_t *object = json_array_get(array, i);

		if (json_object_get(object, "monotone") == NULL)
			list[i].monotone = counts_things(&list[i]);
	}
}

void
indicators_load(const char *path, struct arena *mem, struct config *cfg,
    struct problems *all)
{
	CLEANUP(document_close) struct document d;
	struct indicator_file f = { 0 };

	if (!document_open(path, mem, all, &d))
		return;
	document_read(&d, &indicator_keys, &f);
	/* An element that is no object was left out: places no longer match,
	 * but then there is a problem and nothing of this is used. */
	complete(&d, (struct indicator *)f.list, f.n);
	cfg->indicators = f.list;
	cfg->n_indicators = f.n;
	for (size_t i = 0; i < f.n; i++) {
		const char *pointer = pointer_element("/indicators", i, mem);

		check_unique(&d, &f, i, pointer);
		check_ratio(&d, cfg, &f.list[i], pointer);
	}
}
