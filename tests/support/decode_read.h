/*
 * Decodes bytes in pieces into one text; an error is told apart.
 */
#ifndef TEST_SUPPORT_DECODE_READ_H
#define TEST_SUPPORT_DECODE_READ_H

#include "kpid/decode.h"
#include "rows.h"

struct decoded {
	struct buf text;
	struct kpid_err err; /* err.msg is empty when all was well */
	uint64_t private_use;
	uint32_t private_line;
};

static inline bool
decoded_take(void *ctx, struct slice utf8, struct kpid_err *err)
{
	struct decoded *d = ctx;

	(void)err;
	return buf_put(&d->text, utf8.ptr, utf8.len);
}

static inline void
decoded_init(struct decoded *d)
{
	*d = (struct decoded){ 0 };
	buf_init(&d->text, 64 << 20);
}

static inline void
decoded_release(struct decoded *d)
{
	buf_release(&d->text);
}

/* The first piece has first bytes, the others size. */
static inline void
decode_read(enum encoding e, struct slice in, size_t first, size_t size,
    struct decoded *d)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct decoder *decoder = decoder_new(e, &mem);
	const struct text_sink sink = { d, decoded_take };
	bool ok = true;

	for (size_t from = 0, to = first; ok; from = to, to += size) {
		struct slice piece;

		if (to > in.len)
			to = in.len;
		piece = piece_new(in, from, to);
		ok = decoder_push(decoder, piece, to == in.len, &sink, &d->err);
		piece_free(piece);
		if (to == in.len)
			break;
	}
	cr_expect(ok == (d->err.msg[0] == '\0'));
	d->private_use = decoder_private_use(decoder, &d->private_line);
}

/* Whether text is this one character of the BMP. */
static inline bool
is_unit(const char *text, size_t len, uint16_t unit)
{
	const uint8_t *p = (const uint8_t *)text;

	if (len == 1)
		return p[0] == unit;
	if (len == 2)
		return ((p[0] & 0x1f) << 6 | (p[1] & 0x3f)) == unit;
	return len == 3
	    && ((p[0] & 0x0f) << 12 | (p[1] & 0x3f) << 6 | (p[2] & 0x3f))
	    == unit;
}

/* Bytes of a literal, which may hold NUL. */
#define BYTES(s)                 \
	{                        \
		s, sizeof(s) - 1 \
	}

struct charset_case {
	enum encoding encoding;
	struct slice in;
	const char *text;  /* what came out, error or not */
	const char *error; /* a part of it; NULL: none */
	const char *why;
};

static inline void
charset_expect(const struct charset_case *c, size_t first, size_t size)
{
	CLEANUP(decoded_release) struct decoded d;

	decoded_init(&d);
	decode_read(c->encoding, c->in, first, size, &d);
	cr_expect(slice_is(buf_slice(&d.text), c->text),
	    "(%s) cut at %zu and every %zu: got '%.*s'", c->why, first, size,
	    (int)d.text.len, d.text.ptr);
	cr_expect(c->error == NULL ? d.err.msg[0] == '\0'
				   : strstr(d.err.msg, c->error) != NULL
		    && d.err.code == KPID_EDECODE,
	    "(%s) cut at %zu and every %zu: got %s", c->why, first, size,
	    d.err.msg);
}

/* However the bytes are cut, text and error are the same. */
static inline void
charset_try_all_cuts(const struct charset_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		for (size_t first = 0; first <= cases[i].in.len; first++)
			for (size_t size = 1; size <= cases[i].in.len + 1;
			     size++)
				charset_expect(&cases[i], first, size);
}

#endif
