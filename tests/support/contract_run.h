/*
 * A body read by a contract as people write it, from its JSON to what comes
 * out of it, as text:
 *
 *	2:3 loans 2024-04 = 12345
 *	3:3 loans 2024-05-01/M = not_available O @202177 {"sex":"男"}
 *	reject 4:2 '約30': why
 *	unknown_column 1:2 what
 *	> "ignore": [ "館名" ]
 *	held
 *	error why
 *	problem why
 *
 * Each line begins with the cell's line and column. Left out is what is
 * ordinary: the frequency of the period's own span (/M), status A, 上田市
 * (@202177) and no dimensions. > is a finding's suggestion. "held" when
 * anything holds, an error of the whole body, and each problem of the
 * contract are the last lines.
 *
 * In contracts ' stands for ", which C would want escaped; wanted lines may end
 * in ".." (see contract_like).
 */
#ifndef TEST_SUPPORT_CONTRACT_RUN_H
#define TEST_SUPPORT_CONTRACT_RUN_H

#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kpid/body.h"

struct contract_case {
	const char *why, *contract, *body, *want;
};

struct contract_run {
	struct arena mem;
	struct buf told;
	uint64_t given; /* observations and rejects */
	bool held;
};

static inline bool
tell_observation(void *ctx, const struct observation *o, struct kpid_err *err)
{
	struct contract_run *r = ctx;
	const struct series_key *s = o->series;
	struct slice value = o->value;
	char period[PERIOD_TEXT_MAX];
	bool ok;

	(void)err;
	(void)period_text(o->period, period);
	if (o->missing != MISSING_NONE)
		value = slice_of(missing_text(o->missing));
	ok = buf_printf(&r->told, "%" PRIu32 ":%" PRIu32 " %s %s", o->line,
	    o->column, s->indicator, period);
	if (strcmp(s->frequency, s->span) != 0)
		ok &= buf_printf(&r->told, "/%s", s->frequency);
	ok &= buf_printf(&r->told, " = " SLICE_FMT, slice_width(value),
	    value.ptr);
	if (o->status != 'A')
		ok &= buf_printf(&r->told, " %c", o->status);
	if (s->org != 202037)
		ok &= buf_printf(&r->told, " @%06d", s->org);
	if (strcmp(s->dims, "{}") != 0)
		ok &= buf_printf(&r->told, " %s", s->dims);
	cr_assert(ok && buf_puts(&r->told, "\n"));
	r->given++;
	return true;
}

static inline bool
tell_reject(void *ctx, const struct reject *j, struct kpid_err *err)
{
	struct contract_run *r = ctx;

	(void)err;
	cr_assert(buf_printf(&r->told,
	    "reject %" PRIu32 ":%" PRIu32 " '" SLICE_FMT "': %s\n", j->line,
	    j->column, slice_width(j->raw), j->raw.ptr, j->reason));
	r->given++;
	return true;
}

static inline bool
tell_finding(void *ctx, const struct finding *f, struct kpid_err *err)
{
	struct contract_run *r = ctx;

	(void)err;
	cr_assert(buf_printf(&r->told, "%s %" PRIu32 ":%" PRIu32 " %s\n",
	    f->kind, f->line, f->column, f->text));
	if (f->suggestion != NULL)
		cr_assert(buf_printf(&r->told, "> %s\n", f->suggestion));
	r->held = r->held || f->holds;
	return true;
}

static const struct indicator contract_indicators[] = {
	{ .code = "loans",
	    .name_ja = "貸出点数",
	    .unit = "点",
	    .measure = MEASURE_FLOW },
	{ .code = "visitors",
	    .name_ja = "来館者数",
	    .unit = "人",
	    .measure = MEASURE_FLOW },
	{ .code = "people", .name_ja = "人口", .unit = "人" },
	{ .code = "tax",
	    .name_ja = "市税収入",
	    .unit = "円",
	    .measure = MEASURE_FLOW },
	{ .code = "tax_so_far",
	    .name_ja = "市税収入累計",
	    .unit = "円",
	    .measure = MEASURE_FLOW_YTD },
	{ .code = "waste",
	    .name_ja = "ごみ収集量",
	    .unit = "t",
	    .measure = MEASURE_FLOW,
	    .decimals = 1 },
	{ .code = "visits",
	    .name_ja = "貸出率",
	    .unit = "点",
	    .measure = MEASURE_RATIO,
	    .derived = { .kind = DERIVED_RATIO } },
	{ .code = "rate",
	    .name_ja = "普及率",
	    .unit = "%",
	    .measure = MEASURE_RATIO,
	    .decimals = 1 },
};

