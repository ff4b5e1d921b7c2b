/*
 * What a contract looks for in a header, and where it says so.
 */
#ifndef LAYOUT_WANTED_H
#define LAYOUT_WANTED_H

#include "kpid/arena.h"
#include "kpid/config.h"

struct wanted {
	const char *name;
	int line;
};

/* The labels of header.find; without any, the columns that the contract names
 * by their text. In mem. */
const struct wanted *wanted_of(const struct contract *c, struct arena *mem,
    size_t *n);

#endif
