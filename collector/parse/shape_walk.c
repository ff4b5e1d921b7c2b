#include "shape_walk.h"

#include <string.h>

/* ---- where we are ------------------------------------------------------ */

static void
step_name(struct shape_step *s, struct slice name)
{
	size_t n = name.len < SHAPE_NAME_MAX ? name.len : SHAPE_NAME_MAX - 1;

	memcpy(s->name, name.ptr, n);
	s->name[n] = '\0';
}

/* Follows a token at a depth that no list is below. */
static void
follow(struct shape_walk *w, const struct json_token *t)
{
	size_t depth = w->reader.depth;
	bool opens = t->kind == JSON_OBJECT || t->kind == JSON_ARRAY;
	struct shape_step *s = NULL;

	if (depth > 0 && depth <= SHAPE_STEPS && t->kind != JSON_END)
		s = &w->path[depth - 1];
	if (s != NULL && (s->array || t->kind == JSON_KEY))
		s->index = s->n++;
	if (s != NULL && t->kind == JSON_KEY)
		step_name(s, t->text);
	if (opens && depth < SHAPE_STEPS)
		w->path[depth] =
		    (struct shape_step){ .array = t->kind == JSON_ARRAY };
}

static bool
step_is(const struct shape_step *s, const char *want)
{
	if (*want == '*')
		return true;
	if (*want == '#')
		return s->array && s->index == (size_t)(want[1] - '0');
	return !s->array && strcmp(s->name, want) == 0;
}

static bool
is_barred(const struct shape_walk *w)
{
	const char *const *name = w->lists->not_first;

	for (; name != NULL && *name != NULL; name++)
		if (!w->path[0].array && strcmp(w->path[0].name, *name) == 0)
			return true;
	return false;
}

static bool
path_is(const struct shape_walk *w, const char *const *want)
{
	size_t depth = w->reader.depth, n = 0;

	while (n < SHAPE_STEPS && want[n] != NULL)
		n++;
	if (n != depth || (*want[0] == '*' && is_barred(w)))
		return false;
	for (size_t i = 0; i < n; i++)
		if (!step_is(&w->path[i], want[i]))
			return false;
	return true;
}

static bool
is_list(const struct shape_walk *w)
{
	if (w->reader.depth == 0 || w->reader.depth >= SHAPE_STEPS)
		return false;
	for (size_t i = 0; i < w->lists->n; i++)
		if (path_is(w, w->lists->paths[i]))
			return true;
	return false;
}

/* ---- observations ------------------------------------------------------ */

static bool
item_begin(struct shape_walk *w)
{
	bool sample = w->item == NULL && w->sample == NULL;

	w->in_item = true;
	w->item_depth = w->reader.depth;
	if (w->item != NULL || sample)
		tree_begin(&w->one, sample ? w->doc_mem : &w->one_mem,
		    LIMIT_JSON_META_BYTES, "LIMIT_JSON_META_BYTES");
	return true;
}

static bool
item_put(struct shape_walk *w, const struct json_token *t)
{
	if (w->item == NULL && w->sample != NULL)
		return true;
	return tree_put(&w->one, &w->reader, t);
}

static bool
list_end(struct shape_walk *w)
{
	const struct json_token end = { .kind = JSON_END };

	w->list_depth = 0;
	w->lone = false;
	if (w->item != NULL)
		return true;
	w->list->n = w->index;
	return tree_put(&w->doc, &w->reader, &end);
}

static bool
item_end(struct shape_walk *w)
{
	const struct shape_item item = {
		.path = w->path,
		.depth = w->list_depth - 1,
		.key = w->key,
		.index = w->index,
		.value = w->one.root,
	};

	w->in_item = false;
	w->index++;
	if (w->item == NULL && w->sample == NULL)
		w->sample = w->one.root;
	if (w->item != NULL && !w->item(w->ctx, &item, w->reader.err))
		return false;
	w->key = (struct slice){ "", 0 };
	arena_reset(&w->one_mem);
	return w->lone ? list_end(w) : true;
}

static bool
item_token(struct shape_walk *w, const struct json_token *t)
{
	bool opens = t->kind == JSON_OBJECT || t->kind == JSON_ARRAY;

	if (!item_put(w, t))
		return false;
	return opens || t->kind == JSON_KEY || w->reader.depth != w->item_depth
	    ? true
	    : item_end(w);
}

