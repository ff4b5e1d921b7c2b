/* Counted rows: groups in the order of first sight, found by a hash. */
#include "count.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpid/limits.h"
#include "memo.h"
#include "series.h"

#define BLOCK_GROUPS 1024
#define BLOCKS_MAX   ((LIMIT_COUNT_GROUPS + BLOCK_GROUPS - 1) / BLOCK_GROUPS)
#define SLOTS_FIRST  1024 /* a power of two */

struct group {
	struct series_key *series;
	struct period period;
	uint64_t rows, hash;
	uint32_t line, column;
	char status;
};

/* Groups never move; slots hold their numbers + 1, 0 is free. */
struct counts {
	struct arena *mem;
	struct group *blocks[BLOCKS_MAX];
	size_t n;
	uint32_t *slots;
	size_t cap;
};

struct counts *
counts_new(struct arena *mem)
{
	struct counts *c = arena_alloc(mem, sizeof(*c));

	c->mem = mem;
	c->cap = SLOTS_FIRST;
	c->slots = arena_array(mem, c->cap, sizeof(*c->slots));
	return c;
}

static struct group *
group_at(const struct counts *c, size_t number)
{
	return &c->blocks[number / BLOCK_GROUPS][number % BLOCK_GROUPS];
}

static uint64_t
hash_of(const struct series_key *series, struct period p)
{
	const int32_t parts[] = { (int32_t)series->ordinal, p.first, p.last };
	uint64_t hash = memo_hash(parts, sizeof(parts), 0);

	return hash ^ hash >> 32;
}

static bool
is_of(const struct group *g, const struct series_key *series, struct period p)
{
	return g->series == series && g->period.first == p.first
	    && g->period.last == p.last;
}

/* Its slot, or the free one where it belongs. */
static uint32_t *
slot_of(const struct counts *c, uint64_t hash, const struct series_key *series,
    struct period p)
{
	for (size_t i = hash & (c->cap - 1);; i = (i + 1) & (c->cap - 1))
		if (c->slots[i] == 0
		    || is_of(group_at(c, c->slots[i] - 1), series, p))
			return &c->slots[i];
}

static void
grow(struct counts *c)
{
	c->cap *= 2;
	c->slots = arena_array(c->mem, c->cap, sizeof(*c->slots));
	for (size_t i = 0; i < c->n; i++) {
		const struct group *g = group_at(c, i);

		*slot_of(c, g->hash, g->series, g->period) = (uint32_t)i + 1;
	}
}

static struct group *
group_new(struct counts *c)
{
	struct group **block = &c->blocks[c->n / BLOCK_GROUPS];

	if (*block == NULL)
		*block = arena_array(c->mem, BLOCK_GROUPS, sizeof(**block));
	return group_at(c, c->n++);
}

static bool
too_many(uint32_t line, struct kpid_err *err)
{
	return err_set(err, KPID_ECONTRACT,
	    "line %" PRIu32 ": the rows are counted into more than %d groups. "
	    "HINT: is a column of names or numbers declared as a dimension, "
	    "or a day as the period?",
	    line, LIMIT_COUNT_GROUPS);
}

bool
counts_add(struct counts *c, struct series_key *series,
    const struct observation *row, struct kpid_err *err)
{
	uint64_t hash = hash_of(series, row->period);

	if (2 * c->n >= c->cap)
		grow(c);

	uint32_t *slot = slot_of(c, hash, series, row->period);

	if (*slot == 0) {
		if (c->n == LIMIT_COUNT_GROUPS)
			return too_many(row->line, err);
		*group_new(c) = (struct group){ .series = series,
			.period = row->period,
			.hash = hash,
			.line = row->line,
			.column = row->column,
			.status = row->status };
		*slot = (uint32_t)c->n;
	}

	struct group *g = group_at(c, *slot - 1);

	g->rows++;
	if (row->status != 'A')
		g->status = row->status;
	return true;
}

static int
by_series_and_time(const void *a, const void *b)
{
	const struct group *x = *(const struct group *const *)a;
	const struct group *y = *(const struct group *const *)b;

	if (x->series != y->series)
		return x->series->ordinal < y->series->ordinal ? -1 : 1;
	if (x->period.first != y->period.first)
		return x->period.first < y->period.first ? -1 : 1;
	return x->period.last < y->period.last ? -1 : 1;
}

static bool
hand_on(const struct group *g, const struct observation_sink *out,
    struct kpid_err *err)
{
	char value[24], raw[32];

	(void)snprintf(value, sizeof(value), "%" PRIu64, g->rows);
	(void)snprintf(raw, sizeof(raw), "%" PRIu64 " row%s", g->rows,
	    g->rows == 1 ? "" : "s");

	const struct observation o = { .series = g->series,
		.period = g->period,
		.value = slice_of(value),
		.status = g->status,
		.line = g->line,
		.column = g->column,
		.raw = slice_of(raw) };

	series_saw(g->series, g->period);
	return out->observation(out->ctx, &o, err);
}

bool
counts_end(struct counts *c, const struct observation_sink *out,
    uint64_t *groups, struct kpid_err *err)
{
	struct group **sorted = arena_array(c->mem, c->n, sizeof(*sorted));

	for (size_t i = 0; i < c->n; i++)
		sorted[i] = group_at(c, i);
	qsort(sorted, c->n, sizeof(*sorted), by_series_and_time);
	for (size_t i = 0; i < c->n; i++)
		if (!hand_on(sorted[i], out, err))
			return false;
	*groups = c->n;
	return true;
}
