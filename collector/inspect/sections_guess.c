/*
 * Rows of one text alone: titles of the blocks below them.
 */
#include <string.h>

#include "guess.h"

#define SECTION_TEXTS 200

/* The texts in their order, each once, with how often they come. */
struct sections {
	const char *texts[SECTION_TEXTS];
	size_t times[SECTION_TEXTS];
	size_t n;
};

static void
add_section(struct sections *s, const char *text)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->texts[i], text) == 0) {
			s->times[i]++;
			return;
		}
	if (s->n < SECTION_TEXTS) {
		s->texts[s->n] = text;
		s->times[s->n++] = 1;
	}
}

static void
find_sections(struct guess *g, struct sections *s)
{
	for (size_t r = g->at.top + g->at.rows + g->at.units; r < g->at.last;
	     r++) {
		const struct seen_row *row = &g->sample.rows[r];
		const char *text = row_first_text(row);

		if (g->skipped[r] || row_texts(row) != 1 || g->n_columns < 3
		    || look_at(text, g->mem).shape != SHAPE_TEXT)
			continue;
		g->skipped[r] = true;
		add_section(s, text);
	}
}

/* What comes below each title is no title of its own. */
static bool
is_title(const struct sections *s, size_t i)
{
	return s->n > 1 && s->times[i] == 1;
}

static void
leave_others(struct guess *g, const struct sections *s, const char **pattern)
{
	json_t *list = json_array();
	const char *others = "";

	for (size_t i = 0; i < s->n; i++) {
		if (is_title(s, i))
			continue;
		(void)json_array_append_new(list,
		    json_string(one_line(s->texts[i], g->mem)));
		others = arena_printf(g->mem, "%s%s%s", others,
		    *others == '\0' ? "" : "|",
		    pattern_quote(one_line(s->texts[i], g->mem), g->mem));
	}
	*pattern = ".+";
	if (json_array_size(list) == 0) {
		json_decref(list);
		return;
	}
	*pattern = arena_printf(g->mem, "^(?!(?:%s)$).+", others);
	row_test_add(g, "except", row_test(NULL, "is", list));
}

void
sections_guess(struct guess *g)
{
	struct sections s = { .n = 0 };
	size_t titles = 0, first = 0;
	const char *pattern;
	json_t *capture;

	find_sections(g, &s);
	if (s.n == 0)
		return;
	leave_others(g, &s, &pattern);
	for (size_t i = s.n; i-- > 0;)
		if (is_title(&s, i)) {
			titles++;
			first = i;
		}
	if (titles == 0)
		return;
	capture = json_object();
	(void)json_object_set_new(capture, "from", json_string("section"));
	(void)json_object_set_new(capture, "pattern", json_string(pattern));
	if (g->draft.captures == NULL)
		g->draft.captures = json_object();
	(void)json_object_set_new(g->draft.captures, "section", capture);
	g->draft.dimensions = json_object();
	(void)json_object_set_new(g->draft.dimensions, "section",
	    json_column("section"));
	doubt(g,
	    "whether lines of one cell alone ('%s'%s) are titles of the rows "
	    "below them: they became the dimension 'section'",
	    one_line(s.texts[first], g->mem), titles > 1 ? ", .." : "");
}
