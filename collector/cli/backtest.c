/* kpid backtest: the past through today's rules. */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "text.h"

enum backtest_column {
	COL_DAY,
	COL_NAME,
	COL_KIND,
	COL_STATUS,
	COL_PROBABILITY,
	COL_LEAD,
	COL_OUTCOME,
	COL_FROM,
	COL_TO,
	COL_KNOWN,
	COL_DECIDED,
	COL_MISSED,
	COL_ALERTED,
	COL_CAUGHT,
	COL_PRECISION,
	COL_RECALL,
	COL_MEDIAN
};

/* A word of the replay as people read it; itself when there is none. */
static const char *
word_ja(const char *word)
{
	static const struct {
		const char *word, *ja;
	} words[] = {
		{ "opened", "警報" },
		{ "escalated", "警報（継続）" },
		{ "closed", "解除" },
		{ "achieved", "達成" },
		{ "met", "目標水準" },
		{ "on_track", "順調" },
		{ "watch", "要注意" },
		{ "off_track", "遅れ" },
		{ "missed", "未達成" },
		{ "vintage", "当時知られていた値" },
		{ "as_reported", "いま知られている値" },
		{ "mixed", "当時の値と、記録のない月はいまの値" },
	};

	for (size_t i = 0; word != NULL && i < ARRAY_LEN(words); i++)
		if (strcmp(words[i].word, word) == 0)
			return words[i].ja;
	return word != NULL ? word : "―";
}

static void
print_head(void)
{
	text_print("月末", 12, false);
	text_print("目標", 40, false);
	text_print("通知", 14, false);
	text_print("判定", 10, false);
	text_print("達成の見込み", 14, true);
	text_print("期限まで", 12, true);
	puts("  その後");
}

static void
print_mail(const struct db_rows *rows, size_t i)
{
	char lead[32];

	snprintf(lead, sizeof(lead), "%sか月", db_cell(rows, i, COL_LEAD));
	text_print(db_cell(rows, i, COL_DAY), 12, false);
	text_print(db_cell(rows, i, COL_NAME), 40, false);
	text_print(word_ja(db_cell(rows, i, COL_KIND)), 14, false);
	text_print(word_ja(db_cell(rows, i, COL_STATUS)), 10, false);
	text_print(word_ja(db_cell(rows, i, COL_PROBABILITY)), 14, true);
	text_print(lead, 12, true);
	printf("  %s\n", word_ja(db_cell(rows, i, COL_OUTCOME)));
}

/* The figures below the table; the first row has them, too. */
static void
print_score(const struct db_rows *rows)
{
	printf("\n%s から %s まで（%s）\n", word_ja(db_cell(rows, 0, COL_FROM)),
	    word_ja(db_cell(rows, 0, COL_TO)),
	    word_ja(db_cell(rows, 0, COL_KNOWN)));
	printf("結果の出た目標 %s、うち未達成 %s\n",
	    db_cell(rows, 0, COL_DECIDED), db_cell(rows, 0, COL_MISSED));
	printf("期限前の警報 %s、うち未達成に終わったもの %s（適合率 %s）\n",
	    db_cell(rows, 0, COL_ALERTED), db_cell(rows, 0, COL_CAUGHT),
	    word_ja(db_cell(rows, 0, COL_PRECISION)));
	printf("未達成のうち期限前に警報が出たもの %s（捕捉率 %s、中央値 "
	       "%sか月前）\n",
	    db_cell(rows, 0, COL_CAUGHT), word_ja(db_cell(rows, 0, COL_RECALL)),
	    word_ja(db_cell(rows, 0, COL_MEDIAN)));
}

static bool
print_replay(struct db *db, const struct db_param *params, struct arena *mem,
    struct kpid_err *err)
{
	struct db_rows rows;

	if (!db_rows(db,
		&(struct db_query){
		    "select m.day, m.name, m.kind, m.status, "
		    "case when m.probability is not null then "
		    "least(99, greatest(1, round(m.probability * 100)))"
		    " || ' %' end, m.lead_months, "
		    "m.outcome, s ->> 'from', s ->> 'to', s ->> 'known', "
		    "s ->> 'decided', s ->> 'missed', s ->> 'alerted', "
		    "s ->> 'caught', "
		    "round(100 * (s ->> 'precision')::numeric) || ' %', "
		    "round(100 * (s ->> 'recall')::numeric) || ' %', "
		    "s ->> 'lead_months' "
		    "from kpid.backtest_score($1::date, $2::date, $3::int) s "
		    "left join lateral jsonb_to_recordset(s -> 'mails') as m "
		    "(day text, name text, kind text, status text, "
		    "probability numeric, lead_months int, outcome text) "
		    "on true",
		    params, 3 },
		mem, &rows, err))
		return false;
	print_head();
	for (size_t i = 0; i < rows.n; i++)
		if (db_cell(&rows, i, COL_KIND) != NULL)
			print_mail(&rows, i);
	print_score(&rows);
	return true;
}

static bool
print_document(struct db *db, const struct db_param *params, struct arena *mem,
    struct kpid_err *err)
{
	const char *text;

	if (!db_value(db,
		&(struct db_query){ "select kpid.backtest_score($1::date, "
				    "$2::date, $3::int)::text",
		    params, 3 },
		mem, &text, err))
		return false;
	puts(text);
	return true;
}

int
cmd_backtest(struct cli *cli)
{
	const struct db_param params[] = { DB_TEXT(cli_option(cli, "from")),
		DB_TEXT(cli_option(cli, "to")),
		DB_TEXT(cli_option(cli, "org")) };
	struct session s = { 0 };
	struct kpid_err err = { 0 };
	bool ok = cli_open(cli, DB_ROLE_COLLECTOR, &s, &err)
	    && (cli->json ? print_document(s.db, params, &cli->mem, &err)
			  : print_replay(s.db, params, &cli->mem, &err));

	session_close(&s);
	return ok ? EXIT_DONE : cli_fail(&err);
}
