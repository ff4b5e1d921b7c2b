/*
 * Fetching inside: one transfer, and what http, file and policy do with it.
 */
#ifndef KPID_FETCH_INT_H
#define KPID_FETCH_INT_H

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <curl/curl.h>

#include "kpid/arena.h"
#include "kpid/bytes.h"
#include "kpid/fetch.h"

/* Bytes kept of the body of an error, for its message. */
#define EXCERPT_BYTES (8 << 10)

/* ---- policy.c: which addresses may be spoken to */

struct block { /* IPv4 as ::ffff:a.b.c.d */
	uint8_t addr[16];
	int bits;
};

struct policy {
	const struct block *allow;
	size_t n;
};

/* "10.0.0.0/8", "::1"; no /bits: that address alone. */
MUST_CHECK bool block_parse(const char *text, struct block *out);
/* The allow list of the configuration, in mem. */
MUST_CHECK bool policy_make(const struct config *cfg, struct arena *mem,
    struct policy *out, struct kpid_err *err);
/* Only IPv4 and IPv6 can be permitted. */
bool policy_permits(const struct policy *p, const struct sockaddr *sa);
/* A host given as an address, or localhost, which a proxy would take for
 * itself; other names are permitted here, since a name is judged by what it
 * resolves to. */
bool policy_permits_host(const struct policy *p, const char *host);
/* As text, without a port. */
void address_text(const struct sockaddr *sa, char out[INET6_ADDRSTRLEN]);
/* A private address, in digits, or localhost. */
bool policy_is_private(const char *host);
/* Says which address, and how to allow it. Returns false. */
bool policy_refuse(struct kpid_err *err, const char *address);

/* ---- transfer.c: what http and file have in common */

struct transfer_list {
	struct transfer *first, **end;
};

/* A host and port that is or was spoken to; lives as long as the fetcher. */
struct host {
	struct host *next;
	const char *name;
	bool ours; /* at a private address */
	size_t active;
	int failures;                 /* in a row, that may pass */
	usec left_until;              /* not asked before */
	usec left_for;                /* ..when that was said */
	usec next_at;                 /* the next request, not before */
	struct transfer_list waiting; /* for it */
};

struct transfer {
	struct transfer *next;
	struct fetcher *owner;
	struct host *host; /* of url; NULL: file:, or no URL */
	struct arena mem;
	const struct feed *feed;
	const char *url, *shown;  /* with {names} of secrets; redacted */
	const char *real;         /* url with its secrets.. */
	struct url_text *secrets; /* ..which are these */
	size_t n_secrets;
	const char *asked;  /* shown, of the first page.. */
	const char *wanted; /* ..and its url */
	bool paged;         /* pages may follow.. */
	size_t pages;       /* ..and so many have ended */
	uint64_t page_from; /* where this one begins in the body.. */
	uint64_t page_last; /* ..and the one before it */
	struct validators validators;
	usec now, started;
	struct spool_turn turn;
	fetched_fn *fn;
	void *ctx;
	struct spool_writer *body; /* NULL before the first byte */
	struct spool_body whole;   /* when it is being committed */
	uint64_t bytes;
	struct kpid_err err; /* the first reason of ours.. */
	bool failed;         /* ..for which it ends */
	long status;
	bool not_modified;
	bool put_off;        /* it will not begin */
	bool missing, quiet; /* as in struct fetched, struct fetch_request */
	usec retry_after;
	const char *etag, *last_modified;

	CURL *easy; /* http */
	struct curl_slist *headers;
	char curl_err[CURL_ERROR_SIZE];
	size_t redirects; /* followed so far */
	bool moved;       /* to another server than the feed's */
	bool led;         /* a server has named the url of this page */
	bool posted;      /* what had to be posted was */
	bool refused;     /* an address was; err says which */
	char *excerpt;    /* EXCERPT_BYTES, of a page that tells of an error */
	size_t excerpt_len, skipped;
	bool coding_known;     /* the header was looked at */
	struct unpack *unpack; /* NULL: it comes as it is */

	int fd;         /* file: */
	struct stat st; /* when it was opened */
};

/* Empty; it owns no transfer. */
void list_init(struct transfer_list *l);
/* At the end. t must be in no list. */
void list_put(struct transfer_list *l, struct transfer *t);
/* The first, which leaves the list; NULL when there is none. */
struct transfer *list_take(struct transfer_list *l);
/* t must be in it. */
void list_remove(struct transfer_list *l, struct transfer *t);

struct fetcher {
	const struct config *cfg;
	struct spool *spool;
	struct arena mem;
	CURLM *multi;
	struct policy policy;
	const char *agent;
	next_page_fn *next_page;                   /* or NULL */
	error_text_fn *error_text;                 /* or NULL */
	struct transfer_list waiting, http, files; /* waiting: of no host */
	struct host *hosts;
	size_t n_waiting, n_active;
	struct committer *committers[2]; /* of small and of large bodies */
	size_t n_committing;
};

