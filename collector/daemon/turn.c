/* One turn of a feed: its transfers, and what they came to. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpid/log.h"
#include "loop.h"

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
	id_push(&r->owed, f->url);
	/* With another address of this turn. */
	if (r->broken && r->retry_at != TURN_NEVER)
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
	r->owed_retry = r->retry_turn;
	log_run(LOG_LEVEL_INFO, subject, run, "again in %lld minutes",
	    (long long)(pause / 60000000));
}

/* The spool is full. What was not begun is due again when there is room, unless
 * somebody else has done it; what failed beside it waits for its pause. */
static void
put_off(const struct loop *l, struct feed_run *r)
{
	(void)json_object_del(l->looked, r->feed->name);
	if (r->broken) {
		lease_fetched(r, r->again);
		return;
	}
	r->retry_at = clock_read(&l->clock);
	r->retry_turn = r->owed_retry = r->lease.due;
	lease_put_off(r);
}

/* One of its transfers has ended. What was learnt of releases, holidays and
 * the clock meanwhile counts now. */
static void
transfer_ended(const struct loop *l, struct feed_run *r)
{
	if (--r->under_way > 0)
		return;
	r->fetching = false;
	if (!r->broken && !r->put_off)
		r->failures = 0;
	if (r->put_off)
		put_off(l, r);
	else
		lease_fetched(r, r->again);
	if (r->scheduled)
		calendar_plan(l, r);
}

/* A feed of many bodies fails when one of them does, however the others fare;
 * what the first one said is told. */
static void
note(struct feed_run *r, const char *why)
{
	if (r->error == NULL && (r->error = strdup(why)) == NULL)
		fatal("out of memory");
}

/* What the turn came to, once nothing of it is at work. */
static void
tell_if_over(struct loop *l, struct feed_run *r)
{
	if (!r->untold || r->fetching || r->put_off || r->lease.bodies > 0)
		return;
	helper_tell_checked(l, r->feed->name, r->error);
	r->untold = false;
	free(r->error);
	r->error = NULL;
}

void
turn_result(struct loop *l, const char *feed, const char *why)
{
	struct feed_run *r = calendar_find(l, feed);

	if (r == NULL)
		return;
	if (why != NULL && r->untold)
		note(r, why);
	lease_loaded(r);
	tell_if_over(l, r);
}

void
turns_over(struct loop *l)
{
	leases_none_waits(l);
	for (size_t i = 0; i < l->n_feeds; i++)
		tell_if_over(l, &l->feeds[i]);
}

/* Is it waited for? Without a release nobody would ask again. */
static bool
not_yet(const struct fetched *f)
{
	return fetched_not_yet(f) && f->feed->release.set;
}

/* Of a feed with one body the load tells, or this. */
static void
without_body(struct loop *l, struct feed_run *r, const struct fetched *f,
    const char *subject, const char *run)
{
	const bool bad = f->outcome == FETCH_FAILED && !not_yet(f);
	const char *why = bad ? f->err.msg : NULL;

	l->tally.fetches[bad ? FETCHED_FAILED : FETCHED_SAME]++;
	if (bad)
		failed(l, r, f, subject, run);
	else
		log_run(LOG_LEVEL_INFO, subject, run,
		    f->outcome == FETCH_FAILED ? "not published yet: %s"
					       : "unchanged (not modified)%s",
		    f->outcome == FETCH_FAILED ? f->err.msg : "");
	if (r == NULL || !r->untold)
		helper_tell_checked(l, f->feed->name, why);
	else if (why != NULL)
		note(r, why);
}

static void
with_body(struct loop *l, struct feed_run *r, const struct fetched *f,
    const char *subject)
{
	l->tally.fetches[FETCHED_BODY]++;
	l->tally.bytes += f->meta.bytes;
	log_run(LOG_LEVEL_INFO, subject, run_name(f->meta.id),
	    "fetched %llu bytes in %lld ms", (unsigned long long)f->meta.bytes,
	    (long long)(f->took / 1000));
	if (r != NULL) {
		calendar_validators(r,
		    &(struct validators){
			f->meta.etag, f->meta.last_modified });
		lease_spooled(r);
	}
	id_push(&l->pending, f->meta.id);
}

