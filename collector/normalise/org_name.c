/* Organizations by the contract's map, by code, by name. */
#include "org_name.h"

#include <string.h>

#include "kpid/label.h"
#include "kpid/normalise.h"
#include "memo.h"
#include "org_list.h"
#include "org_refuse.h"

/* Wards of 東京都 whose names wards of designated cities have too. */
static const char *const shared_wards[] = { "中央区", "北区", "港区" };

/* Signs that tables write for each other; no two names differ in them. Both
 * take as many bytes. */
static const struct {
	const char *from, *to;
} variants[] = { { "ヶ", "ケ" }, { "ケ", "ヶ" }, { "檮", "梼" } };

void
org_reader_begin(struct org_reader *r, const struct contract *c,
    struct arena *mem, struct arena *scratch)
{
	*r = (struct org_reader){
		.contract = c, .mem = mem, .scratch = scratch
	};
	r->map_keys = arena_array(mem, c->n_org_map, sizeof(*r->map_keys));
	for (size_t i = 0; i < c->n_org_map; i++)
		r->map_keys[i] = label_key(slice_of(c->org_map[i].from), mem);
}

/* The code that the contract gives this name, or NULL. */
static const char *
mapped(const struct org_reader *r, const char *key)
{
	for (size_t i = 0; i < r->contract->n_org_map; i++)
		if (strcmp(r->map_keys[i], key) == 0)
			return r->contract->org_map[i].to;
	return NULL;
}

/* As the list writes it, or with the other sign: 龍ヶ崎市 is 龍ケ崎市. */
static size_t
find(const char *key, struct arena *scratch, size_t *first)
{
	size_t n = org_list_find(slice_of(key), first);

	for (size_t i = 0; n == 0 && i < ARRAY_LEN(variants); i++) {
		char *other = arena_strdup(scratch, key);

		for (char *p = other;
		     (p = strstr(p, variants[i].from)) != NULL;)
			memcpy(p, variants[i].to, strlen(variants[i].to));
		n = org_list_find(slice_of(other), first);
	}
	return n;
}

/* 兵庫 in a list of prefectures: cities are never written without their 市. */
static size_t
find_prefecture(const char *key, struct arena *scratch, size_t *first)
{
	static const char *const suffixes[] = { "県", "府", "都" };

	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++) {
		const char *whole =
		    arena_printf(scratch, "%s%s", key, suffixes[i]);

		if (org_list_find(slice_of(whole), first) == 1
		    && org_spellings[*first].parts == ORG_PREFECTURE)
			return 1;
	}
	return 0;
}

static bool
is_shared_ward(const char *key)
{
	for (size_t i = 0; i < ARRAY_LEN(shared_wards); i++)
		if (strcmp(key, shared_wards[i]) == 0)
			return true;
	return false;
}

static const char *
detail(const struct org_reader *r, const char *key, size_t first, size_t n)
{
	if (n == 1)
		return org_why_shared_ward(key, first, r->mem);
	if (n > 1)
		return org_why_several(key, first, n, r->mem);
	return org_why_unknown(key, r->mem, r->scratch);
}

/* Each name's refusal is put into words once. */
static bool
refuse(struct org_reader *r, const char *key, size_t first, size_t n,
    const char **why)
{
	uint64_t hash = memo_hash(key, strlen(key), 0);

	*why = n > 0 ? "several local governments have this name"
		     : "no local government has this name";
	for (size_t i = 0; i < r->n_refusals; i++)
		if (r->refusals[i].hash == hash) {
			*why = r->refusals[i].why;
			return false;
		}
	if (r->n_refusals == ORG_REFUSALS_MAX)
		return false;
	*why = detail(r, key, first, n);
	r->refusals[r->n_refusals++] = (struct org_refusal){ hash, *why };
	return false;
}

static bool
by_name(struct org_reader *r, const char *key, int *out, const char **why)
{
	size_t first = 0;

	if (strcmp(key, "全国") == 0) {
		*out = 0;
		return true;
	}

	size_t n = find(key, r->scratch, &first);

	if (n == 0)
		n = find_prefecture(key, r->scratch, &first);
	if (n != 1 || is_shared_ward(key))
		return refuse(r, key, first, n, why);
	*out = org_entries[org_spellings[first].entry].code;
	return true;
}

/* What is figures alone. */
static bool
by_code(struct org_reader *r, struct slice text, int *out, const char **why)
{
	if (r->contract->org_prefecture && slice_trim(text).len <= 2)
		return org_prefecture_read(text, out, why);
	return org_code_read_as(text, &r->form, out, why);
}

bool
org_read(struct org_reader *r, struct slice text, int *out, const char **why)
{
	if (r->contract->n_org_map == 0 && org_code_is(text))
		return by_code(r, text, out, why);
	arena_reset(r->scratch);

	const char *key = label_key(text, r->scratch);
	const char *code = mapped(r, key);

	if (code != NULL)
		return org_code_read(slice_of(code), out, why);
	if (key[0] == '\0' || org_code_is(text))
		return by_code(r, text, out, why);
	return by_name(r, key, out, why);
}
