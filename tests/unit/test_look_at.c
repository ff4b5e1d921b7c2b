/* rooms: base schedule daemon */
/* When the loop wakes by itself, and what it then measures. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <string.h>

#include "../../collector/daemon/machine.h"
#include "../../collector/daemon/loop.h"

#define SECOND 1000000LL
#define NOON   1728961200000000LL /* 2024-10-15 12:00 in Japan */

static void
loop_at_noon(struct loop *l)
{
	struct kpid_err err = { 0 };

	l->clock = (struct clock){ true, NOON };
	cr_assert(zone_load("Asia/Tokyo", &l->mem, &l->zone, &err), "%s",
	    err.msg);
	l->next_day = NOON + 12 * 3600 * SECOND;
	l->look_at = INT64_MAX;
}

Test(look_at, the_loop_sleeps_until_something_may_be_due)
{
	static const struct {
		usec said, next;
		const char *why;
	} rows[] = {
		{ INT64_MAX, NOON + 12 * 3600 * SECOND, "never: midnight" },
		{ NOON + 3600 * SECOND, NOON + 3600 * SECOND, "in an hour" },
		{ NOON + 86400 * SECOND, NOON + 12 * 3600 * SECOND,
		    "after midnight" },
		{ NOON - 5, NOON + 10 * SECOND,
		    "a database whose clock is behind: not in a circle" },
		{ 0, NOON + 10 * SECOND, "an answer without a time" },
	};
	struct loop l = { 0 };

	loop_at_noon(&l);
	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		calendar_look_at(&l, rows[i].said);
		cr_expect_eq(calendar_next(&l), rows[i].next, "row %zu (%s)", i,
		    rows[i].why);
	}
	arena_release(&l.mem);
}

Test(look_at, then_the_loader_is_asked_once)
{
	struct loop l = { 0 };

	loop_at_noon(&l);
	calendar_look_at(&l, NOON + 3600 * SECOND);
	calendar_turn_day(&l);
	cr_expect(!l.day_owed, "it is not time yet");
	l.clock.at = NOON + 3600 * SECOND;
	calendar_turn_day(&l);
	cr_expect(l.day_owed);
	l.day_owed = false;
	calendar_turn_day(&l);
	cr_expect(!l.day_owed, "once");
	arena_release(&l.mem);
}

static const json_t *
fact_of(const json_t *list, const char *kind)
{
	const json_t *fact;
	size_t i;

	json_array_foreach((json_t *)list, i, fact)
	{
		if (strcmp(json_string_value(json_object_get(fact, "kind")),
			kind)
		    == 0)
			return fact;
	}
	return NULL;
}

static double
value_of(const json_t *list, const char *kind)
{
	return json_number_value(json_object_get(fact_of(list, kind), "value"));
}

Test(look_at, what_is_measured)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct config cfg = { .state_dir = "/",
		.clock_fixed = true,
		.database = { .private_dir = "/not/there" } };
	const struct judged well = { 2500000, NULL }, badly = { 9, "no \"x\"" };
	json_t *list = json_loads(machine_facts(&cfg, &well, &mem), 0, NULL);

	cr_expect_gt(value_of(list, "disk_low"), 0, "megabytes free");
	cr_expect_eq(json_array_size(list), 4,
	    "neither a directory that is not there nor a fixed clock");
	cr_expect_eq(value_of(list, "database_slow"), 2.5);
	cr_expect_eq(value_of(list, "evaluation_failed"), 0);
	json_decref(list);
	cfg.clock_fixed = false;
	list = json_loads(machine_facts(&cfg, &badly, &mem), 0, NULL);
	cr_expect_eq(value_of(list, "evaluation_failed"), 1);
	cr_expect_str_eq(json_string_value(json_object_get(
			     fact_of(list, "evaluation_failed"), "detail")),
	    "no \"x\"");
	cr_expect_null(fact_of(list, "database_slow"),
	    "what failed took no time");
	json_decref(list);
}