static void
not_begun(struct feed_run *r, const struct fetched *f)
{
	if (r == NULL)
		return;
	r->put_off = true;
	id_push(&r->owed, f->url);
}

void
turn_fetched(struct loop *l, const struct fetched *f)
{
	struct feed_run *r = calendar_find(l, f->feed->name);
	char subject[128], run[24];

	(void)snprintf(subject, sizeof(subject), "feed %s", f->feed->name);
	(void)snprintf(run, sizeof(run), "%lld",
	    (long long)(r != NULL ? r->run : l->last_run));
	if (f->outcome == FETCH_BODY)
		with_body(l, r, f, subject);
	else if (f->outcome == FETCH_PUT_OFF)
		not_begun(r, f);
	else
		without_body(l, r, f, subject, run);
	if (r == NULL)
		return;
	transfer_ended(l, r);
	tell_if_over(l, r);
}

static void
fetched(void *ctx, const struct fetched *f)
{
	turn_fetched(ctx, f);
}

void
turn_open(struct loop *l, struct feed_run *r, size_t n)
{
	const usec now = clock_now();

	l->last_run = now > l->last_run ? now : l->last_run + 1;
	r->run = l->last_run;
	r->again = 0;
	r->broken = r->put_off = false;
	r->fetching = n > 0;
	r->under_way = n;
	r->many = n > 1;
	r->untold = r->untold || (n > 0 && feed_by_url(r->feed));
}

/* What is asked for is what the turn was to bring, however late it is made good
 * for: of an address with a month, the month as of the schedule's day. */
static usec
as_of(const struct feed_run *r, usec due, usec now)
{
	usec at = due != 0 && due < now ? due : now, begun;

	if (r->scheduled)
		at = turns_newest(&r->turns, at);
	if (!r->scheduled || at == 0)
		return now;
	if (turns_waiting(&r->turns, at, &begun))
		at = begun;
	return at - r->turns.late;
}

/* Of a turn that is tried again, the addresses that are owed; else all. */
static bool
looks_of(struct feed_run *r, usec due, usec now, struct arena *mem,
    struct looks *out, struct kpid_err *err)
{
	const bool owed =
	    r->owed.n > 0 && (due == r->owed_turn || due == r->owed_retry);

	if (owed) {
		out->n = r->owed.n;
		out->list = arena_array(mem, out->n, sizeof(*out->list));
	}
	for (size_t i = 0; owed && i < out->n; i++)
		out->list[i].url = arena_strdup(mem, r->owed.ids[i]);
	id_clear(&r->owed);
	r->owed_turn = due;
	return owed || feed_looks(r->feed, as_of(r, due, now), mem, out, err);
}

/* One collection of a feed: its URL, or those that its words stand for. */
static void
begin(struct loop *l, struct feed_run *r, struct spool_turn turn, usec now)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct validators v = { r->etag, r->last_modified };
	struct kpid_err err = { 0 };
	struct looks looks;

	if (!looks_of(r, turn.due, now, &mem, &looks, &err)) {
		log_error("calendar", "%s", err.msg);
		lease_fetched(r, 0);
		return;
	}
	turn_open(l, r, looks.n);
	/* A part of them is not the turn: who dies between two is made good
	 * for. Its end is told when the lease is given back. */
	if (r->many)
		turn.due = 0;
	for (size_t i = 0; i < looks.n; i++)
		fetcher_start_turn(l->fetcher,
		    &(struct fetch_request){ .feed = r->feed,
			.url = looks.list[i].url,
			.v = &v,
			.now = now },
		    &turn, fetched, l);
	if (looks.n == 0)
		lease_fetched(r, 0);
}

void
turn_fetch(struct loop *l, struct feed_run *r, const struct spool_turn *turn)
{
	const usec now = clock_read(&l->clock);

	calendar_looked(l, r, now);
	begin(l, r, *turn, now);
}
