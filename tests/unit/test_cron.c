/* rooms: base schedule */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpid/bytes.h"
#include "kpid/schedule.h"

/* "2012-07-01T09:00:00Z"; a bad text ends the test. */
static usec
at(const char *text)
{
	usec out = 0;

	cr_assert(instant_parse(slice_of(text), &out), "'%s'", text);
	return out;
}

static const struct zone *
zone(const char *name, struct arena *mem)
{
	const struct zone *z = NULL;
	struct kpid_err err = { 0 };

	cr_assert(zone_load(name, mem, &z, &err), "%s", err.msg);
	return z;
}

static void
expect_next(size_t i, const char *why, const char *expression,
    const struct zone *z, const char *from, const char *next)
{
	char got[INSTANT_TEXT_MAX] = "none";
	struct kpid_err err = { 0 };
	struct cron c;
	usec due;

	cr_assert(cron_parse(expression, &c, &err), "row %zu (%s): %s", i, why,
	    err.msg);
	if (cron_next(&c, z, at(from), &due))
		(void)instant_text(due, got);
	cr_expect_str_eq(got, next, "row %zu (%s): '%s' after %s: got %s", i,
	    why, expression, from, got);
}

/* Business days are those of Japanese offices; the rows are in Tokyo, whose
 * 07:00 is 22:00Z of the day before. */
