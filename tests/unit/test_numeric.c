/* rooms: base load */
/* What COPY BINARY sends for a number, against numeric_recv's own reading. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../../collector/load/numeric.h"

static int
int16_at(const unsigned char *p)
{
	return (int)(int16_t)((uint16_t)p[0] << 8 | p[1]);
}

/* Reads the wire form as PostgreSQL documents it, back to text. */
static void
read_back(const unsigned char *wire, size_t len, char *out, size_t room)
{
	int n = int16_at(wire), weight = int16_at(wire + 2);
	int sign = int16_at(wire + 4), scale = int16_at(wire + 6);
	char fraction[2048] = "", whole[2048] = "";

	cr_assert_eq(len, 8 + 2 * (size_t)n);
	for (int g = weight > 0 ? weight : 0; g >= 0; g--) {
		int at = weight - g;

		(void)snprintf(whole + strlen(whole), 8, "%04d",
		    at >= 0 && at < n ? int16_at(wire + 8 + 2 * at) : 0);
	}
	for (int g = -1; - g <= (scale + 3) / 4; g--) {
		int at = weight - g;

		(void)snprintf(fraction + strlen(fraction), 8, "%04d",
		    at >= 0 && at < n ? int16_at(wire + 8 + 2 * at) : 0);
	}
	fraction[scale] = '\0';
	const char *digits = whole + strspn(whole, "0");

	(void)snprintf(out, room, "%s%s%s%s", sign == 0x4000 ? "-" : "",
	    *digits != '\0' ? digits : "0", scale > 0 ? "." : "", fraction);
}

Test(numeric, round_trip)
{
	static const struct {
		const char *text, *why;
	} rows[] = {
		{ "0", "zero has no digits" },
		{ "0.00", "the scale of a zero is kept" },
		{ "1", "one" },
		{ "72.70", "a trailing zero is a decimal that came" },
		{ "-0.0001", "below one ten-thousandth" },
		{ "0.00001", "the first group after the point is empty" },
		{ "10000", "one group and an empty one" },
		{ "100000000", "trailing empty groups are not sent" },
		{ "9999", "a whole group" },
		{ "99999", "one digit over a group" },
		{ "123456789.123456789012345", "more than a double carries" },
		{ "-361249", "negative" },
		{ "12345678901234567890", "more than 64 bits" },
		{ "0.5", "no whole part" },
		{ "100.001", "zeros around the point" },
		{ "40000.0004", "an empty group on both sides" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		unsigned char wire[NUMERIC_MAX];
		char text[4096];
		size_t len = numeric_put(slice_of(rows[i].text), wire);

		read_back(wire, len, text, sizeof(text));
		cr_expect_str_eq(text, rows[i].text, "row %zu (%s): %s", i,
		    rows[i].why, text);
	}
}

/* What normalise hands on: no needless zeros, up to 30 digits on each side. */
static void
random_decimal(uint64_t *state, char out[80])
{
	size_t n = 0, whole, behind;

	*state = *state * 6364136223846793005U + 1442695040888963407U;
	whole = *state >> 40 & 0x1F;
	behind = *state >> 50 & 0x1F;
	if (*state >> 60 & 1)
		out[n++] = '-';
	out[n++] = (char)('1' + (*state >> 33) % 9);
	for (size_t i = 0; i < whole + behind; i++) {
		*state = *state * 6364136223846793005U + 1442695040888963407U;
		if (i == whole)
			out[n++] = '.';
		/* Zeros are frequent, so that whole groups of them are. */
		out[n++] = (char)('0'
		    + ((*state >> 62) > 0 ? 0 : (*state >> 33) % 10));
	}
	out[n] = '\0';
}

Test(numeric, random_decimals_come_back)
{
	uint64_t state = 2000;

	for (int i = 0; i < 20000; i++) {
		unsigned char wire[NUMERIC_MAX];
		char text[80], back[4096];

		random_decimal(&state, text);
		read_back(wire, numeric_put(slice_of(text), wire), back,
		    sizeof(back));
		cr_assert_str_eq(back, text, "%s came back as %s", text, back);
	}
}

/* PostgreSQL refuses leading or trailing empty groups only in some places;
 * what it would send itself has none. */
Test(numeric, has_no_empty_groups_at_the_ends)
{
	static const char *const texts[] = { "10000", "0.0001", "100000000.0",
		"-0.00000001", "5000000000000" };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		unsigned char wire[NUMERIC_MAX];
		size_t len = numeric_put(slice_of(texts[i]), wire);

		cr_expect(int16_at(wire + 8) != 0,
		    "%s begins with an empty "
		    "group",
		    texts[i]);
		cr_expect(int16_at(wire + len - 2) != 0,
		    "%s ends with an "
		    "empty group",
		    texts[i]);
	}
}

Test(numeric, the_longest_number_fits)
{
	char text[LIMIT_NUMBER_DIGITS + 2];
	unsigned char wire[NUMERIC_MAX];

	memset(text, '9', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	text[500] = '.';
	cr_expect(numeric_put(slice_of(text), wire) <= NUMERIC_MAX);
}

Test(numeric, integers_are_big_endian)
{
	unsigned char out[4];

	cr_expect_eq(int32_put(-2, out), 4);
	cr_expect_eq(memcmp(out, "\xff\xff\xff\xfe", 4), 0);
	cr_expect_eq(int16_put(258, out), 2);
	cr_expect_eq(memcmp(out, "\x01\x02", 2), 0);
}
