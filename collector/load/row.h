/*
 * A statement as COPY BINARY of kpid.observation wants it, with its series'
 * ordinal in the place of its number and no event: those are known when all is
 * read, and patched in.
 */
#ifndef LOAD_ROW_H
#define LOAD_ROW_H

#include <stddef.h>
#include <stdint.h>

#include "kpid/observation.h"
#include "numeric.h"

/* The most bytes row_put writes, and row_staged. */
#define ROW_MAX  (96 + NUMERIC_MAX)
/* What must be there to ask for its length. */
#define ROW_HEAD 67

/* Returns its length. */
size_t row_put(const struct observation *o, int delivery,
    unsigned char out[ROW_MAX]);
/* The length of a row whose first ROW_HEAD bytes are there. */
size_t row_length(const unsigned char *row);
uint32_t row_ordinal(const unsigned char *row);
/* Makes it ready for kpid.observation. */
void row_number(unsigned char *row, int32_t series, int32_t event);
/* The same as a row of pg_temp.staged; returns its length. */
size_t row_staged(const unsigned char *row, unsigned char out[ROW_MAX]);
/* The letter of the store: a missing value's reason, or the flag. */
char row_status(const struct observation *o);

#endif
