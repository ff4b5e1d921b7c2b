/*
 * Bytes to UTF-8 text, strictly.
 *
 * BOM (UTF-8, UTF-16), else ISO-2022-JP by its escape sequences, else strict
 * UTF-8, else strict CP932, else refused; a declared encoding wins and a
 * mismatch is an error with byte offset and line. Double-byte encodings are
 * read as the WHATWG Encoding Standard says, but what that replaces is an
 * error here, and CP932 has its private use. NUL is refused (PostgreSQL text
 * cannot hold it). A BOM is taken off.
 *
 * In: chunks of a body, cut anywhere.  Out: chunks of UTF-8, cut at
 * characters; of clean UTF-8 the bytes themselves. Memory does not grow with
 * the body.
 */
#ifndef KPID_DECODE_H
#define KPID_DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kpid/bytes.h"
#include "kpid/error.h"

enum encoding {
	ENCODING_UTF8,
	ENCODING_CP932,
	ENCODING_UTF16, /* by its BOM, which must be there */
	ENCODING_UTF16LE,
	ENCODING_UTF16BE,
	ENCODING_EUC_JP,
	ENCODING_ISO_2022_JP
};

struct text_sink {
	void *ctx;
	bool (*text)(void *ctx, struct slice utf8, struct kpid_err *err);
};

/* The name as written in a contract: "utf-8", "cp932", .. in any case; other
 * names of theirs ("shift_jis", "utf8") are refused with a hint. "auto" is no
 * encoding: ask encoding_detect. */
MUST_CHECK bool encoding_from_name(const char *name, enum encoding *out,
    struct kpid_err *err);
/* For messages: UTF-8, CP932, .. */
const char *encoding_name(enum encoding e);

/*
 * Reads of fd (from its start, pread; position untouched) what it needs to
 * decide: all of it, or as far as nothing else is possible.
 * Fails, naming the first bad byte of both readings, when neither UTF-8 nor
 * CP932 fits; when only EUC-JP does, and when a CP932 reading with half-width
 * kana or private use is also clean EUC-JP: then the feed must declare it.
 */
MUST_CHECK bool encoding_detect(int fd, enum encoding *out,
    struct kpid_err *err);

struct decoder;

/* At the beginning of a body; lives in mem. */
struct decoder *decoder_new(enum encoding e, struct arena *mem);
/* last: no more bytes come; a sequence cut short is an error then. */
MUST_CHECK bool decoder_push(struct decoder *d, struct slice bytes, bool last,
    const struct text_sink *out, struct kpid_err *err);
/* Private-use characters (外字) seen so far: a finding with the first place.
 * 0 when there were none. */
uint64_t decoder_private_use(const struct decoder *d, uint32_t *first_line);

#endif