/* ---- committer.c: bodies made durable, beside the loop */

/* Bytes of a body that has to be written for long. */
#define LARGE_BYTES (4 << 20)

/* t->whole is to be committed; t is nobody's until commit_take gives it. */
void commit_begin(struct transfer *t);
/* One whose commit has ended, well or not; NULL: none has. */
struct transfer *commit_take(struct fetcher *f);
/* Ends the work, all that was begun; what was committed can be taken. */
void commit_finish(struct fetcher *f);
/* After it. */
void commit_free(struct fetcher *f);

/* ---- hosts.c: not too much of any server at once */

/* Where a URL leads, known from now on; NULL when it is none. */
struct host *host_find(struct fetcher *f, const char *url);
/* The next transfer that may begin now; NULL: all must wait. */
struct transfer *host_take(struct fetcher *f);
/* How long until there is one; INT64_MAX: another one has to end first. */
usec host_wait(const struct fetcher *f);
/* A transfer begins; false: t->err says how long its host is left alone. */
bool host_begin(struct transfer *t);
/* It ended, well or not. */
void host_end(struct transfer *t);

/* The feed's own limit, or the general one. */
long long transfer_limit(const struct transfer *t);
/* Body bytes into the spool, up to the feed's limit; false: t->err. */
bool transfer_body(struct transfer *t, const void *p, size_t len);
/* Says the limit and the key that raises it. Returns false. */
bool transfer_too_large(struct transfer *t, struct kpid_err *err);
/* It is over, well or not: commits the body if there is one, and then.. */
void transfer_end(struct transfer *t);
/* ..closes or aborts it.. */
enum fetch_outcome transfer_settle(struct transfer *t);
/* ..tells the caller, frees t. t->whole: as it was committed. */
void transfer_tell(struct transfer *t);
/* Ends the connection of http; another may begin. */
void transfer_hang_up(struct transfer *t);
/* The same, and everything that belongs to that request only. */
void transfer_forget(struct transfer *t);
/* Aborts a body that was not committed. */
void transfer_free(struct transfer *t);

/* ---- pages.c: answers that come in pages */

/* By the format of its contract. */
bool pages_expected(const struct fetcher *f, const struct feed *feed,
    const char *url);
/* A page has ended well. true: the transfer of the next one has begun; false:
 * it was the last, or t->failed. */
bool pages_follow(struct transfer *t);

/* ---- redirect.c */

/* An answer that names another place. true: the transfer from there has begun;
 * false: it is none, or t->failed. */
bool redirect_follow(struct transfer *t, CURLcode rc);

/* ---- secrets.c: what a URL must not show */

/* text with the secrets that it names, in t->mem; as they are, not encoded. */
const char *secrets_fill(struct transfer *t, const char *text);

/* Sets t->real; false: t->err says which secret cannot be read. */
bool secrets_put(struct transfer *t);
/* text with {names} in the place of secrets; in t->mem, or text itself. */
struct slice secrets_hide(struct transfer *t, struct slice text);
/* The same of a text that may be cut in the middle of a secret. */
struct slice secrets_hide_cut(struct transfer *t, struct slice text);

/* ---- coding.c: Content-Encoding */

/* Bytes as they came, unpacked into the spool; false: t->err. */
bool coding_put(struct transfer *t, const void *p, size_t len);
/* Whether the body is whole, as far as gzip knows it; false: t->err. */
bool coding_end(struct transfer *t);
/* Unpacks what was kept of an error's body; empty when that cannot be. */
void coding_excerpt(struct transfer *t);

/* ---- http.c, http_error.c, file.c */

/* false: t->err says why. */
bool http_start(struct transfer *t);
/* rc: what curl says of the whole transfer. */
void http_end(struct transfer *t, CURLcode rc);
/* Fills t->err for an answer that is no body. */
void http_status_failed(struct transfer *t);
/* Fills the transfer's error; retry when the network is to blame. */
void http_curl_failed(struct transfer *t, CURLcode rc);

/* Opens the file and looks at it; false: t->err says why. */
bool file_start(struct transfer *t);
/* Reads a part; true when it is over, t->failed then says how. */
bool file_step(struct transfer *t);
/* A directory that is one of the configuration's roots or lies below one; -1
 * with err. */
int dir_open_checked(const struct config *cfg, const char *path,
    struct arena *mem, struct kpid_err *err);
/* file:///a%20b, file:/a, file://localhost/a to a path in mem. */
MUST_CHECK bool file_url_path(const char *url, struct arena *mem,
    const char **out, struct kpid_err *err);

#endif
