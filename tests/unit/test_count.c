/* rooms: base config normalise */
/* Rows counted by series and period. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "../../collector/normalise/count.h"
#include "kpid/limits.h"

struct told {
	struct buf text;
	uint64_t n;
};

static bool
take(void *ctx, const struct observation *o, struct kpid_err *err)
{
	struct told *told = ctx;
	char period[PERIOD_TEXT_MAX];

	(void)err;
	(void)period_text(o->period, period);
	told->n++;
	cr_assert(buf_printf(&told->text, "%s %s %.*s %c %u:%u '%.*s'\n",
	    o->series->indicator, period, slice_width(o->value), o->value.ptr,
	    o->status, o->line, o->column, slice_width(o->raw), o->raw.ptr));
	return true;
}

static struct period
month(int year, int number)
{
	struct period p;

	cr_assert(period_make(SPAN_MONTH, (struct civil){ year, number, 1 },
	    &p));
	return p;
}

static void
add(struct counts *c, struct series_key *series, struct period p, char status,
    uint32_t line)
{
	const struct observation row = {
		.period = p, .status = status, .line = line, .column = 1
	};
	struct kpid_err err = { 0 };

	cr_assert(counts_add(c, series, &row, &err), "%s", err.msg);
}

static const char *
end(struct counts *c, struct told *told, struct arena *mem)
{
	const struct observation_sink sink = { .ctx = told,
		.observation = take };
	struct kpid_err err = { 0 };
	uint64_t groups = 0;
	const char *text;

	*told = (struct told){ 0 };
	buf_init(&told->text, 1 << 16);
	cr_assert(counts_end(c, &sink, &groups, &err), "%s", err.msg);
	cr_expect_eq(groups, told->n);
	text =
	    told->text.len == 0 ? "" : slice_dup(buf_slice(&told->text), mem);
	buf_release(&told->text);
	return text;
}

Test(count, groups_in_order)
{
	struct arena mem = { 0 };
	struct series_key a = { .ordinal = 0,
		.indicator = "accidents",
		.ordered = true,
		.last_first = INT32_MIN };
	struct series_key b = { .ordinal = 1, .indicator = "deaths" };
	struct counts *c = counts_new(&mem);
	struct told told;

	add(c, &b, month(2024, 2), 'A', 2);
	add(c, &a, month(2024, 2), 'A', 3);
	add(c, &a, month(2024, 1), 'A', 4);
	add(c, &a, month(2024, 2), 'P', 5);
	add(c, &a, month(2024, 2), 'A', 6);
	cr_expect_str_eq(end(c, &told, &mem),
	    "accidents 2024-01 1 A 4:1 '1 row'\n"
	    "accidents 2024-02 3 P 3:1 '3 rows'\n"
	    "deaths 2024-02 1 A 2:1 '1 row'\n");
	cr_expect(a.ordered, "its periods were handed on in order");
	arena_release(&mem);
}

Test(count, spans_that_begin_alike_are_two)
{
	struct arena mem = { 0 };
	struct series_key a = { .indicator = "accidents" };
	struct counts *c = counts_new(&mem);
	struct period year;
	struct told told;

	cr_assert(period_make(SPAN_YEAR, (struct civil){ 2024, 1, 1 }, &year));
	add(c, &a, year, 'A', 2);
	add(c, &a, month(2024, 1), 'A', 3);
	cr_expect_str_eq(end(c, &told, &mem),
	    "accidents 2024-01 1 A 3:1 '1 row'\n"
	    "accidents 2024 1 A 2:1 '1 row'\n");
	arena_release(&mem);
}

Test(count, nothing_is_nothing)
{
	struct arena mem = { 0 };
	struct told told;

	cr_expect_str_eq(end(counts_new(&mem), &told, &mem), "");
	arena_release(&mem);
}

Test(count, more_groups_than_the_limit_are_an_error)
{
	struct arena mem = { 0 };
	struct series_key a = { .indicator = "accidents" };
	struct counts *c = counts_new(&mem);
	struct observation row = { .status = 'A', .line = 7, .column = 1 };
	struct kpid_err err = { 0 };

	for (int i = 0; i < LIMIT_COUNT_GROUPS; i++) {
		row.period = period_between(i, i);
		cr_assert(counts_add(c, &a, &row, &err), "%s", err.msg);
	}
	cr_expect(counts_add(c, &a, &row, &err), "one that is there: %s",
	    err.msg);
	row.period = period_between(-1, -1);
	cr_expect(!counts_add(c, &a, &row, &err));
	cr_expect(strstr(err.msg, "line 7") != NULL
		&& strstr(err.msg, "200000 groups") != NULL
		&& strstr(err.msg, "HINT") != NULL,
	    "%s", err.msg);
	arena_release(&mem);
}
