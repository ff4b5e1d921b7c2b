/* rooms: base config spool fetch decode parse */
#include "../support/web_rig.h"

#include "kpid/parse.h"

#define PLAIN "a+b c&d/e=é%"
#define CODED "a%2Bb%20c%26d%2Fe%3D%C3%A9%25"
#define OPEN  "key/appId/key.txt/"

/* The server, which wants PLAIN; the feed has it in a file. */
static void
open_server(struct web *w)
{
	struct url_secret *s;

	web_open(w);
	s = arena_array(&w->rig.mem, 2, sizeof(*s));
	s[0] = (struct url_secret){ .name = "appId",
		.secret = { .file = rig_file(&w->rig, "key.txt", PLAIN "\n") },
		.line = 1 };
	s[1] = (struct url_secret){ .name = "other",
		.secret = { .env = "KPID_TEST_URL_SECRET" },
		.line = 2 };
	w->rig.feed.secrets = s;
	w->rig.feed.n_secrets = 1;
}

static void
expect_hidden(const char *text, const char *why)
{
	static const char *const parts[] = { "a+b", "d/e", "a%2B", "d%2F" };

	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		cr_expect_null(strstr(text, parts[i]), "%s: %s", why, text);
}

Test(http_secrets, the_server_gets_it_and_nobody_else)
{
	static const struct {
		const char *path, *body, *why;
	} table[] = {
		{ OPEN "t.csv?appId={appId}", TABLE, "in the query" },
		{ OPEN "t.csv?b={b}&appId={appId}&c={appId}#x", TABLE,
		    "other braces stay, twice is fine" },
		{ "key/appId/key.txt/redirect/t.csv?appId={appId}", TABLE,
		    "with a redirect behind it" },
	};
	CLEANUP(web_free) struct web w = { 0 };

	open_server(&w);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct answer a = web_get(&w, table[i].path);

		cr_expect_eq(a.outcome, FETCH_BODY, "row %zu (%s): %s", i,
		    table[i].why, a.err.msg);
		if (a.outcome != FETCH_BODY)
			continue;
		cr_expect_str_eq(a.body, table[i].body, "row %zu (%s)", i,
		    table[i].why);
		cr_expect_not_null(strstr(a.meta.url, "appId={appId}"),
		    "row %zu (%s): %s", i, table[i].why, a.meta.url);
		expect_hidden(a.meta.url, table[i].why);
	}
}

Test(http_secrets, errors_say_its_name)
{
	static const struct {
		const char *path, *want, *why;
	} table[] = {
		{ "key/appId/t.csv/t.csv?appId={appId}",
		    "HTTP status 403 'appId '{appId}' is unknown: "
		    "/key/appId/t.csv/t.csv?appId={appId}'",
		    "a page that quotes the request" },
		{ "none/{appId}.csv", "HTTP status 404 'no such file: none/",
		    "in the path" },
		{ "status/500?appId={appId}", "HTTP status 500", "any other" },
		{ OPEN "close?appId={appId}",
		    "/close?appId={appId}': ", "no answer" },
		{ OPEN "redirect/ftp://x.jp/?appId={appId}",
		    "a redirect leads elsewhere", "refused by curl" },
	};
	CLEANUP(web_free) struct web w = { 0 };

	open_server(&w);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct answer a = web_get(&w, table[i].path);

		cr_expect_eq(a.outcome, FETCH_FAILED, "row %zu (%s)", i,
		    table[i].why);
		cr_expect_not_null(strstr(a.err.msg, table[i].want),
		    "row %zu (%s): %s", i, table[i].why, a.err.msg);
		cr_expect_not_null(strstr(a.err.msg, "{appId}"),
		    "row %zu (%s): %s", i, table[i].why, a.err.msg);
		expect_hidden(a.err.msg, table[i].why);
	}
}

/* An error page is kept in part; that part may end inside of it. */
Test(http_secrets, a_page_that_is_cut_shows_no_part_of_it)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;
	int seen = 0;

	open_server(&w);
	for (int pad = 8148; pad < 8198; pad++) {
		a = web_get(&w,
		    arena_printf(&w.rig.mem,
			"key/appId/t.csv/x?appId={appId}&pad=%d", pad));
		cr_expect_eq(a.outcome, FETCH_FAILED);
		cr_expect_null(strstr(a.err.msg, "appId 'a"), "%d: %s", pad,
		    a.err.msg);
		expect_hidden(a.err.msg, "cut");
		seen += strstr(a.err.msg, "appId '{appId}'") != NULL;
	}
	cr_expect(seen > 10 && seen < 40, "cut in the middle: %d", seen);
}

