/* rooms: base config decode parse layout normalise body inspect */
/* Rows of one body that contradict each other. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kpid/body.h"
#include "kpid/inspect.h"

struct contradicting {
	const char *why, *text;
	unsigned observations, rejects;
	const char *reason; /* of the first reject, or NULL */
};

static const struct contradicting bodies[] = {
	{ "in order", "年月,区分,値\n2024-04,a,1\n2024-05,a,2\n", 2, 0, NULL },
	{ "newest first", "年月,区分,値\n2024-05,a,1\n2024-04,a,2\n", 2, 0,
	    NULL },
	{ "the same twice", "年月,区分,値\n2024-04,a,1\n2024-04,a,1\n", 2, 0,
	    NULL },
	{ "the same number twice",
	    "年月,区分,値\n2024-04,a,1.5\n"
	    "2024-04,a,1.50\n",
	    2, 0, NULL },
	{ "two values",
	    "年月,区分,値\n2024-04,a,1\n2024-04,b,3\n2024-04,a,2\n"
	    "2024-05,a,4\n",
	    2, 2,
	    "the file says different things about one key, lines 2 to 4" },
	{ "a value and none", "年月,区分,値\n2024-04,a,1\n2024-04,a,-\n", 0, 2,
	    "the file says different things about one key, lines 2 to 3" },
	{ "another series is another key",
	    "年月,区分,値\n2024-04,a,1\n2024-04,b,2\n", 2, 0, NULL },
};

struct counted {
	unsigned n, rejects;
	char reason[200];
};

static bool
count_one(void *ctx, const struct observation *o, struct kpid_err *err)
{
	(void)o;
	(void)err;
	((struct counted *)ctx)->n++;
	return true;
}

static bool
count_reject(void *ctx, const struct reject *r, struct kpid_err *err)
{
	struct counted *c = ctx;

	(void)err;
	if (c->rejects++ == 0)
		(void)snprintf(c->reason, sizeof(c->reason), "%s", r->reason);
	return true;
}

static bool
count_finding(void *ctx, const struct finding *f, struct kpid_err *err)
{
	(void)ctx;
	(void)f;
	(void)err;
	return true;
}

/* A contract by hand: 年月, 区分, 値. */
static const struct dimension dimension = { .name = "category",
	.source = { .column = "区分" } };
static const struct pair missing = { "-", "not_applicable" };
static const struct indicator indicator = {
	.code = "n", .name_ja = "数", .unit = "件", .measure = MEASURE_FLOW
};
static const struct contract_value value = {
	.column = "値", .indicator = "n", .unit = "件"
};
static const struct contract contract = { .format = FORMAT_CSV,
	.encoding = "utf-8",
	.delimiter = ',',
	.quote = '"',
	.header = { .rows = 1, .join = "/" },
	.period = { .column = "年月" },
	.frequency = "D",
	.organization = { .constant = "202037" },
	.dims = &dimension,
	.n_dims = 1,
	.values = &value,
	.n_values = 1,
	.missing = &missing,
	.n_missing = 1 };

Test(repeats, told_as_rejects)
{
	const struct feed feed = { .name = "f",
		.title = "f",
		.file = "f.json",
		.url = "file:///f.csv",
		.contracts = &contract,
		.n_contracts = 1 };
	const struct config cfg = { .time_zone = "Asia/Tokyo",
		.indicators = &indicator,
		.n_indicators = 1 };

	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		const struct contradicting *row = &bodies[i];
		struct arena mem = { 0 };
		struct kpid_err err = { 0 };
		struct counted c = { 0 };
		const struct observation_sink to = { &c, count_one,
			count_reject, count_finding };
		int fd = memfd_create("body", MFD_CLOEXEC);
		uint64_t read = 0;

		cr_assert(write(fd, row->text, strlen(row->text))
		    == (ssize_t)strlen(row->text));
		const struct body body = {
			.cfg = &cfg, .feed = &feed, .fd = fd
		};
		struct repeats *r = repeats_find(&body, &mem);
		const struct observation_sink sink = repeats_sink(r, &to);

		cr_expect(body_read(&body, &sink, &mem, &read, &err),
		    "row %zu (%s): %s", i, row->why, err.msg);
		cr_expect(c.n == row->observations && c.rejects == row->rejects,
		    "row %zu (%s): %u observations, %u rejects", i, row->why,
		    c.n, c.rejects);
		if (row->reason != NULL)
			cr_expect_str_eq(c.reason, row->reason,
			    "row %zu (%s): %s", i, row->why, c.reason);
		cr_expect(!repeats_unchecked(r), "few keys are all compared");
		repeats_free(r);
		repeats_free(NULL);
		(void)close(fd);
		arena_release(&mem);
	}
}
