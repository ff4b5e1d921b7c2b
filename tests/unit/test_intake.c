/* rooms: base config load */
/* What is known of a delivery when its rows have been taken. */
#include <criterion/criterion.h>
#include <string.h>

#include "../../collector/load/intake.h"
#include "../../collector/load/row.h"

static const struct series_key births = { .ordinal = 0,
	.indicator = "births",
	.org = 202037,
	.frequency = "M",
	.span = "M",
	.dims = "{}" };
static const struct series_key deaths = { .ordinal = 1,
	.indicator = "deaths",
	.org = 202037,
	.frequency = "M",
	.span = "M",
	.dims = "{}" };

static void
say(struct intake *in, const struct series_key *key, int32_t first,
    const char *value)
{
	const struct observation_sink out = intake_sink(in);
	struct kpid_err err = { 0 };
	const struct observation o = { .series = key,
		.period = { .first = first },
		.value = slice_of(value),
		.missing = *value == '\0' ? MISSING_SUPPRESSED : MISSING_NONE,
		.status = 'A',
		.line = 7,
		.column = 3 };

	cr_assert(out.observation(out.ctx, &o, &err), "%s", err.msg);
}

static void
refuse(struct intake *in, const struct series_key *key)
{
	const struct observation_sink out = intake_sink(in);
	struct kpid_err err = { 0 };
	const struct reject r = { .raw = slice_of("?"),
		.reason = "no number",
		.series = key,
		.period = { .first = 31 } };

	cr_assert(out.reject(out.ctx, &r, &err), "%s", err.msg);
}

/* Periods of one series in the order they stand in a file. */
Test(intake, keys_that_may_repeat)
{
	static const struct {
		int32_t first[4];
		bool repeats;
		const char *why;
	} table[] = {
		{ { 0, 31, 60, 91 }, false, "forwards" },
		{ { 91, 60, 31, 0 }, false, "newest first" },
		{ { 31, 60, 0, 91 }, false, "outwards" },
		{ { 0, 31, 31, 60 }, true, "one twice" },
		{ { 0, 60, 31, 91 }, true, "one between: not known" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(intake_release) struct intake in;
		CLEANUP(taken_release) struct taken t = { .delivery = 1 };
		bool known;

		intake_init(&in);
		intake_begin(&in, &t);
		for (int k = 0; k < 4; k++)
			say(&in, &births, table[i].first[k], "1");
		(void)taken_digest(&t, &known);
		cr_expect_eq(known, !table[i].repeats, "row %zu (%s)", i,
		    table[i].why);
	}
}

static struct digest
digest_of(const char *births_1, const char *deaths_1, bool back, bool bad)
{
	CLEANUP(intake_release) struct intake in;
	CLEANUP(taken_release) struct taken t = { .delivery = 1 };
	bool known;

	intake_init(&in);
	intake_begin(&in, &t);
	say(&in, &births, back ? 31 : 0, back ? "2" : births_1);
	say(&in, &deaths, 0, deaths_1);
	say(&in, &births, back ? 0 : 31, back ? births_1 : "2");
	if (bad)
		refuse(&in, &births);
	return taken_digest(&t, &known);
}

Test(intake, a_digest_of_all_that_is_said)
{
	static const struct {
		const char *births, *deaths;
		bool back, bad, same;
		const char *why;
	} table[] = {
		{ "1", "5", true, false, true, "in another order" },
		{ "1.0", "5", false, false, true, "written otherwise" },
		{ "1", "6", false, false, false, "another number" },
		{ "5", "1", false, false, false, "of the other series" },
		{ "1", "", false, false, false, "a number less" },
		{ "1", "5", false, true, false, "a cell that is no number" },
	};
	const struct digest want = digest_of("1", "5", false, false);

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		const struct digest got = digest_of(table[i].births,
		    table[i].deaths, table[i].back, table[i].bad);

		cr_expect_eq(got.a == want.a && got.b == want.b, table[i].same,
		    "row %zu (%s)", i, table[i].why);
	}
}

