/*
 * Redirects: followed one by one, so that each is looked at before anything is
 * sent. Another host is followed to only when the feed names it; what is meant
 * for one server alone (headers, certificate, body) goes nowhere else.
 */
#include "fetch_int.h"

#include <string.h>
#include <strings.h>

#include "kpid/limits.h"

static bool
is_redirect(const struct transfer *t)
{
	return t->status == 301 || t->status == 302 || t->status == 303
	    || t->status == 307 || t->status == 308;
}

/* Whom a URL speaks to. */
struct server {
	const char *host; /* NULL: it is none of http and https */
	const char *port;
	bool tls;
};

static struct server
server_of(const char *url, struct arena *mem)
{
	CURLU *u = curl_url();
	char *scheme = NULL, *host = NULL, *port = NULL;
	struct server out = { 0 };

	if (u == NULL)
		fatal("out of memory");
	if (curl_url_set(u, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME)
		== CURLUE_OK
	    && curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK
	    && (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0)
	    && curl_url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK
	    && curl_url_get(u, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT)
		== CURLUE_OK)
		out = (struct server){ arena_strdup(mem, host),
			arena_strdup(mem, port), strcmp(scheme, "https") == 0 };
	curl_free(scheme);
	curl_free(host);
	curl_free(port);
	curl_url_cleanup(u);
	return out;
}

/* The same one: its own port, or from http to https as the web does it. */
static bool
is_same(const struct server *a, const struct server *b)
{
	return strcasecmp(a->host, b->host) == 0
	    && ((a->tls == b->tls && strcmp(a->port, b->port) == 0)
		|| (b->tls && !a->tls && strcmp(a->port, "80") == 0
		    && strcmp(b->port, "443") == 0));
}

static bool
is_named(const struct feed *f, const char *host)
{
	for (size_t i = 0; i < f->request.n_redirects; i++)
		if (strcasecmp(f->request.redirects[i], host) == 0)
			return true;
	return false;
}

static bool
may_follow(struct transfer *t, const char *to)
{
	const struct server from = server_of(t->real, &t->mem);
	const struct server into = server_of(to, &t->mem);

	if (t->redirects == LIMIT_REDIRECTS)
		return err_set(&t->err, KPID_EREFUSED,
		    "more than %d redirects one after the other",
		    LIMIT_REDIRECTS);
	if (into.host == NULL || from.host == NULL)
		return err_set(&t->err, KPID_EREFUSED,
		    "a redirect leads elsewhere than http and https: '%s'", to);
	if (is_same(&from, &into))
		return true;
	t->moved = true;
	if (is_named(t->feed, into.host))
		return true;
	if (from.tls && !into.tls)
		return err_set(&t->err, KPID_EREFUSED,
		    "a redirect leads from https to http, where everybody on "
		    "the way can read and change it. HINT: when that must be, "
		    "add \"request\": {\"redirects\": [\"%s\"]}",
		    into.host);
	if (strcasecmp(from.host, into.host) == 0)
		return true;
	return err_set(&t->err, KPID_EREFUSED,
	    "a redirect leads to another server, '%s'. HINT: when that is "
	    "right, make it the feed's 'url', or add \"request\": "
	    "{\"redirects\": [\"%s\"]}",
	    into.host, into.host);
}

bool
redirect_follow(struct transfer *t, CURLcode rc)
{
	char *location = NULL;
	const char *to;

	(void)curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &t->status);
	if (rc != CURLE_OK || t->failed || !is_redirect(t)
	    || curl_easy_getinfo(t->easy, CURLINFO_REDIRECT_URL, &location)
		!= CURLE_OK
	    || location == NULL)
		return false;
	to = arena_strdup(&t->mem, location);
	if (may_follow(t, to)) {
		if (t->status <= 303)
			t->posted = true; /* asked for with GET from now on */
		t->redirects++;
		t->led = true;
		transfer_forget(t);
		t->url = to;
		if (http_start(t))
			return true;
	}
	t->failed = true;
	return false;
}
