/* rooms: base spool fetch */
#include "../support/web_rig.h"

Test(http, bodies_arrive_whatever_the_way)
{
	static const struct {
		const char *path, *why;
	} table[] = {
		{ "t.csv", "plain" },
		{ "t.csv?x=1", "with a query" },
		{ "plain/t.csv", "without validators" },
		{ "gzip/t.csv", "packed" },
		{ "slow/0.05/t.csv", "late" },
		{ "drip/5/t.csv", "piece by piece" },
		{ "redirect/t.csv", "elsewhere" },
		{ "redirect/redirect/redirect/t.csv", "three times" },
	};
	CLEANUP(web_free) struct web w = { 0 };

	web_open(&w);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct answer a = web_get(&w, table[i].path);

		cr_expect_eq(a.outcome, FETCH_BODY, "row %zu (%s): %s", i,
		    table[i].why, a.err.msg);
		if (a.outcome == FETCH_BODY)
			cr_expect_str_eq(a.body, TABLE, "row %zu (%s): '%s'", i,
			    table[i].why, a.body);
		cr_expect_eq(a.status, 200, "row %zu", i);
	}
}

Test(http, a_body_is_kept_with_what_the_server_said_of_it)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	web_open(&w);
	a = web_get(&w, "t.csv?appId=s3cret&y=1");
	cr_assert_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
	cr_expect_str_eq(a.meta.feed, "figures");
	cr_expect_str_eq(a.meta.url, web_url(&w, "t.csv?appId=***&y=1"));
	cr_expect_eq(a.meta.fetched_at, RIG_NOW);
	cr_expect(a.meta.etag != NULL && a.meta.etag[0] == '"');
	cr_assert_not_null(a.meta.last_modified);
	cr_expect_not_null(strstr(a.meta.last_modified, " GMT"));
	cr_expect(!a.meta.has_published);
	a = web_get(&w, "plain/t.csv");
	cr_expect_null(a.meta.etag);
	cr_expect_null(a.meta.last_modified);
}

Test(http, what_did_not_change_is_not_sent_again)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct validators v = { 0 };
	struct answer a;

	web_open(&w);
	a = web_get(&w, "t.csv");
	v.etag = a.meta.etag;
	a = rig_fetch(&w.rig, web_url(&w, "t.csv"), &v);
	cr_expect_eq(a.outcome, FETCH_NOT_MODIFIED, "%s", a.err.msg);
	cr_expect_eq(a.status, 304);
	a = web_get(&w, "t.csv");
	v = (struct validators){ .last_modified = a.meta.last_modified };
	a = rig_fetch(&w.rig, web_url(&w, "t.csv"), &v);
	cr_expect_eq(a.outcome, FETCH_NOT_MODIFIED, "%s", a.err.msg);
	v = (struct validators){ .etag = "\"another\"" };
	a = rig_fetch(&w.rig, web_url(&w, "t.csv"), &v);
	cr_expect_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
	v = (struct validators){ .etag = "\"x\"\r\nX-Evil: 1" };
	a = rig_fetch(&w.rig, web_url(&w, "echo"), &v);
	cr_expect_null(strstr(a.body, "Evil"), "%s", a.body);
	a = web_get(&w, "status/304");
	cr_expect_eq(a.outcome, FETCH_FAILED, "unasked");
	v = (struct validators){ .etag = "\"x\"" };
	a = rig_fetch(&w.rig, web_url(&w, "status/304"), &v);
	cr_expect_eq(a.outcome, FETCH_NOT_MODIFIED, "no body, so no gzip: %s",
	    a.err.msg);
}

Test(http, we_say_who_we_are_and_what_we_can_unpack)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	web_open(&w);
	a = web_get(&w, "echo");
	cr_assert_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
	cr_expect_not_null(strstr(a.body, "User-Agent: kpid/"), "%s", a.body);
	cr_expect_not_null(strstr(a.body, " (+mailto:kpi@example.jp)"), "%s",
	    a.body);
	cr_expect_not_null(strstr(a.body, "Accept-Encoding: gzip\n"), "%s",
	    a.body);
}

