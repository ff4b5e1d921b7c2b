/*
 * JSON text to tokens, each of which can tell where it stood.
 *
 * Numbers keep their digits, strings are freed of their escapes; escapes that
 * make no text (json_escape.h) are refused. Places are found only when asked
 * for, so that what is passed over costs little.
 */
#ifndef KPID_PARSE_JSON_READER_H
#define KPID_PARSE_JSON_READER_H

#include <yajl/yajl_parse.h>

#include "json_escape.h"
#include "kpid/error.h"
#include "kpid/place.h"

enum json_kind {
	JSON_NULL,
	JSON_BOOLEAN, /* text: true, false */
	JSON_NUMBER,
	JSON_STRING,
	JSON_KEY, /* of the value that comes next */
	JSON_OBJECT,
	JSON_ARRAY,
	JSON_END /* of an object or array */
};

struct json_token {
	enum json_kind kind;
	struct slice text; /* borrowed for the call */
};

/* false stops the reader, with an error that json_refuse has set. */
typedef bool json_token_fn(void *ctx, const struct json_token *t);

struct json_reader {
	yajl_handle yajl;
	json_token_fn *token_fn;
	void *ctx;
	struct slice text; /* the piece being read */
	size_t passed;     /* how much of it `at` has passed */
	size_t from, to;   /* end of the token before, and of this one */
	struct place at, token;
	bool placed;   /* token is this one's place */
	bool in_token; /* it began in an earlier piece */
	struct json_escapes escapes;
	size_t depth;         /* objects and arrays that are open */
	struct kpid_err *err; /* of the push under way */
};

/* many: documents may follow one another. */
void json_reader_init(struct json_reader *r, bool many, json_token_fn *fn,
    void *ctx);
/* Twice is fine, and so is one that was never begun. */
void json_reader_free(struct json_reader *r);
/* text is cut anywhere. */
MUST_CHECK bool json_reader_push(struct json_reader *r, struct slice text,
    struct kpid_err *err);
/* No more comes. */
MUST_CHECK bool json_reader_end(struct json_reader *r, struct kpid_err *err);

/* Where the token of the call under way begins. */
const struct place *json_place(struct json_reader *r);
/* Sets the error of the push, with that place before it. Returns false. */
PRINTF(2, 3) bool json_refuse(struct json_reader *r, const char *fmt, ...);

#endif
