/*
 * Hosts: how many transfers run at each, and which are left alone.
 */
#include "fetch_int.h"

#include <string.h>

#include "kpid/clock.h"

#define PER_HOST     4 /* when the configuration says none */
#define FAILURES_MAX 5
#define LEFT_ALONE   (300 * (usec)1000000)
#define ASKED_MAX    (86400 * (usec)1000000) /* of a server's Retry-After */

/* "host:port" of a URL, in mem; NULL when it is none. */
static const char *
host_name(const char *url, const char **bare, struct arena *mem)
{
	CURLU *u = curl_url();
	char *host = NULL, *port = NULL;
	const char *name = NULL;

	if (u == NULL)
		fatal("out of memory");
	if (curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK
	    && curl_url_get(u, CURLUPART_HOST, &host, 0) == CURLUE_OK
	    && curl_url_get(u, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT)
		== CURLUE_OK) {
		size_t len = strlen(host);

		*bare = host[0] == '[' && len > 2
		    ? arena_strndup(mem, host + 1, len - 2)
		    : arena_strdup(mem, host);
		name = arena_printf(mem, "%s:%s", host, port);
	}
	curl_free(host);
	curl_free(port);
	curl_url_cleanup(u);
	return name;
}

struct host *
host_find(struct fetcher *f, const char *url)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *bare, *name = host_name(url, &bare, &mem);
	struct host *h;

	if (name == NULL)
		return NULL;
	for (h = f->hosts; h != NULL; h = h->next)
		if (strcmp(h->name, name) == 0)
			return h;
	h = arena_alloc(&f->mem, sizeof(*h));
	*h = (struct host){ .next = f->hosts,
		.name = arena_strdup(&f->mem, name),
		.ours = policy_is_private(bare) };
	list_init(&h->waiting);
	f->hosts = h;
	return h;
}

static bool
has_room(const struct fetcher *f, const struct host *h)
{
	const int given = f->cfg->network.per_host;
	const size_t most = given > 0 ? (size_t)given : PER_HOST;

	return h->waiting.first != NULL && (h->ours || h->active < most);
}

static usec
pause_of(const struct fetcher *f, const struct host *h)
{
	return h->ours ? 0 : f->cfg->network.pause_ms * (usec)1000;
}

/* Until it may be asked again. */
static usec
pause_left(const struct fetcher *f, const struct host *h, usec now)
{
	const usec left = h->next_at - now;

	/* Longer than it was: the clock was set back. */
	return left < 0 || left > pause_of(f, h) ? 0 : left;
}

struct transfer *
host_take(struct fetcher *f)
{
	const usec now = clock_now();
	struct host *least = NULL;

	/* The one with the fewest at work: none waits behind a crowd. */
	for (struct host *h = f->hosts; h != NULL; h = h->next)
		if (has_room(f, h) && pause_left(f, h, now) == 0
		    && (least == NULL || h->active < least->active))
			least = h;
	return least == NULL ? NULL : list_take(&least->waiting);
}

usec
host_wait(const struct fetcher *f)
{
	const usec now = clock_now();
	usec least = INT64_MAX;

	for (const struct host *h = f->hosts; h != NULL; h = h->next)
		if (has_room(f, h) && pause_left(f, h, now) < least)
			least = pause_left(f, h, now);
	return least;
}

bool
host_begin(struct transfer *t)
{
	struct host *h = t->host;
	const usec now = clock_now();
	char until[INSTANT_TEXT_MAX];

	if (h == NULL)
		return true;
	/* Longer than was meant: the clock was set back. */
	if (h->left_until - now > h->left_for)
		h->left_until = 0;
	if (now < h->left_until) {
		(void)instant_text(h->left_until / 1000000 * 1000000, until);
		(void)err_set(&t->err, KPID_EFETCH,
		    "the server %s is left alone until %s, after %s", h->name,
		    until,
		    h->failures >= FAILURES_MAX ? "failing several times"
						: "it asked for that");
		t->err.retry = true;
		t->retry_after = h->left_until - now;
		return false;
	}
	h->active++;
	h->next_at = now + pause_of(t->owner, h);
	return true;
}

/* Too many requests, or none for now. */
static bool
asks_to_wait(const struct transfer *t)
{
	return t->retry_after > 0 && (t->status == 429 || t->status == 503);
}

/* The server, not this answer of it, nor our disk. */
static bool
is_down(const struct transfer *t)
{
	return t->failed && t->err.retry && t->err.code != KPID_ESPOOL
	    && (t->status == 0 || t->status >= 500 || t->status == 429);
}

void
host_end(struct transfer *t)
{
	struct host *h = t->host;
	usec pause = 0;

	if (h == NULL)
		return;
	h->active--;
	if (t->retry_after > ASKED_MAX)
		t->retry_after = ASKED_MAX;
	if (!is_down(t)) {
		h->failures = 0;
		return;
	}
	h->failures++;
	if (h->failures >= FAILURES_MAX)
		pause = LEFT_ALONE;
	if (asks_to_wait(t))
		pause = t->retry_after;
	if (pause > 0) {
		h->left_for = pause;
		h->left_until = clock_now() + pause;
	}
}
