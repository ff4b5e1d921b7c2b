/* The letter as plain text. */
#include <uniwidth.h>

#include "decimal.h"
#include "kpid/limits.h"
#include "letter.h"

static bool
line_put(struct buf *out, const struct letter *letter, const char *indent,
    const char *label, const char *value)
{
	return value == NULL
	    || buf_printf(out, "%s%s%s%s\n", indent, label,
		label[0] == '\0' ? "" : letter->lang->colon, value);
}

/* One column in a font of fixed width; a negative width sets it left. */
static bool
column_put(struct buf *out, const char *text, int width)
{
	int blank = (width < 0 ? -width : width)
	    - u8_strwidth((const uint8_t *)text, "UTF-8");

	blank = blank < 0 ? 0 : blank;
	return buf_printf(out, "%*s%s%*s", width < 0 ? 0 : blank, "", text,
	    width < 0 ? blank : 0, "");
}

static bool
row_put(struct buf *out, const char *const cells[4])
{
	return buf_puts(out, "    ") && column_put(out, cells[0], -16)
	    && column_put(out, cells[1], 14) && column_put(out, cells[2], 14)
	    && buf_printf(out, "%s%s\n", cells[3][0] == '\0' ? "" : "  ",
		cells[3]);
}

static bool
period_put(struct buf *out, const struct letter *letter,
    const struct fact_period *p)
{
	const struct plot_words *words = &letter->lang->plot;
	const char *const cells[] = {
		words->label(p),
		p->actual == NULL ? words->missing
				  : decimal_show(p->actual, letter->mem),
		p->expected == NULL ? words->none
				    : decimal_show(p->expected, letter->mem),
		p->status == NULL ? "" : words->status_name(p->status),
	};

	return row_put(out, cells);
}

static bool
plot_put(struct buf *out, const struct letter *letter,
    const struct fact_target *t)
{
	const struct plot_words *words = &letter->lang->plot;
	const char *const heads[] = { words->period, letter->lang->actual,
		letter->lang->expected, words->status };
	bool fits;

	if (!plot_worth(t))
		return true;
	fits = buf_printf(out, "  %s\n", words->caption(letter, t))
	    && row_put(out, heads);
	for (size_t i = 0; fits && i < t->plot.n_periods; i++)
		fits = period_put(out, letter, &t->plot.periods[i]);
	return fits;
}

static bool
target_put(struct buf *out, const struct letter *letter,
    const struct fact_target *t)
{
	const struct language *lang = letter->lang;
	bool fits = buf_printf(out, "\n■ %s\n", lang->heading(letter, t));

	for (size_t i = 0; fits && i < lang->n_lines; i++)
		fits = line_put(out, letter, "  ", lang->lines[i].label,
		    lang->lines[i].value(letter, t));
	return fits && plot_put(out, letter, t);
}

static bool
block_put(struct buf *out, const struct letter *letter, const struct block *b)
{
	bool fits = buf_printf(out, "\n■ %s\n", b->heading);

	for (size_t i = 0; fits && i < b->n_lines; i++)
		fits = line_put(out, letter, "  ", b->lines[i].label,
		    b->lines[i].value);
	return fits;
}

bool
letter_text(const struct letter *letter, const char **text)
{
	CLEANUP(buf_release) struct buf out = { 0 };
	const struct language *lang = letter->lang;
	bool fits;

	buf_init(&out, LIMIT_MAIL_BYTES);
	fits = buf_printf(&out, "%s\n", lang->lead(letter));
	for (size_t i = 0; fits && i < letter->facts.n_targets; i++)
		fits = target_put(&out, letter, &letter->facts.targets[i]);
	for (size_t i = 0; fits && i < letter->n_blocks; i++)
		fits = block_put(&out, letter, &letter->blocks[i]);
	fits = fits && buf_puts(&out, "\n----------\n");
	for (size_t i = 0; fits && i < lang->n_closing; i++)
		fits = line_put(&out, letter, "", lang->closing[i].label,
		    lang->closing[i].value(letter, NULL));
	if (fits)
		*text = slice_dup(buf_slice(&out), letter->mem);
	return fits;
}
