/* rooms: base decode parse */
#include "../support/decode_read.h"

#include "../../collector/decode/scan.h"

static const struct charset_case cases[] = {
	{ ENCODING_EUC_JP, BYTES("a,\xc7\xaf\xb7\xee,~\\\r\n"),
	    "a,年月,~\\\r\n", NULL, "kanji between ASCII" },
	{ ENCODING_EUC_JP, BYTES("\x8e\xb1\x8e\xdd\x8e\xa1\x8e\xdf"), "ｱﾝ｡ﾟ",
	    NULL, "half-width katakana" },
	{ ENCODING_EUC_JP, BYTES("\x8f\xb0\xa1\x8f\xa2\xb7\xc7\xaf"), "丂～年",
	    NULL, "JIS X 0212" },
	{ ENCODING_EUC_JP, BYTES("\xad\xa1\xad\xea\xa1\xc1\xa1\xdd\xa1\xc2"),
	    "①㈱～－∥", NULL, "where other tables differ" },
	{ ENCODING_EUC_JP, BYTES("1\n\xa9\xa1"), "1\n",
	    "line 2, byte offset 2: 'a9 a1' is not EUC-JP. HINT: declare "
	    "\"encoding\": \"auto\"",
	    "row 9 is empty" },
	{ ENCODING_EUC_JP, BYTES("1\xf5\xa1"), "1", "'f5 a1' is not",
	    "private use has no row" },
	{ ENCODING_EUC_JP, BYTES("1\x8e\xe0"), "1", "'8e e0' is not",
	    "past half-width katakana" },
	{ ENCODING_EUC_JP, BYTES("1\x8f\xb0,"), "1", "'8f b0 2c' is not",
	    "JIS X 0212, one byte short" },
	{ ENCODING_EUC_JP, BYTES("1\x8f\xa1\xa1"), "1", "'8f a1 a1' is not",
	    "JIS X 0212 has no row 1" },
	{ ENCODING_EUC_JP, BYTES("1\x8f,,"), "1", "'8f 2c' is not",
	    "two bytes short" },
	{ ENCODING_EUC_JP, BYTES("\xc7,\xaf"), "", "offset 0: 'c7 2c' is not",
	    "half a character" },
	{ ENCODING_EUC_JP, BYTES("\xc7\xff"), "", "'c7 ff' is not", "ff" },
	{ ENCODING_EUC_JP, BYTES("1\x80"), "1", "'80' is not", "80" },
	{ ENCODING_EUC_JP, BYTES("1\xa0\xa1"), "1", "'a0' is not", "a0" },
	{ ENCODING_EUC_JP, BYTES("1\xff"), "1", "'ff' is not", "ff alone" },
	{ ENCODING_EUC_JP, BYTES("\x94N"), "", "'94' is not", "CP932" },
	{ ENCODING_EUC_JP, BYTES("\xc7\xaf\n\xc7"), "年\n",
	    "line 2, byte offset 3: the body ends inside a character ('c7' of "
	    "EUC-JP); it was probably cut short",
	    "cut" },
	{ ENCODING_EUC_JP, BYTES("\xc7\xaf\n\x8f\xb0"), "年\n",
	    "line 2, byte offset 3: the body ends inside a character ('8f b0'",
	    "cut in three bytes" },
	{ ENCODING_EUC_JP, BYTES("1\n\n\xc7\xaf\0a"), "1\n\n年",
	    "line 3, byte offset 5: a NUL byte (00), which no EUC-JP text",
	    "NUL" },
	{ ENCODING_EUC_JP,
	    BYTES("\xef\xbb\xbf"
		  "1"),
	    "", "begins as UTF-8 (byte order mark)", "UTF-8" },
};

Test(euc_jp, text_and_errors_are_the_same_however_cut)
{
	charset_try_all_cuts(cases, ARRAY_LEN(cases));
}

static bool
is_half(unsigned c)
{
	return c >= 0xa1 && c <= 0xfe;
}

/* What the pair stands for in the standard's words; 0: it is refused. */
static uint16_t
wanted(const struct cp932_table *table, unsigned lead, unsigned trail)
{
	if (lead == 0x8e)
		return trail >= 0xa1 && trail <= 0xdf
		    ? (uint16_t)(0xff61 + trail - 0xa1)
		    : 0;
	if (!is_half(lead) || !is_half(trail))
		return 0;
	return jis0208_unit(table, lead - 0xa1, trail - 0xa1);
}

Test(euc_jp, every_pair_is_that_of_cp932)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct cp932_table *table = arena_alloc(&mem, sizeof(*table));
	struct jis0212_table *other = arena_alloc(&mem, sizeof(*other));
	size_t n = 0;

	cp932_table_build(table);
	for (unsigned code = 0x8000; code <= 0xffff; code++) {
		uint16_t unit = wanted(table, code >> 8, code & 0xff);
		uint8_t in[2] = { (uint8_t)(code >> 8), (uint8_t)code };
		char text[2 * TEXT_GROWTH];
		struct scan got = euc_jp_scan(table, other, in, 2, text);

		cr_assert((unit != 0) == (got.used == 2), "%04x", code);
		cr_assert(unit == 0 || is_unit(text, got.text, unit), "%04x",
		    code);
		n += unit != 0;
	}
	cr_expect_eq(n, 7336 + 63, "got %zu", n);
}

/* Three bytes of every value: those of the other table, and no others. */
Test(euc_jp, every_supplement_is_that_of_jis0212)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct cp932_table *table = arena_alloc(&mem, sizeof(*table));
	struct jis0212_table *other = arena_alloc(&mem, sizeof(*other));
	size_t n = 0;

	jis0212_table_build(other);
	for (unsigned code = 0; code <= 0xffff; code++) {
		unsigned row = (code >> 8) - 0xa1, cell = (code & 0xff) - 0xa1;
		uint8_t in[3] = { 0x8f, (uint8_t)(code >> 8), (uint8_t)code };
		char text[3 * TEXT_GROWTH];
		struct scan got = euc_jp_scan(table, other, in, 3, text);
		uint16_t unit =
		    row < 94 && cell < 94 ? jis0212_unit(other, row, cell) : 0;

		cr_assert((unit != 0) == (got.used == 3), "%04x", code);
		cr_assert(unit == 0 || is_unit(text, got.text, unit), "%04x",
		    code);
		n += unit != 0;
	}
	cr_expect_eq(n, 6067, "got %zu", n);
}
