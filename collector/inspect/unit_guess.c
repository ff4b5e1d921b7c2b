/* Units: in brackets behind a name, below it, above the table, in the cells. */
#include <string.h>

#include "guess.h"
#include "kpid/label.h"

static const char *const opens[] = { "(", "（", "[", "［", "〔", "【" };
static const char *const closes[] = { ")", "）", "]", "］", "〕", "】" };

/* 単位：人 is 人. */
static const char *
after_word(const char *text)
{
	static const char *const skip[] = { "単位", ":", "：", ";", "；", "　",
		" ", "・", NULL };
	bool more = true;

	while (more) {
		more = false;
		for (const char *const *s = skip; *s != NULL; s++)
			if (strncmp(text, *s, strlen(*s)) == 0) {
				text += strlen(*s);
				more = true;
			}
	}
	return text;
}

static const char *const stops[] = { "・", "、", "，", ",", "；", ";" };

/* What stands behind the last of the stops; NULL: there is none. */
static const char *
behind_stop(const char *text, const char **stop)
{
	const char *behind = NULL;

	for (size_t i = 0; i < ARRAY_LEN(stops); i++)
		for (const char *at = strstr(text, stops[i]); at != NULL;
		     at = strstr(at + 1, stops[i]))
			if (behind == NULL || at + strlen(stops[i]) > behind) {
				behind = at + strlen(stops[i]);
				*stop = at;
			}
	return behind;
}

/* 累計・千円 and 円・税込: the last part that is a unit. */
static const char *
unit_word(const char *text, struct arena *mem)
{
	const char *word =
	    slice_dup(slice_trim(slice_of(after_word(text))), mem);
	const char *stop = NULL;

	while (!is_unit(word)) {
		const char *behind = behind_stop(word, &stop);
		const char *part = behind == NULL
		    ? NULL
		    : slice_dup(slice_trim(slice_of(behind)), mem);

		if (part == NULL)
			return NULL;
		if (is_unit(part))
			return part;
		word = slice_dup(slice_trim((struct slice){
				     word, (size_t)(stop - word) }),
		    mem);
	}
	return word;
}

/* 市税収入・千円: a unit behind the name, without brackets. */
const char *
unit_behind(const char *name, struct arena *mem)
{
	const char *stop = NULL, *behind = behind_stop(name, &stop);
	const char *unit;

	if (behind == NULL || stop == name)
		return NULL;
	unit = slice_dup(slice_trim(slice_of(behind)), mem);
	/* 相談・件数 is a name. */
	return is_unit(unit) && strstr(unit, "数") == NULL ? unit : NULL;
}

const char *
unit_in_brackets(const char *text, struct arena *mem)
{
	for (size_t i = 0; i < ARRAY_LEN(opens); i++) {
		const char *open = strstr(text, opens[i]);

		while (open != NULL) {
			const char *in = open + strlen(opens[i]);
			const char *close = strstr(in, closes[i]);
			const char *unit;

			if (close == NULL)
				break;
			unit = unit_word(arena_strndup(mem, in,
					     (size_t)(close - in)),
			    mem);
			if (unit != NULL)
				return unit;
			open = strstr(close, opens[i]);
		}
	}
	return NULL;
}

const char *
unit_of_cell(const char *text, struct arena *mem)
{
	const char *unit = unit_in_brackets(text, mem);

	return unit != NULL ? unit : unit_word(text, mem);
}

/* What stands before the first of the marks; all when there is none. */
static size_t
length_before(const char *text, const char *const *marks, size_t n)
{
	size_t len = strlen(text);

	for (size_t i = 0; i < n; i++) {
		const char *mark = strstr(text, marks[i]);

		if (mark != NULL && (size_t)(mark - text) < len)
			len = (size_t)(mark - text);
	}
	return len;
}

