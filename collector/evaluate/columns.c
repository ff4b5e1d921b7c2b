/* One table for each file: what a column is called and how it is read. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "kpid/config.h"
#include "kpid/limits.h"
#include "kpid/normalise.h"

const struct column goal_columns[] = {
	{ "fiscal_year", "年度", COLUMN_FISCAL_YEAR, true, NULL },
	{ "org", "団体コード", COLUMN_ORG, false, NULL },
	{ "goal", "目標", COLUMN_NUMBER, true, NULL },
	{ "item", "項目", COLUMN_TEXT, false, NULL },
	{ "kind", "区分", COLUMN_WORD, true, " goal item sub " },
	{ "text", "本文", COLUMN_TEXT, true, NULL },
	{ "due_text", "期間・期限", COLUMN_TEXT, false, NULL },
	{ "target_text", "数値目標", COLUMN_TEXT, false, NULL },
	{ "midterm_text", "中間報告", COLUMN_TEXT, false, NULL },
	{ "final_text", "期末報告", COLUMN_TEXT, false, NULL },
	{ "department", "担当部局", COLUMN_TEXT, false, NULL },
	{ "note", "備考", COLUMN_TEXT, false, NULL },
};
const size_t n_goal_columns = ARRAY_LEN(goal_columns);

const struct column target_columns[] = {
	{ "target", "目標ID", COLUMN_TEXT, true, NULL },
	{ "fiscal_year", "年度", COLUMN_FISCAL_YEAR, true, NULL },
	{ "org", "団体コード", COLUMN_ORG, false, NULL },
	{ "goal", "目標", COLUMN_NUMBER, true, NULL },
	{ "item", "項目", COLUMN_TEXT, true, NULL },
	{ "name", "名称", COLUMN_TEXT, true, NULL },
	{ "indicator", "指標", COLUMN_TEXT, false, NULL },
	{ "comparator", "条件", COLUMN_WORD, true,
	    " at_least at_most more_than_last_year less_than_last_year"
	    " each_period_at_least between milestone withdrawn " },
	{ "value", "目標値", COLUMN_NUMBER, false, NULL },
	{ "value_high", "上限値", COLUMN_NUMBER, false, NULL },
	{ "unit", "単位", COLUMN_TEXT, false, NULL },
	{ "aggregate", "集計", COLUMN_WORD, false,
	    " latest sum ytd mean ratio_of_sums " },
	{ "baseline", "基準値", COLUMN_NUMBER, false, NULL },
	{ "baseline_date", "基準日", COLUMN_DATE, false, NULL },
	{ "baseline_approximate", "基準値概数", COLUMN_NUMBER, false, NULL },
	{ "due", "期限", COLUMN_DATE, true, NULL },
	{ "path", "経路", COLUMN_WORD, false, " linear seasonal plan none " },
	{ "plan", "計画", COLUMN_PLAN, false, NULL },
	{ "plan_stated", "計画時点", COLUMN_DATE, false, NULL },
	{ "preset", "判定", COLUMN_WORD, false,
	    " default tama nagayo clearpoint statcan rising_mean " },
	{ "slack", "許容幅", COLUMN_NUMBER, false, NULL },
	{ "approximate", "概数", COLUMN_TEXT, false, NULL },
	{ "window", "対象期間", COLUMN_WORD, false, " fiscal calendar " },
	{ "calendar", "暦", COLUMN_CALENDAR, false, NULL },
	{ "done_on", "実施日", COLUMN_DATE, false, NULL },
	{ "planned_on", "実施予定日", COLUMN_DATE, false, NULL },
	{ "reported", "報告", COLUMN_WORD, false,
	    " done not_done as_reported " },
	{ "department", "担当部局", COLUMN_TEXT, false, NULL },
	{ "owner", "宛先", COLUMN_TEXT, false, NULL },
	{ "note", "備考", COLUMN_TEXT, false, NULL },
	{ "dims", "内訳", COLUMN_DIMS, false, NULL },
	{ "compare", "比較", COLUMN_WORD, false, " first_release " },
	{ "valid_from", "適用日", COLUMN_DATE, false, NULL },
};
const size_t n_target_columns = ARRAY_LEN(target_columns);

static json_t *
date_json(int32_t day)
{
	char text[PERIOD_TEXT_MAX];

	return json_stringn(text,
	    period_text((struct period){ .kind = SPAN_DAY,
			    .first = day,
			    .last = day },
		text));
}

static json_t *
read_text(const struct column *c, struct slice cell, struct arena *mem,
    const char **why)
{
	(void)c;
	(void)mem;
	(void)why;
	return json_stringn(cell.ptr, cell.len);
}

static json_t *
read_word(const struct column *c, struct slice cell, struct arena *mem,
    const char **why)
{
	const char *word =
	    arena_printf(mem, " %.*s ", slice_width(cell), cell.ptr);

	if (strstr(c->words, word) != NULL)
		return json_stringn(cell.ptr, cell.len);
	*why = arena_printf(mem, "it must be one of%s", c->words);
	return NULL;
}

static json_t *
read_number(const struct column *c, struct slice cell, struct arena *mem,
    const char **why)
{
	CLEANUP(buf_release) struct buf text;
	struct slice number;

	(void)c;
	(void)mem;
	buf_init(&text, LIMIT_NUMBER_DIGITS + 8);
	if (!number_read(cell, &(struct number_form){ 0 }, &text, &number, why))
		return NULL;
	return json_stringn(number.ptr, number.len);
}

static json_t *
read_date(const struct column *c, struct slice cell, struct arena *mem,
    const char **why)
{
	struct period p;

	(void)c;
	(void)mem;
	return period_read(cell, PERIOD_AS_DAY, NULL, &p, why)
	    ? date_json(p.first)
	    : NULL;
}

static json_t *
read_fiscal_year(const struct column *c, struct slice cell, struct arena *mem,
    const char **why)
{
	struct period p;

	(void)c;
	if (!period_read(cell, PERIOD_AS_FISCAL_YEAR, NULL, &p, why))
		return NULL;
	return json_string(arena_printf(mem, "%d",
	    civil_from_day(p.first).year));
}

static json_t *
read_org(const struct column *c, struct slice cell, struct arena *mem,
    const char **why)
{
	int org;

	(void)c;
	if (!org_code_read(cell, &org, why))
		return NULL;
	return json_string(arena_printf(mem, "%06d", org));
}

/* Splits off what stands before `mark`; the rest stays in *rest. */
static struct slice
cut(struct slice *rest, const char *mark)
{
	const char *at = memmem(rest->ptr, rest->len, mark, strlen(mark));
	struct slice head = *rest;

	if (at == NULL) {
		*rest = (struct slice){ rest->ptr + rest->len, 0 };
	} else {
		head.len = (size_t)(at - rest->ptr);
		rest->ptr = at + strlen(mark);
		rest->len -= head.len + strlen(mark);
	}
	return slice_trim(head);
}

