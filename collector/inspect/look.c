/* What a cell looks like when nothing is known of its column. */
#include <stdlib.h>
#include <string.h>

#include "guess.h"
#include "kpid/label.h"
#include "kpid/normalise.h"

/* More than any figure that a person looks at. */
#define NUMBER_BYTES 4096

/* The usual meaning of marks; that it is so here is a doubt. */
static const struct {
	const char *mark, *reason;
} marks[] = {
	{ "-", "not_applicable" },
	{ "－", "not_applicable" },
	{ "―", "not_applicable" },
	{ "‐", "not_applicable" },
	{ "—", "not_applicable" },
	{ "–", "not_applicable" },
	{ "−", "not_applicable" },
	{ "ー", "not_applicable" },
	{ "─", "not_applicable" },
	{ "--", "not_applicable" },
	{ "皆無", "not_applicable" },
	{ "該当なし", "not_applicable" },
	{ "…", "not_available" },
	{ "‥", "not_available" },
	{ "...", "not_available" },
	{ "・・・", "not_available" },
	{ "・", "not_available" },
	{ "n/a", "not_available" },
	{ "N/A", "not_available" },
	{ "NA", "not_available" },
	{ "na", "not_available" },
	{ ":", "not_available" },
	{ ": u", "not_available" },
	{ ": z", "not_applicable" },
	{ ": c", "suppressed" },
	{ "null", "not_available" },
	{ "NULL", "not_available" },
	{ "不明", "not_available" },
	{ "不詳", "not_available" },
	{ "未詳", "not_available" },
	{ "データなし", "not_available" },
	{ "***", "suppressed" },
	{ "****", "suppressed" },
	{ "*****", "suppressed" },
	{ "*", "suppressed" },
	{ "＊", "suppressed" },
	{ "x", "suppressed" },
	{ "X", "suppressed" },
	{ "ｘ", "suppressed" },
	{ "Ｘ", "suppressed" },
	{ "χ", "suppressed" },
	{ "Χ", "suppressed" },
	{ "秘", "suppressed" },
	{ "秘匿", "suppressed" },
	{ "未集計", "not_collected" },
	{ "集計中", "not_collected" },
	{ "調査中", "not_collected" },
	{ "未調査", "not_collected" },
	{ "未実施", "not_collected" },
	{ "未定", "not_collected" },
	{ "#VALUE!", "error" },
	{ "#REF!", "error" },
	{ "#DIV/0!", "error" },
	{ "#N/A", "error" },
	{ "#NAME?", "error" },
	{ "#NUM!", "error" },
};

/* Longest first, so that 千円 is not 円 behind a 千. */
static const char *const units[] = { "パーセント", "ポイント", "千立方メートル",
	"百万円", "百万人", "億円", "万円", "千円", "千人", "万人", "千世帯",
	"人/km2", "人/km²", "人/㎢", "千kWh", "kWh", "MWh", "千kL", "kL",
	"mg/L", "世帯", "か所", "カ所", "ヶ所", "箇所", "件数", "時間", "台数",
	"か月", "ヘクタール", "キロ", "トン", "ﾄﾝ", "km2", "km²", "㎢", "k㎡",
	"㎡", "m2", "m²", "m3", "㎥", "ppm", "㎞", "km", "ha", "kg", "mm", "㎜",
	"cm", "m", "t", "円", "人", "件", "枚", "台", "戸", "棟", "校", "園",
	"社", "店", "団体", "施設", "学級", "病床", "床", "本", "冊", "点",
	"回", "頭", "羽", "匹", "品", "票", "室", "隻", "両", "区画", "路線",
	"日", "歳", "組", "名", "倍", "度", "℃", "‰", "％", "%", "kℓ", "ℓ",
	"L" };

const char *
mark_reason(const char *text)
{
	for (size_t i = 0; i < ARRAY_LEN(marks); i++)
		if (strcmp(marks[i].mark, text) == 0)
			return marks[i].reason;
	return NULL;
}

/* 百人, 10億円: how many of the unit are one. */
static const char *
behind_powers(const char *text)
{
	static const char *const powers[] = { "1", "0", "十", "百", "千", "万",
		"億", "兆" };
	size_t i = 0;

	while (i < ARRAY_LEN(powers)) {
		size_t n = strlen(powers[i]);
		bool found = strncmp(text, powers[i], n) == 0;

		text += found ? n : 0;
		i = found ? 0 : i + 1;
	}
	return text;
}

bool
is_unit(const char *text)
{
	const char *base = behind_powers(text);

	for (size_t i = 0; i < ARRAY_LEN(units); i++)
		if (strcmp(units[i], text) == 0 || strcmp(units[i], base) == 0)
			return true;
	return false;
}

