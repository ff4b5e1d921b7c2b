/* rooms: base config normalise */
/* The series of a body: what a row names is found again, never mixed up. */
#include <criterion/criterion.h>

#include "../support/normalise_run.h"

enum bits { CITY = 1, CARDS = 2, MONTH = 4, EAST = 8, SECOND = 16, ALL = 32 };

static const char *const header[] = { "年", "団体", "指標", "区", "表", "値" };

static void
one_row(struct run *r, uint32_t bits)
{
	const char *const row[] = { bits & MONTH ? "2024-04" : "2024-04-01",
		bits & CITY ? "202037" : "011002", bits & CARDS ? "札" : "帽",
		bits & EAST ? "東" : "西", bits & SECOND ? "second" : "first",
		"1" };

	buf_clear(&r->told);
	cr_assert(run_row(r, 2, ARRAY_LEN(row), row), "%s", r->err.msg);
}

/* The key is the row's, and its series the one that it had before. */
static void
expect_series(const struct series_key *s, uint32_t bits, uint32_t seen[ALL])
{
	char dims[64];

	(void)snprintf(dims, sizeof(dims), "{\"table\":\"%s\",\"ward\":\"%s\"}",
	    bits & SECOND ? "second" : "first", bits & EAST ? "東" : "西");
	cr_assert_eq(s->org, bits & CITY ? 202037 : 11002);
	cr_assert_str_eq(s->indicator, bits & CARDS ? "cards" : "helmets");
	cr_assert_str_eq(s->span, bits & MONTH ? "M" : "D");
	cr_assert_str_eq(s->dims, dims);
	if (seen[bits] == 0)
		seen[bits] = s->ordinal + 1;
	cr_assert_eq(seen[bits], s->ordinal + 1);
}

static void
begin_table(struct run *r, const struct contract_value *value, size_t n_dims)
{
	r->contract.values = value;
	r->contract.n_dims = n_dims;
	r->sink = normaliser_begin(r->n, &r->contract, &r->out);
	cr_assert(run_header(r, 1, ARRAY_LEN(header), header), "%s",
	    r->err.msg);
}

/* Everything in the key changes by chance; of three tables, which
 * come again, the first two say
 * a dimension of their own, the third has it in a column, with theirs in it. */
Test(normalise_series, found_again_in_any_order)
{
	static const struct pair own[] = { { "table", "first" },
		{ "table", "second" } };
	static const struct contract_value values[] = {
		{ .column = "値", .dims = &own[0], .n_dims = 1 },
		{ .column = "値", .dims = &own[1], .n_dims = 1 },
		{ .column = "値" },
	};
	static const struct pair labels[] = { { "帽", "helmets" },
		{ "札", "cards" } };
	static const struct dimension dims[] = {
		{ .name = "ward", .source = { .column = "区" } },
		{ .name = "table", .source = { .column = "表" } }
	};
	uint32_t seen[ALL] = { 0 }, chance = 1;
	struct run r;

	run_init(&r);
	r.contract.n_values = 1;
	r.contract.other_columns = true;
	r.contract.period = (struct source){ .column = "年" };
	r.contract.organization = (struct source){ .column = "団体" };
	r.contract.indicator = (struct source){ .column = "指標" };
	r.contract.indicator_map = labels;
	r.contract.n_indicator_map = ARRAY_LEN(labels);
	r.contract.dims = dims;
	run_begin(&r);
	for (size_t round = 0; round < 30 * ARRAY_LEN(values); round++) {
		size_t table = round % ARRAY_LEN(values);

		begin_table(&r, &values[table], table < 2 ? 1 : 2);
		for (int i = 0; i < 100; i++) {
			chance = chance * 1664525U + 1013904223U;
			uint32_t bits = (chance >> 24) % ALL;

			if (table < 2)
				bits = table == 0 ? bits & ~(uint32_t)SECOND
						  : bits | SECOND;
			one_row(&r, bits);
			expect_series(&r.last, bits, seen);
		}
	}
	cr_expect_eq(r.observations, 9000);
	cr_expect_eq(r.rejects, 0);
	run_release(&r);
}
