/* rooms: base config schedule */
/* When a feed is looked at, by a clock that is told. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kpid/turns.h"

#define MINUTE (60 * (usec)1000000)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

static usec
at(const char *text)
{
	usec out = 0;

	cr_assert(instant_parse(slice_of(text), &out), "'%s'", text);
	return out;
}

static const char *
text_of(usec t, struct arena *mem)
{
	char *text = arena_alloc(mem, INSTANT_TEXT_MAX);

	if (t == TURN_NEVER)
		return "never";
	(void)instant_text(t, text);
	return text;
}

/* release: days until it is given up; 0: none. */
static struct turns
turns(const char *schedule, const char *zone, int release, const char *poll,
    struct arena *mem)
{
	const struct feed feed = { .schedule = schedule,
		.time_zone = zone,
		.release = { .set = release > 0,
		    .poll = poll,
		    .give_up_days = release } };
	struct kpid_err err = { 0 };
	struct turns t;

	cr_assert(turns_read(&feed, NULL, mem, &t, &err), "%s", err.msg);
	return t;
}

/* A daemon that looks at its clock every quarter of an hour of real time,
 * which shows `shown` at the start; looks so often until `until` real hours. */
static int
looks(const struct turns *t, usec *shown, usec *last, int quarters)
{
	int n = 0;

	for (int i = 0; i < quarters; i++, *shown += 15 * MINUTE) {
		*last = turns_last(*last, *shown);
		if (turns_due(t, *last, *shown) > *shown)
			continue;
		*last = *shown;
		n++;
	}
	return n;
}

/* The tenth or the next business day, 9:00 in Tokyo; October 2026's is the
 * 13th. What is awaited is awaited since then. */