bool
is_total(const char *text, struct arena *mem)
{
	static const char *const words[] = { "合計", "計", "総計", "総数",
		"小計", "総合計", "全体", "年計", "年間", "年度計", "年間計",
		"年間合計", "年合計", "累計", "市計", "全市", "合計値", "平均",
		"月平均", "年平均", "Total", "TOTAL", "total", "Sum", "計(人)",
		NULL };

	return key_is(label_key(slice_of(text), mem), words);
}

bool
is_note(const char *text)
{
	static const char *const begins[] = { "※", "＊", "*", "注", "(注",
		"（注", "備考", "資料", "出典", "出所", "（資料", "(資料",
		"（備考", "(備考", "〔", "Source", "Note", "source:", "■",
		NULL };

	if (mark_reason(text) != NULL)
		return false;
	for (const char *const *b = begins; *b != NULL; b++)
		if (strncmp(text, *b, strlen(*b)) == 0)
			return true;
	return false;
}

/* 12,4 and 1,25: a comma that cannot part thousands. */
static bool
is_decimal_comma(const char *text)
{
	const char *comma = strchr(text, ',');
	size_t behind;

	if (comma == NULL || comma == text || strchr(comma + 1, ',') != NULL)
		return false;
	behind = strlen(comma + 1);
	return behind != 3 && all_digits(comma + 1)
	    && strspn(text, "-0123456789") == (size_t)(comma - text);
}

static int
decimals_of(struct slice number)
{
	const char *point = memchr(number.ptr, '.', number.len);

	return point == NULL ? 0 : (int)(number.ptr + number.len - point - 1);
}

static bool
is_plain_number(const char *text, const char *unit, struct look *out)
{
	CLEANUP(buf_release) struct buf room;
	const struct number_form form = { .unit = unit };
	struct slice number;
	const char *why = NULL;
	bool ok;

	buf_init(&room, NUMBER_BYTES);
	ok = number_read(slice_of(text), &form, &room, &number, &why);
	if (ok)
		out->decimals = decimals_of(number);
	return ok;
}

/* 123p, 4,567r, 1,234(速報): what stands behind the figures. */
static bool
is_flagged(const char *text, struct look *out, struct arena *mem)
{
	static const char *const flags[] = { "(速報)", "（速報）", "(速報値)",
		"（速報値）", "(p)", "(r)", "(P)", "(R)", " p", " r", "p", "r",
		"P", "R", "※", "*", "＊", "#", "★", "e", " b", " d", " u",
		" s" };
	size_t len = strlen(text);

	for (size_t i = 0; i < ARRAY_LEN(flags); i++) {
		size_t n = strlen(flags[i]);

		if (len <= n || strcmp(text + len - n, flags[i]) != 0)
			continue;
		if (!is_plain_number(arena_strndup(mem, text, len - n), NULL,
			out))
			continue;
		out->flag = flags[i] + (*flags[i] == ' ');
		return true;
	}
	return false;
}

static bool
is_number(const char *text, struct look *out, struct arena *mem)
{
	size_t len = strlen(text);

	if (!has_figure(text))
		return false;
	if (is_plain_number(text, NULL, out)) {
		if (len > 1 && text[len - 1] == '%')
			out->unit = "%";
		else if (len > 3 && strcmp(text + len - 3, "％") == 0)
			out->unit = "％";
		return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(units); i++) {
		size_t n = strlen(units[i]);

		if (len <= n || strcmp(text + len - n, units[i]) != 0)
			continue;
		if (!is_plain_number(text, units[i], out))
			break;
		out->unit = units[i];
		return true;
	}
	if (is_decimal_comma(text)) {
		out->comma = true;
		out->decimals = (int)strlen(strchr(text, ',') + 1);
		return true;
	}
	return is_flagged(text, out, mem);
}

struct look
look_at(const char *text, struct arena *mem)
{
	struct look look = { .shape = SHAPE_TEXT };

	if (*text == '\0') {
		look.shape = SHAPE_BLANK;
		return look;
	}
	look.digits = all_digits(text);
	look.padded = look.digits && text[0] == '0' && text[1] != '\0';
	look.when = look_when(text, &look, mem);
	if (mark_reason(text) != NULL)
		look.shape = SHAPE_MARK;
	else if (look.when == WHEN_FULL || look.when == WHEN_MONTH
	    || look.when == WHEN_PART || look.when == WHEN_YEAR)
		look.shape = SHAPE_WHEN;
	else if (is_number(text, &look, mem))
		look.shape = SHAPE_NUMBER;
	return look;
}
