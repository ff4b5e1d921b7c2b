/* The cache of cells: two slots a hash, the newest texts win. */
#include "memo.h"

#include <string.h>

#define MIX 0x9e3779b97f4a7c15U /* 2^64 by the golden ratio, odd */

static uint64_t
mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * MIX;
	return hash ^ hash >> 29;
}

/* Up to eight bytes as one word. */
static uint64_t
word_at(const unsigned char *p, size_t len)
{
	uint64_t word = 0;
	uint32_t half = 0, end = 0;

	if (len >= 8) {
		memcpy(&word, p, 8);
		return word;
	}
	if (len >= 4) {
		memcpy(&half, p, 4);
		memcpy(&end, p + len - 4, 4);
		return (uint64_t)half << 32 | end;
	}
	for (size_t i = 0; i < len; i++)
		word = word << 8 | p[i];
	return word;
}

uint64_t
memo_hash(const void *p, size_t len, uint64_t seed)
{
	const unsigned char *byte = p;
	uint64_t hash = mix(seed, len + 1);

	for (; len > 8; byte += 8, len -= 8)
		hash = mix(hash, word_at(byte, 8));
	hash = mix(hash, word_at(byte, len));
	hash ^= hash >> 32;
	return hash == 0 ? 1 : hash;
}

void
memo_clear(struct memo *m)
{
	if (!m->used) /* of small tables this would be half the time */
		return;
	memset(m->few, 0, sizeof(m->few));
	if (m->slots != m->few)
		memset(m->slots, 0, MEMO_SLOTS * sizeof(*m->slots));
	m->used = false;
	m->n_read = 0;
	m->last = NULL;
}

struct memo *
memo_new(struct arena *mem)
{
	struct memo *m = arena_alloc(mem, sizeof(*m));

	m->mem = mem;
	m->slots = m->few;
	m->mask = MEMO_FEW - 2;
	return m;
}

/* What few hold is read once more; they stay, for entries refer to them as to
 * the one asked for next. */
static void
grow(struct memo *m)
{
	m->slots = arena_array(m->mem, MEMO_SLOTS, sizeof(*m->slots));
	m->mask = MEMO_SLOTS - 2;
}

/* The entry of this text; or, *known false, the one to be overwritten: the
 * second of its two, which is made the first. */
static struct memo_entry *
entry_of(struct memo *m, uint64_t hash, struct slice text, bool *known)
{
	struct memo_entry *first = &m->slots[hash & m->mask];

	for (size_t i = 0; i < 2; i++) {
		*known = first[i].hash == hash && memo_holds(&first[i], text);
		if (*known)
			return &first[i];
	}
	if (first->hash != 0)
		first[1] = first[0];
	return first;
}

/* The same; among more once there were many texts. */
static struct memo_entry *
entry_for(struct memo *m, uint64_t hash, struct slice text, bool *known)
{
	struct memo_entry *e = entry_of(m, hash, text, known);

	if (*known || m->slots != m->few || ++m->n_read <= MEMO_FEW / 2)
		return e;
	grow(m);
	return entry_of(m, hash, text, known);
}

struct memo_value *
memo_at(struct memo *m, struct slice text, bool *known)
{
	struct memo_entry *e = &m->spare, *last = m->last;

	if (memo_near(m, text) != NULL) {
		*known = true;
		return &m->last->value;
	}
	if (text.len <= MEMO_KEY_MAX) {
		uint64_t hash = memo_hash(text.ptr, text.len, 0);

		m->used = true;
		e = entry_for(m, hash, text, known);
		m->last = e;
		if (last != NULL)
			last->next = e;
		*known = *known && !m->above_only;
		if (*known)
			return &e->value;
		e->hash = hash;
		e->len = (uint8_t)text.len;
		if (text.len > 0) /* a null cell has no pointer */
			memcpy(e->key, text.ptr, text.len);
	} else {
		m->last = NULL;
	}
	e->value = (struct memo_value){ 0 };
	return &e->value;
}

void
memo_forget(struct memo *m, struct slice text)
{
	bool known = false;

	if (text.len > MEMO_KEY_MAX)
		return;
	struct memo_entry *e =
	    entry_of(m, memo_hash(text.ptr, text.len, 0), text, &known);

	e->hash = 0;
}
