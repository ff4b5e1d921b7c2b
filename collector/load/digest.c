/* Two lanes of multiply-and-shift mixing, 64 bits each. */
#include <stdio.h>
#include <string.h>

#include "digest.h"

/* The finalizer of splitmix64: every bit in moves about half of those out. */
static uint64_t
mix(uint64_t x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return x ^ x >> 31;
}

struct digest
digest_number(struct digest d, uint64_t n)
{
	return (struct digest){ mix((d.a ^ n) + 0x9e3779b97f4a7c15),
		mix(d.b + n * 0xd6e8feb86659fd93 + 0x2545f4914f6cdd1d) };
}

static struct digest
take_bytes(struct digest d, const char *p, size_t len)
{
	const size_t all = len;

	for (; len > 8; p += 8, len -= 8) {
		uint64_t word;

		memcpy(&word, p, 8);
		d = digest_number(d, word);
	}
	uint64_t last = 0;

	memcpy(&last, p, len);
	return digest_number(digest_number(d, last), all);
}

/* -007.50 as -7.5: leading zeros and those at the end of a fraction say
 * nothing. */
static struct slice
plain_number(struct slice v, bool *minus)
{
	*minus = v.len > 0 && v.ptr[0] == '-';
	v.ptr += *minus;
	v.len -= *minus;
	while (v.len > 1 && v.ptr[0] == '0' && v.ptr[1] != '.')
		v.ptr++, v.len--;
	if (memchr(v.ptr, '.', v.len) != NULL) {
		while (v.ptr[v.len - 1] == '0')
			v.len--;
		if (v.ptr[v.len - 1] == '.')
			v.len--;
	}
	if (v.len == 1 && v.ptr[0] == '0')
		*minus = false;
	return v;
}

struct digest
digest_statement(int32_t period, char status, struct slice value)
{
	struct digest d = { 0x2545f4914f6cdd1d, 0x5851f42d4c957f2d };
	bool minus = false;

	if (value.len > 0)
		value = plain_number(value, &minus);
	d = digest_number(d,
	    (uint64_t)(uint32_t)period << 16
		| (uint64_t)(unsigned char)status << 8 | (uint64_t)minus);
	return value.len > 0 ? take_bytes(d, value.ptr, value.len) : d;
}

struct digest
digest_text(struct digest d, const char *text)
{
	return take_bytes(d, text, strlen(text));
}

struct digest
digest_join(struct digest d, struct digest next)
{
	return digest_number(digest_number(d, next.a), next.b);
}

void
digest_add(struct digest *sum, struct digest d)
{
	sum->a += d.a;
	sum->b += d.b;
}

void
digest_bytes(struct digest d, unsigned char out[DIGEST_BYTES])
{
	for (int i = 0; i < 8; i++) {
		out[i] = (unsigned char)(d.a >> (56 - 8 * i));
		out[8 + i] = (unsigned char)(d.b >> (56 - 8 * i));
	}
}

void
digest_format(struct digest d, char out[DIGEST_TEXT_MAX])
{
	(void)snprintf(out, DIGEST_TEXT_MAX, "%08x-%04x-%04x-%04x-%012llx",
	    (unsigned)(d.a >> 32), (unsigned)(d.a >> 16 & 0xffff),
	    (unsigned)(d.a & 0xffff), (unsigned)(d.b >> 48),
	    (unsigned long long)(d.b & 0xffffffffffff));
}
