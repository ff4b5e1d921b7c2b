#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "decoder.h"
#include "kpid/limits.h"

/* One try to read the body: the decoder with what it found, and whether the
 * same bytes are EUC-JP (asked only beside CP932). */
struct reading {
	struct decoder *decoder;
	struct euc_jp euc;
	struct kpid_err err; /* why it does not fit */
	bool fits;
};

static ssize_t
read_at(int fd, char *chunk, off_t offset)
{
	ssize_t n;

	do {
		n = pread(fd, chunk, CHUNK_BYTES, offset);
	} while (n < 0 && errno == EINTR);
	return n;
}

/* Whether the rest of the body can still change the answer. */
static bool
is_open(const struct reading *r)
{
	return r->fits || (r->decoder->table != NULL && !r->euc.broken);
}

static void
reading_push(struct reading *r, struct slice bytes, bool last)
{
	const struct text_sink none = text_sink_none();

	if (r->fits)
		r->fits = decoder_push(r->decoder, bytes, last, &none, &r->err);
	if (r->decoder->table != NULL)
		euc_jp_push(&r->euc, r->decoder->table,
		    (const uint8_t *)bytes.ptr, bytes.len);
}

/* false: the body cannot be read from disk at all. */
static bool
reading_take(struct reading *r, int fd, enum encoding e, struct arena *mem,
    struct kpid_err *err)
{
	char *chunk = arena_alloc(mem, CHUNK_BYTES);
	ssize_t n = 1;

	r->decoder = decoder_new(e, mem);
	r->fits = true;
	for (off_t offset = 0; n > 0 && is_open(r); offset += n) {
		n = read_at(fd, chunk, offset);
		if (n < 0)
			return err_set(err, KPID_ESPOOL,
			    "could not read the "
			    "body: %s",
			    strerror(errno));
		reading_push(r, (struct slice){ chunk, (size_t)n }, n == 0);
	}
	return true;
}

static bool
refuse_neither(const struct reading *utf8, const struct reading *cp932,
    struct kpid_err *err)
{
	const struct decoder *u = utf8->decoder, *c = cp932->decoder;

	if (euc_jp_clean(&cp932->euc))
		return err_set(err, KPID_EDECODE,
		    "the body is EUC-JP, which "
		    "is not read. HINT: save it as UTF-8");
	return err_set(err, KPID_EDECODE,
	    "neither UTF-8 (line %" PRIu32 ", byte offset %" PRIu64
	    ": '%s') nor CP932 (line %" PRIu32 ", byte offset %" PRIu64
	    ": '%s'). HINT: open the file; it may "
	    "be damaged, or no text",
	    u->place.line, u->place.offset, u->bad, c->place.line,
	    c->place.offset, c->bad);
}

static bool
refuse_ambiguous(const struct decoder *d, struct kpid_err *err)
{
	return err_set(err, KPID_EDECODE,
	    "the body can be read as CP932 "
	    "(with %" PRIu64 " half-width kana and %" PRIu64 " private-use "
	    "characters) and as EUC-JP. HINT: look at it, and declare "
	    "\"encoding\": \"cp932\" if that is right",
	    d->kana, d->private_use);
}

/* A UTF-8 reading that says enough by itself: nothing else can fit, or the
 * body was UTF-8 until it broke off. */
static bool
is_final(const struct decoder *utf8)
{
	return utf8->fault == FAULT_OTHER || utf8->fault == FAULT_NUL
	    || (utf8->fault == FAULT_CUT && utf8->wide);
}

bool
encoding_detect(int fd, enum encoding *out, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct reading utf8 = { 0 }, cp932 = { 0 };
	const struct decoder *c;

	if (!reading_take(&utf8, fd, ENCODING_UTF8, &mem, err))
		return false;
	if (utf8.fits) {
		*out = ENCODING_UTF8;
		return true;
	}
	if (is_final(utf8.decoder)) {
		*err = utf8.err;
		return false;
	}
	if (!reading_take(&cp932, fd, ENCODING_CP932, &mem, err))
		return false;
	c = cp932.decoder;
	if (!cp932.fits)
		return refuse_neither(&utf8, &cp932, err);
	if (c->kana + c->private_use > 0 && euc_jp_clean(&cp932.euc))
		return refuse_ambiguous(c, err);
	*out = ENCODING_CP932;
	return true;
}
