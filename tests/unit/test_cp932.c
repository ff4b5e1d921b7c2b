/* rooms: base decode parse */
#include "../support/decode_read.h"

#include <iconv.h>

#include "../../collector/decode/scan.h"

/* What the C library makes of bytes; -1: refused. */
static ssize_t
library_decode(iconv_t cd, char *in, size_t len, char out[8])
{
	size_t out_left = 8;

	(void)iconv(cd, NULL, NULL, NULL, NULL);
	if (iconv(cd, &in, &len, &out, &out_left) != 0 || len != 0)
		return -1;
	return (ssize_t)(8 - out_left);
}

/* One and two bytes of every value, beside the C library's own reading. */
Test(cp932, agrees_with_the_library_for_every_code)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct cp932_table *table = arena_alloc(&mem, sizeof(*table));
	iconv_t cd = iconv_open("UTF-8", "CP932");
	size_t characters = 0;

	cr_assert(cd != (iconv_t)-1);
	cp932_table_build(table);
	for (int code = 1; code <= 0xffff; code++) {
		char in[2] = { (char)(code >> 8), (char)code }, theirs[8];
		char ours[2 * TEXT_GROWTH];
		char *from = code > 0xff ? in : in + 1;
		size_t len = code > 0xff ? 2 : 1;
		ssize_t want = library_decode(cd, from, len, theirs);
		struct scan s =
		    cp932_scan(table, (const uint8_t *)from, len, ours);
		bool good = s.used == len;

		if ((code & 0xff) == 0) /* NUL: the library takes it */
			want = -1;
		cr_assert(good == (want >= 0), "code %04x: ours %d", code,
		    good);
		cr_assert(!good
			|| (s.text == (size_t)want
			    && memcmp(ours, theirs, s.text) == 0),
		    "code %04x", code);
		characters += good && code >= 0x8100 && s.kana == 0;
	}
	(void)iconv_close(cd);
	cr_expect_eq(characters, 9604, "got %zu", characters);
}

/* What other tables of Shift_JIS get wrong. */
Test(cp932, characters_that_other_tables_change)
{
	static const struct {
		const char *in, *want, *why;
	} table[] = {
		{ "\x81\x60", "\uff5e", "full-width tilde, not wave dash" },
		{ "\x81\x7c", "\uff0d", "full-width minus" },
		{ "\x81\x61", "\u2225", "parallel to" },
		{ "\x87\x40\x87\x8a\x87\x75", "①㈱㎡", "NEC row 13" },
		{ "\xfa\xb1\xed\x95", "﨑﨑", "IBM and NEC-selected" },
		{ "\xfb\xfc", "髙", "髙, not 高" },
		{ "\x5c\x7e", "\\~", "backslash and tilde" },
		{ "\xb6\xde", "ｶﾞ", "half-width stays half-width" },
		{ "\x83\x5c\x95\x5c", "ソ表", "a second byte like backslash" },
		{ "\x83\xbf\x84\x40\x81\x7e", "αА×", "two bytes of UTF-8" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(decoded_release) struct decoded d;

		decoded_init(&d);
		decode_read(ENCODING_CP932, slice_of(table[i].in), 1, 1, &d);
		cr_expect(slice_is(buf_slice(&d.text), table[i].want),
		    "row %zu (%s): got '%.*s' %s", i, table[i].why,
		    (int)d.text.len, d.text.ptr, d.err.msg);
	}
}

/* Longer than what is decoded at once, with a character over each border. */
Test(cp932, long_bodies_are_decoded_in_steps)
{
	static const char line[] = "\x94N\x8c\x8e,1234567890123456,\xb1\n";
	static const char want[] = "年月,1234567890123456,ｱ\n";
	CLEANUP(buf_release) struct buf in;
	size_t lines = 50001;

	buf_init(&in, 64 << 20);
	cr_assert(buf_puts(&in, "x"));
	for (size_t i = 0; i < lines; i++)
		cr_assert(buf_puts(&in, line));
	for (size_t size = 100003; size < in.len * 2; size *= 4) {
		CLEANUP(decoded_release) struct decoded d;
		size_t n = sizeof(want) - 1, same = 0;

		decoded_init(&d);
		decode_read(ENCODING_CP932, buf_slice(&in), size, size, &d);
		cr_assert(d.text.len == 1 + lines * n, "%s", d.err.msg);
		for (size_t i = 0; i < lines; i++)
			same += memcmp(d.text.ptr + 1 + i * n, want, n) == 0;
		cr_expect_eq(same, lines);
	}
}
