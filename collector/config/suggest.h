/*
 * "did you mean": the known name nearest to one that is unknown.
 */
#ifndef CONFIG_SUGGEST_H
#define CONFIG_SUGGEST_H

#include <stddef.h>

struct suggestion {
	const char *word; /* what was written */
	const char *best; /* NULL: nothing is near enough */
	size_t distance;  /* of best */
};

/* word is borrowed until the last candidate was offered. */
void suggestion_begin(struct suggestion *s, const char *word);
/* name is borrowed as long as *s is used. */
void suggestion_offer(struct suggestion *s, const char *name);

#endif
