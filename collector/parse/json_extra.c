/* Members of records that no column names, each told once. */
#include <string.h>

#include "json_table.h"

/* Told of one table: who has more of them does not read about each. */
#define EXTRA_MAX  100
#define EXTRA_PATH 256

/* A name that has to stand in brackets to be read as one. */
static bool
needs_quotes(struct slice name, bool first)
{
	if (name.len == 0 || memchr(name.ptr, '.', name.len) != NULL
	    || memchr(name.ptr, '[', name.len) != NULL)
		return true;
	return name.ptr[0] == '*'
	    || (first && (name.ptr[0] == '$' || name.ptr[0] == '@'));
}

static bool
put_member(struct buf *b, struct slice name)
{
	char quote = memchr(name.ptr, '\'', name.len) != NULL ? '"' : '\'';

	if (needs_quotes(name, b->len == 0))
		return buf_printf(b, "[%c", quote)
		    && buf_put(b, name.ptr, name.len)
		    && buf_printf(b, "%c]", quote);
	return (b->len == 0 || buf_put(b, ".", 1))
	    && buf_put(b, name.ptr, name.len);
}

/* The path as a contract writes it; false: it is too long to be told. */
static bool
put_path(struct buf *b, const struct json_node *n)
{
	/* The record itself has no parent. */
	if (n->parent == NULL)
		return true;
	if (!put_path(b, n->parent))
		return false;
	return n->step.kind == STEP_MEMBER
	    ? put_member(b, n->step.name)
	    : buf_printf(b, "[%zu]", n->step.index);
}

static struct json_node *
remember(struct json_table *p, struct json_node *parent, struct slice name)
{
	struct json_node *n = arena_alloc(p->mem, sizeof(*n));

	n->step.kind = STEP_MEMBER;
	n->step.name =
	    (struct slice){ arena_strndup(p->mem, name.ptr, name.len),
		    name.len };
	n->column = JSON_NO_COLUMN;
	n->unspoken = true;
	n->parent = parent;
	n->sibling = parent->child;
	parent->child = n;
	p->unspoken++;
	return n;
}

bool
json_extra(struct json_table *p, struct json_node *parent, struct slice name)
{
	CLEANUP(buf_release) struct buf path;
	const struct place *at;

	if (p->unspoken == EXTRA_MAX || name.len > EXTRA_PATH)
		return true;
	at = json_place(&p->reader);
	buf_init(&path, EXTRA_PATH);
	if (!put_path(&path, remember(p, parent, name)))
		return true;
	return p->sink->extra(p->sink->ctx, buf_slice(&path), at->line,
	    place_column(at), p->err);
}
