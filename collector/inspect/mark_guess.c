/* Cells among figures that are none: missing marks, flags, status words. */
#include <string.h>

#include "guess.h"

#define STRANGE_MAX 5  /* told one by one */
#define MARK_BYTES  40 /* a longer text is no mark */

static bool
holds_figures(const struct column *c)
{
	return c->role == ROLE_VALUE || c->role == ROLE_WIDE;
}

static void
take_mark(struct guess *g, const char *text, const struct column *c,
    uint32_t line)
{
	const char *at = place(g, line, (uint32_t)c->number);
	const char *reason = mark_reason(text);

	if (json_object_get(g->draft.missing, text) != NULL)
		return;
	if (reason == NULL && ++g->n_strange > STRANGE_MAX)
		return;
	if (reason == NULL) {
		doubt(g,
		    "what '%s' in '%s' (%s) says: it is no figure and no "
		    "usual mark, and such cells will be rejected",
		    one_line(text, g->mem), c->reference, at);
		return;
	}
	json_set_text(&g->draft.missing, text, reason);
	doubt(g, "whether '%s' (%s) means %s", text, at, reason);
}

static void
take_flag(struct guess *g, const char *flag)
{
	static const char *const provisional[] = { "p", "P", "(p)", "(P)",
		"(速報)", "（速報）", "(速報値)", "（速報値）", NULL };
	const char *code = key_is(flag, provisional) ? "P"
	    : strcmp(flag, "e") == 0                 ? "E"
	    : strcmp(flag, "b") == 0                 ? "B"
						     : "A";

	if (json_object_get(g->draft.flags, flag) != NULL)
		return;
	json_set_text(&g->draft.flags, flag, code);
	doubt(g, "whether '%s' behind a figure says that it is %s", flag,
	    *code == 'P'       ? "provisional"
		: *code == 'E' ? "estimated"
		: *code == 'B' ? "after a break in the series"
			       : "a normal one with a note");
}

static void
look_at_row(struct guess *g, const struct seen_row *row, struct arena *scratch)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		const struct column *c = &g->columns[i];
		const char *text = seen_at(row, i);
		struct look look;

		if (!holds_figures(c) || *text == '\0')
			continue;
		look = look_at(text, scratch);
		if (look.shape == SHAPE_MARK)
			take_mark(g, text, c, row->line);
		else if (look.shape == SHAPE_TEXT && strlen(text) < MARK_BYTES)
			take_mark(g, text, c, row->line);
		else if (look.flag != NULL)
			take_flag(g, look.flag);
	}
}

static const char *
status_of(const char *text)
{
	static const char *const provisional[] = { "速報", "速報値", "暫定",
		"暫定値", "p", "P", NULL };
	static const char *const estimated[] = { "推計", "推計値", "E", "e",
		NULL };

	if (key_is(text, provisional))
		return "P";
	if (key_is(text, estimated))
		return "E";
	return strcmp(text, "B") == 0 ? "B" : "A";
}

static void
status_column(struct guess *g)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		const struct column *c = &g->columns[i];
		json_t *map;

		if (c->role != ROLE_STATUS)
			continue;
		map = json_object();
		for (size_t k = 0; k < c->n_distinct && k < 40; k++)
			(void)json_object_set_new(map, c->distinct[k],
			    json_string(status_of(c->distinct[k])));
		g->draft.status = json_column(c->reference);
		(void)json_object_set_new(g->draft.status, "map", map);
		return;
	}
}

void
mark_guess(struct guess *g)
{
	struct arena scratch = { 0 };

	for (size_t r = g->at.first; r < g->at.last; r++) {
		if (row_is_data(g, r))
			look_at_row(g, &g->sample.rows[r], &scratch);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	status_column(g);
}

/* Only a comma that cannot part thousands says how all are to be read. */
void
comma_guess(struct guess *g)
{
	for (size_t i = 0; i < g->n_columns; i++) {
		const struct column *c = &g->columns[i];

		if (!holds_figures(c) || c->commas == 0)
			continue;
		json_set_text(&g->draft.csv, "decimal", ",");
		doubt(g,
		    "whether commas in figures are decimal ones, as in '%s'",
		    c->reference);
		return;
	}
}
