/*
 * A normaliser fed by hand: what it tells is kept as text, one line each.
 *
 *	indicator org frequency span dims period = value-or-reason status
 *	reject line:column 'raw' [indicator period]: reason
 *	kind line:column text
 */
#ifndef TESTS_NORMALISE_RUN_H
#define TESTS_NORMALISE_RUN_H

#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>

#include "kpid/normalise.h"

#define RUN_CELLS    16
#define RUN_TOLD_MAX (1 << 20)

struct run {
	struct config cfg;
	struct feed feed;
	struct contract contract; /* the only one of the feed */
	struct arena mem;
	struct normaliser *n;
	struct observation_sink out;
	struct table_sink sink;
	struct kpid_err err;
	struct buf told;
	size_t observations, rejects, findings;
	struct series_key last; /* of the last observation */
	char last_kind[32];     /* of the last finding */
	char suggestion[256];
	bool held;
};

static void
run_line(struct run *r)
{
	if (r->told.len > 0)
		cr_assert(buf_puts(&r->told, "\n"));
}

static bool
run_observation(void *ctx, const struct observation *o, struct kpid_err *err)
{
	struct run *r = ctx;
	struct slice what = o->missing == MISSING_NONE
	    ? o->value
	    : slice_of(missing_text(o->missing));
	char period[PERIOD_TEXT_MAX];

	(void)err;
	(void)period_text(o->period, period);
	run_line(r);
	cr_assert(buf_printf(&r->told, "%s %d %s %s %s %s = %.*s %c",
	    o->series->indicator, o->series->org, o->series->frequency,
	    o->series->span, o->series->dims, period, slice_width(what),
	    what.ptr, o->status));
	r->last = *o->series;
	r->observations++;
	return true;
}

static bool
run_reject(void *ctx, const struct reject *j, struct kpid_err *err)
{
	struct run *r = ctx;
	char period[PERIOD_TEXT_MAX];

	(void)err;
	run_line(r);
	cr_assert(buf_printf(&r->told, "reject %" PRIu32 ":%" PRIu32 " '%.*s'",
	    j->line, j->column, slice_width(j->raw), j->raw.ptr));
	if (j->series != NULL) {
		(void)period_text(j->period, period);
		cr_assert(buf_printf(&r->told, " %s %s", j->series->indicator,
		    period));
	}
	cr_assert(buf_printf(&r->told, ": %s", j->reason));
	r->rejects++;
	return true;
}

static bool
run_finding(void *ctx, const struct finding *f, struct kpid_err *err)
{
	struct run *r = ctx;

	(void)err;
	run_line(r);
	cr_assert(buf_printf(&r->told, "%s %" PRIu32 ":%" PRIu32 " %s", f->kind,
	    f->line, f->column, f->text));
	(void)snprintf(r->last_kind, sizeof(r->last_kind), "%s", f->kind);
	(void)snprintf(r->suggestion, sizeof(r->suggestion), "%s",
	    f->suggestion == NULL ? "" : f->suggestion);
	r->held = r->held || f->holds;
	r->findings++;
	return true;
}

/* A configuration of 上田市; the contract is the test's to fill in. */
static void
run_init(struct run *r)
{
	static const struct indicator indicators[] = {
		{ .code = "helmets", .name_ja = "ヘルメット着用数" },
		{ .code = "cards", .name_ja = "交付枚数" },
		{ .code = "card_rate", .name_ja = "保有枚数率" },
		{ .code = "twin_a", .name_ja = "同名" },
		{ .code = "twin_b", .name_ja = "同名" },
	};

	*r = (struct run){ .cfg = { .organization = "202037",
			       .indicators = indicators,
			       .n_indicators = ARRAY_LEN(indicators) } };
	r->feed.name = "a";
	r->feed.file = "feeds/a.json";
	r->feed.contracts = &r->contract;
	r->feed.n_contracts = 1;
	buf_init(&r->told, RUN_TOLD_MAX);
}

/* Begins with the contract as it now is. */
static void
run_begin(struct run *r)
{
	normaliser_free(r->n);
	r->n = normaliser_new(&r->cfg, &r->feed, &r->mem);
	r->out = (struct observation_sink){ .ctx = r,
		.observation = run_observation,
		.reject = run_reject,
		.finding = run_finding };
	r->sink = normaliser_begin(r->n, &r->contract, &r->out);
}

static void
run_release(struct run *r)
{
	normaliser_free(r->n);
	buf_release(&r->told);
	arena_release(&r->mem);
}

static inline bool
run_columns(struct run *r, uint32_t line, size_t n,
    const struct table_column *columns)
{
	const struct table_header h = {
		.columns = columns, .n = n, .line = line
	};

	return r->sink.header(r->sink.ctx, &h, &r->err);
}

/* A header as CSV has it: one name a column, no units. */
static bool
run_header(struct run *r, uint32_t line, size_t n, const char *const *names)
{
	struct table_column columns[RUN_CELLS] = { 0 };

	cr_assert_leq(n, RUN_CELLS);
	for (size_t i = 0; i < n; i++)
		columns[i] = (struct table_column){ .name = slice_of(names[i]),
			.line = line,
			.column = (uint32_t)i + 1,
			.number = (uint32_t)i + 1 };
	return run_columns(r, line, n, columns);
}

/* NULL among the texts is JSON null. */
static bool
run_row(struct run *r, uint32_t line, size_t n, const char *const *texts)
{
	struct cell cells[RUN_CELLS] = { 0 };
	const struct row row = { .cells = cells, .n = n, .line = line };

	cr_assert_leq(n, RUN_CELLS);
	for (size_t i = 0; i < n; i++)
		cells[i] = (struct cell){ .text = slice_of(texts[i]),
			.line = line,
			.column = (uint32_t)i + 1,
			.kind = texts[i] == NULL ? CELL_NULL : CELL_TEXT };
	return r->sink.row(r->sink.ctx, &row, &r->err);
}

static inline bool
run_bad(struct run *r, uint32_t line, const char *reason)
{
	return r->sink.bad(r->sink.ctx, line, 1, slice_of("raw"), reason,
	    &r->err);
}

static inline const char *
run_told(struct run *r)
{
	if (r->told.len == 0)
		return "";
	return slice_dup(buf_slice(&r->told), &r->mem);
}

static inline void
run_forget(struct run *r)
{
	buf_clear(&r->told);
}

#endif
