/* Years that do not name their era: which one it must be. */
#include <string.h>

#include "guess.h"

static const char *
era_in(const char *text)
{
	static const char *const eras[] = { "令和", "平成", "昭和" };

	for (size_t i = 0; text != NULL && i < ARRAY_LEN(eras); i++)
		if (strstr(text, eras[i]) != NULL)
			return eras[i];
	return NULL;
}

/* The one that stands in the title, else the one that such years fit. */
const char *
era_guess(struct guess *g, long first, long last)
{
	const char *era = NULL;

	for (size_t r = 0; era == NULL && r < g->at.top; r++)
		for (size_t i = 0; era == NULL && i < g->sample.rows[r].n; i++)
			era = era_in(g->sample.rows[r].cells[i].text);
	if (era == NULL)
		era = era_in(g->file);
	if (era == NULL)
		era = last > 31 ? "昭和" : last > 12 ? "平成" : "令和";
	doubt(g, "whether the years %ld to %ld are years of %s", first, last,
	    era);
	return era;
}
