#include <inttypes.h>
#include <string.h>

#include "decoder.h"

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
	if (e == ENCODING_CP932)
		return "declare \"encoding\": \"utf-8\" if it is that; else "
		       "the file is damaged there";
	return "declare \"encoding\": \"auto\" to have it found, or what "
	       "the publisher writes";
}

static bool
refuse_nul(struct decoder *d, struct kpid_err *err)
{
	const char *name = encoding_name(d->encoding);

	d->fault = FAULT_NUL;
	if (d->bad[2] != '\0')
		return err_set(err, KPID_EDECODE,
		    "line %" PRIu32 ", byte offset %" PRIu64
		    ": a NUL character (00 00), which no text holds; the "
		    "body is damaged, or is not %s",
		    d->place.line, d->place.offset, name);
	return err_set(err, KPID_EDECODE,
	    "line %" PRIu32 ", byte offset %" PRIu64
	    ": a NUL byte (00), which no %s text holds. HINT: a text full of "
	    "them is UTF-16; declare \"encoding\": \"utf-16le\" (or "
	    "\"utf-16be\")",
	    d->place.line, d->place.offset, name);
}

bool
refuse_bytes(struct decoder *d, const uint8_t *p, const struct scan *s,
    struct kpid_err *err)
{
	const char *name = encoding_name(d->encoding);

	show_bytes(d, p, s->bad);
	if (s->nul)
		return refuse_nul(d, err);
	d->fault = FAULT_BYTES;
	return err_set(err, KPID_EDECODE,
	    "line %" PRIu32 ", byte offset %" PRIu64
	    ": '%s' is not %s%s%s. HINT: %s",
	    d->place.line, d->place.offset, d->bad, name,
	    s->why != NULL ? ": " : "", s->why != NULL ? s->why : "",
	    hint_of(d->encoding));
}

bool
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
refuse_begin(struct decoder *d, const char *what, const char *declare,
    struct kpid_err *err)
{
	d->fault = FAULT_OTHER;
	return err_set(err, KPID_EDECODE,
	    "line 1, byte offset 0: the body begins as %s does, and is read "
	    "as %s. HINT: declare \"encoding\": \"%s\"",
	    what, encoding_name(d->encoding), declare);
}

bool
refuse_mark(struct decoder *d, enum encoding marked, struct kpid_err *err)
{
	if (marked == ENCODING_UTF8)
		return refuse_begin(d, "UTF-8 (byte order mark)", "utf-8", err);
	if (marked == ENCODING_UTF16BE)
		return refuse_begin(d, "UTF-16 (big-endian byte order mark)",
		    "utf-16", err);
	return refuse_begin(d, "UTF-16 (little-endian byte order mark)",
	    "utf-16", err);
}

bool
refuse_unmarked(struct decoder *d, struct kpid_err *err)
{
	d->fault = FAULT_OTHER;
	return err_set(err, KPID_EDECODE,
	    "line 1, byte offset 0: the body has no byte order mark, by which "
	    "alone \"utf-16\" is read. HINT: declare \"encoding\": "
	    "\"utf-16le\" (what Windows writes) or \"utf-16be\"");
}

bool
refuse_utf16_like(struct decoder *d, bool big_endian, struct kpid_err *err)
{
	return refuse_begin(d, "UTF-16 without a byte order mark",
	    big_endian ? "utf-16be" : "utf-16le", err);
}
