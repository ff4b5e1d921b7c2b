/* Columns of words: dimensions of the series, or what names the indicator. */
#include <string.h>
#include <strings.h>

#include "guess.h"
#include "kpid/label.h"

#define INDICATORS_MAX 60 /* labels that may each be an indicator */

static bool
is_words(const struct column *c)
{
	return c->role == ROLE_NONE && c->filled > 0
	    && (c->texts + c->whens[WHEN_FULL]) * 2 > c->filled
	    && c->numbers * 2 < c->filled;
}

/* 001, 0059, 10: digits that name something. */
static bool
is_code(const struct column *c)
{
	static const char *const words[] = { "コード", "code", "Code", "CODE",
		"番号", NULL };

	return c->role == ROLE_NONE && c->filled > 0
	    && c->digits * 10 >= c->filled * 9
	    && (c->padded * 10 > c->filled || key_has(c->key, words));
}

bool
is_category(const struct guess *g, const struct column *c)
{
	static const char *const ends[] = { "区分", "種別", "別", "類型",
		"程度", "形状", "構造", "線形", "有無", "装備", "符号", "番号",
		"コード", "状態", "種類", "規制", "部位", "対象物", "方向",
		"code", "type", NULL };
	size_t len = strlen(c->key);

	if (c->unit != NULL || c->n_distinct > 40 || g->n_data < 100
	    || c->digits * 10 < (c->filled - c->marks) * 9)
		return false;
	for (const char *const *e = ends; *e != NULL; e++)
		if (len >= strlen(*e)
		    && strcmp(c->key + len - strlen(*e), *e) == 0)
			return true;
	return false;
}

/* 0歳, 1歳, .. beside figures: whom they count. */
static bool
is_age(const struct guess *g, const struct column *c)
{
	static const char *const names[] = { "年齢", "年齢別", "各歳", "歳",
		"年齢各歳", "年齢区分", "年齢階級", NULL };
	bool others = false;

	for (size_t i = 0; i < g->n_columns; i++) {
		/* Two halves side by side are two tables. */
		if (&g->columns[i] != c
		    && strcmp(g->columns[i].key, c->key) == 0)
			return false;
		others |= &g->columns[i] != c
		    && (g->columns[i].role == ROLE_WIDE
			|| (g->columns[i].role == ROLE_NONE
			    && g->columns[i].numbers > 0));
	}
	return c->role == ROLE_NONE && others && key_is(c->key, names)
	    && c->decimals == 0 && c->n_distinct > 1
	    && (c->unit == NULL || strcmp(c->unit, "歳") == 0);
}

/* Does each text of one column always stand beside the same of the other? */
static bool
says_the_same(const struct guess *g, const struct column *code,
    const struct column *label)
{
	const char **beside;

	if (code->n_distinct != label->n_distinct
	    || code->n_distinct == DISTINCT_MAX)
		return false;
	beside = arena_array(g->mem, code->n_distinct, sizeof(*beside));
	for (size_t r = g->at.first; r < g->at.last; r++) {
		const char *a = seen_at(&g->sample.rows[r], code->number - 1);
		const char *b = seen_at(&g->sample.rows[r], label->number - 1);
		size_t i = 0;

		if (!row_is_data(g, r) || *a == '\0')
			continue;
		while (i < code->n_distinct
		    && strcmp(code->distinct[i], a) != 0)
			i++;
		if (i == code->n_distinct)
			continue;
		if (beside[i] == NULL)
			beside[i] = b;
		if (strcmp(beside[i], b) != 0)
			return false;
	}
	return true;
}

/* tab_code | 表章項目: one of them is enough, and words say more. */
static void
leave_codes(struct guess *g)
{
	for (size_t i = 0; i < g->n_columns; i++)
		for (size_t k = 0; k < g->n_columns; k++) {
			struct column *code = &g->columns[i];

			if (is_code(code) && is_words(&g->columns[k])
			    && (k == i + 1 || code->n_distinct > 1)
			    && says_the_same(g, code, &g->columns[k]))
				code->role = ROLE_IGNORE;
		}
	/* The codes of an organization or period that is taken. */
	for (size_t i = 0; i + 1 < g->n_columns; i++) {
		struct column *a = &g->columns[i], *b = a + 1;

		if ((a->role == ROLE_ORG || a->role == ROLE_PERIOD)
		    && is_words(b) && is_code_name(a->key)
		    && says_the_same(g, a, b))
			b->role = ROLE_IGNORE;
		if (b->role == ROLE_ORG && is_code(a) && says_the_same(g, a, b))
			a->role = ROLE_IGNORE;
	}
}

