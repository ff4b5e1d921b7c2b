#include "shape_tree.h"

#include <stdlib.h>
#include <string.h>

#include "json_number.h"

void
tree_begin(struct json_tree *t, struct arena *mem, size_t max,
    const char *max_name)
{
	t->mem = mem;
	t->bytes = 0;
	t->max = max;
	t->max_name = max_name;
	t->root = NULL;
	t->depth = 0;
	t->key = (struct slice){ "", 0 };
}

bool
tree_whole(const struct json_tree *t)
{
	return t->root != NULL && t->depth == 0;
}

/* ---- building ---------------------------------------------------------- */

static bool
count(struct json_tree *t, struct json_reader *r, size_t bytes)
{
	t->bytes += bytes;
	if (t->bytes <= t->max)
		return true;
	return json_refuse(r, "what stands here takes more than %zu bytes (%s)",
	    t->max, t->max_name);
}

static struct slice
keep(struct json_tree *t, struct slice text)
{
	if (text.len == 0)
		return (struct slice){ "", 0 };
	return (struct slice){ arena_strndup(t->mem, text.ptr, text.len),
		text.len };
}

static bool
keep_key(struct json_tree *t, struct json_reader *r, struct slice key)
{
	if (!count(t, r, key.len + 1))
		return false;
	t->key = keep(t, key);
	return true;
}

static void
hang(struct json_tree *t, struct json_value *v)
{
	struct json_value *parent;

	if (t->depth == 0) {
		t->root = v;
		return;
	}
	parent = t->open[t->depth - 1];
	if (parent->last == NULL)
		parent->child = v;
	else
		parent->last->next = v;
	parent->last = v;
	parent->n++;
}

static bool
add(struct json_tree *t, struct json_reader *r, const struct json_token *token)
{
	const struct place *at = json_place(r);
	struct json_value *v;

	if (!count(t, r, sizeof(*v) + token->text.len + 1))
		return false;
	if (token->text.len > LIMIT_CELL_BYTES)
		return json_refuse(r,
		    "a text is longer than %d bytes (LIMIT_CELL_BYTES)",
		    LIMIT_CELL_BYTES);
	v = arena_alloc(t->mem, sizeof(*v));
	v->kind = token->kind;
	v->line = at->line;
	v->column = place_column(at);
	v->key = t->key;
	v->text = keep(t, token->text);
	if (token->kind == JSON_NUMBER
	    && json_number_plain(token->text, t->mem, &v->text))
		v->raw = keep(t, token->text);
	t->key = (struct slice){ "", 0 };
	hang(t, v);
	if (token->kind == JSON_OBJECT || token->kind == JSON_ARRAY)
		t->open[t->depth++] = v;
	return true;
}

bool
tree_put(struct json_tree *t, struct json_reader *r,
    const struct json_token *token)
{
	switch (token->kind) {
	case JSON_KEY:
		return keep_key(t, r, token->text);
	case JSON_END:
		t->depth--;
		return true;
	default:
		return add(t, r, token);
	}
}

/* ---- reading ----------------------------------------------------------- */

bool
value_is(const struct json_value *v, enum json_kind kind)
{
	return v != NULL && v->kind == kind;
}

const struct json_value *
value_member(const struct json_value *v, const char *name)
{
	const struct json_value *m = value_is(v, JSON_OBJECT) ? v->child : NULL;

	while (m != NULL && !slice_is(m->key, name))
		m = m->next;
	return m;
}

const struct json_value *
value_at(const struct json_value *v, const char *const *steps)
{
	for (; *steps != NULL && v != NULL; steps++)
		v = value_member(v, *steps);
	return v;
}

const struct json_value *
value_element(const struct json_value *v, size_t i)
{
	const struct json_value *e = value_is(v, JSON_ARRAY) ? v->child : NULL;

	for (; e != NULL && i > 0; i--)
		e = e->next;
	return e;
}

struct slice
value_text(const struct json_value *v)
{
	return v == NULL ? (struct slice){ "", 0 } : v->text;
}

bool
slice_number(struct slice s, uint64_t *out)
{
	uint64_t n = 0;

	if (s.len == 0 || s.len > 18)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] < '0' || s.ptr[i] > '9')
			return false;
		n = n * 10 + (uint64_t)(s.ptr[i] - '0');
	}
	*out = n;
	return true;
}

bool
value_number(const struct json_value *v, uint64_t *out)
{
	return slice_number(value_text(v), out);
}

const struct json_value *
value_first(const struct json_value *v)
{
	return value_is(v, JSON_ARRAY) ? v->child
	    : value_is(v, JSON_OBJECT) ? v
				       : NULL;
}

const struct json_value *
value_next(const struct json_value *list, const struct json_value *v)
{
	return v == list ? NULL : v->next;
}

/* ---- by a text --------------------------------------------------------- */

static int
compare(struct slice a, struct slice b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n == 0 ? 0 : memcmp(a.ptr, b.ptr, n);

	return c != 0 ? c : (a.len > b.len) - (a.len < b.len);
}

static int
compare_entries(const void *a, const void *b)
{
	const struct value_entry *x = a, *y = b;

	return compare(x->key, y->key);
}

void
index_sort(struct value_index *index)
{
	if (index->n > 1)
		qsort(index->list, index->n, sizeof(*index->list),
		    compare_entries);
}

struct value_index
index_members(const struct json_value *object, struct arena *mem)
{
	struct value_index index = { NULL, 0 };

	if (!value_is(object, JSON_OBJECT))
		return index;
	index.list = arena_array(mem, object->n, sizeof(*index.list));
	for (const struct json_value *m = object->child; m != NULL; m = m->next)
		index.list[index.n++] = (struct value_entry){ m->key, m };
	index_sort(&index);
	return index;
}

const struct value_entry *
index_entry(const struct value_index *index, struct slice key)
{
	const struct value_entry wanted = { key, NULL };

	if (index->n == 0)
		return NULL;
	return bsearch(&wanted, index->list, index->n, sizeof(*index->list),
	    compare_entries);
}

const struct json_value *
index_find(const struct value_index *index, struct slice key)
{
	const struct value_entry *found = index_entry(index, key);

	return found == NULL ? NULL : found->value;
}
