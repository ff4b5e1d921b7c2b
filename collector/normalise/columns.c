/* The columns that a contract names, each once. */
#include "kpid/normalise.h"

#include <string.h>

static void
add(const char **list, size_t *n, const char *name)
{
	if (name == NULL)
		return;
	for (size_t i = 0; i < *n; i++)
		if (strcmp(list[i], name) == 0)
			return;
	list[(*n)++] = name;
}

const char *const *
contract_columns(const struct contract *c, struct arena *mem, size_t *n)
{
	const struct source *const sources[] = { &c->period, &c->organization,
		&c->indicator, &c->status };
	const char **list = arena_array(mem,
	    ARRAY_LEN(sources) + c->n_dims + c->n_values, sizeof(*list));
	size_t count = 0;

	for (size_t i = 0; i < ARRAY_LEN(sources); i++)
		add(list, &count, sources[i]->column);
	for (size_t i = 0; i < c->n_dims; i++)
		add(list, &count, c->dims[i].from);
	for (size_t i = 0; i < c->n_values; i++)
		add(list, &count, c->values[i].column);
	*n = count;
	return list;
}
