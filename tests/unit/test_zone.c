/* rooms: base schedule */
#include <criterion/criterion.h>
#include <string.h>

#include "../../collector/schedule/zone_int.h"

#define HOUR 3600

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

Test(zone, offset_at_an_instant)
{
	static const struct {
		const char *zone, *at;
		int offset;
		const char *why;
	} table[] = {
		{ "Asia/Tokyo", "2024-09-30T00:00:00Z", 9 * HOUR, "Japan" },
		{ "Asia/Tokyo", "1950-07-01T00:00:00Z", 10 * HOUR,
		    "summer time of the occupation" },
		{ "Asia/Tokyo", "2500-01-01T00:00:00Z", 9 * HOUR, "far on" },
		{ "UTC", "2024-01-01T00:00:00Z", 0, "none" },
		{ "Europe/Berlin", "2024-03-31T00:59:59Z", HOUR, "before" },
		{ "Europe/Berlin", "2024-03-31T01:00:00Z", 2 * HOUR, "after" },
		{ "Europe/Berlin", "2024-10-27T00:59:59Z", 2 * HOUR,
		    "before it ends" },
		{ "Europe/Berlin", "2024-10-27T01:00:00Z", HOUR, "ended" },
		{ "Europe/Berlin", "2150-07-01T00:00:00Z", 2 * HOUR,
		    "a summer of the rule" },
		{ "Europe/Berlin", "2150-01-01T00:00:00Z", HOUR,
		    "a winter of the rule" },
		{ "Australia/Lord_Howe", "2100-01-01T00:00:00Z", 11 * HOUR,
		    "southern summer, half an hour" },
		{ "Australia/Lord_Howe", "2100-07-01T00:00:00Z",
		    10 * HOUR + HOUR / 2, "southern winter" },
		{ "Asia/Kathmandu", "2024-01-01T00:00:00Z", 5 * HOUR + 45 * 60,
		    "quarters" },
		{ "America/St_Johns", "2024-01-01T00:00:00Z",
		    -3 * HOUR - HOUR / 2, "west, half an hour" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		int got =
		    zone_offset(zone(table[i].zone, &mem), at(table[i].at));

		cr_expect_eq(got, table[i].offset, "row %zu (%s): got %d", i,
		    table[i].why, got);
	}
}

Test(zone, civil_time_there)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	static const struct {
		const char *zone, *at;
		int month, day, second;
		const char *why;
	} table[] = {
		{ "Asia/Tokyo", "2024-09-30T15:00:00Z", 10, 1, 0,
		    "midnight in Tokyo is next month" },
		{ "Asia/Tokyo", "2024-09-30T14:59:59.999999Z", 9, 30, 86399,
		    "a fraction is cut" },
		{ "America/New_York", "1969-12-31T23:59:59.5Z", 12, 31,
		    18 * HOUR + 3599, "before 1970" },
		{ "UTC", "1900-03-01T00:00:00Z", 3, 1, 0, "long before" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		int32_t day;
		int second;

		zone_civil(zone(table[i].zone, &mem), at(table[i].at), &day,
		    &second);
		struct civil c = civil_from_day(day);
		cr_expect(c.month == table[i].month && c.day == table[i].day
			&& second == table[i].second,
		    "row %zu (%s): got %d-%d, %d", i, table[i].why, c.month,
		    c.day, second);
	}
}

Test(zone, instant_of_a_wall_clock_time)
{
	static const struct {
		const char *zone;
		struct civil date;
		int minute;
		const char *at, *why;
	} table[] = {
		{ "Asia/Tokyo", { 2024, 10, 1 }, 9 * 60, "2024-10-01T00:00:00Z",
		    "plain" },
		{ "Europe/Berlin", { 2024, 3, 31 }, 2 * 60 + 30,
		    "2024-03-31T01:00:00Z", "skipped" },
		{ "Europe/Berlin", { 2024, 3, 31 }, 3 * 60,
		    "2024-03-31T01:00:00Z", "the change itself" },
		{ "Europe/Berlin", { 2024, 10, 27 }, 2 * 60 + 30,
		    "2024-10-27T00:30:00Z", "doubled" },
		{ "Europe/Berlin", { 2024, 10, 27 }, 3 * 60,
		    "2024-10-27T02:00:00Z", "after the doubled hour" },
		{ "Europe/Berlin", { 2150, 3, 29 }, 2 * 60 + 1,
		    "2150-03-29T01:00:00Z", "skipped by the rule" },
		{ "Pacific/Apia", { 2011, 12, 30 }, 12 * 60,
		    "2011-12-30T10:00:00Z", "a whole day skipped" },
		{ "Pacific/Kiritimati", { 2024, 1, 1 }, 0,
		    "2023-12-31T10:00:00Z", "furthest east" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		char got[INSTANT_TEXT_MAX];
		int32_t day = 0;

		cr_assert(civil_to_day(table[i].date, &day));
		(void)instant_text(zone_instant(zone(table[i].zone, &mem), day,
				       table[i].minute * 60),
		    got);
		cr_expect_str_eq(got, table[i].at, "row %zu (%s): got %s", i,
		    table[i].why, got);
	}
}

Test(zone, an_unknown_name_is_an_error_never_utc)
{
	static const struct {
		const char *name, *says;
	} table[] = {
		{ "Asia/Tokio", "could not read time zone 'Asia/Tokio'" },
		{ "Asia", "could not read time zone 'Asia'" },
		{ "", "'' is not the name of a time zone" },
		{ "../../../etc/passwd", "is not the name" },
		{ "/etc/localtime", "is not the name" },
		{ "JST-9 ", "is not the name" },
		{ "tzdata.zi", "is not the name" },
		{ "zone1970.tab", "is not the name" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		const struct zone *z = NULL;
		struct kpid_err err = { 0 };

		cr_expect(!zone_load(table[i].name, &mem, &z, &err),
		    "row %zu: '%s' was loaded", i, table[i].name);
		cr_expect(strstr(err.msg, table[i].says) != NULL,
		    "row %zu: got '%s'", i, err.msg);
		cr_expect_null(z);
	}
}

Test(zone, rules_after_the_table)
{
	static const struct {
		const char *rule, *at;
		int offset;
		const char *why;
	} table[] = {
		{ "JST-9", "2024-01-01T00:00:00Z", 9 * HOUR, "one offset" },
		{ "<+0330>-3:30", "2024-01-01T00:00:00Z", 3 * HOUR + HOUR / 2,
		    "a name of digits" },
		{ "EST5EDT,M3.2.0,M11.1.0", "2024-03-10T06:59:59Z", -5 * HOUR,
		    "second Sunday, before" },
		{ "EST5EDT,M3.2.0,M11.1.0", "2024-03-10T07:00:00Z", -4 * HOUR,
		    "second Sunday" },
		{ "EST5EDT,M3.2.0,M11.1.0", "2024-11-03T06:00:00Z", -5 * HOUR,
		    "first Sunday" },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", "2024-03-31T01:00:00Z",
		    2 * HOUR, "last Sunday, a fifth" },
		{ "CET-1CEST,M3.5.0,M10.5.0/3", "2024-10-27T01:00:00Z", HOUR,
		    "last Sunday, a fourth" },
		{ "IST-1GMT0,M10.5.0,M3.5.0/1", "2024-07-01T00:00:00Z", HOUR,
		    "winter time as the exception: summer" },
		{ "IST-1GMT0,M10.5.0,M3.5.0/1", "2024-01-01T00:00:00Z", 0,
		    "winter time as the exception: winter" },
		{ "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-03-31T01:00:00Z",
		    -HOUR, "a time before its day" },
		{ "AAA0BBB,J60/0,300/0", "2024-02-29T23:59:59Z", 0,
		    "day 60 is 1 March in leap years too" },
		{ "AAA0BBB,J60/0,300/0", "2024-03-01T00:00:00Z", HOUR,
		    "day 60 has come" },
		{ "AAA0BBB,59/0,300/0", "2024-02-29T00:00:00Z", HOUR,
		    "counted with 29 February" },
		{ "XXX3EDT4,0/0,J365/23", "2024-06-01T00:00:00Z", -4 * HOUR,
		    "the exception all year" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct zone_rule rule;

		cr_assert(zone_rule_parse(slice_of(table[i].rule), &rule),
		    "row %zu (%s): was not read", i, table[i].why);
		int got =
		    zone_rule_span(&rule, at(table[i].at) / 1000000).offset;
		cr_expect_eq(got, table[i].offset, "row %zu (%s): got %d", i,
		    table[i].why, got);
	}
}

Test(zone, rules_that_cannot_be_read)
{
	static const char *const table[] = {
		"",
		"JST",
		"A1BC2B,J60,300",
		"J9",
		"JST-9x",
		"EST5EDT",
		"EST5EDT,M3.2.0",
		"EST5EDT,M13.2.0,M11.1.0",
		"EST5EDT,M3.6.0,M11.1.0",
		"EST5EDT,M3.2.7,M11.1.0",
		"EST5EDT,J0,J365",
		"<+09-9",
		"EST5EDT,366,1",
		"JST-9:60",
		"JST-168",
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct zone_rule rule;

		cr_expect(!zone_rule_parse(slice_of(table[i]), &rule),
		    "row %zu: '%s' was read", i, table[i]);
	}
}

/* A file of version 2: an empty first block, then one change at 0 from +1 h to
 * +2 h, then the footer. */
static struct slice
tiny_file(char out[256])
{
	static const char header[] = "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
				     "\0\0\0\0"
				     "\0\0\0\0"
				     "\0\0\0\0";
	static const char counts[] = "\0\0\0\1"
				     "\0\0\0\2"
				     "\0\0\0\4";
	static const char none[] = "\0\0\0\0"
				   "\0\0\0\0"
				   "\0\0\0\0";
	static const char data[] = "\0\0\0\0\0\0\0\0"
				   "\1"
				   "\0\0\x0e\x10\0\0"
				   "\0\0\x1c\x20\1\0"
				   "AAA\0"
				   "\nAAA-2\n";
	size_t n = 0;

	memcpy(out, header, 32);
	memcpy(out + 32, none, 12);
	memcpy(out + 44, header, 32);
	memcpy(out + 76, counts, 12);
	n = 88;
	memcpy(out + n, data, sizeof(data) - 1);
	return (struct slice){ out, n + sizeof(data) - 1 };
}

Test(zone, a_file_cut_or_damaged_anywhere_is_refused)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	char bytes[256];
	struct slice file = tiny_file(bytes);
	const char *why;
	struct zone z;

	cr_assert(tzif_parse(file, &mem, &z, &why), "%s", why);
	cr_expect_eq(zone_offset(&z, -1), HOUR);
	cr_expect_eq(zone_offset(&z, 0), 2 * HOUR);
	for (size_t n = 0; n < file.len; n++) {
		char *cut = arena_strndup(&mem, file.ptr, n);

		cr_expect(!tzif_parse((struct slice){ cut, n }, &mem, &z, &why),
		    "%zu of %zu bytes were read", n, file.len);
	}
	bytes[96] = 7; /* a type that is not there */
	cr_expect(!tzif_parse(file, &mem, &z, &why));
	cr_expect_str_eq(why, "its table is damaged");
	memset(bytes + 76, 0xff, 12); /* counts beyond everything */
	cr_expect(!tzif_parse(file, &mem, &z, &why));
}

Test(zone, of_many_that_ask_for_one_it_is_read_once)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct zones zones = { .mem = &mem };
	const struct zone *first, *second, *other, *none = NULL;
	struct kpid_err err = { 0 };
	char name[] = "Asia/Tokyo";

	cr_assert(zones_get(&zones, name, &first, &err), "%s", err.msg);
	name[0] = 'x';
	cr_assert(zones_get(&zones, "Europe/Paris", &other, &err), "%s",
	    err.msg);
	cr_assert(zones_get(&zones, "Asia/Tokyo", &second, &err), "%s",
	    err.msg);
	cr_expect_eq(first, second);
	cr_expect_neq(first, other);
	cr_expect_eq(zone_offset(second, at("2024-07-01T00:00:00Z")), 9 * HOUR);
	cr_expect_eq(zone_offset(other, at("2024-07-01T00:00:00Z")), 2 * HOUR);
	for (int i = 0; i < 2; i++)
		cr_expect(!zones_get(&zones, "Asia/Tokio", &none, &err),
		    "one that is not there is asked for each time");
	cr_expect_null(none);
}
