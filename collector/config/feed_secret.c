/* Secrets of a feed's URL: where they may stand, and that all are used. */
#include <string.h>

#include "kpid/url_words.h"
#include "load.h"

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"
#define DIGITS  "0123456789"

const char *
url_secret_find(const char *url, struct slice *name)
{
	for (const char *at = url; (at = strchr(at, '{')) != NULL; at++) {
		size_t len = strspn(at + 1, LETTERS DIGITS);

		if (len > 0 && strchr(DIGITS, at[1]) == NULL
		    && at[1 + len] == '}') {
			*name = (struct slice){ at + 1, len };
			return at;
		}
	}
	return NULL;
}

/* It may be one that could not be read: that is a problem already. */
static bool
has_name(const struct document *d, struct slice name)
{
	const json_t *secrets = json_object_get(d->root, "secrets");

	return json_object_getn(secrets, name.ptr, name.len) != NULL;
}

static bool
text_names(const char *text, const char *secret)
{
	struct slice name;

	for (const char *at = text; (at = url_secret_find(at, &name)) != NULL;
	     at++)
		if (slice_is(name, secret))
			return true;
	return false;
}

/* In the URL, a header or the body. */
static bool
request_names(const struct feed *f, const char *secret)
{
	const struct request_rule *r = &f->request;

	for (size_t i = 0; i < r->n_headers; i++)
		if (text_names(r->headers[i].to, secret))
			return true;
	return text_names(f->url, secret)
	    || (r->body != NULL && text_names(r->body, secret));
}

/* In the host it would be told to every name server. */
static bool
before_the_path(const char *url, const char *at)
{
	const char *host = strstr(url, "://");

	return host == NULL || at < host + 3 + strcspn(host + 3, "/?#");
}

static void
unknown_name(const struct document *d, struct slice name)
{
	const char *like = url_word_like(name, d->scratch);

	document_problem(d, "/url",
	    "'url' needs '{%.*s}', which 'secrets' does not have. "
	    "HINT: %s%s%sadd \"secrets\": { \"%.*s\": { \"env\": \"NAME\" } }",
	    slice_width(name), name.ptr, like != NULL ? "{" : "",
	    like != NULL ? like : "",
	    like != NULL ? "} is a word of periods "
			   "and organizations; or "
			 : "",
	    slice_width(name), name.ptr);
}

static void
placeholder_check(const struct document *d, const struct feed *f,
    const char *at, struct slice name)
{
	if (!has_name(d, name) && url_word_of(name) == URL_WORD_UNKNOWN)
		unknown_name(d, name);
	else if (before_the_path(f->url, at))
		document_problem(d, "/url",
		    "'{%.*s}' must stand in the path or the query of 'url', "
		    "not before them",
		    slice_width(name), name.ptr);
}

void
feed_secrets_check(const struct document *d, const struct feed *f)
{
	struct slice name;

	if (f->url == NULL)
		return;
	if (strncmp(f->url, "file:", 5) == 0) {
		if (f->n_secrets > 0)
			document_problem(d, "/secrets",
			    "'secrets' are for URLs of http: and https:");
		return;
	}
	for (const char *at = f->url; (at = url_secret_find(at, &name)) != NULL;
	     at++)
		placeholder_check(d, f, at, name);
	for (size_t i = 0; i < f->n_secrets; i++)
		if (!request_names(f, f->secrets[i].name))
			document_problem(d,
			    pointer_member("/secrets",
				slice_of(f->secrets[i].name), d->scratch),
			    "'url' does not use the secret '%s'. HINT: write "
			    "{%s} where it belongs",
			    f->secrets[i].name, f->secrets[i].name);
}
