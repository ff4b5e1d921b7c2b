/*
 * One http or https transfer: what curl is told, what it gives.
 */
#include "fetch_int.h"

#include <string.h>

#include "kpid/limits.h"

#define CONNECT_TIMEOUT_S 20
/* Not a byte: the server is gone, or might as well be. */
#define STALL_S           60  /* when the configuration says none */
#define TIMEOUT_S         600 /* when the configuration says none */
/* Bytes of an error's body that are read to keep the connection usable. */
#define SKIP_BYTES        (64 << 10)
#define HEADER_TEXT_MAX   1024

static bool
is_body_status(long status)
{
	return status >= 200 && status <= 299;
}

static size_t
excerpt_keep(struct transfer *t, const char *p, size_t len)
{
	size_t room = EXCERPT_BYTES - t->excerpt_len;
	size_t n = len < room ? len : room;

	if (t->excerpt == NULL)
		t->excerpt = arena_alloc(&t->mem, EXCERPT_BYTES);
	memcpy(t->excerpt + t->excerpt_len, p, n);
	t->excerpt_len += n;
	t->skipped += len;
	return t->skipped > SKIP_BYTES ? 0 : len;
}

/* Bytes as they came over the wire; they count against the limit when they are
 * unpacked, so that what is small when packed counts in full. 0 stops the
 * transfer. */
static size_t
on_body(char *p, size_t size, size_t n, void *ctx)
{
	struct transfer *t = ctx;
	size_t len = size * n;

	(void)curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &t->status);
	if (!is_body_status(t->status))
		return excerpt_keep(t, p, len);
	return coding_put(t, p, len) ? len : 0;
}

static curl_socket_t
on_socket(void *ctx, curlsocktype purpose, struct curl_sockaddr *a)
{
	struct transfer *t = ctx;
	char text[INET6_ADDRSTRLEN];

	(void)purpose;
	if (!policy_permits(&t->owner->policy, &a->addr)) {
		address_text(&a->addr, text);
		(void)policy_refuse(&t->err, text);
		t->refused = true;
		return CURL_SOCKET_BAD;
	}
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

/* What goes into a header line, or came from one and goes into the database:
 * printable ASCII, not too long. */
static bool
header_text_valid(const char *s)
{
	size_t n = 0;

	if (s == NULL)
		return false;
	while (s[n] >= ' ' && s[n] <= '~')
		n++;
	return s[n] == '\0' && n > 0 && n < HEADER_TEXT_MAX;
}

static void
header_add(struct transfer *t, const char *name, const char *value)
{
	struct curl_slist *list;

	if (!header_text_valid(value))
		return;
	list = curl_slist_append(t->headers,
	    arena_printf(&t->mem, "%s: %s", name, value));
	if (list == NULL)
		fatal("out of memory");
	t->headers = list;
}

static const char *
header_get(struct transfer *t, const char *name)
{
	struct curl_header *h;

	if (curl_easy_header(t->easy, name, 0, CURLH_HEADER, -1, &h)
		!= CURLHE_OK
	    || !header_text_valid(h->value))
		return NULL;
	return arena_strdup(&t->mem, h->value);
}

static bool
options_where(struct transfer *t)
{
	const char *proxy = t->owner->cfg->network.proxy;
	const char *ca = t->owner->cfg->network.ca_file;
	CURL *e = t->easy;

	return curl_easy_setopt(e, CURLOPT_URL, t->real) == CURLE_OK
	    && curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https")
	    == CURLE_OK
	    && curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, on_socket)
	    == CURLE_OK
	    && curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, t) == CURLE_OK
	    && (ca == NULL
		|| curl_easy_setopt(e, CURLOPT_CAINFO, ca) == CURLE_OK)
	    && (proxy == NULL
		|| curl_easy_setopt(e, CURLOPT_PROXY, proxy) == CURLE_OK);
}

static bool
options_limits(struct transfer *t)
{
	const struct config_network *n = &t->owner->cfg->network;
	long timeout = n->timeout_s > 0 ? n->timeout_s : TIMEOUT_S;
	long stall = n->stall_s > 0 ? n->stall_s : STALL_S;
	CURL *e = t->easy;

	return curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L) == CURLE_OK
	    && curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT,
		   (long)CONNECT_TIMEOUT_S)
	    == CURLE_OK
	    && curl_easy_setopt(e, CURLOPT_TIMEOUT, timeout) == CURLE_OK
	    && curl_easy_setopt(e, CURLOPT_LOW_SPEED_LIMIT, 1L) == CURLE_OK
	    && curl_easy_setopt(e, CURLOPT_LOW_SPEED_TIME, stall) == CURLE_OK
	    && curl_easy_setopt(e, CURLOPT_MAXFILESIZE_LARGE,
		   (curl_off_t)transfer_limit(t))
	    == CURLE_OK;
}

