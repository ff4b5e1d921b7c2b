/*
 * Bodies on disk before anything else: fsync, rename, checksum.
 *
 * In DIR/spool a body under SPOOL_SMALL bytes is one file, ID.spool:
 *
 *   raw bytes | description, JSON (struct spool_meta) | "kpid 1 LENGTH SUM\n"
 *
 * LENGTH (eight hexadecimal digits) and SUM (SHA-256, 64) are those of the
 * description, which has length and SHA-256 of the body. A larger body is two
 * files, so that it can be read where it lies: ID.body (raw bytes) and ID.json
 * (the description, with a sum over itself), the second named last. So was
 * every body before, and those are read as ever.
 *
 * A small body is in memory until it is whole. What is being written is
 * ID.part, ID.body without ID.json, or ID.json.part; left by a crash it is
 * removed by spool_open. IDs sort in order of receipt.
 *
 * What does not match its checksums is never handed on. A bound (spool_bound)
 * keeps new transfers from beginning, and drops nothing.
 */
#ifndef KPID_SPOOL_H
#define KPID_SPOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kpid/arena.h"
#include "kpid/civil.h"
#include "kpid/error.h"

/* Bodies of so many bytes have a file of their own. */
#define SPOOL_SMALL (64U << 10)

/* Which turn of its feed a body was fetched for, and by which lease. */
struct spool_turn {
	bool set;      /* false: by hand, for no turn */
	usec due;      /* 0: the feed's first */
	int64_t lease; /* token; 0: without, the database being away */
};

struct spool_meta {
	const char *id;
	const char *feed;
	const char *url; /* secrets redacted */
	usec fetched_at;
	bool has_published;
	usec published_at;                /* --published-at */
	const char *etag, *last_modified; /* or NULL */
	uint64_t bytes;
	uint8_t sha256[32];
	bool quiet; /* import: mails nobody */
	struct spool_turn turn;
};

struct spool;

/* Creates DIR and DIR/spool (0700) when they are not there; a spool of another
 * user is refused. Safe beside other processes that use the same spool: what
 * they are writing is locked and left alone. Lives in mem. */
MUST_CHECK bool spool_open(const char *state_dir, struct arena *mem,
    struct spool **out, struct kpid_err *err);

/* One body being written. Not committed: removed by spool_abort. */
struct spool_writer;

/* The writer holds a body under SPOOL_SMALL in memory, and of a larger one the
 * lock of its file, until it is committed or aborted. */
struct spool_writer *spool_begin(struct spool *s);
/* A full disk is err->retry; the writer is still to be aborted. */
MUST_CHECK bool spool_write(struct spool_writer *w, const void *p, size_t len,
    struct kpid_err *err);
/* What was written so far, to be read with pread; the writer's own, negative on
 * failure. */
int spool_writer_fd(struct spool_writer *w, struct kpid_err *err);
/* The texts of meta are UTF-8. Fills meta's id, bytes and sha256 (id in mem);
 * after it the body survives a power cut. The writer is gone, on failure
 * too. */
MUST_CHECK bool spool_commit(struct spool_writer *w, struct spool_meta *meta,
    struct arena *mem, struct kpid_err *err);

/* A body on its way to being durable. */
struct spool_body {
	struct spool_writer *writer;
	struct spool_meta meta; /* completed, as by spool_commit */
	struct arena *mem;      /* of its own, for meta */
	bool ok;
	struct kpid_err err; /* when it is not */
};

/* Commits bodies of one spool together. Touches nothing but them and their
 * files, so that another thread may do it; the writers stay, to be closed
 * where ok, to be aborted where not. */
void spool_commit_all(struct spool_body *const *list, size_t n);
/* Lets go of a committed body. */
void spool_close(struct spool_writer *w);
/* Removes what was written; NULL is fine. */
void spool_abort(struct spool_writer *w);

/* IDs in order of receipt, in mem. */
MUST_CHECK bool spool_list(struct spool *s, struct arena *mem,
    const char *const **ids, size_t *n, struct kpid_err *err);
/* Opens the body for reading and verifies its checksum; caller closes *fd,
 * which has the body and nothing else, and may outlive the file.
 * A body that does not match is KPID_ESPOOL, not to be retried. */
MUST_CHECK bool spool_read(struct spool *s, const char *id, struct arena *mem,
    struct spool_meta *meta, int *fd, struct kpid_err *err);
/* The description alone, without a look at the body. */
MUST_CHECK bool spool_describe(struct spool *s, const char *id,
    struct arena *mem, struct spool_meta *meta, struct kpid_err *err);
/* Is it still there? Several processes may share a spool: a body that is gone
 * was loaded by another. */
bool spool_has(struct spool *s, const char *id);
/* Gone already is removed, too. */
MUST_CHECK bool spool_remove(struct spool *s, const char *id,
    struct kpid_err *err);
/* Moves a body that cannot be read to DIR/spool/aside, with why beside it as
 * ID.txt. What is missing of it is no error. */
MUST_CHECK bool spool_set_aside(struct spool *s, const char *id,
    const char *why, struct kpid_err *err);

/* So many bytes of bodies may wait, those being written among them; 0: no
 * bound. For who fetches on and on: what is asked for once always fits. */
void spool_bound(struct spool *s, uint64_t max_bytes);
/* Is the bound reached? Then no transfer is to begin; those that run go on.
 * It stays reached until spool_look finds room. */
bool spool_full(struct spool *s);
/* Counts what stands on the disk: other processes take bodies off. */
void spool_look(struct spool *s);
/* The bound that was set. */
uint64_t spool_most(const struct spool *s);
/* Of bodies that wait, as far as is known without looking. */
uint64_t spool_bytes(const struct spool *s);

#endif
