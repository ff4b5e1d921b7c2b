/* rooms: base config store */
/* Arrays as array_recv reads them. */
#include <criterion/criterion.h>
#include <string.h>

#include "kpid/db_array.h"

static uint32_t
int_at(const struct db_param *p, size_t at)
{
	const unsigned char *b = (const unsigned char *)p->value + at;

	cr_assert(at + 4 <= (size_t)p->len, "nothing at %zu", at);
	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8
	    | b[3];
}

/* The head of every array: dimensions, nulls, type, count, first index. */
static void
expect_head(const struct db_param *p, uint32_t type, uint32_t n)
{
	cr_expect(p->binary);
	cr_expect_eq(int_at(p, 0), 1);
	cr_expect_eq(int_at(p, 8), type);
	cr_expect_eq(int_at(p, 12), n);
	cr_expect_eq(int_at(p, 16), 1);
}

Test(db_array, empty_is_a_head_alone)
{
	CLEANUP(db_array_release) struct db_array a;

	db_array_init(&a, DB_ARRAY_BYTEA);
	const struct db_param p = db_array_param(&a);

	expect_head(&p, 17, 0);
	cr_expect_eq(p.len, 20);
}

Test(db_array, elements_keep_their_bytes_and_nulls)
{
	static const struct {
		const char *why, *text;
		uint32_t length;
	} rows[] = {
		{ "plain", "f1", 2 },
		{ "empty is no null", "", 0 },
		{ "null has no bytes", NULL, UINT32_MAX },
		{ "nothing is quoted", "{\"a\",\\}", 7 },
		{ "bytes of UTF-8", "\xe4\xba\xba", 3 },
	};
	CLEANUP(db_array_release) struct db_array a;
	size_t at = 20;

	db_array_init(&a, DB_ARRAY_TEXT);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		cr_assert(db_array_text(&a, rows[i].text));
	const struct db_param p = db_array_param(&a);

	expect_head(&p, 25, ARRAY_LEN(rows));
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const size_t len = rows[i].text == NULL ? 0 : rows[i].length;

		cr_expect_eq(int_at(&p, at), rows[i].length, "row %zu (%s)", i,
		    rows[i].why);
		cr_expect_eq(memcmp(p.value + at + 4,
				 rows[i].text == NULL ? "" : rows[i].text, len),
		    0, "row %zu (%s)", i, rows[i].why);
		at += 4 + len;
	}
	cr_expect_eq((size_t)p.len, at);
}

Test(db_array, zero_bytes_are_bytes)
{
	CLEANUP(db_array_release) struct db_array a;

	db_array_init(&a, DB_ARRAY_BYTEA);
	cr_assert(db_array_put(&a, "a\0b", 3));
	const struct db_param p = db_array_param(&a);

	cr_expect_eq(p.len, 27);
	cr_expect_eq(memcmp(p.value + 24, "a\0b", 3), 0);
}

Test(db_array, what_is_too_much_leaves_it_as_it_was)
{
	CLEANUP(db_array_release) struct db_array a;

	db_array_init(&a, DB_ARRAY_TEXT);
	cr_assert(db_array_text(&a, "first"));
	a.b.max = a.b.len + 6;
	cr_expect(!db_array_text(&a, "second"));
	const struct db_param p = db_array_param(&a);

	expect_head(&p, 25, 1);
	cr_expect_eq(p.len, 29);
}
