/*
 * Large bodies are kept by a thread of their own while they are read, and
 * their rows are sent by it where they may (stream.c): the server stores one
 * part while this process works at the next. Small ones come by the thousand,
 * and a thread each would cost more than it saves.
 *
 * The thread has the connection, the reader has it not; both only read the
 * items, but for what the reader finds.
 */
#include <pthread.h>

#include "batch.h"

#define BESIDE_BYTES (1 << 20) /* all bodies: fewer are kept in no time */

struct beside {
	struct work *w;
	bool ok;
	struct kpid_err err;
};

/* Bodies first: once a feed's rows are there, nothing is to fail any more. */
static void *
work_beside(void *ctx)
{
	struct beside *b = ctx;
	struct stream *s = b->w->stream;

	b->ok =
	    batch_keep(b->w, &b->err) && (s == NULL || stream_send(s, &b->err));
	if (s != NULL && !b->ok)
		stream_fail(s);
	return NULL;
}

static bool
is_worth_it(const struct work *w)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < w->n; i++)
		if (w->items[i].taken.delivery != 0)
			bytes += w->items[i].meta.bytes;
	return bytes >= BESIDE_BYTES;
}

static bool
read_through(struct work *w, struct kpid_err *err)
{
	bool ok;

	w->in.stream = w->stream;
	ok = batch_read(w, err);
	w->in.stream = NULL;
	if (w->stream != NULL)
		stream_close(w->stream);
	return ok;
}

bool
batch_take(struct work *w, struct kpid_err *err)
{
	struct beside b = { .w = w };
	pthread_t thread;
	bool ok;

	if (!stream_open(w, &w->stream, err))
		return false;
	if (w->stream == NULL && !is_worth_it(w))
		return batch_keep(w, err) && batch_read(w, err);
	if (pthread_create(&thread, NULL, work_beside, &b) != 0)
		fatal("could not start a thread");
	ok = read_through(w, err);
	(void)pthread_join(thread, NULL);
	if (!b.ok)
		*err = b.err;
	return ok && b.ok;
}
