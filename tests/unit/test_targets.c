/* rooms: base config decode parse normalise load evaluate */
/* Goal and target files: what is read, and what is said about what is not. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../collector/evaluate/target_rules.h"
#include "kpid/targets.h"

#define HEAD                                                                                   \
	"目標ID,年度,団体コード,目標,項目,名称,指標,条件,目標値,集計," \
	"期限,経路,計画,宛先\n"

static const struct indicator indicators[] = {
	{ .code = "helmets",
	    .name_ja = "ヘルメット",
	    .unit = "件",
	    .measure = MEASURE_FLOW_YTD },
	{ .code = "rate",
	    .name_ja = "率",
	    .unit = "%",
	    .measure = MEASURE_RATIO,
	    .decimals = 1 },
};

static const struct config config = {
	.organization = "202037", .indicators = indicators, .n_indicators = 2
};

struct outcome {
	struct arena mem;
	struct problems all, warnings;
	const char *json;
	bool ok;
};

static void
read_text(const char *text, struct outcome *o)
{
	char path[] = "/tmp/kpid-targets-XXXXXX";
	int fd = mkstemp(path);
	const struct plan_files files = { NULL, path };

	*o = (struct outcome){ .ok = false };
	o->all.mem = o->warnings.mem = &o->mem;
	o->all.warnings = &o->warnings;
	cr_assert(fd >= 0);
	cr_assert(write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	(void)close(fd);
	o->ok = targets_read(&config, &files, &o->mem, &o->json, &o->all);
	(void)unlink(path);
}

static const char *
field(const json_t *doc, const char *key)
{
	return json_string_value(json_object_get(
	    json_array_get(json_object_get(doc, "targets"), 0), key));
}

Test(targets, a_row_as_staff_write_it)
{
	struct outcome o;
	json_t *doc;

	read_text("\xef\xbb\xbf" HEAD "t1,令和６年度,202037,７,7-2-(4),"
		  "ヘルメット,helmets,at_least,\"1,500\",ytd,R7.3.31,plan,"
		  "R6.10〜R7.3:3; R7.2:?,a@city.example\n",
	    &o);
	cr_assert(o.ok, "%s", o.all.n > 0 ? o.all.list[0].text : "");
	doc = json_loads(o.json, 0, NULL);
	cr_expect_str_eq(field(doc, "fiscal_year"), "2024");
	cr_expect_str_eq(field(doc, "goal"), "7");
	cr_expect_str_eq(field(doc, "value"), "1500");
	cr_expect_str_eq(field(doc, "due"), "2025-03-31");
	const json_t *plan =
	    json_object_get(json_array_get(json_object_get(doc, "targets"), 0),
		"plan");
	const json_t *first = json_array_get(plan, 0);
	const json_t *second = json_array_get(plan, 1);

	cr_expect_str_eq(json_string_value(json_object_get(first, "first")),
	    "2024-10-01");
	cr_expect_str_eq(json_string_value(json_object_get(first, "last")),
	    "2025-03-31");
	cr_expect_str_eq(json_string_value(json_object_get(first, "amount")),
	    "3");
	cr_expect(json_is_null(json_object_get(second, "amount")),
	    "a step without a number");
	cr_expect_str_eq(json_string_value(json_object_get(second, "last")),
	    "2025-02-28");
	json_decref(doc);
	arena_release(&o.mem);
}

Test(targets, steps_may_say_the_shape_of_the_year)
{
	struct outcome o;

	read_text(HEAD "t1,令和6年度,202037,7,x,n,helmets,at_least,5,ytd,"
		       "R7.3.31,seasonal,R6.4〜R6.9:1; R6.10〜R7.3:3,\n",
	    &o);
	cr_expect(o.ok, "%s", o.all.n > 0 ? o.all.list[0].text : "");
	arena_release(&o.mem);
}

Test(targets, every_problem_is_told_with_its_line)
{
	static const struct {
		const char *row, *said, *why;
	} rows[] = {
		{ "t1,令和6年度,,7,x,n,helmets,at_least,abc,ytd,R7.3.31,,,",
		    "目標値", "a number that is none" },
		{ "t1,令和6年度,,7,x,n,helmets,at_last,5,ytd,R7.3.31,,,",
		    "at_least at_most", "a comparator that is none" },
		{ "t1,令和6年度,,7,x,n,helmets,at_least,5,latest,R7.3.31,,,",
		    "does not fit", "24: a flow is not the latest" },
		{ "t1,令和6年度,,7,x,n,helmet,at_least,5,ytd,R7.3.31,,,",
		    "unknown indicator 'helmet'", "no such indicator" },
		{ "t1,令和6年度,,7,x,n,helmets,at_least,,ytd,R7.3.31,,,",
		    "needs 'value'", "at_least without a number" },
		{ "t1,令和6年度,,7,x,n,helmets,at_least,5,ytd,R7.2.30,,,",
		    "期限", "30 February" },
		{ "t1,令和6年度,,7,x,n,helmets,at_least,5,ytd,R7.3.31,plan,,",
		    "without steps", "a plan without steps" },
		{ "t1,令和6年度,,7,x,n,helmets,at_least,5,ytd,R7.3.31,linear,"
		  "R6.10:3,",
		    "neither 'plan' nor 'seasonal'", "steps without a use" },
		{ "t1,令和6年度,,7,x,n,helmets,at_least,5,ytd,R7.3.31,plan,"
		  "R7.3〜R6.10:3,",
		    "ends before it begins", "backwards" },
		{ "t1,令和6年度,,7,x,n,helmets,at_least,5,ytd,R7.3.31,,,who",
		    "no mail address", "an owner without @" },
		{ ",令和6年度,,7,x,n,helmets,at_least,5,ytd,R7.3.31,,,",
		    "must not be blank", "no name" },
		{ "t1,令和6年度,123456,7,x,n,helmets,at_least,5,ytd,R7.3.31,"
		  ",,",
		    "団体コード", "a check digit that is wrong" },
		{ "t1,令和6年度,,7,x,n,helmets,at_least,5,ytd,R7.3.31,,,,a",
		    "15 cells where the header has 14", "a comma too many" },
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		char text[1024];
		struct outcome o;

		(void)snprintf(text, sizeof(text), HEAD "%s\n", rows[i].row);
		read_text(text, &o);
		cr_expect_not(o.ok, "row %zu (%s) was taken", i, rows[i].why);
		if (o.all.n > 0) {
			cr_expect_not_null(strstr(o.all.list[0].text,
					       rows[i].said),
			    "row %zu (%s): %s", i, rows[i].why,
			    o.all.list[0].text);
			cr_expect_eq(o.all.list[0].line, 2);
		}
		arena_release(&o.mem);
	}
}

Test(targets, all_problems_come_at_once)
{
	struct outcome o;

	read_text(HEAD
	    "t1,令和6年度,,7,x,n,helmets,at_least,a,ytd,R7.3.31,,,\n"
	    "t2,令和6年度,,7,x,n,helmets,at_least,b,ytd,R7.3.31,,,\n"
	    "t2,令和6年度,,7,x,n,rate,at_least,3,latest,R7.3.31,,,\n",
	    &o);
	cr_expect_not(o.ok);
	bool first = false, second = false, twice = false;

	for (size_t i = 0; i < o.all.n; i++) {
		const struct problem *p = &o.all.list[i];

		first = first || p->line == 2;
		second = second || p->line == 3;
		twice = twice
		    || (p->line == 4
			&& strstr(p->text, "line 3 already") != NULL);
	}
	cr_expect(first && second && twice);
	arena_release(&o.mem);
}

Test(targets, headers)
{
	struct outcome o;

	read_text("target,fiscal_year,goal,item,name,comparator,due\n"
		  "t1,2024,7,7-1,節目,milestone,2025-03-31\n",
	    &o);
	cr_expect(o.ok, "English headers, a milestone without numbers");
	arena_release(&o.mem);
	read_text("目標ID,目標地\nt1,5\n", &o);
	cr_expect_not(o.ok);
	cr_expect_not_null(strstr(o.all.list[0].text, "unknown column"));
	arena_release(&o.mem);
	read_text("target,目標値,value\nt1,5,6\n", &o);
	cr_expect_not(o.ok);
	cr_expect_not_null(strstr(o.all.list[0].text, "'目標値' stands twice"),
	    "one of two values would be lost: %s", o.all.list[0].text);
	arena_release(&o.mem);
}

Test(targets, cp932_as_a_spreadsheet_saves_it)
{
	struct outcome o;

	/* 目標ID,年度,目標,項目,名称,条件,期限 / 令和6年度, 改訂 in CP932 */
	read_text("\x96\xda\x95\x57\x49\x44,\x94\x4e\x93\x78,\x96\xda\x95\x57,"
		  "\x8d\x80\x96\xda,\x96\xbc\x8f\xcc,\x8f\xf0\x8c\x8f,"
		  "\x8a\xfa\x8c\xc0\r\n"
		  "t1,\x97\xdf\x98\x61\x36\x94\x4e\x93\x78,2,2-1,"
		  "\x89\xfc\x92\xf9,milestone,R7.3.31\r\n",
	    &o);
	cr_assert(o.ok, "%s", o.all.n > 0 ? o.all.list[0].text : "");
	json_t *doc = json_loads(o.json, 0, NULL);

	cr_expect_str_eq(field(doc, "name"), "改訂");
	cr_expect_str_eq(field(doc, "org"), "202037",
	    "the configuration's organization");
	json_decref(doc);
	arena_release(&o.mem);
}

