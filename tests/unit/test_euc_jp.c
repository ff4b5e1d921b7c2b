/* rooms: base decode */
#include <criterion/criterion.h>
#include <iconv.h>
#include <string.h>

#include "../../collector/decode/scan.h"
#include "kpid/arena.h"

static bool
is_clean(const struct cp932_table *table, const char *text, size_t len)
{
	struct euc_jp e = { 0 };

	euc_jp_push(&e, table, (const uint8_t *)text, len);
	return euc_jp_clean(&e);
}

/* What the C library reads as EUC-JP is never called something else. */
Test(euc_jp, every_character_of_the_library_is_one)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct cp932_table *table = arena_alloc(&mem, sizeof(*table));
	iconv_t cd = iconv_open("UTF-8", "EUC-JP");
	size_t n = 0;

	cr_assert(cd != (iconv_t)-1);
	cp932_table_build(table);
	for (int code = 0xa1a1; code <= 0xfefe; code++) {
		char text[2] = { (char)(code >> 8), (char)code };
		char *in = text, out[8], *to = out;
		size_t in_left = 2, out_left = sizeof(out);

		(void)iconv(cd, NULL, NULL, NULL, NULL);
		if (iconv(cd, &in, &in_left, &to, &out_left) != 0)
			continue;
		n++;
		cr_expect(is_clean(table, text, 2), "%04x", code);
	}
	(void)iconv_close(cd);
	cr_expect_eq(n, 6879, "JIS X 0208 has 6,879 characters: got %zu", n);
}

Test(euc_jp, other_bytes)
{
	static const struct {
		const char *in;
		bool clean;
		const char *why;
	} table[] = {
		{ "abc,1\r\n", true, "ASCII" },
		{ "\xc7\xaf\xb7\xee", true, "年月" },
		{ "\xad\xa1", true, "NEC row 13, as vendors write it" },
		{ "\xa9\xa1", false, "row 9 is empty" },
		{ "\x8e\xb1", true, "half-width kana" },
		{ "\x8e\xe0", false, "past half-width kana" },
		{ "\x8f\xb0\xa1", true, "JIS X 0212" },
		{ "\x8f\xb0,", false, "JIS X 0212, one byte short" },
		{ "\xc7", false, "cut" },
		{ "\x8f\xb0", false, "cut in three bytes" },
		{ "\xc7,", false, "half a character" },
		{ "\x94N", false, "CP932" },
		{ "\x80", false, "80" },
		{ "\xff", false, "ff" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct cp932_table *codes = arena_alloc(&mem, sizeof(*codes));

	cp932_table_build(codes);
	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		cr_expect(is_clean(codes, table[i].in, strlen(table[i].in))
			== table[i].clean,
		    "row %zu (%s)", i, table[i].why);
	cr_expect(!is_clean(codes, "\0", 1), "NUL");
}
