/* rooms: base spool fetch */
#include "kpid/clock.h"

#include "../support/web_rig.h"

/* What a transfer came to, without its body. */
struct told {
	struct kpid_err err;
	enum fetch_outcome outcome;
	usec retry_after;
};

static void
tell(void *ctx, const struct fetched *f)
{
	struct told *t = ctx;

	t->err = f->err;
	t->outcome = f->outcome;
	t->retry_after = f->retry_after;
}

static void
start(struct web *w, const char *url, struct told *t)
{
	fetcher_start(w->rig.fetcher,
	    &(struct fetch_request){
		&w->rig.feed, url, NULL, RIG_NOW, NULL, false },
	    tell, t);
}

static struct told
ask(struct web *w, const char *url)
{
	struct told t = { 0 };

	start(w, url, &t);
	rig_run(&w->rig);
	return t;
}

/* Our server as the proxy to hosts with names. */
static void
become_proxy(struct web *w)
{
	w->rig.cfg.network.proxy =
	    arena_printf(&w->rig.mem, "http://127.0.0.1:%d", w->port);
}

/* How many of eight transfers the server saw at once. */
static int
most_of(struct web *w, const char *base)
{
	struct told t[8] = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		start(w, arena_printf(&w->rig.mem, "%s/crowd/0.15", base),
		    &t[i]);
	rig_run(&w->rig);
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		cr_expect_eq(t[i].outcome, FETCH_BODY, "%zu: %s", i,
		    t[i].err.msg);
	return (int)strtol(web_get(w, "crowd/0").body, NULL, 10);
}

Test(http_hosts, a_server_of_others_is_not_crowded)
{
	CLEANUP(web_free) struct web w = { 0 };

	web_open(&w);
	become_proxy(&w);
	w.rig.cfg.network.per_host = 2;
	cr_expect_eq(most_of(&w, "http://stat.example"), 2);
	w.rig.cfg.network.per_host = 3;
	cr_expect_eq(most_of(&w, "http://other.example"), 3);
}

Test(http_hosts, one_of_our_own_may_be)
{
	CLEANUP(web_free) struct web w = { 0 };

	web_open(&w);
	w.rig.cfg.network.per_host = 2;
	cr_expect_eq(most_of(&w,
			 arena_printf(&w.rig.mem, "http://127.0.0.1:%d",
			     w.port)),
	    8);
}

Test(http_hosts, no_more_than_64_run_anywhere)
{
	struct told t[80] = { 0 };
	CLEANUP(web_free) struct web w = { 0 };
	long most;

	web_open(&w);
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		start(&w, web_url(&w, "crowd/0.4"), &t[i]);
	rig_run(&w.rig);
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		cr_expect_eq(t[i].outcome, FETCH_BODY, "%zu: %s", i,
		    t[i].err.msg);
	most = strtol(web_get(&w, "crowd/0").body, NULL, 10);
	cr_expect(most > 8 && most <= 64, "%ld at once", most);
}

Test(http_hosts, two_servers_do_not_wait_for_each_other)
{
	struct told t[4] = { 0 };
	CLEANUP(web_free) struct web w = { 0 };

	web_open(&w);
	become_proxy(&w);
	w.rig.cfg.network.per_host = 1;
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		start(&w,
		    i < 3 ? "http://slow.example/crowd/0.15"
			  : "http://quick.example/crowd/0.15",
		    &t[i]);
	rig_run(&w.rig);
	cr_expect_eq((int)strtol(web_get(&w, "crowd/0").body, NULL, 10), 2);
}

Test(http_hosts, one_that_fails_again_and_again_is_left_alone)
{
	struct told t;
	CLEANUP(web_free) struct web w = { 0 };

	web_open(&w);
	for (int i = 0; i < 5; i++) {
		t = ask(&w, web_url(&w, "status/500"));
		cr_expect_not_null(strstr(t.err.msg, "HTTP status 500"),
		    "%d: %s", i, t.err.msg);
	}
	t = ask(&w, web_url(&w, "t.csv"));
	cr_expect_eq(t.outcome, FETCH_FAILED);
	cr_expect(t.err.retry);
	cr_expect_not_null(strstr(t.err.msg, "is left alone until "), "%s",
	    t.err.msg);
	cr_expect_not_null(strstr(t.err.msg, "failing several times"), "%s",
	    t.err.msg);
	cr_expect(t.retry_after > 290 * 1000000LL
		&& t.retry_after <= 300 * 1000000LL,
	    "%lld", (long long)t.retry_after);
}