/* Columns of few targets: the cell, and what is said when it is wrong. */
static void
expect_cell(const char *label, const char *key, const char *cell,
    const char *said)
{
	char text[1024];
	struct outcome o;

	(void)snprintf(text, sizeof(text),
	    "目標ID,年度,目標,項目,名称,条件,期限,%s\n"
	    "t1,R6,7,x,n,milestone,R7.3.31,%s\n",
	    label, cell);
	read_text(text, &o);
	if (said != NULL) {
		cr_expect_not(o.ok, "%s: '%s' was taken", label, cell);
		cr_expect(o.all.n == 1
			&& strstr(o.all.list[0].text, said) != NULL,
		    "%s: '%s': %s", label, cell,
		    o.all.n > 0 ? o.all.list[0].text : "nothing said");
	} else if (o.ok) {
		json_t *doc = json_loads(o.json, 0, NULL);
		const char *got = field(doc, key);

		cr_expect(got != NULL && strcmp(got, cell) == 0,
		    "%s: '%s' became '%s'", label, cell, got);
		json_decref(doc);
	} else {
		cr_expect(false, "%s: '%s': %s", label, cell,
		    o.all.list[0].text);
	}
	arena_release(&o.mem);
}

Test(targets, cells_of_few_targets)
{
	static const struct {
		const char *label, *key, *cell, *said;
	} rows[] = {
		{ "暦", "calendar", "monthly:1", NULL },
		{ "暦", "calendar", "odd:2 even:1 allow:1", NULL },
		{ "暦", "calendar", "weekdays:sun", NULL },
		{ "暦", "calendar", "weekly:2 out:2024-07-25..2024-08-25",
		    NULL },
		{ "暦", "calendar", "weekdays:wed holidays:out", NULL },
		{ "暦", "calendar", "monthly", "a calendar is" },
		{ "暦", "calendar", "weekdays:wed holidays:in",
		    "a calendar is" },
		{ "暦", "calendar", "weekly:2 out:2024-07-25", "a calendar" },
		{ "暦", "calendar", "weekly:2 out:2024-02-30..2024-03-01",
		    "a calendar" },
		{ "内訳", "dims", "sex=F", NULL },
		{ "内訳", "dims", "sex=F; age=65-", NULL },
		{ "内訳", "dims", "sex", "sex=F; age=65-" },
		{ "内訳", "dims", "=F", "sex=F; age=65-" },
		{ "内訳", "dims", "sex=F; age=", "sex=F; age=65-" },
		{ "比較", "compare", "first_release", NULL },
		{ "比較", "compare", "latest", "must be one of" },
		{ "適用日", "valid_from", "2024-09-15", NULL },
		{ "適用日", "valid_from", "2024-09-31", "適用日" },
		{ "判定", "preset", "rising_mean", NULL },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		expect_cell(rows[i].label, rows[i].key, rows[i].cell,
		    rows[i].said);
}

Test(targets, a_baseline_past_its_target_is_a_warning)
{
	static const struct {
		const char *row, *why;
		bool warned;
	} rows[] = {
		{ "at_least,33.0,latest,34.0", "2: begun above what is wanted",
		    true },
		{ "at_least,33.0,latest,33", "1: to be kept", false },
		{ "at_least,33.0,latest,30.5", "on its way up", false },
		{ "at_least,100,latest,99.5", "numbers, not texts", false },
		{ "at_most,10,latest,9", "2: begun below a limit", true },
		{ "at_most,10,latest,50", "on its way down", false },
		{ "at_least,33.0,latest,", "no baseline", false },
		{ "at_least,33.0,mean,34.0", "an average has no way to go",
		    false },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char text[512];
		struct outcome o;

		(void)snprintf(text, sizeof(text),
		    "目標ID,年度,目標,項目,名称,指標,条件,目標値,集計,基準値,"
		    "期限\nt1,令和6年度,7,x,n,rate,%s,R7.3.31\n",
		    rows[i].row);
		read_text(text, &o);
		cr_expect(o.ok, "%s: %s", rows[i].why,
		    o.all.n > 0 ? o.all.list[0].text : "");
		cr_expect_eq(o.warnings.n, rows[i].warned, "%s: warned %zu",
		    rows[i].why, o.warnings.n);
		if (o.warnings.n > 0)
			cr_expect(strstr(o.warnings.list[0].text, "is past")
				!= NULL,
			    "%s", o.warnings.list[0].text);
		arena_release(&o.mem);
	}
}

/* What the feeds say of an indicator, against a target of the whole. */
static const struct contract_value given_helmets = { .indicator = "helmets" };
static const struct contract_value by_row = { .column = "値" };
static const struct pair men = { "sex", "男" };
static const struct contract_value part = {
	.indicator = "helmets", .dims = &men, .n_dims = 1
};
static const struct dimension sex = { .name = "sex" };
static const struct pair label = { "件数", "helmets" };
static const struct {
	struct contract contract[2];
	const char *dims;
	bool warned;
	const char *why;
} givens[] = {
	{ { { .dims = &sex,
	      .n_dims = 1,
	      .values = &given_helmets,
	      .n_values = 1 } },
	    "", true, "by a column" },
	{ { { .values = &part, .n_values = 1 } }, "", true, "by a constant" },
	{ { { .values = &part, .n_values = 1 } }, "sex=男", false,
	    "the target names the part" },
	{ { { .values = &part, .n_values = 1 },
	      { .values = &given_helmets, .n_values = 1 } },
	    "", false, "another table has the total" },
	{ { { .values = &part, .n_values = 1 },
	      { .values = &by_row, .n_values = 1 } },
	    "", false, "another table may have it" },
	{ { { .dims = &sex,
	      .n_dims = 1,
	      .values = &by_row,
	      .n_values = 1,
	      .indicator_map = &label,
	      .n_indicator_map = 1 } },
	    "", true, "a label of rows" },
	{ { { 0 } }, "", false, "no feed gives it" },
};

Test(targets, an_indicator_by_dimensions_alone_is_warned_of)
{
	for (size_t i = 0; i < sizeof(givens) / sizeof(givens[0]); i++) {
		struct arena mem = { 0 };
		struct problems warnings = { .mem = &mem };
		struct problems all = { .mem = &mem, .warnings = &warnings };
		const struct feed feed = { .name = "heads",
			.contracts = givens[i].contract,
			.n_contracts = 2 };
		const struct config cfg = { .feeds = &feed, .n_feeds = 1 };
		json_t *row = json_pack("{s:s,s:s,s:i}", "indicator", "helmets",
		    "dims", givens[i].dims, "line", 3);

		target_dims_check(&cfg, "t.csv", row, &all);
		cr_expect_eq(all.n, 0, "row %zu (%s)", i, givens[i].why);
		cr_assert_eq(warnings.n, givens[i].warned, "row %zu (%s)", i,
		    givens[i].why);
		if (warnings.n > 0)
			cr_expect_not_null(strstr(warnings.list[0].text,
					       "(sex, feed 'heads')"),
			    "%s", warnings.list[0].text);
		json_decref(row);
		arena_release(&mem);
	}
}

Test(targets, a_file_is_known_from_the_configuration_on)
{
	const struct config here = { .dir = "/nowhere" };
	struct arena mem = { 0 };

	cr_expect_str_eq(targets_source(&here, "/nowhere/goals/r6.csv", &mem),
	    "goals/r6.csv");
	cr_expect_str_eq(targets_source(&here, "/nowhere2/r6.csv", &mem),
	    "/nowhere2/r6.csv");
	cr_expect_str_eq(targets_source(&here, "/nowhere", &mem), "/nowhere");
	arena_release(&mem);
}
