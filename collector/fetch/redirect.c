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

/* The host of a URL in mem; NULL when it is none of http or https. */
static const char *
web_host(const char *url, struct arena *mem)
{
	CURLU *u = curl_url();
	char *scheme = NULL, *host = NULL;
	const char *out = NULL;

	if (u == NULL)
		fatal("out of memory");
	if (curl_url_set(u, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME)
		== CURLUE_OK
	    && curl_url_get(u, CURLUPART_SCHEME, &scheme, 0) == CURLUE_OK
	    && (strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0)
	    && curl_url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK)
		out = arena_strdup(mem, host);
	curl_free(scheme);
	curl_free(host);
	curl_url_cleanup(u);
	return out;
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
	const char *from = web_host(t->real, &t->mem);
	const char *host = web_host(to, &t->mem);

	if (t->redirects == LIMIT_REDIRECTS)
		return err_set(&t->err, KPID_EREFUSED,
		    "more than %d redirects one after the other",
		    LIMIT_REDIRECTS);
	if (host == NULL || from == NULL)
		return err_set(&t->err, KPID_EREFUSED,
		    "a redirect leads elsewhere than http and https: '%s'", to);
	if (strcasecmp(host, from) == 0)
		return true;
	t->moved = true;
	if (is_named(t->feed, host))
		return true;
	return err_set(&t->err, KPID_EREFUSED,
	    "a redirect leads to another server, '%s'. HINT: when that is "
	    "right, make it the feed's 'url', or add \"request\": "
	    "{\"redirects\": [\"%s\"]}",
	    host, host);
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
		transfer_forget(t);
		t->url = to;
		if (http_start(t))
			return true;
	}
	t->failed = true;
	return false;
}
