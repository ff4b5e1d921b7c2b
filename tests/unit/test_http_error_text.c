/* rooms: base spool fetch decode parse */
/* What the body of an HTTP error says of itself is in the message. */
#include "../support/web_rig.h"

#include "kpid/parse.h"

static const struct {
	const char *why, *path, *body, *want;
	enum feed_format format;
} told[] = {
	{ "e-Stat", "fail/400/e.json",
	    "\xef\xbb\xbf{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":100,"
	    "\"ERROR_MSG\":\"\\u8a8d\\u8a3c\\u306b\\u5931\\u6557"
	    "\\u3057\\u307e\\u3057\\u305f\\u3002\",\"DATE\":\"2024\"},"
	    "\"PARAMETER\":{\"LANG\":\"J\"}}}",
	    "HTTP status 400: e-Stat answers with an error (STATUS 100): "
	    "認証に失敗しました。 HINT: look at appId",
	    FORMAT_ESTAT },
	{ "e-Stat behind a page that failed", "fail/503/e.json",
	    "{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":\"200\","
	    "\"ERROR_MSG\":\"busy\"}}}",
	    "HTTP status 503: e-Stat answers with an error (STATUS 200): busy",
	    FORMAT_ESTAT },
	{ "CKAN", "fail/404/e.json",
	    "{\"success\":false,\"error\":{\"__type\":\"Not Found Error\","
	    "\"message\":\"\\u898b\\u3064\\u304b\\u308a\\u307e\\u305b"
	    "\\u3093\"}}",
	    "HTTP status 404: CKAN answers with an error: Not Found Error: "
	    "見つかりません",
	    FORMAT_CKAN },
	{ "World Bank", "fail/400/e.json",
	    "[{\"message\":[{\"id\":\"120\",\"key\":\"Invalid value\","
	    "\"value\":\"not valid\"}]}]",
	    "HTTP status 400: the World Bank answers with an error: Invalid "
	    "value: not valid",
	    FORMAT_WORLD_BANK },
	{ "JSON-stat", "fail/413/e.json",
	    "{\"class\":\"error\",\"status\":\"413\",\"label\":\"too much\"}",
	    "HTTP status 413: the server answers with a JSON-stat error 413: "
	    "too much",
	    FORMAT_JSON_STAT },
	{ "SDMX-JSON", "fail/404/e.json",
	    "{\"errors\":[{\"code\":404,\"title\":\"No results\"}]}",
	    "HTTP status 404: the SDMX service answers with an error 404: No "
	    "results",
	    FORMAT_SDMX_JSON },
	{ "another page than the format's", "fail/404/e.json",
	    "{\"reason\":\"gone\"}", "HTTP status 404 '{\"reason\":\"gone\"}'",
	    FORMAT_ESTAT },
	{ "a page that is cut", "fail/400/e.json",
	    "{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":100,\"ERROR_MSG\":\"x",
	    "HTTP status 400 '{\"GET_STATS_DATA\"", FORMAT_ESTAT },
	{ "a format that tells no errors", "fail/404/e.json",
	    "{\"errors\":[\"x\"]}", "HTTP status 404 '{\"errors\":[\"x\"]}'",
	    FORMAT_CSV },
};

Test(http_error_text, is_the_bodys_own)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct contract contract = { 0 };

	web_open(&w);
	w.rig.feed.contracts = &contract;
	w.rig.feed.n_contracts = 1;
	fetcher_explain(w.rig.fetcher, error_text);
	for (size_t i = 0; i < ARRAY_LEN(told); i++) {
		struct answer a;

		contract.format = told[i].format;
		rig_file(&w.rig, "e.json", told[i].body);
		a = web_get(&w, told[i].path);
		cr_expect_eq(a.outcome, FETCH_FAILED, "row %zu", i);
		cr_expect_not_null(strstr(a.err.msg, told[i].want),
		    "row %zu (%s): got %s", i, told[i].why, a.err.msg);
		cr_expect_eq(a.err.retry, told[i].path[5] == '5', "row %zu", i);
	}
}

Test(http_error_text, is_bounded_and_shows_no_secret)
{
	CLEANUP(web_free) struct web w = { 0 };
	CLEANUP(buf_release) struct buf body;
	struct contract contract = { .format = FORMAT_ESTAT };
	struct answer a;

	web_open(&w);
	w.rig.feed.contracts = &contract;
	w.rig.feed.n_contracts = 1;
	fetcher_explain(w.rig.fetcher, error_text);
	buf_init(&body, 1 << 20);
	cr_assert(buf_puts(&body,
	    "{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":100,\"ERROR_MSG\":\""));
	for (int i = 0; i < 1000; i++)
		cr_assert(buf_puts(&body, "長い"));
	cr_assert(buf_put(&body, "\"}}}", 5));
	rig_file(&w.rig, "e.json", body.ptr);
	a = web_get(&w, "fail/400/e.json?appId=s3cret");
	cr_expect_not_null(strstr(a.err.msg, "(STATUS 100): 長い長い"), "%s",
	    a.err.msg);
	cr_expect_lt(strlen(a.err.msg), 700, "%zu bytes", strlen(a.err.msg));
	cr_expect_null(strstr(a.err.msg, "s3cret"), "%s", a.err.msg);
}

Test(http_error_text, nobody_explains)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	web_open(&w);
	rig_file(&w.rig, "e.json", told[0].body);
	a = web_get(&w, "fail/400/e.json");
	cr_expect_not_null(strstr(a.err.msg, "HTTP status 400 '"), "%s",
	    a.err.msg);
}
