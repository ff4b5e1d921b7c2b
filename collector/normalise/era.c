/* The table of eras; a year, month or day outside its era is refused. */
#include "era.h"

#include <string.h>

#include "numeral.h"

/*
 * Accession days as promulgated: 改元の詔 and 元号を改める政令. Meiji began
 * on 1868-01-25 by the reckoning that made the whole year its first.
 */
static const struct era eras[] = {
	{ "令和", "令", "R", "㋿", { 2019, 5, 1 }, { 9999, 12, 31 },
	    "not in 令和, which began on 2019-05-01" },
	{ "平成", "平", "H", "㍻", { 1989, 1, 8 }, { 2019, 4, 30 },
	    "not in 平成, which was 1989-01-08 to 2019-04-30 (平成31年)" },
	{ "昭和", "昭", "S", "㍼", { 1926, 12, 25 }, { 1989, 1, 7 },
	    "not in 昭和, which was 1926-12-25 to 1989-01-07 (昭和64年)" },
	{ "大正", "大", "T", "㍽", { 1912, 7, 30 }, { 1926, 12, 24 },
	    "not in 大正, which was 1912-07-30 to 1926-12-24 (大正15年)" },
	{ "明治", "明", "M", "㍾", { 1868, 1, 25 }, { 1912, 7, 29 },
	    "not in 明治, which was 1868-01-25 to 1912-07-29 (明治45年)" },
};

static bool
skip(struct slice *text, const char *word)
{
	size_t len = strlen(word);

	if (text->len < len || memcmp(text->ptr, word, len) != 0)
		return false;
	text->ptr += len;
	text->len -= len;
	return true;
}

/* Behind a letter there must be a year, or "Results" would be an era. */
static bool
year_follows(struct slice text)
{
	struct slice rest = slice_trim(text);
	size_t len = 0;

	return numeral_digit(rest.ptr, rest.ptr + rest.len, &len) >= 0
	    || skip(&rest, "元") || skip(&rest, "十");
}

const struct era *
era_take(struct slice *text)
{
	for (size_t i = 0; i < ARRAY_LEN(eras); i++) {
		const struct era *e = &eras[i];
		struct slice rest = *text;

		if (skip(&rest, e->name) || skip(&rest, e->ligature)
		    || ((skip(&rest, e->letter) || skip(&rest, e->abbreviation))
			&& year_follows(rest))) {
			*text = rest;
			return e;
		}
	}
	return NULL;
}

const struct era *
era_named(const char *name)
{
	struct slice text = slice_trim(slice_of(name));

	for (size_t i = 0; i < ARRAY_LEN(eras); i++) {
		const struct era *e = &eras[i];

		if (slice_is(text, e->name) || slice_is(text, e->letter)
		    || slice_is(text, e->ligature))
			return e;
	}
	return NULL;
}

bool
era_western_year(const struct era *e, int n, int *year, const char **why)
{
	if (n < 1 || n > e->last.year - e->first.year + 1) {
		*why = e->why;
		return false;
	}
	*year = e->first.year + n - 1;
	return true;
}

bool
era_covers(const struct era *e, int32_t first, int32_t last, const char **why)
{
	const struct civil gregorian = { 1873, 1, 1 };
	int32_t begin = 0, end = 0, change = 0;

	if (!civil_to_day(e->first, &begin) || !civil_to_day(e->last, &end)
	    || !civil_to_day(gregorian, &change))
		return false; /* unreachable: the table has dates */
	if (begin < change && first < change) {
		*why = "a day before 1873, when the calendar was another one";
		return false;
	}
	if (last < begin || first > end) {
		*why = e->why;
		return false;
	}
	return true;
}
