/* What is known of a feed's coming runs and releases. */
#ifndef CLI_NEXT_H
#define CLI_NEXT_H

#include "kpid/arena.h"
#include "kpid/turns.h"

struct coming {
	const struct feed *feed;
	struct turns turns;  /* when it has a schedule */
	const char *problem; /* "by hand", "never", or NULL: next is set */
	usec next;
	bool moved;       /* because offices are closed on the day.. */
	int32_t named;    /* ..that the schedule names */
	const char *zone; /* told, where the feed's is not the service's */
	bool waiting;     /* for a release, which began on.. */
	usec begun;
	/* From the database; NULL, TURN_NEVER: not known. */
	const char *period, *period_ja, *newest, *newest_ja;
	usec expected, late;
};

/* What a person reads of one feed, some lines. now: to say other years. */
const char *next_words(const struct coming *c, usec now, bool ja,
    struct arena *mem);

#endif