Test(http, failures_say_what_happened_and_whether_to_try_again)
{
	static const struct {
		const char *path, *says;
		enum kpid_code code;
		bool retry;
	} table[] = {
		{ "none.csv", "HTTP status 404 'no such file: none.csv'",
		    KPID_EFETCH, false },
		{ "status/403", "HTTP status 403 'status 403 as asked more'",
		    KPID_EFETCH, false },
		{ "status/503", "HTTP status 503", KPID_EFETCH, true },
		{ "status/500", "HTTP status 500", KPID_EFETCH, true },
		{ "status/429", "HTTP status 429", KPID_EFETCH, true },
		{ "status/204", "HTTP status 204", KPID_EFETCH, false },
		{ "truncate/10/t.csv",
		    "the body ends early: 10 of 36 bytes "
		    "arrived",
		    KPID_EFETCH, true },
		{ "cut/10/t.csv", "the body ends early: ", KPID_EFETCH, true },
		{ "close", "Empty reply", KPID_EFETCH, true },
		{ "bomb/3", "the body is larger than 1048576 bytes. HINT: ",
		    KPID_EREFUSED, false },
		{ "loop", "more than 5 redirects", KPID_EREFUSED, false },
		{ "redirect/file:///etc/passwd",
		    "a redirect leads elsewhere "
		    "than http and https",
		    KPID_EREFUSED, false },
		{ "redirect/http://127.0.0.2:1/",
		    "a redirect leads to another server, '127.0.0.2'. HINT: ",
		    KPID_EREFUSED, false },
	};
	CLEANUP(web_free) struct web w = { 0 };

	web_open(&w);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct answer a = web_get(&w, table[i].path);

		cr_expect_eq(a.outcome, FETCH_FAILED, "row %zu (%s)", i,
		    table[i].path);
		cr_expect(strstr(a.err.msg, table[i].says) != NULL,
		    "row %zu (%s): got '%s'", i, table[i].path, a.err.msg);
		cr_expect_eq(a.err.code, table[i].code, "row %zu (%s)", i,
		    table[i].path);
		cr_expect_eq(a.err.retry, table[i].retry, "row %zu (%s)", i,
		    table[i].path);
	}
	rig_expect_empty(&w.rig, "failures");
}

Test(http, the_limit_is_of_the_unpacked_body)
{
	static const char *const ways[] = { "gzip/zeros", "plain/zeros",
		"drip/1/zeros" };
	char zeros[4096] = "";
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	web_open(&w);
	memset(zeros, '0', sizeof(zeros) - 1);
	rig_file(&w.rig, "zeros", zeros);
	w.rig.feed.max_bytes = (long long)strlen(zeros);
	a = web_get(&w, "gzip/zeros");
	cr_expect_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
	w.rig.feed.max_bytes--;
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		a = web_get(&w, ways[i]);
		cr_expect_eq(a.err.code, KPID_EREFUSED, "%s: %s", ways[i],
		    a.err.msg);
	}
}

Test(http, a_page_of_markup_is_quoted_as_text_and_secrets_are_not)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	web_open(&w);
	a = web_get(&w, "html");
	cr_expect_eq(a.outcome, FETCH_BODY,
	    "a page with status 200 is for "
	    "the parser to refuse");
	a = web_get(&w, "html/503");
	cr_expect_not_null(strstr(a.err.msg,
			       "HTTP status 503 "
			       "'メンテナンス中 ただいまメンテナンス中です'"),
	    "%s", a.err.msg);
	a = web_get(&w, "gziphtml/503");
	cr_expect_not_null(strstr(a.err.msg,
			       "HTTP status 503 "
			       "'メンテナンス中 ただいまメンテナンス中です'"),
	    "%s", a.err.msg);
	a = web_get(&w, "status/403?token=s3cret");
	cr_expect_null(strstr(a.err.msg, "s3cret"), "%s", a.err.msg);
}

