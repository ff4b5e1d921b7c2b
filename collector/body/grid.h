/*
 * A body out of its envelope, and its bytes as a grid. Private to this room.
 */
#ifndef BODY_GRID_H
#define BODY_GRID_H

#include "kpid/archive.h"
#include "kpid/body.h"
#include "kpid/decode.h"
#include "kpid/layout.h"
#include "kpid/table.h"

/* Envelopes one in the other: a workbook in a zip archive, gzipped. */
#define ENVELOPES_MAX 3

struct opened {
	const struct body *body;
	int fd; /* what is inside; the body's own when nothing was */
	bool workbook;
	const char *member; /* name of a zip archive's member, or NULL */
	struct arena *mem;
	char *chunk;
	struct decoder *decoder; /* of the last reading as text, or NULL */
};

/* Takes the body out of what it is packed in, as the contract picks. */
MUST_CHECK bool grid_open(const struct body *body, const struct contract *c,
    struct arena *mem, struct opened *out, struct kpid_err *err);
void grid_close(struct opened *o);

/* Its rows, by the contract's format, encoding and dialect. */
MUST_CHECK bool grid_read(struct opened *o, const struct contract *c,
    const struct row_sink *rows, struct kpid_err *err);

/* The names that captures may ask for. */
struct body_name grid_name(const struct opened *o);

#endif
