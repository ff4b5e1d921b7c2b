/* rooms: base decode parse */
#include "../support/decode_read.h"

#include <stdio.h>
#include <unistd.h>

#include "kpid/place.h"

static const struct charset_case cases[] = {
	{ ENCODING_UTF8, BYTES("a,年\r\n1,😀\n"), "a,年\r\n1,😀\n", NULL,
	    "two, three and four bytes" },
	{ ENCODING_UTF8, BYTES(""), "", NULL, "nothing" },
	{ ENCODING_UTF8,
	    BYTES("\xef\xbb\xbf"
		  "a"),
	    "a", NULL, "BOM" },
	{ ENCODING_UTF8, BYTES("\xef\xbb\xbf"), "", NULL, "only a BOM" },
	{ ENCODING_UTF8,
	    BYTES("ab\xef\xbb\xbf"
		  "c"),
	    "ab\xef\xbb\xbf"
	    "c",
	    NULL, "U+FEFF later on is a character" },
	{ ENCODING_UTF8,
	    BYTES("\xc2\x80\u07ff\u0800\ud7ff\uffff\U00010000"
		  "\U0010ffff"),
	    "\xc2\x80\u07ff\u0800\ud7ff\uffff\U00010000\U0010ffff", NULL,
	    "the borders" },
	{ ENCODING_UTF8, BYTES("12345678\n12\xe5\xb9,"), "12345678\n12",
	    "line 2, byte offset 11: 'e5 b9 2c' is not UTF-8. HINT: declare "
	    "\"encoding\": \"cp932\"",
	    "not a third byte" },
	{ ENCODING_UTF8, BYTES("\x94N\x8c\x8e"), "",
	    "line 1, byte offset 0: '94' is not UTF-8", "CP932" },
	{ ENCODING_UTF8, BYTES("a\xc0\x80"), "a", "offset 1: 'c0' is not",
	    "NUL in two bytes" },
	{ ENCODING_UTF8, BYTES("a\xc1\xbf"), "a", "'c1'", "overlong, 2" },
	{ ENCODING_UTF8, BYTES("a\xe0\x9f\xbf"), "a", "'e0 9f'",
	    "overlong, 3" },
	{ ENCODING_UTF8, BYTES("a\xf0\x8f\xbf\xbf"), "a", "'f0 8f'",
	    "overlong, 4" },
	{ ENCODING_UTF8, BYTES("a\xed\xa0\x80"), "a", "'ed a0'",
	    "a surrogate" },
	{ ENCODING_UTF8, BYTES("a\xf4\x90\x80\x80"), "a", "'f4 90'",
	    "past U+10FFFF" },
	{ ENCODING_UTF8, BYTES("a\xf5\x80\x80\x80"), "a", "'f5'",
	    "far past it" },
	{ ENCODING_UTF8, BYTES("a\x80"), "a", "'80'", "a lone second byte" },
	{ ENCODING_UTF8, BYTES("1\r2\r\n3\n\xe5\xb9"), "1\r2\r\n3\n",
	    "line 4, byte offset 7: the body ends inside a character ('e5 b9' "
	    "of UTF-8); it was probably cut short",
	    "cut short" },
	{ ENCODING_UTF8, BYTES("abcdefg\0h"), "abcdefg",
	    "line 1, byte offset 7: a NUL byte (00), which no UTF-8 text holds",
	    "NUL" },
	{ ENCODING_UTF8,
	    BYTES("\xff\xfe"
		  "a\0"),
	    "",
	    "line 1, byte offset 0: the body begins as UTF-16 (little-endian "
	    "byte order mark) does, and is read as UTF-8. HINT: declare "
	    "\"encoding\": \"utf-16\"",
	    "UTF-16, little-endian" },
	{ ENCODING_UTF8, BYTES("\xfe\xff\x5e\x74"), "", "begins as UTF-16",
	    "UTF-16, big-endian" },
	{ ENCODING_UTF8, BYTES("\xff\xfe"), "", "begins as UTF-16",
	    "only a mark" },
	{ ENCODING_UTF8, BYTES("a\0b\0,\0"), "",
	    "begins as UTF-16 without a byte order mark does, and is read as "
	    "UTF-8. HINT: declare \"encoding\": \"utf-16le\"",
	    "UTF-16 without a mark" },
	{ ENCODING_CP932, BYTES("\0a\0b"), "", "\"utf-16be\"",
	    "big-endian, declared as CP932" },
	{ ENCODING_UTF8,
	    BYTES("\xff"
		  "abc"),
	    "", "offset 0: 'ff' is not", "half a mark is no mark" },
	{ ENCODING_CP932, BYTES("\x94N,\xb1\\~\r\n\x87\x40"), "年,ｱ\\~\r\n①",
	    NULL, "a yen sign's place is a backslash" },
	{ ENCODING_CP932,
	    BYTES("\xef\xbb\xbf"
		  "a"),
	    "",
	    "begins as UTF-8 "
	    "(byte order mark) does, and is read as CP932. HINT: declare "
	    "\"encoding\": \"utf-8\"",
	    "UTF-8 declared as CP932" },
	{ ENCODING_CP932, BYTES("12\n34\n5\x81 6"), "12\n34\n5",
	    "line 3, byte offset 7: '81 20' is not CP932. HINT: declare "
	    "\"encoding\": \"utf-8\"",
	    "an impossible second byte" },
	{ ENCODING_CP932, BYTES("a\x81\x7f"), "a", "'81 7f'", "DEL" },
	{ ENCODING_CP932, BYTES("abcd\x80"), "abcd", "'80' is not", "80" },
	{ ENCODING_CP932, BYTES("abcd\xa0"), "abcd", "'a0' is not", "A0" },
	{ ENCODING_CP932, BYTES("abcd\xfd"), "abcd", "'fd' is not", "FD" },
	{ ENCODING_CP932, BYTES("abcd\x85\x40"), "abcd", "'85 40' is not",
	    "an empty row of the table" },
	{ ENCODING_CP932, BYTES("\x94N\n\x8c"), "年\n",
	    "line 2, byte offset "
	    "3: the body ends inside a character ('8c' of CP932)",
	    "cut short" },
	{ ENCODING_CP932, BYTES("\x94N\0abcdefg"), "年", "a NUL byte", "NUL" },
};

