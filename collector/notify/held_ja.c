/* A held delivery, in Japanese. */
#include <string.h>

#include "calendar.h"
#include "held.h"
#include "japanese.h"
#include "vocabulary.h"

static const struct held_kind kinds[] = {
	{ "rows_drop", "件数が大きく減っています",
	    "ファイルが途中で切れていないか、表の形が変わっていないかを"
	    "ご確認ください。" },
	{ "all_zero", "数値がすべて0になっています",
	    "提供元が更新の途中ではなかったかをご確認ください。" },
	{ "unit_slip", "単位が変わった可能性があります",
	    "表に書かれた単位（円、千円など）をご確認ください。" },
	{ "jump", "これまでと桁の違う数値があります",
	    "列のずれや小数点の抜けがないかをご確認ください。" },
	{ "totals", "合計が内訳と合っていません",
	    "列のずれや内訳の追加がないかをご確認ください。" },
	{ "running_total_falls", "累計が年度の途中で減っています",
	    "累計ではなく月ごとの数値になっていないか、訂正があったのかを"
	    "ご確認ください。" },
	{ "ratio_above", "割合が上限を超えています",
	    "小数点の抜けがないかをご確認ください。" },
	{ "future_period", "まだ始まっていない期間に数値があります",
	    "先の月の欄に0などが入っていないか、年に誤りがないかを"
	    "ご確認ください。" },
	{ "changed_unit", "単位の表示が取込設定と異なります",
	    "表の単位が変わったのであれば、取込設定の見直しが必要です。" },
	{ "partial", "表の一部しか届いていません",
	    "提供元の一度に取得できる件数をご確認ください。" },
	{ "unreadable", "読み取れる行がありません",
	    "提供元が表の代わりにエラーなどの文章を返していないか、表の形が変わって"
	    "いないかをご確認ください。" },
	{ "unknown_column", "取込設定にない列があります",
	    "表の列が変わったのであれば、取込設定の見直しが必要です。" },
	{ "unknown_label", "取込設定にない項目名があります",
	    "表の項目が変わったのであれば、取込設定の見直しが必要です。" },
	{ "unknown_mark", "取込設定にない記号があります",
	    "記号の意味を表の注記でご確認ください。" },
	{ "unknown_status", "取込設定にない区分（速報・確定など）があります",
	    "区分の意味を表の注記でご確認ください。" },
	{ "empty_path", "取込設定にある項目がどの行にもありません",
	    "項目の名前が変わったのであれば、取込設定の見直しが必要です。" },
	{ "extra_cells", "見出しのない列に値があります",
	    "列が増えていないか、値の中に区切り文字がないかをご確認ください。" },
	{ "", "取込設定と合わない内容があります",
	    "表の形が変わったのであれば、取込設定の見直しが必要です。" },
};

/* The n-th name that text has in 'single quotes', in 「」; NULL: none. */
static const char *
named(const struct letter *letter, const char *text, int n)
{
	const char *begin, *end;

	for (;; n--) {
		begin = strchr(text, '\'');
		end = begin == NULL ? NULL : strchr(begin + 1, '\'');
		if (end == NULL)
			return NULL;
		if (n == 0)
			break;
		text = end + 1;
	}
	return arena_printf(letter->mem, "「%.*s」", (int)(end - begin - 1),
	    begin + 1);
}

/* unit '千件' of column '件数' is not '件', .., and: the contract's unit '件' of
 * column '件数' does not become that of .. */
static const char *
units(const struct letter *letter, const char *text)
{
	static const char ours[] = "the contract's unit ";
	const bool own = strncmp(text, ours, strlen(ours)) == 0;
	const char *quoted = own ? text + strlen(ours) : text;
	const char *what = named(letter, quoted, 0);
	const char *where = named(letter, quoted, 1);
	const char *wanted = named(letter, quoted, 2);

	if (own && where != NULL)
		return arena_printf(letter->mem,
		    "取込設定では%sの単位を%sとしていますが、その行の指標の"
		    "単位に換算できません。",
		    where, what);
	if (strncmp(text, "unit '", 6) != 0 || wanted == NULL)
		return text;
	return arena_printf(letter->mem,
	    "%sの単位が%sと書かれています。取り込む単位は%sです。", where, what,
	    wanted);
}

/* 1000 of 3000 records are here; .. */
static const char *
part(const struct letter *letter, const char *text)
{
	const size_t here = strspn(text, "0123456789");
	const char *all = text + here + strlen(" of ");

	if (here == 0 || strncmp(text + here, " of ", 4) != 0)
		return "途中までしか届いていません。";
	return arena_printf(letter->mem, "全%.*s件のうち%.*s件だけです。",
	    (int)strspn(all, "0123456789"), all, (int)here, text);
}

