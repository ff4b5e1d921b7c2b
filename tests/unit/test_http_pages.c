/* rooms: base spool fetch decode parse */
#include "../support/web_rig.h"

#include "kpid/parse.h"

#define PAGE(from, key, value)                                                 \
	"{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":0},\"STATISTICAL_DATA\":" \
	"{\"RESULT_INF\":{\"TOTAL_NUMBER\":3,\"FROM_NUMBER\":" from            \
	",\"TO_NUMBER\":" from key "},\"DATA_INF\":{\"VALUE\":[{\"@area\":"    \
	"\"20203\",\"$\":\"" value "\"}]}}}}"
#define FIRST  PAGE("1", ",\"NEXT_KEY\":2", "10")
#define SECOND PAGE("2", ",\"NEXT_KEY\":3", "20")
#define THIRD  PAGE("3", "", "30")

static const struct contract estat = { .format = FORMAT_ESTAT };

/* The server with pages s.json, s.json.2 and s.json.3; third may be NULL. */
static void
open_pages(struct web *w, const char *third)
{
	web_open(w);
	w->rig.feed.contracts = &estat;
	w->rig.feed.n_contracts = 1;
	fetcher_follow(w->rig.fetcher, page_next);
	rig_file(&w->rig, "s.json", FIRST);
	rig_file(&w->rig, "s.json.2", SECOND);
	if (third != NULL)
		rig_file(&w->rig, "s.json.3", third);
}

Test(http_pages, pages_are_one_body)
{
	static const struct {
		const char *path, *why;
	} table[] = {
		{ "page/startPosition/s.json?appId=s3cret", "as they are" },
		{ "page/startPosition/gzip/s.json?appId=s3cret", "packed" },
		{ "page/startPosition/drip/1/s.json?appId=s3cret",
		    "in pieces" },
		{ "page/startPosition/plain/s.json?appId=s3cret", "plain" },
	};
	CLEANUP(web_free) struct web w = { 0 };

	open_pages(&w, "\xef\xbb\xbf" THIRD);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct answer a = web_get(&w, table[i].path);

		cr_expect_eq(a.outcome, FETCH_BODY, "row %zu (%s): %s", i,
		    table[i].why, a.err.msg);
		if (a.outcome != FETCH_BODY)
			continue;
		cr_expect_str_eq(a.body, FIRST "\n" SECOND "\n" THIRD,
		    "row %zu (%s): %s", i, table[i].why, a.body);
		cr_expect(strstr(a.meta.url, "appId=***") != NULL
			&& strstr(a.meta.url, "startPosition=") == NULL,
		    "row %zu: the URL is the first page's: %s", i, a.meta.url);
		cr_expect_null(a.meta.etag, "row %zu", i);
		cr_expect_null(a.meta.last_modified, "row %zu", i);
	}
}

Test(http_pages, a_page_that_fails_fails_all)
{
	static const struct {
		const char *third, *want, *why;
		bool retry;
	} table[] = {
		{ NULL, "HTTP status 404", "not there", false },
		{ "{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":200}}}",
		    "page 3: e-Stat answers with an error (STATUS 200)",
		    "the server's fault", true },
		{ "<html></html>", "page 3: line 1: this is not JSON",
		    "a page of maintenance", true },
		{ "{\"GET_STATS_DATA\":{",
		    "page 3: line 1: the JSON document "
		    "ends early",
		    "cut short", true },
		{ "", "page 3: ", "empty", true },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(web_free) struct web w = { 0 };
		struct answer a;

		open_pages(&w, table[i].third);
		a = web_get(&w, "page/startPosition/s.json?appId=s3cret");
		cr_expect_eq(a.outcome, FETCH_FAILED, "row %zu (%s)", i,
		    table[i].why);
		cr_expect_not_null(strstr(a.err.msg, table[i].want),
		    "row %zu (%s): %s", i, table[i].why, a.err.msg);
		cr_expect_not_null(strstr(a.err.msg, "startPosition=3"),
		    "row %zu (%s): which page? %s", i, table[i].why, a.err.msg);
		cr_expect_null(strstr(a.err.msg, "s3cret"), "%s", a.err.msg);
		cr_expect_eq(a.err.retry, table[i].retry, "row %zu (%s)", i,
		    table[i].why);
		rig_expect_empty(&w.rig, table[i].why);
	}
}

