/* Bodies of a batch: opened, made deliveries, kept. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch.h"
#include "keep.h"
#include "kpid/body.h"

/* A body that may go the straight way, which is for one at a time. */
#define APART_BYTES (1 << 20)

/* The body of a delivery that is mapped again. */
static void
open_kept(struct work *w, struct item *it)
{
	struct stat st = { 0 };
	struct load_result *r = it->result;

	if (!body_fetch(w->db, it->job.replays, &w->mem, &it->fd, &r->err)) {
		r->outcome = LOAD_FAILED;
		return;
	}
	if (fstat(it->fd, &st) == 0 && st.st_size > 0)
		return;
	(void)close(it->fd);
	it->fd = -1;
	r->outcome = LOAD_FAILED;
	(void)!err_set(&r->err, KPID_ECONTRACT,
	    "the body of delivery %d is not kept any more. HINT: kpid import "
	    "loads the file from elsewhere",
	    it->job.replays);
}

/* The body of an item; one that cannot be read fails alone. */
void
item_open(struct work *w, struct item *it)
{
	const char *id = it->job.spool_id;

	if (it->job.replays != 0) {
		open_kept(w, it);
		return;
	}
	if (spool_read(w->spool, id, &w->mem, &it->meta, &it->fd,
		&it->result->err)) {
		it->apart = w->n > 1 && it->meta.bytes >= APART_BYTES;
		return;
	}
	it->gone = !spool_has(w->spool, id);
	it->result->outcome = it->gone ? LOAD_UNCHANGED : LOAD_FAILED;
}

/* A delivery at the place of the one that is mapped again. */
static bool
receive_again(struct work *w, struct item *it, struct kpid_err *err)
{
	char number[16];
	const char *id;

	(void)snprintf(number, sizeof(number), "%d", it->job.replays);
	const struct db_param params[] = { DB_TEXT(number),
		DB_BYTES(it->job.feed->contract_hash, 32) };

	if (!db_value(w->db,
		&(struct db_query){
		    "select kpid.replay($1::integer, $2, false)", params, 2 },
		&w->mem, &id, err))
		return false;
	if (id == NULL)
		return err_set(err, KPID_EUSAGE, "there is no delivery %d",
		    it->job.replays);
	it->taken.delivery = (int)strtol(id, NULL, 10);
	it->result->delivery = it->taken.delivery;
	it->result->outcome = LOAD_LOADED;
	return db_value(w->db,
	    &(struct db_query){
		"select url from kpi.delivery where delivery = $1::integer",
		params, 1 },
	    &w->mem, &it->meta.url, err);
}

/* When the source says that it published this; somebody who imports a file
 * knows better. A body that cannot be read is told of when it is read. */
static void
look_up_published(struct work *w, struct item *it)
{
	const struct body body = { .cfg = w->cfg,
		.feed = it->job.feed,
		.fd = it->fd,
		.url = it->meta.url };
	struct kpid_err unread = { 0 };
	struct published said;

	if (it->meta.has_published
	    || !body_published(&body, it->meta.last_modified, &w->mem, &said,
		&unread))
		return;
	it->meta.has_published = said.found;
	it->meta.published_at = said.at;
	it->unpublished = said.why;
}

/* Is it of this attempt, and there? */
static bool
is_here(const struct item *it)
{
	return it->fd >= 0 && !it->apart;
}

/* The feeds of the batch, all at once and in one order for all loaders: two
 * that took them one by one could wait for each other. */
static bool
lock_feeds(struct work *w, struct kpid_err *err)
{
	const char *names = NULL;

	for (size_t i = 0; i < w->n; i++)
		if (is_here(&w->items[i]))
			names = arena_printf(&w->mem, "%s%c%s",
			    names == NULL ? "" : names,
			    names == NULL ? '{' : ',',
			    w->items[i].job.feed->name);
	if (names == NULL)
		return true;
	names = arena_printf(&w->mem, "%s}", names);
	return db_exec(w->db, "select kpid.feeds_lock($1::text[])",
	    &DB_TEXT(names), 1, err);
}

bool
batch_receive(struct work *w, struct kpid_err *err)
{
	struct item **list = arena_array(&w->mem, w->n, sizeof(struct item *));
	size_t n = 0;

	if (!lock_feeds(w, err) || !batch_refuse(w, err))
		return false;
	for (struct item *it = w->items; it < w->items + w->n; it++) {
		if (!is_here(it) || it->refused)
			continue;
		if (it->job.replays != 0) {
			if (!receive_again(w, it, err))
				return err_wrap(err, "feed '%s'",
				    it->job.feed->name);
			continue;
		}
		look_up_published(w, it);
		list[n++] = it;
	}
	return n == 0 || batch_register(w, list, n, err);
}

static int
by_sum(const void *a, const void *b)
{
	const struct item *const *x = a, *const *y = b;

	return memcmp((*x)->meta.sha256, (*y)->meta.sha256,
	    sizeof((*x)->meta.sha256));
}

static bool
keep_all(struct work *w, struct item *const *list, size_t n,
    struct kpid_err *err)
{
	CLEANUP(keeper_release) struct keeper k;

	keeper_init(&k, w->db);
	for (size_t i = 0; i < n; i++)
		if (!keeper_put(&k, list[i]->fd, list[i]->meta.sha256, err))
			return err_wrap(err, "feed '%s'",
			    list[i]->job.feed->name);
	return keeper_end(&k, err);
}

/* Bodies in the order of their sums: whoever keeps one waits for another that
 * keeps the same, and so they wait in one order, too. */
bool
batch_keep(struct work *w, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct item **list = arena_array(&mem, w->n, sizeof(struct item *));
	size_t n = 0;

	for (size_t i = 0; i < w->n; i++)
		if (w->items[i].taken.delivery != 0
		    && w->items[i].job.replays == 0)
			list[n++] = &w->items[i];
	if (n > 1)
		qsort(list, n, sizeof(struct item *), by_sum);
	return keep_all(w, list, n, err);
}
