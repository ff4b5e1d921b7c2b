/* Which feeds are due, and starting them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpid/log.h"
#include "loop.h"

#define LOOK_PAUSE_US (10 * (usec)1000000)

static void
set_text(char **to, const char *text)
{
	free(*to);
	*to = text == NULL ? NULL : strdup(text);
}

/* The next turn after the last look, or sooner after a failure: a turn that is
 * due makes good for those before it. */
static void
plan(const struct loop *l, struct feed_run *r)
{
	const usec now = clock_read(&l->clock);

	r->last = turns_last(r->last, now);
	r->next = turns_due(&r->turns, r->last, now);
	r->turn = r->next;
	if (r->next <= now) {
		r->turn = r->last == 0 ? 0 : turns_next(&r->turns, r->last);
	} else if (r->retry_at < r->next) {
		r->next = r->retry_at;
		r->turn = r->retry_turn;
	}
}

static void
looked(const struct loop *l, struct feed_run *r, usec now)
{
	r->last = now;
	(void)json_object_set_new(l->looked, r->feed->name, json_integer(now));
	r->retry_at = TURN_NEVER;
	if (r->scheduled)
		plan(l, r);
}

static bool
read_schedule(struct feed_run *r, struct arena *mem, struct kpid_err *err)
{
	if (r->feed->schedule == NULL)
		return true;
	if (!turns_read(r->feed, NULL, mem, &r->turns, err))
		return err_wrap(err, "%s", r->feed->file);
	r->scheduled = true;
	return true;
}

bool
calendar_check(const struct config *cfg, struct arena *mem,
    struct kpid_err *err)
{
	const struct zone *zone;

	if (!zone_load(cfg->time_zone, mem, &zone, err))
		return err_wrap(err, "%s: time_zone", cfg->path);
	for (size_t i = 0; i < cfg->n_feeds; i++)
		if (!read_schedule(&(struct feed_run){ .feed = &cfg->feeds[i] },
			mem, err))
			return false;
	return true;
}

static bool
open_feed(struct loop *l, struct feed_run *r, struct kpid_err *err)
{
	if (!read_schedule(r, &l->mem, err))
		return false;
	/* Until the database says more. */
	r->last = clock_read(&l->clock);
	r->retry_at = TURN_NEVER;
	if (r->scheduled)
		plan(l, r);
	return true;
}

/* Due dates and grace times pass with the day, whether data came or not. */
static void
set_next_day(struct loop *l)
{
	int32_t day;
	int second;

	zone_civil(l->zone, clock_read(&l->clock), &day, &second);
	l->next_day = zone_instant(l->zone, day + 1, 0);
}

void
calendar_turn_day(struct loop *l)
{
	const usec now = clock_read(&l->clock);

	if (now >= l->look_at) {
		l->look_at = INT64_MAX;
		l->day_owed = true;
	}
	if (now < l->next_day)
		return;
	l->day_owed = true;
	set_next_day(l);
}

/* The database's clock may be behind ours: never in a circle. */
void
calendar_look_at(struct loop *l, usec at)
{
	const usec soonest = clock_read(&l->clock) + LOOK_PAUSE_US;

	l->look_at = at < soonest ? soonest : at;
}

bool
calendar_open(struct loop *l, struct kpid_err *err)
{
	if (!zone_load(l->cfg->time_zone, &l->mem, &l->zone, err))
		return err_wrap(err, "%s: time_zone", l->cfg->path);
	set_next_day(l);
	l->look_at = INT64_MAX;
	l->day_owed = true;
	l->n_feeds = l->cfg->n_feeds;
	l->feeds = arena_array(&l->mem, l->n_feeds, sizeof(*l->feeds));
	for (size_t i = 0; i < l->n_feeds; i++) {
		l->feeds[i].feed = &l->cfg->feeds[i];
		if (!open_feed(l, &l->feeds[i], err))
			return false;
	}
	drops_open(l);
	return true;
}

void
calendar_close(struct loop *l)
{
	drops_close(l);
	for (size_t i = 0; i < l->n_feeds; i++) {
		free(l->feeds[i].etag);
		free(l->feeds[i].last_modified);
	}
	l->n_feeds = 0;
}

struct feed_run *
calendar_find(struct loop *l, const char *feed)
{
	for (size_t i = 0; i < l->n_feeds; i++)
		if (strcmp(l->feeds[i].feed->name, feed) == 0)
			return &l->feeds[i];
	return NULL;
}

/* A feed that was never looked at, or missed a turn while nobody ran, is due
 * now: once. */
