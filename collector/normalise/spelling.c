/* The first spelling of a label: open addressing, doubled when half full. */
#include "spelling.h"

#include <string.h>

#include "kpid/label.h"
#include "memo.h"

#define FIRST_SLOTS 64

static uint64_t
hash_of(const char *of, struct slice text)
{
	return memo_hash(text.ptr, text.len, memo_hash(of, strlen(of), 0));
}

static struct spelling *
find(const struct spellings *s, const char *of, struct slice text,
    uint64_t hash)
{
	size_t at = hash & (s->cap - 1);

	for (; s->slots[at].hash != 0; at = (at + 1) & (s->cap - 1))
		if (s->slots[at].hash == hash
		    && strcmp(s->slots[at].of, of) == 0
		    && slice_is(text, s->slots[at].text))
			break;
	return &s->slots[at];
}

static void
grow(struct spellings *s, struct arena *mem)
{
	const struct spellings old = *s;

	s->cap = old.cap == 0 ? FIRST_SLOTS : 2 * old.cap;
	s->slots = arena_array(mem, s->cap, sizeof(*s->slots));
	for (size_t i = 0; i < old.cap; i++) {
		const struct spelling *was = &old.slots[i];

		if (was->hash != 0)
			*find(s, was->of, slice_of(was->text), was->hash) =
			    *was;
	}
}

/* What is kept for this text of a dimension, or a new place for it. */
static struct spelling *
place(struct spellings *s, const char *of, struct slice text, struct arena *mem)
{
	uint64_t hash = hash_of(of, text);
	struct spelling *at;

	if (2 * s->n >= s->cap)
		grow(s, mem);
	at = find(s, of, text, hash);
	if (at->hash != 0)
		return at;
	s->n++;
	*at = (struct spelling){
		.hash = hash, .of = of, .text = slice_dup(text, mem)
	};
	return at;
}

/* The wave dash has two code points, of which NFKC folds one. */
static void
fold_waves(char *key)
{
	static const char wave[] = "〜";
	char *to = key;

	for (const char *at = key; *at != '\0';) {
		if (strncmp(at, wave, strlen(wave)) == 0) {
			*to++ = '~';
			at += strlen(wave);
		} else {
			*to++ = *at++;
		}
	}
	*to = '\0';
}

struct slice
spelling_first(struct spellings *s, const char *of, struct slice label,
    struct arena *mem, struct arena *scratch)
{
	struct spelling *own = place(s, of, label, mem);
	struct slice first = own->first;
	struct spelling *common;
	char *key;

	if (first.ptr != NULL)
		return first;
	first = slice_of(own->text);
	key = label_key(label, scratch);
	fold_waves(key);
	common = place(s, of, slice_of(key), mem);
	if (common->first.ptr == NULL)
		common->first = first;
	first = common->first;
	/* Where it stands may have changed with the table's size */
	place(s, of, label, mem)->first = first;
	return first;
}
