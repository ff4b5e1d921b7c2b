#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "decoder.h"
#include "kpid/limits.h"

#define READINGS_MAX  2

/* After so much of a body it is decided what it is, if it can be: what does
 * not fit later is damage, which the decoder will name with its place. */
#define DECIDED_BYTES (1 << 20)
/* No text in another encoding has so many characters of UTF-8 by chance. */
#define DECIDED_WIDE  1000

/* One try to read the body: the decoder with what it found. */
struct reading {
	struct decoder *decoder;
	struct kpid_err err; /* why it does not fit */
	bool fits;
};

/* Readings of the body made at once. */
struct pass {
	struct reading reading[READINGS_MAX];
	size_t n;
	bool escape; /* the body has a byte ESC */
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

static bool
reading_push(struct reading *r, struct slice bytes, bool last)
{
	const struct text_sink none = text_sink_none();

	if (r->fits)
		r->fits = decoder_push(r->decoder, bytes, last, &none, &r->err);
	return r->fits;
}

/* Whether one of the readings still fits. */
static bool
pass_push(struct pass *pass, struct slice bytes, bool last)
{
	bool open = false;

	pass->escape |=
	    bytes.len > 0 && memchr(bytes.ptr, 0x1b, bytes.len) != NULL;
	for (size_t i = 0; i < pass->n; i++)
		open |= reading_push(&pass->reading[i], bytes, last);
	return open;
}

static void
pass_add(struct pass *pass, enum encoding e, struct arena *mem)
{
	struct reading *r = &pass->reading[pass->n++];

	r->decoder = decoder_new(e, mem);
	r->fits = true;
}

static bool
is_decided(const struct pass *pass)
{
	const struct reading *first = &pass->reading[0];

	if (pass->n > 1) /* CP932 beside EUC-JP */
		return first->fits && !pass->reading[1].fits;
	return first->fits && first->decoder->wide >= DECIDED_WIDE;
}

/* false: the body cannot be read from disk at all. */
static bool
pass_run(struct pass *pass, int fd, struct arena *mem, struct kpid_err *err)
{
	char *chunk = arena_alloc(mem, CHUNK_BYTES);
	ssize_t n = 1;
	bool open = true;

	for (off_t offset = 0; n > 0 && open; offset += n) {
		n = read_at(fd, chunk, offset);
		if (n < 0)
			return err_set(err, KPID_ESPOOL,
			    "could not read the body: %s", strerror(errno));
		open =
		    pass_push(pass, (struct slice){ chunk, (size_t)n }, n == 0);
		open &= offset < DECIDED_BYTES || !is_decided(pass);
	}
	return true;
}

static bool
refuse_neither(const struct decoder *u, const struct decoder *c,
    struct kpid_err *err)
{
	return err_set(err, KPID_EDECODE,
	    "neither UTF-8 (line %" PRIu32 ", byte offset %" PRIu64
	    ": '%s') nor CP932 (line %" PRIu32 ", byte offset %" PRIu64
	    ": '%s'). HINT: open the file; it may be damaged, or no text",
	    u->place.line, u->place.offset, u->bad, c->place.line,
	    c->place.offset, c->bad);
}

static bool
refuse_ambiguous(const struct decoder *d, struct kpid_err *err)
{
	return err_set(err, KPID_EDECODE,
	    "the body can be read as CP932 (with %" PRIu64
	    " half-width kana and %" PRIu64 " private-use characters) and as "
	    "EUC-JP. HINT: look at it, and declare \"encoding\": \"cp932\" or "
	    "\"euc-jp\"",
	    d->kana, d->private_use);
}

/* What UTF-8 does not explain: one of the double-byte encodings, or nothing. */
static bool
detect_double_byte(int fd, const struct decoder *utf8, struct arena *mem,
    enum encoding *out, struct kpid_err *err)
{
	struct pass pass = { 0 };
	const struct reading *cp932 = &pass.reading[0];
	const struct reading *euc = &pass.reading[1];
	const struct decoder *c;

	pass_add(&pass, ENCODING_CP932, mem);
	pass_add(&pass, ENCODING_EUC_JP, mem);
	if (!pass_run(&pass, fd, mem, err))
		return false;
	c = cp932->decoder;
	if (!cp932->fits && !euc->fits)
		return refuse_neither(utf8, c, err);
	if (!cp932->fits)
		return err_set(err, KPID_EDECODE,
		    "the body is EUC-JP, which is read only where it is "
		    "declared. HINT: declare \"encoding\": \"euc-jp\"");
	if (c->kana + c->private_use > 0 && euc->fits)
		return refuse_ambiguous(c, err);
	*out = ENCODING_CP932;
	return true;
}

/* Nothing but ASCII, with ESC in it: Japanese by escape sequences, or text
 * that has none of them. */
static bool
detect_escapes(int fd, struct arena *mem, enum encoding *out,
    struct kpid_err *err)
{
	struct pass pass = { 0 };
	const struct reading *jis = &pass.reading[0];

	pass_add(&pass, ENCODING_ISO_2022_JP, mem);
	if (!pass_run(&pass, fd, mem, err))
		return false;
	if (jis->decoder->jis.seen && !jis->fits) {
		*err = jis->err;
		return err_wrap(err,
		    "the body has the escape sequences of ISO-2022-JP, but");
	}
	*out = jis->decoder->jis.seen ? ENCODING_ISO_2022_JP : ENCODING_UTF8;
	return true;
}

/* A UTF-8 reading that says enough by itself: nothing else can fit, or the
 * body was UTF-8 until it broke off. */
static bool
is_final(const struct decoder *utf8)
{
	return utf8->fault == FAULT_OTHER || utf8->fault == FAULT_NUL
	    || (utf8->fault == FAULT_CUT && utf8->wide);
}

static bool
has_utf16_mark(int fd)
{
	uint8_t head[CHARACTER_MAX];
	ssize_t n = pread(fd, head, sizeof(head), 0);
	struct mark mark = { 0, ENCODING_UTF8 };

	if (n > 0)
		mark = mark_of(head, (size_t)n);
	return mark.len > 0 && mark.encoding != ENCODING_UTF8;
}

bool
encoding_detect(int fd, enum encoding *out, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct pass pass = { 0 };
	const struct reading *utf8 = &pass.reading[0];

	if (has_utf16_mark(fd)) {
		*out = ENCODING_UTF16;
		return true;
	}
	pass_add(&pass, ENCODING_UTF8, &mem);
	if (!pass_run(&pass, fd, &mem, err))
		return false;
	if (utf8->fits && pass.escape && !utf8->decoder->wide)
		return detect_escapes(fd, &mem, out, err);
	if (utf8->fits) {
		*out = ENCODING_UTF8;
		return true;
	}
	if (is_final(utf8->decoder)) {
		*err = utf8->err;
		return false;
	}
	return detect_double_byte(fd, utf8->decoder, &mem, out, err);
}
