#include <inttypes.h>
#include <string.h>

#include "decoder.h"

/* CP932 bytes turned into text at once: a slice long enough that few cells
 * span two, small enough that input and output stay in the cache. */
#define STEP_BYTES (64 << 10)

struct decoder *
decoder_new(enum encoding e, struct arena *mem)
{
	struct decoder *d = arena_alloc(mem, sizeof(*d));

	d->encoding = e;
	d->place = place_first();
	if (e == ENCODING_CP932) {
		d->table = arena_alloc(mem, sizeof(*d->table));
		cp932_table_build(d->table);
		d->out = arena_alloc(mem, CP932_GROWTH * STEP_BYTES);
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
show_bytes(struct decoder *d, const uint8_t *p, size_t n)
{
	char hex[2 * CHARACTER_MAX + 1];

	hex_encode(p, n, hex);
	for (size_t i = 0; i < n; i++) {
		memcpy(d->bad + 3 * i, hex + 2 * i, 2);
		d->bad[3 * i + 2] = i + 1 < n ? ' ' : '\0';
	}
}

static const char *
hint_of(enum encoding e)
{
	if (e == ENCODING_UTF8)
		return "declare \"encoding\": \"cp932\" if the publisher "
		       "writes Shift_JIS (Windows)";
	return "declare \"encoding\": \"utf-8\", or \"auto\" if it changes";
}

static bool
refuse_bytes(struct decoder *d, const uint8_t *p, size_t n,
    struct kpid_err *err)
{
	d->fault = *p == 0 ? FAULT_NUL : FAULT_BYTES;
	show_bytes(d, p, n);
	if (d->fault == FAULT_NUL)
		return err_set(err, KPID_EDECODE,
		    "line %" PRIu32 ", byte offset %" PRIu64
		    ": a NUL byte (00), which no "
		    "%s text holds. HINT: a text full of them is UTF-16; "
		    "save it as UTF-8",
		    d->place.line, d->place.offset, encoding_name(d->encoding));
	return err_set(err, KPID_EDECODE,
	    "line %" PRIu32 ", byte offset %" PRIu64
	    ": '%s' is not %s. HINT: %s",
	    d->place.line, d->place.offset, d->bad, encoding_name(d->encoding),
	    hint_of(d->encoding));
}

static bool
refuse_cut(struct decoder *d, struct kpid_err *err)
{
	d->fault = FAULT_CUT;
	show_bytes(d, d->carry, d->carried);
	return err_set(err, KPID_EDECODE,
	    "line %" PRIu32 ", byte offset %" PRIu64
	    ": the body ends inside a character ('%s' of %s); it was "
	    "probably cut short",
	    d->place.line, d->place.offset, d->bad, encoding_name(d->encoding));
}

static bool
refuse_other(struct decoder *d, const char *what, const char *hint,
    struct kpid_err *err)
{
	d->fault = FAULT_OTHER;
	return err_set(err, KPID_EDECODE,
	    "line 1, byte offset 0: the body "
	    "begins as %s does, and is read as %s. HINT: %s",
	    what, encoding_name(d->encoding), hint);
}

static void
note_findings(struct decoder *d, const uint8_t *p, const struct scan *s)
{
	d->wide |= s->wide;
	d->kana += s->kana;
	if (s->private_use > 0 && d->private_use == 0) {
		struct place at = d->place;

		place_advance(&at,
		    (struct slice){ (const char *)p, s->first_private });
		d->private_line = at.line;
	}
	d->private_use += s->private_use;
}

/* Text of p as far as it goes; nothing is copied for UTF-8. */
static struct slice
read_step(struct decoder *d, const uint8_t *p, size_t len, struct scan *s)
{
	struct slice text = { d->out, 0 };

	if (d->encoding == ENCODING_CP932) {
		*s = cp932_scan(d->table, p, len, d->out, &text.len);
		return text;
	}
	*s = utf8_scan(p, len);
	return (struct slice){ (const char *)p, s->used };
}

/* Gives out the characters of p; a last one that is not whole is carried. */
static bool
decode_run(struct decoder *d, const uint8_t *p, size_t len,
    const struct text_sink *out, struct kpid_err *err)
{
	while (len > 0) {
		size_t step = len;
		struct slice text;
		struct scan s;

		if (d->encoding == ENCODING_CP932 && step > STEP_BYTES)
			step = STEP_BYTES;
		text = read_step(d, p, step, &s);
		note_findings(d, p, &s);
		if (text.len > 0 && !out->text(out->ctx, text, err))
			return false;
		place_advance(&d->place,
		    (struct slice){ (const char *)p, s.used });
		p += s.used;
		len -= s.used;
		if (s.bad > 0)
			return refuse_bytes(d, p, s.bad, err);
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

static bool
is_utf16_mark(const uint8_t *p, size_t len)
{
	return len >= 2
	    && ((p[0] == 0xff && p[1] == 0xfe)
		|| (p[0] == 0xfe && p[1] == 0xff));
}

/* Every other byte NUL: Latin letters or digits in UTF-16 without a mark. */
static bool
is_utf16_like(const uint8_t *p, size_t len)
{
	return len == CHARACTER_MAX && (p[0] == 0) + (p[1] == 0) == 1
	    && (p[0] == 0) == (p[2] == 0) && (p[1] == 0) == (p[3] == 0);
}

/* Looks at the first bytes of the body, all that a byte order mark can be. */
static bool
decode_head(struct decoder *d, const struct text_sink *out,
    struct kpid_err *err)
{
	size_t mark = 0;

	d->begun = true;
	if (is_utf16_mark(d->carry, d->carried)
	    || is_utf16_like(d->carry, d->carried))
		return refuse_other(d, "UTF-16", "save it as UTF-8", err);
	if (d->carried >= 3 && memcmp(d->carry, "\xef\xbb\xbf", 3) == 0) {
		if (d->encoding != ENCODING_UTF8)
			return refuse_other(d, "UTF-8 (byte order mark)",
			    hint_of(d->encoding), err);
		mark = 3;
	}
	d->place.offset += mark;
	return decode_carry(d, mark, out, err);
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
