/*
 * A small cache from the text of a cell to what it was read as.
 *
 * Columns of periods, codes and labels repeat; reading each text once and
 * comparing bytes afterwards is most of the speed of a large table. Fixed
 * size: an entry is overwritten when another text falls on its slot.
 */
#ifndef NORMALISE_MEMO_H
#define NORMALISE_MEMO_H

#include <stdint.h>
#include <string.h>

#include "kpid/arena.h"
#include "kpid/bytes.h"
#include "kpid/civil.h"
#include "kpid/config.h"

#define MEMO_SLOTS   2048 /* a power of two */
#define MEMO_KEY_MAX 47   /* longer cells are read every time */

struct memo_value {
	const char *why;      /* NULL: it was read */
	struct period period; /* one of these, by column */
	const struct indicator *indicator;
	int org;
	char status;
	bool ignored; /* a label that is known and unused */
};

struct memo_entry {
	uint64_t hash; /* 0: never used */
	uint8_t len;
	char key[MEMO_KEY_MAX];
	struct memo_value value;
};

struct memo {
	bool above_only; /* what a cell means depends on those above it: only
			  * the one just above is good for this one */
	struct memo_entry *last;
	struct memo_entry slots[MEMO_SLOTS];
	struct memo_entry spare; /* for cells that are too long */
};

/* Continued from seed (0 begins); never 0. Not the same on machines of other
 * byte order: for tables in memory. */
uint64_t memo_hash(const void *p, size_t len, uint64_t seed);

/* As after its making, for another table. */
void memo_clear(struct memo *m);

/* What text was read as, when it is the one asked for last; else NULL. */
static inline const struct memo_value *
memo_last(const struct memo *m, struct slice text)
{
	const struct memo_entry *e = m->last;

	return e != NULL && e->len == text.len && e->hash != 0
		&& (text.len == 0 || memcmp(e->key, text.ptr, text.len) == 0)
	    ? &e->value
	    : NULL;
}

/* What text was read as (*known), or an empty value to be filled in now.
 * Valid until the next call. */
struct memo_value *memo_at(struct memo *m, struct slice text, bool *known);

/* Takes the text out again: it was read by what came before it. */
void memo_forget(struct memo *m, struct slice text);

#endif
