/* rooms: base config schedule spool fetch daemon */
/* The daemon's calendar by a clock that the test moves. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../../collector/daemon/loop.h"

#define MINUTE (60 * (usec)1000000)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

struct rig {
	struct loop l;
	struct arena mem;
	struct config cfg;
	struct feed feeds[2];
	const char *dir;
	const char *roots[1];
};

static usec
at(const char *text)
{
	usec out = 0;

	cr_assert(instant_parse(slice_of(text), &out), "'%s'", text);
	return out;
}

/* Two feeds of files that are not there: a look fails at once, and is a look.
 * figures waits for releases; prices has a schedule alone. */
static void
rig_open(struct rig *r, const char *now)
{
	struct kpid_err err = { 0 };
	const struct feed both = { .time_zone = "Asia/Tokyo",
		.title = "x",
		.owner = "a@example.jp",
		.file = "x.json",
		.max_bytes = 1000 };

	*r = (struct rig){ 0 };
	r->dir = mkdtemp(arena_printf(&r->mem, "/tmp/kpid-calendar-XXXXXX"));
	cr_assert_not_null(r->dir);
	r->roots[0] = r->dir;
	r->feeds[0] = r->feeds[1] = both;
	r->feeds[0].name = "figures";
	r->feeds[0].schedule = "0 9 10> * *";
	r->feeds[0].release =
	    (struct release_rule){ .set = true, .give_up_days = 20 };
	r->feeds[1].name = "prices";
	r->feeds[1].schedule = "0 9 * * *";
	r->feeds[0].url = r->feeds[1].url =
	    arena_printf(&r->mem, "file://%s/none.csv", r->dir);
	r->cfg = (struct config){ .time_zone = "Asia/Tokyo",
		.state_dir = r->dir,
		.file_roots = r->roots,
		.n_file_roots = 1,
		.network = { .per_host = 2, .timeout_s = 5, .proxy = "" },
		.feeds = r->feeds,
		.n_feeds = 2 };
	r->l.cfg = &r->cfg;
	r->l.clock = (struct clock){ true, at(now) };
	r->l.checked = json_object();
	r->l.looked = json_object();
	cr_assert(spool_open(r->dir, &r->l.mem, &r->l.spool, &err)
		&& calendar_open(&r->l, &err)
		&& fetcher_new(&r->cfg, r->l.spool, &r->l.fetcher, &err),
	    "%s", err.msg);
}

static void
rig_free(struct rig *r)
{
	fetcher_free(r->l.fetcher);
	calendar_close(&r->l);
	json_decref(r->l.checked);
	json_decref(r->l.looked);
	if (fork() == 0)
		_exit(execlp("rm", "rm", "-rf", r->dir, (char *)NULL));
	(void)wait(NULL);
	arena_release(&r->l.holiday_mem);
	arena_release(&r->l.mem);
	arena_release(&r->mem);
}

/* What the database says at the start of a loader. */
static void
learn(struct rig *r, const char *feed, const char *checked)
{
	const struct validators none = { 0 };
	char us[32];

	(void)snprintf(us, sizeof(us), "%lld",
	    checked == NULL ? 0LL : (long long)at(checked));
	calendar_learn(&r->l, feed, checked == NULL ? NULL : us, &none);
}

static void
awaits(struct rig *r, const char *since)
{
	json_t *awaited = json_object();

	if (since != NULL)
		(void)json_object_set_new(awaited, "figures",
		    json_integer(at(since)));
	calendar_awaits(&r->l, awaited);
	json_decref(awaited);
}

/* The claimer gives every turn that is wanted to us, and takes it back. */
static void
claim_all(struct rig *r)
{
	static int64_t token;

	for (size_t i = 0; i < r->l.n_feeds; i++) {
		struct feed_lease *lease = &r->l.feeds[i].lease;

		if (!lease->wanted)
			continue;
		lease->wanted = false;
		lease->held = true;
		lease->token = ++token;
		turn_fetch(&r->l, &r->l.feeds[i],
		    &(struct spool_turn){ true, lease->due, token });
	}
}

