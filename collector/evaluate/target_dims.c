/* Targets whose indicator comes by dimensions alone. */
#include <string.h>

#include "target_rules.h"

/* What the feeds give of an indicator. */
struct given {
	bool whole;       /* a series without dimensions, or perhaps one */
	const char *dim;  /* the first dimension of another; NULL: none */
	const char *feed; /* whose it is */
};

/* A mapped label or a constant says so outright. */
static bool
names(const struct contract *c, const char *code)
{
	for (size_t i = 0; i < c->n_indicator_map; i++)
		if (strcmp(c->indicator_map[i].to, code) == 0)
			return true;
	return c->indicator.constant != NULL
	    && strcmp(c->indicator.constant, code) == 0;
}

/* May a label of a row, known when it comes, be this one's name? Not where
 * another feed brought it along. */
static bool
may_name(const struct config *cfg, const struct feed *feed,
    const struct contract *c, const char *code)
{
	const struct indicator *ind = config_indicator(cfg, code);

	if (c->indicator.constant != NULL || c->n_indicator_map > 0)
		return names(c, code);
	for (size_t i = 0; ind != NULL && i < cfg->n_feeds; i++)
		if (ind->file != NULL && cfg->feeds[i].file != NULL
		    && strcmp(cfg->feeds[i].file, ind->file) == 0)
			return &cfg->feeds[i] == feed;
	return true;
}

static void
look_at_contract(const struct config *cfg, const struct feed *feed,
    const struct contract *c, const char *code, struct given *g)
{
	for (size_t i = 0; i < c->n_values; i++) {
		const struct contract_value *v = &c->values[i];
		const bool ours = v->indicator != NULL
		    ? strcmp(v->indicator, code) == 0
		    : may_name(cfg, feed, c, code);

		if (!ours)
			continue;
		if (c->n_dims + v->n_dims == 0) {
			g->whole = true;
		} else if ((v->indicator != NULL || names(c, code))
		    && g->dim == NULL) {
			g->dim =
			    c->n_dims > 0 ? c->dims[0].name : v->dims[0].from;
			g->feed = feed->name;
		}
	}
}

static struct given
given(const struct config *cfg, const char *code)
{
	struct given g = { 0 };

	for (size_t i = 0; i < cfg->n_feeds; i++)
		for (size_t k = 0; k < cfg->feeds[i].n_contracts; k++)
			look_at_contract(cfg, &cfg->feeds[i],
			    &cfg->feeds[i].contracts[k], code, &g);
	return g;
}

/* A total is never made of parts unasked: such a target waits for ever. */
void
target_dims_check(const struct config *cfg, const char *file, const json_t *row,
    struct problems *all)
{
	const char *code = json_string_value(json_object_get(row, "indicator"));
	const char *dims = json_string_value(json_object_get(row, "dims"));

	if (code == NULL || (dims != NULL && *dims != '\0'))
		return;

	const struct given g = given(cfg, code);

	if (g.whole || g.dim == NULL)
		return;
	problem_warn(all, file,
	    (int)json_integer_value(json_object_get(row, "line")),
	    "'%s' comes by dimensions alone (%s, feed '%s'), and this target "
	    "is about the whole. HINT: name the part in column '内訳' "
	    "(%s=..), or read the row of totals without dimensions",
	    code, g.dim, g.feed, g.dim);
}