Test(http, private_addresses_are_refused_unless_allowed)
{
	static const struct {
		const char *host, *says;
	} table[] = {
		{ "127.0.0.1", "the address '127.0.0.1' is private" },
		{ "0x7f000001", "the address '127.0.0.1' is private" },
		{ "2130706433", "the address '127.0.0.1' is private" },
		{ "localhost", " is private" },
		{ "[::1]", "the address '::1' is private" },
		{ "[::ffff:127.0.0.1]", " is private" },
		{ "169.254.169.254", "the address '169.254.169.254' is" },
	};
	CLEANUP(web_free) struct web w = { 0 };
	struct kpid_err err = { 0 };

	web_open(&w);
	fetcher_free(w.rig.fetcher);
	w.rig.cfg.network.n_allow = 0;
	cr_assert(fetcher_new(&w.rig.cfg, w.rig.spool, &w.rig.fetcher, &err),
	    "%s", err.msg);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct answer a = rig_fetch(&w.rig,
		    arena_printf(&w.rig.mem, "http://%s:%d/t.csv",
			table[i].host, w.port),
		    NULL);

		cr_expect_eq(a.err.code, KPID_EREFUSED, "row %zu (%s): '%s'", i,
		    table[i].host, a.err.msg);
		cr_expect(strstr(a.err.msg, table[i].says) != NULL,
		    "row %zu (%s): got '%s'", i, table[i].host, a.err.msg);
		cr_expect(!a.err.retry, "row %zu", i);
	}
}

Test(http, a_server_that_is_not_there_or_too_slow_is_tried_again)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	web_open(&w);
	a = rig_fetch(&w.rig, "http://127.0.0.1:1/t.csv", NULL);
	cr_expect(a.outcome == FETCH_FAILED && a.err.retry, "%s", a.err.msg);
	w.rig.cfg.network.timeout_s = 1;
	a = web_get(&w, "stall/10/t.csv");
	cr_expect(a.outcome == FETCH_FAILED && a.err.retry);
	cr_expect_not_null(strstr(a.err.msg, "timed out"), "%s", a.err.msg);
	w.rig.cfg.network.timeout_s = 10;
	w.rig.cfg.network.stall_s = 1;
	a = web_get(&w, "stall/10/t.csv");
	cr_expect(a.outcome == FETCH_FAILED && a.err.retry);
	cr_expect_not_null(strstr(a.err.msg, "too slow"), "%s", a.err.msg);
	a = rig_fetch(&w.rig, "http://", NULL);
	cr_expect_eq(a.err.code, KPID_EREFUSED, "%s", a.err.msg);
}

Test(http, a_certificate_that_nobody_signed_is_refused)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	rig_open(&w.rig);
	web_certificate(&w, "server", &w.cert, &w.key);
	web_open(&w);
	a = rig_fetch(&w.rig,
	    arena_printf(&w.rig.mem, "https://127.0.0.1:%d/t.csv", w.port),
	    NULL);
	cr_expect_eq(a.outcome, FETCH_FAILED);
	cr_expect(a.err.code == KPID_EFETCH && !a.err.retry);
	cr_expect_not_null(strstr(a.err.msg,
			       "the server's certificate is not "
			       "trusted: "),
	    "%s", a.err.msg);
	a = rig_fetch(&w.rig, web_url(&w, "t.csv"), NULL);
	cr_expect_eq(a.outcome, FETCH_FAILED, "http to an https port");
}

Test(http, more_than_run_at_once_all_arrive_side_by_side)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a[100];

	web_open(&w);
	for (size_t i = 0; i < ARRAY_LEN(a); i++) {
		a[i] = (struct answer){ .rig = &w.rig };
		fetcher_start(w.rig.fetcher,
		    &(struct fetch_request){ &w.rig.feed,
			web_url(&w, i % 2 == 0 ? "slow/0.05/t.csv" : "t.csv"),
			NULL, RIG_NOW, NULL, false },
		    rig_take, &a[i]);
	}
	cr_expect_eq(fetcher_running(w.rig.fetcher), ARRAY_LEN(a));
	rig_run(&w.rig);
	for (size_t i = 0; i < ARRAY_LEN(a); i++)
		cr_expect(a[i].times == 1 && a[i].outcome == FETCH_BODY,
		    "transfer %zu: %s", i, a[i].err.msg);
}
