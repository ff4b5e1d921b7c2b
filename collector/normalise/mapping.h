/*
 * The header of a table against the contract: which column is which.
 */
#ifndef NORMALISE_MAPPING_H
#define NORMALISE_MAPPING_H

#include "kpid/config.h"
#include "kpid/table.h"

#define NO_COLUMN SIZE_MAX

/* A piece of a source's text: a cell of the row, or letters. */
struct part {
	struct slice text;
	size_t column; /* NO_COLUMN: the letters */
};

/* Where a source stands in a header. */
struct place {
	size_t column;            /* NO_COLUMN: a constant, not declared,.. */
	const struct part *parts; /* ..or put together of these */
	size_t n_parts;
};

/* Indexes into a row's cells. */
struct mapping {
	struct place period, organization, indicator, status, unit;
	struct place *dims; /* as many as the contract has */
	size_t *values;     /* too; NO_COLUMN: rows are counted */
	size_t *statuses;   /* of each value, or NO_COLUMN */
	size_t n;           /* columns of the header */
	bool *used;         /* which the contract speaks of */
};

/*
 * Names are compared as labels. A column that is missing, or named by the
 * contract and there twice, is an error that says which columns there are.
 * Everything in *out lives in mem.
 */
MUST_CHECK bool mapping_read(const struct feed *feed, const struct contract *c,
    const struct table_header *header, struct arena *mem, struct mapping *out,
    struct kpid_err *err);

#endif