/* It is that time: how many looks begin, and end. */
static int
looks(struct rig *r, const char *now)
{
	const uint64_t before = r->l.tally.fetches[FETCHED_FAILED];
	struct kpid_err err = { 0 };

	r->l.clock.at = at(now);
	calendar_start_due(&r->l);
	claim_all(r);
	while (fetcher_running(r->l.fetcher) > 0)
		cr_assert(fetcher_poll(r->l.fetcher, NULL, 0, 10, &err)
			&& fetcher_step(r->l.fetcher, &err),
		    "%s", err.msg);
	return (int)(r->l.tally.fetches[FETCHED_FAILED] - before);
}

/* The other feed's turns are not counted. */
static void
only(struct rig *r, size_t feed)
{
	r->l.feeds[1 - feed].scheduled = false;
}

static void
expect_next(struct rig *r, size_t feed, const char *want, const char *why)
{
	char got[INSTANT_TEXT_MAX];

	(void)instant_text(r->l.feeds[feed].next, got);
	cr_expect_str_eq(got, want, "%s: got %s", why, got);
}

Test(daemon_calendar, what_was_missed_is_looked_at_once)
{
	CLEANUP(rig_free) struct rig r;

	rig_open(&r, "2026-09-20T03:00:00Z");
	cr_expect_eq(looks(&r, "2026-09-20T03:00:00Z"), 0,
	    "nothing is known of the feeds yet");
	learn(&r, "figures", "2026-01-13T00:00:00Z");
	learn(&r, "prices", "2026-09-20T00:00:05Z");
	cr_expect_eq(looks(&r, "2026-09-20T03:00:00Z"), 1,
	    "eight turns of the one, none of the other");
	cr_expect_eq(looks(&r, "2026-09-20T03:01:00Z"), 0, "once");
	expect_next(&r, 0, "2026-10-13T00:00:00Z", "the next turn");
}

/* A loader that ends before it put down what was fetched begins anew with an
 * old word; so does a configuration that is read again. */
Test(daemon_calendar, what_the_database_does_not_know_yet_was_looked_at)
{
	CLEANUP(rig_free) struct rig r;
	struct kpid_err err = { 0 };

	rig_open(&r, "2026-09-20T00:00:00Z");
	learn(&r, "prices", "2026-09-19T00:00:00Z");
	cr_expect_eq(looks(&r, "2026-09-20T00:00:00Z"), 1);
	learn(&r, "prices", "2026-09-19T00:00:00Z");
	cr_expect_eq(looks(&r, "2026-09-20T00:00:01Z"), 0, "another loader");
	calendar_close(&r.l);
	cr_assert(calendar_open(&r.l, &err), "%s", err.msg);
	learn(&r, "prices", "2026-09-19T00:00:00Z");
	cr_expect_eq(looks(&r, "2026-09-20T00:00:02Z"), 0, "a reload");
}

/* A daemon that is started again, and a clock that runs meanwhile. */
Test(daemon_calendar, a_turn_whose_body_waits_is_not_fetched_again)
{
	CLEANUP(rig_free) struct rig r;

	rig_open(&r, "2026-09-20T00:00:00Z");
	r.l.clock = (struct clock){ false, 0 };
	struct feed_run *prices = &r.l.feeds[1];

	learn(&r, "prices", NULL);
	cr_expect(prices->next <= clock_now(), "never looked at: it is due");
	prices->lease.due = turns_newest(&prices->turns, clock_now());
	prices->lease.bodies = 1;
	for (int i = 0; i < 100; i++) {
		learn(&r, "prices", NULL);
		cr_assert(prices->next > clock_now(),
		    "round %d: its body is on the spool", i);
	}
	prices->lease.due -= 2 * DAY;
	learn(&r, "prices", NULL);
	cr_expect(prices->next <= clock_now(),
	    "that body was an earlier turn's");
}