void
calendar_learn(struct loop *l, const char *feed, const char *checked_us,
    const struct validators *v)
{
	struct feed_run *r = calendar_find(l, feed);
	const usec now = clock_read(&l->clock);
	const usec checked =
	    checked_us == NULL ? 0 : strtoll(checked_us, NULL, 10);

	if (r == NULL)
		return;
	calendar_validators(r, v);
	if (!r->scheduled || r->fetching || r->lease.wanted)
		return;
	/* What was fetched and waits for the loader was looked at, too. */
	const usec looked =
	    json_integer_value(json_object_get(l->looked, feed));

	r->last = checked > looked ? checked : looked;
	plan(l, r);
	/* So was what a lease was had for, whose body is on the spool. */
	if (r->lease.bodies > 0 && r->next <= now && r->turn <= r->lease.due) {
		r->last = now;
		plan(l, r);
	}
}

void
calendar_retry(struct loop *l, const char *feed, usec again, usec turn)
{
	struct feed_run *r = calendar_find(l, feed);

	if (r == NULL || !r->scheduled || r->fetching || r->lease.wanted)
		return;
	r->retry_at = again;
	r->retry_turn = turn;
	plan(l, r);
}

/* What the server said of a body that is gone would make it answer "not
 * modified". */
static void
again(struct loop *l, struct feed_run *r)
{
	set_text(&r->etag, NULL);
	set_text(&r->last_modified, NULL);
	if (r->scheduled)
		r->next = r->retry_at = r->turn = r->retry_turn =
		    clock_read(&l->clock);
	else
		log_warn("spool",
		    "feed '%s' has no schedule. HINT: if it is its body that "
		    "was lost, run kpid collect %s, or import the file again",
		    r->feed->name, r->feed->name);
}

void
calendar_again(struct loop *l, const char *feed)
{
	for (size_t i = 0; i < l->n_feeds; i++)
		if (feed == NULL || strcmp(l->feeds[i].feed->name, feed) == 0)
			again(l, &l->feeds[i]);
}

void
calendar_validators(struct feed_run *r, const struct validators *v)
{
	set_text(&r->etag, v->etag);
	set_text(&r->last_modified, v->last_modified);
}

void
calendar_awaits(struct loop *l, const json_t *awaited)
{
	for (size_t i = 0; awaited != NULL && i < l->n_feeds; i++) {
		struct feed_run *r = &l->feeds[i];
		const json_t *since = json_object_get(awaited, r->feed->name);
		const usec at =
		    since == NULL ? TURN_NEVER : json_integer_value(since);

		if (!r->scheduled || r->turns.awaited == at)
			continue;
		r->turns.awaited = at;
		if (!r->fetching && !r->lease.wanted)
			plan(l, r);
	}
}

static struct holiday
holiday_of(const json_t *item, struct arena *mem)
{
	return (struct holiday){
		(int32_t)json_integer_value(json_array_get(item, 0)),
		arena_strdup(mem, json_string_value(json_array_get(item, 1))),
	};
}

void
calendar_holidays(struct loop *l, const json_t *days)
{
	const size_t n = json_array_size(days);
	struct holiday *list;

	if (days == NULL || n == 0)
		return;
	arena_reset(&l->holiday_mem);
	list = arena_array(&l->holiday_mem, n, sizeof(*list));
	for (size_t i = 0; i < n; i++)
		list[i] = holiday_of(json_array_get(days, i), &l->holiday_mem);
	l->holidays = holidays_listed(list, n);
	for (size_t i = 0; i < l->n_feeds; i++) {
		struct feed_run *r = &l->feeds[i];

		if (!r->scheduled)
			continue;
		turns_close_on(&r->turns, &l->holidays);
		if (!r->fetching && !r->lease.wanted)
			plan(l, r);
	}
}

void
calendar_clock_set(struct loop *l)
{
	const usec now = clock_read(&l->clock);

	log_info("daemon", "the clock was set");
	set_next_day(l);
	l->day_owed = true;
	for (size_t i = 0; i < l->n_feeds; i++) {
		struct feed_run *r = &l->feeds[i];

		if (r->retry_at != TURN_NEVER && r->retry_at > now)
			r->retry_at =
			    now + calendar_pause(r->feed->name, r->failures, 0);
		if (r->scheduled && !r->fetching && !r->lease.wanted)
			plan(l, r);
	}
}

void
calendar_loaded(struct loop *l, const char *feed)
{
	struct feed_run *r = calendar_find(l, feed);

	if (r != NULL)
		r->loaded_at = clock_now();
}

/* A feed that comes once a month must not wait a month for a server that was
 * away for an hour. */
