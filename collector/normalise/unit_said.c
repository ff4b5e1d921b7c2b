/* Units that stand in texts of a table. */
#include "unit_said.h"

#include <string.h>

#include "kpid/units.h"

static const struct {
	const char *open, *close;
} parentheses[] = { { "（", "）" }, { "(", ")" }, { "〔", "〕" },
	{ "[", "]" } };

static enum unit_said
compare(struct slice text, const struct unit_wanted *wanted, struct slice *unit)
{
	int power = 0;

	if (text.len == 0 || !unit_factor(text, slice_of(wanted->unit), &power))
		return UNIT_SILENT;
	if (power == wanted->power)
		return UNIT_SAME;
	*unit = text;
	return UNIT_OTHER;
}

/* A text that says the wanted unit somewhere says no other one. */
static void
add(enum unit_said *all, struct slice *unit, enum unit_said one,
    struct slice its)
{
	if (one == UNIT_OTHER && *all == UNIT_SILENT)
		*unit = its;
	if (one == UNIT_SAME || *all == UNIT_SILENT)
		*all = one;
}

/* A row of units holds nothing else: what is no multiple is another, too,
 * where the contract says the unit. */
enum unit_said
unit_in_units_row(struct slice text, const struct unit_wanted *wanted,
    struct slice *unit)
{
	enum unit_said said;

	text = slice_trim(text);
	said = compare(text, wanted, unit);
	if (said != UNIT_SILENT || text.len == 0 || !wanted->by_contract)
		return said;
	*unit = text;
	return UNIT_OTHER;
}

static bool
begins(struct slice text, const char *word)
{
	return text.len >= strlen(word)
	    && memcmp(text.ptr, word, strlen(word)) == 0;
}

/* Moves *rest behind the next text in parentheses. Of nested ones, the inner
 * is taken. */
static bool
next_inside(struct slice *rest, struct slice *inside)
{
	const char *from = NULL;

	for (size_t at = 0; at < rest->len; at++) {
		const struct slice here = { rest->ptr + at, rest->len - at };

		for (size_t i = 0; i < ARRAY_LEN(parentheses); i++) {
			if (begins(here, parentheses[i].open))
				from = here.ptr + strlen(parentheses[i].open);
			if (from == NULL || !begins(here, parentheses[i].close))
				continue;
			*inside = slice_trim((struct slice){
			    from, (size_t)(here.ptr - from) });
			*rest = (struct slice){ here.ptr + 1, here.len - 1 };
			return true;
		}
	}
	return false;
}

/*
 * Parentheses may hold anything (総数, 暫定値), so that only what is a
 * multiple of the wanted unit is taken for one, or what says 単位. A name that
 * is nothing but parentheses is a name.
 */
enum unit_said
unit_in_name(struct slice name, const struct unit_wanted *wanted,
    struct slice *unit)
{
	enum unit_said all = UNIT_SILENT;
	struct slice rest = slice_trim(name), inside, its = { 0 };
	const char *begin = rest.ptr;

	while (next_inside(&rest, &inside)) {
		enum unit_said one = compare(inside, wanted, &its);

		if (inside.ptr <= begin + strlen("（")
		    && rest.len <= strlen("）"))
			return UNIT_SILENT;
		if (one == UNIT_SILENT && wanted->by_contract
		    && begins(inside, "単位")) {
			its = inside;
			one = UNIT_OTHER;
		}
		add(&all, unit, one, its);
	}
	return all;
}

/* What stands behind the word 単位, up to a parenthesis; without the word,
 * what stands in parentheses. */
static struct slice
units_of(struct slice note)
{
	static const char *const words[] = { "単位", "Unit", "unit", "UNIT" };
	struct slice inside;

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		const char *at =
		    memmem(note.ptr, note.len, words[i], strlen(words[i]));
		const char *end = note.ptr + note.len;

		if (at == NULL)
			continue;
		for (const char *p = at; p < end; p++)
			for (size_t j = 0; j < ARRAY_LEN(parentheses); j++)
				if (begins((struct slice){ p,
					       (size_t)(end - p) },
					parentheses[j].close))
					end = p;
		at += strlen(words[i]);
		return slice_trim((struct slice){ at, (size_t)(end - at) });
	}
	return next_inside(&note, &inside) ? inside : (struct slice){ 0 };
}

/* How many bytes part two units here; a comma within 1,000円 does not. */
static size_t
divider(struct slice here)
{
	static const char *const words[] = { "、", "，", "・", "；", ";",
		"及び", "　" };

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (begins(here, words[i]))
			return strlen(words[i]);
	return here.len > 1 && here.ptr[0] == ','
	    && (here.ptr[1] < '0' || here.ptr[1] > '9');
}

enum unit_said
unit_in_note(struct slice note, const struct unit_wanted *wanted,
    struct slice *unit)
{
	enum unit_said all = UNIT_SILENT;
	struct slice rest = units_of(note), its = { 0 };

	while (rest.len > 0) {
		size_t n = 0, by = 0;

		while (n < rest.len
		    && (by = divider((struct slice){
			    rest.ptr + n, rest.len - n }))
			== 0)
			n++;
		add(&all, unit,
		    compare(unit_bare((struct slice){ rest.ptr, n }), wanted,
			&its),
		    its);
		rest.ptr += n + by;
		rest.len -= n + by;
	}
	return all;
}

static bool
strip(struct slice *text, const char *before, const char *behind)
{
	size_t len = strlen(before), back = strlen(behind);

	if (text->len <= len + back || memcmp(text->ptr, before, len) != 0
	    || memcmp(text->ptr + text->len - back, behind, back) != 0)
		return false;
	*text = slice_trim((struct slice){
	    text->ptr + len, text->len - len - back });
	return true;
}

struct slice
unit_bare(struct slice unit)
{
	static const char *const around[][2] = { { "（", "）" }, { "(", ")" },
		{ "〔", "〕" }, { "[", "]" }, { "単位", "" }, { "：", "" },
		{ ":", "" }, { "は", "" } };
	bool any = true;

	unit = slice_trim(unit);
	while (any) {
		any = false;
		for (size_t i = 0; i < ARRAY_LEN(around); i++)
			any |= strip(&unit, around[i][0], around[i][1]);
	}
	return unit;
}
