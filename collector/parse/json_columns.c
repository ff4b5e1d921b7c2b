#include <string.h>

#include "json_path.h"
#include "kpid/limits.h"

struct json_node *
json_node_any(struct json_node *parent, enum json_step_kind kind)
{
	struct json_node *n = parent == NULL ? NULL : parent->child;

	while (n != NULL && n->step.kind != kind)
		n = n->sibling;
	return n;
}

struct json_node *
json_node_member(struct json_node *parent, struct slice name)
{
	struct json_node *n = parent == NULL ? NULL : parent->child;

	while (n != NULL
	    && (n->step.kind != STEP_MEMBER || !slice_eq(n->step.name, name)))
		n = n->sibling;
	return n != NULL ? n : json_node_any(parent, STEP_ANY_MEMBER);
}

struct json_node *
json_node_element(struct json_node *parent, size_t index)
{
	struct json_node *n = parent == NULL ? NULL : parent->child;

	while (n != NULL
	    && (n->step.kind != STEP_ELEMENT || n->step.index != index))
		n = n->sibling;
	return n != NULL ? n : json_node_any(parent, STEP_ANY_ELEMENT);
}

static struct json_node *
node_new(struct json_step step, struct arena *mem)
{
	struct json_node *n = arena_alloc(mem, sizeof(*n));

	n->step = step;
	n->column = JSON_NO_COLUMN;
	return n;
}

static bool
is_any(enum json_step_kind kind)
{
	return kind == STEP_ANY_ELEMENT || kind == STEP_ANY_MEMBER;
}

static bool
same_step(const struct json_step *a, const struct json_step *b)
{
	return a->kind == b->kind && a->index == b->index
	    && slice_eq(a->name, b->name);
}

/* The node below parent for a step, made when it is not there. */
static struct json_node *
node_under(struct json_node *parent, const struct json_step *step,
    struct arena *mem)
{
	struct json_node *n = parent->child;

	while (n != NULL && !same_step(&n->step, step))
		n = n->sibling;
	if (n == NULL) {
		n = node_new(*step, mem);
		n->sibling = parent->child;
		n->parent = parent;
		n->any = is_any(step->kind) ? n : parent->any;
		parent->child = n;
	}
	return n;
}

/* Every * of a path from the root is one that the records go through. */
static bool
within_records(const struct json_path *path, const struct json_path *records)
{
	size_t n = path->n;

	while (n > 0 && !is_any(path->steps[n - 1].kind))
		n--;
	if (n > 0 && (!path->from_root || n > records->n || n == path->n))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!same_step(&path->steps[i], &records->steps[i]))
			return false;
	return true;
}

static bool
column_add(struct json_columns *c, const char *text, size_t column,
    struct arena *mem, struct kpid_err *err)
{
	struct json_path path;
	struct json_node *n;

	if (!json_path_compile(text, mem, &path, err))
		return false;
	if (!within_records(&path, c->records))
		return err_set(err, KPID_ECONFIG,
		    "the path '%s' of a column names more than one value. "
		    "HINT: only the path of the records has a *, or a path "
		    "from the root that begins like it",
		    text);
	n = path.from_root ? c->root : c->record;
	for (size_t i = 0; i < path.n; i++)
		n = node_under(n, &path.steps[i], mem);
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
json_columns_compile(const char *const *columns, size_t n,
    const struct json_path *records, struct arena *mem,
    struct json_columns *out, struct kpid_err *err)
{
	const struct json_step nowhere = { .kind = STEP_ELEMENT };
	struct json_columns c = {
		.key = JSON_NO_COLUMN,
		.index = JSON_NO_COLUMN,
		.value = JSON_NO_COLUMN,
		.n = n,
		.records = records,
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
