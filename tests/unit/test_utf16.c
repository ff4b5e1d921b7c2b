/* rooms: base decode parse */
#include "../support/decode_read.h"

static const struct charset_case cases[] = {
	{ ENCODING_UTF16,
	    BYTES("\xff\xfe"
		  "a\0,\0\x74\x5e\n\0"),
	    "a,年\n", NULL, "little-endian by its mark" },
	{ ENCODING_UTF16, BYTES("\xfe\xff\0a\0,\x5e\x74\0\n"), "a,年\n", NULL,
	    "big-endian by its mark" },
	{ ENCODING_UTF16, BYTES("\xff\xfe"), "", NULL, "only a mark" },
	{ ENCODING_UTF16, BYTES(""), "", NULL, "nothing" },
	{ ENCODING_UTF16, BYTES("a\0b\0"), "",
	    "line 1, byte offset 0: the body has no byte order mark, by which "
	    "alone \"utf-16\" is read. HINT: declare \"encoding\": "
	    "\"utf-16le\"",
	    "no mark" },
	{ ENCODING_UTF16, BYTES("\xff"), "", "no byte order mark",
	    "half a mark" },
	{ ENCODING_UTF16,
	    BYTES("\xef\xbb\xbf"
		  "a"),
	    "",
	    "begins as UTF-8 (byte order mark) does, and is read as UTF-16. "
	    "HINT: declare \"encoding\": \"utf-8\"",
	    "a mark of UTF-8" },
	{ ENCODING_UTF16LE, BYTES("a\0\x74\x5e"), "a年", NULL,
	    "declared, no mark" },
	{ ENCODING_UTF16BE, BYTES("\0a\x5e\x74"), "a年", NULL,
	    "declared, no mark, big-endian" },
	{ ENCODING_UTF16LE,
	    BYTES("\xff\xfe"
		  "a\0"),
	    "a", NULL, "declared, its mark is taken off" },
	{ ENCODING_UTF16LE, BYTES("a\0\xff\xfe"), "a\ufeff", NULL,
	    "U+FEFF later on is a character" },
	{ ENCODING_UTF16LE, BYTES("\xfe\xff\0a"), "",
	    "begins as UTF-16 (big-endian byte order mark) does, and is read "
	    "as UTF-16LE. HINT: declare \"encoding\": \"utf-16\"",
	    "the other's mark" },
	{ ENCODING_UTF16BE, BYTES("\xd8\x3d\xde\x00\xff\xff"), "😀\uffff", NULL,
	    "a pair" },
	{ ENCODING_UTF16LE, BYTES("\x00\xd8\x00\xdc\xff\xdb\xff\xdf"),
	    "\U00010000\U0010ffff", NULL, "the borders of pairs" },
	{ ENCODING_UTF16LE, BYTES("\x7f\0\x80\0\xff\x07\x00\x08"),
	    "\x7f\xc2\x80\u07ff\u0800", NULL, "one, two and three bytes" },
	{ ENCODING_UTF16LE,
	    BYTES("1\0\n\0\x3d\xd8"
		  "2\0"),
	    "1\n",
	    "line 2, byte offset 4: '3d d8' is not UTF-16LE: the first half "
	    "of a pair without its second",
	    "a lone first half" },
	{ ENCODING_UTF16LE, BYTES("1\0\x3d\xd8\x3d\xd8\x00\xde"), "1",
	    "offset 2: '3d d8' is not", "two first halves" },
	{ ENCODING_UTF16BE, BYTES("\0\r\0\n\0\n\xde\x00\0a"), "\r\n\n",
	    "line 3, byte offset 6: 'de 00' is not UTF-16BE: the second half "
	    "of a pair without its first",
	    "a lone second half" },
	{ ENCODING_UTF16LE, BYTES("1\0\x3d\xd8"), "1",
	    "line 1, byte offset 2: the body ends inside a character ('3d d8' "
	    "of UTF-16LE); it was probably cut short",
	    "half a pair at the end" },
	{ ENCODING_UTF16LE,
	    BYTES("1\0\n\0"
		  "2"),
	    "1\n",
	    "line 2, byte offset 4: the body ends inside a character ('32' of "
	    "UTF-16LE)",
	    "an odd byte at the end" },
	{ ENCODING_UTF16LE, BYTES("1\0\x3d\xd8\x00"), "1",
	    "offset 2: the body ends inside a character ('3d d8 00'",
	    "three bytes of a pair" },
	{ ENCODING_UTF16LE,
	    BYTES("1\0\n\0\0\0"
		  "2\0"),
	    "1\n",
	    "line 2, byte offset 4: a NUL character (00 00), which no text "
	    "holds; the body is damaged, or is not UTF-16LE",
	    "NUL" },
	{ ENCODING_UTF16,
	    BYTES("\xff\xfe\0\0"
		  "a\0\0\0"),
	    "", "line 1, byte offset 2: a NUL character", "UTF-32" },
	{ ENCODING_UTF16LE, BYTES("\x0a\x30\x0d\x0a\x00\x0a\n\0\0\xdc"),
	    "\u300a\u0a0d\u0a00\n", "line 2, byte offset 8: '00 dc'",
	    "bytes of line ends inside characters" },
};

Test(utf16, text_and_errors_are_the_same_however_cut)
{
	charset_try_all_cuts(cases, ARRAY_LEN(cases));
}

/* Every code point there and back. */
Test(utf16, every_character)
{
	CLEANUP(decoded_release) struct decoded d;

	decoded_init(&d);
	for (uint32_t c = 1; c <= 0x10ffff; c++) {
		uint32_t over = c - 0x10000;
		uint32_t high = c < 0x10000 ? c : 0xd800 + (over >> 10);
		uint32_t low = 0xdc00 + (over & 0x3ff), back;
		char in[4] = { (char)(high >> 8), (char)high, (char)(low >> 8),
			(char)low };
		const uint8_t *p;

		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		if (c % 97 > 1 && c > 0x3000 && (c & 0x7f0) != 0)
			continue;
		if (c == 0xfffe || c == 0xfeff)
			continue;
		buf_clear(&d.text);
		decode_read(ENCODING_UTF16BE,
		    (struct slice){ in, c < 0x10000 ? 2 : 4 }, 4, 4, &d);
		cr_assert(d.err.msg[0] == '\0', "U+%04X: %s", c, d.err.msg);
		p = (const uint8_t *)d.text.ptr;
		back = d.text.len == 1 ? p[0]
		    : d.text.len == 2  ? (p[0] & 0x1fU) << 6 | (p[1] & 0x3fU)
		    : d.text.len == 3  ? (p[0] & 0x0fU) << 12
			| (p[1] & 0x3fU) << 6 | (p[2] & 0x3fU)
				      : (p[0] & 7U) << 18 | (p[1] & 0x3fU) << 12
			| (p[2] & 0x3fU) << 6 | (p[3] & 0x3fU);
		cr_assert(back == c, "U+%04X came out as U+%04X", c, back);
	}
}
