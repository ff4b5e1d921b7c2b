/*
 * JSON that nobody has described: its shape by its members, or its list of
 * records. Private to this room.
 */
#ifndef INSPECT_JSON_GUESS_H
#define INSPECT_JSON_GUESS_H

#include "guess.h"

struct json_shape {
	enum feed_format format;
	const char *name;     /* of the format */
	const char *records;  /* FORMAT_JSON: path of the records.. */
	const char **columns; /* ..and their members, as paths */
	size_t n_columns;
};

/* head: the text or its beginning. false: there are no records in it. */
MUST_CHECK bool json_guess(struct slice head, struct arena *mem,
    struct json_shape *out, struct kpid_err *err);

#endif
