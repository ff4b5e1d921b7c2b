/*
 * The header of a table against the contract: which column is which.
 */
#ifndef NORMALISE_MAPPING_H
#define NORMALISE_MAPPING_H

#include "kpid/config.h"
#include "kpid/table.h"

#define NO_COLUMN SIZE_MAX

/* Indexes into a row's cells; NO_COLUMN: a constant, or not declared. */
struct mapping {
	size_t period, organization, indicator, status;
	size_t *dims, *values; /* as many as the contract has */
	size_t n;              /* columns of the header */
	bool *used;            /* which the contract speaks of */
};

/*
 * Names are compared as labels. A column that is missing, or named by the
 * contract and there twice, is an error that says which columns there are.
 * Everything in *out lives in mem.
 */
MUST_CHECK bool mapping_read(const struct feed *feed, const struct row *header,
    struct arena *mem, struct mapping *out, struct kpid_err *err);

#endif
