/* Rows out of the trays into the database, by COPY BINARY. */
#ifndef LOAD_STAGE_H
#define LOAD_STAGE_H

#include "intake.h"
#include "kpid/db.h"

/* What is sent of a row: bytes ready for the open COPY; 0 is nothing. */
struct sender {
	size_t (*form)(const void *ctx, const unsigned char *row, uint64_t nth,
	    unsigned char *out);
	const void *ctx;
};

/* The rows of a delivery, through a sender, into the COPY that is open. */
MUST_CHECK bool stage_rows(struct db *db, const struct intake *in,
    const struct taken *t, const struct sender *sender, struct kpid_err *err);
/* Its rejects, as they are. */
MUST_CHECK bool stage_rejects(struct db *db, const struct intake *in,
    const struct taken *t, struct kpid_err *err);
/* Its series, a COPY of pg_temp.staged_series being open; digests: with what
 * each of them says. */
MUST_CHECK bool stage_series(struct db *db, const struct taken *t, bool digests,
    struct kpid_err *err);
/* One of them, as a row of that table; NULL: without a digest. */
MUST_CHECK bool stage_name(struct buf *b, int delivery,
    const struct series_key *key, const struct digest *digest);
/* What each of its series says, a COPY of pg_temp.said being open. */
MUST_CHECK bool stage_digests(struct db *db, const struct taken *t,
    struct kpid_err *err);
/* A sender of all its rows to pg_temp.staged. */
struct sender stage_all(const struct taken *t);

#endif
