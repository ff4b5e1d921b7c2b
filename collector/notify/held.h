/* The letter about a held delivery: one shape, the words of each language. */
#ifndef KPID_NOTIFY_HELD_H
#define KPID_NOTIFY_HELD_H

#include "letter.h"

/* What is said of a kind of finding. */
struct held_kind {
	const char *kind;
	const char *heading;
	const char *advice; /* what to look at */
};

#define HELD_LINES 5

struct held_words {
	const struct held_kind *kinds; /* the last: of any other */
	size_t n_kinds;
	const char *what, *where, *look; /* labels */
	/* Both in the letter's mem; NULL: nothing can be said, or named. */
	const char *(*text)(const struct letter *, const struct fact_finding *);
	const char *(*place)(const struct letter *,
	    const struct fact_finding *);
	const char *about_heading, *todo_heading;
	/* Both fill lines, and return how many. */
	size_t (*about)(const struct letter *, struct block_line *lines);
	size_t (*todo)(const struct letter *, struct block_line *lines);
};

/* Sets the letter's blocks: a finding each, the delivery, what to do. */
void held_blocks(struct letter *letter, const struct held_words *words);

const struct held_kind *held_kind_of(const struct held_words *words,
    const char *kind);
/* The kind of the first finding that a gate made, else of the first. */
const char *held_first(const struct letter *letter);
/* The feed's title or, without one, its name. */
const char *held_title(const struct letter *letter);
/* Is there a line to go to? */
bool held_placed(const struct fact_finding *f);
/* Are there more findings than are listed? */
bool held_more(const struct letter *letter);

#endif
