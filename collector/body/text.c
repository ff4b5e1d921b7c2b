/* Bytes of a file in chunks, through the decoder. */
#include "text.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kpid/limits.h"

static bool
read_chunk(const struct opened *o, off_t at, size_t *len, struct kpid_err *err)
{
	ssize_t n;

	do
		n = pread(o->fd, o->chunk, CHUNK_BYTES, at);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_set(err, KPID_ESPOOL, "could not read the body: %s",
		    strerror(errno));
	*len = (size_t)n;
	return true;
}

bool
text_open(struct opened *o, const struct contract *c, struct body_text *out,
    struct kpid_err *err)
{
	size_t len = 0;

	*out = (struct body_text){ .from = o };
	if (!read_chunk(o, 0, &len, err))
		return false;
	if (len == 0)
		return err_set(err, KPID_EPARSE, "the body is empty");
	if (!parse_refuse((struct slice){ o->chunk, len }, err))
		return false;
	if ((c->format == FORMAT_CSV || c->format == FORMAT_SDMX_CSV)
	    && !parse_refuse_json((struct slice){ o->chunk, len }, err))
		return false;
	if (c->encoding != NULL && strcmp(c->encoding, "auto") != 0)
		return encoding_from_name(c->encoding, &out->encoding, err);
	return encoding_detect(o->fd, &out->encoding, err);
}

static void
tell_progress(const struct opened *o, off_t at)
{
	const struct progress *to = o->body->progress;
	struct stat st = { 0 };

	if (to == NULL || fstat(o->fd, &st) != 0)
		return;
	to->tell(to->ctx, o->body->feed->name, (uint64_t)at,
	    (uint64_t)st.st_size);
}

static bool
read_all(void *ctx, const struct text_sink *to, struct kpid_err *err)
{
	struct body_text *t = ctx;
	struct opened *o = t->from;
	off_t at = 0;
	size_t len = 0;

	o->decoder = decoder_new(t->encoding, o->mem);
	do {
		if (!read_chunk(o, at, &len, err)
		    || !decoder_push(o->decoder,
			(struct slice){ o->chunk, len }, len == 0, to, err))
			return false;
		at += (off_t)len;
		if (len > 0)
			tell_progress(o, at);
	} while (len > 0);
	return true;
}

struct text_source
text_source(struct body_text *t)
{
	return (struct text_source){ t, read_all };
}
