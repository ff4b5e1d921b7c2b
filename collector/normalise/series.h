/*
 * The series of a delivery: each key once, numbered in order of first sight.
 */
#ifndef NORMALISE_SERIES_H
#define NORMALISE_SERIES_H

#include "kpid/observation.h"

struct series_slot {
	uint64_t hash;
	enum span_kind kind;
	int n;
	struct series_key *key; /* NULL: free */
};

struct series_table {
	struct arena *mem;
	struct series_slot *slots;
	size_t n, cap; /* cap: a power of two, or 0 */
};

/* What names a series; dims is canonical JSON, borrowed. */
struct series_want {
	const char *indicator; /* borrowed for good */
	int org;
	const char *instants; /* frequency of periods of one day */
	struct period period;
	struct slice dims;
};

/* The key of this series, from the table or new. More than
 * LIMIT_DELIVERY_SERIES is an error. */
MUST_CHECK bool series_intern(struct series_table *t,
    const struct series_want *want, struct series_key **out,
    struct kpid_err *err);

/* Notes that an observation of this period was handed on. */
void series_saw(struct series_key *key, struct period period);

#endif
