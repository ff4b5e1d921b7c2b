/* rooms: base config normalise */
/* Every day since 1868 by every era, and every period by its own text. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "../../collector/normalise/period_rule.h"
#include "kpid/normalise.h"

/* By the proclamations, apart from the table that is tested. */
static const struct {
	const char *name, *letter;
	struct civil first, last;
} eras[] = {
	{ "明治", "M", { 1868, 1, 25 }, { 1912, 7, 29 } },
	{ "大正", "T", { 1912, 7, 30 }, { 1926, 12, 24 } },
	{ "昭和", "S", { 1926, 12, 25 }, { 1989, 1, 7 } },
	{ "平成", "H", { 1989, 1, 8 }, { 2019, 4, 30 } },
	{ "令和", "R", { 2019, 5, 1 }, { 2100, 12, 31 } },
};

static int32_t
day_of(struct civil d)
{
	int32_t day = 0;

	cr_assert(civil_to_day(d, &day));
	return day;
}

/* The day in this era's reckoning: read as that day when the era was in force
 * on it, else refused. */
static void
check_day(int32_t day, size_t e, const char *form, const char *name)
{
	struct civil d = civil_from_day(day);
	bool in_force = day >= day_of(eras[e].first)
	    && day <= day_of(eras[e].last) && d.year >= 1873;
	struct period p = { 0 };
	const char *why = "";
	char text[64];

	(void)snprintf(text, sizeof(text), form, name,
	    d.year - eras[e].first.year + 1, d.month, d.day);
	bool ok = period_read(slice_of(text), PERIOD_AS_AUTO, NULL, &p, &why);

	cr_assert_eq(ok, in_force, "'%s' was %s %s", text,
	    ok ? "read" : "refused:", why);
	cr_assert(!ok || (p.kind == SPAN_DAY && p.first == day),
	    "'%s' is another day", text);
}

Test(period_property, every_day_from_1868_to_2100_by_every_era)
{
	int32_t end = day_of((struct civil){ 2100, 12, 31 });
	size_t days = 0;

	for (int32_t day = day_of((struct civil){ 1868, 1, 1 }); day <= end;
	     day++, days++)
		for (size_t e = 0; e < ARRAY_LEN(eras); e++) {
			check_day(day, e, "%s%d年%d月%d日", eras[e].name);
			check_day(day, e, "%s%d.%d.%d", eras[e].letter);
		}
	cr_expect_eq(days, 85102);
}

/* Stretches of all lengths and kinds, from every 37th day. */
Test(period_property, a_period_is_read_back_from_its_text)
{
	static const int lengths[] = { 1, 2, 7, 8, 28, 29, 30, 31, 59, 60, 90,
		91, 92, 181, 182, 183, 184, 365, 366, 1096 };
	int32_t end = day_of((struct civil){ 2100, 12, 31 });

	for (int32_t day = day_of((struct civil){ 1868, 1, 1 }); day <= end;
	     day += day % 37 == 0 ? 1 : 5)
		for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
			struct period p =
			    period_between(day, day + lengths[i] - 1);
			struct period back = { 0 };
			char text[PERIOD_TEXT_MAX];
			const char *why = "";

			(void)period_text(p, text);
			cr_assert(period_read(slice_of(text), PERIOD_AS_AUTO,
				      NULL, &back, &why),
			    "'%s' was refused: %s", text, why);
			cr_assert(back.kind == p.kind && back.first == p.first
				&& back.last == p.last && back.n == p.n,
			    "'%s' is read as another period", text);
		}
}

static struct period
read_below(const char *text, struct period_rule *rule)
{
	struct period p = { 0 };
	const char *why = "";

	cr_assert(period_read_by(slice_of(text), rule, &p, &why),
	    "'%s' was refused: %s", text, why);
	return p;
}

/* A list of months that says the year in its first row and in January. */
Test(period_property, months_below_a_year_up_and_down)
{
	for (int start = 0; start < 24; start++)
		for (int step = -1; step <= 1; step += 2) {
			struct period_rule rule = { .inherit = true };

			for (int i = 0; i < 240; i++) {
				int count = 12 * 2000 + start + step * i;
				int year = count / 12, month = count % 12 + 1;
				int turn = step > 0 ? 1 : 12;
				char text[64], want[PERIOD_TEXT_MAX];
				struct period p;

				(void)snprintf(text, sizeof(text), "%d年%d月",
				    year, month);
				if (i > 0 && month != turn)
					(void)snprintf(text, sizeof(text),
					    "%d月", month);
				p = read_below(text, &rule);
				(void)period_text(p, want);
				(void)snprintf(text, sizeof(text), "%04d-%02d",
				    year, month);
				cr_assert_str_eq(want, text);
			}
		}
}

/* The same list without the Januaries that say their year: from the first one
 * on, nothing is read. */
