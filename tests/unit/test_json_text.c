/* rooms: base */
#include <criterion/criterion.h>
#include <string.h>

#include "kpid/json_text.h"

Test(json_text, strings)
{
	static const struct {
		const char *text, *json, *why;
	} rows[] = {
		{ "", "\"\"", "empty" },
		{ "令和6年9月末", "\"令和6年9月末\"", "UTF-8 stays" },
		{ "a\"b\\c", "\"a\\\"b\\\\c\"", "quote and backslash" },
		{ "a\nb\tc\r", "\"a\\nb\\tc\\r\"", "line breaks and tabs" },
		{ "\x01", "\"\\u0001\"", "other control characters" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct buf b;

		buf_init(&b, 1000);
		cr_assert(json_put_text(&b, slice_of(rows[i].text)));
		cr_expect(slice_is(buf_slice(&b), rows[i].json),
		    "row %zu (%s): %.*s", i, rows[i].why, (int)b.len, b.ptr);
		buf_release(&b);
	}
}

Test(json_text, commas_come_by_themselves)
{
	struct buf b;

	buf_init(&b, 1000);
	cr_assert(buf_puts(&b, "{") && json_put_key(&b, "a")
	    && buf_puts(&b, "72.70") && json_put_key(&b, "b")
	    && buf_puts(&b, "[") && json_put_comma(&b) && buf_puts(&b, "1")
	    && json_put_comma(&b) && buf_puts(&b, "2]}"));
	cr_expect(slice_is(buf_slice(&b), "{\"a\":72.70,\"b\":[1,2]}"), "%.*s",
	    (int)b.len, b.ptr);
	buf_release(&b);
}

Test(json_text, a_full_buffer_is_told)
{
	struct buf b;

	buf_init(&b, 4);
	cr_expect_not(json_put_text(&b, slice_of("too long")));
	buf_release(&b);
}