/* The database alone remembers them over a start. */
Test(daemon_calendar, failed_turns_are_tried_again_after_a_start)
{
	CLEANUP(rig_free) struct rig r;

	rig_open(&r, "2026-09-10T00:10:00Z");
	only(&r, 0);
	learn(&r, "figures", "2026-09-10T00:00:00Z");
	expect_next(&r, 0, "2026-10-13T00:00:00Z", "a month later");
	calendar_retry(&r.l, "figures", at("2026-09-10T00:20:00Z"),
	    at("2026-09-10T00:00:00Z"));
	calendar_retry(&r.l, "none", 1, 1);
	expect_next(&r, 0, "2026-09-10T00:20:00Z", "the failed turn first");
	cr_expect_eq(looks(&r, "2026-09-10T00:19:59Z"), 0);
	cr_expect_eq(looks(&r, "2026-09-10T00:20:00Z"), 1);
	cr_expect_eq(r.l.feeds[0].lease.due, at("2026-09-10T00:00:00Z"),
	    "that turn it was");
	expect_next(&r, 0, "2026-10-13T00:00:00Z", "once");
}

/* The database may not have heard of the failure when the next daemon asks. */
Test(daemon_calendar, a_failed_turn_is_not_done_when_the_next_comes_first)
{
	CLEANUP(rig_free) struct rig r;

	rig_open(&r, "2026-09-10T00:00:00Z");
	struct feed_run *run = &r.l.feeds[1];

	learn(&r, "prices", "2026-09-10T00:00:00Z");
	run->fetching = true;
	run->under_way = 1;
	turn_fetched(&r.l,
	    &(struct fetched){ .feed = run->feed,
		.outcome = FETCH_FAILED,
		.url = run->feed->url,
		.retry_after = 2 * DAY,
		.err = { .retry = true, .msg = "away" } });
	cr_expect_not(run->lease.done);
	cr_expect_eq(run->lease.again, at("2026-09-11T00:00:00Z"));
	expect_next(&r, 1, "2026-09-11T00:00:00Z", "its next turn");
}

/* While a transfer runs nothing is reckoned; when it has ended all is. */
Test(daemon_calendar, what_was_learnt_during_a_transfer_counts_after_it)
{
	CLEANUP(rig_free) struct rig r;
	const struct feed *feed = &r.feeds[0];

	rig_open(&r, "2026-10-13T00:00:00Z");
	only(&r, 0);
	learn(&r, "figures", "2026-09-10T00:00:00Z");
	r.l.feeds[0].last = r.l.clock.at;
	r.l.feeds[0].fetching = true;
	r.l.feeds[0].under_way = 1;
	awaits(&r, "2026-10-13T00:00:00Z");
	turn_fetched(&r.l,
	    &(struct fetched){ .feed = feed, .outcome = FETCH_NOT_MODIFIED });
	expect_next(&r, 0, "2026-10-14T00:00:00Z", "September is awaited");
}

Test(daemon_calendar, polls_while_the_database_waits)
{
	CLEANUP(rig_free) struct rig r;

	rig_open(&r, "2026-10-13T00:00:00Z");
	only(&r, 0);
	learn(&r, "figures", "2026-09-10T00:00:00Z");
	cr_expect_eq(looks(&r, "2026-10-13T00:00:00Z"), 1, "the release");
	expect_next(&r, 0, "2026-11-10T00:00:00Z", "nothing is awaited");
	awaits(&r, "2026-10-13T00:00:00Z");
	expect_next(&r, 0, "2026-10-14T00:00:00Z", "September is");
	cr_expect_eq(looks(&r, "2026-10-13T23:59:59Z"), 0);
	cr_expect_eq(looks(&r, "2026-10-14T00:00:00Z"), 1, "a poll");
	cr_expect_eq(looks(&r, "2026-10-20T00:00:00Z"), 1,
	    "five that were missed");
	calendar_awaits(&r.l, NULL);
	expect_next(&r, 0, "2026-10-21T00:00:00Z", "no word, no change");
	awaits(&r, NULL);
	expect_next(&r, 0, "2026-11-10T00:00:00Z", "it came");
}

