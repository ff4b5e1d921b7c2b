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
#define MEMO_FEW     64   /* of these at first, a power of two as well */
#define MEMO_KEY_MAX 47   /* longer cells are read every time */

struct memo_value {
	const char *why;      /* NULL: it was read */
	struct period period; /* one of these, by column */
	const struct indicator *indicator;
	int org;
	char status;
	bool ignored;    /* a label that is known and unused */
	bool other_unit; /* ..one that says another unit than is taken */
};

struct memo_entry {
	uint64_t hash;           /* 0: never used */
	struct memo_entry *next; /* the one asked for after it, last time */
	uint8_t len;
	char key[MEMO_KEY_MAX];
	struct memo_value value;
};

struct memo {
	bool above_only; /* what a cell means depends on those above it: only
			  * the one just above is good for this one */
	bool used;       /* not all zero */
	struct memo_entry *last;
	struct memo_entry *slots; /* few, then MEMO_SLOTS of mem */
	size_t mask;              /* of the first of two slots */
	size_t n_read;            /* into few */
	struct arena *mem;
	struct memo_entry spare; /* for cells that are too long */
	/* Most tables are small: a few texts that are strewn over all slots
	 * would touch as many pages. */
	struct memo_entry few[MEMO_FEW];
};

/* An empty one, in mem. */
struct memo *memo_new(struct arena *mem);

/* Continued from seed (0 begins); never 0. Not the same on machines of other
 * byte order: for tables in memory. */
uint64_t memo_hash(const void *p, size_t len, uint64_t seed);

/* As after its making, for another table. */
void memo_clear(struct memo *m);

/* Are so many bytes the same? Cells are short: two words that may overlap
 * tell most of them, without a call. */
static inline bool
memo_same_bytes(const char *a, const char *b, size_t len)
{
	uint64_t words[4];
	uint32_t halves[4];

	if (len > 16)
		return memcmp(a, b, len) == 0;
	if (len >= 8) {
		memcpy(&words[0], a, 8);
		memcpy(&words[1], b, 8);
		memcpy(&words[2], a + len - 8, 8);
		memcpy(&words[3], b + len - 8, 8);
		return words[0] == words[1] && words[2] == words[3];
	}
	if (len >= 4) {
		memcpy(&halves[0], a, 4);
		memcpy(&halves[1], b, 4);
		memcpy(&halves[2], a + len - 4, 4);
		memcpy(&halves[3], b + len - 4, 4);
		return halves[0] == halves[1] && halves[2] == halves[3];
	}
	for (size_t i = 0; i < len; i++)
		if (a[i] != b[i])
			return false;
	return true;
}

static inline bool
memo_holds(const struct memo_entry *e, struct slice text)
{
	return e != NULL && e->len == text.len && e->hash != 0
	    && memo_same_bytes(e->key, text.ptr, text.len);
}

/* What text was read as, when it is the one asked for last, or the one that
 * followed it the last time (columns repeat in the same order); else NULL. */
static inline const struct memo_value *
memo_near(struct memo *m, struct slice text)
{
	struct memo_entry *e = m->last;

	if (memo_holds(e, text))
		return &e->value;
	if (e == NULL || m->above_only || !memo_holds(e->next, text))
		return NULL;
	m->last = e->next;
	return &m->last->value;
}

/* What text was read as (*known), or an empty value to be filled in now.
 * Valid until the next call. */
struct memo_value *memo_at(struct memo *m, struct slice text, bool *known);

/* Takes the text out again: it was read by what came before it. */
void memo_forget(struct memo *m, struct slice text);

#endif
