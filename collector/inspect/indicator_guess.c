/* One indicator for each figure that a table gives, unless it is known. */
#include <string.h>

#include "guess.h"
#include "kpid/label.h"

static const char *const generic_names[] = { "値", "数値", "実数", "value",
	"Value", "VALUE", "OBS_VALUE", "データ", "計", "合計", "総数", "",
	NULL };
static const char *const stock_words[] = { "人口", "世帯", "現在", "末", "残高",
	"住民数", "在庫", "在籍", "登録", "保有", "面積", "職員数", "児童数",
	"生徒数", "園児数", "学級数", "施設数", "蔵書", "会員", "加入",
	"交付枚数", "累計", "累積", "population", NULL };
static const char *const not_stock_words[] = { "増減", "異動", "転入", "転出",
	"出生", "死亡", "動態", "増加", "前月比", "前月差", "前年比", "前年差",
	"前年度比", NULL };
static const char *const ratio_words[] = { "率", "割合", "構成比", "指数",
	"密度", "平均", "当たり", "あたり", "価格", "単価", "気温", "rate",
	"ratio", NULL };

/* The configuration has one of this name. */
static const struct indicator *
known_indicator(const struct guess *g, const char *key)
{
	for (size_t i = 0; i < g->cfg->n_indicators; i++) {
		const struct indicator *k = &g->cfg->indicators[i];

		if (k->name_ja != NULL
		    && strcmp(label_key(slice_of(k->name_ja), g->mem), key)
			== 0)
			return k;
	}
	return NULL;
}

/* Has the draft an indicator whose key is this text? */
static bool
is_drafted(const struct guess *g, const char *key, const char *text)
{
	size_t i;
	json_t *have;

	json_array_foreach(g->draft.indicators, i, have)
	{
		const char *there =
		    json_string_value(json_object_get(have, key));

		if (strcmp(label_key(slice_of(there), g->mem),
			label_key(slice_of(text), g->mem))
		    == 0)
			return true;
	}
	return false;
}

static bool
is_taken(const struct guess *g, const char *code)
{
	return is_drafted(g, "indicator", code)
	    || config_indicator(g->cfg, code) != NULL;
}

/* Two columns of one name are told apart by their place. */
static const char *
own_name(const struct guess *g, const char *name, size_t number)
{
	const char *wish = name;

	while (is_drafted(g, "name_ja", wish)
	    || known_indicator(g, label_key(slice_of(wish), g->mem)) != NULL) {
		wish = arena_printf(g->mem, "%s (%zu)", name, number);
		number += 100;
	}
	return wish;
}

static const char *
new_code(const struct guess *g, const struct figure *f)
{
	const char *ascii = ascii_name(f->name, g->mem);
	const char *code = *ascii != '\0' && !key_is(f->name, generic_names)
	    ? arena_printf(g->mem, "%s_%s", g->stem, ascii)
	    : f->number == 0
	    ? g->stem
	    : arena_printf(g->mem, "%s_c%zu", g->stem, f->number);
	const char *wish = code;

	for (int n = 2; is_taken(g, wish); n++)
		wish = arena_printf(g->mem, "%s_%d", code, n);
	return wish;
}

/* 男 and 女 beside 人口 are people, too. */
static bool
is_of_people(const struct guess *g, const char *name)
{
	static const char *const people[] = { "総数", "計", "世帯", NULL };
	static const char *const sexes[] = { "男", "女", NULL };
	bool may = key_is(name, people) || key_has(name, sexes);

	for (size_t i = 0; may && i < g->n_columns; i++)
		if (strstr(g->columns[i].key, "人口") != NULL)
			return true;
	return false;
}

static const char *
measure_of(const struct guess *g, const char *name, const char *unit)
{
	static const char *const ratios[] = { "%", "％", "‰", "ポイント", "倍",
		"人/km2", "人/km²", "人/㎢", "℃", "歳", NULL };
	bool stock =
	    g->as_of || key_has(name, stock_words) || is_of_people(g, name);

	if (key_is(unit, ratios) || key_has(name, ratio_words))
		return "ratio";
	if (g->to_date)
		return "flow_ytd";
	/* The title says what bare words such as 男 and 総数 are of. */
	if (!stock && g->title != NULL)
		stock = key_has(g->title, stock_words)
		    && !key_has(g->title, not_stock_words);
	return stock && !key_has(name, not_stock_words) ? "stock" : "flow";
}

/* Told of all together, by measures_tell. */
static void
note_measure(struct guess *g, const char *name, const char *measure)
{
	const char **list =
	    strcmp(measure, "stock") == 0 ? &g->stocks : &g->flows;

	if (strcmp(measure, "ratio") == 0 || strcmp(measure, "flow_ytd") == 0)
		return;
	*list = *list == NULL ? arena_printf(g->mem, "'%s'", name)
			      : arena_printf(g->mem, "%s, '%s'", *list, name);
}

void
measures_tell(struct guess *g)
{
	const char *as =
	    json_string_value(json_object_get(g->draft.period, "as"));

	if (g->flows != NULL && as != NULL && strcmp(as, "first_day") == 0)
		doubt(g,
		    "whether all columns are of the first day, as was written: "
		    "flows need a contract of their own: %s",
		    g->flows);
	if (g->unitless != NULL)
		doubt(g,
		    "what these are counted in, in brackets what was "
		    "written: %s",
		    g->unitless);
	if (g->flows != NULL)
		doubt(g,
		    "whether these are flows, counted over their period, as "
		    "was written, and no stocks, levels at its end: %s",
		    g->flows);
	if (g->stocks != NULL)
		doubt(g,
		    "whether these are stocks, levels at the end of their "
		    "period, as was written, and no flows, counted over it: %s",
		    g->stocks);
}

