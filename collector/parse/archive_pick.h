/*
 * Which of several names a contract means. Private to this room.
 */
#ifndef PARSE_ARCHIVE_PICK_H
#define PARSE_ARCHIVE_PICK_H

#include <stdbool.h>
#include <stddef.h>

#include "kpid/arena.h"
#include "kpid/config.h"
#include "kpid/error.h"

/* Names under consideration, and what is decided of each. */
struct names {
	const char **list;
	bool *shown; /* may be picked by a pattern, and is listed */
	size_t n;
};

/* "'a', 'b' and 3 more": those that are shown, in mem. */
const char *names_listed(const struct names *all, struct arena *mem);

/*
 * taken[i]: the i-th is meant. A name is meant as it stands, else as a label
 * (kpid/label.h): of all names, shown or not. A pattern takes what is shown.
 * *n: how many. false: only when a pattern cannot be read.
 */
MUST_CHECK bool names_pick(const struct names *all, const struct pick *pick,
    struct arena *mem, bool *taken, size_t *n, struct kpid_err *err);

#endif
