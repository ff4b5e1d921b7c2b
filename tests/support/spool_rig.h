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
	struct spool_writer *w = spool_begin(r->spool);
	struct kpid_err err = { 0 };

	cr_assert(spool_write(w, text, strlen(text), &err)
		&& spool_commit(w, &meta, &r->mem, &err),
	    "%s", err.msg);
	return meta.id;
}

/* As many bytes of text. */
static inline const char *
text_of(struct rig *r, size_t len)
{
	char *text = arena_alloc(&r->mem, len + 1);

	memset(text, 'x', len);
	text[len] = '\0';
	return text;
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
overwrite_with(const char *file, struct slice text)
{
	FILE *f = fopen(file, "we");

	cr_assert_not_null(f);
	cr_assert_eq(fwrite(text.ptr, 1, text.len, f), text.len);
	(void)fclose(f);
}

static inline void
overwrite(const char *file, const char *text)
{
	overwrite_with(file, slice_of(text));
}

static inline struct slice
contents(struct rig *r, const char *file)
{
	const size_t most = 2 * SPOOL_SMALL;
	char *text = arena_alloc(&r->mem, most + 1);
	FILE *f = fopen(file, "re");
	size_t len;

	cr_assert_not_null(f, "%s", file);
	len = fread(text, 1, most, f);
	(void)fclose(f);
	text[len] = '\0';
	return (struct slice){ text, len };
}

/* Spools text as it was done before small bodies had one file: two files, the
 * second with a sum over itself. */
static inline const char *
put_pair(struct rig *r, const char *id, const char *feed, const char *text)
{
	char body[2 * SHA256_LEN + 1], sum[sizeof(body)];
	uint8_t raw[SHA256_LEN];
	const char *said;

	sha256_of(text, strlen(text), raw);
	hex_encode(raw, sizeof(raw), body);
	said = arena_printf(&r->mem,
	    "{\"feed\":\"%s\",\"url\":\"u\",\"fetched_at\":"
	    "\"2024-10-15T00:00:00Z\",\"bytes\":%zu,\"sha256\":\"%s\"",
	    feed, strlen(text), body);
	{
		const char *whole = arena_printf(&r->mem, "%s}", said);

		sha256_of(whole, strlen(whole), raw);
		hex_encode(raw, sizeof(raw), sum);
	}
	overwrite(path(r, id, ".body"), text);
	overwrite(path(r, id, ".json"),
	    arena_printf(&r->mem, "%s,\n \"sum\": \"%s\"}\n", said, sum));
	return id;
}

/* Is it read, as it was put in? */
static inline void
expect_read(struct rig *r, const char *id, const char *text, const char *why)
{
	char *got = arena_alloc(&r->mem, strlen(text) + 2);
	struct kpid_err err = { 0 };
	struct spool_meta meta;
	int fd = -1;

	cr_assert(spool_read(r->spool, id, &r->mem, &meta, &fd, &err), "%s: %s",
	    why, err.msg);
	cr_expect_eq(meta.bytes, strlen(text), "%s", why);
	cr_expect_eq(read(fd, got, strlen(text) + 1), (ssize_t)strlen(text),
	    "%s: the body ends where it ends", why);
	cr_expect_eq(memcmp(got, text, strlen(text)), 0, "%s", why);
	(void)close(fd);
}

#endif
