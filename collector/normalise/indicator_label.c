/* Which indicator a row's label names. */
#include <string.h>

#include "normaliser.h"

/* Adds a name; one that another indicator has already names neither. */
static void
add_name(struct label_name *names, size_t *n, const char *key, const char *code)
{
	for (size_t i = 0; i < *n; i++) {
		if (strcmp(names[i].key, key) != 0)
			continue;
		if (names[i].code != NULL && strcmp(names[i].code, code) != 0)
			names[i].code = NULL;
		return;
	}
	names[(*n)++] = (struct label_name){ key, code };
}

static const char *
code_of(const struct config *cfg, const char *code)
{
	for (size_t i = 0; i < cfg->n_indicators; i++)
		if (strcmp(cfg->indicators[i].code, code) == 0)
			return cfg->indicators[i].code;
	return code;
}

/* The contract's own words win over the names of indicators.json. */
void
indicator_names(struct normaliser *n)
{
	const struct contract *c = n->contract;
	const struct config *cfg = n->cfg;
	struct label_name *names = arena_array(n->mem,
	    c->n_indicator_map + 2 * cfg->n_indicators + 1, sizeof(*names));
	size_t own = 0, count = 0;

	for (; own < c->n_indicator_map; own++)
		names[own] = (struct label_name){
			label_key(slice_of(c->indicator_map[own].from), n->mem),
			code_of(cfg, c->indicator_map[own].to)
		};
	for (size_t i = 0; i < cfg->n_indicators; i++) {
		const struct indicator *ind = &cfg->indicators[i];

		add_name(names + own, &count,
		    label_key(slice_of(ind->code), n->mem), ind->code);
		if (ind->name_ja != NULL)
			add_name(names + own, &count,
			    label_key(slice_of(ind->name_ja), n->mem),
			    ind->code);
	}
	n->names = names;
	n->n_names = own + count;
}

const char *
indicator_by_label(struct normaliser *n, struct slice label, const char **why)
{
	arena_reset(&n->scratch);
	const char *key = label_key(label, &n->scratch);

	*why = key[0] == '\0' ? "no indicator is named"
			      : "no indicator has this name";
	for (size_t i = 0; i < n->n_names; i++) {
		if (strcmp(n->names[i].key, key) != 0)
			continue;
		*why = "two indicators have this name";
		return n->names[i].code;
	}
	return NULL;
}
