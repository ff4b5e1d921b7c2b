/* The gates of a feed: what the key tables cannot say, and their document. */
#include <string.h>

#include "load.h"

/* Without a dimension, total and parts are indicators. */
static void
total_check(const struct document *d, const char *pointer,
    const struct config *cfg, const struct gate_total *t)
{
	if (t->dimension == NULL && t->indicator != NULL)
		document_problem(d, pointer,
		    "'indicator' without 'dimension'. HINT: total and parts "
		    "are indicators by themselves; leave 'indicator' out, or "
		    "name the dimension whose texts they are");
	if (t->dimension != NULL) {
		indicator_check(d,
		    arena_printf(d->scratch, "%s/indicator", pointer), cfg,
		    t->indicator);
		return;
	}
	indicator_check(d, arena_printf(d->scratch, "%s/total", pointer), cfg,
	    t->total);
	for (size_t i = 0; i < t->n_parts; i++)
		indicator_check(d,
		    arena_printf(d->scratch, "%s/parts/%zu", pointer, i), cfg,
		    t->parts[i]);
}

static void
parts_check(const struct document *d, const char *pointer,
    const struct gate_total *t)
{
	for (size_t i = 0; i < t->n_parts; i++)
		if (t->total != NULL && strcmp(t->parts[i], t->total) == 0)
			document_problem(d,
			    arena_printf(d->scratch, "%s/parts/%zu", pointer,
				i),
			    "'%s' cannot be a part of itself", t->total);
}

void
gates_check(const struct document *d, const struct config *cfg,
    const struct feed *f)
{
	for (size_t i = 0; i < f->gates.n_totals; i++) {
		const char *pointer =
		    arena_printf(d->scratch, "/gates/totals/%zu", i);

		total_check(d, pointer, cfg, &f->gates.totals[i]);
		parts_check(d, pointer, &f->gates.totals[i]);
	}
}

/* A number as it was written; NULL is off. */
static json_t *
number(const char *text)
{
	return text == NULL ? json_false()
			    : json_loads(text, JSON_DECODE_ANY, NULL);
}

static json_t *
total_document(const struct gate_total *t)
{
	json_t *parts = json_array();

	for (size_t i = 0; i < t->n_parts; i++)
		(void)!json_array_append_new(parts, json_string(t->parts[i]));
	return json_pack("{s:s, s:o, s:s?, s:s?, s:o}", "total", t->total,
	    "parts", parts, "dimension", t->dimension, "indicator",
	    t->indicator, "tolerance", number(t->tolerance));
}

json_t *
gates_document(const struct gates *g)
{
	json_t *totals = json_array();

	for (size_t i = 0; i < g->n_totals; i++)
		(void)!json_array_append_new(totals,
		    total_document(&g->totals[i]));
	return json_pack("{s:o, s:b, s:o, s:b, s:o, s:b, s:o, s:b}",
	    "rows_drop", number(g->rows_drop), "all_zero", (int)g->all_zero,
	    "jump", number(g->jump), "unit_slip", (int)g->unit_slip, "totals",
	    totals, "running_total", (int)g->running_total, "ratio_max",
	    number(g->ratio_max), "future", (int)g->future);
}
