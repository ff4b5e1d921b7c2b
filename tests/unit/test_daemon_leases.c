/* rooms: base config schedule spool fetch daemon */
/* Leases, turns and wake-ups of the daemon, with a claimer that the test
 * plays. */
#include "../support/lease_rig.h"

#define CLAIM \
	"{\"claim\":[[\"one\",1781481600000000,0]],\"end\":[],\"renew\":[]}"

Test(daemon_leases, a_turn_is_claimed_fetched_and_given_back)
{
	CLEANUP(rig_free) struct rig r;
	struct feed_lease *lease;

	rig_open(&r);
	lease = &r.l.feeds[0].lease;
	cr_expect_str_eq(step(&r), CLAIM);
	cr_expect(!r.l.feeds[0].fetching, "not before the answer");
	answer(&r, "{\"claimed\":[[\"one\",7,null,null,null,false]]}");
	cr_expect(lease->held && r.l.feeds[0].fetching && lease->token == 7);
	fetch_all(&r);
	r.l.end_at = 0;
	cr_expect_str_eq(step(&r),
	    "{\"claim\":[],\"end\":[[\"one\",1781481600000000,null]],"
	    "\"renew\":[]}",
	    "there is no such file: the turn is done");
	cr_expect(!lease->held);
	answer(&r, "{\"claimed\":[],\"lost\":[]}");
	cr_expect_str_eq(step(&r), "", "once");
}

Test(daemon_leases, what_others_do_is_not_done)
{
	CLEANUP(rig_free) struct rig r;
	struct feed_run *one;
	usec now = clock_now();

	rig_open(&r);
	one = &r.l.feeds[0];
	(void)step(&r);
	answer(&r, "{\"claimed\":[[\"one\",null,30000,null,null,false]]}");
	cr_expect(!one->fetching && one->lease.wanted, "another has it");
	cr_expect_str_eq(step(&r), "", "asked again later");
	cr_expect(leases_next(&r.l) >= now + 29 * SECOND
		&& leases_next(&r.l) <= clock_now() + 31 * SECOND,
	    "in half a minute");
	one->lease.ask_at = now;
	cr_expect_str_eq(step(&r), CLAIM);
	answer(&r, "{\"claimed\":[[\"one\",null,null,null,null,false]]}");
	cr_expect(!one->lease.wanted && !one->fetching, "it was done");
	cr_expect_eq(one->next, NOON_UTC + 24 * 60 * MINUTE, "tomorrow");
}

/* The contract of the rig's feed has no hash. */
#define HASH   "00000000000000000000000000000000"
#define OTHERS "\"etag2\",\"Mon\",true"

