/* What each column holds, and the columns whose name says what they are. */
#include <stdlib.h>
#include <string.h>

#include "guess.h"
#include "kpid/label.h"
#include "kpid/normalise.h"

struct tally {
	long long before;
	size_t rises, others;
};

static void
count_distinct(struct column *c, const char *text, struct arena *mem)
{
	if (c->n_distinct == DISTINCT_MAX)
		return;
	for (size_t i = 0; i < c->n_distinct; i++)
		if (strcmp(c->distinct[i], text) == 0)
			return;
	if (c->distinct == NULL)
		c->distinct =
		    arena_array(mem, DISTINCT_MAX, sizeof(*c->distinct));
	c->distinct[c->n_distinct++] = arena_strdup(mem, text);
}

static void
count_digits(struct column *c, const char *text, struct tally *t)
{
	const char *why = NULL;
	long long n = strtoll(text, NULL, 10);
	int org;

	c->digits++;
	if ((strlen(text) == 5 || strlen(text) == 6)
	    && org_code_read(slice_of(text), &org, &why))
		c->org_codes++;
	if (t->before != 0 && n == t->before + 1)
		t->rises++;
	else
		t->others++;
	t->before = n;
}

static void
count_cell(struct column *c, const struct seen_cell *cell, struct tally *t,
    struct arena *scratch)
{
	struct look look = look_at(cell->text, scratch);

	if (look.shape == SHAPE_BLANK) {
		c->blanks_below += c->filled > 0;
		return;
	}
	/* Totals are left out; they say nothing of the others. */
	if (look.shape == SHAPE_TEXT && is_total(cell->text, scratch))
		return;
	c->filled++;
	c->merged |= cell->merged;
	c->numbers += look.shape == SHAPE_NUMBER;
	c->marks += look.shape == SHAPE_MARK;
	c->texts += look.shape == SHAPE_TEXT;
	c->whens[look.when]++;
	c->padded += look.padded;
	c->commas += look.comma;
	if (look.shape == SHAPE_NUMBER && look.decimals > c->decimals)
		c->decimals = look.decimals;
	if (look.digits)
		count_digits(c, cell->text, t);
	if (look.unit != NULL) {
		c->percents++;
		if (c->unit == NULL)
			c->unit = look.unit;
	}
}

static void
look_at_column(struct guess *g, struct column *c)
{
	struct arena scratch = { 0 };
	struct tally tally = { 0 };

	for (size_t r = g->at.first; r < g->at.last; r++) {
		const struct seen_row *row = &g->sample.rows[r];

		if (!row_is_data(g, r))
			continue;
		if (c->number <= row->n) {
			const struct seen_cell *cell =
			    &row->cells[c->number - 1];

			count_cell(c, cell, &tally, &scratch);
			if (*cell->text != '\0')
				count_distinct(c, cell->text, g->mem);
		} else
			c->blanks_below += c->filled > 0;
		arena_reset(&scratch);
	}
	c->rising =
	    tally.rises > 0 && tally.others <= 2 && c->digits == c->filled;
	arena_release(&scratch);
}

/* "計#2", "#3", or the name as it stands. */
static const char *
reference(const struct guess *g, size_t at)
{
	const char *name = g->columns[at].name;
	size_t same = 0, before = 0;

	if (*name == '\0')
		return arena_printf(g->mem, "#%zu", at + 1);
	for (size_t i = 0; i < g->n_columns; i++) {
		if (strcmp(label_key(slice_of(g->columns[i].name), g->mem),
			label_key(slice_of(name), g->mem))
		    != 0)
			continue;
		same++;
		before += i < at;
	}
	return same == 1 ? name
			 : arena_printf(g->mem, "%s#%zu", name, before + 1);
}

static const char *
header_unit(const struct guess *g, const struct column *c)
{
	const char *unit = NULL;

	if (g->at.units > 0) {
		const struct seen_row *row =
		    &g->sample.rows[g->at.top + g->at.rows];

		unit = unit_of_cell(seen_at(row, c->number - 1), g->mem);
	}
	if (unit == NULL)
		unit = unit_in_brackets(c->name, g->mem);
	return unit != NULL ? unit : unit_behind(c->name, g->mem);
}

void
columns_look(struct guess *g)
{
	const char *const *names = header_names(&g->sample, &g->at, g->mem);

	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];

		c->number = i + 1;
		c->name = one_line(names[i], g->mem);
		c->key = label_key(slice_of(without_brackets(c->name, g->mem)),
		    g->mem);
	}
	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];
		const char *unit = header_unit(g, c);

		c->reference = reference(g, i);
		look_at_column(g, c);
		if (unit != NULL)
			c->unit = unit;
		else if (c->percents * 2 < c->numbers)
			c->unit = NULL;
	}
}

static const char *const ignored_names[] = { "備考", "注", "注記", "注釈",
	"摘要", "コメント", "URL", "url", "ホームページ", "電話番号",
	"郵便番号", "住所", "所在地", "緯度", "経度", "annotation", "note",
	"notes", "comment", "FAX番号", "法人番号", "住所表記", "方書", "天気",
	"天候", NULL };
static const char *const quality_words[] = { "品質情報", "均質番号",
	"現象なし情報", NULL };
static const char *const serial_names[] = { "No", "No.", "NO", "NO.", "no",
	"番号", "連番", "通番", "項番", "ID", "id", "_id", "Id", "順位",
	"本票番号", "管理番号", NULL };
static const char *const unit_names[] = { "単位", "unit", "Unit", "UNIT",
	"UNIT_MEASURE", NULL };
static const char *const status_names[] = { "OBS_STATUS", "obs_status",
	"status", "Status", "STATUS", "ステータス", "状態", "確報区分",
	"速報区分", "値区分", "速報・確報", NULL };
static const char *const status_words[] = { "速報", "確報", "確定", "速報値",
	"確定値", "確報値", "推計", "推計値", "暫定", "暫定値", "p", "r", "P",
	"A", "E", "B", NULL };

static bool
all_are(const struct column *c, const char *const *words)
{
	for (size_t i = 0; i < c->n_distinct; i++)
		if (!key_is(c->distinct[i], words))
			return false;
	return c->n_distinct > 0;
}

static enum role
role_by_name(const struct column *c)
{
	if (c->filled == 0 || key_is(c->key, ignored_names)
	    || key_has(c->key, quality_words)
	    || (strncmp(c->key, "天気", strlen("天気")) == 0
		&& c->numbers == 0))
		return ROLE_IGNORE;
	if (key_is(c->key, serial_names) && c->whens[WHEN_FULL] == 0)
		return ROLE_IGNORE;
	if (key_is(c->key, unit_names) && c->numbers == 0)
		return ROLE_UNIT;
	if (all_are(c, status_words)
	    || (key_is(c->key, status_names) && c->numbers == 0))
		return ROLE_STATUS;
	return ROLE_NONE;
}

void
columns_assign(struct guess *g)
{
	for (size_t i = 0; i < g->n_columns; i++)
		if (g->columns[i].role == ROLE_NONE)
			g->columns[i].role = role_by_name(&g->columns[i]);
}

void
ignore_guess(struct guess *g)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		struct column *c = &g->columns[i];

		if (c->role != ROLE_IGNORE && c->role != ROLE_NONE
		    && c->role != ROLE_TOTAL)
			continue;
		/* Columns past the header without name or text are padding. */
		if (c->filled == 0 && *c->name == '\0')
			continue;
		json_append(&g->draft.ignore, json_string(c->reference));
	}
}