/* An unnamed file with this text; closed by the caller. */
static inline int
contract_fd(const char *text, size_t len)
{
	int fd = memfd_create("test", MFD_CLOEXEC);

	cr_assert(fd >= 0 && write(fd, text, len) == (ssize_t)len);
	return fd;
}

/* The feed file around the contract; false: the problems are told. */
static inline bool
contract_load(struct contract_run *r, const char *contract, struct config *cfg,
    struct feed *feed)
{
	const struct config base = { .organization = "202037",
		.time_zone = "Asia/Tokyo",
		.indicators = contract_indicators,
		.n_indicators = ARRAY_LEN(contract_indicators) };
	struct problems all = { .mem = &r->mem };
	char *json = arena_printf(&r->mem,
	    "{'feed':'a','title':'a','owner':'a@example.jp',"
	    "'url':'https://example.jp/open/r6_04.csv','contract':%s}",
	    contract);
	int fd;
	bool ok;

	for (char *p = json; *p != '\0'; p++)
		*p = *p == '\'' ? '"' : *p;
	fd = contract_fd(json, strlen(json));
	ok = config_load_feed(arena_printf(&r->mem, "/proc/self/fd/%d", fd),
	    &base, &r->mem, cfg, feed, &all);
	(void)close(fd);
	for (size_t i = 0; i < all.n; i++)
		cr_assert(buf_printf(&r->told, "problem %s\n",
		    all.list[i].text));
	return ok;
}

static inline void
contract_read(struct contract_run *r, const char *contract, struct slice text)
{
	const struct observation_sink out = { r, tell_observation, tell_reject,
		tell_finding };
	struct config cfg = { 0 };
	struct feed feed = { 0 };
	struct body body = { .cfg = &cfg, .feed = &feed };
	struct kpid_err err = { 0 };
	uint64_t read = 0;

	if (!contract_load(r, contract, &cfg, &feed))
		return;
	feed.file = "a.json";
	body.fd = contract_fd(text.ptr, text.len);
	if (!body_read(&body, &out, &r->mem, &read, &err))
		cr_assert(buf_printf(&r->told, "error %s\n", err.msg));
	else
		cr_expect(read == r->given,
		    "%" PRIu64 " read, %" PRIu64 " handed on", read, r->given);
	(void)close(body.fd);
	if (r->held)
		cr_assert(buf_puts(&r->told, "held\n"));
}

static inline void
contract_run_init(struct contract_run *r)
{
	*r = (struct contract_run){ 0 };
	buf_init(&r->told, 1 << 20);
}

static inline void
contract_run_release(struct contract_run *r)
{
	buf_release(&r->told);
	arena_release(&r->mem);
}

/* What was told, NUL-terminated. */
static inline const char *
contract_told(struct contract_run *r)
{
	cr_assert(buf_put(&r->told, "", 1));
	r->told.len--;
	return r->told.ptr;
}

/* Line by line; a wanted line that ends in ".." is the beginning of one, so
 * that advice may be put better without a test being the worse for it. */
static inline bool
contract_like(const char *told, const char *want)
{
	while (*want != '\0' && *told != '\0') {
		size_t n = strcspn(want, "\n"), m = strcspn(told, "\n");
		bool open = n > 2 && strncmp(want + n - 2, "..", 2) == 0;
		size_t upto = open ? n - 2 : n;

		if ((open ? m < upto : m != n)
		    || strncmp(told, want, upto) != 0)
			return false;
		want += n + (want[n] != '\0');
		told += m + (told[m] != '\0');
	}
	return *want == *told;
}

static inline void
contract_expect(const struct contract_case *table, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		CLEANUP(contract_run_release) struct contract_run r;

		contract_run_init(&r);
		contract_read(&r, table[i].contract, slice_of(table[i].body));
		cr_expect(contract_like(contract_told(&r), table[i].want),
		    "row %zu (%s): got\n%s", i, table[i].why,
		    contract_told(&r));
	}
}

#endif
