/* Judging, and what kpid has to say of feeds and of itself. */
#include <stdlib.h>

#include "machine.h"
#include "kpid/clock.h"
#include "kpid/db_array.h"
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

enum hour { FEED, FREQUENCY, PERIOD, HOUR, N_HOURS };

/* The hours of all that is awaited, as columns. */
struct hours {
	struct db_array all[N_HOURS];
};

static void
hours_init(struct hours *h)
{
	for (size_t i = 0; i < N_HOURS; i++)
		db_array_init(&h->all[i], DB_ARRAY_TEXT);
}

static void
hours_release(struct hours *h)
{
	for (size_t i = 0; i < N_HOURS; i++)
		db_array_release(&h->all[i]);
}

static bool
hours_put(struct hours *h, const struct db_rows *rows, size_t row, usec at)
{
	char text[INSTANT_TEXT_MAX];

	(void)instant_text(at, text);
	return db_array_text(&h->all[FEED], db_cell(rows, row, COLUMN_FEED))
	    && db_array_text(&h->all[FREQUENCY],
		db_cell(rows, row, COLUMN_FREQUENCY))
	    && db_array_text(&h->all[PERIOD], db_cell(rows, row, COLUMN_PERIOD))
	    && db_array_text(&h->all[HOUR], text);
}

static bool
hours_send(struct hours *h, struct db *db, struct kpid_err *err)
{
	struct db_param params[N_HOURS];

	for (size_t i = 0; i < N_HOURS; i++)
		params[i] = db_array_param(&h->all[i]);
	return h->all[FEED].n == 0
	    || db_exec(db,
		"select kpid.periods_asked($1::text[], $2::text[],"
		" $3::text[]::date[], $4::text[]::timestamptz[])",
		params, N_HOURS, err);
}

/* Schedules are read by C, so their hours come from here. */
static bool
tell_hours(struct db *db, const struct config *cfg, struct arena *mem,
    size_t *told, struct kpid_err *err)
{
	CLEANUP(hours_release) struct hours hours;
	const struct holidays *h;
	struct db_rows rows;
	usec at;

	hours_init(&hours);
	if (!session_holidays(db, cfg, mem, &h, err)
	    || !db_rows(db, &(struct db_query){ open_sql, NULL, 0 }, mem, &rows,
		err))
		return false;
	for (size_t i = 0; i < rows.n; i++) {
		const char *name = db_cell(&rows, i, COLUMN_FEED);

		if (first_look(config_feed(cfg, name), h,
			strtoll(db_cell(&rows, i, COLUMN_ENDS), NULL, 10), mem,
			&at)
		    && !hours_put(&hours, &rows, i, at))
			return err_set(err, KPID_EINTERNAL,
			    "more is awaited than can be told");
	}
	*told = hours.all[FEED].n;
	return hours_send(&hours, db, err);
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
	size_t told = 0;

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
