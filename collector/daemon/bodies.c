/* Bodies that wait for the loader, and those that it was handed. */
#include <stdlib.h>
#include <string.h>

#include "kpid/clock.h"
#include "kpid/log.h"
#include "loop.h"

#define BATCH_MAX     512 /* bodies to one COPY and one merge */
/* A batch costs as much as dozens of small bodies, whatever is in it: while
 * others are being fetched it waits so long for so many. */
#define GATHER_US     (300 * (usec)1000)
#define GATHER_N      256
#define KILLS_MAX     5 /* ends on one body before it gets the blame */
/* While the spool is full; other processes may make room, too. */
#define ROOM_PAUSE_US (30 * (usec)1000000)

void
id_push(struct id_list *list, const char *id)
{
	if (list->n == list->cap) {
		list->cap = list->cap == 0 ? 16 : list->cap * 2;
		list->ids =
		    reallocarray(list->ids, list->cap, sizeof(*list->ids));
	}
	if (list->ids == NULL || (list->ids[list->n] = strdup(id)) == NULL)
		fatal("out of memory");
	list->n++;
}

void
id_clear(struct id_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->ids[i]);
	free(list->ids);
	*list = (struct id_list){ 0 };
}

const char *
run_name(const char *id)
{
	return id == NULL ? NULL : id + strspn(id, "0");
}

bool
bodies_gather(struct loop *l)
{
	const usec now = clock_now();

	if (l->pending.n == 0 || l->pending.n >= GATHER_N || l->careful > 0
	    || l->stopping || l->next != NULL
	    || fetcher_running(l->fetcher) == 0)
		return false;
	if (l->gather_by == 0 || l->gather_by > now + GATHER_US)
		l->gather_by = now + GATHER_US;
	return now < l->gather_by;
}

json_t *
bodies_take(struct loop *l)
{
	size_t n = l->careful > 0 ? 1 : BATCH_MAX;
	json_t *ids = json_array();

	if (n > l->pending.n)
		n = l->pending.n;
	for (size_t i = 0; i < n; i++) {
		(void)json_array_append_new(ids,
		    json_string(l->pending.ids[i]));
		id_push(&l->working, l->pending.ids[i]);
		free(l->pending.ids[i]);
	}
	l->pending.n -= n;
	l->gather_by = 0;
	if (n > 0)
		memmove(l->pending.ids, l->pending.ids + n,
		    l->pending.n * sizeof(*l->pending.ids));
	return ids;
}

void
bodies_loaded(struct loop *l)
{
	if (l->careful > 0 && l->working.n > 0)
		l->careful--;
	l->kills = 0;
	l->room_at = 0;
	id_clear(&l->working);
}

bool
bodies_left_over(struct loop *l, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *const *ids;
	size_t n;

	if (!spool_list(l->spool, &mem, &ids, &n, err))
		return false;
	for (size_t i = 0; i < n; i++)
		id_push(&l->pending, ids[i]);
	if (n > 0)
		log_info("spool", "%zu bodies of an earlier run", n);
	return true;
}

/* What fills the spool may be another's, who left it there. */
static void
room_look(struct loop *l)
{
	struct kpid_err err = { 0 };

	l->room_at = clock_now() + ROOM_PAUSE_US;
	spool_look(l->spool);
	if (spool_full(l->spool) && l->pending.n == 0 && l->working.n == 0
	    && !bodies_left_over(l, &err))
		log_warn("spool", "%s", err.msg);
}

void
bodies_watch(struct loop *l)
{
	if (l->full && clock_now() >= l->room_at)
		room_look(l);
	const bool full = spool_full(l->spool);

	if (full == l->full)
		return;
	l->full = full;
	l->room_at = clock_now() + ROOM_PAUSE_US;
	l->day_owed = true; /* the loader is to tell of it */
	if (full)
		fetcher_put_off(l->fetcher);
	if (full)
		log_error("spool",
		    "%llu bytes wait and the spool is full: nothing is fetched "
		    "until there is room, nothing is dropped. HINT: see to the "
		    "database, or raise \"max_bytes\" of \"spool\"",
		    (unsigned long long)spool_bytes(l->spool));
	else
		log_info("spool", "there is room again, fetching goes on");
}

void
bodies_put_back(struct loop *l)
{
	struct id_list all = l->working;

	for (size_t i = 0; i < l->pending.n; i++)
		id_push(&all, l->pending.ids[i]);
	id_clear(&l->pending);
	l->pending = all;
	l->working = (struct id_list){ 0 };
}

static void
set_aside(struct loop *l)
{
	struct kpid_err err = { 0 };
	const char *id = l->working.ids[0];

	log_error("spool", "the loader ended on body %s; set aside", id);
	drops_loaded(l, id, false);
	if (!spool_set_aside(l->spool, id, "the loader ended on it", &err))
		log_error("spool", "%s", err.msg);
	id_clear(&l->working);
	l->kills = 0;
	if (l->careful > 0)
		l->careful--;
}

/* What may have come from outside (kill, no memory) must come again and again
 * before a body gets the blame. */
void
bodies_blame(struct loop *l, bool certain)
{
	if (l->working.n == 1 && (certain || ++l->kills >= KILLS_MAX)) {
		set_aside(l);
		return;
	}
	if (l->careful == 0)
		l->careful = l->working.n;
	bodies_put_back(l);
}
