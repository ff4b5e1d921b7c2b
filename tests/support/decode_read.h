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

#endif
