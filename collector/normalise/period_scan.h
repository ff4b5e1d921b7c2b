/*
 * The grammar of period cells: what stands there, before the contract has
 * said how it is meant.
 */
#ifndef NORMALISE_PERIOD_SCAN_H
#define NORMALISE_PERIOD_SCAN_H

#include "kpid/civil.h"
#include "era.h"

struct reading {
	struct period period;
	bool end;   /* 末: its last day is meant */
	bool as_of; /* 現在, 時点: some day is meant */
	bool bare;  /* a year and no 年: calendar or fiscal */
};

/* Longest period cell that is read; longer ones are prose. */
#define PERIOD_CELL_MAX 160

/* Reads one period, or two with a wave dash between. era: of a bare year of
 * one or two digits; may be NULL. */
MUST_CHECK bool period_scan(struct slice cell, const struct era *era,
    struct reading *out, const char **why);

#endif
