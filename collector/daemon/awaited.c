/* What the database knows that schedules need. */
#include <stdlib.h>

#include "awaited.h"
#include "kpid/clock.h"
#include "kpid/session.h"
#include "kpid/turns.h"

static bool
any_lists_holidays(const struct config *cfg)
{
	for (size_t i = 0; i < cfg->n_feeds; i++)
		if (cfg->feeds[i].holidays)
			return true;
	return false;
}

static bool
any_waits(const struct config *cfg)
{
	for (size_t i = 0; i < cfg->n_feeds; i++)
		if (cfg->feeds[i].release.set)
			return true;
	return false;
}

bool
session_holidays(struct db *db, const struct config *cfg, struct arena *mem,
    const struct holidays **out, struct kpid_err *err)
{
	struct db_rows rows;
	struct holidays *h;
	struct holiday *list;

	if (!any_lists_holidays(cfg)) {
		*out = NULL;
		return true;
	}
	if (!db_rows(db,
		&(struct db_query){ "select day, name"
				    " from kpid.holidays_told()",
		    NULL, 0 },
		mem, &rows, err))
		return false;
	list = arena_array(mem, rows.n, sizeof(*list));
	for (size_t i = 0; i < rows.n; i++)
		list[i] = (struct holiday){
			(int32_t)strtol(db_cell(&rows, i, 0), NULL, 10),
			db_cell(&rows, i, 1),
		};
	h = arena_alloc(mem, sizeof(*h));
	*h = holidays_listed(list, rows.n);
	*out = rows.n > 0 ? h : NULL;
	return true;
}

bool
awaited_retries(struct db *db, json_t *message, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct db_rows rows;
	json_t *list;

	if (!db_rows(db,
		&(struct db_query){
		    "select feed, again_us, turn_us from kpid.lease_retries()",
		    NULL, 0 },
		&mem, &rows, err))
		return false;
	list = json_array();
	for (size_t i = 0; i < rows.n; i++)
		(void)json_array_append_new(list,
		    json_pack("[s,I,I]", db_cell(&rows, i, 0),
			(json_int_t)strtoll(db_cell(&rows, i, 1), NULL, 10),
			(json_int_t)strtoll(db_cell(&rows, i, 2), NULL, 10)));
	(void)json_object_set_new(message, "retries", list);
	return true;
}

static bool
add_awaited(struct db *db, struct arena *mem, json_t *to, struct kpid_err *err)
{
	struct db_rows rows;
	json_t *awaited;

	if (!db_rows(db,
		&(struct db_query){
		    "select feed, (pg_catalog.date_part('epoch', awaited)"
		    " * 1000000)::bigint from kpid.awaited()",
		    NULL, 0 },
		mem, &rows, err))
		return false;
	awaited = json_object();
	for (size_t i = 0; i < rows.n; i++)
		(void)json_object_set_new(awaited, db_cell(&rows, i, 0),
		    json_integer(strtoll(db_cell(&rows, i, 1), NULL, 10)));
	(void)json_object_set_new(to, "awaited", awaited);
	return true;
}

static void
add_holidays(const struct holidays *h, json_t *to)
{
	json_t *list = json_array();

	for (size_t i = 0; i < h->n; i++)
		(void)json_array_append_new(list,
		    json_pack("[i, s]", (int)h->list[i].day, h->list[i].name));
	(void)json_object_set_new(to, "holidays", list);
}

bool
awaited_add(struct db *db, const struct config *cfg, json_t *message,
    struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct holidays *h;

	if (any_waits(cfg) && !add_awaited(db, &mem, message, err))
		return false;
	if (!session_holidays(db, cfg, &mem, &h, err))
		return false;
	if (h != NULL)
		add_holidays(h, message);
	return true;
}

/* The feed's next look, with what it waits for. */
static bool
put_next(struct next_looks *looks, const struct feed *feed, struct looking how,
    const json_t *message, struct kpid_err *err)
{
	const json_t *since;

	if (feed == NULL)
		return true;
	since =
	    json_object_get(json_object_get(message, "awaited"), feed->name);
	how.awaited = since == NULL ? TURN_NEVER : json_integer_value(since);
	return next_looks_add(looks, feed, &how, err);
}

bool
awaited_next(struct db *db, const struct config *cfg, const json_t *message,
    const json_t *done, json_t *checked, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct clock clock = { cfg->clock_fixed, cfg->clock };
	struct looking how = { .now = clock_read(&clock) };
	const char *name;
	json_t *error;
	CLEANUP(next_looks_release) struct next_looks looks;

	next_looks_init(&looks);
	if (!session_holidays(db, cfg, &mem, &how.holidays, err))
		return false;
	for (size_t i = 0; i < json_array_size(done); i++)
		if (!put_next(&looks,
			config_feed(cfg,
			    json_string_value(json_object_get(
				json_array_get(done, i), "feed"))),
			how, message, err))
			return false;
	json_object_foreach(checked, name, error)
	{
		if (!put_next(&looks, config_feed(cfg, name), how, message,
			err))
			return false;
	}
	return next_looks_tell(&looks, db, err);
}
