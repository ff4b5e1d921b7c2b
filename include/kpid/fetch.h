/*
 * Bodies from http, https and file, into the spool.
 *
 * Any number of transfers run in one curl multi handle; nothing here waits:
 * the caller polls (fetcher_poll or its own loop) and steps. TLS is verified;
 * redirects stay http(s); private addresses are refused unless the
 * configuration allows them; a body over its limit stops the transfer. Behind
 * a proxy the address that is judged is the proxy's (a private one must be
 * allowed), and of the server only one that is written as an address.
 *
 * At most 64 transfers run at once, and network.per_host of them at a host of
 * others (not at a private address, which somebody has allowed), where they
 * begin network.pause_ms apart. A host that
 * fails five times in a row, in ways that may pass, is left alone for five
 * minutes, or for as long as it asks (Retry-After); what is wanted of it
 * meanwhile fails at once. While the spool is full (spool_bound) none begins.
 *
 * The caller ignores SIGPIPE: TLS may write to a connection that is gone.
 */
#ifndef KPID_FETCH_H
#define KPID_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kpid/config.h"
#include "kpid/error.h"
#include "kpid/spool.h"

struct fetcher;

/*
 * One page of an answer that comes in pages. fd: what has been fetched so far,
 * read with pread; the page stands in it from `from` to the end. url: of this
 * page.
 */
struct page {
	const struct feed *feed;
	int fd;
	uint64_t from;
	const char *url;
};

/* The URL of the next page, in mem; NULL: this was the last. false: this is no
 * page of the feed's format. */
typedef bool next_page_fn(const struct page *page, struct arena *mem,
    const char **next, struct kpid_err *err);

/* What the body of an HTTP error says itself, in mem; NULL: nothing that is
 * known. body may be cut. */
typedef const char *error_text_fn(const struct feed *feed, struct slice body,
    struct arena *mem);

/* What the feed answered last time, for a conditional request. */
struct validators {
	const char *etag, *last_modified; /* or NULL */
};

enum fetch_outcome {
	FETCH_BODY,
	FETCH_NOT_MODIFIED,
	FETCH_FAILED,
	FETCH_PUT_OFF /* it was never begun: fetcher_put_off */
};

struct fetched {
	const struct feed *feed;
	enum fetch_outcome outcome;
	struct spool_meta meta; /* id, bytes, sha256: FETCH_BODY only;
					 * etag, last_modified: as answered */
	struct kpid_err err;    /* when FETCH_FAILED: "could not fetch
					 * 'url': why"; retry is right */
	long http_status;       /* 0 for file: */
	usec retry_after;       /* the server asks to wait so long; or 0 */
	usec took;
	bool missing;    /* FETCH_FAILED: there is no such place */
	const char *url; /* as it was asked for, to be asked for again; it may
			  * show what a log must not */
};

/* Was it an address of a period that is not there? Its figures may come. */
bool fetched_not_yet(const struct fetched *f);

/* Told once for each fetcher_start, from inside fetcher_step; f is borrowed
 * for the call. */
typedef void fetched_fn(void *ctx, const struct fetched *f);

/* curl_global_init and the multi handle. cfg and spool borrowed. */
MUST_CHECK bool fetcher_new(const struct config *cfg, struct spool *spool,
    struct fetcher **out, struct kpid_err *err);
/* Ends what still runs, without telling it; NULL is fine. */
void fetcher_free(struct fetcher *f);

/*
 * Who knows the next page of feeds whose answers come in pages (e-Stat, CKAN,
 * World Bank over http); without it each answer is one page. The pages make
 * one body, one behind the other with a line break between them. A page that
 * fails fails all; a first page that is none is a body as it is. There are no
 * conditional requests for such feeds: what a server says of its first page
 * says nothing of the others.
 */
void fetcher_follow(struct fetcher *f, next_page_fn *next);

/* Who reads the message out of an HTTP error of a feed's format; without it,
 * or where that finds none, the body's first characters are quoted. */
void fetcher_explain(struct fetcher *f, error_text_fn *explain);

struct fetch_request {
	const struct feed *feed;
	const char *url;            /* NULL: the feed's own */
	const struct validators *v; /* borrowed for the call, may be NULL; not
				     * used where feed_by_url */
	usec now;                   /* what fetched_at will say */
	const int *fd; /* NULL, or the file that url names, open: it is
			* read from its beginning and not closed */
	bool quiet;    /* of the past: mails nobody */
};

/* One address that a feed is asked for at, and what it is of. */
struct look {
	const char *url;
	const char *period; /* 2024-04, FY2024; NULL: of none */
	const char *org;    /* six digits, or NULL */
};

struct looks {
	struct look *list;
	size_t n;
};

/* What one collection of a feed asks for: its URL; where that has words, the
 * period that has come by `now` in the feed's time zone, for each
 * organization. In mem. */
MUST_CHECK bool feed_looks(const struct feed *feed, usec now, struct arena *mem,
    struct looks *out, struct kpid_err *err);
/* The same of every period that lies in first..last wholly or in part, the
 * oldest first, for each of these organizations. The feed's URL has words. */
void feed_looks_between(const struct feed *feed, const struct period *stretch,
    const char *const *orgs, size_t n_orgs, struct arena *mem,
    struct looks *out);

/* Failure to start is reported through fn like any other. */
void fetcher_start(struct fetcher *f, const struct fetch_request *r,
    fetched_fn *fn, void *ctx);
/* The same; the body will say which turn of the feed it is. */
void fetcher_start_turn(struct fetcher *f, const struct fetch_request *r,
    const struct spool_turn *turn, fetched_fn *fn, void *ctx);
/* Transfers of a turn that wait for their begin are told as FETCH_PUT_OFF, from
 * inside this call: their turn may be somebody else's. NULL is fine. */
void fetcher_put_off(struct fetcher *f);
/* Moves transfers on; calls fetched_fn for those that ended, which may start
 * others. Call it after every fetcher_poll. */
MUST_CHECK bool fetcher_step(struct fetcher *f, struct kpid_err *err);
/* Transfers that run, and bodies that are being made durable; what waits for
 * its turn is not among them. */
size_t fetcher_active(const struct fetcher *f);
/* Transfers asked for and not yet told. */
size_t fetcher_running(const struct fetcher *f);

/* For the loop: waits at most timeout_ms on the transfers, the n extra
 * descriptors (curl's struct curl_waitfd, passed through as void so that this
 * header needs no curl) and wake-ups. */
MUST_CHECK bool fetcher_poll(struct fetcher *f, void *extra_waitfds,
    unsigned n_extra, int timeout_ms, struct kpid_err *err);

/* url without the values of password-like parts, for logs and the database:
 * user info and the query parameters appId, key, token, .. become "***"; {names}
 * of a feed's secrets stay. */
char *url_redact(const char *url, struct arena *mem);

#endif
