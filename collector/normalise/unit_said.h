/*
 * Units that stand in texts of a table: 市税収入（百万円）, 単位：千円、％.
 */
#ifndef NORMALISE_UNIT_SAID_H
#define NORMALISE_UNIT_SAID_H

#include <stdbool.h>

#include "kpid/bytes.h"

/* The unit that figures are taken to be in: 10^power of a unit with a name. */
struct unit_wanted {
	const char *unit;
	int power;
	bool by_contract; /* its own word, not the indicator's */
};

/* What a text says of it. */
enum unit_said {
	UNIT_SILENT, /* nothing, or a unit of another kind */
	UNIT_SAME,
	UNIT_OTHER /* a multiple of it */
};

/* *unit: the one that the text says, when it is another. */
enum unit_said unit_in_units_row(struct slice text,
    const struct unit_wanted *wanted, struct slice *unit);
/* In parentheses behind or within a name. */
enum unit_said unit_in_name(struct slice name, const struct unit_wanted *wanted,
    struct slice *unit);
/* In a note above a table, which may name several. */
enum unit_said unit_in_note(struct slice note, const struct unit_wanted *wanted,
    struct slice *unit);
/* Without what stands around it: （千円）, 単位：千円. */
struct slice unit_bare(struct slice unit);

#endif
