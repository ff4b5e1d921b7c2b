/*
 * Escapes that make no text: \u0000, and half of a surrogate pair.
 *
 * The JSON reader lets both through (the second as '?'), PostgreSQL takes
 * neither. In a JSON document backslashes stand in strings only, so that they
 * are found without reading it.
 */
#ifndef KPID_PARSE_JSON_ESCAPE_H
#define KPID_PARSE_JSON_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "kpid/bytes.h"

/* Between pieces of text; begin with { 0 }. */
struct json_escapes {
	enum { ESCAPE_NONE, ESCAPE_BEGUN, ESCAPE_HEX } state;
	int digits; /* of the hexadecimal number, so far */
	unsigned value;
	bool high; /* the lower half must follow */
};

/* Length of what is good: text.len, or less, and then *why says why. */
size_t json_escapes_push(struct json_escapes *e, struct slice text,
    const char **why);

#endif