/* 開所日数 are days, whatever the note says that the others are. */
static bool
is_count_of(const char *key)
{
	static const char end[] = "数";
	const size_t n = strlen(key), m = sizeof(end) - 1;

	return n > m && strcmp(key + n - m, end) == 0;
}

/* The unit of the note above the table, where it can be of this figure. */
static const char *
unit_noted(const struct guess *g, const struct figure *f, const char *key,
    const char *usual)
{
	const char *unit = usual == NULL ? NULL : unit_among(g->note, usual);

	if (g->note == NULL || unit != NULL)
		return unit;
	/* Shares and households stand beside what the note is of. */
	if (usual != NULL
	    && (f->decimals > 0 || strcmp(usual, "%") == 0
		|| strcmp(usual, "世帯") == 0 || is_count_of(key)))
		return NULL;
	return g->note[0];
}

/* The first that is known, from the nearest to the furthest; *weak: it is the
 * title's, and may be of another column. */
static const char *
find_unit(const struct guess *g, const struct figure *f, bool *weak)
{
	const char *key = label_key(slice_of(f->name), g->mem);
	const char *usual = unit_by_name(key);
	const char *title = g->title != NULL && f->decimals == 0
	    ? unit_by_name(g->title)
	    : NULL;
	const char *units[] = {
		f->unit,
		unit_in_brackets(f->name, g->mem),
		unit_noted(g, f, key, usual),
		usual,
		title,
	};

	for (size_t i = 0; i < ARRAY_LEN(units); i++)
		if (units[i] != NULL) {
			*weak = i + 1 == ARRAY_LEN(units)
			    && !key_is(f->name, generic_names);
			return units[i];
		}
	return NULL;
}

/* The first of several units above, taken for want of any other sign. */
static const char *
unit_first_noted(const struct guess *g, const struct figure *f)
{
	const char *key = label_key(slice_of(f->name), g->mem);
	const char *usual = unit_by_name(key);

	if (g->note == NULL || g->note[1] == NULL || f->unit != NULL
	    || (usual != NULL && unit_among(g->note, usual) != NULL))
		return NULL;
	return g->note[0];
}

/* What its name counts, against the note above the table. */
static void
doubt_against_note(struct guess *g, const struct figure *f, const char *unit)
{
	const char *key = label_key(slice_of(f->name), g->mem);
	const char *usual = unit_by_name(key);

	if (g->note != NULL && usual != NULL && unit == usual
	    && is_count_of(key) && unit_among(g->note, usual) == NULL)
		doubt(g,
		    "whether '%s' is counted in '%s', as its name says, and "
		    "not in '%s', which stands above the table",
		    f->name, unit, g->note[0]);
}

static const char *
unit_of(struct guess *g, const struct figure *f)
{
	bool weak = false;
	const char *unit = find_unit(g, f, &weak);
	const char *name = *f->name == '\0' ? g->stem : f->name;

	if (unit != NULL && unit == unit_first_noted(g, f))
		doubt(g,
		    "which unit '%s' has: several stand above the table, and "
		    "'%s' was written",
		    name, unit);
	doubt_against_note(g, f, unit);
	if (unit != NULL && !weak)
		return unit;
	if (unit == NULL)
		unit = f->decimals > 0 ? "単位不明" : "件";
	g->unitless = g->unitless == NULL
	    ? arena_printf(g->mem, "'%s' (%s)", name, unit)
	    : arena_printf(g->mem, "%s, '%s' (%s)", g->unitless, name, unit);
	return unit;
}

static const char *
shown_name(const struct guess *g, const struct figure *f)
{
	const char *name = one_line(f->name, g->mem);

	if (!key_is(f->name, generic_names))
		return name;
	if (g->title != NULL)
		return *name == '\0'
		    ? g->title
		    : arena_printf(g->mem, "%s %s", g->title, name);
	return *name == '\0' ? g->stem
			     : arena_printf(g->mem, "%s %s", g->stem, name);
}

const char *
indicator_for(struct guess *g, const struct figure *f, const char **unit)
{
	const char *key =
	    label_key(slice_of(without_brackets(f->name, g->mem)), g->mem);
	const struct indicator *known = known_indicator(g, key);
	const char *code, *measure, *name = shown_name(g, f);
	json_t *one;

	*unit = known != NULL && f->unit == NULL ? known->unit : unit_of(g, f);
	if (known != NULL)
		return known->code;
	name = own_name(g, name, f->number);
	code = new_code(g, f);
	measure = measure_of(g, label_key(slice_of(f->name), g->mem), *unit);
	note_measure(g, name, measure);
	one = json_object();
	(void)json_object_set_new(one, "indicator", json_string(code));
	(void)json_object_set_new(one, "name_ja", json_string(name));
	(void)json_object_set_new(one, "unit", json_string(*unit));
	(void)json_object_set_new(one, "measure", json_string(measure));
	if (f->decimals > 0)
		(void)json_object_set_new(one, "decimals",
		    json_integer(f->decimals <= 12 ? f->decimals : 12));
	json_append(&g->draft.indicators, one);
	return code;
}
