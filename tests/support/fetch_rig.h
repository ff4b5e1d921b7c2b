/*
 * A fetcher with a spool of its own in a directory of its own, for the tests
 * of http and file feeds.
 */
#ifndef KPID_FETCH_RIG_H
#define KPID_FETCH_RIG_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kpid/fetch.h"

#define RIG_NOW 1727740800000000 /* what fetched_at must say */

struct rig {
	struct arena mem;
	const char *dir;
	const char *roots[1]; /* DIR/www */
	struct config cfg;
	struct feed feed;
	struct spool *spool;
	struct fetcher *fetcher;
};

/* What a transfer came to; texts live in the rig. */
struct answer {
	struct rig *rig;
	int times; /* told so often */
	enum fetch_outcome outcome;
	struct kpid_err err;
	long status;
	struct spool_meta meta; /* of the spool, when FETCH_BODY */
	const char *body;       /* NUL-terminated */
};

static inline void
rig_open(struct rig *r)
{
	static const char *const allow[] = { "127.0.0.1" };
	struct kpid_err err = { 0 };
	const char *tmp = getenv("TMPDIR");

	r->dir = mkdtemp(arena_printf(&r->mem, "%s/kpid-fetch-XXXXXX",
	    tmp != NULL ? tmp : "/tmp"));
	cr_assert_not_null(r->dir);
	r->roots[0] = arena_printf(&r->mem, "%s/www", r->dir);
	cr_assert_eq(mkdir(r->roots[0], 0700), 0);
	r->cfg = (struct config){ .file_roots = r->roots,
		.n_file_roots = 1,
		.network = { .allow = allow,
		    .n_allow = 1,
		    .proxy = "",
		    .contact = "mailto:kpi@example.jp",
		    .timeout_s = 10 } };
	r->feed = (struct feed){ .name = "figures", .max_bytes = 1 << 20 };
	cr_assert(spool_open(r->dir, &r->mem, &r->spool, &err), "%s", err.msg);
	cr_assert(fetcher_new(&r->cfg, r->spool, &r->fetcher, &err), "%s",
	    err.msg);
}

static inline void
rig_free(struct rig *r)
{
	fetcher_free(r->fetcher);
	if (r->dir != NULL && fork() == 0)
		_exit(execlp("rm", "rm", "-rf", r->dir, (char *)NULL));
	(void)wait(NULL);
	arena_release(&r->mem);
}

/* DIR/www/NAME with text in it; its path. */
static inline const char *
rig_file(struct rig *r, const char *name, const char *text)
{
	const char *path = arena_printf(&r->mem, "%s/%s", r->roots[0], name);
	FILE *file = fopen(path, "we");

	cr_assert_not_null(file, "%s", path);
	cr_assert_geq(fputs(text, file), 0);
	cr_assert_eq(fclose(file), 0);
	return path;
}

static inline void
rig_body(struct rig *r, const char *id, struct answer *out)
{
	struct kpid_err err = { 0 };
	char *text;
	ssize_t n;
	int fd;

	cr_assert(spool_read(r->spool, id, &r->mem, &out->meta, &fd, &err),
	    "%s", err.msg);
	text = arena_alloc(&r->mem, out->meta.bytes + 1);
	n = read(fd, text, out->meta.bytes);
	cr_assert_eq((uint64_t)n, out->meta.bytes);
	(void)close(fd);
	out->body = text;
}

static inline void
rig_take(void *ctx, const struct fetched *f)
{
	struct answer *a = ctx;

	a->times++;
	a->outcome = f->outcome;
	a->err = f->err;
	a->status = f->http_status;
	if (f->outcome == FETCH_BODY)
		rig_body(a->rig, f->meta.id, a);
}

static inline void
rig_run(struct rig *r)
{
	struct kpid_err err = { 0 };

	while (fetcher_running(r->fetcher) > 0) {
		cr_assert(fetcher_poll(r->fetcher, NULL, 0, 1000, &err), "%s",
		    err.msg);
		cr_assert(fetcher_step(r->fetcher, &err), "%s", err.msg);
	}
}

/* One whole transfer. */
static inline struct answer
rig_fetch(struct rig *r, const char *url, const struct validators *v)
{
	struct answer a = { .rig = r };

	fetcher_start(r->fetcher,
	    &(struct fetch_request){ &r->feed, url, v, RIG_NOW, NULL, false },
	    rig_take, &a);
	cr_expect_eq(a.times, 0, "told before the step");
	rig_run(r);
	cr_expect_eq(a.times, 1, "told %d times", a.times);
	return a;
}

/* Nothing of a failed transfer stays in the spool. */
static inline void
rig_expect_empty(struct rig *r, const char *why)
{
	const char *spool = arena_printf(&r->mem, "%s/spool", r->dir);

	cr_expect_eq(rmdir(spool), 0, "%s: the spool is not empty", why);
	cr_assert_eq(mkdir(spool, 0700), 0);
}

#endif
