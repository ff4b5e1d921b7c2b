/* The labels that a header must have. */
#include "wanted.h"

#include <string.h>

#include "names.h"

static bool
source_names(const struct source *s, const char *name, struct arena *mem)
{
	size_t n = 0;
	const char *const *columns = source_columns(s, mem, &n);

	for (size_t i = 0; i < n; i++)
		if (strcmp(columns[i], name) == 0)
			return true;
	return false;
}

static bool
is_name(const char *column, const char *name)
{
	return column != NULL && strcmp(column, name) == 0;
}

static int
line_of_test(const struct row_test *tests, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (is_name(tests[i].column, name))
			return tests[i].line;
	return 0;
}

static int
line_of_rows(const struct row_spec *rows, const char *name)
{
	int line = line_of_test(rows->where, rows->n_where, name);

	if (line == 0)
		line = line_of_test(rows->except, rows->n_except, name);
	if (line == 0)
		line = line_of_test(rows->until, rows->n_until, name);
	return line;
}

/* The line of the contract that names the column. */
static int
line_of(const struct contract *c, const char *name, struct arena *mem)
{
	const struct source *const sources[] = { &c->period, &c->organization,
		&c->indicator, &c->unit, &c->status };

	for (size_t i = 0; i < ARRAY_LEN(sources); i++)
		if (source_names(sources[i], name, mem))
			return sources[i]->line;
	for (size_t i = 0; i < c->n_dims; i++)
		if (source_names(&c->dims[i].source, name, mem))
			return c->dims[i].source.line;
	for (size_t i = 0; i < c->n_values; i++)
		if (is_name(c->values[i].column, name)
		    || is_name(c->values[i].status, name))
			return c->values[i].line;
	const int line = line_of_rows(&c->rows, name);

	return line > 0 ? line : c->line;
}

static void
add(struct wanted *list, size_t *n, const char *name, int line)
{
	/* "#3" says nothing of what the header must read. */
	if (!name_is_number(name))
		list[(*n)++] = (struct wanted){ name, line };
}

const struct wanted *
wanted_of(const struct contract *c, struct arena *mem, size_t *n)
{
	const bool find = c->header.n_find > 0;
	size_t n_columns = 0, count = 0;
	const char *const *columns = contract_columns(c, mem, &n_columns);
	struct wanted *list =
	    arena_array(mem, n_columns + c->header.n_find, sizeof(*list));

	for (size_t i = 0; i < c->header.n_find; i++)
		add(list, &count, c->header.find[i], c->line);
	for (size_t i = 0; i < n_columns && !find; i++)
		add(list, &count, columns[i], line_of(c, columns[i], mem));
	*n = count;
	return list;
}
