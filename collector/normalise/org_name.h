/*
 * Which organization a cell names: by the contract's map, by its code, or by
 * its name. A name that two have is refused, never guessed.
 */
#ifndef NORMALISE_ORG_NAME_H
#define NORMALISE_ORG_NAME_H

#include "kpid/config.h"
#include "org_code.h"

/* Refusals that are told in detail; the others in short. */
#define ORG_REFUSALS_MAX 64

struct org_refusal {
	uint64_t hash; /* of the name */
	const char *why;
};

struct org_reader {
	const struct contract *contract;
	struct arena *mem, *scratch;
	enum org_form form;    /* what the table's codes have shown */
	const char **map_keys; /* of the contract's map */
	struct org_refusal refusals[ORG_REFUSALS_MAX];
	size_t n_refusals;
};

/* For the tables of one contract; texts live in mem, scratch is used and
 * reset at every call. */
void org_reader_begin(struct org_reader *r, const struct contract *c,
    struct arena *mem, struct arena *scratch);

/*
 * 202037, 上田市, 長野県上田市, 新潟県岩船郡粟島浦村, 長野県; 全国 and 00000
 * are 0. Names are compared as labels; ヶ and ケ are one. *why lives in mem.
 */
MUST_CHECK bool org_read(struct org_reader *r, struct slice text, int *out,
    const char **why);

#endif
