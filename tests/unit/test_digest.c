/* rooms: base load */
/* What two deliveries must say for their digests to be equal. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../../collector/load/digest.h"

static bool
same(struct digest x, struct digest y)
{
	return x.a == y.a && x.b == y.b;
}

static struct digest
said(int32_t period, char status, const char *value)
{
	return digest_statement(period, status, slice_of(value));
}

Test(digest, numbers_count_by_value)
{
	static const struct {
		const char *a, *b;
		bool same;
		const char *why;
	} table[] = {
		{ "1.5", "1.50", true, "a zero behind" },
		{ "1.5", "01.5", true, "a zero in front" },
		{ "1", "1.000", true, "a fraction of nothing" },
		{ "0", "-0.0", true, "nothing has no sign" },
		{ "0.5", "0.50", true, "less than one" },
		{ "100", "100.0", true, "whole zeros count" },
		{ "1.5", "-1.5", false, "the sign" },
		{ "100", "10", false, "whole zeros are digits" },
		{ "1.05", "1.5", false, "a zero inside" },
		{ "12345678", "123456780", false, "eight digits and nine" },
		{ "123456789", "123456788", false, "the last of nine" },
		{ "1", "1234567812345678", false, "one and sixteen" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		cr_expect_eq(same(said(1, 'A', table[i].a),
				 said(1, 'A', table[i].b)),
		    table[i].same, "row %zu (%s)", i, table[i].why);
}

Test(digest, period_status_and_missing_count)
{
	const struct digest one = said(8766, 'A', "1");

	cr_expect(!same(one, said(8767, 'A', "1")), "another day");
	cr_expect(!same(one, said(-8766, 'A', "1")), "a day before 2000");
	cr_expect(!same(one, said(8766, 'P', "1")), "provisional");
	cr_expect(!same(said(8766, 'L', ""), said(8766, 'M', "")), "reasons");
	cr_expect(!same(said(8766, 'A', ""), said(8766, 'A', "0")),
	    "missing is not 0");
}

Test(digest, a_sum_forgets_the_order_and_nothing_else)
{
	struct digest forth = { 0 }, back = { 0 }, swapped = { 0 };

	for (int i = 0; i < 100; i++) {
		char value[8];

		(void)snprintf(value, sizeof(value), "%d", i * 7);
		digest_add(&forth, said(i, 'A', value));
		(void)snprintf(value, sizeof(value), "%d", (99 - i) * 7);
		digest_add(&back, said(99 - i, 'A', value));
		digest_add(&swapped, said(i, 'A', value));
	}
	cr_expect(same(forth, back), "the other way round");
	cr_expect(!same(forth, swapped), "values at other periods");
}

Test(digest, texts_do_not_run_into_each_other)
{
	const struct digest none = { 0 };

	cr_expect(!same(digest_text(digest_text(none, "ab"), "c"),
	    digest_text(digest_text(none, "a"), "bc")));
	cr_expect(!same(digest_text(none, ""), none));
	cr_expect(!same(digest_text(none, "12345678"),
	    digest_text(none, "123456789")));
}

Test(digest, text_and_bytes_are_one_uuid)
{
	const struct digest d = { 0x0011223344556677, 0x8899aabbccddeeff };
	char text[DIGEST_TEXT_MAX], hex[2 * DIGEST_BYTES + 1];
	unsigned char bytes[DIGEST_BYTES];

	digest_format(d, text);
	digest_bytes(d, bytes);
	hex_encode(bytes, sizeof(bytes), hex);
	cr_expect_str_eq(text, "00112233-4455-6677-8899-aabbccddeeff");
	cr_expect_str_eq(hex, "00112233445566778899aabbccddeeff");
}
