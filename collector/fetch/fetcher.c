/*
 * All transfers in one curl multi handle, so many at a time.
 */
#include "fetch_int.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "kpid/clock.h"

#ifndef KPID_VERSION
#define KPID_VERSION "0"
#endif

/* At once; the others wait. More handles cost memory and time and bring
 * nothing: the servers are the slow part. */
#define TRANSFERS_MAX 64
#define LONG_WAIT_US  (10 * (usec)1000000)

bool
fetcher_new(const struct config *cfg, struct spool *spool, struct fetcher **out,
    struct kpid_err *err)
{
	struct fetcher *f = calloc(1, sizeof(*f));
	const char *contact = cfg->network.contact;

	if (f == NULL)
		fatal("out of memory");
	f->cfg = cfg;
	f->spool = spool;
	list_init(&f->waiting);
	list_init(&f->http);
	list_init(&f->files);
	if (!policy_make(cfg, &f->mem, &f->policy, err)) {
		arena_release(&f->mem);
		free(f);
		return false;
	}
	f->agent = contact != NULL
	    ? arena_printf(&f->mem, "kpid/" KPID_VERSION " (+%s)", contact)
	    : "kpid/" KPID_VERSION;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK
	    || (f->multi = curl_multi_init()) == NULL)
		fatal("libcurl could not be started");
	*out = f;
	return true;
}

static void
list_free(struct transfer_list *l)
{
	struct transfer *t;

	while ((t = list_take(l)) != NULL)
		transfer_free(t);
}

void
fetcher_free(struct fetcher *f)
{
	struct transfer *t;

	if (f == NULL)
		return;
	commit_finish(f);
	/* What was committed stays: who opens the spool next finds it. */
	while ((t = commit_take(f)) != NULL) {
		(void)transfer_settle(t);
		transfer_free(t);
	}
	commit_free(f);
	list_free(&f->waiting);
	for (struct host *h = f->hosts; h != NULL; h = h->next)
		list_free(&h->waiting);
	list_free(&f->files);
	list_free(&f->http);
	(void)curl_multi_cleanup(f->multi);
	curl_global_cleanup();
	arena_release(&f->mem);
	free(f);
}

void
fetcher_follow(struct fetcher *f, next_page_fn *next)
{
	f->next_page = next;
}

void
fetcher_explain(struct fetcher *f, error_text_fn *explain)
{
	f->error_text = explain;
}

static bool
has_scheme(const char *url, const char *scheme)
{
	size_t n = strlen(scheme);

	return strncasecmp(url, scheme, n) == 0 && url[n] == ':';
}

static const char *
copy(const char *s, struct arena *mem)
{
	return s != NULL ? arena_strdup(mem, s) : NULL;
}

void
fetcher_start(struct fetcher *f, const struct fetch_request *r, fetched_fn *fn,
    void *ctx)
{
	fetcher_start_turn(f, r, &(struct spool_turn){ 0 }, fn, ctx);
}

void
fetcher_start_turn(struct fetcher *f, const struct fetch_request *r,
    const struct spool_turn *turn, fetched_fn *fn, void *ctx)
{
	struct transfer *t = calloc(1, sizeof(*t));

	if (t == NULL)
		fatal("out of memory");
	t->owner = f;
	t->feed = r->feed;
	t->fd = -1;
	t->url = copy(r->url != NULL ? r->url : r->feed->url, &t->mem);
	t->wanted = t->url;
	t->shown = t->asked = url_redact(t->url, &t->mem);
	t->paged = pages_expected(f, r->feed, t->url);
	if (r->fd != NULL)
		t->fd = fcntl(*r->fd, F_DUPFD_CLOEXEC, 0);
	if (r->v != NULL && !t->paged && !feed_by_url(r->feed))
		t->validators = (struct validators){ copy(r->v->etag, &t->mem),
			copy(r->v->last_modified, &t->mem) };
	t->now = r->now;
	t->turn = *turn;
	t->quiet = r->quiet;
	t->started = clock_now();
	t->fn = fn;
	t->ctx = ctx;
	t->host = has_scheme(t->url, "file") ? NULL : host_find(f, t->url);
	list_put(t->host != NULL ? &t->host->waiting : &f->waiting, t);
	f->n_waiting++;
}

static bool
transfer_begin(struct transfer *t, struct transfer_list **list)
{
	struct fetcher *f = t->owner;

	if (has_scheme(t->url, "file")) {
		*list = &f->files;
		return file_start(t);
	}
	*list = &f->http;
	if (has_scheme(t->url, "http") || has_scheme(t->url, "https")) {
		if (!host_begin(t))
			return false;
		if (http_start(t))
			return true;
		t->failed = true;
		host_end(t);
		return false;
	}
	return err_set(&t->err, KPID_EREFUSED,
	    "it is neither http:, https: "
	    "nor file:");
}

