/*
 * The grammar of period cells: what stands there, before the contract has
 * said how it is meant.
 */
#ifndef NORMALISE_PERIOD_SCAN_H
#define NORMALISE_PERIOD_SCAN_H

#include "kpid/civil.h"
#include "era.h"

/* What a cell says of its year and month, for the row below it. */
struct period_parts {
	const struct era *era; /* NULL: none is named */
	int year;              /* western; 0: not known */
	int month;             /* 0: none */
	bool fiscal;           /* a 年度: April is its first month */
};

struct reading {
	struct period period;
	struct period_parts parts;
	bool end;   /* 末: its last day is meant */
	bool as_of; /* 現在, 時点: some day is meant */
	bool bare;  /* a year and no 年: calendar or fiscal */
	bool split; /* 2023/24: a fiscal year, if one is wanted */
};

/* Longest period cell that is read; longer ones are prose. */
#define PERIOD_CELL_MAX 160

/*
 * Reads one period, or two with a wave dash between. era: of a bare year of
 * one or two digits; may be NULL. above: what the row above said, or NULL: a
 * cell that leaves its year out is then refused. It is emptied when this cell
 * shows that its year or era has changed without being said.
 */
MUST_CHECK bool period_scan(struct slice cell, const struct era *era,
    struct period_parts *above, struct reading *out, const char **why);

#endif
