/*
 * Bodies into the database: one COPY (binary) and one merge per batch.
 *
 * In: spooled bodies and their feeds.  Out: a result per body. The batch is
 * one transaction, and leaves an evaluation owed; a body that cannot be read is
 * told in its result and takes nothing with it. Large bodies of a batch follow
 * it one by one, each in a transaction of its own. A batch that fails as a
 * whole is retried body by body.
 */
#ifndef KPID_LOAD_H
#define KPID_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kpid/body.h"
#include "kpid/config.h"
#include "kpid/db.h"
#include "kpid/error.h"
#include "kpid/observation.h"
#include "kpid/spool.h"

enum load_outcome {
	LOAD_LOADED,
	LOAD_UNCHANGED,
	LOAD_HELD,
	LOAD_FAILED,
	LOAD_REFUSED /* another instance has collected that turn */
};

/* A word for logs and JSON: loaded, unchanged, held, failed, refused. */
const char *load_outcome_text(enum load_outcome o);

struct load_result {
	const struct feed *feed;
	enum load_outcome outcome;
	int delivery; /* 0: none was made */
	uint64_t read, inserted, revised, unchanged, rejected, withdrawn;
	size_t findings;
	struct kpid_err err; /* LOAD_FAILED, why it is held or refused */
};

struct load_job {
	const struct feed *feed;
	const char *spool_id; /* or NULL, and.. */
	int replays;          /* ..this delivery's kept body is mapped again */
};

struct load_batch {
	const struct load_job *jobs;
	size_t n;
	bool dry_run;
	const struct progress *progress; /* or NULL */
	/* NULL, or asked before the transaction ends, in it: what was loaded
	 * can be looked at, though a dry run takes it back. */
	bool (*look)(void *ctx, struct db *db,
	    const struct load_result *results, struct kpid_err *err);
	void *look_ctx;
};

/* results has room for n. dry_run: everything, then rolled back. The spool
 * entries are left to the caller; spool may be NULL when no job names one.
 * false: nothing was changed (database away,
 * ..); err->retry says whether to come back. */
MUST_CHECK bool load_batch(struct db *db, const struct config *cfg,
    struct spool *spool, const struct load_batch *batch,
    struct load_result *results, struct kpid_err *err);

/* Raw bodies that were given up: their number and compressed size. */
struct prune_counts {
	uint64_t bodies, bytes;
};

/* Does the configuration say that bodies go some day? */
bool prune_wanted(const struct config *cfg);
/* Gives up the bodies that are older than the configuration keeps them, but
 * those that a latest value cites or that are held; dry_run: only counts.
 * Several transactions: what was done before a failure stands. */
MUST_CHECK bool bodies_prune(struct db *db, const struct config *cfg,
    bool dry_run, struct prune_counts *out, struct kpid_err *err);

/* A delivery's kept body as an unnamed temporary file; caller closes *fd. An
 * empty file when the body was pruned. */
MUST_CHECK bool body_fetch(struct db *db, int delivery, struct arena *mem,
    int *fd, struct kpid_err *err);

#endif
