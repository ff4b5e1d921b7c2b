/* The letter as plain text. */
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

static bool
target_put(struct buf *out, const struct letter *letter,
    const struct fact_target *t)
{
	const struct language *lang = letter->lang;
	bool fits = buf_printf(out, "\n■ %s\n", lang->heading(letter, t));

	for (size_t i = 0; fits && i < lang->n_lines; i++)
		fits = line_put(out, letter, "  ", lang->lines[i].label,
		    lang->lines[i].value(letter, t));
	return fits;
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
