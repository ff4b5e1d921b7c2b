/*
 * The inside of a decoder, for this room: encoding_detect asks several of
 * them and wants to know more than yes or no.
 */
#ifndef KPID_DECODE_DECODER_H
#define KPID_DECODE_DECODER_H

#include "kpid/decode.h"
#include "kpid/place.h"
#include "scan.h"

enum fault {
	FAULT_NONE,
	FAULT_BYTES, /* bytes that are no character */
	FAULT_CUT,   /* the body ends inside a character */
	FAULT_NUL,
	FAULT_OTHER /* another encoding, known by its first bytes */
};

#define CHARACTER_MAX 4 /* bytes of one character */

struct decoder {
	enum encoding encoding;    /* of "utf-16" its byte order, once known */
	struct cp932_table *table; /* of Japanese encodings */
	struct jis0212_table *supplement; /* of EUC-JP */
	struct jis_state jis;
	char *out;                    /* text of one step; UTF-8 needs none */
	uint8_t carry[CHARACTER_MAX]; /* begun, not yet whole */
	size_t carried;
	bool begun;         /* the first bytes were looked at */
	uint64_t wide;      /* characters beyond ASCII (UTF-8) */
	struct place place; /* of the first byte not given out */
	uint64_t kana, private_use;
	uint32_t private_line; /* of the first private use */
	enum fault fault;
	char bad[3 * CHARACTER_MAX]; /* "e3 28" */
};

/* A sink that takes everything and does nothing. */
struct text_sink text_sink_none(void);

/* A byte order mark: how long it is, and what it is a mark of. */
struct mark {
	size_t len; /* 0: there is none */
	enum encoding encoding;
};

/* The mark that a body begins with; len: all that it has, or 3 and more. */
struct mark mark_of(const uint8_t *p, size_t len);

/* Why a decoder stops, at its place. All return false. */
bool refuse_bytes(struct decoder *d, const uint8_t *p, const struct scan *s,
    struct kpid_err *err);
bool refuse_cut(struct decoder *d, struct kpid_err *err);
/* The body begins with a mark that its encoding does not have. */
bool refuse_mark(struct decoder *d, enum encoding marked, struct kpid_err *err);
/* ..or lacks the one it needs. */
bool refuse_unmarked(struct decoder *d, struct kpid_err *err);
/* ..or has every other byte NUL. */
bool refuse_utf16_like(struct decoder *d, bool big_endian,
    struct kpid_err *err);

#endif