Test(charset, text_and_errors_are_the_same_however_cut)
{
	charset_try_all_cuts(cases, ARRAY_LEN(cases));
}

/* Writes a code point as UTF-8 would, whether it is one or not. */
static size_t
put_code_point(uint32_t c, char out[4])
{
	size_t n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;

	for (size_t i = n; i > 1; i--, c >>= 6)
		out[i - 1] = (char)(0x80 | (c & 0x3f));
	out[0] = (char)(n == 1 ? c : (0xf00U >> n & 0xff) | c);
	return n;
}

/* Two code points of 61, and all about the borders of what is allowed. */
Test(charset, utf8_agrees_with_the_definition)
{
	for (uint32_t c = 1; c <= 0x110400; c++) {
		bool good = c <= 0x10ffff && (c < 0xd800 || c > 0xdfff);
		struct decoded d;
		char in[4];
		size_t n;

		if (c % 61 > 1 && c < 0x10ff00 && (c & 0x7f0) != 0)
			continue;
		n = put_code_point(c, in);
		decoded_init(&d);
		decode_read(ENCODING_UTF8, (struct slice){ in, n }, n, 1, &d);
		cr_assert(good == (d.err.msg[0] == '\0'), "U+%04X: got '%s'", c,
		    d.err.msg);
		cr_assert(!good || c == 0xfeff
			|| slice_eq(buf_slice(&d.text),
			    (struct slice){ in, n }),
		    "U+%04X: came out as something else", c);
		decoded_release(&d);
	}
}