Test(http_hosts, what_will_not_pass_counts_against_the_feed_alone)
{
	struct told t;
	CLEANUP(web_free) struct web w = { 0 };

	web_open(&w);
	for (int i = 0; i < 6; i++)
		(void)ask(&w, web_url(&w, "status/404"));
	for (int i = 0; i < 4; i++)
		(void)ask(&w, web_url(&w, "status/500"));
	t = ask(&w, web_url(&w, "t.csv"));
	cr_expect_eq(t.outcome, FETCH_BODY, "%s", t.err.msg);
	for (int i = 0; i < 4; i++)
		(void)ask(&w, web_url(&w, "status/500"));
	t = ask(&w, web_url(&w, "t.csv"));
	cr_expect_eq(t.outcome, FETCH_BODY, "good answers begin anew: %s",
	    t.err.msg);
}

/* Another name of the same server is another server: it passes the time. */
Test(http_hosts, the_time_passes)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct told t;

	web_open(&w);
	(void)ask(&w, web_url(&w, "wait/1/503"));
	t = ask(&w, web_url(&w, "t.csv"));
	cr_expect_eq(t.outcome, FETCH_FAILED, "left alone");
	t = ask(&w,
	    arena_printf(&w.rig.mem, "http://localhost:%d/slow/1.1/t.csv",
		w.port));
	cr_expect_eq(t.outcome, FETCH_BODY, "%s", t.err.msg);
	t = ask(&w, web_url(&w, "t.csv"));
	cr_expect_eq(t.outcome, FETCH_BODY, "asked again: %s", t.err.msg);
}

Test(http_hosts, a_wish_to_wait_is_kept)
{
	static const struct {
		const char *path;
		usec seconds;
		bool left_alone;
		const char *why;
	} rows[] = {
		{ "wait/120/429", 120, true, "too many requests" },
		{ "wait/7200/503", 7200, true, "down for two hours" },
		{ "wait/9999999/503", 86400, true, "a day at most" },
		{ "wait/60/404", 60, false, "said of this page alone" },
		{ "status/503", 0, false, "nothing said" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		CLEANUP(web_free) struct web w = { 0 };

		web_open(&w);
		struct told t = ask(&w, web_url(&w, rows[i].path));

		cr_expect_eq(t.retry_after, rows[i].seconds * 1000000,
		    "row %zu (%s): %lld", i, rows[i].why,
		    (long long)t.retry_after);
		t = ask(&w, web_url(&w, "t.csv"));
		cr_expect((t.outcome == FETCH_FAILED) == rows[i].left_alone,
		    "row %zu (%s): %s", i, rows[i].why, t.err.msg);
		if (rows[i].left_alone)
			cr_expect_not_null(strstr(t.err.msg,
					       "it asked for that"),
			    "row %zu: %s", i, t.err.msg);
	}
}

/* At a server of others; one of our own is as quick as it can be. */
Test(http_hosts, requests_begin_apart)
{
	static const struct {
		const char *host;
		int pause, least, most; /* ms; for six of them.. */
	} rows[] = {
		{ "http://stat.example/t.csv", 60, 5 * 60, 60000 },
		{ "http://127.0.0.1/t.csv", 5000, 0, 5 * 5000 - 1 },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		CLEANUP(web_free) struct web w = { 0 };
		struct told t[6] = { 0 };
		usec before;

		web_open(&w);
		become_proxy(&w);
		w.rig.cfg.network.pause_ms = rows[i].pause;
		(void)ask(&w, "http://warm.example/t.csv");
		before = clock_now();
		for (size_t k = 0; k < ARRAY_LEN(t); k++)
			start(&w, rows[i].host, &t[k]);
		rig_run(&w.rig);
		const int took = (int)((clock_now() - before) / 1000);

		for (size_t k = 0; k < ARRAY_LEN(t); k++)
			cr_expect_eq(t[k].outcome, FETCH_BODY, "%s",
			    t[k].err.msg);
		cr_expect(took >= rows[i].least && took <= rows[i].most,
		    "row %zu: %d ms", i, took);
	}
}
