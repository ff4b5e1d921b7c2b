/* Whose values they are: a code, a name, or one for the whole table. */
#include <ctype.h>
#include <string.h>

#include "guess.h"
#include "kpid/file.h"
#include "kpid/normalise.h"

static const char *const code_names[] = { "団体コード", "市区町村コード",
	"全国地方公共団体コード", "都道府県コード又は市区町村コード",
	"自治体コード", "地方公共団体コード", "市町村コード", "行政区域コード",
	"area_code", "地域コード", "area", "コード", "標準地域コード", "団体CD",
	NULL };
static const char *const prefecture_names[] = { "都道府県名", "都道府県",
	"県名", NULL };
static const char *const town_names[] = { "市区町村名", "市区町村", "市町村名",
	"市町村", "団体名", "自治体名", "自治体", "地方公共団体名", "団体",
	NULL };
static const char *const area_names[] = { "地域", "area_name", "地域名",
	"市区町村名", "都道府県名", "団体名", "都道府県", "自治体名",
	"市町村名", "市区町村", "市町村", NULL };

static struct column *
called(struct guess *g, const char *const *names)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];

		if (c->role == ROLE_NONE && c->filled > 0
		    && key_is(c->key, names))
			return c;
	}
	return NULL;
}

/* The column of codes; its name may be unknown when its cells are not. */
static struct column *
code_column(struct guess *g)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];

		bool named = key_is(c->key, code_names)
		    || strstr(c->key, "団体コード") != NULL
		    || strstr(c->key, "市区町村コード") != NULL;

		/* Some codes of five digits are read only beside others. */
		if (c->role == ROLE_NONE && c->filled > 0 && named
		    && c->digits * 10 >= c->filled * 9
		    && c->org_codes * 2 > c->filled)
			return c;
	}
	return NULL;
}

/* Names beside codes say the same again. */
static void
leave_names(struct guess *g, const struct column *codes)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];

		if (c->role == ROLE_NONE && c->texts * 2 > c->filled
		    && c->n_distinct <= codes->n_distinct
		    && (key_is(c->key, area_names)
			|| key_is(c->key, town_names)))
			c->role = ROLE_IGNORE;
	}
}

static bool
from_names(struct guess *g)
{
	struct column *prefecture = called(g, prefecture_names);
	struct column *town = called(g, town_names);

	if (town == NULL && prefecture == NULL)
		return false;
	if (town != NULL && town->texts * 10 < town->filled * 8)
		return false;
	if (town != NULL && prefecture != NULL) {
		json_set_text(&g->draft.organization, "text",
		    arena_printf(g->mem, "{%s}{%s}", prefecture->reference,
			town->reference));
		fill_down_guess(g, prefecture);
		prefecture->role = town->role = ROLE_ORG;
		return true;
	}
	if (town == NULL)
		town = prefecture;
	json_set_text(&g->draft.organization, "column", town->reference);
	fill_down_guess(g, town);
	town->role = ROLE_ORG;
	return true;
}

/* 202037_population.csv: how open data of municipalities are called. */
static const char *
code_in_name(const struct guess *g)
{
	const char *base = g->file == NULL ? "" : path_base(g->file);
	size_t n = strspn(base, "0123456789");
	const char *why = NULL;
	int org;

	if (n != 6 || isalnum((unsigned char)base[n])
	    || !org_code_read((struct slice){ base, 6 }, &org, &why))
		return NULL;
	return arena_strndup(g->mem, base, 6);
}

void
org_constant(struct guess *g)
{
	const char *code = code_in_name(g);

	if (g->draft.organization != NULL)
		return;
	if (code != NULL) {
		json_set_text(&g->draft.organization, "constant", code);
		return;
	}
	if (g->cfg->organization != NULL) {
		doubt(g,
		    "whose values these are: the configured organization %s "
		    "is taken",
		    g->cfg->organization);
		return;
	}
	json_set_text(&g->draft.organization, "constant", "000000");
	doubt(g,
	    "whose values these are: '000000' (the whole country) is "
	    "written as the organization; put its six-digit code there");
}

/* 01 to 47, where the name says that they are prefectures. */
static bool
from_prefecture_codes(struct guess *g)
{
	static const char *const names[] = { "都道府県コード", "都道府県CD",
		"県コード", "prefecture", "prefecture_code", "pref_code",
		"prefCode", NULL };
	struct column *c = called(g, names);

	for (size_t i = 0; c != NULL && i < c->n_distinct; i++)
		if (strlen(c->distinct[i]) > 2)
			return false;
	if (c == NULL || c->digits < c->filled)
		return false;
	c->role = ROLE_ORG;
	json_set_text(&g->draft.organization, "column", c->reference);
	json_set_text(&g->draft.organization, "as", "prefecture");
	return true;
}

void
org_guess(struct guess *g)
{
	struct column *c = code_column(g);

	if (c != NULL) {
		c->role = ROLE_ORG;
		json_set_text(&g->draft.organization, "column", c->reference);
		leave_names(g, c);
		return;
	}
	if (g->wide.orgs) {
		json_set_text(&g->draft.organization, "column", g->wide.period);
		return;
	}
	c = org_name_column(g);
	if (c != NULL && called(g, prefecture_names) == NULL) {
		c->role = ROLE_ORG;
		json_set_text(&g->draft.organization, "column", c->reference);
		leave_sums_of_orgs(g, c);
		return;
	}
	if (!from_names(g) && !from_prefecture_codes(g))
		org_constant(g);
}