Test(charset, private_use_is_counted_with_its_first_line)
{
	static const struct {
		enum encoding encoding;
		struct slice in;
		uint64_t n;
		uint32_t line;
	} table[] = {
		{ ENCODING_UTF8, BYTES("年\n\ufa0e\uffff"), 0, 0 },
		{ ENCODING_UTF8, BYTES("年\r\n\n\ue000\n\uf8ff"), 2, 3 },
		{ ENCODING_UTF8, BYTES("1\n\U000f0000\U0010fffd"), 2, 2 },
		{ ENCODING_CP932, BYTES("a\n\xf0\x40\n\xf9\xfc"), 2, 2 },
		{ ENCODING_CP932, BYTES("a\n\xfa\x40\xed\x40"), 0, 0 },
		{ ENCODING_UTF16, BYTES("\xfe\xff\x0a\x0d\0\n\xe7\x57"), 1, 2 },
		{ ENCODING_UTF16LE, BYTES("\n\0\r\0\n\0\x80\xdb\x00\xdc"), 1,
		    3 },
		{ ENCODING_EUC_JP, BYTES("\n\xf4\xa6\xfc\xfe"), 0, 0 },
		{ ENCODING_ISO_2022_JP, BYTES("\n\x1b$B\x74\x26\x7c\x7e"), 0,
		    0 },
	};

	for (size_t i = 0; i < 2 * ARRAY_LEN(table); i++) {
		CLEANUP(decoded_release) struct decoded d;

		decoded_init(&d);
		decode_read(table[i / 2].encoding, table[i / 2].in, 1,
		    i % 2 > 0 ? 1 : 99, &d);
		cr_expect(d.private_use == table[i / 2].n
			&& d.private_line == table[i / 2].line,
		    "row %zu: got %lu in line %u", i / 2,
		    (unsigned long)d.private_use, d.private_line);
	}
}

static bool
is_same_memory(void *ctx, struct slice utf8, struct kpid_err *err)
{
	const struct slice *in = ctx;

	(void)err;
	cr_expect(utf8.len <= 4
	    || (utf8.ptr >= in->ptr
		&& utf8.ptr + utf8.len <= in->ptr + in->len));
	return true;
}

Test(charset, utf8_is_passed_on_without_a_copy)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct slice in = slice_of("年月,数\n2024-04,1,234\n");
	const struct text_sink sink = { &in, is_same_memory };
	struct kpid_err err = { 0 };

	cr_expect(decoder_push(decoder_new(ENCODING_UTF8, &mem), in, true,
	    &sink, &err));
}

static bool
refuse_text(void *ctx, struct slice utf8, struct kpid_err *err)
{
	(void)ctx, (void)utf8;
	return err_set(err, KPID_EPARSE, "enough");
}

Test(charset, the_error_of_the_sink_stops_the_decoder)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct text_sink sink = { NULL, refuse_text };
	struct kpid_err err = { 0 };

	cr_expect(!decoder_push(decoder_new(ENCODING_CP932, &mem),
	    slice_of("abcdef\xff"), true, &sink, &err));
	cr_expect_str_eq(err.msg, "enough");
}

/* Sixty bytes: line ends behind a few more fall on either side of 64. */
#define LONG_LINE "012345678901234567890123456789012345678901234567890123456789"

Test(charset, places_count_every_kind_of_line_end)
{
	static const struct {
		const char *text;
		uint32_t line, column;
	} table[] = {
		{ "", 1, 1 },
		{ "abc", 1, 4 },
		{ "a\n", 2, 1 },
		{ "a\r\nb", 2, 2 },
		{ "a\rb\r\rcd", 4, 3 },
		{ "\n\r", 3, 1 },
		{ "0123456789\r\n0123456789\n\n01234567890123456", 4, 18 },
		{ "1234567\r\n234567\r\r\n3", 4, 2 },
		{ LONG_LINE "123\r\n" LONG_LINE "\n\n" LONG_LINE "12", 4, 63 },
		{ LONG_LINE "123\n\r" LONG_LINE "\r", 4, 1 },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		size_t len = strlen(table[i].text);

		for (size_t cut = 0; cut <= len; cut++) {
			struct place at = place_first();

			place_advance(&at,
			    (struct slice){ table[i].text, cut });
			place_advance(&at, slice_of(table[i].text + cut));
			cr_expect(at.line == table[i].line
				&& place_column(&at) == table[i].column
				&& at.offset == len,
			    "row %zu cut at %zu: got %u.%u", i, cut, at.line,
			    place_column(&at));
		}
	}
}
