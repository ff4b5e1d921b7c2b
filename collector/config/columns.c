/* The columns that a contract names, each once. */
#include "kpid/config.h"

#include <string.h>

#include "kpid/label.h"
#include "template.h"

/* The list as it grows; keys: what each is compared by. */
struct names {
	const struct contract *c;
	struct arena *mem;
	const char **list, **keys;
	size_t n, cap;
	const char **made; /* keys of what captures and unpivot make */
	size_t n_made;
};

/* Paths are compared as they stand, names of columns as labels. */
static const char *
key_of(const struct names *all, const char *name)
{
	return all->c->format == FORMAT_JSON
	    ? name
	    : label_key(slice_of(name), all->mem);
}

static bool
holds(const char *const *keys, size_t n, const char *key)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(keys[i], key) == 0)
			return true;
	return false;
}

/* "#3": whatever the third column is called. */
static bool
is_position(const char *name)
{
	return name[0] == '#' && name[1] != '\0'
	    && strspn(name + 1, "0123456789") == strlen(name + 1);
}

static void
grow(struct names *all)
{
	size_t cap = all->cap == 0 ? 16 : 2 * all->cap;
	const char **list = arena_array(all->mem, cap, sizeof(*list));
	const char **keys = arena_array(all->mem, cap, sizeof(*keys));

	if (all->n > 0) {
		memcpy(list, all->list, all->n * sizeof(*list));
		memcpy(keys, all->keys, all->n * sizeof(*keys));
	}
	all->list = list;
	all->keys = keys;
	all->cap = cap;
}

static void
add(struct names *all, const char *name)
{
	const char *key;

	if (name == NULL
	    || (all->c->format != FORMAT_JSON && is_position(name)))
		return;
	key = key_of(all, name);
	if (holds(all->keys, all->n, key) || holds(all->made, all->n_made, key))
		return;
	if (all->n == all->cap)
		grow(all);
	all->list[all->n] = name;
	all->keys[all->n++] = key;
}

static void
add_source(struct names *all, const struct source *s)
{
	size_t n;
	const char *const *columns = source_columns(s, all->mem, &n);

	for (size_t i = 0; i < n && !s->optional; i++)
		add(all, columns[i]);
}

static void
add_tests(struct names *all, const struct row_test *tests, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add(all, tests[i].column);
}

static void
add_rows(struct names *all, const struct row_spec *rows)
{
	add_tests(all, rows->where, rows->n_where);
	add_tests(all, rows->except, rows->n_except);
	add_tests(all, rows->until, rows->n_until);
	for (size_t i = 0; i < rows->n_fill_down; i++)
		add(all, rows->fill_down[i]);
}

/* What is in the table before it is in the grid. */
static void
find_made(struct names *all)
{
	const struct contract *c = all->c;

	all->made = arena_array(all->mem, c->n_captures + c->unpivot.n_into + 1,
	    sizeof(*all->made));
	for (size_t i = 0; i < c->n_captures; i++)
		all->made[all->n_made++] = key_of(all, c->captures[i].name);
	if (c->unpivot.columns == NULL)
		return;
	for (size_t i = 0; i < c->unpivot.n_into; i++)
		all->made[all->n_made++] = key_of(all, c->unpivot.into[i]);
	if (c->unpivot.value != NULL)
		all->made[all->n_made++] = key_of(all, c->unpivot.value);
}

const char *const *
contract_columns(const struct contract *c, struct arena *mem, size_t *n)
{
	struct names all = { .c = c, .mem = mem };

	find_made(&all);
	add_source(&all, &c->period);
	add_source(&all, &c->organization);
	add_source(&all, &c->indicator);
	add_source(&all, &c->unit);
	add_source(&all, &c->status);
	for (size_t i = 0; i < c->n_dims; i++)
		add_source(&all, &c->dims[i].source);
	for (size_t i = 0; i < c->n_values; i++) {
		add(&all, c->values[i].column);
		add(&all, c->values[i].status);
	}
	add_rows(&all, &c->rows);
	*n = all.n;
	return all.list;
}

const char *const *
source_columns(const struct source *s, struct arena *mem, size_t *n)
{
	struct slice rest = slice_of(s->text), name;
	const char **list = arena_array(mem, rest.len + 1, sizeof(*list));

	*n = 0;
	if (s->column != NULL)
		list[(*n)++] = s->column;
	while (s->text != NULL && template_next(&rest, &name))
		list[(*n)++] = slice_dup(name, mem);
	return list;
}
