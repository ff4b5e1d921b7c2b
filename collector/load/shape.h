/* How many rows a delivery has in each period. */
#ifndef LOAD_SHAPE_H
#define LOAD_SHAPE_H

#include <stddef.h>
#include <stdint.h>

struct shape_period {
	int32_t first; /* its first day */
	uint64_t rows;
};

struct shape {
	struct shape_period *periods; /* in order; malloc'd */
	size_t n, cap;
	size_t at; /* the one counted last */
};

/* Counts a row. Rows mostly come period after period, or series after series
 * with the same periods. */
void shape_count(struct shape *s, int32_t first);
/* Twice is fine. */
void shape_release(struct shape *s);

#endif
