/*
 * Marks that a body explains itself (e-Stat's NOTE, a status table): what
 * stands where a number should, and what the body says that it means.
 */
#ifndef NORMALISE_LEGEND_H
#define NORMALISE_LEGEND_H

#include "kpid/arena.h"
#include "kpid/observation.h"

struct legend_mark {
	const char *mark, *meaning;
	enum missing
	    reason; /* MISSING_NONE: the words say none that is known */
};

struct legend {
	struct legend_mark *marks;
	size_t n, cap;
};

/* Notes it; a mark told again takes its newest meaning. */
void legend_add(struct legend *l, struct slice mark, struct slice meaning,
    struct arena *mem);

/* What the body says of this mark (trimmed text of a cell, byte for byte);
 * NULL: nothing. */
const struct legend_mark *legend_find(const struct legend *l,
    struct slice mark);

#endif
