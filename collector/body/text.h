/*
 * The decoded text of a body, from its start as often as asked. Private to
 * this room.
 */
#ifndef BODY_TEXT_H
#define BODY_TEXT_H

#include "grid.h"
#include "kpid/parse.h"

struct body_text {
	struct opened *from;
	enum encoding encoding;
};

/* Refuses what is no text at all, by name, and settles the encoding. */
MUST_CHECK bool text_open(struct opened *o, const struct contract *c,
    struct body_text *out, struct kpid_err *err);
/* Borrows t. */
struct text_source text_source(struct body_text *t);

#endif