/* What is meant for the feed's own server alone. */
static bool
options_own(struct transfer *t)
{
	const struct request_rule *r = &t->feed->request;
	CURL *e = t->easy;

	if (t->moved)
		return true;
	for (size_t i = 0; i < r->n_headers; i++)
		header_add(t, r->headers[i].from,
		    secrets_fill(t, r->headers[i].to));
	if (r->certificate != NULL
	    && (curl_easy_setopt(e, CURLOPT_SSLCERT, r->certificate) != CURLE_OK
		|| curl_easy_setopt(e, CURLOPT_SSLKEY,
		       r->key != NULL ? r->key : r->certificate)
		    != CURLE_OK))
		return false;
	return r->body == NULL || t->posted || t->pages > 0
	    || curl_easy_setopt(e, CURLOPT_COPYPOSTFIELDS,
		   secrets_fill(t, r->body))
	    == CURLE_OK;
}

/* Not CURLOPT_ACCEPT_ENCODING: libcurl would unpack, and take a stream that is
 * cut short for a whole one. */
static bool
options_what(struct transfer *t)
{
	CURL *e = t->easy;

	header_add(t, "Accept-Encoding", "gzip");
	header_add(t, "If-None-Match", t->validators.etag);
	header_add(t, "If-Modified-Since", t->validators.last_modified);
	return curl_easy_setopt(e, CURLOPT_USERAGENT, t->owner->agent)
	    == CURLE_OK
	    && curl_easy_setopt(e, CURLOPT_HTTP_CONTENT_DECODING, 0L)
	    == CURLE_OK
	    && curl_easy_setopt(e, CURLOPT_HTTPHEADER, t->headers) == CURLE_OK
	    && curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body) == CURLE_OK
	    && curl_easy_setopt(e, CURLOPT_WRITEDATA, t) == CURLE_OK
	    && curl_easy_setopt(e, CURLOPT_PRIVATE, t) == CURLE_OK
	    && curl_easy_setopt(e, CURLOPT_ERRORBUFFER, t->curl_err)
	    == CURLE_OK;
}

/* The host as curl reads it: 0x7f000001 is 127.0.0.1. Behind a proxy this is
 * the only look at where the request goes. */
static bool
host_check(struct transfer *t)
{
	CURLU *u = curl_url();
	char *host = NULL;
	size_t len;
	bool ok = true;

	if (u == NULL)
		fatal("out of memory");
	if (curl_url_set(u, CURLUPART_URL, t->real, 0) != CURLUE_OK
	    || curl_url_get(u, CURLUPART_HOST, &host, 0) != CURLUE_OK) {
		ok = err_set(&t->err, KPID_EREFUSED,
		    "that is not a URL. "
		    "HINT: it should look like https://host/path");
	} else {
		len = strlen(host);
		bool bracket = host[0] == '[' && host[len - 1] == ']';
		char *bare = bracket ? arena_strndup(&t->mem, host + 1, len - 2)
				     : arena_strdup(&t->mem, host);

		if (!policy_permits_host(&t->owner->policy, bare))
			ok = policy_refuse(&t->err, bare);
	}
	curl_free(host);
	curl_url_cleanup(u);
	return ok;
}

bool
http_start(struct transfer *t)
{
	if (!secrets_put(t) || !host_check(t))
		return false;
	t->easy = curl_easy_init();
	if (t->easy == NULL)
		fatal("out of memory");
	if (!options_where(t) || !options_limits(t) || !options_own(t)
	    || !options_what(t))
		return err_set(&t->err, KPID_EINTERNAL,
		    "libcurl refuses an "
		    "option. HINT: it must be 7.85 or later, with http and "
		    "https");
	if (curl_multi_add_handle(t->owner->multi, t->easy) != CURLM_OK)
		return err_set(&t->err, KPID_EINTERNAL,
		    "libcurl refuses a "
		    "transfer");
	return true;
}

static bool
asked_conditionally(const struct transfer *t)
{
	return header_text_valid(t->validators.etag)
	    || header_text_valid(t->validators.last_modified);
}

/* Seconds, or a date that curl has turned into them. */
static usec
retry_after(CURL *easy)
{
	curl_off_t seconds = 0;

	if (curl_easy_getinfo(easy, CURLINFO_RETRY_AFTER, &seconds) != CURLE_OK
	    || seconds < 0 || seconds > INT32_MAX)
		return 0;
	return seconds * (usec)1000000;
}

void
http_end(struct transfer *t, CURLcode rc)
{
	long status = 0;

	(void)curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	t->status = status;
	t->retry_after = retry_after(t->easy);
	if (!t->paged) {
		t->etag = header_get(t, "ETag");
		t->last_modified = header_get(t, "Last-Modified");
	}
	if (t->failed)
		return;
	if (status >= 400)
		http_status_failed(t);
	else if (rc != CURLE_OK)
		http_curl_failed(t, rc);
	else if (status == 304 && asked_conditionally(t))
		t->not_modified = true;
	else if (!is_body_status(status) || status == 204 || status == 206)
		http_status_failed(t);
	else
		t->failed = !coding_end(t);
}
