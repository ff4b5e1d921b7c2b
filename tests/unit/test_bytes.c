/* rooms: base */
#include <criterion/criterion.h>
#include <string.h>

#include "kpid/bytes.h"

Test(bytes, trim_takes_ascii_blanks_and_ideographic_spaces)
{
	static const struct {
		const char *in, *out, *why;
	} table[] = {
		{ "", "", "nothing" },
		{ "  a b\t", "a b", "inner blanks stay" },
		{ "\u3000 令和6年 \u3000\r\n", "令和6年", "mixed" },
		{ "\u3000\u3000", "", "only blanks" },
		{ "\u00a0a", "\u00a0a", "no-break space is not a blank" },
		{ "。", "。", "shares its lead byte with U+3000" },
		{ "\x80\x80", "\x80\x80", "the tail of U+3000 alone" },
		{ "\v\fx\v", "x", "all of isspace" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct slice s = slice_trim(slice_of(table[i].in));

		cr_expect(slice_is(s, table[i].out),
		    "row %zu (%s): got '" SLICE_FMT "'", i, table[i].why,
		    slice_width(s), s.ptr);
	}
}

Test(bytes, slices_compare_by_length_and_bytes)
{
	struct slice null = slice_of(NULL);

	cr_expect_eq(null.len, 0);
	cr_expect(slice_is(null, ""));
	cr_expect(slice_eq(slice_of("ab"), (struct slice){ "abc", 2 }));
	cr_expect(!slice_eq(slice_of("ab"), slice_of("abc")));
	cr_expect(!slice_is(slice_of("ab"), "aB"));
}

Test(bytes, dup_ends_in_nul)
{
	CLEANUP(arena_release) struct arena mem = { 0 };

	cr_expect_str_eq(slice_dup((struct slice){ "abc", 2 }, &mem), "ab");
	cr_expect_str_eq(slice_dup(slice_of(NULL), &mem), "");
}

Test(bytes, buf_refuses_to_grow_past_its_maximum_and_keeps_what_it_has)
{
	CLEANUP(buf_release) struct buf b;

	buf_init(&b, 10);
	cr_expect(buf_puts(&b, "12345"));
	cr_expect(!buf_puts(&b, "678901"));
	cr_expect(slice_is(buf_slice(&b), "12345"));
	cr_expect(buf_printf(&b, "%d", 67890), "exactly the maximum fits");
	cr_expect(slice_is(buf_slice(&b), "1234567890"));
	cr_expect(!buf_printf(&b, "%d", 1));
	cr_expect(buf_put(&b, NULL, 0));
}

Test(bytes, buf_grows_over_many_puts)
{
	CLEANUP(buf_release) struct buf b;

	buf_init(&b, 1 << 20);
	for (int i = 0; i < 10000; i++)
		cr_assert(buf_printf(&b, "%05d\n", i));
	cr_expect_eq(b.len, 60000);
	cr_expect_arr_eq(b.ptr + 59994, "09999\n", 6);
	buf_clear(&b);
	cr_expect_eq(b.len, 0);
	cr_expect_not_null(b.ptr, "clear keeps the memory");
}

/* 256 is where the memory of the buffer ends exactly. */
Test(bytes, printf_that_fills_the_memory_to_the_last_byte)
{
	CLEANUP(buf_release) struct buf b;

	buf_init(&b, 256);
	cr_expect(buf_printf(&b, "%0200d", 1));
	cr_expect(buf_printf(&b, "%056d", 2));
	cr_expect_eq(b.len, 256);
	cr_expect_eq(b.ptr[255], '2');
	cr_expect(!buf_puts(&b, "x"));
}

Test(bytes, hex_goes_there_and_back)
{
	static const uint8_t bytes[] = { 0x00, 0x0f, 0xa5, 0xff };
	uint8_t back[4] = { 0 };
	char text[9];

	hex_encode(bytes, sizeof(bytes), text);
	cr_expect_str_eq(text, "000fa5ff");
	cr_expect(hex_decode("000FA5ff", back, 4));
	cr_expect_arr_eq(back, bytes, 4);
}

Test(bytes, hex_decode_refuses_and_leaves_the_output)
{
	static const char *const bad[] = { "", "0", "000fa5f", "000fa5ff0",
		"000fa5fg", " 00fa5ff", "0x0fa5ff" };

	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		uint8_t out[4] = { 1, 2, 3, 4 };

		cr_expect(!hex_decode(bad[i], out, 4), "'%s'", bad[i]);
		cr_expect_eq(out[0], 1, "'%s'", bad[i]);
	}
}
