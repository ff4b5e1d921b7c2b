/*
 * Marks in value cells: what stands where a number should. The contract's
 * marks come first, compared as they stand: － and - differ, and a table may
 * use both.
 */
#ifndef NORMALISE_MARK_H
#define NORMALISE_MARK_H

#include "kpid/config.h"
#include "kpid/observation.h"
#include "kpid/table.h"

enum mark {
	MARK_NONE,    /* a number, or what number_read refuses */
	MARK_MISSING, /* no number, and *reason says why */
	MARK_ZERO     /* a word that the contract says is 0 */
};

/* The contract's own words go before the general ones. */
enum mark mark_read(const struct contract *c, const struct cell *cell,
    enum missing *reason);

/* Is there no digit in it at all, so that it is a mark nobody has explained?
 * For cells that number_read has refused. */
bool mark_unknown(struct slice text);

/* The OBS_STATUS that goes with a missing reason: M Q L O. */
char missing_status(enum missing reason);

#endif
