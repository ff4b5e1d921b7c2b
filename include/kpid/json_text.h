/*
 * JSON written by hand, where numbers must keep their own digits (a library's
 * double would turn 72.70 into 72.700000000000003).
 */
#ifndef KPID_JSON_TEXT_H
#define KPID_JSON_TEXT_H

#include "kpid/bytes.h"
#include "kpid/error.h"

/* text as a JSON string, quotes included; UTF-8 stays as it is. */
MUST_CHECK bool json_put_text(struct buf *out, struct slice text);
/* "key": before the value, with a comma when one is due: the buffer does not
 * end in { or [. */
MUST_CHECK bool json_put_key(struct buf *out, const char *key);
/* A comma unless the buffer ends in { or [. */
MUST_CHECK bool json_put_comma(struct buf *out);

#endif
