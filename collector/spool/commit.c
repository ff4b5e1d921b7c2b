/*
 * Bodies made durable: one, or many together, which then share what it costs
 * to make names survive.
 */
#include "spool_int.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The body, and what is known of it under a name that is not listed. */
static bool
put_files(struct spool_body *b)
{
	struct spool_writer *w = b->writer;
	const struct spool *s = w->spool;
	const char *json;

	b->meta.id = arena_strdup(b->mem, w->id);
	b->meta.bytes = w->bytes;
	sha256_final(&w->hash, b->meta.sha256);
	if (fsync(w->fd) != 0)
		return spool_failed(&b->err, "write",
		    spool_path(s, w->id, SPOOL_BODY).text);
	return spool_meta_encode(&b->meta, b->mem, &json, &b->err)
	    && spool_file_put(spool_path(s, w->id, SPOOL_META_PART).text, json,
		strlen(json), &b->err);
}

static bool
show(struct spool_body *b)
{
	const struct spool *s = b->writer->spool;
	const struct spool_path part =
	    spool_path(s, b->writer->id, SPOOL_META_PART);

	if (rename(part.text, spool_path(s, b->writer->id, SPOOL_META).text)
	    == 0)
		return true;
	return spool_failed(&b->err, "rename", part.text);
}

static void
hide(struct spool_body *b, const struct kpid_err *why)
{
	(void)unlink(spool_path(b->writer->spool, b->writer->id, SPOOL_META)
			 .text);
	b->err = *why;
	b->ok = false;
}

void
spool_commit_all(struct spool_body *const *list, size_t n)
{
	struct kpid_err err = { 0 };
	const char *dir = NULL;

	for (size_t i = 0; i < n; i++)
		list[i]->ok = put_files(list[i]);
	for (size_t i = 0; i < n; i++) {
		list[i]->ok = list[i]->ok && show(list[i]);
		if (list[i]->ok)
			dir = list[i]->writer->spool->dir;
	}
	if (dir == NULL || spool_dir_sync(dir, &err))
		return;
	for (size_t i = 0; i < n; i++)
		if (list[i]->ok)
			hide(list[i], &err);
}

bool
spool_commit(struct spool_writer *w, struct spool_meta *meta, struct arena *mem,
    struct kpid_err *err)
{
	struct spool_body body = { .writer = w, .meta = *meta, .mem = mem };

	spool_commit_all(&(struct spool_body *){ &body }, 1);
	if (!body.ok) {
		spool_abort(w);
		*err = body.err;
		return false;
	}
	spool_close(w);
	*meta = body.meta;
	return true;
}