Test(period_property, months_without_a_year_are_never_guessed)
{
	for (int start = 1; start <= 12; start++) {
		struct period_rule rule = { .inherit = true };
		char text[64];

		(void)snprintf(text, sizeof(text), "平成24年%d月", start);
		(void)read_below(text, &rule);
		for (int i = start; i < 60; i++) {
			struct period p;
			const char *why = "";

			(void)snprintf(text, sizeof(text), "%d月", i % 12 + 1);
			cr_assert_eq(period_read_by(slice_of(text), &rule, &p,
					 &why),
			    i < 12, "'%s' of row %d from %d", text, i, start);
		}
	}
}

/* A list of years that names an era in its first row and where it changes. */
Test(period_property, years_below_an_era)
{
	for (size_t e = 0; e < ARRAY_LEN(eras); e++) {
		struct period_rule rule = { .inherit = true };
		int last = eras[e].last.year - eras[e].first.year + 1;

		for (int n = 1; n <= last; n++) {
			char text[64];
			struct period p;

			if (n == 1)
				(void)snprintf(text, sizeof(text), "%s元年",
				    eras[e].name);
			else
				(void)snprintf(text, sizeof(text), "%d年", n);
			p = read_below(text, &rule);
			cr_assert_eq(civil_from_day(p.first).year,
			    eras[e].first.year + n - 1, "'%s' of %s", text,
			    eras[e].name);
		}
	}
}

/* So many months on and back again is where it was; a month and a year, a
 * quarter and a span alike. */
Test(period_property, what_is_moved_forth_and_back_is_the_same)
{
	static const char *const texts[] = { "2024-02", "2024-Q3", "2024",
		"FY2023", "2024-S1", "2024-05-01/2024-09-30", "2024-02-01",
		"2024-02-28" };

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		for (int months = -60; months <= 60; months++) {
			struct period_rule forth = { .shift = months };
			struct period_rule back = { .shift = -months };
			char text[PERIOD_TEXT_MAX];

			(void)period_text(read_below(texts[i], &forth), text);
			(void)period_text(read_below(text, &back), text);
			cr_assert_str_eq(text, texts[i],
			    "'%s' by %d months came back as '%s'", texts[i],
			    months, text);
		}
}

/* Rows that are counted: every day falls into one period of each kind, which
 * holds it, and the periods follow each other without a gap. */
Test(period_property, a_day_that_is_counted_falls_into_one_period)
{
	static const enum period_as kinds[] = { PERIOD_AS_MONTH,
		PERIOD_AS_QUARTER, PERIOD_AS_HALF, PERIOD_AS_YEAR,
		PERIOD_AS_FISCAL_YEAR };
	int32_t begin = day_of((struct civil){ 2019, 1, 1 });
	int32_t end = day_of((struct civil){ 2025, 12, 31 });

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		struct period_rule rule = { .as = kinds[i], .bucket = true };
		struct period before = { 0 };

		for (int32_t day = begin; day <= end; day++) {
			struct civil d = civil_from_day(day);
			struct period p;
			char text[64];

			(void)snprintf(text, sizeof(text), "%04d%02d%02d",
			    d.year, d.month, d.day);
			p = read_below(text, &rule);
			cr_assert(p.first <= day && day <= p.last, "'%s'",
			    text);
			cr_assert(day == begin || p.first == before.first
				|| p.first == before.last + 1,
			    "a gap before '%s'", text);
			before = p;
		}
	}
}

/* The forms in which one month is written, for many months. */
Test(period_property, the_forms_of_a_month_agree)
{
	static const char *const names[] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

	for (int count = 12 * 1990; count < 12 * 2018; count++) {
		int year = count / 12, month = count % 12 + 1;
		struct period_rule rule = { 0 };
		char text[12][64];
		char want[PERIOD_TEXT_MAX], got[PERIOD_TEXT_MAX];

		(void)snprintf(want, sizeof(want), "%04d-%02d", year, month);
		(void)snprintf(text[0], 64, "%d年%d月", year, month);
		(void)snprintf(text[1], 64, "平成%d年%d月", year - 1988, month);
		(void)snprintf(text[2], 64, "H%d.%d", year - 1988, month);
		(void)snprintf(text[3], 64, "%04d%02d", year, month);
		(void)snprintf(text[4], 64, "%d/%d", year, month);
		(void)snprintf(text[5], 64, "%04dM%02d", year, month);
		(void)snprintf(text[6], 64, "%04d-M%02d", year, month);
		(void)snprintf(text[7], 64, "%s %d", names[month - 1], year);
		(void)snprintf(text[8], 64, "%d %s", year, names[month - 1]);
		(void)snprintf(text[9], 64, "%04d00%02d%02d", year, month,
		    month);
		(void)snprintf(text[10], 64, "%04d-%02d-01/P1M", year, month);
		(void)snprintf(text[11], 64, "%d年度%d月",
		    month < 4 ? year - 1 : year, month);
		for (size_t i = 0; i < ARRAY_LEN(text); i++) {
			(void)period_text(read_below(text[i], &rule), got);
			cr_assert_str_eq(got, want, "'%s'", text[i]);
		}
	}
}
