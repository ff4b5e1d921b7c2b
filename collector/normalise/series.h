/*
 * The series of a delivery: each key once, numbered in order of first sight.
 */
#ifndef NORMALISE_SERIES_H
#define NORMALISE_SERIES_H

#include "kpid/observation.h"

/* A series and how it is found again. */
struct series {
	struct series_key key;
	enum span_kind kind; /* of its periods.. */
	int n;               /* ..and how many of them one is */
	const void *by;      /* who asked for it last.. */
	uint64_t dims;       /* ..when its row's dimensions had this number */
	struct series *next; /* ..and which they asked for after it */
};

struct series_slot {
	uint64_t hash;
	struct series *series; /* NULL: free */
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

/* This series, from the table or new. More than LIMIT_DELIVERY_SERIES is an
 * error. */
MUST_CHECK bool series_intern(struct series_table *t,
    const struct series_want *want, struct series **out, struct kpid_err *err);

/* Notes that an observation of this period was handed on. */
static inline void
series_saw(struct series_key *key, struct period period)
{
	if (period.first <= key->last_first)
		key->ordered = false;
	else
		key->last_first = period.first;
}

#endif
