/*
 * What stands behind a body that has one file with its description:
 *
 *   body | description (JSON) | "kpid 1 " LENGTH " " SUM "\n"
 *
 * LENGTH is that of the description in bytes (eight hexadecimal digits), SUM
 * its SHA-256 (64 of them). The description tells length and SHA-256 of the
 * body, so that every byte is under a sum and a file of any other length is
 * found.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "spool_int.h"

#define MARK       "kpid 1 "
#define MARK_LEN   (sizeof(MARK) - 1)
#define DIGITS_LEN 8

static_assert(SPOOL_FOOTER_LEN
	== MARK_LEN + DIGITS_LEN + 1 + 2 * SHA256_LEN + 1,
    "the length of the last line");

static void
footer_of(struct slice description, char out[SPOOL_FOOTER_LEN + 1])
{
	char hex[2 * SHA256_LEN + 1];
	uint8_t sum[SHA256_LEN];

	sha256_of(description.ptr, description.len, sum);
	hex_encode(sum, sizeof(sum), hex);
	(void)snprintf(out, SPOOL_FOOTER_LEN + 1, MARK "%08x %s\n",
	    (unsigned)description.len, hex);
}

const char *
spool_trailer(const char *description, struct arena *mem)
{
	char footer[SPOOL_FOOTER_LEN + 1];

	footer_of(slice_of(description), footer);
	return arena_printf(mem, "%s%s", description, footer);
}

size_t
spool_trailer_len(struct slice tail)
{
	const char *footer;
	char digits[DIGITS_LEN + 1];

	if (tail.len < SPOOL_FOOTER_LEN)
		return 0;
	footer = tail.ptr + tail.len - SPOOL_FOOTER_LEN;
	if (memcmp(footer, MARK, MARK_LEN) != 0)
		return 0;
	memcpy(digits, footer + MARK_LEN, DIGITS_LEN);
	digits[DIGITS_LEN] = '\0';
	if (strspn(digits, "0123456789abcdef") != DIGITS_LEN)
		return 0;
	return SPOOL_FOOTER_LEN + strtoul(digits, NULL, 16);
}

bool
spool_trailer_take(struct slice tail, struct slice *description)
{
	char footer[SPOOL_FOOTER_LEN + 1];
	const size_t len = spool_trailer_len(tail);
	struct slice said;

	if (len == 0 || len > tail.len)
		return false;
	said =
	    (struct slice){ tail.ptr + tail.len - len, len - SPOOL_FOOTER_LEN };
	footer_of(said, footer);
	if (memcmp(said.ptr + said.len, footer, SPOOL_FOOTER_LEN) != 0)
		return false;
	*description = said;
	return true;
}
