/* rooms: base config schedule spool fetch daemon */
/* What a turn asks for, and what becomes of one that does not begin. */
#include "../support/lease_rig.h"

/* A schedule for the feed with many addresses, whose turn is ours. */
static struct feed_run *
many_turns(struct rig *r)
{
	struct feed_run *many = &r->l.feeds[1];
	const struct feed daily = { .schedule = "0 12 * * *",
		.time_zone = "UTC" };
	struct kpid_err err = { 0 };

	cr_assert(turns_read(&daily, NULL, &r->l.mem, &many->turns, &err), "%s",
	    err.msg);
	many->scheduled = true;
	many->last = NOON_UTC;
	many->next = NOON_UTC + 24 * 60 * MINUTE;
	many->lease =
	    (struct feed_lease){ .held = true, .due = NOON_UTC, .token = 1 };
	return many;
}

/* What its turn asks for, "a b"; none of it begins. */
static const char *
asked(struct rig *r, struct feed_run *many, usec due)
{
	const struct spool_turn turn = { true, due, 1 };
	const char *out = "";

	many->lease.due = due;
	turn_fetch(&r->l, many, &turn);
	fetcher_put_off(r->l.fetcher);
	for (size_t i = 0; i < many->owed.n; i++)
		out = arena_printf(&r->mem, "%s %s", out,
		    strrchr(many->owed.ids[i], '/') + 1);
	return out;
}

Test(daemon_leases, a_retry_asks_those_that_failed)
{
	static const char *const orgs[] = { "202037", "202011", "202029" };
	CLEANUP(rig_free) struct rig r;
	struct feed_run *many;
	struct fetched f = { .err = { .retry = true, .msg = "503" } };
	usec retry;

	rig_open(&r);
	many = many_turns(&r);
	f.feed = &r.feeds[1];
	r.feeds[1].url = "http://stat.example/{org}";
	r.feeds[1].template = (struct url_template){
		.set = true, .of_org = true, .orgs = orgs, .n_orgs = 3
	};
	cr_expect_str_eq(asked(&r, many, NOON_UTC), " 202037 202011 202029",
	    "all, and none begins");
	cr_expect_str_eq(asked(&r, many, NOON_UTC), " 202037 202011 202029",
	    "which are all owed");
	id_clear(&many->owed);
	turn_open(&r.l, many, 3);
	many->next = NOON_UTC + 24 * 60 * MINUTE;
	many->retry_at = TURN_NEVER;
	f.url = "http://stat.example/202037";
	f.outcome = FETCH_NOT_MODIFIED;
	turn_fetched(&r.l, &f);
	f.outcome = FETCH_FAILED;
	f.url = "http://stat.example/202011";
	turn_fetched(&r.l, &f);
	f.url = "http://stat.example/202029";
	turn_fetched(&r.l, &f);
	retry = many->turn;
	cr_expect_gt(retry, NOON_UTC);
	cr_expect_str_eq(asked(&r, many, retry), " 202011 202029",
	    "the two that failed");
	cr_expect_str_eq(asked(&r, many, NOON_UTC + 24 * 60 * MINUTE),
	    " 202037 202011 202029", "another turn asks all");
}

Test(daemon_leases, what_waits_when_the_spool_is_full_is_given_back)
{
	CLEANUP(rig_free) struct rig r;
	struct feed_run *one;
	FILE *body;

	rig_open(&r);
	one = &r.l.feeds[0];
	(void)step(&r);
	answer(&r, "{\"claimed\":[[\"one\",7,null,null,null,false]]}");
	cr_assert(one->fetching, "it waits for its begin");
	body = fopen(arena_printf(&r.mem, "%s/spool/00000000000000000001.body",
			 r.dir),
	    "w");
	cr_assert_not_null(body);
	(void)fputs("of another feed", body);
	(void)fclose(body);
	spool_bound(r.l.spool, 1);
	bodies_watch(&r.l);
	cr_assert(r.l.full);
	cr_expect(!one->fetching && fetcher_running(r.l.fetcher) == 0);
	r.l.end_at = 0;
	cr_expect_str_eq(step(&r),
	    "{\"claim\":[],\"end\":[[\"one\",null,null]],\"renew\":[]}",
	    "given back, not done");
	cr_expect_eq(r.l.tally.fetches[FETCHED_FAILED], 0);
	cr_expect_eq(json_object_size(r.l.checked), 0, "nothing was looked at");
	answer(&r, "{\"claimed\":[],\"lost\":[]}");
	cr_expect_str_eq(step(&r), "", "nothing is asked for");
	spool_bound(r.l.spool, 0);
	bodies_watch(&r.l);
	cr_assert(!r.l.full);
	cr_expect_str_eq(step(&r),
	    "{\"claim\":[[\"one\",1781481600000000,7]],\"end\":[],"
	    "\"renew\":[]}",
	    "there is room again: the same turn");
}

/* Of addresses that come with the month: monthly, on the 25th. */
Test(daemon_leases, a_turn_asks_for_its_own_period_however_late)
{
	static const struct {
		usec after; /* days after the 25th of May */
		int release;
		const char *asked, *why;
	} rows[] = {
		{ 0, 0, " 2026-04", "on its day" },
		{ 9, 0, " 2026-04", "made good for in June" },
		{ 9, 20, " 2026-04", "still waited for in June" },
		{ 31, 0, " 2026-05", "the next one" },
		{ 31, 20, " 2026-05", "the next release" },
	};
	const usec due = NOON_UTC - 21 * 24 * 60 * MINUTE; /* 2026-05-25 */

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		CLEANUP(rig_free) struct rig r;
		struct kpid_err err = { 0 };
		struct feed_run *many;

		rig_open(&r);
		many = many_turns(&r);
		r.feeds[1].url = "http://stat.example/{yyyy}-{mm}";
		r.feeds[1].schedule = "0 9 25 * *";
		r.feeds[1].release =
		    (struct release_rule){ .set = rows[i].release > 0,
			    .give_up_days = rows[i].release };
		r.feeds[1].template = (struct url_template){ .set = true,
			.of_period = true,
			.every = SPAN_MONTH,
			.lag = 1 };
		cr_assert(turns_read(&r.feeds[1], NULL, &r.l.mem, &many->turns,
			      &err),
		    "%s", err.msg);
		many->turns.awaited = due;
		r.l.clock.at = due + rows[i].after * 24 * 60 * MINUTE;
		cr_expect_str_eq(asked(&r, many,
				     turns_newest(&many->turns, r.l.clock.at)),
		    rows[i].asked, "row %zu (%s): %s", i, rows[i].why,
		    many->owed.ids[0]);
	}
}
