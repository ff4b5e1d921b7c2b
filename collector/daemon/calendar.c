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

static void
schedule_next(struct feed_run *r, usec after)
{
	if (r->scheduled && !cron_next(&r->cron, r->zone, after, &r->next))
		r->scheduled = false;
}

static bool
read_schedule(struct feed_run *r, struct arena *mem, struct kpid_err *err)
{
	if (r->feed->schedule == NULL)
		return true;
	if (!cron_parse(r->feed->schedule, &r->cron, err)
	    || !zone_load(r->feed->time_zone, mem, &r->zone, err))
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
	schedule_next(r, clock_read(&l->clock));
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

static struct feed_run *
find(struct loop *l, const char *feed)
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
	struct feed_run *r = find(l, feed);
	const usec now = clock_read(&l->clock);
	usec due = now;

	if (r == NULL)
		return;
	set_text(&r->etag, v->etag);
	set_text(&r->last_modified, v->last_modified);
	if (!r->scheduled || r->fetching)
		return;
	if (checked_us != NULL
	    && !cron_next(&r->cron, r->zone, strtoll(checked_us, NULL, 10),
		&due))
		return;
	if (due <= now)
		r->next = now;
}

void
calendar_loaded(struct loop *l, const char *feed)
{
	struct feed_run *r = find(l, feed);

	if (r != NULL)
		r->loaded_at = clock_now();
}

/* Up to a quarter, by the feed's name: those that failed together do not come
 * back together. */
static usec
jitter(const char *name, usec pause)
{
	uint32_t hash = 2166136261U; /* FNV-1a */

	for (; *name != '\0'; name++)
		hash = (hash ^ (unsigned char)*name) * 16777619U;
	return pause / 4 * (hash % 1024) / 1024;
}

/* 5, 10, 20 .. minutes, at most 6 hours. */
static usec
pause_after(int failures)
{
	const usec minute = 60 * (usec)1000000, longest = 360 * minute;
	const int doublings = failures > 8 ? 8 : failures - 1;
	const usec pause = 5 * minute << doublings;

	return pause > longest ? longest : pause;
}

usec
calendar_pause(const char *feed, int failures, usec asked)
{
	const usec pause = pause_after(failures);
	const usec whole = pause + jitter(feed, pause);

	return whole < asked ? asked : whole;
}

/* A feed that comes once a month must not wait a month for a server that was
 * away for an hour. */
static void
failed(struct loop *l, struct feed_run *r, const struct fetched *f,
    const char *subject)
{
	usec again;

	log_error(subject, "%s", f->err.msg);
	if (r == NULL || !r->scheduled || !f->err.retry)
		return;
	if (!r->broken)
		r->failures++;
	r->broken = true;
	const usec pause =
	    calendar_pause(r->feed->name, r->failures, f->retry_after);

	again = clock_read(&l->clock) + pause;
	if (again >= r->next)
		return;
	r->next = again;
	log_info(subject, "again in %lld minutes",
	    (long long)(pause / 60000000));
}

/* One of its transfers has ended. */
static void
turn_end(struct feed_run *r)
{
	if (--r->under_way > 0)
		return;
	r->fetching = false;
	if (!r->broken)
		r->failures = 0;
}

void
calendar_fetched(struct loop *l, const struct fetched *f)
{
	struct feed_run *r = find(l, f->feed->name);
	char subject[128];

	(void)snprintf(subject, sizeof(subject), "feed %s", f->feed->name);
	l->tally.fetches[f->outcome == FETCH_BODY ? FETCHED_BODY
		: f->outcome == FETCH_FAILED      ? FETCHED_FAILED
						  : FETCHED_SAME]++;
	if (f->outcome == FETCH_BODY) {
		l->tally.bytes += f->meta.bytes;
		log_info(subject, "fetched %llu bytes in %lld ms",
		    (unsigned long long)f->meta.bytes,
		    (long long)(f->took / 1000));
		if (r != NULL) {
			set_text(&r->etag, f->meta.etag);
			set_text(&r->last_modified, f->meta.last_modified);
		}
		id_push(&l->pending, f->meta.id);
	} else {
		if (f->outcome == FETCH_FAILED)
			failed(l, r, f, subject);
		else
			log_info(subject, "unchanged (not modified)");
		helper_tell_checked(l, f);
	}
	if (r != NULL)
		turn_end(r);
}

static void
fetched(void *ctx, const struct fetched *f)
{
	calendar_fetched(ctx, f);
}

/* One collection of a feed: its URL, or those that its words stand for. */
static void
turn_begin(struct loop *l, struct feed_run *r, usec now)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct validators v = { r->etag, r->last_modified };
	struct kpid_err err = { 0 };
	struct looks looks;

	if (!feed_looks(r->feed, now, &mem, &looks, &err)) {
		log_error("calendar", "%s", err.msg);
		return;
	}
	r->fetching = looks.n > 0;
	r->under_way = looks.n;
	r->broken = false;
	for (size_t i = 0; i < looks.n; i++)
		fetcher_start(l->fetcher,
		    &(struct fetch_request){ .feed = r->feed,
			.url = looks.list[i].url,
			.v = &v,
			.now = now },
		    fetched, l);
}

void
calendar_start_due(struct loop *l)
{
	const usec now = clock_read(&l->clock);

	for (size_t i = 0; i < l->n_feeds; i++) {
		struct feed_run *r = &l->feeds[i];

		if (!r->scheduled || r->fetching || r->next > now)
			continue;
		schedule_next(r, now);
		if (r->feed->drop.set)
			r->drop_at = 0;
		else
			turn_begin(l, r, now);
	}
}

usec
calendar_next(const struct loop *l)
{
	usec next = l->next_day < l->look_at ? l->next_day : l->look_at;

	for (size_t i = 0; i < l->n_feeds; i++)
		if (l->feeds[i].scheduled && !l->feeds[i].fetching
		    && l->feeds[i].next < next)
			next = l->feeds[i].next;
	return next;
}
