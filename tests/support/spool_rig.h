/* A spool in a directory of its own, and bodies in it. */
#ifndef TESTS_SPOOL_RIG_H
#define TESTS_SPOOL_RIG_H

#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kpid/bytes.h"
#include "kpid/sha256.h"
#include "kpid/spool.h"

/* A directory of the test's own, in TMPDIR; removed by rig_free. */
struct rig {
	struct arena mem;
	const char *dir;
	struct spool *spool;
};

static inline void
rig_open(struct rig *r)
{
	struct kpid_err err = { 0 };
	const char *tmp = getenv("TMPDIR");

	r->dir = mkdtemp(arena_printf(&r->mem, "%s/kpid-spool-XXXXXX",
	    tmp != NULL ? tmp : "/tmp"));
	cr_assert_not_null(r->dir);
	cr_assert(spool_open(r->dir, &r->mem, &r->spool, &err), "%s", err.msg);
}

static inline void
rig_free(struct rig *r)
{
	if (r->dir != NULL && fork() == 0)
		_exit(execlp("rm", "rm", "-rf", r->dir, (char *)NULL));
	(void)wait(NULL);
	arena_release(&r->mem);
}

static inline struct spool_meta
meta_of(const char *feed)
{
	return (struct spool_meta){ .feed = feed,
		.url = "https://x/y.csv",
		.fetched_at = 1727740800000000 };
}

/* Spools text; its ID. */
static inline const char *
put(struct rig *r, const char *feed, const char *text)
{
	struct spool_meta meta = meta_of(feed);
	struct spool_writer *w = NULL;
	struct kpid_err err = { 0 };

	cr_assert(spool_begin(r->spool, &w, &err)
		&& spool_write(w, text, strlen(text), &err)
		&& spool_commit(w, &meta, &r->mem, &err),
	    "%s", err.msg);
	return meta.id;
}

static inline size_t
count(struct rig *r, const char *const **ids)
{
	struct kpid_err err = { 0 };
	size_t n = 0;

	cr_assert(spool_list(r->spool, &r->mem, ids, &n, &err), "%s", err.msg);
	return n;
}

static inline const char *
path(struct rig *r, const char *id, const char *suffix)
{
	return arena_printf(&r->mem, "%s/spool/%s%s", r->dir, id, suffix);
}

static inline bool
exists(struct rig *r, const char *id, const char *suffix)
{
	return access(path(r, id, suffix), F_OK) == 0;
}

static inline void
overwrite(const char *file, const char *text)
{
	FILE *f = fopen(file, "we");

	cr_assert_not_null(f);
	(void)fputs(text, f);
	(void)fclose(f);
}

#endif
