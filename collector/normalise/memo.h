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

#include "kpid/arena.h"
#include "kpid/bytes.h"
#include "kpid/civil.h"

#define MEMO_SLOTS   1024 /* a power of two */
#define MEMO_KEY_MAX 47   /* longer cells are read every time */

struct memo_value {
	const char *why;      /* NULL: it was read */
	struct period period; /* one of these, by column */
	const char *code;
	int org;
	char status;
};

struct memo_entry {
	uint64_t hash; /* 0: never used */
	uint8_t len;
	char key[MEMO_KEY_MAX];
	struct memo_value value;
};

struct memo {
	struct memo_entry slots[MEMO_SLOTS];
	struct memo_entry spare; /* for cells that are too long */
};

/* FNV-1a, continued from seed (0 begins); never 0. */
uint64_t memo_hash(const void *p, size_t len, uint64_t seed);

/* What text was read as (*known), or an empty value to be filled in now.
 * Valid until the next call. */
struct memo_value *memo_at(struct memo *m, struct slice text, bool *known);

/* Takes the text out again: it was read by what came before it. */
void memo_forget(struct memo *m, struct slice text);

#endif
