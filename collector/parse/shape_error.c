/* What an answer that is an error says of itself, format by format. */
#include <string.h>

#include "shape.h"

#define BOM       "\xef\xbb\xbf"
#define BOM_BYTES 3

struct look {
	struct shape shape;
	struct slice body;
	bool told;
};

static bool
on_document(void *ctx, const struct json_value *root, struct kpid_err *err)
{
	struct look *l = ctx;

	l->shape.err = err;
	if (l->shape.kind->fine(&l->shape, root))
		return true;
	l->told = true;
	return false;
}

static bool
read_body(void *ctx, const struct text_sink *to, struct kpid_err *err)
{
	const struct look *l = ctx;
	struct slice text = l->body;

	if (text.len >= BOM_BYTES && memcmp(text.ptr, BOM, BOM_BYTES) == 0)
		text = (struct slice){ text.ptr + BOM_BYTES,
			text.len - BOM_BYTES };
	return to->text(to->ctx, text, err);
}

const char *
error_text(const struct feed *feed, struct slice body, struct arena *mem)
{
	CLEANUP(arena_release) struct arena docs = { 0 };
	struct look look = { .body = body };
	const struct text_source text = { &look, read_body };
	struct kpid_err err = { 0 };
	struct shape_walk walk;

	if (feed->n_contracts == 0)
		return NULL;
	look.shape.kind = shape_kind_of(feed->contracts[0].format);
	look.shape.mem = mem;
	if (look.shape.kind == NULL)
		return NULL;
	walk = (struct shape_walk){
		.lists = &look.shape.kind->lists,
		.document = on_document,
		.ctx = &look,
		.doc_mem = &docs,
		.paged = true,
	};
	(void)!shape_walk_run(&walk, &text, &err);
	shape_walk_free(&walk);
	return look.told ? arena_strdup(mem, err.msg) : NULL;
}
