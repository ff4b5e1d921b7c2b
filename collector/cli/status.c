/* kpid status, kpid alerts, kpid explain: SQL's documents, or tables. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "kpid/body.h"
#include "kpid/json_text.h"
#include "kpid/load.h"
#include "text.h"

static const char *
status_colour(const char *status)
{
	static const struct {
		const char *status, *colour;
	} colours[] = {
		{ "achieved", "\033[32m" },
		{ "met", "\033[32m" },
		{ "on_track", "\033[32m" },
		{ "watch", "\033[33m" },
		{ "off_track", "\033[31m" },
		{ "missed", "\033[31m" },
	};

	for (size_t i = 0; cli_colour() && i < ARRAY_LEN(colours); i++)
		if (strcmp(colours[i].status, status) == 0)
			return colours[i].colour;
	return "";
}

static const char *
or_blank(const char *text)
{
	return text != NULL ? text : "";
}

enum status_column {
	COL_GOAL,
	COL_ITEM,
	COL_NAME,
	COL_ACTUAL,
	COL_TARGET,
	COL_EXPECTED,
	COL_UNIT,
	COL_PACE,
	COL_FORECAST,
	COL_PROBABILITY,
	COL_STATUS,
	COL_STATUS_JA,
	COL_REASON
};

static void
print_target(const struct db_rows *rows, size_t i)
{
	const char *status = or_blank(db_cell(rows, i, COL_STATUS));
	const char *colour = status_colour(status);

	text_print(or_blank(db_cell(rows, i, COL_ITEM)), 13, false);
	text_print(or_blank(db_cell(rows, i, COL_NAME)), 36, false);
	text_print(or_blank(db_cell(rows, i, COL_ACTUAL)), 8, true);
	text_print(or_blank(db_cell(rows, i, COL_TARGET)), 8, true);
	text_print(or_blank(db_cell(rows, i, COL_EXPECTED)), 9, true);
	fputs(" ", stdout);
	text_print(or_blank(db_cell(rows, i, COL_UNIT)), 5, false);
	text_print(or_blank(db_cell(rows, i, COL_PACE)), 7, true);
	text_print(or_blank(db_cell(rows, i, COL_FORECAST)), 9, true);
	text_print(or_blank(db_cell(rows, i, COL_PROBABILITY)), 6, true);
	fputs("  ", stdout);
	fputs(colour, stdout);
	text_print(or_blank(db_cell(rows, i, COL_STATUS_JA)), 10, false);
	fputs(*colour != '\0' ? "\033[0m " : " ", stdout);
	puts(or_blank(db_cell(rows, i, COL_REASON)));
}

static void
print_head(void)
{
	static const struct {
		const char *text;
		int width;
		bool right;
	} heads[] = {
		{ "項目", 13, false },
		{ "目標", 36, false },
		{ "実績", 8, true },
		{ "目標値", 8, true },
		{ "期待値", 9, true },
		{ " 単位", 6, false },
		{ "進度", 7, true },
		{ "見込み", 9, true },
		{ "確率", 6, true },
		{ "  判定", 13, false },
	};

	for (size_t i = 0; i < ARRAY_LEN(heads); i++)
		text_print(heads[i].text, heads[i].width, heads[i].right);
	puts("理由");
}

/* The tally below the table, in the order of the ladder. */
static bool
print_summary(struct db *db, const struct db_param *params, struct arena *mem,
    struct kpid_err *err)
{
	struct db_rows rows;

	if (!db_rows(db,
		&(struct db_query){
		    "select status_ja, n from kpid.status_summary("
		    "$1::date, $2::timestamptz, $3)",
		    params, 3 },
		mem, &rows, err))
		return false;
	puts("");
	for (size_t i = 0; i < rows.n; i++)
		printf("%s%s %s", i > 0 ? "、" : "", db_cell(&rows, i, 0),
		    db_cell(&rows, i, 1));
	puts("");
	return true;
}

static bool
print_status(struct db *db, const struct db_param *params, struct arena *mem,
    struct kpid_err *err)
{
	struct db_rows rows;

	if (!db_rows(db,
		&(struct db_query){
		    "select goal, item, name, actual, target_value,"
		    " coalesce(expected_whole, expected), unit,"
		    " coalesce(pace_index_whole, pace_index),"
		    " forecast ->> 'value',"
		    " case when forecast ->> 'probability' is not null"
		    " then least(99, greatest(1, round("
		    "(forecast ->> 'probability')::numeric * 100))) || '%' end,"
		    " status, status_ja,"
		    " reason from kpi.assess(coalesce($1::date, kpid.today()),"
		    " $2::timestamptz) where $3::text is null or org = $3",
		    params, 3 },
		mem, &rows, err))
		return false;
	if (rows.n == 0) {
		puts("判定の対象となる目標がありません。目標は kpid target "
		     "import [GOALS] TARGETS で取り込むか、\n設定の plans "
		     "に CSV ファイルを書いて登録します（docs/targets.md）。");
		return true;
	}
	print_head();
	for (size_t i = 0; i < rows.n; i++)
		print_target(&rows, i);
	return print_summary(db, params, mem, err);
}

