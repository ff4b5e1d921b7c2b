/* Rows on their way into pg_temp.staged, by COPY BINARY. */
#ifndef LOAD_STAGE_H
#define LOAD_STAGE_H

#include "kpid/bytes.h"
#include "kpid/db.h"
#include "kpid/observation.h"

/* What one delivery has put so far. */
struct staged_delivery {
	int delivery;
	const struct series_key **series; /* by ordinal; malloc'd */
	size_t n_series, cap_series;
	size_t findings;
	bool holds;              /* a finding may change meaning */
	struct kpid_err held_by; /* its words */
};

struct stage {
	struct db *db;
	struct buf buf;              /* rows not yet handed to libpq */
	struct staged_delivery *now; /* the delivery being read */
	struct buf findings;         /* JSON array of them, for all */
};

/* db is borrowed, and must be in a transaction when rows come. */
void stage_init(struct stage *s, struct db *db);
/* Rows that were not flushed are gone. */
void stage_release(struct stage *s);
/* A sink whose rows go to s->now. */
struct observation_sink stage_sink(struct stage *s);
/* Sends what is still in the buffer. */
MUST_CHECK bool stage_flush(struct stage *s, struct kpid_err *err);
/* The series of n deliveries, one COPY. */
MUST_CHECK bool stage_series(struct stage *s,
    const struct staged_delivery *deliveries, size_t n, struct kpid_err *err);

#endif
