/*
 * Whole bodies made durable beside the loop, which goes on meanwhile: a disk
 * takes its time, and for many small bodies together hardly more than for one.
 * Large ones have a thread of their own, that small ones do not wait for.
 */
#include "fetch_int.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define TOGETHER_MAX 64

struct committer {
	struct fetcher *owner;
	pthread_t thread;
	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t more;
	struct transfer_list waiting, done;
	bool ending;
};

/* Waits for work. 0: there will be none any more. */
static size_t
take_some(struct committer *c, struct transfer **some)
{
	size_t n = 0;

	(void)pthread_mutex_lock(&c->lock);
	while (c->waiting.first == NULL && !c->ending)
		(void)pthread_cond_wait(&c->more, &c->lock);
	while (n < TOGETHER_MAX && c->waiting.first != NULL)
		some[n++] = list_take(&c->waiting);
	(void)pthread_mutex_unlock(&c->lock);
	return n;
}

static void
give_back(struct committer *c, struct transfer **some, size_t n)
{
	(void)pthread_mutex_lock(&c->lock);
	for (size_t i = 0; i < n; i++)
		list_put(&c->done, some[i]);
	(void)pthread_mutex_unlock(&c->lock);
	(void)curl_multi_wakeup(c->owner->multi);
}

static void *
work(void *ctx)
{
	struct transfer *some[TOGETHER_MAX];
	struct spool_body *bodies[TOGETHER_MAX];
	struct committer *c = ctx;
	size_t n;

	while ((n = take_some(c, some)) > 0) {
		for (size_t i = 0; i < n; i++)
			bodies[i] = &some[i]->whole;
		spool_commit_all(bodies, n);
		give_back(c, some, n);
	}
	return NULL;
}

/* It costs nothing before there is something to do. */
static struct committer *
committer_new(struct fetcher *f)
{
	struct committer *c = calloc(1, sizeof(*c));

	if (c == NULL)
		fatal("out of memory");
	c->owner = f;
	list_init(&c->waiting);
	list_init(&c->done);
	(void)pthread_mutex_init(&c->lock, NULL);
	(void)pthread_cond_init(&c->more, NULL);
	if (pthread_create(&c->thread, NULL, work, c) != 0)
		fatal("could not start a thread");
	return c;
}

void
commit_begin(struct transfer *t)
{
	struct fetcher *f = t->owner;
	struct committer **at = &f->committers[t->bytes >= LARGE_BYTES];

	if (*at == NULL)
		*at = committer_new(f);
	(void)pthread_mutex_lock(&(*at)->lock);
	list_put(&(*at)->waiting, t);
	(void)pthread_cond_signal(&(*at)->more);
	(void)pthread_mutex_unlock(&(*at)->lock);
	f->n_committing++;
}

struct transfer *
commit_take(struct fetcher *f)
{
	for (size_t i = 0; i < ARRAY_LEN(f->committers); i++) {
		struct committer *c = f->committers[i];
		struct transfer *t;

		if (c == NULL)
			continue;
		(void)pthread_mutex_lock(&c->lock);
		t = list_take(&c->done);
		(void)pthread_mutex_unlock(&c->lock);
		if (t != NULL) {
			f->n_committing--;
			return t;
		}
	}
	return NULL;
}

void
commit_finish(struct fetcher *f)
{
	for (size_t i = 0; i < ARRAY_LEN(f->committers); i++) {
		struct committer *c = f->committers[i];

		if (c == NULL)
			continue;
		(void)pthread_mutex_lock(&c->lock);
		c->ending = true;
		(void)pthread_cond_signal(&c->more);
		(void)pthread_mutex_unlock(&c->lock);
		(void)pthread_join(c->thread, NULL);
	}
}

void
commit_free(struct fetcher *f)
{
	for (size_t i = 0; i < ARRAY_LEN(f->committers); i++) {
		struct committer *c = f->committers[i];

		if (c == NULL)
			continue;
		(void)pthread_mutex_destroy(&c->lock);
		(void)pthread_cond_destroy(&c->more);
		free(c);
	}
}
