/*
 * A statement in a few bytes, as it waits in a tray until it is known where it
 * goes: a body's rows are written to a file and read again, so their size is
 * time. Then as COPY BINARY wants it.
 */
#ifndef LOAD_ROW_H
#define LOAD_ROW_H

#include <stddef.h>
#include <stdint.h>

#include "kpid/observation.h"
#include "numeric.h"

/* The most bytes that any of these writes. */
#define ROW_MAX  (96 + NUMERIC_MAX)
/* What must be there to ask for a packed row's length. */
#define ROW_HEAD 19

/* What a packed row does not know: whose it is. */
struct row_place {
	int32_t org, series, event, delivery;
};

/* Packs a statement; returns its length. */
size_t row_put(const struct observation *o, unsigned char out[ROW_MAX]);
/* The length of a packed row whose first ROW_HEAD bytes are there. */
size_t row_length(const unsigned char *row);
uint32_t row_ordinal(const unsigned char *row);
/* A packed row as one of kpid.observation; returns its length. */
size_t row_direct(const unsigned char *row, const struct row_place *place,
    unsigned char out[ROW_MAX]);
/* As one of pg_temp.staged; returns its length. */
size_t row_staged(const unsigned char *row, int32_t delivery,
    unsigned char out[ROW_MAX]);
/* The letter of the store: a missing value's reason, or the flag. */
char row_status(const struct observation *o);

#endif