Test(http_pages, a_first_page_that_is_none_is_a_body_as_it_is)
{
	static const char *const bodies[] = { "<html></html>", "",
		"{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":100}}}" };
	CLEANUP(web_free) struct web w = { 0 };

	open_pages(&w, NULL);
	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		struct answer a;

		rig_file(&w.rig, "s.json", bodies[i]);
		a = web_get(&w, "page/startPosition/s.json");
		cr_expect_eq(a.outcome, FETCH_BODY, "row %zu: %s", i,
		    a.err.msg);
		if (a.outcome == FETCH_BODY)
			cr_expect_str_eq(a.body, bodies[i], "row %zu", i);
	}
}

Test(http_pages, the_limit_of_bytes_is_of_all_pages_together)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	open_pages(&w, THIRD);
	w.rig.feed.max_bytes =
	    (long long)(strlen(FIRST) + strlen(SECOND) + strlen(THIRD)) + 2;
	a = web_get(&w, "page/startPosition/s.json");
	cr_expect_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
	w.rig.feed.max_bytes--;
	a = web_get(&w, "page/startPosition/s.json");
	cr_expect_eq(a.outcome, FETCH_FAILED);
	cr_expect_not_null(strstr(a.err.msg, "max_bytes"), "%s", a.err.msg);
}

Test(http_pages, a_page_that_does_not_lead_on_is_refused)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	open_pages(&w, PAGE("3", ",\"NEXT_KEY\":3", "30"));
	a = web_get(&w, "page/startPosition/s.json");
	cr_expect_eq(a.outcome, FETCH_FAILED);
	cr_expect_not_null(strstr(a.err.msg, "NEXT_KEY 3 does not lead on"),
	    "%s", a.err.msg);
}

Test(http_pages, there_is_no_conditional_request)
{
	const struct validators v = { .etag = "\"x\"" };
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	open_pages(&w, THIRD);
	a = rig_fetch(&w.rig, web_url(&w, "status/304"), &v);
	cr_expect_eq(a.outcome, FETCH_FAILED, "asked conditionally");
	a = rig_fetch(&w.rig, web_url(&w, "echo"), &v);
	cr_expect_null(strstr(a.body, "If-None-Match"), "%s", a.body);
	w.rig.feed.n_contracts = 0;
	a = rig_fetch(&w.rig, web_url(&w, "echo"), &v);
	cr_expect_not_null(strstr(a.body, "If-None-Match"), "%s", a.body);
}

Test(http_pages, a_file_is_one_page)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	open_pages(&w, THIRD);
	a = rig_fetch(&w.rig,
	    arena_printf(&w.rig.mem, "file://%s/s.json", w.rig.roots[0]), NULL);
	cr_expect_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
	if (a.outcome == FETCH_BODY)
		cr_expect_str_eq(a.body, FIRST);
}

/* Page two is asked for where page one was, and that is not the feed's own
 * server: it hears no header and no secret. */
Test(http_pages, a_page_behind_a_redirect_hears_no_secret)
{
	static const char *const named[] = { "localhost" };
	static const struct pair header = { .from = "X-API-Key",
		.to = "{appId}" };
	static const struct url_secret secret = { .name = "appId",
		.secret = { .env = "KPID_TEST_PAGE_SECRET" } };
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	cr_assert_eq(setenv("KPID_TEST_PAGE_SECRET", "s3cret", 1), 0);
	open_pages(&w, THIRD);
	w.rig.feed.request = (struct request_rule){ .headers = &header,
		.n_headers = 1,
		.redirects = named,
		.n_redirects = 1 };
	w.rig.feed.secrets = &secret;
	w.rig.feed.n_secrets = 1;
	a = web_get(&w,
	    arena_printf(&w.rig.mem,
		"redirect/http://localhost:%d/page/startPosition/told/"
		"s.json%%3Fk=%%7BappId%%7D",
		w.port));
	cr_expect_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
	cr_expect_null(strstr(web_get(&w, "heard").body, "s3cret"));
	cr_expect_null(strstr(web_get(&w, "heard").body, "X-API-Key"));
}

Test(http_pages, a_page_that_comes_again_is_refused)
{
	static const struct contract ckan = { .format = FORMAT_CKAN };
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	open_pages(&w, NULL);
	w.rig.feed.contracts = &ckan;
	rig_file(&w.rig, "c.json",
	    "{\"success\":true,\"result\":{\"total\":3,\"fields\":[{\"id\":"
	    "\"a\"}],\"records\":[{\"a\":1}]}}");
	a = web_get(&w, "c.json?limit=1");
	cr_expect_eq(a.outcome, FETCH_FAILED);
	cr_expect_not_null(strstr(a.err.msg,
			       "page 2: the page is the same as the one "
			       "before it"),
	    "%s", a.err.msg);
	rig_expect_empty(&w.rig, "refused");
}
