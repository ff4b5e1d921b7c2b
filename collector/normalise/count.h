/*
 * Rows that are counted: how many there are of each series and period.
 */
#ifndef NORMALISE_COUNT_H
#define NORMALISE_COUNT_H

#include "kpid/observation.h"

struct counts;

/* Empty; lives in mem. */
struct counts *counts_new(struct arena *mem);

/* One more row of this series and period; where it stands is kept of the
 * first. A status other than A is the whole group's. More than
 * LIMIT_COUNT_GROUPS groups are an error. */
MUST_CHECK bool counts_add(struct counts *c, struct series_key *series,
    const struct observation *row, struct kpid_err *err);

/* Hands them on, series by series and in the order of time; *groups: how many
 * there were. */
MUST_CHECK bool counts_end(struct counts *c, const struct observation_sink *out,
    uint64_t *groups, struct kpid_err *err);

#endif
