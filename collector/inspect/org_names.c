/*
 * Local governments by what they are called: in a column without a telling
 * name, or across the header. Whether they are read so shows a reading.
 */
#include <string.h>

#include "guess.h"
#include "kpid/label.h"
#include "kpid/pattern.h"

static const char *const ends[] = { "市", "区", "町", "村", "都", "道", "府",
	"県", NULL };
static const char *const whole[] = { "全国", "日本", NULL };

static bool
ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n > m && strcmp(text + n - m, end) == 0;
}

bool
is_org_name(const char *text, struct arena *mem)
{
	const char *key = label_key(slice_of(text), mem);

	if (key_is(key, whole))
		return true;
	/* 町 alone is no name; and two characters or more stand before it. */
	for (const char *const *e = ends; *e != NULL; e++)
		if (ends_with(key, *e) && strlen(key) >= 6)
			return true;
	return false;
}

/* 市計, 郡部, 長野県計: rows between that add others up. */
static bool
is_sum_of_orgs(const char *text, struct arena *mem)
{
	static const char *const sums[] = { "計", "郡", "部", "圏", "管内",
		"地域", "広域", "振興局", "総数", NULL };
	const char *key = label_key(slice_of(text), mem);

	if (is_total(text, mem))
		return true;
	for (const char *const *s = sums; *s != NULL; s++)
		if (ends_with(key, *s))
			return true;
	return false;
}

struct column *
org_name_column(struct guess *g)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];
		size_t orgs = 0, sums = 0;

		if (c->role != ROLE_NONE || c->n_distinct < 2
		    || c->n_distinct == DISTINCT_MAX
		    || c->texts * 2 < c->filled)
			continue;
		for (size_t k = 0; k < c->n_distinct; k++)
			if (is_org_name(c->distinct[k], g->mem))
				orgs++;
			else
				sums += is_sum_of_orgs(c->distinct[k], g->mem);
		if (orgs >= 2 && orgs * 2 > sums
		    && orgs + sums == c->n_distinct)
			return c;
	}
	return NULL;
}

void
leave_sums_of_orgs(struct guess *g, const struct column *c)
{
	json_t *list = json_array();
	const char *first = NULL;

	for (size_t k = 0; k < c->n_distinct; k++) {
		const char *text = c->distinct[k];

		if (is_org_name(text, g->mem) || is_total(text, g->mem))
			continue;
		if (first == NULL)
			first = one_line(text, g->mem);
		(void)json_array_append_new(list,
		    json_string(one_line(text, g->mem)));
	}
	if (first == NULL) {
		json_decref(list);
		return;
	}
	row_test_add(g, "except", row_test(c->reference, "is", list));
	doubt(g,
	    "whether rows such as '%s' in '%s' are wanted: they are no local "
	    "government, and are left out",
	    first, c->reference);
	for (size_t r = g->at.first; r < g->at.last; r++) {
		const char *text = seen_at(&g->sample.rows[r], c->number - 1);

		if (*text != '\0' && !is_org_name(text, g->mem)
		    && !is_total(text, g->mem))
			g->skipped[r] = true;
	}
}

static bool
is_org_column(struct guess *g, const struct column *c)
{
	return c->role == ROLE_NONE && c->filled > 0
	    && (c->numbers + c->marks) * 10 >= c->filled * 6
	    && is_org_name(c->name, g->mem);
}

/* Finds just the columns of local governments, or names them. */
static const char *
pattern_of_orgs(struct guess *g)
{
	static const char *const shapes[] = { "^.+[市区町村]$",
		"^.+[都道府県]$", "^(?:全国|.+[都道府県])$",
		"^.+[都道府県市区町村]$" };
	struct slice groups[PATTERN_GROUPS];
	struct kpid_err err = { 0 };
	const char *text = "";

	for (size_t s = 0; s < ARRAY_LEN(shapes); s++) {
		struct pattern *p;
		bool fits = pattern_new(shapes[s], g->mem, &p, &err);

		for (size_t i = 0; fits && i < g->n_columns; i++) {
			const struct column *c = &g->columns[i];
			bool found = false;

			fits = pattern_find(p, slice_of(c->name), groups,
				   &found, &err)
			    && found == (c->role == ROLE_WIDE);
		}
		if (fits)
			return shapes[s];
	}
	for (size_t i = 0; i < g->n_columns; i++)
		if (g->columns[i].role == ROLE_WIDE)
			text = arena_printf(g->mem, "%s%s%s", text,
			    *text == '\0' ? "" : "|",
			    pattern_quote(g->columns[i].name, g->mem));
	return arena_printf(g->mem, "^(?:%s)$", text);
}

bool
orgs_across(struct guess *g)
{
	size_t orgs = 0, others = 0;
	json_t *into;

	for (size_t i = 0; i < g->n_columns; i++) {
		const struct column *c = &g->columns[i];
		bool figures = c->role == ROLE_NONE && c->numbers > 0
		    && c->numbers * 2 > c->filled
		    && c->whens[WHEN_DIGITS] * 2 <= c->filled
		    && !is_sum_of_orgs(c->name, g->mem);

		if (is_org_column(g, c))
			orgs++;
		else
			others += figures;
	}
	if (orgs < 2 || others > 0)
		return false;
	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];

		if (is_org_column(g, c)) {
			c->role = ROLE_WIDE;
			g->wide.n++;
		}
	}
	g->wide.orgs = true;
	g->wide.period = made_name(g, "団体");
	into = json_array();
	(void)json_array_append_new(into, json_string(g->wide.period));
	g->draft.unpivot = json_object();
	(void)json_object_set_new(g->draft.unpivot, "columns",
	    json_string(pattern_of_orgs(g)));
	(void)json_object_set_new(g->draft.unpivot, "into", into);
	(void)json_object_set_new(g->draft.unpivot, "value",
	    json_string(made_name(g, "値")));
	return true;
}