/* One statement whose one value is the document. */
static bool
print_document(struct db *db, const char *sql, const struct db_param *params,
    size_t n, struct arena *mem, struct kpid_err *err)
{
	const char *text;

	if (!db_value(db, &(struct db_query){ sql, params, n }, mem, &text,
		err))
		return false;
	puts(text != NULL ? text : "null");
	return true;
}

static int
finish(struct session *s, bool ok, const struct kpid_err *err)
{
	session_close(s);
	return ok ? EXIT_DONE : cli_fail(err);
}

int
cmd_status(struct cli *cli)
{
	const struct db_param params[] = { DB_TEXT(cli_option(cli, "as-of")),
		DB_TEXT(cli_option(cli, "known-at")),
		DB_TEXT(cli_option(cli, "org")) };
	struct session s = { 0 };
	struct kpid_err err = { 0 };
	bool ok = cli_open(cli, DB_ROLE_COLLECTOR, &s, &err)
	    && (cli->json ? print_document(s.db,
		    "select kpid.status_json($1::date,"
		    " $2::timestamptz, $3::integer)",
		    params, 3, &cli->mem, &err)
			  : print_status(s.db, params, &cli->mem, &err));

	return finish(&s, ok, &err);
}

enum alert_column {
	ALERT_TARGET,
	ALERT_YEAR,
	ALERT_NAME,
	ALERT_LEVEL,
	ALERT_TOLD,
	ALERT_PERIOD,
	ALERT_ACKED,
	ALERT_SILENCED
};

/* What a level is called, and what was told of it. */
static const char *
level_word(const char *level)
{
	static const char *const words[] = { "警報なし", "警報",
		"警報（継続）" };
	const size_t n = level == NULL ? 0 : (size_t)(level[0] - '0');

	return n < ARRAY_LEN(words) ? words[n] : level;
}

static void
print_until(const char *label, const char *day)
{
	if (day != NULL)
		printf("  %s %sまで", label, day);
}

static void
print_alert(const struct db_rows *rows, size_t i)
{
	text_print(db_cell(rows, i, ALERT_TARGET), 38, false);
	text_print(or_blank(db_cell(rows, i, ALERT_NAME)), 40, false);
	/* One of kpid's own has neither year nor period. */
	if (db_cell(rows, i, ALERT_YEAR) != NULL)
		printf("%s年度  ", db_cell(rows, i, ALERT_YEAR));
	text_print(level_word(db_cell(rows, i, ALERT_LEVEL)), 13, false);
	printf("通知 %s", level_word(db_cell(rows, i, ALERT_TOLD)));
	if (db_cell(rows, i, ALERT_PERIOD) != NULL)
		printf("（%s時点）", db_cell(rows, i, ALERT_PERIOD));
	print_until("対応中", db_cell(rows, i, ALERT_ACKED));
	print_until("通知停止", db_cell(rows, i, ALERT_SILENCED));
	puts("");
}

static bool
print_alerts(struct db *db, const struct db_param *all, struct arena *mem,
    struct kpid_err *err)
{
	struct db_rows rows;

	if (!db_rows(db,
		&(struct db_query){
		    "select target, fiscal_year, name, level, told,"
		    " told_period, acked_until, silenced_until"
		    " from kpid.alert_rows(null)"
		    " where $1::boolean or level > 0 or told > 0",
		    all, 1 },
		mem, &rows, err))
		return false;
	if (rows.n == 0)
		puts("警報中の目標はありません");
	for (size_t i = 0; i < rows.n; i++)
		print_alert(&rows, i);
	return true;
}

int
cmd_alerts(struct cli *cli)
{
	const struct db_param all =
	    DB_TEXT(cli_option(cli, "all") != NULL ? "t" : "f");
	struct session s = { 0 };
	struct kpid_err err = { 0 };
	bool ok = cli_open(cli, DB_ROLE_COLLECTOR, &s, &err)
	    && (cli->json ? print_document(s.db,
		    "select kpid.alerts_json($1::boolean)", &all, 1, &cli->mem,
		    &err)
			  : print_alerts(s.db, &all, &cli->mem, &err));

	return finish(&s, ok, &err);
}
