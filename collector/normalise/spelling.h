/*
 * Labels of dimensions that differ only in how they are written (0～4歳,
 * ０〜４歳) name one thing: the first spelling of a body stands for all.
 */
#ifndef NORMALISE_SPELLING_H
#define NORMALISE_SPELLING_H

#include <stddef.h>
#include <stdint.h>

#include "kpid/arena.h"
#include "kpid/bytes.h"

struct spelling {
	uint64_t hash;      /* 0: free */
	const char *of;     /* the dimension.. */
	const char *text;   /* ..a spelling, or what all have in common.. */
	struct slice first; /* ..and the first spelling */
};

struct spellings {
	struct spelling *slots;
	size_t n, cap; /* cap: a power of two, or 0 */
};

/* The first spelling of this label; what is new lives in mem. */
struct slice spelling_first(struct spellings *s, const char *of,
    struct slice label, struct arena *mem, struct arena *scratch);

#endif