/* Of the feed that is due at 0:00Z each day. */
Test(daemon_calendar, a_clock_that_is_set_is_followed)
{
	static const struct {
		const char *set, *next;
		int looks;
		const char *why;
	} table[] = {
		{ "2026-06-15T05:00:00Z", "2026-06-16T00:00:00Z", 0, "hardly" },
		{ "2026-06-14T23:30:00Z", "2026-06-16T00:00:00Z", 0,
		    "back over the turn" },
		{ "2026-06-16T00:30:00Z", "2026-06-17T00:00:00Z", 1,
		    "forward over one" },
		{ "2026-09-01T12:00:00Z", "2026-09-02T00:00:00Z", 1,
		    "forward over many, or asleep" },
		{ "2026-06-01T12:00:00Z", "2026-06-02T00:00:00Z", 0,
		    "back for weeks: not asleep till they are over" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(rig_free) struct rig r;

		rig_open(&r, "2026-06-15T00:00:00Z");
		only(&r, 1);
		learn(&r, "prices", "2026-06-14T00:00:00Z");
		cr_assert_eq(looks(&r, "2026-06-15T00:00:00Z"), 1);
		r.l.day_owed = false;
		r.l.clock.at = at(table[i].set);
		calendar_clock_set(&r.l);
		cr_expect(r.l.day_owed, "row %zu: deadlines may have passed",
		    i);
		cr_expect(r.l.next_day > r.l.clock.at
			&& r.l.next_day <= r.l.clock.at + DAY,
		    "row %zu: midnight is the next", i);
		cr_expect_eq(looks(&r, table[i].set), table[i].looks,
		    "row %zu (%s)", i, table[i].why);
		expect_next(&r, 1, table[i].next, table[i].why);
	}
}

/* Leases run on the machine's clock. */
Test(daemon_calendar, leases_follow_a_clock_that_is_set)
{
	CLEANUP(rig_free) struct rig r;
	const usec far = clock_now() + 2 * DAY;

	rig_open(&r, "2026-10-01T00:00:00Z");
	r.l.claimer.ready = true;
	r.l.feeds[0].lease.wanted = true;
	r.l.feeds[0].lease.ask_at = far;
	r.l.feeds[1].lease.held = true;
	r.l.renew_at = far;
	cr_expect_eq(leases_next(&r.l), far, "before the clock went back");
	leases_clock_set(&r.l);
	cr_expect_leq(leases_next(&r.l), clock_now(), "renewed and asked now");
	cr_expect_leq(r.l.feeds[0].lease.ask_at, clock_now());
}

Test(daemon_calendar, listed_holidays_move_business_days)
{
	CLEANUP(rig_free) struct rig r;
	json_t *days = json_pack("[[i, s], [i, s]]", 9497, "元日", 9782,
	    "特別の休日"); /* 2026-01-01, 2026-10-13 */

	rig_open(&r, "2026-10-01T00:00:00Z");
	learn(&r, "figures", "2026-09-10T00:00:00Z");
	expect_next(&r, 0, "2026-10-13T00:00:00Z", "as the law has it");
	calendar_holidays(&r.l, days);
	expect_next(&r, 0, "2026-10-12T00:00:00Z", "the twelfth is none now");
	calendar_holidays(&r.l, NULL);
	expect_next(&r, 0, "2026-10-12T00:00:00Z", "no word, no change");
	json_decref(days);
}

/* A turn that somebody did before it was told in the database, and one since:
 * the claim is for the newest, and an answer that it was done hides none. */
Test(daemon_calendar, a_turn_that_was_done_hides_no_later_one)
{
	CLEANUP(rig_free) struct rig r;
	struct feed_run *prices;

	rig_open(&r, "2026-10-13T00:00:30Z");
	only(&r, 1);
	prices = &r.l.feeds[1];
	learn(&r, "prices", "2026-10-10T00:00:10Z");
	calendar_start_due(&r.l);
	cr_expect(prices->lease.wanted);
	cr_expect_eq(prices->lease.due, at("2026-10-13T00:00:00Z"),
	    "the newest of three");
	prices->lease.wanted = false;
	r.l.clock.at = at("2026-10-14T00:00:00Z");
	calendar_pass(&r.l, prices);
	cr_expect_eq(prices->next, r.l.clock.at, "due while it was asked");
	cr_expect_eq(prices->turn, r.l.clock.at);
}
