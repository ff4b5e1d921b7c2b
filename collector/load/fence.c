/* Bodies whose turn another instance has taken. */
#include <stdlib.h>

#include "batch.h"
#include "kpid/bytes.h"

#define LIST_BYTES (1 << 20) /* a batch has a few dozen bodies */

/* Fetched by a daemon for a turn of its feed, and at hand. */
static bool
has_turn(const struct item *it)
{
	return it->fd >= 0 && !it->apart && it->meta.turn.set && !it->refused;
}

/* A document of them all, an entry each; empty: there is none. The names of
 * feeds need no escape. */
static bool
list_turns(struct work *w, bool (*put)(struct buf *, const struct item *),
    struct buf *out, struct kpid_err *err)
{
	bool ok = true, any = false;

	for (size_t i = 0; ok && i < w->n; i++) {
		if (!has_turn(&w->items[i]))
			continue;
		ok = buf_puts(out, any ? "," : "[") && put(out, &w->items[i]);
		any = true;
	}
	if (ok && (!any || buf_put(out, "]", 2))) /* and its NUL */
		return true;
	return err_set(err, KPID_EINTERNAL, "a batch over its limit");
}

static bool
put_body(struct buf *out, const struct item *it)
{
	char sum[2 * sizeof(it->meta.sha256) + 1];
	char contract[2 * sizeof(it->job.feed->contract_hash) + 1];
	char fetched[INSTANT_TEXT_MAX];

	(void)instant_text(it->meta.fetched_at, fetched);
	hex_encode(it->meta.sha256, sizeof(it->meta.sha256), sum);
	hex_encode(it->job.feed->contract_hash,
	    sizeof(it->job.feed->contract_hash), contract);
	return buf_printf(out, "[\"%s\",%lld,\"%s\",\"%s\",\"%s\"]",
	    it->job.feed->name, (long long)it->meta.turn.lease, fetched, sum,
	    contract);
}

static bool
put_turn(struct buf *out, const struct item *it)
{
	return buf_printf(out, "[\"%s\",%lld,%lld]", it->job.feed->name,
	    (long long)it->meta.turn.due, (long long)it->meta.turn.lease);
}

static void
refuse(struct work *w, size_t n, const char *why)
{
	for (struct item *it = w->items; it < w->items + w->n; it++) {
		if (!has_turn(it) || n-- > 0)
			continue;
		it->result->outcome = LOAD_REFUSED;
		(void)!err_set(&it->result->err, KPID_EREFUSED, "%s", why);
		return;
	}
}

bool
batch_refuse(struct work *w, struct kpid_err *err)
{
	CLEANUP(buf_release) struct buf list = { 0 };
	struct db_rows rows;

	buf_init(&list, LIST_BYTES);
	if (!list_turns(w, put_body, &list, err))
		return false;
	if (list.len == 0)
		return true;
	if (!db_rows(w->db,
		&(struct db_query){
		    "select n, why from kpid.lease_refused($1::jsonb)",
		    &DB_TEXT(list.ptr), 1 },
		&w->mem, &rows, err))
		return false;
	for (size_t i = 0; i < rows.n; i++)
		refuse(w, strtoul(db_cell(&rows, i, 0), NULL, 10),
		    db_cell(&rows, i, 1));
	for (size_t i = 0; i < w->n; i++)
		w->items[i].refused =
		    w->items[i].result->outcome == LOAD_REFUSED;
	return true;
}

bool
batch_turns_done(struct work *w, struct kpid_err *err)
{
	CLEANUP(buf_release) struct buf list = { 0 };

	buf_init(&list, LIST_BYTES);
	if (!list_turns(w, put_turn, &list, err))
		return false;
	return list.len == 0
	    || db_exec(w->db, "select kpid.lease_keep($1::jsonb)",
		&DB_TEXT(list.ptr), 1, err);
}
