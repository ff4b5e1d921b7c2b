/*
 * The last periods of a target as bars, the actual value above, the expected
 * one below: cells of a table with a width, because images are not shown and
 * scripts not run where mail is read.
 */
#include "decimal.h"
#include "html.h"

#define SMALL "font-size:12px;line-height:1.4;white-space:nowrap;"

static bool
head_put(struct buf *out, const char *text, const char *colour)
{
	return buf_printf(out,
		   "<td align=\"right\" style=\"" SMALL
		   "color:#59636e;padding:0 0 3px 8px\">"
		   "<span style=\"color:%s\">■</span>",
		   colour)
	    && escaped_put(out, text) && buf_puts(out, "</td>");
}

static bool
heads_put(struct buf *out, const struct letter *letter,
    const struct fact_target *t)
{
	return buf_puts(out,
		   "<div style=\"font-size:13px;font-weight:bold;"
		   "padding:12px 0 4px\">")
	    && escaped_put(out, letter->lang->plot.caption(letter, t))
	    && buf_puts(out,
		"</div>\n" TABLE ">\n<tr><td style=\"" SMALL
		"color:#59636e;padding:0 8px 3px 0\">")
	    && escaped_put(out, letter->lang->plot.period)
	    && buf_puts(out, "</td><td style=\"width:100%\"></td>")
	    && head_put(out, letter->lang->actual, html_tone(t->status))
	    && head_put(out, letter->lang->expected, TONE_EXPECTED)
	    && buf_puts(out, "</tr>\n");
}

/* A value that is not known has no bar, not one of length 0. */
static bool
bars_put(struct buf *out, const struct fact_period *p)
{
	int bar, path;
	bool fits = true;

	if (decimal_permille(p->bar, "1000", &bar))
		fits = html_bar(out, bar, 8,
		    p->status == NULL ? TONE_PAST : html_tone(p->status));
	if (fits && decimal_permille(p->path, "1000", &path))
		fits = html_bar(out, path, 3, TONE_EXPECTED);
	return fits;
}

static bool
number_put(struct buf *out, const char *text, const char *style)
{
	return buf_printf(out,
		   "<td align=\"right\" style=\"" SMALL
		   "padding:2px 0 2px 8px;%s\">",
		   style)
	    && escaped_put(out, text) && buf_puts(out, "</td>");
}

static bool
period_put(struct buf *out, const struct letter *letter,
    const struct fact_period *p)
{
	const struct plot_words *words = &letter->lang->plot;
	const char *actual = p->actual == NULL
	    ? words->missing
	    : decimal_show(p->actual, letter->mem);
	const char *expected = p->expected == NULL
	    ? words->none
	    : decimal_show(p->expected, letter->mem);

	return buf_puts(out,
		   "<tr><td align=\"right\" style=\"" SMALL
		   "padding:2px 8px 2px 0\">")
	    && escaped_put(out, words->label(p))
	    && buf_puts(out, "</td><td style=\"width:100%\">")
	    && bars_put(out, p) && buf_puts(out, "</td>")
	    && number_put(out, actual,
		p->actual == NULL ? "color:#59636e" : "font-weight:bold")
	    && number_put(out, expected, "color:#59636e")
	    && buf_puts(out, "</tr>\n");
}

bool
plot_html(struct buf *out, const struct letter *letter,
    const struct fact_target *t)
{
	bool fits;

	if (!plot_worth(t))
		return true;
	fits = heads_put(out, letter, t);
	for (size_t i = 0; fits && i < t->plot.n_periods; i++)
		fits = period_put(out, letter, &t->plot.periods[i]);
	return fits && buf_puts(out, "</table>\n");
}
