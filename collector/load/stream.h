/*
 * A delivery copied while it is read: the reader fills chunks, and whoever has
 * the connection, a thread beside it, sends them. Chunks are few, so memory
 * does not grow with the rows.
 */
#ifndef LOAD_STREAM_H
#define LOAD_STREAM_H

#include <stddef.h>

#include "kpid/db.h"
#include "kpid/observation.h"

struct stream;
struct work;

/* Asks whether the batch is one large delivery that the database takes while
 * it is read; *out is NULL when it is not. */
MUST_CHECK bool stream_open(struct work *w, struct stream **out,
    struct kpid_err *err);
/* NULL is fine. */
void stream_release(struct stream *s);

/* Of the reader: a series, before its first row or reject.. */
MUST_CHECK bool stream_name(struct stream *s, const struct series_key *key,
    struct kpid_err *err);
/* ..a row of it, packed by row_put.. */
MUST_CHECK bool stream_row(struct stream *s, const struct series_key *key,
    const unsigned char *row, struct kpid_err *err);
/* ..and that there is no more. */
void stream_close(struct stream *s);

/* Of the sender: all that comes, until the end. */
MUST_CHECK bool stream_send(struct stream *s, struct kpid_err *err);
/* Nothing is sent any more: the reader is not to wait for it. */
void stream_fail(struct stream *s);

/* All was read and sent: ends the load. */
MUST_CHECK bool stream_load(struct work *w, struct kpid_err *err);

#endif
