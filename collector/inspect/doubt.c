/* What is told beside a draft. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "guess.h"

static bool
is_told(const struct guess *g, const char *text)
{
	for (size_t i = 0; i < g->n_doubts; i++)
		if (strcmp(g->doubts[i], text) == 0)
			return true;
	return false;
}

static const char *
format(struct arena *mem, const char *fmt, va_list ap)
{
	va_list again;
	char *text;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (len < 0)
		return "";
	text = arena_alloc(mem, (size_t)len + 1);
	(void)vsnprintf(text, (size_t)len + 1, fmt, ap);
	return text;
}

void
doubt(struct guess *g, const char *fmt, ...)
{
	const char *text;
	va_list ap;

	va_start(ap, fmt);
	text = format(g->mem, fmt, ap);
	va_end(ap);
	if (is_told(g, text))
		return;
	if (g->n_doubts == g->cap_doubts) {
		size_t cap = g->cap_doubts == 0 ? 16 : g->cap_doubts * 2;
		const char **more = arena_array(g->mem, cap, sizeof(*more));

		if (g->n_doubts > 0)
			memcpy(more, g->doubts, g->n_doubts * sizeof(*more));
		g->doubts = more;
		g->cap_doubts = cap;
	}
	g->doubts[g->n_doubts++] = text;
}

/* 2 is B, 28 is AB. */
static const char *
letters(uint32_t column, struct arena *mem)
{
	const char *out = "";

	for (; column > 0; column = (column - 1) / 26)
		out = arena_printf(mem, "%c%s", 'A' + (int)((column - 1) % 26),
		    out);
	return out;
}

const char *
place(const struct guess *g, uint32_t line, uint32_t column)
{
	const uint32_t sheet = (line - 1) / LINES_PER_SHEET;
	const uint32_t row = (line - 1) % LINES_PER_SHEET + 1;

	if (line == 0)
		return "nowhere in particular";
	if (g->format != FORMAT_XLSX)
		return arena_printf(g->mem, "line %u", line);
	if (sheet >= g->n_sheets || column == 0)
		return arena_printf(g->mem, "row %u%s%s", row,
		    sheet < g->n_sheets ? " of sheet " : "",
		    sheet < g->n_sheets ? g->sheets[sheet] : "");
	return arena_printf(g->mem, "%s!%s%u", g->sheets[sheet],
	    letters(column, g->mem), row);
}
