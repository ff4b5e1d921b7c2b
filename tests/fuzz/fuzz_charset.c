/* What is decoded is UTF-8. First byte: the encoding; second: the cut. */
#include <stdlib.h>

#include "kpid/decode.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
check_text(void *ctx, struct slice utf8, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct text_sink *again = ctx;

	if (again != NULL
	    && !decoder_push(decoder_new(ENCODING_UTF8, &mem), utf8, true,
		again, err))
		abort();
	return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct text_sink again = { NULL, check_text };
	const struct text_sink sink = { &again, check_text };
	struct kpid_err err;

	if (size < 2)
		return 0;
	struct decoder *d = decoder_new(data[0] & 1, &mem);
	size_t len = size - 2, cut = data[1] < len ? data[1] : len;
	const char *body = (const char *)data + 2;

	if (decoder_push(d, (struct slice){ body, cut }, false, &sink, &err))
		(void)!decoder_push(d, (struct slice){ body + cut, len - cut },
		    true, &sink, &err);
	return 0;
}
