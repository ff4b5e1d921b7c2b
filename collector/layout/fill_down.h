/*
 * Columns in which a blank cell means what stands above it.
 */
#ifndef LAYOUT_FILL_DOWN_H
#define LAYOUT_FILL_DOWN_H

#include "names.h"

struct fill_down {
	const struct contract *c;
	size_t *columns;   /* of the header */
	struct buf *texts; /* the last of each */
	size_t n;
};

/* Lives in mem; release it. */
void fill_down_init(struct fill_down *f, const struct contract *c,
    struct arena *mem);
void fill_down_release(struct fill_down *f);
MUST_CHECK bool fill_down_resolve(struct fill_down *f, const struct feed *feed,
    const struct names *names, struct arena *mem, struct kpid_err *err);
/* A header or a section begins: nothing stands above. */
void fill_down_forget(struct fill_down *f);
/* cells: n of them, of one row. */
MUST_CHECK bool fill_down_row(struct fill_down *f, struct cell *cells, size_t n,
    struct kpid_err *err);

#endif
