#include "kpid/block.h"
#include "scan.h"

char *
utf8_put(char *out, uint32_t c)
{
	if (c >= 0x10000) {
		*out++ = (char)(0xf0 | c >> 18);
		*out++ = (char)(0x80 | (c >> 12 & 0x3f));
	} else if (c >= 0x800) {
		*out++ = (char)(0xe0 | c >> 12);
	}
	if (c >= 0x800)
		*out++ = (char)(0x80 | (c >> 6 & 0x3f));
	else if (c >= 0x80)
		*out++ = (char)(0xc0 | c >> 6);
	*out++ = (char)(c >= 0x80 ? 0x80 | (c & 0x3f) : c);
	return out;
}

void
scan_private_use(struct scan *s)
{
	if (s->private_use++ == 0)
		s->first_private = s->text;
}

/* What the bytes of a block are, as far as the quick reading asks. */
struct kinds {
	uint64_t follow;  /* 80..bf */
	uint64_t lead;    /* c0 and more */
	uint64_t lead3;   /* e0 and more */
	uint64_t ef, low; /* ef; less than a4 */
	uint64_t slow;    /* what it leaves to the careful one */
};

/* The quick reading takes what nothing is to be said of and what is common:
 * not NUL, not what begins overlong forms, surrogates or private use, and no
 * character of four bytes. */
static struct kinds
kinds_of(const char *p, uint64_t high, uint64_t nul)
{
	struct kinds k = { .follow = ~block_greater(p, (int8_t)0xbf) };

	k.lead = high & ~k.follow;
	k.lead3 = high & block_greater(p, (int8_t)0xdf);
	k.ef = block_equal(p, (char)0xef);
	k.low = ~block_greater(p, (int8_t)0xa3);
	k.slow = nul | block_equal(p, (char)0xe0) | block_equal(p, (char)0xed)
	    | block_equal(p, (char)0xee)
	    | (k.lead & ~block_greater(p, (int8_t)0xc1))
	    | (high & block_greater(p, (int8_t)0xef));
	return k;
}

/* What the end of one block leaves to the next: bits of bytes that must
 * follow a lead, and of one that must not be low. */
struct owed {
	uint64_t follow, high;
};

/* Whether a block holds whole characters and what is owed of one. */
static bool
block_fits(const struct kinds *k, struct owed *owed)
{
	uint64_t follow = owed->follow | k->lead << 1 | k->lead3 << 2;
	uint64_t high = owed->high | k->ef << 1;

	if (k->slow != 0 || follow != k->follow || (high & k->low) != 0)
		return false;
	owed->follow = k->lead >> 63 | k->lead3 >> 62;
	owed->high = k->ef >> 63;
	return true;
}

/* Bytes of whole characters that p begins with, as far as the quick reading
 * goes by blocks. */
static size_t
utf8_blocks(const uint8_t *p, size_t len, size_t *wide)
{
	struct owed owed = { 0 };
	size_t n = 0;

	for (; len - n >= BLOCK_BYTES; n += BLOCK_BYTES) {
		const char *block = (const char *)p + n;
		uint64_t high = ~block_greater(block, -1);
		uint64_t nul = block_equal(block, '\0');
		struct kinds k;

		if ((high | nul | owed.follow) == 0)
			continue;
		k = kinds_of(block, high, nul);
		if (!block_fits(&k, &owed))
			break;
		*wide += block_count(k.lead);
	}
	if (owed.follow != 0)
		while ((p[--n] & 0xc0) == 0x80)
			continue;
	return n;
}

/* Length of a character by its first byte; 0: none begins so. */
static int
lead_length(uint8_t lead)
{
	if (lead >= 1 && lead < 0x80)
		return 1;
	if (lead >= 0xe0 && lead <= 0xef)
		return 3;
	if (lead >= 0xc2 && lead <= 0xdf)
		return 2;
	if (lead >= 0xf0 && lead <= 0xf4)
		return 4;
	return 0;
}

/* The second byte carries all that is special: overlong forms (e0, f0),
 * surrogates (ed), the end of Unicode (f4). */
static bool
second_fits(uint8_t lead, uint8_t second)
{
	if (second < 0x80 || second > 0xbf)
		return false;
	switch (lead) {
	case 0xe0:
		return second >= 0xa0;
	case 0xed:
		return second <= 0x9f;
	case 0xf0:
		return second >= 0x90;
	case 0xf4:
		return second <= 0x8f;
	default:
		return true;
	}
}

/* Length of the character at p; 0: more bytes are needed; negative: that many
 * bytes are no character. */
static int
utf8_character(const uint8_t *p, size_t len)
{
	int n = lead_length(p[0]);

	if (n == 0)
		return -1;
	for (int i = 1; i < n; i++) {
		if ((size_t)i == len)
			return 0;
		if (i == 1 ? !second_fits(p[0], p[1]) : (p[i] & 0xc0) != 0x80)
			return -(i + 1);
	}
	return n;
}

static bool
begins_private_use(const uint8_t *p)
{
	return p[0] == 0xee || (p[0] == 0xef && p[1] < 0xa4)
	    || (p[0] == 0xf3 && p[1] >= 0xb0) || p[0] == 0xf4;
}

/* One character, with care; false: it does not go on. */
static bool
utf8_step(const uint8_t *p, size_t len, struct scan *s)
{
	int n = utf8_character(p, len);

	if (n <= 0) {
		s->cut = n == 0;
		s->bad = (size_t)-n;
		s->nul = p[0] == 0;
		return false;
	}
	s->wide += n > 1;
	s->text = s->used;
	if (n > 2 && begins_private_use(p))
		scan_private_use(s);
	s->used += (size_t)n;
	return true;
}

struct scan
utf8_scan(const uint8_t *p, size_t len)
{
	struct scan s = { 0 };
	bool goes_on = true;

	while (goes_on && s.used < len) {
		size_t until;

		s.used += utf8_blocks(p + s.used, len - s.used, &s.wide);
		until = len - s.used > BLOCK_BYTES ? s.used + BLOCK_BYTES : len;
		while (goes_on && s.used < until)
			goes_on = utf8_step(p + s.used, len - s.used, &s);
	}
	s.text = s.used;
	return s;
}