/* What waited is fetched now, not when it was asked for. */
static void
wait_over(struct transfer *t)
{
	const usec waited = clock_now() - t->started;

	if (waited >= LONG_WAIT_US && !t->owner->cfg->clock_fixed)
		t->now += waited;
}

static void
waiting_begin(struct fetcher *f)
{
	struct transfer *t;

	while (f->n_active < TRANSFERS_MAX && !spool_full(f->spool)
	    && ((t = list_take(&f->waiting)) != NULL
		|| (t = host_take(f)) != NULL)) {
		struct transfer_list *list;

		f->n_waiting--;
		wait_over(t);
		if (transfer_begin(t, &list)) {
			list_put(list, t);
			f->n_active++;
		} else {
			t->failed = true;
			transfer_end(t);
		}
	}
}

static void
list_put_off(struct fetcher *f, struct transfer_list *l)
{
	struct transfer_list kept;
	struct transfer *t;

	list_init(&kept);
	while ((t = list_take(l)) != NULL) {
		if (!t->turn.set) {
			list_put(&kept, t);
			continue;
		}
		f->n_waiting--;
		t->put_off = true;
		transfer_tell(t);
	}
	while ((t = list_take(&kept)) != NULL)
		list_put(l, t);
}

void
fetcher_put_off(struct fetcher *f)
{
	if (f == NULL)
		return;
	list_put_off(f, &f->waiting);
	for (struct host *h = f->hosts; h != NULL; h = h->next)
		list_put_off(f, &h->waiting);
}

static void
http_collect(struct fetcher *f)
{
	CURLMsg *msg;
	int left;

	while ((msg = curl_multi_info_read(f->multi, &left)) != NULL) {
		CURLcode rc = msg->data.result;
		struct transfer *t = NULL;

		if (msg->msg != CURLMSG_DONE
		    || curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, &t)
			!= CURLE_OK)
			continue;
		list_remove(&f->http, t);
		f->n_active--;
		if (redirect_follow(t, rc)) {
			list_put(&f->http, t);
			f->n_active++;
			continue;
		}
		http_end(t, rc);
		if (pages_follow(t)) {
			list_put(&f->http, t);
			f->n_active++;
		} else {
			host_end(t);
			transfer_end(t);
		}
	}
}

/* One part of one file: files take turns with the network. */
static void
files_step(struct fetcher *f)
{
	struct transfer *t = f->files.first;

	if (t == NULL || !file_step(t))
		return;
	list_remove(&f->files, t);
	f->n_active--;
	transfer_end(t);
}

bool
fetcher_step(struct fetcher *f, struct kpid_err *err)
{
	struct transfer *t;
	CURLMcode rc;
	int running;

	waiting_begin(f);
	rc = curl_multi_perform(f->multi, &running);
	if (rc != CURLM_OK)
		return err_set(err, KPID_EINTERNAL, "libcurl: %s",
		    curl_multi_strerror(rc));
	http_collect(f);
	files_step(f);
	while ((t = commit_take(f)) != NULL)
		transfer_tell(t);
	return true;
}

size_t
fetcher_active(const struct fetcher *f)
{
	return f->n_active + f->n_committing;
}

size_t
fetcher_running(const struct fetcher *f)
{
	return f->n_waiting + f->n_active + f->n_committing;
}

/* Milliseconds, at most so many, until something can be begun or read on. */
static int
wait_for_work(const struct fetcher *f, int most)
{
	usec wait;

	if (f->files.first != NULL)
		return 0;
	if (f->n_active >= TRANSFERS_MAX || spool_full(f->spool))
		return most;
	if (f->waiting.first != NULL)
		return 0;
	wait = host_wait(f);
	return wait / 1000 >= most ? most : (int)((wait + 999) / 1000);
}

bool
fetcher_poll(struct fetcher *f, void *extra_waitfds, unsigned n_extra,
    int timeout_ms, struct kpid_err *err)
{
	CURLMcode rc = curl_multi_poll(f->multi, extra_waitfds, n_extra,
	    wait_for_work(f, timeout_ms), NULL);

	if (rc != CURLM_OK)
		return err_set(err, KPID_EINTERNAL,
		    "could not wait for the "
		    "network: %s",
		    curl_multi_strerror(rc));
	return true;
}
