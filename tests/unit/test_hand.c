/* rooms: base config decode parse layout normalise body */
/* What a person types, as a body, and read back out of it. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kpid/body.h"
#include "kpid/hand.h"

static const struct indicator indicators[] = { { .code = "cards" } };
static const struct config cfg = {
	.organization = "202037", .indicators = indicators, .n_indicators = 1
};

static const struct pair dims[] = { { "area", "丸子, \"南\"" },
	{ "sex", "女" } };

static const struct hand typed = { .indicator = "cards",
	.org = "202037",
	.period = "令和6年9月30日",
	.value = "１，２３４",
	.frequency = "S",
	.missing = "",
	.by = "山田 \"太郎\", 財政課",
	.why = "電話で\n確認",
	.again = "",
	.dims = dims,
	.n_dims = 2 };

/* A file of the body. */
static int
body_fd(const struct hand *h)
{
	CLEANUP(buf_release) struct buf b;
	struct kpid_err err = { 0 };
	FILE *file = tmpfile();

	buf_init(&b, HAND_BYTES);
	cr_assert(hand_write(h, &b, &err), "%s", err.msg);
	cr_assert(file != NULL);
	cr_assert_eq(fwrite(b.ptr, 1, b.len, file), b.len);
	cr_assert_eq(fflush(file), 0);
	return fileno(file);
}

struct seen {
	int values, rejects, findings;
	char text[256];
};

static bool
see_value(void *ctx, const struct observation *o, struct kpid_err *err)
{
	struct seen *s = ctx;
	char period[PERIOD_TEXT_MAX];

	(void)err;
	(void)period_text(o->period, period);
	s->values++;
	(void)snprintf(s->text, sizeof(s->text),
	    "%s %d %s %s %s %.*s %c %u:%u %.*s", o->series->indicator,
	    o->series->org, o->series->frequency, o->series->dims, period,
	    (int)o->value.len, o->value.ptr != NULL ? o->value.ptr : "",
	    o->status, o->line, o->column, (int)o->raw.len, o->raw.ptr);
	return true;
}

static bool
see_reject(void *ctx, const struct reject *r, struct kpid_err *err)
{
	struct seen *s = ctx;

	(void)err;
	s->rejects++;
	(void)snprintf(s->text, sizeof(s->text), "%s", r->reason);
	return true;
}

static bool
see_finding(void *ctx, const struct finding *f, struct kpid_err *err)
{
	struct seen *s = ctx;

	(void)err;
	s->findings++;
	(void)snprintf(s->text, sizeof(s->text), "%s", f->text);
	return true;
}

static void
read_body(const struct hand *h, struct seen *s)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct observation_sink out = { s, see_value, see_reject,
		see_finding };
	const struct body body = {
		.cfg = &cfg, .feed = hand_feed(h, &mem), .fd = body_fd(h)
	};
	struct kpid_err err = { 0 };
	uint64_t n = 0;

	*s = (struct seen){ 0 };
	cr_assert(body_read(&body, &out, &mem, &n, &err), "%s", err.msg);
	cr_expect_eq(n, 1);
}

Test(hand, one_value_at_its_place)
{
	struct seen s;

	read_body(&typed, &s);
	cr_expect_eq(s.values, 1);
	cr_expect_eq(s.rejects + s.findings, 0);
	cr_expect_str_eq(s.text,
	    "cards 202037 S {\"area\":\"丸子, \\\"南\\\"\",\"sex\":\"女\"} "
	    "2024-09-30 1234 A 2:4 １，２３４");
}

Test(hand, mark_with_its_reason)
{
	struct hand h = typed;
	struct seen s;

	h.value = "…";
	read_body(&h, &s);
	cr_expect_eq(s.rejects, 1, "without a reason it is no value");
	h.missing = "suppressed";
	read_body(&h, &s);
	cr_expect_eq(s.values, 1);
	cr_expect(strstr(s.text, " Q 2:4 …") != NULL, "got %s", s.text);
}

Test(hand, read_back)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct hand h = { 0 };
	struct kpid_err err = { 0 };

	cr_assert(hand_read(body_fd(&typed), &mem, &h, &err), "%s", err.msg);
	cr_expect_str_eq(h.indicator, typed.indicator);
	cr_expect_str_eq(h.period, typed.period);
	cr_expect_str_eq(h.value, typed.value);
	cr_expect_str_eq(h.frequency, typed.frequency);
	cr_expect_str_eq(h.missing, "");
	cr_expect_str_eq(h.by, typed.by);
	cr_expect_str_eq(h.why, typed.why);
	cr_assert_eq(h.n_dims, 2);
	cr_expect_str_eq(h.dims[0].from, "area");
	cr_expect_str_eq(h.dims[0].to, dims[0].to);
	cr_expect_str_eq(h.dims[1].to, "女");
	cr_expect_eq(memcmp(hand_feed(&h, &mem)->contract_hash,
			 hand_feed(&typed, &mem)->contract_hash, 32),
	    0, "the body makes the contract that it was read by");
}

Test(hand, other_contracts)
{
	static const struct pair other[] = { { "city", "x" } };
	struct hand changes[] = { typed, typed, typed };

	changes[0].frequency = "";
	changes[1].missing = "suppressed";
	changes[2].dims = other;
	changes[2].n_dims = 1;
	for (size_t i = 0; i < ARRAY_LEN(changes); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };

		cr_expect(memcmp(hand_feed(&changes[i], &mem)->contract_hash,
			      hand_feed(&typed, &mem)->contract_hash, 32)
			!= 0,
		    "row %zu reads the bytes in another way", i);
	}
}

Test(hand, feed_by_name)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct feed *feed = NULL;
	struct kpid_err err = { 0 };

	cr_assert(hand_or_feed(&cfg, HAND_FEED, body_fd(&typed), &mem, &feed,
	    &err));
	cr_expect_str_eq(feed->typed->by, typed.by);
	cr_assert(hand_or_feed(&cfg, "gone", -1, &mem, &feed, &err));
	cr_expect(feed == NULL, "a feed that is not configured");
}

Test(hand, no_body_of_ours)
{
	static const char *const texts[] = { "a,b\n1,2\n", "\"indicator\"\n",
		"indicator,by\ncards\n", "\xff\xfe\x00" };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		struct hand h;
		struct kpid_err err = { 0 };
		FILE *file = tmpfile();

		cr_assert(file != NULL && fputs(texts[i], file) >= 0
		    && fflush(file) == 0);
		cr_expect(!hand_read(fileno(file), &mem, &h, &err), "row %zu",
		    i);
		cr_expect(strstr(err.msg, "not a body of kpid put") != NULL,
		    "row %zu: %s", i, err.msg);
		(void)fclose(file);
	}
}