/* "R6.10〜R7.3" or one month or day. A file saved as CP932 has the wave dash
 * as U+FF5E, typed ones have U+301C. */
static bool
read_span(struct slice text, int32_t *first, int32_t *last, const char **why)
{
	struct slice rest = text, from = cut(&rest, "〜");
	struct period a, b;

	if (rest.len == 0) {
		rest = text;
		from = cut(&rest, "～");
	}
	if (rest.len == 0)
		rest = from;
	if (!period_read(from, PERIOD_AS_AUTO, NULL, &a, why)
	    || !period_read(slice_trim(rest), PERIOD_AS_AUTO, NULL, &b, why))
		return false;
	*first = a.first;
	*last = b.last;
	if (a.first <= b.last)
		return true;
	*why = "the span ends before it begins";
	return false;
}

/* One step: "R6.10〜R7.3:4", the amount "?" when the source names none. */
static json_t *
read_step(struct slice step, struct arena *mem, const char **why)
{
	struct slice amount = step, span = cut(&amount, ":");
	int32_t first, last;
	json_t *number = json_null();

	amount = slice_trim(amount);
	if (!read_span(span, &first, &last, why))
		return NULL;
	if (amount.len > 0 && !slice_is(amount, "?"))
		number = read_number(NULL, amount, mem, why);
	if (number == NULL)
		return NULL;
	return json_pack("{s:o,s:o,s:o}", "first", date_json(first), "last",
	    date_json(last), "amount", number);
}

