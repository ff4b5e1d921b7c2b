/*
 * Marks in value cells: what stands where a number should. The contract's
 * marks come first, compared as they stand: － and - differ, and a table may
 * use both.
 */
#ifndef NORMALISE_MARK_H
#define NORMALISE_MARK_H

#include "kpid/config.h"
#include "kpid/observation.h"
#include "legend.h"

enum mark {
	MARK_NONE,    /* a number, or what number_read refuses */
	MARK_BLANK,   /* nothing at all */
	MARK_MISSING, /* no number, and *reason says why */
	MARK_ZERO,    /* a word that the contract says is 0 */
	MARK_UNKNOWN  /* the body explains it in words that we do not know */
};

/* What a trimmed text says: by the contract's words, then by those of the
 * body's own legend, then by the general ones. */
enum mark mark_read(const struct contract *c, const struct legend *legend,
    struct slice text, enum missing *reason);

/* Is a number as it stands perhaps one of the marks (-999)? */
bool mark_may_be_plain(const struct contract *c, const struct legend *legend);

/* Is there no digit in it at all, so that it is a mark nobody has explained?
 * For cells that number_read has refused. */
bool mark_unknown(struct slice text);

/* The OBS_STATUS that goes with a missing reason: M Q L O. */
char missing_status(enum missing reason);
/* The reverse, of a cell that is blank; MISSING_NONE for A P E B. */
enum missing missing_of_status(char status);

#endif
