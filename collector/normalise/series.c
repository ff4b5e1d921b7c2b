/* Interning of series keys: open addressing, doubled when half full. */
#include "series.h"

#include <string.h>

#include "kpid/limits.h"
#include "memo.h"

#define FIRST_SLOTS 64

static uint64_t
hash_of(const struct series_want *w)
{
	struct period p = w->period;
	int parts[3] = { w->org, (int)p.kind, p.n };
	uint64_t hash = memo_hash(w->dims.ptr, w->dims.len, 0);

	hash = memo_hash(parts, sizeof(parts), hash);
	return memo_hash(w->indicator, strlen(w->indicator), hash);
}

static bool
is_wanted(const struct series_slot *slot, uint64_t hash,
    const struct series_want *w)
{
	const struct series *s = slot->series;

	return slot->hash == hash && s->kind == w->period.kind
	    && s->n == w->period.n && s->key.org == w->org
	    && strcmp(s->key.indicator, w->indicator) == 0
	    && slice_is(w->dims, s->key.dims);
}

static void
grow(struct series_table *t)
{
	size_t cap = t->cap == 0 ? FIRST_SLOTS : 2 * t->cap;
	struct series_slot *slots = arena_array(t->mem, cap, sizeof(*slots));

	for (size_t i = 0; i < t->cap; i++) {
		size_t at = t->slots[i].hash & (cap - 1);

		if (t->slots[i].series == NULL)
			continue;
		while (slots[at].series != NULL)
			at = (at + 1) & (cap - 1);
		slots[at] = t->slots[i];
	}
	t->slots = slots;
	t->cap = cap;
}

static struct series *
series_new(struct series_table *t, const struct series_want *w)
{
	struct series *s = arena_alloc(t->mem, sizeof(*s));
	char span[SPAN_TEXT_MAX];

	(void)span_text(w->period, span);
	s->kind = w->period.kind;
	s->n = w->period.n;
	s->key = (struct series_key){
		.ordinal = (uint32_t)t->n,
		.indicator = w->indicator,
		.org = w->org,
		.frequency = w->period.kind == SPAN_DAY
		    ? w->instants
		    : period_frequency(w->period),
		.span = arena_strdup(t->mem, span),
		.dims = slice_dup(w->dims, t->mem),
		.last_first = INT32_MIN,
		.ordered = true,
	};
	return s;
}

bool
series_intern(struct series_table *t, const struct series_want *want,
    struct series **out, struct kpid_err *err)
{
	uint64_t hash = hash_of(want);

	if (2 * t->n >= t->cap)
		grow(t);
	size_t at = hash & (t->cap - 1);

	for (; t->slots[at].series != NULL; at = (at + 1) & (t->cap - 1))
		if (is_wanted(&t->slots[at], hash, want)) {
			*out = t->slots[at].series;
			return true;
		}
	if (t->n == LIMIT_DELIVERY_SERIES)
		return err_set(err, KPID_ECONTRACT,
		    "more than %d different "
		    "series in one delivery (LIMIT_DELIVERY_SERIES). HINT: "
		    "is a column of numbers declared as a dimension?",
		    LIMIT_DELIVERY_SERIES);
	t->slots[at] = (struct series_slot){ hash, series_new(t, want) };
	t->n++;
	*out = t->slots[at].series;
	return true;
}
