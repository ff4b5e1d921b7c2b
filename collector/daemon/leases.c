/* Which turns are ours, and telling the claimer. */
#include <string.h>

#include "kpid/log.h"
#include "kpid/work.h"
#include "loop.h"
#include "wire.h"

#define SECOND    ((usec)1000000)
#define AWAY_ENDS 2 /* ends of the claimer in a row: the database is away */
#define GATHER_US (SECOND / 2)  /* what ends together is told together */
#define ANSWER_US (60 * SECOND) /* an answer never takes so long */
#define LATE_US   SECOND        /* we stood still ourselves */

static usec
length(const struct loop *l)
{
	return l->cfg->instances.lease_s * SECOND;
}

void
lease_want(struct loop *l, struct feed_run *r, usec due)
{
	(void)l;
	r->lease.wanted = true;
	r->lease.asked = false;
	r->lease.due = due;
	r->lease.ask_at = clock_now();
}

/* Nothing of the feed is at work any more. */
static void
end_if_idle(struct feed_run *r)
{
	if (r->lease.held && !r->fetching && r->lease.bodies == 0)
		r->lease.ending = true;
}

void
lease_spooled(struct feed_run *r)
{
	r->lease.bodies++;
	r->lease.done = true;
	r->lease.again = 0;
}

void
lease_fetched(struct feed_run *r, usec again)
{
	r->lease.done = again == 0;
	r->lease.again = again;
	end_if_idle(r);
}

void
lease_put_off(struct feed_run *r)
{
	r->lease.done = false;
	r->lease.again = 0;
	end_if_idle(r);
}

void
lease_loaded(struct feed_run *r)
{
	if (r->lease.bodies > 0)
		r->lease.bodies--;
	end_if_idle(r);
}

void
leases_none_waits(struct loop *l)
{
	for (size_t i = 0; i < l->n_feeds; i++) {
		l->feeds[i].lease.bodies = 0;
		end_if_idle(&l->feeds[i]);
	}
}

/* Whether the lease is still ours the first renewal tells. */
static void
adopt(struct feed_run *r, const struct spool_turn *turn)
{
	r->lease.bodies++;
	if (turn->lease != 0) {
		r->lease.held = true;
		r->lease.token = turn->lease;
	}
	if (turn->due >= r->lease.due)
		r->lease.due = turn->due;
	r->lease.done = true;
}

void
leases_adopt(struct loop *l)
{
	CLEANUP(arena_release) struct arena mem = { 0 };

	for (size_t i = 0; i < l->pending.n; i++) {
		struct kpid_err unread;
		struct spool_meta meta;

		if (!spool_describe(l->spool, l->pending.ids[i], &mem, &meta,
			&unread)
		    || !meta.turn.set)
			continue;
		struct feed_run *r = calendar_find(l, meta.feed);

		if (r != NULL)
			adopt(r, &meta.turn);
		arena_reset(&mem);
	}
}

/* A turn that comes up while the database is known to be away is fetched all
 * the same; so is one that nobody answers for in time. Time in which the
 * process itself stood still does not count: the claimer may have, too. */
static bool
may_go_without(const struct loop *l, struct feed_lease *f, usec now)
{
	const struct helper *h = &l->claimer;
	const usec waited = now - f->ask_at;

	if (waited < 0)
		return false;
	if (!h->ready && h->failures >= AWAY_ENDS)
		return true;
	if (waited > ANSWER_US + LATE_US)
		f->ask_at = now;
	return waited >= ANSWER_US && waited <= ANSWER_US + LATE_US;
}

static void
go(struct loop *l, struct feed_run *r)
{
	r->lease.wanted = r->lease.asked = false;
	turn_fetch(l, r,
	    &(struct spool_turn){
		true, r->lease.due, r->lease.held ? r->lease.token : 0 });
}

static void
go_without(struct loop *l, usec now)
{
	for (size_t i = 0; i < l->n_feeds && !l->full; i++) {
		struct feed_run *r = &l->feeds[i];

		if (!r->lease.wanted || !may_go_without(l, &r->lease, now))
			continue;
		log_warn("leases", "feed %s: fetched without a lease",
		    r->feed->name);
		go(l, r);
	}
}

static json_t *
instant_or_null(bool given, usec at)
{
	return given ? json_integer((json_int_t)at) : json_null();
}

/* One feed's words into the three lists. Who has no room leaves what is due to
 * the others. */
static void
tell_feed(const struct loop *l, struct feed_run *r, usec now,
    json_t *const lists[3])
{
	const bool renew = now >= l->renew_at;
	struct feed_lease *f = &r->lease;
	const char *name = r->feed->name;

	if (f->wanted && !f->asked && !l->full && f->ask_at <= now) {
		f->asked = true;
		f->ending = false;
		(void)json_array_append_new(lists[0],
		    json_pack("[s,I,I]", name, (json_int_t)f->due,
			(json_int_t)f->token));
	} else if (f->ending) {
		f->held = f->ending = false;
		(void)json_array_append_new(lists[2],
		    json_pack("[s,o,o]", name, instant_or_null(f->done, f->due),
			instant_or_null(f->again != 0, f->again)));
	} else if (f->held && renew) {
		(void)json_array_append_new(lists[1], json_string(name));
	}
}

static void
send_lists(struct loop *l, json_t *const lists[3])
{
	struct kpid_err err = { 0 };

	l->claimer.busy = true;
	if (!wire_send(l->claimer.fd,
		json_pack("{s:s,s:O,s:O,s:O}", "holder", l->instance.name,
		    "claim", lists[0], "renew", lists[1], "end", lists[2]),
		&err))
		log_warn("claimer", "%s", err.msg);
}

