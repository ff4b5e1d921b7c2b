/* Bodies that wait for the loader, and those that it was handed. */
#include <stdlib.h>
#include <string.h>

#include "kpid/log.h"
#include "loop.h"

#define BATCH_MAX 256 /* bodies to one COPY and one merge */
#define KILLS_MAX 5   /* ends on one body before it gets the blame */

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
	id_clear(&l->working);
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
