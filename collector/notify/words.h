/*
 * The text encodings of a mail: RFC 2047 encoded-words for header fields,
 * RFC 2045 base64 for bodies. Knows nothing of messages.
 */
#ifndef KPID_NOTIFY_WORDS_H
#define KPID_NOTIFY_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "kpid/bytes.h"
#include "kpid/error.h"

/* Lines of a header field or a base64 body, their CRLF not counted. */
#define MAIL_LINE_MAX 76

/* Bytes of the UTF-8 character at s; 0 when there is none (truncated,
 * overlong, a surrogate, or beyond U+10FFFF). */
size_t utf8_length(const char *s);
/* NUL-terminated; no overlong form, no surrogate. */
bool utf8_valid(const char *s);
/* No byte of 0x80 or more. */
bool ascii_only(const char *s);

/*
 * Appends text to a header field of which `column` bytes stand on the current
 * line already; UTF-8 becomes encoded-words, none longer than 75 bytes and
 * each of whole characters, folded with CRLF and a blank. text is valid UTF-8
 * without line breaks. *column is where the line then stands.
 */
MUST_CHECK bool words_put(struct buf *out, const char *text, size_t *column);

/* Appends len bytes as base64, one line, padded. */
MUST_CHECK bool base64_put(struct buf *out, const char *p, size_t len);

/* Appends text as a base64 body of 76 columns: line breaks of any kind become
 * CRLF first, and the text ends in one. */
MUST_CHECK bool base64_body(struct buf *out, const char *text);

#endif
