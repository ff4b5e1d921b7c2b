#include "kpid/units.h"

#include <string.h>
#include <strings.h>

#include "kpid/label.h"

/* A unit as 10^power of another; names as label_key gives them. */
struct alias {
	const char *name, *base;
	int power;
};

static const struct alias aliases[] = {
	{ "パーセント", "%", 0 },
	{ "percent", "%", 0 },
	{ "per cent", "%", 0 },
	{ "名", "人", 0 },
	{ "yen", "円", 0 },
	{ "ヶ所", "か所", 0 },
	{ "ヵ所", "か所", 0 },
	{ "カ所", "か所", 0 },
	{ "ケ所", "か所", 0 },
	{ "箇所", "か所", 0 },
	{ "ヶ月", "か月", 0 },
	{ "ヵ月", "か月", 0 },
	{ "カ月", "か月", 0 },
	{ "ケ月", "か月", 0 },
	{ "箇月", "か月", 0 },
	{ "mg", "g", -3 },
	{ "グラム", "g", 0 },
	{ "kg", "g", 3 },
	{ "キログラム", "g", 3 },
	{ "t", "g", 6 },
	{ "トン", "g", 6 },
	{ "tonnes", "g", 6 },
	{ "kt", "g", 9 },
	{ "mm", "m", -3 },
	{ "ミリメートル", "m", -3 },
	{ "cm", "m", -2 },
	{ "センチメートル", "m", -2 },
	{ "メートル", "m", 0 },
	{ "km", "m", 3 },
	{ "キロメートル", "m", 3 },
	{ "平方メートル", "m2", 0 },
	{ "a", "m2", 2 },
	{ "アール", "m2", 2 },
	{ "ha", "m2", 4 },
	{ "ヘクタール", "m2", 4 },
	{ "km2", "m2", 6 },
	{ "平方キロメートル", "m2", 6 },
	{ "立方メートル", "m3", 0 },
	{ "リットル", "l", 0 },
	{ "L", "l", 0 },
	{ "ml", "l", -3 },
	{ "mL", "l", -3 },
	{ "kl", "l", 3 },
	{ "kL", "l", 3 },
	{ "キロリットル", "l", 3 },
	{ "Wh", "kWh", -3 },
	{ "MWh", "kWh", 3 },
	{ "GWh", "kWh", 6 },
};

/* What stands in front of a unit and multiplies it. */
static const struct {
	const char *word;
	int power;
} multiples[] = {
	{ "十", 1 },
	{ "百", 2 },
	{ "千", 3 },
	{ "万", 4 },
	{ "億", 8 },
	{ "兆", 12 },
	{ "thousand ", 3 },
	{ "million ", 6 },
	{ "billion ", 9 },
};

struct unit {
	struct slice name;
	int power;
};

/* "10", "1,000": 1 and noughts. Moves *text behind them. */
static int
take_power(struct slice *text)
{
	size_t i = 1;
	int power = 0;

	if (text->len < 2 || text->ptr[0] != '1')
		return 0;
	for (; i < text->len && strchr("0,", text->ptr[i]) != NULL; i++)
		power += text->ptr[i] == '0';
	if (i == text->len || power == 0)
		return 0;
	text->ptr += i;
	text->len -= i;
	return power;
}

/* Never all of the text: 千 by itself counts nothing. */
static int
take_multiple(struct slice *text)
{
	for (size_t i = 0; i < ARRAY_LEN(multiples); i++) {
		const char *word = multiples[i].word;
		size_t len = strlen(word);

		if (text->len <= len || strncasecmp(text->ptr, word, len) != 0)
			continue;
		text->ptr += len;
		text->len -= len;
		return multiples[i].power;
	}
	return 0;
}

/* Without "単位:" and the parentheses around it. */
static struct slice
bare(struct slice text)
{
	static const char *const words[] = { "単位", ":" };

	if (text.len > 2 && text.ptr[0] == '(' && text.ptr[text.len - 1] == ')')
		text = (struct slice){ text.ptr + 1, text.len - 2 };
	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		size_t len = strlen(words[i]);

		if (text.len > len && memcmp(text.ptr, words[i], len) == 0)
			text = (struct slice){ text.ptr + len, text.len - len };
	}
	return slice_trim(text);
}

/* Symbols differ by their case (MWh), words do not (Percent). */
static bool
is_alias(struct slice name, const char *alias)
{
	return slice_is(name, alias)
	    || (name.len > 3 && name.len == strlen(alias)
		&& strncasecmp(name.ptr, alias, name.len) == 0);
}

static bool
unalias(struct unit *u)
{
	for (size_t i = 0; i < ARRAY_LEN(aliases); i++) {
		if (!is_alias(u->name, aliases[i].name))
			continue;
		u->name = slice_of(aliases[i].base);
		u->power += aliases[i].power;
		return true;
	}
	return false;
}

/* 千人当たり: what is in front divides. */
static bool
is_rate(struct slice text)
{
	static const char *const words[] = { "当たり", "当り", "あたり", "対",
		"につき", "per " };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (memmem(text.ptr, text.len, words[i], strlen(words[i]))
		    != NULL)
			return true;
	return false;
}

/* 百万円 is 円 and 6. */
static struct unit
unit_read(struct slice text)
{
	struct unit u = { .name = text };
	int power;

	if (unalias(&u) || is_rate(text))
		return u;
	u.power += take_power(&u.name);
	u.name = slice_trim(u.name);
	while ((power = take_multiple(&u.name)) > 0)
		u.power += power;
	(void)unalias(&u);
	return u;
}

bool
unit_factor(struct slice from, struct slice to, int *power10)
{
	CLEANUP(arena_release) struct arena scratch = { 0 };
	struct slice a = bare(slice_of(label_key(from, &scratch)));
	struct slice b = bare(slice_of(label_key(to, &scratch)));
	struct unit x, y;

	if (slice_eq(a, b)) {
		*power10 = 0;
		return true;
	}
	x = unit_read(a);
	y = unit_read(b);
	if (x.name.len == 0 || !slice_eq(x.name, y.name))
		return false;
	*power10 = x.power - y.power;
	return true;
}
