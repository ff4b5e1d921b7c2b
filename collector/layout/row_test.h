/*
 * Conditions on rows: a cell is one of some words, or like a pattern.
 */
#ifndef LAYOUT_ROW_TEST_H
#define LAYOUT_ROW_TEST_H

#include "capture.h"
#include "names.h"

/* Words of this length or less are remembered with what came of them: tables
 * say the same in many rows. */
#define TEST_MEMO_BYTES 64

struct test {
	const struct row_test *spec;
	struct pattern *pattern; /* NULL: words */
	const char **keys;       /* of the words */
	size_t column;
	char memo[TEST_MEMO_BYTES];
	size_t memo_len; /* SIZE_MAX: nothing yet */
	bool memo_holds;
};

/* A list of them: all of where, any of except and until. */
struct tests {
	struct test *list;
	size_t n;
	struct arena scratch;
};

/* A row, and the columns that captures add behind it. */
struct tested {
	const struct row *row;   /* perhaps filled */
	const struct row *as_is; /* as it stood */
	size_t width;            /* columns of the grid */
	const struct captures *captures;
};

/* Lives in mem; release it. */
MUST_CHECK bool tests_init(struct tests *t, const struct row_test *specs,
    size_t n, const struct feed *feed, struct arena *mem, struct kpid_err *err);
void tests_release(struct tests *t);
/* Which columns they mean in this header. */
MUST_CHECK bool tests_resolve(struct tests *t, const struct feed *feed,
    const struct names *names, struct arena *mem, struct kpid_err *err);

/* *hold: how many of them. */
MUST_CHECK bool tests_count(struct tests *t, const struct tested *row,
    size_t *hold, struct kpid_err *err);

#endif