bool
is_code_name(const char *key)
{
	static const char *const words[] = { "コード", "_code", "code",
		"フラグ", "_flag", "flag", NULL };
	size_t len = strlen(key);

	return key_has(key, words)
	    || (len > 3 && strcasecmp(key + len - 3, "_id") == 0);
}

static const char *
dimension_name(struct guess *g, const struct column *c)
{
	const char *name = known_name(c->key);
	const char *wish;
	int n = 2;

	if (name == NULL) {
		name = ascii_name(c->key, g->mem);
		if (*name == '\0')
			name = arena_printf(g->mem, "c%zu", c->number);
	}
	wish = name;
	while (json_object_get(g->draft.dimensions, wish) != NULL)
		wish = arena_printf(g->mem, "%s%d", name, n++);
	return wish;
}

static void
add_dimension(struct guess *g, const char *name, const char *column)
{
	if (g->draft.dimensions == NULL)
		g->draft.dimensions = json_object();
	(void)json_object_set_new(g->draft.dimensions, name,
	    json_column(column));
}

static bool
names_indicator(const struct guess *g, const struct column *c)
{
	static const char *const words[] = { "指標", "指標名", "項目", "項目名",
		"表章項目", "統計項目", "データ項目", "indicator",
		"indicator_name", "tab_name", "KPI", NULL };

	if (c->n_distinct > INDICATORS_MAX)
		return false;
	(void)g;
	return key_is(c->key, words);
}

/* Labels with units of their own are quantities: 人口（人）, 受診率（％）. */
static bool
labels_have_units(struct guess *g, const struct column *c)
{
	size_t n = 0;

	if (c->n_distinct > INDICATORS_MAX)
		return false;
	for (size_t i = 0; i < c->n_distinct; i++)
		n += unit_in_brackets(c->distinct[i], g->mem) != NULL;
	return n * 2 > c->n_distinct;
}

/* Different units beside the labels make them indicators. */
static bool
unit_follows(const struct guess *g, const struct column *c)
{
	const struct column *unit = NULL;

	for (size_t i = 0; i < g->n_columns; i++)
		if (g->columns[i].role == ROLE_UNIT)
			unit = &g->columns[i];
	return unit != NULL && unit->n_distinct > 1
	    && c->n_distinct <= INDICATORS_MAX
	    && c->n_distinct >= unit->n_distinct;
}

/* Texts that are nearly all different describe rows; they are no series. */
static bool
is_remark(const struct guess *g, const struct column *c)
{
	size_t length = 0;

	for (size_t i = 0; i < c->n_distinct; i++)
		length += strlen(c->distinct[i]);
	(void)g;
	return c->n_distinct > 0 && length / c->n_distinct > 90;
}

/* （単位：千円、％） above 歳入総額 and 経常収支比率. */
static bool
notes_differ(const struct guess *g, const struct column *c)
{
	size_t shares = 0;

	if (g->note == NULL || g->note[1] == NULL
	    || unit_among(g->note, "%") == NULL
	    || c->n_distinct > INDICATORS_MAX)
		return false;
	for (size_t i = 0; i < c->n_distinct; i++) {
		const char *key = label_key(slice_of(c->distinct[i]), g->mem);
		const char *unit = unit_by_name(key);

		shares += unit != NULL && strcmp(unit, "%") == 0;
	}
	return shares > 0 && shares < c->n_distinct;
}

static void
choose_indicator(struct guess *g)
{
	if (g->draft.indicator != NULL)
		return;
	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];

		if (!is_words(c)
		    || !(names_indicator(g, c) || labels_have_units(g, c)
			|| unit_follows(g, c) || notes_differ(g, c)))
			continue;
		if (notes_differ(g, c))
			doubt(g,
			    "whether each row of '%s' is an indicator of its "
			    "own: the units above the table differ",
			    c->reference);
		c->role = ROLE_LABEL;
		g->by_label = c;
		g->draft.indicator = json_column(c->reference);
		fill_down_guess(g, c);
		return;
	}
}

void
label_guess(struct guess *g)
{
	leave_codes(g);
	choose_indicator(g);
	/* One alone tells nothing apart. */
	if (g->wide.label != NULL && (g->wide.orgs || g->wide.n_labels > 1))
		add_dimension(g, "category", g->wide.label);
	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];

		if (!is_words(c) && !is_code(c) && !is_age(g, c)
		    && !(c->role == ROLE_NONE && is_category(g, c)))
			continue;
		if (is_remark(g, c)) {
			c->role = ROLE_IGNORE;
			doubt(g,
			    "whether the texts of '%s' are remarks: they "
			    "are left out",
			    c->reference);
			continue;
		}
		c->role = ROLE_LABEL;
		add_dimension(g, dimension_name(g, c), c->reference);
		fill_down_guess(g, c);
	}
}