/* （単位：千円、％）: each a unit, or it is no such note. */
const char *const *
units_of_note(const char *text, struct arena *mem)
{
	static const char *const commas[] = { "、", "，", ",", "・", "/",
		"／" };
	const char *at = strstr(text, "単位");
	const char **list;
	size_t n = 0;

	if (at == NULL)
		return NULL;
	at = after_word(at);
	at = arena_strndup(mem, at,
	    length_before(at, closes, ARRAY_LEN(closes)));
	list = arena_array(mem, NOTE_UNITS + 1, sizeof(*list));
	while (*at != '\0' && n < NOTE_UNITS) {
		size_t len = is_unit(at)
		    ? strlen(at)
		    : length_before(at, commas, ARRAY_LEN(commas));

		list[n++] =
		    slice_dup(slice_trim((struct slice){ at, len }), mem);
		if (!is_unit(list[n - 1]))
			return NULL;
		at = after_word(at + len);
		for (size_t i = 0; i < ARRAY_LEN(commas); i++)
			if (strncmp(at, commas[i], strlen(commas[i])) == 0)
				at = after_word(at + strlen(commas[i]));
	}
	return n > 0 ? list : NULL;
}

/* 千円 and 百万円 are of 円. */
static bool
is_of_unit(const char *unit, const char *base)
{
	size_t n = strlen(unit), m = strlen(base);

	if (strcmp(base, "%") == 0 && strcmp(unit, "％") == 0)
		return true;
	return n >= m && strcmp(unit + n - m, base) == 0;
}

const char *
unit_among(const char *const *note, const char *base)
{
	for (; note != NULL && *note != NULL; note++)
		if (is_of_unit(*note, base))
			return *note;
	return NULL;
}

const char *
without_brackets(const char *text, struct arena *mem)
{
	size_t len = strlen(text);

	for (size_t i = 0; i < ARRAY_LEN(opens); i++) {
		size_t n = strlen(closes[i]);
		const char *open = strstr(text, opens[i]);

		if (open == NULL || open == text || len <= n
		    || strcmp(text + len - n, closes[i]) != 0)
			continue;
		if (unit_in_brackets(open, mem) != NULL)
			return arena_strndup(mem, text, (size_t)(open - text));
	}
	return text;
}

/* The first word that a name has. */
static const struct {
	const char *word, *unit;
} usual_units[] = {
	{ "率", "%" },
	{ "割合", "%" },
	{ "比率", "%" },
	{ "構成比", "%" },
	{ "日数", "日" },
	{ "月数", "か月" },
	{ "年数", "年" },
	{ "時間数", "時間" },
	{ "学級", "学級" },
	{ "世帯", "世帯" },
	{ "件数", "件" },
	{ "金額", "円" },
	{ "枚数", "枚" },
	{ "台数", "台" },
	{ "回数", "回" },
	{ "戸数", "戸" },
	{ "人数", "人" },
	{ "人口", "人" },
	{ "人員", "人" },
	{ "住民数", "人" },
	{ "者数", "人" },
	{ "児数", "人" },
	{ "児童数", "人" },
	{ "生徒数", "人" },
	{ "員数", "人" },
	{ "客数", "人" },
	{ "男性", "人" },
	{ "女性", "人" },
	{ "出生", "人" },
	{ "死亡", "人" },
	{ "転入", "人" },
	{ "転出", "人" },
	{ "校数", "校" },
	{ "園数", "園" },
	{ "冊数", "冊" },
	{ "点数", "点" },
	{ "箇所数", "箇所" },
	{ "婚姻", "件" },
	{ "離婚", "件" },
	{ "気温", "℃" },
	{ "額", "円" },
};

/* What a quantity of this name is usually counted in. */
const char *
unit_by_name(const char *key)
{
	/* 1世帯当たり人員 is of people. */
	static const char *const per[] = { "当たり", "あたり", "当り" };

	for (size_t i = 0; i < ARRAY_LEN(per); i++) {
		const char *of = strstr(key, per[i]);

		if (of != NULL)
			key = of + strlen(per[i]);
	}
	for (size_t i = 0; i < ARRAY_LEN(usual_units); i++)
		if (strstr(key, usual_units[i].word) != NULL)
			return usual_units[i].unit;
	if (strcmp(key, "男") == 0 || strcmp(key, "女") == 0)
		return "人";
	return NULL;
}

bool
is_share(const struct column *c, const char *label, struct arena *mem)
{
	const char *unit =
	    c->unit != NULL ? c->unit : unit_in_brackets(label, mem);

	if (unit == NULL)
		unit = unit_by_name(label);
	return unit != NULL
	    && (strcmp(unit, "%") == 0 || strcmp(unit, "％") == 0);
}
