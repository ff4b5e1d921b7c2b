/*
 * Checking one contract of a feed: what the key tables cannot say.
 */
#ifndef CONFIG_CHECK_H
#define CONFIG_CHECK_H

#include "load.h"

struct check {
	const struct document *d;
	const struct config *cfg;
	const struct contract *c;
	const json_t *json;  /* the contract as it is written */
	const char *pointer; /* its own: "/contract", "/contract/1" */
};

/* A problem with the part of the contract at `below`: "/values/0". */
PRINTF(3, 4)
void check_problem(const struct check *k, const char *below, const char *fmt,
    ...);

/* The JSON of a key of the contract, NULL when it is not there. */
const json_t *check_json(const struct check *k, const char *key);

/* Is it said where the field comes from? */
bool source_declared(const struct source *s);

/* Are these the same label? */
bool same_label(const char *a, const char *b, struct arena *mem);

/* Where the table is: keys of other formats, header, captures, unpivot. */
void check_table(const struct check *k);
/* Period, organization, indicator, dimensions, status, marks. */
void check_fields(const struct check *k);
/* Columns of numbers, their units and their indicators. */
void check_values(const struct check *k);

#endif
