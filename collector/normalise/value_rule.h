/*
 * How the cells of one value are read, made once for a table.
 */
#ifndef NORMALISE_VALUE_RULE_H
#define NORMALISE_VALUE_RULE_H

#include "kpid/normalise.h"

/* A unit that a row named, for an indicator, and what follows from it. */
struct unit_seen {
	const struct indicator *indicator;
	struct slice text; /* empty: the row says none */
	bool ok;           /* it can be converted.. */
	int scale;         /* ..by this power of ten */
};

/* Different units of one table's rows that are remembered. */
#define UNITS_SEEN_MAX 32

struct value_rule {
	struct number_form form; /* its scale: of the cell at hand */
	bool scaled;             /* ..and of all others */
	bool plain;              /* a plain number is never a mark */
	size_t legend_n;         /* ..by as many marks of the body's legend */
	struct unit_seen units[UNITS_SEEN_MAX];
	size_t n_units, last; /* last: of the row before */
};

struct normaliser;
struct value_plan;
struct row_key;

/* The power of ten from the cell to the indicator's unit; false: what the row
 * says, or what the contract does, is no multiple of that unit. */
MUST_CHECK bool unit_scale(struct normaliser *n, const struct row_key *key,
    const struct value_plan *p, int *scale);

#endif