Test(daemon_leases, what_another_learnt_holds_under_one_contract)
{
	static const struct {
		const char *answer, *etag, *last_modified;
		const char *why;
	} table[] = {
		{ OTHERS ",\"" HASH HASH "\"", "etag2", "Mon", "the same" },
		{ OTHERS ",\"1f" HASH HASH "\"", NULL, NULL, "another" },
		{ OTHERS ",null", NULL, NULL, "nobody knows which" },
		{ "\"etag2\",\"Mon\",false,\"" HASH HASH "\"", "etag1", "Sun",
		    "it was this daemon that learnt it" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(rig_free) struct rig r;
		CLEANUP(arena_release) struct arena mem = { 0 };
		struct feed_run *one;

		rig_open(&r);
		one = &r.l.feeds[0];
		calendar_validators(one,
		    &(struct validators){ "etag1", "Sun" });
		(void)step(&r);
		answer(&r,
		    arena_printf(&mem, "{\"claimed\":[[\"one\",7,null,%s]]}",
			table[i].answer));
		cr_expect(one->lease.held, "row %zu", i);
		cr_expect_eq(one->etag == NULL, table[i].etag == NULL,
		    "row %zu (%s): %s", i, table[i].why,
		    one->etag == NULL ? "none" : one->etag);
		if (one->etag == NULL || table[i].etag == NULL)
			continue;
		cr_expect_str_eq(one->etag, table[i].etag, "row %zu (%s)", i,
		    table[i].why);
		cr_expect_str_eq(one->last_modified, table[i].last_modified,
		    "row %zu (%s)", i, table[i].why);
	}
}

Test(daemon_leases, a_full_spool_leaves_turns_to_others)
{
	CLEANUP(rig_free) struct rig r;
	struct feed_run *one;

	rig_open(&r);
	one = &r.l.feeds[0];
	(void)step(&r);
	r.l.full = true;
	answer(&r, "{\"claimed\":[[\"one\",7,null,null,null,false]]}");
	cr_expect(!one->fetching && fetcher_running(r.l.fetcher) == 0,
	    "granted when there is no room any more");
	r.l.end_at = 0;
	cr_expect_str_eq(step(&r),
	    "{\"claim\":[],\"end\":[[\"one\",null,null]],\"renew\":[]}",
	    "and not done");
	answer(&r, "{\"claimed\":[],\"lost\":[]}");
	cr_expect_str_eq(step(&r), "", "nothing is asked for");
	r.l.claimer.ready = false;
	r.l.claimer.failures = 5;
	cr_expect_str_eq(step(&r), "");
	cr_expect(!one->fetching, "nor taken without a lease");
	r.l.claimer.ready = true;
	r.l.full = false;
	cr_expect_str_eq(step(&r),
	    "{\"claim\":[[\"one\",1781481600000000,7]],\"end\":[],"
	    "\"renew\":[]}",
	    "there is room again");
}

Test(daemon_leases, without_an_answer_a_turn_is_fetched_all_the_same)
{
	static const struct {
		int failures;
		usec waited;
		bool asked, ready, fetched;
		const char *why;
	} table[] = {
		{ 0, 10 * SECOND, true, true, false, "it may come yet" },
		{ 0, 60 * SECOND, true, true, true, "a minute" },
		{ 0, 3600 * SECOND, true, true, false, "we stood still" },
		{ 1, SECOND, false, false, false, "it ended once" },
		{ 2, SECOND, false, false, true, "the database is away" },
		{ 2, -3600 * SECOND, false, false, false, "another clock" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(rig_free) struct rig r;
		struct feed_run *one;

		rig_open(&r);
		one = &r.l.feeds[0];
		calendar_start_due(&r.l);
		one->lease.asked = table[i].asked;
		one->lease.ask_at = clock_now() - table[i].waited;
		r.l.claimer.ready = table[i].ready;
		r.l.claimer.busy = table[i].ready;
		r.l.claimer.failures = table[i].failures;
		leases_step(&r.l);
		cr_expect_eq(one->fetching, table[i].fetched, "row %zu (%s)", i,
		    table[i].why);
		cr_expect(!one->lease.held, "row %zu", i);
	}
}

Test(daemon_leases, a_clock_that_is_set_back_stops_nothing)
{
	CLEANUP(rig_free) struct rig r;
	struct feed_lease *lease;

	rig_open(&r);
	lease = &r.l.feeds[0].lease;
	(void)step(&r);
	answer(&r, "{\"claimed\":[[\"one\",null,30000,null,null,false]]}");
	r.l.feeds[1].lease.held = true;
	/* It was tomorrow when that was said. */
	lease->ask_at += 86400 * SECOND;
	r.l.renew_at = r.l.end_at = clock_now() + 86400 * SECOND;
	leases_clock_set(&r.l);
	cr_expect_str_eq(step(&r),
	    "{\"claim\":[[\"one\",1781481600000000,0]],\"end\":[],"
	    "\"renew\":[\"several\"]}");
}

Test(daemon_leases, one_that_was_taken_is_not_renewed)
{
	CLEANUP(rig_free) struct rig r;

	rig_open(&r);
	r.l.feeds[0].scheduled = false;
	r.l.feeds[1].lease =
	    (struct feed_lease){ .held = true, .token = 3, .bodies = 1 };
	cr_expect_str_eq(step(&r),
	    "{\"claim\":[],\"end\":[],\"renew\":[\"several\"]}");
	answer(&r, "{\"claimed\":[],\"lost\":[\"several\"]}");
	cr_expect(!r.l.feeds[1].lease.held);
	r.l.renew_at = 0;
	cr_expect_str_eq(step(&r), "");
}

/* Whatever the loop is in: after a step it sleeps. */
Test(daemon_leases, nothing_wakes_in_vain)
{
	static const char *const states[] = { "asked", "waits", "held", "full",
		"reload", "away", "unanswered", "fetching", "midnight" };

	for (size_t i = 0; i < ARRAY_LEN(states); i++) {
		CLEANUP(rig_free) struct rig r;
		const char *state = states[i];
		struct feed_run *one;

		rig_open(&r);
		one = &r.l.feeds[0];
		if (strcmp(state, "held") == 0)
			r.l.feeds[1].lease.held = true;
		else if (strcmp(state, "full") == 0)
			r.l.full = true;
		else if (strcmp(state, "reload") == 0)
			r.l.next = &r.next;
		else if (strcmp(state, "away") == 0)
			r.l.claimer.ready = false;
		else if (strcmp(state, "midnight") == 0)
			r.l.next_day = r.l.look_at = NOON_UTC;
		else if (strcmp(state, "fetching") == 0)
			one->fetching = true;
		if (r.l.next == NULL)
			(void)step(&r);
		if (strcmp(state, "waits") == 0)
			answer(&r,
			    "{\"claimed\":[[\"one\",null,500,null,null,"
			    "false]]}");
		else if (strcmp(state, "unanswered") == 0)
			one->lease.ask_at -= 7200 * SECOND;
		leases_step(&r.l);
		calendar_turn_day(&r.l);
		cr_expect(calendar_next(&r.l) > NOON_UTC, "%s: the calendar",
		    state);
		cr_expect(leases_next(&r.l) > clock_now(), "%s: leases", state);
		one->fetching = false;
	}
}

Test(daemon_leases, what_had_not_begun_is_due_after_a_reload)
{
	CLEANUP(rig_free) struct rig r;
	struct kpid_err err = { 0 };
	const struct validators none = { 0 };

	rig_open(&r);
	(void)step(&r);
	answer(&r, "{\"claimed\":[[\"one\",7,null,null,null,false]]}");
	cr_assert(r.l.feeds[0].fetching);
	calendar_unlook(&r.l);
	fetcher_free(r.l.fetcher);
	calendar_close(&r.l);
	cr_assert(calendar_open(&r.l, &err)
		&& fetcher_new(&r.cfg, r.l.spool, &r.l.fetcher, &err),
	    "%s", err.msg);
	/* the day before, by the database */
	calendar_learn(&r.l, "one", "1781395200000000", &none);
	cr_expect_eq(r.l.feeds[0].next, NOON_UTC);
	cr_expect_eq(r.l.feeds[0].turn, NOON_UTC, "the same turn");
}

static void
ended(struct rig *r, size_t feed, enum fetch_outcome outcome, bool retry)
{
	struct fetched f = { .feed = &r->feeds[feed],
		.outcome = outcome,
		.url = "http://stat.example/" };

	if (outcome == FETCH_FAILED)
		(void)err_set(&f.err, KPID_EFETCH, "the server answered 503");
	f.err.retry = retry;
	f.meta.id = "00000000000000000001";
	turn_fetched(&r->l, &f);
}

/* What the loader is told of the feed with many bodies. */
static const char *
told(struct rig *r)
{
	const json_t *word = json_object_get(r->l.checked, "several");

	return word == NULL      ? "nothing"
	    : json_is_null(word) ? "well"
				 : json_string_value(word);
}

Test(daemon_leases, of_many_bodies_one_that_fails_fails_the_turn)
{
	static const struct {
		enum fetch_outcome outcomes[3];
		const char *loaded, *told;
	} table[] = {
		{ { FETCH_BODY, FETCH_NOT_MODIFIED, FETCH_NOT_MODIFIED }, NULL,
		    "well" },
		{ { FETCH_FAILED, FETCH_NOT_MODIFIED, FETCH_BODY }, NULL,
		    "the server answered 503" },
		{ { FETCH_BODY, FETCH_FAILED, FETCH_NOT_MODIFIED }, NULL,
		    "the server answered 503" },
		{ { FETCH_BODY, FETCH_NOT_MODIFIED, FETCH_NOT_MODIFIED },
		    "half of the rows", "half of the rows" },
		{ { FETCH_BODY, FETCH_FAILED, FETCH_FAILED },
		    "half of the rows", "the server answered 503" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(rig_free) struct rig r;

		rig_open(&r);
		turn_open(&r.l, &r.l.feeds[1], 3);
		for (size_t k = 0; k < 3; k++)
			ended(&r, 1, table[i].outcomes[k], true);
		cr_expect_str_eq(told(&r), "nothing",
		    "row %zu: a body waits for the loader", i);
		turn_result(&r.l, "several", table[i].loaded);
		cr_expect_str_eq(told(&r), table[i].told, "row %zu: %s", i,
		    told(&r));
		cr_expect_null(r.l.feeds[1].error, "row %zu: told once", i);
	}
}

Test(daemon_leases, a_turn_whose_body_was_lost_is_told_too)
{
	CLEANUP(rig_free) struct rig r;

	rig_open(&r);
	turn_open(&r.l, &r.l.feeds[1], 1);
	ended(&r, 1, FETCH_BODY, false);
	turns_over(&r.l);
	cr_expect_str_eq(told(&r), "well");
}

Test(daemon_leases, what_is_not_published_yet_has_not_failed)
{
	static const struct {
		bool missing, release, failed;
	} table[] = {
		{ true, true, false },
		{ true, false, true },
		{ false, true, true },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(rig_free) struct rig r;
		struct fetched f = { .outcome = FETCH_FAILED,
			.missing = table[i].missing };

		rig_open(&r);
		f.feed = &r.feeds[1];
		r.feeds[1].template.of_period = true;
		r.feeds[1].release.set = table[i].release;
		(void)err_set(&f.err, KPID_EFETCH, "404");
		turn_open(&r.l, &r.l.feeds[1], 1);
		turn_fetched(&r.l, &f);
		cr_expect_str_eq(told(&r), table[i].failed ? "404" : "well",
		    "row %zu", i);
	}
}

/* The pause grows once a turn, and one address that fails is tried again as a
 * turn of its own. */
Test(daemon_leases, a_failing_address_is_tried_again)
{
	CLEANUP(rig_free) struct rig r;
	const struct feed daily = { .schedule = "0 12 * * *",
		.time_zone = "UTC" };
	struct kpid_err err = { 0 };
	struct feed_run *many;

	rig_open(&r);
	many = &r.l.feeds[1];
	cr_assert(turns_read(&daily, NULL, &r.l.mem, &many->turns, &err), "%s",
	    err.msg);
	many->scheduled = true;
	many->last = NOON_UTC;
	many->next = NOON_UTC + 24 * 60 * MINUTE;
	many->lease =
	    (struct feed_lease){ .held = true, .due = NOON_UTC, .token = 1 };
	turn_open(&r.l, many, 3);
	ended(&r, 1, FETCH_FAILED, true);
	ended(&r, 1, FETCH_NOT_MODIFIED, false);
	cr_expect(!many->lease.ending, "one is under way");
	ended(&r, 1, FETCH_FAILED, true);
	cr_expect_eq(many->failures, 1, "one turn");
	cr_expect(many->next >= NOON_UTC + 5 * MINUTE
		&& many->next < NOON_UTC + 7 * MINUTE,
	    "soon");
	cr_expect_eq(many->turn, many->next, "another turn than the first");
	cr_expect(many->lease.ending && !many->lease.done
		&& many->lease.again == many->next,
	    "and nobody else does it sooner");
	turn_open(&r.l, many, 1);
	ended(&r, 1, FETCH_NOT_MODIFIED, false);
	cr_expect_eq(many->failures, 0);
	cr_expect(many->lease.done);
}