/* One request at a time, as to the loader. */
static void
tell(struct loop *l, usec now)
{
	json_t *const lists[3] = { json_array(), json_array(), json_array() };
	size_t n = 0;

	for (size_t i = 0; i < l->n_feeds; i++)
		tell_feed(l, &l->feeds[i], now, lists);
	if (now >= l->renew_at)
		l->renew_at = now + length(l) / 3;
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		n += json_array_size(lists[i]);
	if (json_array_size(lists[2]) > 0)
		l->end_at = now + GATHER_US;
	if (n > 0)
		send_lists(l, lists);
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		json_decref(lists[i]);
}

void
leases_step(struct loop *l)
{
	const usec now = clock_now();

	go_without(l, now);
	if (l->claimer.pid != 0 && l->claimer.ready && !l->claimer.busy
	    && leases_next(l) <= now)
		tell(l, now);
}

/* The spool was filled meanwhile: another may have room, and it is asked for
 * again when there is. */
static void
give_back(struct feed_run *r)
{
	r->lease.ending = true;
	r->lease.done = false;
	r->lease.again = 0;
	r->lease.ask_at = clock_now();
}

/* What another learnt of the feed holds under the contract that it was read
 * by. */
static void
learn(struct feed_run *r, const json_t *answer)
{
	const struct validators v = {
		json_string_value(json_array_get(answer, 3)),
		json_string_value(json_array_get(answer, 4)),
	};
	const char *contract = json_string_value(json_array_get(answer, 6));

	if (json_is_true(json_array_get(answer, 5)))
		calendar_validators(r,
		    contract_same(r->feed, contract)
			? &v
			: &(struct validators){ NULL, NULL });
}

/* [feed, token or null, milliseconds or null, etag, last_modified, others,
 * contract]. */
static void
claimed(struct loop *l, struct feed_run *r, const json_t *answer)
{
	const json_t *token = json_array_get(answer, 1);
	const json_t *wait = json_array_get(answer, 2);

	if (!r->lease.asked)
		return;
	r->lease.asked = false;
	if (json_is_integer(token)) {
		r->lease.held = true;
		r->lease.token = json_integer_value(token);
		learn(r, answer);
		if (l->full)
			give_back(r);
		else
			go(l, r);
	} else if (json_is_integer(wait)) {
		r->lease.ask_at = clock_now() + json_integer_value(wait) * 1000;
	} else {
		r->lease.wanted = false;
		calendar_pass(l, r);
	}
}

void
leases_answered(struct loop *l, const json_t *message)
{
	const json_t *claimed_list = json_object_get(message, "claimed");
	const json_t *lost = json_object_get(message, "lost");
	const json_t *entry;
	size_t i;

	l->claimer.ready = true;
	if (l->claimer.busy)
		l->claimer.failures = 0;
	l->claimer.busy = false;
	json_array_foreach(claimed_list, i, entry)
	{
		struct feed_run *r = calendar_find(l,
		    json_string_value(json_array_get(entry, 0)));

		if (r != NULL)
			claimed(l, r, entry);
	}
	json_array_foreach(lost, i, entry)
	{
		struct feed_run *r = calendar_find(l, json_string_value(entry));

		if (r == NULL || !r->lease.held)
			continue;
		r->lease.held = false;
		log_warn("leases",
		    "feed %s: another instance has taken it meanwhile",
		    r->feed->name);
	}
}

void
leases_unanswered(struct loop *l)
{
	for (size_t i = 0; i < l->n_feeds; i++)
		l->feeds[i].lease.asked = false;
}

/* Spans that began by the old clock begin anew. */
void
leases_clock_set(struct loop *l)
{
	const usec now = clock_now();

	l->renew_at = l->end_at = now;
	for (size_t i = 0; i < l->n_feeds; i++)
		l->feeds[i].lease.ask_at = now;
}

static usec
feed_next(const struct loop *l, const struct feed_lease *f)
{
	const bool can_say = l->claimer.ready && !l->claimer.busy;
	usec next = INT64_MAX;

	if (f->wanted && !f->asked && can_say && !l->full)
		next = f->ask_at;
	else if (f->wanted && !l->full)
		next = f->ask_at + ANSWER_US;
	if (f->ending && can_say && l->end_at < next)
		next = l->end_at;
	if (f->held && can_say && l->renew_at < next)
		next = l->renew_at;
	return next;
}

usec
leases_next(const struct loop *l)
{
	usec next = INT64_MAX;

	for (size_t i = 0; i < l->n_feeds; i++) {
		const usec at = feed_next(l, &l->feeds[i].lease);

		if (at < next)
			next = at;
	}
	return next;
}

/* A body that is spooled keeps its lease until the next start, or until the
 * lease ends by itself. */
void
leases_close(struct loop *l)
{
	for (size_t i = 0; i < l->n_feeds; i++) {
		struct feed_run *r = &l->feeds[i];

		r->lease.wanted = false;
		if (!r->lease.held || r->lease.bodies > 0)
			continue;
		if (r->fetching)
			r->lease.done = false;
		r->lease.ending = true;
	}
	if (l->claimer.pid != 0 && l->claimer.ready)
		tell(l, clock_now());
}

size_t
leases_held(const struct loop *l)
{
	size_t n = 0;

	for (size_t i = 0; i < l->n_feeds; i++)
		n += l->feeds[i].lease.held;
	return n;
}