static void
failed(struct loop *l, struct feed_run *r, const struct fetched *f,
    const char *subject, const char *run)
{
	usec again;

	log_run(LOG_LEVEL_ERROR, subject, run, "%s", f->err.msg);
	if (r == NULL || !r->scheduled || !f->err.retry)
		return;
	if (!r->broken)
		r->failures++;
	r->broken = true;
	const usec pause =
	    calendar_pause(r->feed->name, r->failures, f->retry_after);

	again = clock_read(&l->clock) + pause;
	if (again >= r->next) {
		/* Not done: who starts before it was told must not skip it. */
		r->again = r->next;
		return;
	}
	r->next = r->retry_at = r->again = again;
	/* Of many addresses some have brought their part of the turn. */
	r->turn = r->retry_turn = r->many ? again : r->lease.due;
	log_run(LOG_LEVEL_INFO, subject, run, "again in %lld minutes",
	    (long long)(pause / 60000000));
}

/* One of its transfers has ended. What was learnt of releases, holidays and
 * the clock meanwhile counts now. */
static void
turn_end(const struct loop *l, struct feed_run *r)
{
	if (--r->under_way > 0)
		return;
	r->fetching = false;
	if (!r->broken)
		r->failures = 0;
	lease_fetched(r, r->again);
	if (r->scheduled)
		plan(l, r);
}

void
calendar_fetched(struct loop *l, const struct fetched *f)
{
	struct feed_run *r = calendar_find(l, f->feed->name);
	char subject[128], run[24];

	(void)snprintf(subject, sizeof(subject), "feed %s", f->feed->name);
	(void)snprintf(run, sizeof(run), "%lld",
	    (long long)(r != NULL ? r->run : l->last_run));
	l->tally.fetches[f->outcome == FETCH_BODY ? FETCHED_BODY
		: f->outcome == FETCH_FAILED      ? FETCHED_FAILED
						  : FETCHED_SAME]++;
	if (f->outcome == FETCH_BODY) {
		l->tally.bytes += f->meta.bytes;
		log_run(LOG_LEVEL_INFO, subject, run_name(f->meta.id),
		    "fetched %llu bytes in %lld ms",
		    (unsigned long long)f->meta.bytes,
		    (long long)(f->took / 1000));
		if (r != NULL) {
			set_text(&r->etag, f->meta.etag);
			set_text(&r->last_modified, f->meta.last_modified);
			lease_spooled(r);
		}
		id_push(&l->pending, f->meta.id);
	} else {
		if (f->outcome == FETCH_FAILED)
			failed(l, r, f, subject, run);
		else
			log_run(LOG_LEVEL_INFO, subject, run,
			    "unchanged (not modified)");
		helper_tell_checked(l, f);
	}
	if (r != NULL)
		turn_end(l, r);
}

static void
fetched(void *ctx, const struct fetched *f)
{
	calendar_fetched(ctx, f);
}

void
calendar_start_due(struct loop *l)
{
	const usec now = clock_read(&l->clock);

	for (size_t i = 0; i < l->n_feeds && !l->full; i++) {
		struct feed_run *r = &l->feeds[i];

		if (r->scheduled && r->feed->drop.set && r->next <= now) {
			looked(l, r, now);
			r->drop_at = 0;
		} else if (r->scheduled && !r->fetching && !r->lease.wanted
		    && r->next <= now)
			lease_want(l, r, r->turn);
	}
}

/* One collection of a feed: its URL, or those that its words stand for. */
static void
turn_begin(struct loop *l, struct feed_run *r, const struct spool_turn *turn,
    usec now)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct validators v = { r->etag, r->last_modified };
	struct kpid_err err = { 0 };
	struct looks looks;

	if (!feed_looks(r->feed, now, &mem, &looks, &err)) {
		log_error("calendar", "%s", err.msg);
		lease_fetched(r, 0);
		return;
	}
	l->last_run = clock_now() > l->last_run ? clock_now() : l->last_run + 1;
	r->run = l->last_run;
	r->again = 0;
	r->broken = false;
	r->fetching = looks.n > 0;
	r->under_way = looks.n;
	r->many = looks.n > 1;
	for (size_t i = 0; i < looks.n; i++)
		fetcher_start_turn(l->fetcher,
		    &(struct fetch_request){ .feed = r->feed,
			.url = looks.list[i].url,
			.v = &v,
			.now = now },
		    turn, fetched, l);
	if (looks.n == 0)
		lease_fetched(r, 0);
}

void
calendar_fetch(struct loop *l, struct feed_run *r,
    const struct spool_turn *turn)
{
	const usec now = clock_read(&l->clock);

	looked(l, r, now);
	turn_begin(l, r, turn, now);
}

void
calendar_pass(struct loop *l, struct feed_run *r)
{
	r->failures = 0;
	looked(l, r, clock_read(&l->clock));
}

usec
calendar_next(const struct loop *l)
{
	usec next = l->next_day < l->look_at ? l->next_day : l->look_at;

	for (size_t i = 0; i < l->n_feeds && !l->full; i++)
		if (l->feeds[i].scheduled && !l->feeds[i].fetching
		    && !l->feeds[i].lease.wanted && l->feeds[i].next < next)
			next = l->feeds[i].next;
	return next;
}