static bool
list_token(struct shape_walk *w, const struct json_token *t)
{
	if (w->in_item)
		return item_token(w, t);
	if (t->kind == JSON_END)
		return list_end(w);
	if (t->kind != JSON_KEY)
		return item_begin(w) && item_token(w, t);
	if (w->item != NULL)
		w->key = (struct slice){
			arena_strndup(&w->one_mem, t->text.ptr, t->text.len),
			t->text.len,
		};
	return true;
}

/* ---- lists ------------------------------------------------------------- */

/* A list twice would be observations twice. */
static bool
list_keep(struct shape_walk *w, const struct json_token *t)
{
	const struct json_value *parent = w->doc.open[w->doc.depth - 1];

	for (const struct json_value *v = parent->child; v != NULL; v = v->next)
		if (v->passed_over && slice_eq(v->key, w->doc.key)
		    && parent->kind == JSON_OBJECT)
			return json_refuse(&w->reader,
			    "the object has the member '%.*s' twice",
			    slice_width(v->key), v->key.ptr);
	if (!tree_put(&w->doc, &w->reader, t))
		return false;
	w->list = w->doc.open[w->doc.depth - 1];
	w->list->passed_over = true;
	return true;
}

static bool
list_begin(struct shape_walk *w, const struct json_token *t)
{
	if (t->kind != JSON_OBJECT && t->kind != JSON_ARRAY)
		return json_refuse(&w->reader,
		    "'%s' is '%.*s' where a list of observations is expected",
		    w->path[w->reader.depth - 1].name,
		    t->text.len < 40 ? slice_width(t->text) : 40, t->text.ptr);
	if (w->item == NULL && !list_keep(w, t))
		return false;
	w->list_depth = w->reader.depth + 1;
	w->index = 0;
	w->lone = t->kind == JSON_OBJECT && w->lists->single;
	return w->lone ? item_begin(w) && item_token(w, t) : true;
}

/* ---- documents --------------------------------------------------------- */

static bool
document_end(struct shape_walk *w)
{
	const struct json_value *root = w->doc.root;

	w->documents++;
	if (w->item != NULL)
		return true;
	if (!w->document(w->ctx, root, w->reader.err))
		return false;
	tree_begin(&w->doc, w->doc_mem, w->doc.max, w->doc.max_name);
	w->sample = NULL;
	if (w->paged)
		arena_reset(w->doc_mem);
	return true;
}

static bool
on_token(void *ctx, const struct json_token *t)
{
	struct shape_walk *w = ctx;
	bool value = t->kind != JSON_KEY && t->kind != JSON_END;
	bool opens = t->kind == JSON_OBJECT || t->kind == JSON_ARRAY;

	if (w->list_depth > 0)
		return list_token(w, t);
	follow(w, t);
	if (value && t->kind != JSON_NULL && is_list(w))
		return list_begin(w, t);
	if (w->item == NULL && !tree_put(&w->doc, &w->reader, t))
		return false;
	if (w->reader.depth > 0 || opens || t->kind == JSON_KEY)
		return true;
	return document_end(w);
}

static bool
on_text(void *ctx, struct slice utf8, struct kpid_err *err)
{
	struct shape_walk *w = ctx;

	return json_reader_push(&w->reader, utf8, err);
}

bool
shape_walk_run(struct shape_walk *w, const struct text_source *text,
    struct kpid_err *err)
{
	const struct text_sink to = { w, on_text };

	json_reader_init(&w->reader, true, on_token, w);
	tree_begin(&w->doc, w->doc_mem, LIMIT_JSON_META_BYTES,
	    "LIMIT_JSON_META_BYTES");
	w->key = (struct slice){ "", 0 };
	if (!text->read(text->ctx, &to, err)
	    || !json_reader_end(&w->reader, err))
		return false;
	return w->documents > 0
	    ? true
	    : err_set(err, KPID_EPARSE,
		"there is no JSON in the body, it is blank");
}

void
shape_walk_free(struct shape_walk *w)
{
	json_reader_free(&w->reader);
	arena_release(&w->one_mem);
}
