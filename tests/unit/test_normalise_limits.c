/* rooms: base config normalise */
/* What a normaliser does at its limits, and when its sink has had enough. */
#include <criterion/criterion.h>
#include <malloc.h>
#include <string.h>

#include "../../collector/normalise/mark.h"
#include "../../collector/normalise/memo.h"
#include "../support/normalise_run.h"

static void
begin(struct run *r)
{
	static const char *const header[] = { "月", "値", "区" };
	static const struct dimension dims[] = { { .name = "ward",
	    .source = { .column = "区" } } };
	static const struct contract_value values[] = {
		{ .column = "値", .indicator = "helmets", .line = 9 }
	};

	run_init(r);
	r->contract.period = (struct source){ .column = "月" };
	r->contract.values = values;
	r->contract.n_values = 1;
	r->contract.dims = dims;
	r->contract.n_dims = 1;
	run_begin(r);
	cr_assert(run_header(r, 1, 3, header), "%s", r->err.msg);
}

static bool
stop(void *ctx, const struct observation *o, struct kpid_err *err)
{
	(void)ctx;
	(void)o;
	return err_set(err, KPID_EDB, "the connection is gone");
}

Test(normalise_limits, a_sink_that_stops_stops_the_row)
{
	static const char *const row[] = { "2024-04", "1", "区" };
	struct run r;

	begin(&r);
	r.out.observation = stop;
	cr_expect(!run_row(&r, 2, 3, row));
	cr_expect_eq(r.err.code, KPID_EDB);
	cr_expect_str_eq(r.err.msg, "the connection is gone");
	run_release(&r);
}

Test(normalise_limits, prose_as_a_dimension_is_an_error)
{
	char prose[5000];
	const char *row[] = { "2024-04", "1", prose };
	struct run r;

	memset(prose, 'a', sizeof(prose) - 1);
	prose[sizeof(prose) - 1] = '\0';
	begin(&r);
	cr_expect(!run_row(&r, 7, 3, row));
	cr_expect_eq(r.err.code, KPID_ECONTRACT);
	cr_expect(strstr(r.err.msg, "line 7: ") == r.err.msg, "%s", r.err.msg);
	run_release(&r);
}

Test(normalise_limits, a_long_mark_is_cut_between_characters)
{
	struct buf mark;
	struct run r;
	const char *row[] = { "2024-04", NULL, "区" };

	buf_init(&mark, 4000);
	for (int i = 0; i < 1000; i++)
		cr_assert(buf_puts(&mark, "休"));
	begin(&r);
	row[1] = slice_dup(buf_slice(&mark), &r.mem);
	cr_expect(run_row(&r, 2, 3, row));
	/* 26 characters of three bytes are what fits into 80. */
	cr_expect(strstr(run_told(&r), "休休' in column '値'") != NULL,
	    "told %s", run_told(&r));
	cr_expect_eq(r.rejects, 1);
	run_release(&r);
	buf_release(&mark);
}

/* More texts than slots, twice: each gives what it gave the first time. */
Test(normalise_limits, a_memo_forgets_but_never_mixes_up)
{
	struct arena mem = { 0 };
	struct memo *m = memo_new(&mem);
	char text[80];

	for (int i = 0; i < 3 * 2 * MEMO_SLOTS; i++) {
		int which = i % (3 * MEMO_SLOTS);
		bool known = false;
		int len = snprintf(text, sizeof(text), "%s%d",
		    which % 3 == 0
			? "a text that is longer than a memo keeps as a key: "
			: "",
		    which);
		struct memo_value *v =
		    memo_at(m, (struct slice){ text, (size_t)len }, &known);

		cr_assert(!known || v->org == which, "'%s' gave %d", text,
		    v->org);
		v->org = which;
	}
	bool known = false;

	memo_at(m, slice_of("x"), &known)->org = 1;
	(void)memo_at(m, slice_of("x"), &known);
	cr_expect(known);
	memo_forget(m, slice_of("x"));
	(void)memo_at(m, slice_of("x"), &known);
	cr_expect(!known);
	arena_release(&mem);
}

/* Texts that differ in one byte, or in how long they are, in an order that
 * never comes again. */
/* Reads so many texts; how many of them were known. */
static int
read_texts(struct memo *m, int n)
{
	char text[16];
	int n_known = 0;

	for (int i = 0; i < n; i++) {
		bool known = false;
		int len = snprintf(text, sizeof(text), "text %d", i);

		memo_at(m, (struct slice){ text, (size_t)len }, &known)->org =
		    i;
		n_known += known ? 1 : 0;
	}
	return n_known;
}

Test(normalise_limits, a_memo_is_small_until_there_are_many_texts)
{
	struct arena mem = { 0 };
	struct memo *m = memo_new(&mem);

	cr_expect_eq(read_texts(m, 4), 0);
	cr_expect_eq(read_texts(m, 4), 4);
	cr_expect(m->slots == m->few, "four texts need no large table");
	(void)read_texts(m, MEMO_FEW);
	cr_expect(m->slots != m->few);
	(void)read_texts(m, MEMO_FEW);
	cr_expect_gt(read_texts(m, MEMO_FEW), MEMO_FEW / 2,
	    "and a large table knows most of them");
	memo_clear(m);
	cr_expect_eq(read_texts(m, MEMO_FEW), 0, "but none of another table");
	arena_release(&mem);
}

Test(normalise_limits, a_memo_tells_texts_apart_in_any_order)
{
	struct arena mem = { 0 };
	struct memo *m = memo_new(&mem);
	uint32_t chance = 1;

	for (int i = 0; i < 200000; i++) {
		char text[41];
		bool known = false;

		chance = chance * 1664525U + 1013904223U;
		size_t len = (chance >> 8) % sizeof(text);
		size_t at = (chance >> 20) % sizeof(text);
		int which = (int)(len * sizeof(text) + (at < len ? at : 40));

		memset(text, 'a', sizeof(text));
		if (at < len)
			text[at] = 'b';
		struct memo_value *v =
		    memo_at(m, (struct slice){ text, len }, &known);

		cr_assert(!known || v->org == which,
		    "'%.*s' gave what %d stands for", (int)len, text, v->org);
		v->org = which;
	}
	arena_release(&mem);
}

Test(normalise_limits, what_counts_as_a_mark)
{
	static const struct {
		const char *text;
		bool unknown;
	} rows[] = {
		{ "…", true },
		{ "***", true },
		{ "N/A", true },
		{ "休館", true },
		{ "－", true },
		{ "1a", false },
		{ "２a", false },
		{ "三人", false },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		cr_expect_eq(mark_unknown(slice_of(rows[i].text)),
		    rows[i].unknown, "row %zu: '%s'", i, rows[i].text);
}

/* A header on every page: what it takes is given back. */
Test(normalise_limits, a_header_that_comes_again_takes_no_more_memory)
{
	static const char *const header[] = { "月", "値", "区" };
	static const char *const row[] = { "2024-04", "1", "東" };
	struct run r;
	size_t before = 0;

	begin(&r);
	for (uint32_t i = 0; i < 20000; i++) {
		cr_assert(run_header(&r, 2 * i + 3, 3, header));
		cr_assert(run_row(&r, 2 * i + 4, 3, row));
		run_forget(&r);
		if (i == 10000)
			before = mallinfo2().uordblks;
	}
	cr_expect_leq(mallinfo2().uordblks, before + 65536);
	run_release(&r);
}
