/* rooms: base decode */
/* What is decoded is UTF-8, and the same however the bytes are cut. First
 * byte: the encoding; second: the cut. */
#include <stdlib.h>
#include <string.h>

#include "kpid/decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct result {
	struct buf text;
	bool ok;
	struct kpid_err err;
};

static bool
take_nothing(void *ctx, struct slice utf8, struct kpid_err *err)
{
	(void)ctx, (void)utf8, (void)err;
	return true;
}

/* A piece of text is whole characters, and no BOM was left at its head to be
 * taken off again. */
static void
check_utf8(struct slice utf8)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct text_sink again = { NULL, take_nothing };
	struct slice x = { "x", 1 };
	struct kpid_err err;
	struct decoder *d = decoder_new(ENCODING_UTF8, &mem);

	if (!decoder_push(d, x, false, &again, &err)
	    || !decoder_push(d, utf8, true, &again, &err))
		abort();
}

static bool
take_text(void *ctx, struct slice utf8, struct kpid_err *err)
{
	struct result *r = ctx;

	(void)err;
	check_utf8(utf8);
	return buf_put(&r->text, utf8.ptr, utf8.len) ? true : (abort(), false);
}

static void
decode(enum encoding e, struct slice body, size_t cut, struct result *r)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct text_sink sink = { r, take_text };
	struct decoder *d = decoder_new(e, &mem);
	struct slice rest = { body.ptr + cut, body.len - cut };

	*r = (struct result){ 0 };
	buf_init(&r->text, 1 << 24);
	r->ok = decoder_push(d, (struct slice){ body.ptr, cut }, false, &sink,
		    &r->err)
	    && decoder_push(d, rest, true, &sink, &r->err);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct result whole, parts;

	if (size < 2)
		return 0;
	enum encoding e = (enum encoding)(data[0] % (ENCODING_ISO_2022_JP + 1));
	struct slice body = { (const char *)data + 2, size - 2 };
	size_t cut = data[1] < body.len ? data[1] : body.len;

	decode(e, body, 0, &whole);
	decode(e, body, cut, &parts);
	if (whole.ok != parts.ok || strcmp(whole.err.msg, parts.err.msg) != 0
	    || !slice_eq(buf_slice(&whole.text), buf_slice(&parts.text)))
		abort();
	buf_release(&whole.text);
	buf_release(&parts.text);
	return 0;
}
