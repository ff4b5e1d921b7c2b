/* Judging, and what kpid has to say of feeds and of itself. */
#include <stdlib.h>

#include "machine.h"
#include "kpid/clock.h"
#include "kpid/session.h"
#include "kpid/turns.h"
#include "kpid/work.h"

enum column { COLUMN_FEED, COLUMN_FREQUENCY, COLUMN_PERIOD, COLUMN_ENDS };

static const char open_sql[] =
    "select feed, frequency, period,"
    " (pg_catalog.date_part('epoch', ends) * 1000000)::bigint"
    " from kpid.expected_open()";

/* The first scheduled look that can bring the period; a schedule that cannot
 * be read expects nothing. */
static bool
first_look(const struct feed *feed, const struct holidays *h, usec ends,
    struct arena *mem, usec *out)
{
	struct kpid_err unread;
	struct turns turns;

	return feed != NULL && feed->schedule != NULL
	    && turns_read(feed, h, mem, &turns, &unread)
	    && cron_next(&turns.look, turns.zone, ends, out);
}

/* Schedules are read by C, so their hours come from here. */
static bool
tell_hours(struct db *db, const struct config *cfg, struct arena *mem,
    size_t *told, struct kpid_err *err)
{
	const struct holidays *h;
	struct db_rows rows;
	char text[INSTANT_TEXT_MAX];
	usec at;

	*told = 0;
	if (!session_holidays(db, cfg, mem, &h, err))
		return false;
	if (!db_rows(db, &(struct db_query){ open_sql, NULL, 0 }, mem, &rows,
		err))
		return false;
	for (size_t i = 0; i < rows.n; i++) {
		const char *name = db_cell(&rows, i, COLUMN_FEED);

		if (!first_look(config_feed(cfg, name), h,
			strtoll(db_cell(&rows, i, COLUMN_ENDS), NULL, 10), mem,
			&at))
			continue;
		(void)instant_text(at, text);
		const struct db_param params[] = { DB_TEXT(name),
			DB_TEXT(db_cell(&rows, i, COLUMN_FREQUENCY)),
			DB_TEXT(db_cell(&rows, i, COLUMN_PERIOD)),
			DB_TEXT(text) };

		if (!db_exec(db,
			"select kpid.expected_asked($1, $2, $3::date,"
			" $4::timestamptz)",
			params, ARRAY_LEN(params), err))
			return false;
		++*told;
	}
	return true;
}

static bool
watch_once(struct db *db, const char *facts, struct arena *mem, usec *next,
    struct kpid_err *err)
{
	const struct db_param param = DB_TEXT(facts);
	const char *text;

	if (!db_value(db,
		&(struct db_query){
		    "select (pg_catalog.date_part('epoch', next_at)"
		    " * 1000000)::bigint from kpid.watch($1::jsonb)",
		    &param, 1 },
		mem, &text, err))
		return err_wrap(err, "could not look at what is late");
	*next = text == NULL ? INT64_MAX : strtoll(text, NULL, 10);
	return true;
}

bool
work_room(struct db *db, bool full, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	usec ignored;

	return watch_once(db, machine_room(full, &mem), &mem, &ignored, err);
}

static bool
watch(struct db *db, const struct config *cfg, const struct judged *judged,
    usec *next, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	size_t told;

	return watch_once(db, machine_facts(cfg, judged, &mem), &mem, next, err)
	    && tell_hours(db, cfg, &mem, &told, err)
	    && (told == 0 || watch_once(db, "[]", &mem, next, err));
}

bool
work_judge(struct db *db, const struct config *cfg, struct work_judged *out,
    struct kpid_err *err)
{
	struct work_judged done = { .look_at = INT64_MAX };
	const usec began = clock_now();
	struct kpid_err failed = { 0 };
	const bool ok = evaluate_owed(db, &done.counts, &failed);
	const struct judged judged = { clock_now() - began,
		ok ? NULL : failed.msg };

	if (!ok && failed.retry) {
		*err = failed;
		return false;
	}
	if (!watch(db, cfg, &judged, &done.look_at, err))
		return false;
	if (!ok) {
		*err = failed;
		return false;
	}
	*out = done;
	return true;
}