static json_t *
read_plan(const struct column *c, struct slice cell, struct arena *mem,
    const char **why)
{
	json_t *plan = json_array();
	struct slice rest = cell;

	(void)c;
	while (rest.len > 0) {
		struct slice text = cut(&rest, ";");
		json_t *step =
		    text.len == 0 ? json_null() : read_step(text, mem, why);

		if (step == NULL) {
			json_decref(plan);
			return NULL;
		}
		if (!json_is_null(step))
			(void)json_array_append_new(plan, step);
	}
	return plan;
}

/* "sex=F; age=65-": the dimensions of a series. */
static json_t *
read_dims(const struct column *c, struct slice cell, struct arena *mem,
    const char **why)
{
	struct slice rest = cell;

	(void)c;
	(void)mem;
	while (rest.len > 0) {
		struct slice value = cut(&rest, ";"), name = cut(&value, "=");

		if (name.len == 0 || slice_trim(value).len == 0) {
			*why = "dimensions are written as sex=F; age=65-";
			return NULL;
		}
	}
	return json_stringn(cell.ptr, cell.len);
}

/* "2024-07-25..2024-08-25": days on which nothing is due. */
static bool
calendar_days(const char *text)
{
	struct slice last = { text, strlen(text) }, first = cut(&last, "..");
	struct period p;
	const char *why;

	return period_read(first, PERIOD_AS_DAY, NULL, &p, &why)
	    && period_read(last, PERIOD_AS_DAY, NULL, &p, &why);
}

/* "monthly:1", "odd:1 even:2", "weekly:2", "weekdays:wed,fri", and what
 * eases it: "holidays:out", "out:FIRST..LAST", "allow:1". */
static bool
calendar_word(const char *word)
{
	static const char *const counted[] = {
		"monthly:", "odd:", "even:", "weekly:", "allow:"
	};

	if (strcmp(word, "holidays:out") == 0)
		return true;
	if (strncmp(word, "out:", 4) == 0)
		return calendar_days(word + 4);
	for (size_t i = 0; i < ARRAY_LEN(counted); i++) {
		size_t len = strlen(counted[i]);

		if (strncmp(word, counted[i], len) == 0)
			return isdigit((unsigned char)word[len]) != 0;
	}
	if (strncmp(word, "weekdays:", 9) != 0)
		return false;
	for (const char *day = word + 9;; day += 4) {
		if (strspn(day, "montuewdhfrisa") < 3)
			return false;
		if (day[3] != ',')
			return day[3] == '\0';
	}
}

static json_t *
read_calendar(const struct column *c, struct slice cell, struct arena *mem,
    const char **why)
{
	char *text = slice_dup(cell, mem), *save = NULL;

	(void)c;
	for (char *word = strtok_r(text, " ", &save); word != NULL;
	     word = strtok_r(NULL, " ", &save))
		if (!calendar_word(word)) {
			*why = "a calendar is monthly:N, odd:N even:N, "
			       "weekly:N or weekdays:mon,wed, with "
			       "holidays:out, out:FIRST..LAST or allow:N";
			return NULL;
		}
	return json_stringn(cell.ptr, cell.len);
}

json_t *
column_read(const struct column *c, struct slice cell, struct arena *mem,
    const char **why)
{
	static json_t *(*const readers[])(const struct column *, struct slice,
	    struct arena *, const char **) = {
		[COLUMN_TEXT] = read_text,
		[COLUMN_WORD] = read_word,
		[COLUMN_NUMBER] = read_number,
		[COLUMN_DATE] = read_date,
		[COLUMN_FISCAL_YEAR] = read_fiscal_year,
		[COLUMN_ORG] = read_org,
		[COLUMN_PLAN] = read_plan,
		[COLUMN_CALENDAR] = read_calendar,
		[COLUMN_DIMS] = read_dims,
	};
	struct slice text = slice_trim(cell);

	if (text.len > 0)
		return readers[c->type](c, text, mem, why);
	if (!c->required)
		return json_null();
	*why = "it must not be blank";
	return NULL;
}
