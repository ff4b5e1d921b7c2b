/*
 * Runs of ASCII, eight bytes at once.
 */
#ifndef KPID_DECODE_ASCII_H
#define KPID_DECODE_ASCII_H

#include <endian.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes of ASCII without NUL that p begins with, copied to out. Whole words
 * are copied: out has room for all of p, and what is beyond the last good byte
 * is overwritten by whoever writes next. */
static inline size_t
ascii_copy(const uint8_t *p, size_t len, char *out)
{
	const uint64_t every = 0x0101010101010101ULL;
	size_t n = 0;

	while (len - n >= 8) {
		uint64_t word, found;

		memcpy(&word, p + n, 8);
		memcpy(out + n, &word, 8);
		word = le64toh(word); /* the first byte is the lowest */
		/* A byte shows its high bit when it is beyond ASCII, and less
		 * one when it was NUL; the lowest that shows is right. */
		found = (word | (word - every)) & every << 7;
		if (found != 0)
			return n + (size_t)__builtin_ctzll(found) / 8;
		n += 8;
	}
	for (; n < len && p[n] != 0 && p[n] < 0x80; n++)
		out[n] = (char)p[n];
	return n;
}

#endif
