/*
 * TZif files (RFC 8536, version 2 and later).
 *
 * The first block holds 32-bit times for readers of old and is stepped over;
 * the second holds 64-bit ones, and behind it stands the rule for what comes
 * after the table.
 */
#include "zone_int.h"

#include <string.h>

#define HEADER_LEN 44

struct header {
	size_t isut, isstd, leap, time, type, chars;
};

static uint32_t
be32(const char *p)
{
	const unsigned char *u = (const unsigned char *)p;

	return (uint32_t)u[0] << 24 | (uint32_t)u[1] << 16 | (uint32_t)u[2] << 8
	    | u[3];
}

static int64_t
be64(const char *p)
{
	return (int64_t)((uint64_t)be32(p) << 32 | be32(p + 4));
}

static bool
take(struct slice *s, size_t n, const char **out)
{
	if (s->len < n)
		return false;
	*out = s->ptr;
	s->ptr += n;
	s->len -= n;
	return true;
}

static bool
header_take(struct slice *s, struct header *h)
{
	const char *p;

	if (!take(s, HEADER_LEN, &p) || memcmp(p, "TZif", 4) != 0 || p[4] < '2')
		return false;
	*h = (struct header){ be32(p + 20), be32(p + 24), be32(p + 28),
		be32(p + 32), be32(p + 36), be32(p + 40) };
	return true;
}

/* What stands between the tables that are read and the next header. */
static size_t
rest_len(const struct header *h, size_t time_len)
{
	return h->chars + h->leap * (time_len + 4) + h->isstd + h->isut;
}

static bool
block_skip(struct slice *s)
{
	const char *p;
	struct header h;

	return header_take(s, &h)
	    && take(s, h.time * 5 + h.type * 6 + rest_len(&h, 4), &p);
}

/* Local time types: offset (4), is DST (1), index of the name (1). */
static int32_t
type_offset(const char *types, size_t i)
{
	return (int32_t)be32(types + 6 * i);
}

static bool
block_take(struct slice *s, struct arena *mem, struct zone *out)
{
	const char *times, *index, *types, *rest;
	struct header h;

	if (!header_take(s, &h) || h.type == 0 || !take(s, h.time * 8, &times)
	    || !take(s, h.time, &index) || !take(s, h.type * 6, &types)
	    || !take(s, rest_len(&h, 8), &rest))
		return false;
	int64_t *at = arena_array(mem, h.time, sizeof(*at));
	int32_t *offset = arena_array(mem, h.time, sizeof(*offset));
	for (size_t i = 0; i < h.time; i++) {
		size_t type = (unsigned char)index[i];

		at[i] = be64(times + 8 * i);
		if (type >= h.type || (i > 0 && at[i] <= at[i - 1]))
			return false;
		offset[i] = type_offset(types, type);
	}
	*out = (struct zone){ .n = h.time,
		.at = at,
		.offset = offset,
		.before = type_offset(types, 0) };
	return true;
}

/* "\nJST-9\n"; empty between the line breaks: no rule. */
static bool
footer_take(struct slice s, struct zone *out)
{
	const char *end;

	if (s.len < 2 || s.ptr[0] != '\n'
	    || (end = memchr(s.ptr + 1, '\n', s.len - 1)) == NULL)
		return false;
	struct slice text = { s.ptr + 1, (size_t)(end - s.ptr - 1) };
	out->has_rule = text.len > 0;
	return !out->has_rule || zone_rule_parse(text, &out->rule);
}

bool
tzif_parse(struct slice file, struct arena *mem, struct zone *out,
    const char **why)
{
	struct slice s = file;
	struct zone z;

	*why = NULL;
	if (!block_skip(&s))
		*why = "it is not a TZif file of version 2 or later";
	else if (!block_take(&s, mem, &z))
		*why = "its table is damaged";
	else if (!footer_take(s, &z))
		*why = "the rule at its end cannot be read";
	else
		*out = z;
	return *why == NULL;
}
