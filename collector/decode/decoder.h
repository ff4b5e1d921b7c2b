/*
 * The inside of a decoder, for this room: encoding_detect asks two of them
 * and wants to know more than yes or no.
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
	enum encoding encoding;
	struct cp932_table *table;    /* NULL for UTF-8 */
	char *out;                    /* CP932: text of one step */
	uint8_t carry[CHARACTER_MAX]; /* begun, not yet whole */
	size_t carried;
	bool begun;         /* the first bytes were looked at */
	bool wide;          /* characters beyond ASCII (UTF-8) */
	struct place place; /* of the first byte not given out */
	uint64_t kana, private_use;
	uint32_t private_line; /* of the first private use */
	enum fault fault;
	char bad[3 * CHARACTER_MAX]; /* "e3 28" */
};

/* A sink that takes everything and does nothing. */
struct text_sink text_sink_none(void);

#endif
