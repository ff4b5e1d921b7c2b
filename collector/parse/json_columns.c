#include <string.h>

#include "json_path.h"
#include "kpid/limits.h"

struct json_node *
json_node_member(struct json_node *parent, struct slice name)
{
	struct json_node *n = parent == NULL ? NULL : parent->child;

	while (n != NULL
	    && (n->step.kind != STEP_MEMBER || !slice_eq(n->step.name, name)))
		n = n->sibling;
	return n;
}

struct json_node *
json_node_element(struct json_node *parent, size_t index)
{
	struct json_node *n = parent == NULL ? NULL : parent->child;

	while (n != NULL
	    && (n->step.kind != STEP_ELEMENT || n->step.index != index))
		n = n->sibling;
	return n;
}

static struct json_node *
node_new(struct json_step step, struct arena *mem)
{
	struct json_node *n = arena_alloc(mem, sizeof(*n));

	n->step = step;
	n->column = JSON_NO_COLUMN;
	return n;
}

/* The node below parent for a step, made when it is not there. */
static struct json_node *
node_under(struct json_node *parent, const struct json_step *step,
    struct arena *mem)
{
	struct json_node *n = step->kind == STEP_MEMBER
	    ? json_node_member(parent, step->name)
	    : json_node_element(parent, step->index);

	if (n == NULL) {
		n = node_new(*step, mem);
		n->sibling = parent->child;
		parent->child = n;
	}
	return n;
}

static bool
column_add(struct json_columns *c, const char *text, size_t column,
    struct arena *mem, struct kpid_err *err)
{
	struct json_path path;
	struct json_node *n;

	if (!json_path_compile(text, mem, &path, err))
		return false;
	n = path.from_root ? c->root : c->record;
	for (size_t i = 0; i < path.n; i++) {
		if (path.steps[i].kind != STEP_MEMBER
		    && path.steps[i].kind != STEP_ELEMENT)
			return err_set(err, KPID_ECONFIG,
			    "the path '%s' of a "
			    "column names more than one value. HINT: only the "
			    "path of the records has a *",
			    text);
		n = node_under(n, &path.steps[i], mem);
	}
	if (path.n == 0)
		return err_set(err, KPID_ECONFIG,
		    "the path '%s' of a column "
		    "is the whole document. HINT: a member of that name is "
		    "written ['%s']",
		    text, text);
	if (n->column == JSON_NO_COLUMN)
		n->column = column;
	c->same_as[column] = n->column;
	return true;
}

/* @key, @index, @value; NULL for any other text. */
static size_t *
special_of(struct json_columns *c, const char *text)
{
	if (strcmp(text, "@key") == 0)
		return &c->key;
	if (strcmp(text, "@index") == 0)
		return &c->index;
	if (strcmp(text, "@value") == 0)
		return &c->value;
	return NULL;
}

static bool
any_column_add(struct json_columns *c, const char *text, size_t column,
    struct arena *mem, struct kpid_err *err)
{
	size_t *special = special_of(c, text);

	if (special == NULL && *text == '@')
		return err_set(err, KPID_ECONFIG,
		    "unknown column '%s'. "
		    "HINT: @key, @index and @value are there; a member of "
		    "that name is written ['%s']",
		    text, text);
	if (special == NULL)
		return column_add(c, text, column, mem, err);
	if (*special == JSON_NO_COLUMN)
		*special = column;
	c->same_as[column] = *special;
	return true;
}

bool
json_columns_compile(const char *const *columns, size_t n, struct arena *mem,
    struct json_columns *out, struct kpid_err *err)
{
	const struct json_step nowhere = { .kind = STEP_ANY_MEMBER };
	struct json_columns c = {
		.key = JSON_NO_COLUMN,
		.index = JSON_NO_COLUMN,
		.value = JSON_NO_COLUMN,
		.n = n,
	};

	if (n > LIMIT_ROW_CELLS)
		return err_set(err, KPID_ECONFIG,
		    "%zu columns are more than "
		    "%d (LIMIT_ROW_CELLS)",
		    n, LIMIT_ROW_CELLS);
	c.record = node_new(nowhere, mem);
	c.root = node_new(nowhere, mem);
	c.same_as = arena_array(mem, n, sizeof(*c.same_as));
	for (size_t i = 0; i < n; i++)
		if (!any_column_add(&c, columns[i], i, mem, err))
			return false;
	*out = c;
	return true;
}