/* What the reading of a table finds it tells developers, in English; what is
 * named there is told here, below a heading that says the rest. */
static const char *
text(const struct letter *letter, const struct fact_finding *f)
{
	const char *name;

	if (f->text_ja != NULL || f->text == NULL || f->kind == NULL)
		return f->text_ja != NULL ? f->text_ja : f->text;
	if (strcmp(f->kind, "changed_unit") == 0)
		return units(letter, f->text);
	if (strcmp(f->kind, "partial") == 0)
		return part(letter, f->text);
	if (strncmp(f->kind, "unknown_", 8) != 0
	    && strcmp(f->kind, "empty_path") != 0
	    && strcmp(f->kind, "extra_cells") != 0)
		return f->text;
	name = named(letter, f->text, 0);
	return name == NULL ? f->text : name;
}

static const char *
place(const struct letter *letter, const struct fact_finding *f)
{
	const char *column = f->col != NULL && f->col[0] != '0'
	    ? arena_printf(letter->mem, "%s列目", f->col)
	    : NULL;

	return !held_placed(f)
	    ? NULL
	    : joined(letter, arena_printf(letter->mem, "%s行目", f->line), "・",
		column);
}

static const char *
serving(const struct letter *letter)
{
	const struct facts *facts = &letter->facts;

	if (facts->last_delivery == NULL)
		return "まだありません";
	return arena_printf(letter->mem, "受領番号 %s（%s取込）",
	    facts->last_delivery,
	    ja_instant(facts->last_fetched_at, letter->zone, letter->mem));
}

static size_t
about(const struct letter *letter, struct block_line *lines)
{
	const struct fact_source *s = &letter->facts.source;
	size_t n = 0;

	lines[n++] = (struct block_line){ "受領番号",
		s->sha256 == NULL
		    ? s->delivery
		    : arena_printf(letter->mem, "%s（SHA-256 %.12s…）",
			s->delivery, s->sha256),
		LINE_PLAIN };
	lines[n++] = (struct block_line){ "取込",
		ja_instant(s->fetched_at, letter->zone, letter->mem),
		LINE_PLAIN };
	lines[n++] = (struct block_line){ "取得元", web_address(s), LINE_FINE };
	lines[n++] = (struct block_line){ "使用中のデータ", serving(letter),
		LINE_STRONG };
	lines[n++] = (struct block_line){ "指摘",
		held_more(letter) ? arena_printf(letter->mem,
		    "全%s件のうち%zu件を記載しました", letter->facts.n_findings,
		    letter->facts.n_listed)
				  : NULL,
		LINE_FINE };
	return n;
}

static size_t
todo(const struct letter *letter, struct block_line *lines)
{
	const struct fact_source *s = &letter->facts.source;

	lines[0] = (struct block_line){ "内容を見る",
		arena_printf(letter->mem, "kpid preview %s", s->feed),
		LINE_PLAIN };
	lines[1] = (struct block_line){ "正しい場合",
		arena_printf(letter->mem,
		    "kpid replay %s --commit（保留を解いて取り込みます）",
		    s->delivery),
		LINE_PLAIN };
	lines[2] = (struct block_line){ "誤りの場合",
		arena_printf(letter->mem,
		    "kpid retract %s --why 理由（このデータは使いません。提供元が訂正した"
		    "データは、次の収集で取り込みます）",
		    s->delivery),
		LINE_PLAIN };
	return 3;
}

static const struct held_words words = {
	.kinds = kinds,
	.n_kinds = ARRAY_LEN(kinds),
	.what = "内容",
	.where = "場所",
	.look = "確認点",
	.text = text,
	.place = place,
	.about_heading = "保留したデータ",
	.todo_heading = "ご対応（システム担当が実行します）",
	.about = about,
	.todo = todo,
};

const char *
ja_held_subject(const struct letter *letter)
{
	return arena_printf(letter->mem, "【データ保留】%s：%s%s",
	    held_title(letter),
	    held_kind_of(&words, held_first(letter))->heading,
	    letter->facts.n_listed > 1 ? " ほか" : "");
}

const char *
ja_held_lead(const struct letter *letter)
{
	return arena_printf(letter->mem,
	    "「%s」の新しいデータは、全体に誤りがある疑いがあるため、取り込みを"
	    "保留しました。数値と目標の判定は、これまでのデータのままです。"
	    "お手数ですが、提供元のデータをご確認のうえ、取り込むかどうかを"
	    "お決めください。",
	    held_title(letter));
}

void
ja_held(struct letter *letter)
{
	held_blocks(letter, &words);
}
