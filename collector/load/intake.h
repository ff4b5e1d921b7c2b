/*
 * What a body says, on its way: rows into a tray, and what is known of them
 * as a whole. Nothing is sent while a body is read, so that one that fails or
 * is held leaves nothing behind, and what was said before need not be sent.
 */
#ifndef LOAD_INTAKE_H
#define LOAD_INTAKE_H

#include "digest.h"
#include "kpid/observation.h"
#include "shape.h"
#include "stream.h"
#include "tray.h"

/* A series of a delivery; by ordinal. */
struct taken_series {
	const struct series_key *key; /* NULL: nothing was said of it */
	struct digest sum;            /* of its statements */
	uint32_t rows;
	int32_t first, last; /* of its periods, when there are rows */
};

/* All that one delivery says. */
struct taken {
	int delivery;
	struct taken_series *series; /* malloc'd */
	size_t n_series, cap_series;
	uint64_t rows_from, rows_to;       /* in the tray of rows */
	uint64_t rejects_from, rejects_to; /* in that of rejects */
	uint64_t rows;
	struct shape shape;       /* by period */
	struct digest unreadable; /* keys of rejects */
	bool tainted;             /* a reject without a key */
	bool repeats;             /* a key may stand in it twice */
	bool nonzero;             /* it has a number that is not 0 */
	size_t findings;
	bool holds;              /* a finding may change meaning */
	struct kpid_err held_by; /* its words */
};

struct intake {
	struct tray rows;      /* see row.h */
	struct tray rejects;   /* rows of pg_temp.staged */
	struct taken *now;     /* the delivery being read */
	struct stream *stream; /* where its rows go at once; NULL: the tray */
	struct buf findings;   /* JSON array of them, for all */
	struct buf row;
};

void intake_init(struct intake *in);
/* Twice is fine. */
void intake_release(struct intake *in);
/* The next delivery, all zero but for its number. */
void intake_begin(struct intake *in, struct taken *t);
/* Its rows are to be sent, or are given up. */
void intake_end(struct intake *in, bool keep);
void taken_release(struct taken *t);
/* A sink whose rows go to in->now. */
struct observation_sink intake_sink(struct intake *in);
/* Everything it says in one digest, whatever the order; *known is false when
 * a key may stand in it twice. */
struct digest taken_digest(const struct taken *t, bool *known);

#endif
