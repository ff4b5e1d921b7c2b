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

static const char *
unit_word(const char *text, struct arena *mem)
{
	const char *word =
	    slice_dup(slice_trim(slice_of(after_word(text))), mem);

	return is_unit(word) ? word : NULL;
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

const char *
unit_of_note(const char *text, struct arena *mem)
{
	const char *at = strstr(text, "単位");

	if (at == NULL)
		return NULL;
	at = after_word(at);
	size_t len = strlen(at);

	for (size_t i = 0; i < ARRAY_LEN(closes); i++) {
		const char *close = strstr(at, closes[i]);

		if (close != NULL && (size_t)(close - at) < len)
			len = (size_t)(close - at);
	}
	const char *word =
	    slice_dup(slice_trim((struct slice){ at, len }), mem);

	return is_unit(word) ? word : NULL;
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

/* What a quantity of this name is usually counted in. */
const char *
unit_by_name(const char *key)
{
	static const struct {
		const char *word, *unit;
	} words[] = {
		{ "率", "%" },
		{ "割合", "%" },
		{ "比率", "%" },
		{ "構成比", "%" },
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
		{ "者数", "人" },
		{ "児数", "人" },
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
		{ "箇所数", "箇所" },
		{ "婚姻", "件" },
		{ "離婚", "件" },
		{ "気温", "℃" },
		{ "額", "円" },
	};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (strstr(key, words[i].word) != NULL)
			return words[i].unit;
	if (strcmp(key, "男") == 0 || strcmp(key, "女") == 0)
		return "人";
	return NULL;
}
