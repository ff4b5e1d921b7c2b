/*
 * Rows below the header that are no data: notes, totals, titles of sections.
 */
#include <stdio.h>
#include <string.h>

#include "guess.h"
#include "kpid/label.h"

#define NOTES                                                                    \
	"^(※|＊|[（(]?注|[（(]?備考|[（(]?資料|出典|出所|〔|■" \
	"|Source|Note)"

/* A longer one is a sentence, which is not the same next year. */
#define FOOTER_BYTES 60

bool
row_is_data(const struct guess *g, size_t row)
{
	return row >= g->at.first && row < g->at.last && !g->skipped[row]
	    && g->sample.rows[row].filled > 0;
}

const char *
row_first_text(const struct seen_row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (*row->cells[i].text != '\0')
			return row->cells[i].text;
	return "";
}

size_t
row_texts(const struct seen_row *row)
{
	size_t n = 0;

	for (size_t i = 0; i < row->n; i++)
		n += *row->cells[i].text != '\0' && !row->cells[i].merged;
	return n;
}

json_t *
row_test(const char *column, const char *how, json_t *what)
{
	json_t *test = json_object();

	if (column != NULL)
		(void)json_object_set_new(test, "column", json_string(column));
	(void)json_object_set_new(test, how, what);
	return test;
}

void
row_test_add(struct guess *g, const char *which, json_t *test)
{
	json_t *list;

	if (g->draft.rows == NULL)
		g->draft.rows = json_object();
	list = json_object_get(g->draft.rows, which);
	if (list == NULL) {
		list = json_array();
		(void)json_object_set_new(g->draft.rows, which, list);
	}
	(void)json_array_append_new(list, test);
}

/* 令和7年度 without figures yet, below 令和6年度: the figures will come. */
static bool
is_to_come(const struct guess *g, size_t row)
{
	struct arena scratch = { 0 };
	const struct seen_row *r = &g->sample.rows[row];
	const struct seen_row *first = &g->sample.rows[g->at.first];
	size_t i = 0;

	while (i < r->n && *r->cells[i].text == '\0')
		i++;
	struct look look = look_at(seen_at(r, i), &scratch);
	struct look above = look_at(seen_at(first, i), &scratch);
	bool same = row_texts(first) > 2 || first->filled > r->filled;

	same = same && i < r->n && look.when != WHEN_NONE
	    && look.when == above.when && look.period.kind == above.period.kind;
	arena_release(&scratch);
	return same;
}

/* The first row from which nothing but notes follows. */
static size_t
notes_begin(const struct guess *g)
{
	size_t row = g->at.last, begin = g->at.last;

	while (row > g->at.first && row_texts(&g->sample.rows[row - 1]) <= 2) {
		row--;
		if (g->sample.rows[row].filled == 0)
			continue;
		if ((row_texts(&g->sample.rows[row]) == 2
			&& !is_note(row_first_text(&g->sample.rows[row])))
		    || is_to_come(g, row))
			break;
		begin = row;
	}
	return begin;
}

static void
skip_from(struct guess *g, size_t begin)
{
	for (size_t r = begin; r < g->at.last; r++)
		g->skipped[r] = true;
}

/* Lines below the table: after the first of them, nothing is read. */
static void
cut_notes(struct guess *g)
{
	size_t begin = notes_begin(g);
	const char *text;

	if (begin == g->at.last || begin <= g->at.first)
		return;
	text = row_first_text(&g->sample.rows[begin]);
	if (is_note(text))
		row_test_add(g, "until",
		    row_test(NULL, "matches", json_string(NOTES)));
	else if (strlen(text) <= FOOTER_BYTES
	    && (date_in_name(text, g->mem) != NULL
		|| year_in_name(text, g->mem) != NULL))
		row_test_add(g, "until",
		    row_test(NULL, "matches",
			json_string(pattern_of_dates(text, g->mem))));
	else {
		json_t *list = json_array();

		(void)json_array_append_new(list,
		    json_string(one_line(text, g->mem)));
		row_test_add(g, "until", row_test(NULL, "is", list));
		doubt(g,
		    "whether %s ('%s') and what follows it is no part "
		    "of the table",
		    place(g, g->sample.rows[begin].line, 0),
		    one_line(text, g->mem));
	}
	skip_from(g, begin);
}

/* Notes between rows of data. */
static void
skip_notes(struct guess *g)
{
	bool found = false;

	for (size_t r = g->at.first; r < g->at.last; r++) {
		const struct seen_row *row = &g->sample.rows[r];

		if (g->skipped[r] || row_texts(row) != 1
		    || !is_note(row_first_text(row)))
			continue;
		g->skipped[r] = true;
		found = true;
	}
	if (found)
		row_test_add(g, "except",
		    row_test(NULL, "matches", json_string(NOTES)));
}

/* Texts where the rows above have figures: names of other columns. */
static bool
is_other_header(const struct seen_row *row, struct arena *scratch)
{
	size_t texts = 0;

	for (size_t i = 0; i < row->n; i++) {
		struct look look = look_at(row->cells[i].text, scratch);

		if (look.shape == SHAPE_NUMBER || look.shape == SHAPE_MARK
		    || look.shape == SHAPE_WHEN)
			return false;
		texts += look.shape == SHAPE_TEXT;
	}
	return texts >= 3;
}