Test(intake, what_is_counted)
{
	CLEANUP(intake_release) struct intake in;
	CLEANUP(taken_release) struct taken t = { .delivery = 1 };

	intake_init(&in);
	intake_begin(&in, &t);
	say(&in, &births, 31, "0");
	say(&in, &births, 60, "-0.00");
	say(&in, &deaths, 31, "");
	cr_expect(!t.nonzero, "no number but 0");
	say(&in, &deaths, 60, "0.01");
	say(&in, &deaths, 0, "5");
	refuse(&in, &deaths);
	cr_expect(!t.tainted, "its key was readable");
	refuse(&in, NULL);
	cr_expect(t.nonzero && t.tainted);
	cr_expect_eq(t.rows, 5);
	cr_expect_eq(t.n_series, 2);
	cr_assert_eq(t.shape.n, 3, "three periods");
	cr_expect_eq(t.shape.periods[0].first, 0, "in order");
	cr_expect_eq(t.shape.periods[1].rows, 2, "January of both");
	cr_expect_eq(t.shape.periods[2].first, 60);
}

Test(intake, a_body_that_fails_leaves_nothing)
{
	CLEANUP(intake_release) struct intake in;
	CLEANUP(taken_release) struct taken bad = { .delivery = 1 };
	CLEANUP(taken_release) struct taken good = { .delivery = 2 };

	intake_init(&in);
	intake_begin(&in, &bad);
	say(&in, &births, 0, "1");
	refuse(&in, NULL);
	intake_end(&in, false);
	intake_begin(&in, &good);
	say(&in, &births, 0, "1");
	intake_end(&in, true);
	cr_expect_eq(bad.rows_from, bad.rows_to);
	cr_expect_eq(good.rows_from, 0);
	cr_expect_eq(good.rejects_to, 0);
	cr_expect_eq(tray_length(&in.rows), good.rows_to);
}

/* Reads the rows made of the one that the sink packed as PostgreSQL would. */
Test(intake, a_row_is_unpacked)
{
	CLEANUP(intake_release) struct intake in;
	CLEANUP(taken_release) struct taken t = { .delivery = 5 };
	unsigned char row[ROW_MAX], direct[ROW_MAX], staged[ROW_MAX];
	struct kpid_err err = { 0 };
	size_t got;

	intake_init(&in);
	intake_begin(&in, &t);
	say(&in, &deaths, 366, "12.5");
	intake_end(&in, true);
	cr_assert(tray_get(&in.rows, 0, row, sizeof(row), &got, &err));
	cr_expect_eq(row_length(row), got);
	cr_expect_eq(row_ordinal(row), 1);
	cr_expect_lt(got, 40, "packed");

	const size_t len = row_direct(row,
	    &(struct row_place){ 202037, 0x01020304, 9, 5 }, direct);

	cr_expect_arr_eq(direct, "\0\11\0\0\0\4\0\3\25\65", 10,
	    "nine fields, the organization");
	cr_expect_arr_eq(direct + 10, "\0\0\0\4\1\2\3\4", 8, "the series");
	cr_expect_arr_eq(direct + 26, "\0\0\0\4\0\0\0\11", 8, "the event");
	cr_expect_arr_eq(direct + 34, "\0\0\0\4\0\0\0\5", 8, "the delivery");
	cr_expect_arr_eq(direct + 42, "\0\0\0\4\0\0\0\7\0\0\0\4\0\0\0\3", 16,
	    "the place");
	cr_expect_eq(row_staged(row, 5, staged), len - 16 + 8,
	    "without org and event, with two nulls");
	cr_expect_arr_eq(staged + 2, "\0\0\0\4\0\0\0\5", 8, "the delivery");
	cr_expect_arr_eq(staged + 18, "\0\0\0\4\0\0\1\156", 8, "the period");
	cr_expect_arr_eq(staged + 42, "\0\0\0\1A\0\0\0\14", 9,
	    "status, and a number of two groups");
}

Test(intake, a_row_without_a_value)
{
	CLEANUP(intake_release) struct intake in;
	CLEANUP(taken_release) struct taken t = { .delivery = 5 };
	unsigned char row[ROW_MAX], staged[ROW_MAX];
	struct kpid_err err = { 0 };
	size_t got, len;

	intake_init(&in);
	intake_begin(&in, &t);
	say(&in, &deaths, 366, "");
	intake_end(&in, true);
	cr_assert(tray_get(&in.rows, 0, row, sizeof(row), &got, &err));
	cr_expect_eq(got, ROW_HEAD);
	len = row_staged(row, 5, staged);
	cr_expect_arr_eq(staged + len - 17,
	    "\0\0\0\1Q\377\377\377\377\377\377\377\377\377\377\377\377", 17,
	    "its reason, and three nulls");
}
