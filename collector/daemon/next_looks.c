/* When feeds are looked at next, as the database is told. */
#include "kpid/session.h"
#include "kpid/turns.h"

void
next_looks_init(struct next_looks *n)
{
	db_array_init(&n->feeds, DB_ARRAY_TEXT);
	db_array_init(&n->instants, DB_ARRAY_TEXT);
	n->mem = (struct arena){ 0 };
	n->zones = (struct zones){ 0 };
}

void
next_looks_release(struct next_looks *n)
{
	db_array_release(&n->feeds);
	db_array_release(&n->instants);
	arena_release(&n->mem);
	n->zones = (struct zones){ 0 };
}

bool
next_looks_add(struct next_looks *n, const struct feed *feed,
    const struct looking *how, struct kpid_err *err)
{
	struct kpid_err unread = { 0 };
	struct turns turns;
	char text[INSTANT_TEXT_MAX];
	usec at;

	n->zones.mem = &n->mem;
	if (feed->schedule == NULL
	    || !turns_share(feed, how->holidays, &n->zones, &turns, &unread))
		return true;
	turns.awaited = how->awaited;
	at = turns_next(&turns, how->now);
	if (at == TURN_NEVER)
		return true;
	(void)instant_text(at, text);
	if (db_array_text(&n->feeds, feed->name)
	    && db_array_text(&n->instants, text))
		return true;
	return err_set(err, KPID_EINTERNAL, "more feeds than can be told");
}

bool
next_looks_tell(struct next_looks *n, struct db *db, struct kpid_err *err)
{
	if (n->feeds.n == 0)
		return true;
	const struct db_param params[] = { db_array_param(&n->feeds),
		db_array_param(&n->instants) };

	return db_exec(db,
	    "select kpid.feeds_next($1::text[], $2::text[]::timestamptz[])",
	    params, ARRAY_LEN(params), err);
}
