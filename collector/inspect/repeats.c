/* Keys that a body gives different values, by their fingerprints. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpid/inspect.h"
#include "kpid/observation.h"
#include "kpid/table.h"

#define FNV_START 0xcbf29ce484222325ull
#define FNV_PRIME 0x100000001b3ull

/* key 0: free. */
struct entry {
	uint64_t key, value;
	uint32_t line_1, line_n;
	bool differs;
};

struct repeats {
	struct entry *slots; /* NULL: all keys are in order */
	size_t n, room;
	bool unordered, full;
	bool sheets; /* lines are rows of a workbook's sheets */
	const struct observation_sink *to;
};

static uint64_t
mix(uint64_t hash, const void *p, size_t len)
{
	const unsigned char *byte = p;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ byte[i]) * FNV_PRIME;
	return hash;
}

static uint64_t
key_of(const struct observation *o)
{
	uint64_t hash =
	    mix(FNV_START, &o->series->ordinal, sizeof(o->series->ordinal));

	hash = mix(hash, &o->period.first, sizeof(o->period.first));
	hash = mix(hash, &o->period.last, sizeof(o->period.last));
	hash ^= hash >> 29;
	return hash == 0 ? 1 : hash;
}

/* 1.5 and 1.50 are the same number. */
static uint64_t
value_of(const struct observation *o)
{
	struct slice v = o->value;
	uint64_t hash = mix(FNV_START, &o->missing, sizeof(o->missing));

	if (v.len > 0 && memchr(v.ptr, '.', v.len) != NULL) {
		while (v.len > 0 && v.ptr[v.len - 1] == '0')
			v.len--;
		if (v.len > 0 && v.ptr[v.len - 1] == '.')
			v.len--;
	}
	hash = mix(hash, &o->status, sizeof(o->status));
	return v.len == 0 ? hash : mix(hash, v.ptr, v.len);
}

static struct entry *
slot_of(const struct repeats *r, uint64_t key)
{
	size_t at = (size_t)key & (r->room - 1);

	while (r->slots[at].key != 0 && r->slots[at].key != key)
		at = (at + 1) & (r->room - 1);
	return &r->slots[at];
}

static void
make_room(struct repeats *r)
{
	struct entry *before = r->slots;
	size_t n = r->room;

	if (r->n * 2 < n)
		return;
	r->room = n == 0 ? 1024 : n * 2;
	r->slots = calloc(r->room, sizeof(*r->slots));
	if (r->slots == NULL)
		fatal("out of memory");
	for (size_t i = 0; i < n; i++)
		if (before[i].key != 0)
			*slot_of(r, before[i].key) = before[i];
	free(before);
}

static bool
compare_observation(void *ctx, const struct observation *o,
    struct kpid_err *err)
{
	struct repeats *r = ctx;
	struct entry *e;

	(void)err;
	make_room(r);
	e = slot_of(r, key_of(o));
	if (e->key != 0) {
		e->differs |= e->value != value_of(o);
		e->line_n = o->line > e->line_n ? o->line : e->line_n;
		e->line_1 = o->line < e->line_1 ? o->line : e->line_1;
	} else if (r->n == REPEATS_MAX)
		r->full = true;
	else {
		*e = (struct entry){ key_of(o), value_of(o), o->line, o->line,
			false };
		r->n++;
	}
	return true;
}

static bool
watch_observation(void *ctx, const struct observation *o, struct kpid_err *err)
{
	struct repeats *r = ctx;

	(void)err;
	r->unordered |= !o->series->ordered;
	return true;
}

static bool
no_reject(void *ctx, const struct reject *reject, struct kpid_err *err)
{
	(void)ctx;
	(void)reject;
	(void)err;
	return true;
}

static bool
no_finding(void *ctx, const struct finding *f, struct kpid_err *err)
{
	(void)ctx;
	(void)f;
	(void)err;
	return true;
}

struct repeats *
repeats_find(const struct body *body, struct arena *mem)
{
	struct repeats *r = arena_alloc(mem, sizeof(*r));
	const struct observation_sink watch = { r, watch_observation, no_reject,
		no_finding };
	const struct observation_sink compare = { r, compare_observation,
		no_reject, no_finding };
	struct arena scratch = { 0 };
	struct kpid_err err = { 0 };
	struct body quiet = *body;
	uint64_t read;

	r->sheets = body->feed->n_contracts > 0
	    && body->feed->contracts[0].format == FORMAT_XLSX;
	quiet.progress = NULL;
	(void)!body_read(&quiet, &watch, &scratch, &read, &err);
	arena_release(&scratch);
	if (!r->unordered)
		return r;
	(void)!body_read(&quiet, &compare, &scratch, &read, &err);
	arena_release(&scratch);
	return r;
}

void
repeats_free(struct repeats *r)
{
	if (r == NULL)
		return;
	free(r->slots);
	r->slots = NULL;
}

bool
repeats_unchecked(const struct repeats *r)
{
	return r->full;
}

/* Of a workbook the row of its sheet. */
static uint32_t
line_shown(const struct repeats *r, uint32_t line)
{
	return r->sheets ? (line - 1) % LINES_PER_SHEET + 1 : line;
}

static bool
pass_observation(void *ctx, const struct observation *o, struct kpid_err *err)
{
	const struct repeats *r = ctx;
	const struct entry *e = r->slots == NULL ? NULL : slot_of(r, key_of(o));
	char reason[120];

	if (e == NULL || e->key == 0 || !e->differs)
		return r->to->observation(r->to->ctx, o, err);
	(void)snprintf(reason, sizeof(reason),
	    "the file says different things about one key, %s %u to %u",
	    r->sheets ? "rows" : "lines", line_shown(r, e->line_1),
	    line_shown(r, e->line_n));
	return r->to->reject(r->to->ctx,
	    &(struct reject){
		o->line, o->column, o->raw, reason, o->series, o->period },
	    err);
}

static bool
pass_reject(void *ctx, const struct reject *reject, struct kpid_err *err)
{
	const struct repeats *r = ctx;

	return r->to->reject(r->to->ctx, reject, err);
}

static bool
pass_finding(void *ctx, const struct finding *f, struct kpid_err *err)
{
	const struct repeats *r = ctx;

	return r->to->finding(r->to->ctx, f, err);
}

struct observation_sink
repeats_sink(struct repeats *r, const struct observation_sink *to)
{
	r->to = to;
	return (struct observation_sink){ r, pass_observation, pass_reject,
		pass_finding };
}
