/* rooms: base decode parse */
#include "../support/decode_read.h"

#include "../../collector/decode/scan.h"

static const struct charset_case cases[] = {
	{ ENCODING_ISO_2022_JP, BYTES("a,\x1b$BG/7n\x1b(B,1\r\n"),
	    "a,年月,1\r\n", NULL, "kanji between ASCII" },
	{ ENCODING_ISO_2022_JP, BYTES("\x1b$@G/\x1b(J~\\{\x1b(B~\\"),
	    "年‾¥{~\\", NULL, "the set of 1978, and roman" },
	{ ENCODING_ISO_2022_JP, BYTES("\x1b(I1]!_\x1b(B1"), "ｱﾝ｡ﾟ1", NULL,
	    "half-width katakana" },
	{ ENCODING_ISO_2022_JP, BYTES("\x1b$B-!-j-u\x1b(B"), "①㈱√", NULL,
	    "row 13, which other tables do not have" },
	{ ENCODING_ISO_2022_JP, BYTES("\x1b$B!A!]!B"), "～－∥", NULL,
	    "ends in kanji, which the standard allows" },
	{ ENCODING_ISO_2022_JP, BYTES("\x1b(Ia"), "",
	    "line 1, byte offset 3: '61' is not ISO-2022-JP",
	    "past half-width katakana" },
	{ ENCODING_ISO_2022_JP, BYTES("1\n\x1b(I1\n"), "1\nｱ",
	    "line 2, byte offset 6: '0a' is not", "a line end is no katakana" },
	{ ENCODING_ISO_2022_JP, BYTES("1\n2\x1b$BG/\n\x1b(B"), "1\n2年",
	    "line 2, byte offset 8: '0a' is not ISO-2022-JP: a line ends in "
	    "the middle of kanji. HINT: declare \"encoding\": \"auto\"",
	    "a line end among kanji" },
	{ ENCODING_ISO_2022_JP, BYTES("\n\x1b$B)!"), "\n",
	    "line 2, byte offset 4: '29 21' is not", "row 9 is empty" },
	{ ENCODING_ISO_2022_JP, BYTES("\x1b$B\x75\x21"), "", "'75 21'",
	    "private use has no row" },
	{ ENCODING_ISO_2022_JP, BYTES("\x1b$BG\x1b(B"), "",
	    "offset 3: '47 1b' is not", "half a kanji before an escape" },
	{ ENCODING_ISO_2022_JP, BYTES("\x1b$BG/ "), "年", "offset 5: '20'",
	    "a blank among kanji" },
	{ ENCODING_ISO_2022_JP, BYTES("a\n\x1b$BG"), "a\n",
	    "line 2, byte offset 5: the body ends inside a character ('47' of "
	    "ISO-2022-JP); it was probably cut short",
	    "cut in a kanji" },
	{ ENCODING_ISO_2022_JP, BYTES("a\x1b"), "a",
	    "offset 1: the body ends inside a character ('1b'",
	    "cut in an escape" },
	{ ENCODING_ISO_2022_JP, BYTES("a\x1b$"), "a",
	    "offset 1: the body ends inside a character ('1b 24'",
	    "cut later in an escape" },
	{ ENCODING_ISO_2022_JP, BYTES("1\r2\x1b$(D"), "1\r2",
	    "line 2, byte offset 3: '1b 24 28' is not ISO-2022-JP: an escape "
	    "that it does not have",
	    "JIS X 0212 by escape" },
	{ ENCODING_ISO_2022_JP, BYTES("1\x1b[31m"), "1",
	    "offset 1: '1b 5b' is not", "an escape of terminals" },
	{ ENCODING_ISO_2022_JP, BYTES("1\x1b(A"), "1",
	    "offset 1: '1b 28 41' is not", "the British set" },
	{ ENCODING_ISO_2022_JP, BYTES("1\x1b$B\x1b(B2"), "1",
	    "offset 4: '1b 28 42' is not ISO-2022-JP: it follows another "
	    "escape, with nothing between them",
	    "an escape right behind another" },
	{ ENCODING_ISO_2022_JP,
	    BYTES("1\x0e"
		  "2"),
	    "1", "'0e'", "shift out" },
	{ ENCODING_ISO_2022_JP, BYTES("1\n\x80"), "1\n",
	    "line 2, byte offset 2: '80' is not", "80" },
	{ ENCODING_ISO_2022_JP, BYTES("\x94N"), "", "offset 0: '94' is not",
	    "CP932" },
	{ ENCODING_ISO_2022_JP, BYTES("abcde\0"), "abcde",
	    "line 1, byte offset 5: a NUL byte (00), which no ISO-2022-JP "
	    "text holds",
	    "NUL" },
	{ ENCODING_ISO_2022_JP, BYTES("\x1b$BG/\0a"), "年", "a NUL byte",
	    "NUL among kanji" },
	{ ENCODING_ISO_2022_JP,
	    BYTES("\xff\xfe"
		  "a\0"),
	    "", "begins as UTF-16", "UTF-16" },
};

Test(iso_2022_jp, text_and_errors_are_the_same_however_cut)
{
	charset_try_all_cuts(cases, ARRAY_LEN(cases));
}

/* Every pair, among them those that are none, beside the pair of CP932 that
 * the two standards put at the same row and cell. */
Test(iso_2022_jp, every_pair_is_that_of_cp932)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct cp932_table *table = arena_alloc(&mem, sizeof(*table));
	size_t n = 0;

	cp932_table_build(table);
	for (unsigned code = 0; code <= 0xffff; code++) {
		unsigned row = (code >> 8) - 0x21, cell = (code & 0xff) - 0x21;
		uint8_t in[5] = { 0x1b, '$', 'B', (uint8_t)(code >> 8),
			(uint8_t)code };
		struct jis_state state = { 0 };
		char text[5 * TEXT_GROWTH];
		struct scan got;
		uint16_t unit = 0;

		if (code >> 8 == 0x1b)
			continue;
		if (row < 94 && cell < 94)
			unit = jis0208_unit(table, row, cell);
		got = jis_scan(table, &state, in, sizeof(in), text);
		cr_assert((unit != 0) == (got.used == sizeof(in)), "%04x",
		    code);
		cr_assert(unit == 0 || is_unit(text, got.text, unit), "%04x",
		    code);
		n += unit != 0;
	}
	cr_expect_eq(n, 7336, "jis0208 has 7,336 in 94 rows: got %zu", n);
}
