/*
 * Large bodies are kept by a thread of their own while they are read: the
 * server stores the one half while this process works at the other. Small
 * ones come by the thousand, and a thread each would cost more than it saves.
 *
 * The thread has the connection, the reader has it not; both only read the
 * items, but for what the reader finds.
 */
#include <pthread.h>

#include "batch.h"

#define BESIDE_BYTES (1 << 20) /* all bodies: fewer are kept in no time */

struct keeping {
	struct work *w;
	bool ok;
	struct kpid_err err;
};

static void *
keep(void *ctx)
{
	struct keeping *k = ctx;

	k->ok = batch_keep(k->w, &k->err);
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

bool
batch_take(struct work *w, struct kpid_err *err)
{
	struct keeping k = { .w = w };
	pthread_t thread;
	bool ok;

	if (!is_worth_it(w))
		return batch_keep(w, err) && batch_read(w, err);
	if (pthread_create(&thread, NULL, keep, &k) != 0)
		fatal("could not start a thread");
	ok = batch_read(w, err);
	(void)pthread_join(thread, NULL);
	if (!k.ok)
		*err = k.err;
	return ok && k.ok;
}
