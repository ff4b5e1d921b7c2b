/* What of a period stands in a cell when nothing is known of its column. */
#include <stdlib.h>
#include <string.h>

#include "guess.h"
#include "kpid/label.h"
#include "kpid/normalise.h"

#define FIRST_YEAR 1800
#define LAST_YEAR  2200

/* 4月, １０月中, 9月末: a month that waits for its year. */
static bool
is_month(const char *key)
{
	static const char *const ends[] = { "月", "月中", "月末", "月分",
		"月末日", NULL };
	size_t n = strspn(key, "0123456789");
	long month = strtol(key, NULL, 10);

	return n >= 1 && n <= 2 && month >= 1 && month <= 12
	    && key_is(key + n, ends);
}

/* 4～6月, 10-12月期: months from and to, without their year. */
static bool
is_months(const char *key)
{
	static const char *const to[] = { "~", "〜", "～", "-", "－", "―" };
	static const char *const ends[] = { "月", "月期", "月計", NULL };
	size_t n = strspn(key, "0123456789"), i = 0;

	while (i < ARRAY_LEN(to) && strncmp(key + n, to[i], strlen(to[i])) != 0)
		i++;
	if (n < 1 || n > 2 || i == ARRAY_LEN(to))
		return false;
	key += n + strlen(to[i]);
	n = strspn(key, "0123456789");
	return n >= 1 && n <= 2 && key_is(key + n, ends);
}

/* 第1四半期, 上半期 */
static bool
is_part(const char *key)
{
	static const char *const parts[] = { "第1四半期", "第2四半期",
		"第3四半期", "第4四半期", "上半期", "下半期", "上期", "下期",
		NULL };

	return key_is(key, parts) || is_months(key);
}

/* 20年, 6年度, 元年: a year that waits for its era. */
static bool
is_bare_year(const char *key)
{
	static const char *const ends[] = { "年", "年度", "年中", "年末",
		NULL };
	size_t n = strspn(key, "0123456789");

	if (strncmp(key, "元", strlen("元")) == 0)
		return key_is(key + strlen("元"), ends);
	return n >= 1 && n <= 2 && key_is(key + n, ends);
}

static bool
is_this_age(const struct period *p)
{
	struct civil first = civil_from_day(p->first);

	return first.year >= FIRST_YEAR && first.year <= LAST_YEAR;
}

/* 2020-01-24T08:00, 令和6年4月1日 10時30分: the length of the day, or 0. */
static size_t
day_before_time(const char *text)
{
	const char *day = strstr(text, "日");

	if (strlen(text) >= 16 && strchr("T ", text[10]) != NULL
	    && text[13] == ':')
		return 10;
	if (day == NULL || strpbrk(day, "0123456789") == NULL
	    || (strstr(day, "時") == NULL && strchr(day, ':') == NULL))
		return 0;
	return (size_t)(day - text) + strlen("日");
}

/* A day, and when on it something was. */
static bool
is_day_with_time(const char *text, struct look *out)
{
	const char *why = NULL;
	size_t len = day_before_time(text);

	out->time = len > 0
	    && period_read((struct slice){ text, len }, PERIOD_AS_AUTO, NULL,
		&out->period, &why)
	    && out->period.kind == SPAN_DAY;
	return out->time;
}

enum when
look_when(const char *text, struct look *out, struct arena *mem)
{
	const char *key, *why = NULL;
	size_t len = strlen(text);

	/* Longer texts are sentences. */
	if (len <= 60 && is_part(label_key(slice_of(text), mem)))
		return WHEN_PART;
	if (len > 60 || !(has_figure(text) || strstr(text, "元") != NULL))
		return WHEN_NONE;
	key = label_key(slice_of(text), mem);
	if (is_month(key))
		return WHEN_MONTH;
	if (is_bare_year(key))
		return WHEN_YEAR;
	if (!period_read(slice_of(text), PERIOD_AS_AUTO, NULL, &out->period,
		&why)
	    || !is_this_age(&out->period))
		return is_day_with_time(text, out) ? WHEN_FULL : WHEN_NONE;
	return all_digits(key) ? WHEN_DIGITS : WHEN_FULL;
}
