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

/* The next turn after the last look, or sooner after a failure. The newest of
 * those that passed stands for all of them: an earlier one may be done, by
 * whomever, and what came after it not. */
void
calendar_plan(const struct loop *l, struct feed_run *r)
{
	const usec now = clock_read(&l->clock);

	r->last = turns_last(r->last, now);
	r->next = turns_due(&r->turns, r->last, now);
	r->turn = r->next;
	if (r->next <= now) {
		r->turn = turns_newest(&r->turns, now);
	} else if (r->retry_at < r->next) {
		r->next = r->retry_at;
		r->turn = r->retry_turn;
	}
}

void
calendar_looked(const struct loop *l, struct feed_run *r, usec now)
{
	r->last = now;
	(void)json_object_set_new(l->looked, r->feed->name, json_integer(now));
	r->retry_at = TURN_NEVER;
	if (r->scheduled)
		calendar_plan(l, r);
}

void
calendar_unlook(struct loop *l)
{
	for (size_t i = 0; i < l->n_feeds; i++)
		if (l->feeds[i].fetching)
			(void)json_object_del(l->looked,
			    l->feeds[i].feed->name);
}

static bool
read_schedule(struct feed_run *r, struct zones *zones, struct kpid_err *err)
{
	if (r->feed->schedule == NULL)
		return true;
	if (!turns_share(r->feed, NULL, zones, &r->turns, err))
		return err_wrap(err, "%s", r->feed->file);
	r->scheduled = true;
	return true;
}

bool
calendar_check(const struct config *cfg, struct arena *mem,
    struct kpid_err *err)
{
	struct zones zones = { .mem = mem };
	const struct zone *zone;

	if (!zones_get(&zones, cfg->time_zone, &zone, err))
		return err_wrap(err, "%s: time_zone", cfg->path);
	for (size_t i = 0; i < cfg->n_feeds; i++)
		if (!read_schedule(&(struct feed_run){ .feed = &cfg->feeds[i] },
			&zones, err))
			return false;
	return true;
}

static bool
open_feed(struct loop *l, struct feed_run *r, struct zones *zones,
    struct kpid_err *err)
{
	if (!read_schedule(r, zones, err))
		return false;
	/* Until the database says more. */
	r->last = clock_read(&l->clock);
	r->retry_at = TURN_NEVER;
	if (r->scheduled)
		calendar_plan(l, r);
	return true;
}

/* Due dates and grace times pass with the day, whether data came or not. */
static void
set_next_day(struct loop *l)
{
	const usec now = clock_read(&l->clock);
	int32_t day;
	int second;

	zone_civil(l->zone, now, &day, &second);
	l->next_day = zone_instant(l->zone, day + 1, 0);
	/* Where a zone has the same midnight twice. */
	if (l->next_day <= now)
		l->next_day = now + LOOK_PAUSE_US;
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
	struct zones zones = { .mem = &l->mem };

	if (!zones_get(&zones, l->cfg->time_zone, &l->zone, err))
		return err_wrap(err, "%s: time_zone", l->cfg->path);
	set_next_day(l);
	l->look_at = INT64_MAX;
	l->day_owed = true;
	l->n_feeds = l->cfg->n_feeds;
	l->feeds = arena_array(&l->mem, l->n_feeds, sizeof(*l->feeds));
	for (size_t i = 0; i < l->n_feeds; i++) {
		l->feeds[i].feed = &l->cfg->feeds[i];
		if (!open_feed(l, &l->feeds[i], &zones, err))
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
		free(l->feeds[i].error);
		id_clear(&l->feeds[i].owed);
	}
	l->n_feeds = 0;
}

static int
name_against(const void *name, const void *run)
{
	return feed_order(name, ((const struct feed_run *)run)->feed->name);
}

struct feed_run *
calendar_find(struct loop *l, const char *feed)
{
	return l->n_feeds == 0 ? NULL
			       : bsearch(feed, l->feeds, l->n_feeds,
				   sizeof(*l->feeds), name_against);
}

/* A feed that was never looked at, or missed a turn while nobody ran, is due
 * now: once. */
void
calendar_learn(struct loop *l, const char *feed, const char *checked_us,
    const struct validators *v)
{
	struct feed_run *r = calendar_find(l, feed);
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
	calendar_plan(l, r);
	/* So was what a lease was had for, whose body is on the spool. What is
	 * due is so since the plan was made, a moment ago. */
	const usec now = clock_read(&l->clock);

	if (r->lease.bodies > 0 && r->next <= now && r->turn <= r->lease.due) {
		r->last = now;
		calendar_plan(l, r);
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
	calendar_plan(l, r);
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
	else if (!r->feed->drop.set) /* its file is still claimed */
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
			calendar_plan(l, r);
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
			calendar_plan(l, r);
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
			calendar_plan(l, r);
	}
}

void
calendar_start_due(struct loop *l)
{
	const usec now = clock_read(&l->clock);

	for (size_t i = 0; i < l->n_feeds && !l->full; i++) {
		struct feed_run *r = &l->feeds[i];

		if (r->scheduled && r->feed->drop.set && r->next <= now) {
			calendar_looked(l, r, now);
			r->drop_at = 0;
		} else if (r->scheduled && !r->fetching && !r->lease.wanted
		    && r->next <= now)
			lease_want(l, r, r->turn);
	}
}

void
calendar_pass(struct loop *l, struct feed_run *r)
{
	r->failures = 0;
	/* What came due while the question was under way is due still. */
	calendar_looked(l, r,
	    r->lease.due != 0 ? r->lease.due : clock_read(&l->clock));
}

/* Only what calendar_turn_day and calendar_start_due will act upon: else the
 * loop would wake up again and again. */
usec
calendar_next(const struct loop *l)
{
	const bool begins = !l->full && l->next == NULL;
	usec next = l->next_day < l->look_at ? l->next_day : l->look_at;

	for (size_t i = 0; i < l->n_feeds && begins; i++)
		if (l->feeds[i].scheduled && !l->feeds[i].fetching
		    && !l->feeds[i].lease.wanted && l->feeds[i].next < next)
			next = l->feeds[i].next;
	return next;
}
