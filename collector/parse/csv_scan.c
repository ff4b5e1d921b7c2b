#include <endian.h>
#include <string.h>

#include "csv_scan.h"
#include "kpid/place.h"

#define EVERY_BYTE 0x0101010101010101ULL
#define HIGH_BITS  0x8080808080808080ULL

struct csv_marks
csv_marks_of(char delimiter)
{
	return (struct csv_marks){
		.delimiter = delimiter,
		.delimiters = (uint8_t)delimiter * EVERY_BYTE,
	};
}

bool
csv_is_mark(const struct csv_marks *marks, char c)
{
	return c == marks->delimiter || c == '\n' || c == '\r';
}

/* The high bit of each zero byte. Above the lowest zero byte others may be
 * set as well; the lowest set bit is always right. */
static uint64_t
zero_bytes(uint64_t word)
{
	return (word - EVERY_BYTE) & ~word & HIGH_BITS;
}

const char *
csv_plain_end(const struct csv_marks *marks, const char *at, const char *end)
{
	while (end - at >= 8) {
		uint64_t word, found;

		memcpy(&word, at, sizeof(word));
		word = le64toh(word); /* the first byte is the lowest */
		found = zero_bytes(word ^ marks->delimiters)
		    | zero_bytes(word ^ '\n' * EVERY_BYTE)
		    | zero_bytes(word ^ '\r' * EVERY_BYTE);
		if (found != 0)
			return at + __builtin_ctzll(found) / 8;
		at += 8;
	}
	while (at < end && !csv_is_mark(marks, *at))
		at++;
	return at;
}

uint32_t
csv_lines(const char *at, const char *end, bool *cr)
{
	struct place place = { .cr = *cr };

	place_advance(&place, (struct slice){ at, (size_t)(end - at) });
	*cr = place.cr;
	return place.line;
}
