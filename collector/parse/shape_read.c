#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "shape.h"

#define FIRST_COLUMNS 32

static const struct shape_kind *const kinds[] = {
	[FORMAT_ESTAT] = &shape_estat,
	[FORMAT_CKAN] = &shape_ckan,
	[FORMAT_JSON_STAT] = &shape_json_stat,
	[FORMAT_SDMX_JSON] = &shape_sdmx,
	[FORMAT_WORLD_BANK] = &shape_world_bank,
};

const struct shape_kind *
shape_kind_of(enum feed_format format)
{
	return format < ARRAY_LEN(kinds) ? kinds[format] : NULL;
}

bool
shape_refuse(struct shape *s, const struct json_value *v, const char *fmt, ...)
{
	char why[KPID_ERR_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	if (v == NULL)
		return err_set(s->err, KPID_EPARSE, "%s", why);
	return err_set(s->err, KPID_EPARSE,
	    "line %" PRIu32 " column %" PRIu32 ": %s", v->line, v->column, why);
}

bool
shape_partial(struct shape *s, const char *fmt, ...)
{
	char text[KPID_ERR_MAX];
	va_list ap;

	if (s->sink->partial == NULL)
		return true;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return s->sink->partial(s->sink->ctx, text, s->err);
}

bool
shape_keep(struct shape *s, struct slice text, struct slice *out)
{
	s->kept += text.len + 1;
	if (s->kept > LIMIT_JSON_META_BYTES)
		return shape_refuse(s, NULL,
		    "what explains the codes takes more than %d bytes "
		    "(LIMIT_JSON_META_BYTES)",
		    LIMIT_JSON_META_BYTES);
	*out = (struct slice){ arena_strndup(s->mem, text.ptr, text.len),
		text.len };
	return true;
}

/* ---- columns ----------------------------------------------------------- */

bool
shape_column(struct shape *s, struct slice name, size_t *out)
{
	struct slice *more;

	for (*out = 0; *out < s->n; ++*out)
		if (slice_eq(s->names[*out], name))
			return true;
	if (s->n == LIMIT_ROW_CELLS)
		return shape_refuse(s, NULL,
		    "the table has more than %d columns (LIMIT_ROW_CELLS)",
		    LIMIT_ROW_CELLS);
	if (s->n == s->cap) {
		s->cap = s->cap == 0 ? FIRST_COLUMNS : 2 * s->cap;
		more = arena_array(s->mem, s->cap, sizeof(*more));
		if (s->n > 0)
			memcpy(more, s->names, s->n * sizeof(*more));
		s->names = more;
	}
	if (!shape_keep(s, name, &s->names[s->n]))
		return false;
	s->n++;
	return true;
}

bool
shape_column_pair(struct shape *s, struct slice id, size_t *out)
{
	const char *name =
	    arena_printf(s->mem, "%.*s_name", slice_width(id), id.ptr);
	size_t beside;

	return shape_column(s, id, out)
	    && shape_column(s, slice_of(name), &beside);
}

static bool
send_header(struct shape *s)
{
	struct row row = { .n = s->n, .line = 1 };

	s->cells = arena_array(s->mem, s->n, sizeof(*s->cells));
	for (size_t i = 0; i < s->n; i++)
		s->cells[i] = (struct cell){
			.text = s->names[i],
			.line = 1,
			.column = (uint32_t)i + 1,
		};
	row.cells = s->cells;
	return s->sink->row(s->sink->ctx, &row, s->err);
}

/* ---- rows -------------------------------------------------------------- */

void
shape_row(struct shape *s, const struct json_value *v)
{
	for (size_t i = 0; i < s->n; i++)
		s->cells[i] = (struct cell){
			.text = { "", 0 },
			.line = v->line,
			.column = v->column,
			.kind = CELL_NULL,
		};
}

void
shape_set(struct shape *s, size_t column, struct slice text,
    const struct json_value *at)
{
	struct cell *c = &s->cells[column];

	c->text = text;
	c->kind = CELL_TEXT;
	if (at != NULL) {
		c->line = at->line;
		c->column = at->column;
	}
}

void
shape_set_value(struct shape *s, size_t column, const struct json_value *v)
{
	struct cell *c = &s->cells[column];

	if (v == NULL)
		return;
	if (v->kind == JSON_OBJECT || v->kind == JSON_ARRAY)
		shape_set(s, column,
		    slice_of(v->kind == JSON_OBJECT ? "{..}" : "[..]"), v);
	else
		shape_set(s, column, v->text, v);
	if (v->raw.len > 0)
		c->raw = v->raw;
	if (v->kind == JSON_NULL)
		c->kind = CELL_NULL;
}

bool
shape_send(struct shape *s)
{
	const struct row row = {
		.cells = s->cells,
		.n = s->n,
		.line = s->row_line,
	};

	return s->sink->row(s->sink->ctx, &row, s->err);
}

/* ---- passes ------------------------------------------------------------ */

/* Says which format it is, when that can be seen. */
static bool
refuse_shape(struct shape *s, const struct json_value *root)
{
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (kinds[i] != NULL && kinds[i] != s->kind
		    && kinds[i]->is(root))
			return shape_refuse(s, NULL,
			    "this is %s, where %s is expected. HINT: say "
			    "\"format\": \"%s\"",
			    kinds[i]->title, s->kind->title, kinds[i]->name);
	return shape_refuse(s, root,
	    "this is no answer of %s: there is no %s. HINT: look at the body; "
	    "JSON of another shape is read by \"format\": \"json\" with "
	    "\"records\"",
	    s->kind->title, s->kind->looked_for);
}

static bool
on_document(void *ctx, const struct json_value *root, struct kpid_err *err)
{
	struct shape *s = ctx;
	bool ok;

	s->err = err;
	if (!s->kind->fine(s, root))
		return false;
	if (!s->kind->is(root))
		return refuse_shape(s, root);
	s->sample = s->walk.sample;
	if (!s->kind->paged && s->documents > 0)
		return shape_refuse(s, root,
		    "a second document follows the first, where one is "
		    "expected");
	ok = s->kind->document(s, root);
	s->documents++;
	return ok;
}

static bool
on_item(void *ctx, const struct shape_item *item, struct kpid_err *err)
{
	struct shape *s = ctx;

	s->err = err;
	s->row_line = item->value->line;
	return s->kind->item(s, item);
}

static bool
first_pass(struct shape *s, const struct text_source *text, struct arena *docs)
{
	bool ok;

	s->walk = (struct shape_walk){
		.lists = &s->kind->lists,
		.document = on_document,
		.ctx = s,
		.doc_mem = docs,
		.paged = s->kind->paged,
	};
	ok = shape_walk_run(&s->walk, text, s->err);
	if (!ok && s->walk.doc.bytes > s->walk.doc.max
	    && !s->kind->is(s->walk.doc.root))
		(void)refuse_shape(s, s->walk.doc.root);
	shape_walk_free(&s->walk);
	return ok;
}

static bool
second_pass(struct shape *s, const struct text_source *text)
{
	bool ok;

	s->walk = (struct shape_walk){
		.lists = &s->kind->lists,
		.item = on_item,
		.ctx = s,
	};
	ok = shape_walk_run(&s->walk, text, s->err);
	shape_walk_free(&s->walk);
	return ok && (s->kind->end == NULL || s->kind->end(s));
}

bool
shape_read(enum feed_format format, const struct text_source *text,
    const struct row_sink *sink, struct arena *mem, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena docs = { 0 };
	struct shape s = {
		.kind = shape_kind_of(format),
		.mem = mem,
		.sink = sink,
		.err = err,
	};

	if (s.kind == NULL)
		return err_set(err, KPID_EINTERNAL,
		    "format %d is no JSON shape", (int)format);
	s.of = arena_alloc(mem, s.kind->size);
	if (!first_pass(&s, text, &docs)
	    || (s.kind->columns != NULL && !s.kind->columns(&s))
	    || !send_header(&s))
		return false;
	if (s.kind->tell != NULL && !s.kind->tell(&s))
		return false;
	return second_pass(&s, text);
}