Test(http_secrets, one_that_cannot_be_read)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	open_server(&w);
	w.rig.feed.n_secrets = 2;
	(void)unsetenv("KPID_TEST_URL_SECRET");
	a = web_get(&w, OPEN "t.csv?appId={appId}&o={other}");
	cr_expect_eq(a.outcome, FETCH_FAILED);
	cr_expect_eq(a.err.code, KPID_ECONFIG);
	cr_expect(!a.err.retry);
	cr_expect_not_null(
	    strstr(a.err.msg,
		"o={other}': {other}: could not read a secret: the "
		"environment variable 'KPID_TEST_URL_SECRET' is not set"),
	    "%s", a.err.msg);
	expect_hidden(a.err.msg, "the first of two");
	(void)setenv("KPID_TEST_URL_SECRET", "x", 1);
	a = web_get(&w, OPEN "t.csv?appId={appId}&o={other}");
	cr_expect_eq(a.outcome, FETCH_BODY, "read anew each time: %s",
	    a.err.msg);
}

#define PAGE(from, key)                                                        \
	"{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":0},\"STATISTICAL_DATA\":" \
	"{\"RESULT_INF\":{\"TOTAL_NUMBER\":2,\"FROM_NUMBER\":" from            \
	",\"TO_NUMBER\":" from key "},\"DATA_INF\":{\"VALUE\":[]}}}}"
#define FIRST  PAGE("1", ",\"NEXT_KEY\":2")
#define SECOND PAGE("2", "")

Test(http_secrets, every_page_is_asked_for_with_it)
{
	static const struct contract estat = { .format = FORMAT_ESTAT };
	CLEANUP(web_free) struct web w = { 0 };
	const char *path = OPEN "page/startPosition/s.json?appId={appId}";
	struct answer a;

	open_server(&w);
	w.rig.feed.contracts = &estat;
	w.rig.feed.n_contracts = 1;
	fetcher_follow(w.rig.fetcher, page_next);
	rig_file(&w.rig, "s.json", FIRST);
	a = web_get(&w, path);
	cr_expect_eq(a.outcome, FETCH_FAILED);
	cr_expect_not_null(strstr(a.err.msg, "?appId={appId}&startPosition=2"),
	    "%s", a.err.msg);
	expect_hidden(a.err.msg, "the second page is not there");
	rig_file(&w.rig, "s.json.2", SECOND);
	a = web_get(&w, path);
	cr_assert_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
	cr_expect_str_eq(a.body, FIRST "\n" SECOND);
	cr_expect_not_null(strstr(a.meta.url, "?appId={appId}"), "%s",
	    a.meta.url);
}

Test(http_secrets, the_name_in_a_url)
{
	static const struct {
		const char *url;
		int at; /* -1: none */
		const char *name;
	} table[] = {
		{ "https://x.jp/?a={b}", 16, "b" },
		{ "{_A9}{b}", 0, "_A9" },
		{ "{{b}}", 1, "b" },
		{ "{}{ b}{b }{1}{b", -1, NULL },
		{ "{é}{b-c}{b_c}", 9, "b_c" },
		{ "", -1, NULL },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct slice name;
		const char *at = url_secret_find(table[i].url, &name);

		cr_expect_eq(at == NULL ? -1 : (int)(at - table[i].url),
		    table[i].at, "row %zu", i);
		if (at != NULL && table[i].name != NULL)
			cr_expect(slice_is(name, table[i].name), "row %zu", i);
	}
}

Test(http_secrets, an_error_page_may_spell_it_in_its_own_way)
{
	static const char *const forms[] = { PLAIN, CODED,
		"a%2bb%20c%26d%2fe%3d%c3%a9%25", "a%2Bb+c%26d%2Fe%3D%C3%A9%25",
		"a+b c&amp;d/e=é%", "a+b c&d\\/e=é%" };
	CLEANUP(web_free) struct web w = { 0 };

	open_server(&w);
	for (size_t i = 0; i < ARRAY_LEN(forms); i++) {
		struct answer a;

		rig_file(&w.rig, "page.csv",
		    arena_printf(&w.rig.mem, "who is '%s'?", forms[i]));
		a = web_get(&w, "fail/403/page.csv");
		cr_expect_not_null(strstr(a.err.msg, "who is '{appId}'?"),
		    "row %zu: %s", i, a.err.msg);
	}
}
