/*
 * Bodies made durable: one, or many together, which then share what it costs
 * to make names survive.
 */
#include "spool_int.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool
is_small(const struct spool_body *b)
{
	return b->writer->bytes < SPOOL_SMALL;
}

static struct spool_path
path_of(const struct spool_body *b, const char *suffix)
{
	return spool_path(b->writer->spool, b->writer->id, suffix);
}

static bool
move(struct spool_body *b, const char *from, const char *to)
{
	const struct spool_path part = path_of(b, from);

	return rename(part.text, path_of(b, to).text) == 0
	    || spool_failed(&b->err, "rename", part.text);
}

/* What is known of a body, behind it if it is small. */
static bool
describe(struct spool_body *b)
{
	struct spool_writer *w = b->writer;
	const char *text;

	b->meta.bytes = w->bytes;
	sha256_final(&w->hash, b->meta.sha256);
	if (is_small(b)) {
		if (!spool_meta_encode(&b->meta, b->mem, &text, &b->err))
			return false;
		text = spool_trailer(text, b->mem);
		if (!spool_writer_end(w, text, strlen(text), &b->err))
			return false;
	}
	b->meta.id = arena_strdup(b->mem, w->id);
	return true;
}

/* Of a large body the description is under a name that is not listed, and only
 * where the body has its own: both, or what a sweep takes away. */
static bool
make_durable(struct spool_body *b)
{
	const char *text;

	if (fsync(b->writer->fd) != 0)
		return spool_failed(&b->err, "write",
		    path_of(b, SPOOL_PART).text);
	return is_small(b)
	    || (spool_meta_seal(&b->meta, b->mem, &text, &b->err)
		&& move(b, SPOOL_PART, SPOOL_BODY)
		&& spool_file_put(path_of(b, SPOOL_META_PART).text, text,
		    strlen(text), &b->err));
}

static bool
show(struct spool_body *b)
{
	return is_small(b) ? move(b, SPOOL_PART, SPOOL_SINGLE)
			   : move(b, SPOOL_META_PART, SPOOL_META);
}

static void
hide(struct spool_body *b, const struct kpid_err *why)
{
	(void)unlink(path_of(b, is_small(b) ? SPOOL_SINGLE : SPOOL_META).text);
	b->err = *why;
	b->ok = false;
}

/* Each step for all of them: so the disk may be at work at all at once. */
void
spool_commit_all(struct spool_body *const *list, size_t n)
{
	static bool (*const steps[])(struct spool_body *) = { describe,
		make_durable, show };
	struct kpid_err err = { 0 };
	const char *dir = NULL;

	for (size_t i = 0; i < n; i++)
		list[i]->ok = true;
	for (size_t step = 0; step < ARRAY_LEN(steps); step++)
		for (size_t i = 0; i < n; i++)
			list[i]->ok = list[i]->ok && steps[step](list[i]);
	for (size_t i = 0; i < n; i++)
		if (list[i]->ok)
			dir = list[i]->writer->spool->dir;
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
