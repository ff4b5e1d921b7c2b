/* A period that stands in no column: above, in a name, or below the table. */
#include <stdlib.h>
#include <string.h>

#include "guess.h"
#include "kpid/label.h"

#define NOTE_BYTES 120 /* a longer text is no footer of a date */

/* The month of the first sheet that is called after one. */
static long
first_month(struct guess *g)
{
	for (size_t i = 0; i < g->n_sheets; i++)
		if (look_at(g->sheets[i], g->mem).when == WHEN_MONTH)
			return strtol(label_key(slice_of(g->sheets[i]), g->mem),
			    NULL, 10);
	return 0;
}

/* Sheets called 4月, 5月, ..; their year stands above or in the file's name. */
static bool
from_sheet(struct guess *g)
{
	struct look look = { 0 };
	const char *month, *year;
	json_t *capture;

	if (g->sheet != NULL)
		look = look_at(g->sheet, g->mem);
	if (look.when != WHEN_MONTH)
		return false;
	g->wide.from_april = first_month(g) == 4;
	year = beside_guess(g, false, true);
	if (year == NULL)
		return false;
	month = made_name(g, "月");
	capture = json_object();
	(void)json_object_set_new(capture, "from", json_string("sheet"));
	(void)json_object_set_new(capture, "pattern",
	    json_string("[0-9０-９]{1,2}[\\s　]*月"));
	(void)json_object_set_new(g->draft.captures, month, capture);
	period_set(g, "text",
	    arena_printf(g->mem, "%s{%s}", year_with_month(g, year, g->beside),
		month));
	return true;
}

/* A date in a note below the table, or NULL. */
static const char *
date_below(struct guess *g)
{
	for (size_t r = g->sample.n; r > g->at.first; r--) {
		const struct seen_row *row = &g->sample.rows[r - 1];
		const char *text = row_first_text(row), *date;

		if (r - 1 < g->at.last && !g->skipped[r - 1])
			continue;
		if (row_texts(row) != 1 || strlen(text) > NOTE_BYTES)
			continue;
		date = date_in_name(text, g->mem);
		if (date == NULL)
			date = year_in_name(text, g->mem);
		if (date != NULL) {
			g->as_of |= strstr(text, "現在") != NULL;
			return date;
		}
	}
	return NULL;
}

static bool
from_below(struct guess *g)
{
	const char *date = date_below(g);

	if (date == NULL)
		return false;
	period_set(g, "constant", date);
	doubt(g,
	    "of when the values are: '%s' stands below the table, where no "
	    "capture looks, and was written into the contract, which holds for "
	    "this file only",
	    date);
	return true;
}

bool
period_beside(struct guess *g)
{
	const char *text = beside_guess(g, true, false);

	if (text == NULL && from_sheet(g))
		return true;
	if (text == NULL)
		text = beside_guess(g, false, true);
	if (text == NULL)
		return from_below(g);
	period_set(g, "text", text);
	return true;
}