static size_t
figures_in(const struct seen_row *row, struct arena *scratch)
{
	size_t n = 0;

	for (size_t i = 0; i < row->n; i++)
		n += look_at(row->cells[i].text, scratch).shape == SHAPE_NUMBER;
	return n;
}

static bool
is_same_header(const struct guess *g, const struct seen_row *row)
{
	const struct seen_row *first = &g->sample.rows[g->at.top];
	size_t alike = 0;

	for (size_t i = 0; i < row->n; i++)
		alike += *row->cells[i].text != '\0'
		    && strcmp(row->cells[i].text, seen_at(first, i)) == 0;
	return alike * 10 >= row->filled * 8;
}

/* Another table below this one: its title (if any) ends this one. */
static void
cut_at(struct guess *g, size_t row)
{
	json_t *list = json_array();
	const char *text;

	while (row > g->at.first + 1
	    && row_texts(&g->sample.rows[row - 1]) <= 1)
		row--;
	while (g->sample.rows[row].filled == 0)
		row++;
	text = one_line(row_first_text(&g->sample.rows[row]), g->mem);
	(void)json_array_append_new(list, json_string(text));
	row_test_add(g, "until", row_test(NULL, "is", list));
	doubt(g,
	    "whether the other table from %s on ('%s') is wanted: it "
	    "needs a contract of its own",
	    place(g, g->sample.rows[row].line, 0), text);
	g->at.last = row;
}

static void
find_other_tables(struct guess *g)
{
	struct arena scratch = { 0 };
	bool again = false;
	size_t r = g->at.first;

	if (figures_in(&g->sample.rows[r], &scratch) < 2)
		r = g->at.last;
	for (; r < g->at.last; r++) {
		const struct seen_row *row = &g->sample.rows[r];

		arena_reset(&scratch);
		if (row->filled < 3 || !is_other_header(row, &scratch))
			continue;
		if (!is_same_header(g, row)) {
			cut_at(g, r);
			break;
		}
		again = true;
		for (size_t k = r;
		     k < r + g->at.rows + g->at.units && k < g->at.last; k++)
			g->skipped[k] = true;
	}
	g->repeats = again;
	arena_release(&scratch);
}

void
fill_down_guess(struct guess *g, const struct column *c)
{
	json_t *list;

	/* A blank here and there is a cell left out, no text that goes on. */
	if (c->blanks_below == 0
	    || (c->blanks_below * 8 < c->filled && c->n_distinct > 2))
		return;
	if (g->draft.rows == NULL)
		g->draft.rows = json_object();
	list = json_object_get(g->draft.rows, "fill_down");
	if (list == NULL) {
		list = json_array();
		(void)json_object_set_new(g->draft.rows, "fill_down", list);
	}
	(void)json_array_append_new(list, json_string(c->reference));
}

void
rows_guess(struct guess *g)
{
	g->skipped = arena_array(g->mem, g->sample.n + 1, sizeof(bool));
	find_other_tables(g);
	cut_notes(g);
	skip_notes(g);
	sections_guess(g);
}

/* Is this text a total, and are most others of its column none? */
static bool
totals_are_few(const struct guess *g, size_t column)
{
	struct arena scratch = { 0 };
	size_t totals = 0, all = 0;

	for (size_t r = g->at.first; r < g->at.last; r++) {
		const char *text = seen_at(&g->sample.rows[r], column);

		if (!row_is_data(g, r) || *text == '\0')
			continue;
		all++;
		totals += is_total(text, &scratch);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return totals > 0 && totals * 2 < all + 1;
}

static void
add_word(json_t *list, const char *text)
{
	size_t i;
	json_t *have;

	json_array_foreach(list, i, have)
	{
		if (strcmp(json_string_value(have), text) == 0)
			return;
	}
	(void)json_array_append_new(list, json_string(text));
}

/* Total rows would be counted twice by whoever adds the others up. */
static void
leave_totals(struct guess *g, const struct column *c)
{
	json_t *list = json_array();
	const char *first = NULL;

	for (size_t r = g->at.first; r < g->at.last; r++) {
		const char *text = seen_at(&g->sample.rows[r], c->number - 1);

		if (!row_is_data(g, r) || *text == '\0'
		    || !is_total(text, g->mem))
			continue;
		g->skipped[r] = true;
		add_word(list, one_line(text, g->mem));
		if (first == NULL)
			first = one_line(text, g->mem);
	}
	row_test_add(g, "except", row_test(c->reference, "is", list));
	doubt(g,
	    "whether rows of totals ('%s' in '%s') are wanted: they are left "
	    "out, so that nothing counts twice",
	    first, c->reference);
}

void
totals_guess(struct guess *g)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		const struct column *c = &g->columns[i];

		if ((c->role == ROLE_LABEL || c->role == ROLE_PERIOD
			|| (c->role == ROLE_ORG && c->texts > 0))
		    && totals_are_few(g, i))
			leave_totals(g, c);
	}
}
