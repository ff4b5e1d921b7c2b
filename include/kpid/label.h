/*
 * Labels and names of tables: when two of them are the same, or nearly.
 *
 * For names only: NFKC makes digits of footnote marks, so that numbers,
 * periods and missing marks are never read from a key.
 */
#ifndef KPID_LABEL_H
#define KPID_LABEL_H

#include "kpid/arena.h"
#include "kpid/bytes.h"

/* Labels are compared by this: NFKC, blanks folded, variation selectors off.
 * Lives in mem, NUL-terminated. */
char *label_key(struct slice label, struct arena *mem);

/* As printed, but for the blanks that only spread its characters (中　央　区
 * is 中央区). Borrowed from label, or in mem. */
struct slice label_squeeze(struct slice label, struct arena *mem);

/* What divides text into parts of which one is the label `wanted` (NULL: any):
 * ';', a tab, '|' or ',', but not `but`. 0: nothing does. For a header whose
 * delimiter nobody knew. */
char label_divider(struct slice text, char but, const char *wanted);
/* For messages: its key; with \t for tabs, as it is printed, when it has any.
 * In mem. */
const char *label_shown(struct slice label, struct arena *mem);

/* How many characters must change to make a of b; both in UTF-8. Names of
 * more than 63 characters count as entirely different (SIZE_MAX). */
size_t nearest_distance(const char *a, const char *b);

/* The name most like `wanted`, or NULL when none is like it at all: at most
 * half of its characters may differ. */
const char *nearest_name(const char *wanted, const char *const *names,
    size_t n);

#endif
