#include <string.h>

#include "load.h"

/* Keys that the other format has: they would be read and never used. */
static void
format_check(const struct document *d, const struct contract *c)
{
	static const struct {
		const char *key;
		enum feed_format format;
	} only[] = {
		{ "csv", FORMAT_CSV },
		{ "header", FORMAT_CSV },
		{ "records", FORMAT_JSON },
	};
	const json_t *json = json_object_get(d->root, "contract");

	for (size_t i = 0; i < ARRAY_LEN(only); i++) {
		if (json_object_get(json, only[i].key) == NULL
		    || c->format == only[i].format)
			continue;
		document_problem(d,
		    arena_printf(d->mem, "/contract/%s", only[i].key),
		    "'%s' is for the format '%s'", only[i].key,
		    only[i].format == FORMAT_CSV ? "csv" : "json");
	}
	if (c->format == FORMAT_CSV && c->delimiter == c->quote)
		document_problem(d, "/contract/csv",
		    "'delimiter' and 'quote' are the same");
}

static bool
is_declared(const struct source *s)
{
	return s->column != NULL || s->constant != NULL;
}

static void
organization_source_check(const struct document *d, const struct config *cfg,
    const struct contract *c)
{
	if (!is_declared(&c->organization) && cfg->organization == NULL)
		document_problem(d, "/contract",
		    "no organization. HINT: "
		    "'organization' here or in the configuration itself says "
		    "whose values these are");
	organization_check(d, "/contract/organization/constant",
	    c->organization.constant);
}

static bool
same(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* It may name one that could not be read: that is a problem already. */
static bool
names_indicator(const struct document *d, size_t i)
{
	const json_t *contract = json_object_get(d->root, "contract");
	const json_t *values = json_object_get(contract, "values");

	return json_object_get(json_array_get(values, i), "indicator") != NULL;
}

static void
check_value(const struct document *d, const struct config *cfg,
    const struct contract *c, size_t i)
{
	const char *pointer = pointer_element("/contract/values", i, d->mem);
	const struct contract_value *value = &c->values[i];

	indicator_check(d, arena_printf(d->mem, "%s/indicator", pointer), cfg,
	    value->indicator);
	if (!names_indicator(d, i) && !is_declared(&c->indicator)
	    && value->column != NULL)
		document_problem(d, pointer,
		    "no indicator for the column "
		    "'%s'. HINT: 'indicator' here, or one in the contract for "
		    "all values",
		    value->column);
	for (size_t j = 0; j < i; j++) {
		if (same(value->column, c->values[j].column)
		    && same(value->indicator, c->values[j].indicator))
			document_problem(d, pointer,
			    "the column '%s' stands "
			    "on line %d already",
			    value->column, c->values[j].line);
	}
}

static void
indicator_source_check(const struct document *d, const struct config *cfg,
    const struct contract *c)
{
	bool used = false;

	if (!is_declared(&c->indicator))
		return;
	for (size_t i = 0; i < c->n_values; i++)
		used = used || c->values[i].indicator == NULL;
	if (!used)
		document_problem(d, "/contract/indicator",
		    "'indicator' is never used: every value names its own");
	indicator_check(d, "/contract/indicator/constant", cfg,
	    c->indicator.constant);
	if (c->indicator.constant != NULL && c->n_indicator_map > 0)
		document_problem(d, "/contract/indicator/map",
		    "'map' is for a column, not for a constant");
	for (size_t i = 0; i < c->n_indicator_map; i++)
		indicator_check(d,
		    pointer_member("/contract/indicator/map",
			slice_of(c->indicator_map[i].from), d->mem),
		    cfg, c->indicator_map[i].to);
}

/* A mark that says both "0" and "no value" says nothing. */
static void
zero_check(const struct document *d, const struct contract *c)
{
	for (size_t i = 0; i < c->n_zero; i++) {
		for (size_t j = 0; j < c->n_missing; j++) {
			if (same(c->zero[i], c->missing[j].from))
				document_problem(d,
				    pointer_element("/contract/zero", i,
					d->mem),
				    "'%s' is "
				    "listed under 'missing' too",
				    c->zero[i]);
		}
	}
}

void
contract_check(const struct document *d, const struct config *cfg,
    struct contract *c)
{
	format_check(d, c);
	organization_source_check(d, cfg, c);
	indicator_source_check(d, cfg, c);
	for (size_t i = 0; i < c->n_values; i++)
		check_value(d, cfg, c, i);
	zero_check(d, c);
}
