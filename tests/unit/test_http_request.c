/* rooms: base spool fetch */
/* Headers, bodies and redirects of a feed's request. */
#include "../support/web_rig.h"

static const struct pair headers[] = {
	{ .from = "X-API-Key", .to = "{apiKey}" },
	{ .from = "Accept", .to = "text/csv" },
};

/* The server, and a secret that a header needs. */
static void
open_server(struct web *w)
{
	struct url_secret *s;

	web_open(w);
	s = arena_array(&w->rig.mem, 1, sizeof(*s));
	s[0] = (struct url_secret){ .name = "apiKey",
		.secret = { .file = rig_file(&w->rig, "key.txt", "a b&c\n") },
		.line = 1 };
	w->rig.feed.secrets = s;
	w->rig.feed.n_secrets = 1;
	w->rig.feed.request.headers = headers;
	w->rig.feed.request.n_headers = 2;
}

/* The same server by another name that leads to this machine. */
static const char *
other_name(struct web *w, const char *path)
{
	return arena_printf(&w->rig.mem, "http://localhost:%d/%s", w->port,
	    path);
}

static struct answer
redirected(struct web *w, const char *to)
{
	return web_get(w, arena_printf(&w->rig.mem, "redirect/%s", to));
}

Test(http_request, headers_go_with_their_secrets)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	open_server(&w);
	a = web_get(&w, "echo");
	cr_assert_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
	cr_expect_not_null(strstr(a.body, "X-API-Key: a b&c\n"), "%s", a.body);
	cr_expect_not_null(strstr(a.body, "Accept: text/csv\n"), "%s", a.body);
	cr_expect_null(strstr(a.meta.url, "a b"), "%s", a.meta.url);
}

Test(http_request, a_body_is_posted)
{
	static const struct {
		const char *path, *body, *want, *why;
	} rows[] = {
		{ "posted", NULL, "GET ", "without one" },
		{ "posted", "q={apiKey}", "POST q=a b&c", "with a secret" },
		{ "redirect/posted", "q=1", "GET ", "302: asked for instead" },
		{ "kept/posted", "q=1", "POST q=1", "307: posted again" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		CLEANUP(web_free) struct web w = { 0 };

		open_server(&w);
		w.rig.feed.request.body = rows[i].body;
		struct answer a = web_get(&w, rows[i].path);

		cr_assert_eq(a.outcome, FETCH_BODY, "row %zu (%s): %s", i,
		    rows[i].why, a.err.msg);
		cr_expect_str_eq(a.body, rows[i].want, "row %zu (%s): '%s'", i,
		    rows[i].why, a.body);
	}
}

Test(http_request, another_server_must_be_named)
{
	static const char *const named[] = { "LOCALHOST" };
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	open_server(&w);
	a = redirected(&w, other_name(&w, "t.csv"));
	cr_expect_eq(a.outcome, FETCH_FAILED);
	cr_expect_not_null(strstr(a.err.msg,
			       "a redirect leads to another server, "
			       "'localhost'. HINT: "),
	    "%s", a.err.msg);
	cr_expect_not_null(strstr(a.err.msg,
			       "\"request\": {\"redirects\": "
			       "[\"localhost\"]}"),
	    "%s", a.err.msg);
	cr_expect(!a.err.retry);
	w.rig.feed.request.redirects = named;
	w.rig.feed.request.n_redirects = 1;
	a = redirected(&w, other_name(&w, "t.csv"));
	cr_expect_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
}

Test(http_request, what_is_meant_for_one_server_goes_nowhere_else)
{
	static const char *const named[] = { "localhost" };
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	open_server(&w);
	w.rig.feed.request.redirects = named;
	w.rig.feed.request.n_redirects = 1;
	a = redirected(&w, other_name(&w, "echo"));
	cr_assert_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
	cr_expect_null(strstr(a.body, "X-API-Key"), "%s", a.body);
	a = redirected(&w, "echo");
	cr_assert_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
	cr_expect_not_null(strstr(a.body, "X-API-Key"), "%s", a.body);
}

/* A server that learns the names of secrets cannot ask for their values. */
Test(http_request, a_place_that_a_server_names_is_taken_as_it_is)
{
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	open_server(&w);
	a = web_get(&w, "redirect/none/{apiKey}.csv");
	cr_expect_eq(a.status, 404);
	cr_expect_null(strstr(a.err.msg, "a b"), "%s", a.err.msg);
	cr_expect_null(strstr(a.err.msg, "a%20b"), "%s", a.err.msg);
}

Test(http_request, a_private_address_is_refused_behind_a_redirect_too)
{
	static const char *const named[] = { "127.0.0.2" };
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	open_server(&w);
	w.rig.feed.request.redirects = named;
	w.rig.feed.request.n_redirects = 1;
	a = web_get(&w, "redirect/http://127.0.0.2:1/");
	cr_expect_not_null(strstr(a.err.msg,
			       "the address '127.0.0.2' is private. HINT: "),
	    "%s", a.err.msg);
}

/* Two of them, of which one speaks TLS. */
static void
open_two(struct web *one, struct web *other, bool tls_first)
{
	struct web *tls = tls_first ? one : other;

	rig_open(&tls->rig);
	web_certificate(tls, "server", &tls->cert, &tls->key);
	if (tls_first) {
		open_server(one);
		web_open(other);
	} else {
		web_open(other);
		open_server(one);
	}
	one->rig.cfg.network.ca_file = tls->cert;
}

/* The same machine at another port is another server, and what TLS kept from
 * others is not sent without it. */
Test(http_request, another_port_is_another_server)
{
	static const char *const named[] = { "127.0.0.1" };
	static const struct {
		bool tls_first, named;
		const char *want, *why;
	} rows[] = {
		{ true, false, "a redirect leads from https to http", "down" },
		{ true, true, NULL, "down, which somebody wants" },
		{ false, false, NULL, "up, to another port" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		CLEANUP(web_free) struct web one = { 0 };
		CLEANUP(web_free) struct web other = { 0 };
		const char *scheme[] = { "http", "https" };
		struct answer a;

		open_two(&one, &other, rows[i].tls_first);
		one.rig.feed.request.redirects = named;
		one.rig.feed.request.n_redirects = rows[i].named;
		a = rig_fetch(&one.rig,
		    arena_printf(&one.rig.mem,
			"%s://127.0.0.1:%d/redirect/%s://127.0.0.1:%d/echo",
			scheme[rows[i].tls_first], one.port,
			scheme[!rows[i].tls_first], other.port),
		    NULL);
		if (rows[i].want != NULL) {
			cr_expect_not_null(strstr(a.err.msg, rows[i].want),
			    "row %zu (%s): %s", i, rows[i].why, a.err.msg);
			continue;
		}
		cr_assert_eq(a.outcome, FETCH_BODY, "row %zu (%s): %s", i,
		    rows[i].why, a.err.msg);
		cr_expect_null(strstr(a.body, "X-API-Key"), "row %zu (%s): %s",
		    i, rows[i].why, a.body);
	}
}
