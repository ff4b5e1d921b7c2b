/* Kanji numerals: 52億8,700万, 1.5億, 一億二千三百四十五万. */
#include "numeral.h"

#include <stdio.h>
#include <string.h>

struct unit {
	const char *text;
	int zeros;
};

/* Parts of a group of four, and what parts the groups; both largest first. */
static const struct unit small[] = { { "千", 3 }, { "百", 2 }, { "十", 1 } };
static const struct unit large[] = { { "兆", 12 }, { "億", 8 }, { "万", 4 } };

static const uint64_t power[] = { 1, 10, 100, 1000, 10000, 100000, 1000000,
	10000000, 100000000, 1000000000, 10000000000, 100000000000,
	1000000000000 };

/* The unit at the beginning that is smaller than `below`; moves behind it.
 * NULL when there is none. */
static const struct unit *
unit_take(struct slice *text, const struct unit *units, int below)
{
	for (size_t i = 0; i < ARRAY_LEN(small); i++) {
		if (units[i].zeros >= below || text->len < 3
		    || memcmp(text->ptr, units[i].text, 3) != 0)
			continue;
		text->ptr += 3;
		text->len -= 3;
		return &units[i];
	}
	return NULL;
}

bool
numeral_is_kanji(struct slice text)
{
	struct slice rest = text;
	size_t len = 0;

	return unit_take(&rest, small, 99) != NULL
	    || unit_take(&rest, large, 99) != NULL
	    || (numeral_digit(text.ptr, text.ptr + text.len, &len) >= 0
		&& len == 3);
}

/* A run of figures, with separators, or of kanji digits by position. */
static bool
run_take(struct slice *text, uint64_t *out, size_t *digits, const char **why)
{
	struct decimal run = { 0 };
	uint64_t value = 0;
	size_t len = 0;

	if (!numeral_whole(text, &run, why))
		return false;
	for (int d; run.n == 0 && *digits < 16
	     && (d = numeral_digit(text->ptr, text->ptr + text->len, &len)) >= 0
	     && len == 3;
	     (*digits)++) {
		value = value * 10 + (uint64_t)d;
		text->ptr += len;
		text->len -= len;
	}
	if (run.n > 0)
		*digits = run.n;
	if (*digits > 15) {
		*why = "too many digits in front of a kanji unit";
		return false;
	}
	for (size_t i = 0; i < run.n; i++)
		value = value * 10 + (uint64_t)(run.digits[i] - '0');
	*out = value;
	return true;
}

/* What stands before 万, 億 or 兆: figures, or 千 百 十 and the ones. */
static bool
group_take(struct slice *text, uint64_t *out, const char **why)
{
	const struct unit *unit;
	uint64_t total = 0;
	int below = 99;

	do {
		uint64_t run = 0;
		size_t digits = 0;

		if (!run_take(text, &run, &digits, why))
			return false;
		unit = unit_take(text, small, below);
		if (unit != NULL)
			run = (digits == 0 ? 1 : run) * power[unit->zeros];
		if (below < 99 && run >= power[below]) {
			*why = "more digits than fit between two kanji units";
			return false;
		}
		total += run;
		below = unit == NULL ? 0 : unit->zeros;
	} while (unit != NULL);
	*out = total;
	return true;
}

/* 1.5億: a fraction stands only before the one unit that ends the number. */
static bool
read_fraction(struct slice text, struct decimal *d, const char **why)
{
	*d = (struct decimal){ 0 };
	if (!numeral_whole(&text, d, why) || !numeral_fraction(&text, d, why))
		return false;
	const struct unit *unit = unit_take(&text, large, 99);

	if (unit == NULL)
		unit = unit_take(&text, small, 99);
	if (unit == NULL || text.len > 0) {
		*why = "a decimal fraction inside a kanji number";
		return false;
	}
	return decimal_shift(d, unit->zeros, why);
}

static bool
overflow(uint64_t group, int zeros, const char **why)
{
	if (group < 1000000000000000000U / power[zeros])
		return false;
	*why = "too many digits in front of a kanji unit";
	return true;
}

static bool
read_groups(struct slice text, uint64_t *out, const char **why)
{
	uint64_t total = 0;

	for (int below = 99; text.len > 0;) {
		const char *begin = text.ptr;
		uint64_t group = 0;

		if (!group_take(&text, &group, why))
			return false;
		bool empty = text.ptr == begin;
		const struct unit *unit = unit_take(&text, large, below);
		int zeros = unit == NULL ? 0 : unit->zeros;

		if (empty || (unit == NULL && text.len > 0)) {
			*why = "text that is no part of the number";
			return false;
		}
		if (below < 99 && group >= power[below - zeros]) {
			*why = "more digits than fit between two kanji units";
			return false;
		}
		if (overflow(group, zeros, why))
			return false;
		total += group * power[zeros];
		below = zeros;
	}
	*out = total;
	return true;
}

bool
numeral_kanji(struct slice text, struct decimal *d, const char **why)
{
	char digits[24];
	uint64_t value = 0;

	if (memchr(text.ptr, '.', text.len) != NULL)
		return read_fraction(text, d, why);
	if (!read_groups(text, &value, why))
		return false;
	int n =
	    snprintf(digits, sizeof(digits), "%llu", (unsigned long long)value);

	*d = (struct decimal){ .n = (size_t)n, .whole = (size_t)n };
	memcpy(d->digits, digits, (size_t)n);
	return true;
}
