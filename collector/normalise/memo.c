/* The cache of cells: one slot a hash, the newest text wins. */
#include "memo.h"

#include <string.h>

uint64_t
memo_hash(const void *p, size_t len, uint64_t seed)
{
	const unsigned char *byte = p;
	uint64_t hash = seed == 0 ? 0xcbf29ce484222325U : seed;

	for (size_t i = 0; i < len; i++)
		hash = (hash ^ byte[i]) * 0x100000001b3U;
	return hash == 0 ? 1 : hash;
}

static struct memo_entry *
slot(struct memo *m, uint64_t hash)
{
	return &m->slots[(hash ^ hash >> 32) & (MEMO_SLOTS - 1)];
}

struct memo_value *
memo_at(struct memo *m, struct slice text, bool *known)
{
	struct memo_entry *e = &m->spare;

	*known = false;
	if (text.len == 0)
		text = slice_of(""); /* a null cell has no pointer */
	if (text.len <= MEMO_KEY_MAX) {
		uint64_t hash = memo_hash(text.ptr, text.len, 0);

		e = slot(m, hash);
		*known = e->hash == hash && e->len == text.len
		    && memcmp(e->key, text.ptr, text.len) == 0;
		if (*known)
			return &e->value;
		e->hash = hash;
		e->len = (uint8_t)text.len;
		memcpy(e->key, text.ptr, text.len);
	}
	e->value = (struct memo_value){ 0 };
	return &e->value;
}

void
memo_forget(struct memo *m, struct slice text)
{
	if (text.len <= MEMO_KEY_MAX)
		slot(m, memo_hash(text.ptr, text.len, 0))->hash = 0;
}
