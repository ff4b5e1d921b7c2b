/* Which indicator a row's label names. */
#include <string.h>

#include "kpid/label.h"
#include "normaliser.h"

/* Adds a name; one that another indicator has already names neither. */
static void
add_name(struct label_name *names, size_t *n, const char *key,
    const struct indicator *indicator)
{
	for (size_t i = 0; i < *n; i++) {
		if (strcmp(names[i].key, key) != 0)
			continue;
		if (names[i].indicator != indicator)
			names[i].indicator = NULL;
		return;
	}
	names[(*n)++] = (struct label_name){ key, indicator, false };
}

const struct indicator *
indicator_of(struct normaliser *n, const char *code)
{
	const struct indicator *known = config_indicator(n->cfg, code);
	struct indicator *unknown;

	if (known != NULL)
		return known;
	unknown = arena_alloc(n->mem, sizeof(*unknown));
	unknown->code = code;
	return unknown;
}

/* The contract's own words: they win over the names of indicators.json. */
static size_t
own_names(struct normaliser *n, struct label_name *names)
{
	const struct contract *c = n->contract;
	size_t count = 0;

	for (size_t i = 0; i < c->n_indicator_map; i++)
		names[count++] = (struct label_name){
			label_key(slice_of(c->indicator_map[i].from), n->mem),
			indicator_of(n, c->indicator_map[i].to), false
		};
	for (size_t i = 0; i < c->n_indicator_ignore; i++)
		names[count++] = (struct label_name){
			label_key(slice_of(c->indicator_ignore[i]), n->mem),
			NULL, true
		};
	return count;
}

void
indicator_names(struct normaliser *n)
{
	const struct contract *c = n->contract;
	const struct config *cfg = n->cfg;
	struct label_name *names = arena_array(n->mem,
	    c->n_indicator_map + c->n_indicator_ignore + 2 * cfg->n_indicators
		+ 1,
	    sizeof(*names));
	size_t own = own_names(n, names), count = 0;

	for (size_t i = 0; i < cfg->n_indicators; i++) {
		const struct indicator *ind = &cfg->indicators[i];

		add_name(names + own, &count,
		    label_key(slice_of(ind->code), n->mem), ind);
		if (ind->name_ja != NULL)
			add_name(names + own, &count,
			    label_key(slice_of(ind->name_ja), n->mem), ind);
	}
	n->names = names;
	n->n_names = own + count;
}

static bool
is_computed(const struct indicator *it)
{
	return it != NULL && it->derived.kind != DERIVED_NOT;
}

const struct indicator *
indicator_by_label(struct normaliser *n, struct slice label, const char **why,
    bool *ignored)
{
	arena_reset(&n->scratch);
	const char *key = label_key(label, &n->scratch);

	*ignored = false;
	*why = key[0] == '\0' ? "no indicator is named"
			      : "no indicator has this name";
	for (size_t i = 0; i < n->n_names; i++) {
		if (strcmp(n->names[i].key, key) != 0)
			continue;
		*why = "two indicators have this name";
		*ignored = n->names[i].ignored;
		if (!is_computed(n->names[i].indicator))
			return n->names[i].indicator;
		*why = "this indicator is computed from others";
		return NULL;
	}
	return NULL;
}