Test(cron, business_days)
{
	static const struct {
		const char *expression, *from, *next, *why;
	} table[] = {
		{ "0 7 B5 * *", "2024-10-01T00:00:00Z", "2024-10-06T22:00:00Z",
		    "1, 2, 3, 4 and 7 October" },
		{ "0 7 B1 * *", "2024-12-05T00:00:00Z", "2025-01-05T22:00:00Z",
		    "the year begins on the sixth" },
		{ "0 7 BL * *", "2024-12-05T00:00:00Z", "2024-12-26T22:00:00Z",
		    "and ends on the 27th" },
		{ "0 7 B23 * *", "2024-01-01T00:00:00Z", "2029-08-30T22:00:00Z",
		    "August without a holiday that counts" },
		{ "0 7 10> * *", "2024-10-01T00:00:00Z", "2024-10-09T22:00:00Z",
		    "an open day is its own" },
		{ "0 7 12> * *", "2024-10-01T00:00:00Z", "2024-10-14T22:00:00Z",
		    "Saturday, Sunday, a holiday: Tuesday" },
		{ "0 7 12< * *", "2024-10-01T00:00:00Z", "2024-10-10T22:00:00Z",
		    "or the Friday before" },
		{ "0 7 31> 12 *", "2024-12-01T00:00:00Z",
		    "2025-01-05T22:00:00Z", "December's day, in January" },
		{ "0 7 31> 1 *", "2024-12-01T00:00:00Z", "2025-01-30T22:00:00Z",
		    "not December's" },
		{ "0 7 L< * *", "2024-08-01T00:00:00Z", "2024-08-29T22:00:00Z",
		    "Saturday the 31st" },
		{ "0 7 1< 1 *", "2024-12-01T00:00:00Z", "2024-12-26T22:00:00Z",
		    "January's day, in December" },
		{ "0 7 5>,20> * *", "2024-10-07T00:00:00Z",
		    "2024-10-20T22:00:00Z", "two in a month" },
		{ "0 7 1,B5 * *", "2024-10-02T00:00:00Z",
		    "2024-10-06T22:00:00Z", "beside a plain day" },
		{ "0 7 28> 2 *", "2026-01-01T00:00:00Z", "2026-03-01T22:00:00Z",
		    "Saturday, the month's last, to Monday" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct zone *tokyo = zone("Asia/Tokyo", &mem);

	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		expect_next(i, table[i].why, table[i].expression, tokyo,
		    table[i].from, table[i].next);
}

Test(cron, business_days_are_told_apart_from_typing_errors)
{
	static const char *const table[] = { "0 7 B0 * *", "0 7 B24 * *",
		"0 7 B * *", "0 7 B5x * *", "0 7 32> * *", "0 7 10>> * *",
		"0 7 >10 * *", "0 7 L> * *", "0 7 10 B5 *", "0 10> * * *",
		"0 7 BLL * *" };

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct kpid_err err = { 0 };
		struct cron c;

		cr_expect(!cron_parse(table[i], &c, &err), "row %zu: '%s'", i,
		    table[i]);
		cr_expect(strstr(err.msg, "HINT") != NULL, "row %zu: %s", i,
		    err.msg);
	}
}

Test(cron, next_is_the_first_due_instant_after)
{
	static const struct {
		const char *expression, *from, *next, *why;
	} table[] = {
		{ "*/20 * * * *", "2018-09-14T14:24:00Z",
		    "2018-09-14T14:40:00Z", "a step" },
		{ "* * * * *", "2012-12-01T21:11:00Z", "2012-12-01T21:12:00Z",
		    "strictly after" },
		{ "* * * * *", "2012-12-01T21:10:42.5Z", "2012-12-01T21:11:00Z",
		    "whole minutes" },
		{ "59 23 31 12 *", "2012-12-31T23:59:00Z",
		    "2013-12-31T23:59:00Z", "the year's last minute" },
		{ "0 0 29 2 *", "2008-02-29T00:00:00Z", "2012-02-29T00:00:00Z",
		    "leap day" },
		{ "0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z",
		    "a century without one" },
		{ "0 0 30 2 *", "2020-01-01T00:00:00Z", "none", "never" },
		{ "0 0 31 * *", "2011-10-31T00:00:00Z", "2011-12-31T00:00:00Z",
		    "short months are skipped" },
		{ "0 9 L * *", "2024-02-01T00:00:00Z", "2024-02-29T09:00:00Z",
		    "the last day" },
		{ "0 9 15,L * *", "2024-02-15T09:00:00Z",
		    "2024-02-29T09:00:00Z", "a day and the last" },
		{ "0 7 ? * MON-FRI", "2009-09-26T00:42:55Z",
		    "2009-09-28T07:00:00Z", "over a weekend" },
		{ "0 0 * * 7", "2024-10-01T00:00:00Z", "2024-10-06T00:00:00Z",
		    "7 is Sunday" },
		{ "0 0 * * fri-sun", "2024-10-05T12:00:00Z",
		    "2024-10-06T00:00:00Z", "a range that ends on Sunday" },
		{ "0 0 13 * 5", "2024-09-01T00:00:00Z", "2024-09-06T00:00:00Z",
		    "both days named: either" },
		{ "0 0 13 * 5", "2024-09-07T00:00:00Z", "2024-09-13T00:00:00Z",
		    "both days named: the 13th" },
		{ "0 0 */2 * 1", "2024-09-01T12:00:00Z", "2024-09-09T00:00:00Z",
		    "a free day with a step: both" },
		{ "30 23 30 1/3 ?", "2010-12-30T00:00:00Z",
		    "2011-01-30T23:30:00Z", "every third month from January" },
		{ "30 23 30 1/3 ?", "2011-01-30T23:30:00Z",
		    "2011-04-30T23:30:00Z", "and the next" },
		{ "10-50/20 4,6 * jan,Dec *", "2024-11-11T00:00:00Z",
		    "2024-12-01T04:10:00Z", "names, lists, ranges" },
		{ "@monthly", "2024-12-01T00:00:00Z", "2025-01-01T00:00:00Z",
		    "a name for all five" },
		{ "  0\t0  1 *   * ", "2024-12-01T00:00:00Z",
		    "2025-01-01T00:00:00Z", "blanks" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct zone *utc = zone("UTC", &mem);

	for (size_t i = 0; i < ARRAY_LEN(table); i++)
		expect_next(i, table[i].why, table[i].expression, utc,
		    table[i].from, table[i].next);
}

Test(cron, wall_clock_of_the_zone_decides)
{
	static const struct {
		const char *zone, *expression, *from, *next, *why;
	} table[] = {
		{ "Asia/Tokyo", "0 6 * * *", "2024-09-30T00:00:00Z",
		    "2024-09-30T21:00:00Z", "six in Tokyo" },
		{ "Asia/Tokyo", "0 0 1 * *", "2024-09-30T14:59:59Z",
		    "2024-09-30T15:00:00Z", "the first of Tokyo's month" },
		{ "Europe/Berlin", "30 2 * * *", "2024-03-30T12:00:00Z",
		    "2024-03-31T01:00:00Z", "skipped: at the change" },
		{ "Europe/Berlin", "30 2 * * *", "2024-03-31T01:00:00Z",
		    "2024-04-01T00:30:00Z", "skipped: once only" },
		{ "Europe/Berlin", "*/10 * * * *", "2024-03-31T00:50:00Z",
		    "2024-03-31T01:00:00Z", "no gap in a frequent one" },
		{ "Europe/Berlin", "*/10 * * * *", "2024-03-31T01:00:00Z",
		    "2024-03-31T01:10:00Z", "nor a repetition" },
		{ "Europe/Berlin", "30 2 * * *", "2024-10-26T12:00:00Z",
		    "2024-10-27T00:30:00Z", "doubled: the first" },
		{ "Europe/Berlin", "30 2 * * *", "2024-10-27T00:30:00Z",
		    "2024-10-28T01:30:00Z", "doubled: not the second" },
		{ "Europe/Berlin", "*/30 * * * *", "2024-10-27T01:40:00Z",
		    "2024-10-27T02:00:00Z", "asked in the second pass" },
		{ "America/New_York", "30 2 * * *", "2099-03-07T12:00:00Z",
		    "2099-03-08T07:00:00Z", "by the rule after the table" },
		{ "Pacific/Apia", "0 12 30 12 *", "2011-12-01T00:00:00Z",
		    "2011-12-30T10:00:00Z", "a day that never was" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };

		expect_next(i, table[i].why, table[i].expression,
		    zone(table[i].zone, &mem), table[i].from, table[i].next);
	}
}

Test(cron, what_is_no_expression_is_refused_and_its_field_named)
{
	static const struct {
		const char *text, *names, *why;
	} table[] = {
		{ "77 * * * *", "minute '77'", "too large" },
		{ "44-77 * * * *", "minute '44-77'", "range too large" },
		{ "* 23-28 * * *", "hour '23-28'", "range" },
		{ "* * 45 * *", "day '45'", "no such day" },
		{ "1 1 0 * *", "day '0'", "days begin at 1" },
		{ "0 0 25 13 ?", "month '13'", "no such month" },
		{ "0 0 25 0 ?", "month '0'", "months begin at 1" },
		{ "* * * 11-13 *", "month '11-13'", "range" },
		{ "* * * * 8", "weekday '8'", "no such weekday" },
		{ "* * * * mo", "weekday 'mo'", "two letters" },
		{ "* * * foo *", "month 'foo'", "no such name" },
		{ "mon * * * *", "minute 'mon'", "a name elsewhere" },
		{ "*/0 * * * *", "minute '*/0'", "a step of nothing" },
		{ "*/ * * * *", "minute '*/'", "no step" },
		{ "5-1 * * * *", "minute '5-1'", "backwards" },
		{ "1,,2 * * * *", "minute '1,,2'", "an empty item" },
		{ ", * * * *", "minute ','", "only empty items" },
		{ "-1 * * * *", "minute '-1'", "a sign" },
		{ "1x * * * *", "minute '1x'", "a tail" },
		{ "? * * * *", "minute '?'", "? is of days" },
		{ "* L * * *", "hour 'L'", "L is of days" },
		{ "* * * *", "has 4 fields, not five", "too few" },
		{ "* * * * * *", "has 6 fields, not five", "too many" },
		{ "daily", "has 1 field, not five", "a word" },
		{ "", "has 0 fields, not five", "nothing" },
		{ "@reboot", "has 1 field, not five", "is of no time" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct cron c = { .minutes = 42 };
		struct kpid_err err = { 0 };

		cr_expect(!cron_parse(table[i].text, &c, &err),
		    "row %zu (%s): was read", i, table[i].why);
		cr_expect(strstr(err.msg, table[i].names) != NULL,
		    "row %zu (%s): got '%s'", i, table[i].why, err.msg);
		cr_expect(strstr(err.msg, "HINT: ") != NULL,
		    "row %zu (%s): no hint", i, table[i].why);
		cr_expect_eq(err.code, KPID_ECONFIG);
		cr_expect_eq(c.minutes, 42, "row %zu: touched", i);
	}
}

/* The lines of DIR/cron/NAME behind its header; the test is skipped without
 * the directory. */
static FILE *
data_open(const char *name)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *dir = getenv("KPID_DATA");
	char line[256];
	FILE *file;

	if (dir == NULL)
		cr_skip("KPID_DATA is not set");
	file = fopen(arena_printf(&mem, "%s/cron/%s", dir, name), "re");
	if (file == NULL || fgets(line, sizeof(line), file) == NULL)
		cr_skip("there is no cron/%s in KPID_DATA", name);
	return file;
}

/* "2012-07-01 09:00:00" to the instant's text in UTC. */
static const char *
utc_text(const char *civil, struct arena *mem)
{
	char *text = arena_printf(mem, "%sZ", civil);

	text[10] = 'T';
	return text;
}

Test(cron, published_cases)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	FILE *file = data_open("next.tsv");
	char line[256];
	size_t row = 0;

	while (fgets(line, sizeof(line), file) != NULL) {
		char *rest = line;
		const char *expression = strsep(&rest, "\t");
		const char *from = strsep(&rest, "\t");
		const char *next = strsep(&rest, "\n");

		expect_next(++row, "published", expression, zone("UTC", &mem),
		    utc_text(from, &mem), utc_text(next, &mem));
	}
	(void)fclose(file);
	cr_expect_gt(row, 30, "only %zu rows were read", row);
}

Test(cron, published_invalid_cases)
{
	FILE *file = data_open("invalid.tsv");
	char line[256];
	size_t row = 0;

	while (fgets(line, sizeof(line), file) != NULL) {
		struct kpid_err err = { 0 };
		struct cron c;

		line[strcspn(line, "\n")] = '\0';
		row++;
		cr_expect(!cron_parse(line, &c, &err), "'%s' was read", line);
	}
	(void)fclose(file);
	cr_expect_gt(row, 10, "only %zu rows were read", row);
}

/* What kpid next says of a look on another day than the one named. */
Test(cron, days_that_stand_for_closed_ones)
{
	static const struct {
		const char *expression;
		struct civil day;
		int named; /* of the same month; 0: stands for none */
		const char *why;
	} table[] = {
		{ "0 9 10> * *", { 2026, 10, 13 }, 10,
		    "a weekend and a holiday" },
		{ "0 9 10> * *", { 2026, 11, 10 }, 0, "open by itself" },
		{ "0 9 10< * *", { 2026, 10, 9 }, 10, "the one before" },
		{ "0 9 L< * *", { 2026, 10, 30 }, 31,
		    "the last is a Saturday" },
		{ "0 9 10> * *", { 2026, 10, 14 }, 0, "not due at all" },
		{ "0 9 B8 * *", { 2026, 10, 13 }, 0, "counted, not moved" },
		{ "0 9 10>,13 * *", { 2026, 10, 13 }, 0, "named itself, too" },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct kpid_err err = { 0 };
		struct cron c;
		int32_t day = 0, named = 0;

		cr_assert(cron_parse(table[i].expression, &c, &err), "%s",
		    err.msg);
		cr_assert(civil_to_day(table[i].day, &day));
		const bool got = cron_stands_for(&c, day, &named);

		cr_expect_eq(got ? civil_from_day(named).day : 0,
		    table[i].named, "row %zu (%s): got %d", i, table[i].why,
		    named);
	}
}
