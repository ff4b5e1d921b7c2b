#include <string.h>

#include "decoder.h"

/* Bytes turned into text at once: a slice long enough that few cells span two,
 * small enough that input and output stay in the cache. */
#define STEP_BYTES (64 << 10)

static bool
needs_tables(enum encoding e)
{
	return e == ENCODING_CP932 || e == ENCODING_EUC_JP
	    || e == ENCODING_ISO_2022_JP;
}

struct decoder *
decoder_new(enum encoding e, struct arena *mem)
{
	struct decoder *d = arena_alloc(mem, sizeof(*d));

	d->encoding = e;
	d->place = place_first();
	if (e != ENCODING_UTF8)
		d->out = arena_alloc(mem, TEXT_GROWTH * STEP_BYTES);
	if (needs_tables(e)) {
		d->table = arena_alloc(mem, sizeof(*d->table));
		cp932_table_build(d->table);
	}
	if (e == ENCODING_EUC_JP) {
		d->supplement = arena_alloc(mem, sizeof(*d->supplement));
		jis0212_table_build(d->supplement);
	}
	return d;
}

uint64_t
decoder_private_use(const struct decoder *d, uint32_t *first_line)
{
	*first_line = d->private_line;
	return d->private_use;
}

static bool
take_nothing(void *ctx, struct slice utf8, struct kpid_err *err)
{
	(void)ctx, (void)utf8, (void)err;
	return true;
}

struct text_sink
text_sink_none(void)
{
	return (struct text_sink){ .text = take_nothing };
}

static void
note_findings(struct decoder *d, const char *text, const struct scan *s)
{
	d->wide += s->wide;
	d->kana += s->kana;
	if (s->private_use > 0 && d->private_use == 0) {
		struct place at = d->place;

		place_advance(&at, (struct slice){ text, s->first_private });
		d->private_line = at.line;
	}
	d->private_use += s->private_use;
}

static struct scan
scan_step(struct decoder *d, const uint8_t *p, size_t len)
{
	switch (d->encoding) {
	case ENCODING_CP932:
		return cp932_scan(d->table, p, len, d->out);
	case ENCODING_EUC_JP:
		return euc_jp_scan(d->table, d->supplement, p, len, d->out);
	case ENCODING_ISO_2022_JP:
		return jis_scan(d->table, &d->jis, p, len, d->out);
	case ENCODING_UTF16LE:
	case ENCODING_UTF16BE:
		return utf16_scan(d->encoding == ENCODING_UTF16BE, p, len,
		    d->out);
	default:
		return utf8_scan(p, len);
	}
}

/* Lines are counted in the text, where a line end is one whatever its bytes
 * were; the offset is one of the body. */
static void
advance(struct decoder *d, struct slice text, size_t used)
{
	uint64_t from = d->place.offset;

	place_advance(&d->place, text);
	d->place.offset = from + used;
}

/* Gives out the characters of p; a last one that is not whole is carried.
 * Nothing is copied of UTF-8. */
static bool
decode_run(struct decoder *d, const uint8_t *p, size_t len,
    const struct text_sink *out, struct kpid_err *err)
{
	while (len > 0) {
		size_t step =
		    d->out != NULL && len > STEP_BYTES ? STEP_BYTES : len;
		struct scan s = scan_step(d, p, step);
		struct slice text = { d->out, s.text };

		if (d->out == NULL)
			text.ptr = (const char *)p;
		note_findings(d, text.ptr, &s);
		if (text.len > 0 && !out->text(out->ctx, text, err))
			return false;
		advance(d, text, s.used);
		p += s.used;
		len -= s.used;
		if (s.bad > 0)
			return refuse_bytes(d, p, &s, err);
		if (s.cut && step == s.used + len) {
			memcpy(d->carry, p, len);
			d->carried = len;
			return true;
		}
	}
	return true;
}

/* Decodes what is carried, which a byte more may have made whole. */
static bool
decode_carry(struct decoder *d, size_t skip, const struct text_sink *out,
    struct kpid_err *err)
{
	uint8_t whole[CHARACTER_MAX];
	size_t len = d->carried - skip;

	memcpy(whole, d->carry + skip, len);
	d->carried = 0;
	return decode_run(d, whole, len, out, err);
}

struct mark
mark_of(const uint8_t *p, size_t len)
{
	if (len >= 2 && p[0] == 0xff && p[1] == 0xfe)
		return (struct mark){ 2, ENCODING_UTF16LE };
	if (len >= 2 && p[0] == 0xfe && p[1] == 0xff)
		return (struct mark){ 2, ENCODING_UTF16BE };
	if (len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		return (struct mark){ 3, ENCODING_UTF8 };
	return (struct mark){ 0, ENCODING_UTF8 };
}

/* Every other byte NUL: Latin letters or digits in UTF-16 without a mark. */
static bool
is_utf16_like(const uint8_t *p, size_t len)
{
	return len == CHARACTER_MAX && (p[0] == 0) + (p[1] == 0) == 1
	    && (p[0] == 0) == (p[2] == 0) && (p[1] == 0) == (p[3] == 0);
}

/* Whether the mark at the beginning is one that the encoding may have; "by its
 * mark" becomes what the mark says. */
static bool
take_mark(struct decoder *d, struct mark mark, struct kpid_err *err)
{
	bool utf16 =
	    d->encoding == ENCODING_UTF16LE || d->encoding == ENCODING_UTF16BE;

	if (d->encoding == ENCODING_UTF16) {
		if (mark.len == 0)
			return d->carried == 0 || refuse_unmarked(d, err);
		if (mark.encoding == ENCODING_UTF8)
			return refuse_mark(d, mark.encoding, err);
		d->encoding = mark.encoding;
		return true;
	}
	if (mark.len > 0 && mark.encoding != d->encoding)
		return refuse_mark(d, mark.encoding, err);
	if (!utf16 && is_utf16_like(d->carry, d->carried))
		return refuse_utf16_like(d, d->carry[0] == 0, err);
	return true;
}

/* Looks at the first bytes of the body, all that a byte order mark can be. */
static bool
decode_head(struct decoder *d, const struct text_sink *out,
    struct kpid_err *err)
{
	struct mark mark = mark_of(d->carry, d->carried);

	d->begun = true;
	if (!take_mark(d, mark, err))
		return false;
	d->place.offset += mark.len;
	return decode_carry(d, mark.len, out, err);
}

static void
carry_byte(struct decoder *d, struct slice *in)
{
	d->carry[d->carried++] = (uint8_t)*in->ptr++;
	in->len--;
}

bool
decoder_push(struct decoder *d, struct slice in, bool last,
    const struct text_sink *out, struct kpid_err *err)
{
	while (!d->begun && d->carried < CHARACTER_MAX && in.len > 0)
		carry_byte(d, &in);
	if (!d->begun && (d->carried == CHARACTER_MAX || last)
	    && !decode_head(d, out, err))
		return false;
	while (d->begun && d->carried > 0 && in.len > 0) {
		carry_byte(d, &in);
		if (!decode_carry(d, 0, out, err))
			return false;
	}
	if (!decode_run(d, (const uint8_t *)in.ptr, in.len, out, err))
		return false;
	return last && d->carried > 0 ? refuse_cut(d, err) : true;
}