Test(turns, polls_from_the_expected_day_until_it_is_given_up)
{
	static const struct {
		const char *after, *next, *why;
	} table[] = {
		{ "2026-10-01T00:00:00Z", "2026-10-13T00:00:00Z",
		    "nothing before the expected day" },
		{ "2026-10-13T00:00:00Z", "2026-10-14T00:00:00Z",
		    "the day after" },
		{ "2026-10-14T05:00:00Z", "2026-10-15T00:00:00Z",
		    "weekends too: every day" },
		{ "2026-10-31T00:00:00Z", "2026-11-01T00:00:00Z",
		    "the twentieth day" },
		{ "2026-11-01T00:00:00Z", "2026-11-10T00:00:00Z",
		    "then the next release" },
		{ "2026-11-10T00:00:00Z", "2026-11-11T00:00:00Z",
		    "which begins anew" },
		{ "2027-01-15T00:00:00Z", "2027-01-16T00:00:00Z",
		    "as long as nothing comes" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct turns t = turns("0 9 10> * *", "Asia/Tokyo", 20, NULL, &mem);

	t.awaited = at("2026-10-13T00:00:00Z");
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		const usec got = turns_next(&t, at(table[i].after));

		cr_expect_eq(got, at(table[i].next), "row %zu (%s): got %s", i,
		    table[i].why, text_of(got, &mem));
	}
	t.awaited = TURN_NEVER;
	cr_expect_eq(turns_next(&t, at("2026-10-13T00:00:00Z")),
	    at("2026-11-10T00:00:00Z"), "what came ends the polling");
	t.awaited = at("2026-11-10T00:00:00Z");
	cr_expect_eq(turns_next(&t, at("2026-10-13T00:00:00Z")),
	    at("2026-11-10T00:00:00Z"), "a later period is not polled yet");
}

Test(turns, polls_as_it_is_told)
{
	static const struct {
		const char *poll, *after, *next;
		int days;
	} table[] = {
		{ "0 9,15 * * mon-fri", "2026-10-13T00:00:00Z",
		    "2026-10-13T06:00:00Z", 20 },
		{ "0 9,15 * * mon-fri", "2026-10-16T06:00:00Z",
		    "2026-10-19T00:00:00Z", 20 },
		{ "*/10 * * * *", "2026-10-13T14:50:00Z",
		    "2026-11-10T00:00:00Z", 1 },
		{ "0 7 * * *", "2026-10-12T23:00:00Z", "2026-10-13T00:00:00Z",
		    20 },
		{ "0 7 * * *", "2026-10-13T00:00:00Z", "2026-10-13T22:00:00Z",
		    20 },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		struct turns t = turns("0 9 10> * *", "Asia/Tokyo",
		    table[i].days, table[i].poll, &mem);

		t.awaited = at("2026-10-13T00:00:00Z");
		const usec got = turns_next(&t, at(table[i].after));

		cr_expect_eq(got, at(table[i].next), "row %zu: got %s", i,
		    text_of(got, &mem));
	}
}

Test(turns, a_release_is_waited_for_on_its_days)
{
	static const struct {
		const char *now, *begun;
	} table[] = {
		{ "2026-10-12T23:59:59Z", NULL },
		{ "2026-10-13T00:00:00Z", "2026-10-13T00:00:00Z" },
		{ "2026-11-01T14:59:59Z", "2026-10-13T00:00:00Z" },
		{ "2026-11-01T15:00:00Z", NULL },
		{ "2026-11-12T00:00:00Z", "2026-11-10T00:00:00Z" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct turns t = turns("0 9 10> * *", "Asia/Tokyo", 20, NULL, &mem);
	usec begun = 0;

	cr_expect(!turns_waiting(&t, at("2026-10-20T00:00:00Z"), &begun),
	    "nothing is awaited");
	t.awaited = at("2026-10-13T00:00:00Z");
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		const bool got = turns_waiting(&t, at(table[i].now), &begun);

		cr_expect_eq(got, table[i].begun != NULL, "row %zu", i);
		cr_expect(!got || begun == at(table[i].begun),
		    "row %zu: got %s", i, text_of(begun, &mem));
	}
}

/* The clock's change in the night, seen through the hours around it: a turn
 * at a time that is skipped comes once, one at a time that is doubled, too. */
Test(turns, summer_time_brings_each_turn_once)
{
	static const struct {
		const char *zone, *schedule, *from;
		int hours, n;
		const char *why;
	} table[] = {
		{ "America/New_York", "30 2 * * *", "2026-03-08T05:00:00Z", 23,
		    1, "skipped: 2:30 is not there" },
		{ "America/New_York", "0 3 * * *", "2026-03-08T05:00:00Z", 23,
		    1, "the hour that it becomes" },
		{ "America/New_York", "30 1 * * *", "2026-11-01T04:00:00Z", 25,
		    1, "doubled: 1:30 is there twice" },
		{ "America/New_York", "30 1,2 * * *", "2026-11-01T04:00:00Z",
		    25, 2, "doubled, and the hour after" },
		{ "America/New_York", "0 0 * * *", "2026-11-01T04:00:00Z", 25,
		    1, "midnight of a long day" },
		{ "Europe/London", "30 1 * * *", "2026-03-29T00:00:00Z", 23, 1,
		    "skipped" },
		{ "Europe/London", "15,45 1 * * *", "2026-03-29T00:00:00Z", 23,
		    1, "both skipped: at the change, once" },
		{ "Europe/London", "30 1 * * *", "2026-10-24T23:00:00Z", 25, 1,
		    "doubled" },
		{ "Europe/London", "0 * * * *", "2026-10-24T23:00:00Z", 25, 24,
		    "each hour by its name" },
		{ "Asia/Tokyo", "30 1 * * *", "2026-10-24T15:00:00Z", 24, 1,
		    "no change" },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		struct turns t =
		    turns(table[i].schedule, table[i].zone, 0, NULL, &mem);
		usec shown = at(table[i].from), last = shown - 1;
		const int n = looks(&t, &shown, &last, 4 * table[i].hours);

		cr_expect_eq(n, table[i].n, "row %zu (%s): got %d", i,
		    table[i].why, n);
	}
}

/* Polling through the change: one look a civil day. */
Test(turns, summer_time_brings_each_poll_once)
{
	static const struct {
		const char *zone, *from, *awaited;
		int hours, n;
	} table[] = {
		{ "America/New_York", "2026-03-06T05:00:00Z",
		    "2026-03-06T06:30:00Z", 4 * 24 - 1, 4 },
		{ "Europe/London", "2026-10-23T23:00:00Z",
		    "2026-10-24T00:30:00Z", 4 * 24 + 1, 4 },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		struct turns t = turns(i == 0 ? "30 1 6 3 *" : "30 1 24 10 *",
		    table[i].zone, 20, NULL, &mem);
		usec shown = at(table[i].from), last = shown - 1;

		t.awaited = at(table[i].awaited);
		const int n = looks(&t, &shown, &last, 4 * table[i].hours);

		cr_expect_eq(n, table[i].n, "row %zu: got %d", i, n);
	}
}

/* A day with a turn at 9:00 UTC; at some hour the clock is set. */
Test(turns, a_clock_that_is_set_brings_none_twice)
{
	static const struct {
		int hour; /* real, at which it is set */
		usec by;
		int until; /* real hour */
		int n;
		const char *why;
	} table[] = {
		{ 12, 0, 48, 2, "it is not set" },
		{ 10, -2 * HOUR, 24, 1, "back over the turn" },
		{ 10, -2 * HOUR, 36, 2, "and the next day's comes" },
		{ 8, 2 * HOUR, 24, 1, "forward over the turn" },
		{ 8, 5 * DAY, 24, 2, "forward over many: once, and its own" },
		{ 12, -20 * HOUR, 24, 1, "back to the day before" },
		{ 12, -20 * HOUR, 60, 2, "the day, again, and the next" },
		{ 12, -3 * DAY, 24, 1, "back for days: its hours were wrong" },
		{ 12, -400 * DAY, 48, 2, "back for a year: looks go on" },
		{ 12, 30 * DAY, 24, 2, "slept for a month: once" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct turns t = turns("0 9 * * *", "UTC", 0, NULL, &mem);

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		usec shown = at("2026-06-15T00:00:00Z"), last = shown;
		int n = looks(&t, &shown, &last, 4 * table[i].hour);

		shown += table[i].by;
		n += looks(&t, &shown, &last,
		    4 * (table[i].until - table[i].hour));
		cr_expect_eq(n, table[i].n, "row %zu (%s): got %d", i,
		    table[i].why, n);
	}
}

Test(turns, what_passed_while_nobody_ran_is_one_turn)
{
	static const struct {
		const char *last, *now, *due, *why;
	} table[] = {
		{ "2026-01-10T00:00:00Z", "2026-09-20T03:00:00Z",
		    "2026-09-20T03:00:00Z", "many months: now" },
		{ "2026-09-20T03:00:00Z", "2026-09-20T03:00:00Z",
		    "2026-10-13T00:00:00Z", "once" },
		{ "1970-01-01T00:00:00Z", "2026-09-20T03:00:00Z",
		    "2026-09-20T03:00:00Z", "never looked at" },
		{ "2026-09-10T00:00:01Z", "2026-09-20T03:00:00Z",
		    "2026-10-13T00:00:00Z", "none passed" },
		{ "2099-01-01T00:00:00Z", "2026-09-20T03:00:00Z",
		    "2026-10-13T00:00:00Z", "by a clock that went wrong" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct turns t =
	    turns("0 9 10> * *", "Asia/Tokyo", 20, NULL, &mem);

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		const usec now = at(table[i].now);
		const usec got =
		    turns_due(&t, turns_last(at(table[i].last), now), now);

		cr_expect_eq(got, at(table[i].due), "row %zu (%s): got %s", i,
		    table[i].why, text_of(got, &mem));
	}
}

/* The law reckons 12 October 2026 a holiday; the list has moved it. */
Test(turns, business_days_are_those_that_are_listed)
{
	static const struct holiday list[] = { { 9497, "元日" },
		{ 9785, "スポーツの日" }, { 9861, "休日" } };
	const struct holidays h = holidays_listed(list, 3);
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct turns t = turns("0 9 10> 10 *", "Asia/Tokyo", 0, NULL, &mem);
	usec next;

	cr_assert_eq(h.first_year, 2026);
	cr_assert_eq(h.last_year, 2026);
	turns_close_on(&t, &h);
	next = turns_next(&t, at("2026-10-01T00:00:00Z"));
	cr_expect_eq(next, at("2026-10-12T00:00:00Z"), "listed: got %s",
	    text_of(next, &mem));
	next = turns_next(&t, at("2027-10-01T00:00:00Z"));
	cr_expect_eq(next, at("2027-10-12T00:00:00Z"),
	    "not listed, a Sunday and the day after: got %s",
	    text_of(next, &mem));
	turns_close_on(&t, NULL);
	next = turns_next(&t, at("2026-10-01T00:00:00Z"));
	cr_expect_eq(next, at("2026-10-13T00:00:00Z"), "reckoned: got %s",
	    text_of(next, &mem));
}

Test(turns, what_cannot_be_read_is_told)
{
	static const struct {
		const char *schedule, *zone, *poll, *says;
	} table[] = {
		{ "0 9 * *", "UTC", NULL, "has 4 fields, not five" },
		{ "0 9 * * *", "Asia/Tokio", NULL, "time zone 'Asia/Tokio'" },
		{ "0 9 * * *", "UTC", "0 25 * * *",
		    "release.poll: schedule '0 25 * * *'" },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		const struct feed feed = { .schedule = table[i].schedule,
			.time_zone = table[i].zone,
			.release = { .set = true,
			    .poll = table[i].poll,
			    .give_up_days = 1 } };
		struct kpid_err err = { 0 };
		struct turns t;

		cr_expect(!turns_read(&feed, NULL, &mem, &t, &err));
		cr_expect(strstr(err.msg, table[i].says) != NULL,
		    "row %zu: got '%s'", i, err.msg);
	}
}

/* What stands for all that passed does not depend on what was looked at. */
Test(turns, the_newest_one_is_the_same_for_everybody)
{
	static const struct {
		const char *schedule, *now, *want, *why;
	} rows[] = {
		{ "* * * * *", "2026-10-13T00:00:30Z", "2026-10-13T00:00:00Z",
		    "each minute" },
		{ "* * * * *", "2026-10-13T00:00:00Z", "2026-10-13T00:00:00Z",
		    "now" },
		{ "0 9 * * *", "2026-10-12T23:59:59Z", "2026-10-12T00:00:00Z",
		    "yesterday" },
		{ "0 9 10> * *", "2026-10-12T23:59:59Z", "2026-09-10T00:00:00Z",
		    "10 October is a Saturday, Monday a holiday" },
		{ "0 9 1 4 *", "2026-03-31T23:59:59Z", "2025-04-01T00:00:00Z",
		    "once a year" },
		{ "0 9 29 2 *", "2026-10-13T00:00:00Z", "2024-02-29T00:00:00Z",
		    "once in four years" },
	};
	struct arena mem = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		const struct turns t =
		    turns(rows[i].schedule, "Asia/Tokyo", 0, NULL, &mem);
		const char *got =
		    text_of(turns_newest(&t, at(rows[i].now)), &mem);

		cr_expect_str_eq(got, rows[i].want, "row %zu (%s): got %s", i,
		    rows[i].why, got);
	}
	arena_release(&mem);
}

/* Always by the same; a turn is one whenever it is reckoned. */
Test(turns, come_later_by_their_jitter)
{
	static const struct {
		const char *after, *next;
	} table[] = {
		{ "2026-10-13T00:00:00Z", "2026-10-13T00:04:10Z" },
		{ "2026-10-13T00:04:09Z", "2026-10-13T00:04:10Z" },
		{ "2026-10-13T00:04:10Z", "2026-10-14T00:04:10Z" },
		{ "2026-11-01T00:04:10Z", "2026-11-10T00:04:10Z" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct turns t = turns("0 9 10> * *", "Asia/Tokyo", 20, NULL, &mem);
	usec begun = 0;

	t.late = 250 * (usec)1000000;
	t.awaited = at("2026-10-13T00:00:00Z");
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		const usec got = turns_next(&t, at(table[i].after));

		cr_expect_eq(got, at(table[i].next), "row %zu: got %s", i,
		    text_of(got, &mem));
	}
	cr_expect_eq(turns_newest(&t, at("2026-10-14T00:04:09Z")),
	    at("2026-10-13T00:04:10Z"));
	cr_expect(!turns_waiting(&t, at("2026-10-13T00:04:09Z"), &begun),
	    "not before its look");
	cr_expect(turns_waiting(&t, at("2026-10-14T00:00:00Z"), &begun));
	cr_expect_eq(begun, at("2026-10-13T00:04:10Z"));
}
