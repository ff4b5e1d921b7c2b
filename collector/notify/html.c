/*
 * The letter as HTML: tables and inline style alone, because mail readers take
 * no more; no image, no script, nothing fetched. Widths are shares, so that a
 * telephone and a desktop show the same table.
 */
#include <string.h>

#include <uniwidth.h>

#include "decimal.h"
#include "html.h"
#include "kpid/limits.h"

/* The widest label, in columns, that stands beside its value. */
#define LABEL_BESIDE 22

/* Colour of a status, dark enough to carry white text. */
struct tone {
	const char *status, *colour;
};

static const struct tone tones[] = {
	{ "missed", "#8f1d1d" },
	{ "off_track", "#c0362c" },
	{ "watch", "#96620a" },
	{ "on_track", "#22734a" },
	{ "met", "#22734a" },
	{ "achieved", "#1a5fa8" },
};

#define TONE_OTHER "#59636e"

const char *
html_tone(const char *status)
{
	for (size_t i = 0; status != NULL && i < ARRAY_LEN(tones); i++) {
		if (strcmp(tones[i].status, status) == 0)
			return tones[i].colour;
	}
	return TONE_OTHER;
}

static const char *
entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	default:
		return NULL;
	}
}

bool
escaped_put(struct buf *out, const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "&<>\"");
		const char *name = entity(text[len]);

		if (!buf_put(out, text, len)
		    || (name != NULL && !buf_puts(out, name)))
			return false;
		text += len + (name != NULL ? 1 : 0);
	}
	return true;
}

static bool
is_link(const char *text)
{
	return (strncmp(text, "https://", 8) == 0
		   || strncmp(text, "http://", 7) == 0)
	    && strpbrk(text, " \"<>") == NULL;
}

static bool
value_put(struct buf *out, const char *text)
{
	if (!is_link(text))
		return escaped_put(out, text);
	return buf_puts(out, "<a style=\"color:#1a5fa8\" href=\"")
	    && escaped_put(out, text) && buf_puts(out, "\">")
	    && escaped_put(out, text) && buf_puts(out, "</a>");
}

static bool
head_put(struct buf *out, const struct letter *letter)
{
	return buf_printf(out,
		   "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n"
		   "<meta charset=\"utf-8\">\n"
		   "<meta name=\"viewport\" content=\"width=device-width, "
		   "initial-scale=1\">\n"
		   "<meta name=\"color-scheme\" content=\"light\">\n<title>",
		   letter->lang->code)
	    && escaped_put(out, letter->lang->subject(letter))
	    && buf_puts(out,
		"</title>\n</head>\n"
		"<body style=\"margin:0;padding:0;background:#f2f4f6\">\n" TABLE
		" style=\"background:#f2f4f6\">\n"
		"<tr><td align=\"center\" style=\"padding:16px 8px\">\n" TABLE
		" style=\"max-width:640px;background:#ffffff;"
		"border:1px solid #dfe3e8;border-radius:8px;text-align:left;"
		"font-family:'Hiragino Sans','Noto Sans CJK JP','Noto Sans JP',"
		"'Yu Gothic',Meiryo,sans-serif;font-size:15px;line-height:1.7;"
		"color:#1f2933\">\n<tr><td style=\"padding:20px\">")
	    && escaped_put(out, letter->lang->lead(letter))
	    && buf_puts(out, "</td></tr>\n");
}

bool
html_bar(struct buf *out, int permille, int height, const char *colour)
{
	bool fits = buf_puts(out,
	    TABLE " style=\"background:#e6e9ed;border-radius:5px\"><tr>");

	if (permille > 0)
		fits = fits
		    && buf_printf(out,
			"<td width=\"%d%%\" "
			"style=\"width:%d.%d%%;height:%dpx;background:%s;"
			"border-radius:5px;font-size:0;line-height:0\">&nbsp;"
			"</td>",
			permille / 10, permille / 10, permille % 10, height,
			colour);
	if (permille < 1000)
		fits = fits
		    && buf_printf(out,
			"<td style=\"height:%dpx;"
			"font-size:0;line-height:0\">&nbsp;</td>",
			height);
	return fits && buf_puts(out, "</tr></table>");
}

static bool
bar_put(struct buf *out, const char *label, const char *value, int permille,
    const char *colour)
{
	return buf_puts(out,
		   "<tr><td style=\"white-space:nowrap;"
		   "padding:0 10px 0 0;color:#59636e;font-size:13px\">")
	    && escaped_put(out, label)
	    && buf_puts(out, "</td><td style=\"width:100%\">")
	    && html_bar(out, permille, 10, colour)
	    && buf_puts(out,
		"</td>"
		"<td align=\"right\" style=\"white-space:nowrap;"
		"min-width:4.5em;padding:0 0 0 10px;font-size:13px\">")
	    && escaped_put(out, value) && buf_puts(out, "</td></tr>\n");
}

/* Both against the target; nothing where a share of it means nothing. */
static bool
bars_put(struct buf *out, const struct letter *letter,
    const struct fact_target *t)
{
	const struct language *lang = letter->lang;
	const char *expected =
	    t->expected_whole != NULL ? t->expected_whole : t->expected;
	int done, due;

	if (!decimal_permille(t->actual, t->target_value, &done)
	    || !decimal_permille(expected, t->target_value, &due))
		return true;
	return buf_puts(out, TABLE " style=\"margin:10px 0 4px\">\n")
	    && bar_put(out, lang->actual, lang->amount(letter, t), done,
		html_tone(t->status))
	    && bar_put(out, lang->expected, lang->expectation(letter, t), due,
		TONE_EXPECTED)
	    && buf_puts(out, "</table>\n");
}

/* Without a label the value takes its place. */
static bool
label_put(struct buf *out, const char *label)
{
	return label[0] == '\0'
	    || (buf_puts(out,
		    "<td valign=\"top\" style=\"white-space:nowrap;"
		    "padding:2px 14px 2px 0;color:#59636e;font-size:13px\">")
		&& escaped_put(out, label) && buf_puts(out, "</td>"));
}

static bool
line_put(struct buf *out, const char *label, enum line_weight weight,
    const char *value)
{
	static const char *const styles[] = {
		[LINE_PLAIN] = "",
		[LINE_STRONG] = ";font-weight:bold",
		[LINE_FINE] = ";font-size:12px;color:#59636e",
	};

	if (value == NULL)
		return true;
	return buf_puts(out, "<tr>") && label_put(out, label)
	    && buf_printf(out,
		"<td valign=\"top\"%s style=\"width:100%%;"
		"padding:2px 0;overflow-wrap:anywhere%s\">",
		label[0] == '\0' ? " colspan=\"2\"" : "", styles[weight])
	    && value_put(out, value) && buf_puts(out, "</td></tr>\n");
}

static bool
heading_put(struct buf *out, const struct letter *letter,
    const struct fact_target *t)
{
	const char *status = letter->lang->status(letter, t);

	if (!buf_puts(out,
		"<tr><td style=\"padding:18px 20px;"
		"border-top:1px solid #dfe3e8\">\n" TABLE "><tr>"
		"<td style=\"font-size:17px;font-weight:bold;line-height:1.5\">")
	    || !escaped_put(out, letter->lang->heading(letter, t))
	    || !buf_puts(out, "</td>"))
		return false;
	return (status == NULL
		   || (buf_printf(out,
			   "<td align=\"right\" "
			   "valign=\"top\" style=\"padding-left:12px\"><span style=\""
			   "display:inline-block;padding:2px 12px;border-radius:12px;"
			   "background:%s;color:#ffffff;font-size:13px;font-weight:bold;"
			   "white-space:nowrap\">",
			   html_tone(t->status))
		       && escaped_put(out, status)
		       && buf_puts(out, "</span></td>")))
	    && buf_puts(out, "</tr></table>\n");
}

static bool
target_put(struct buf *out, const struct letter *letter,
    const struct fact_target *t)
{
	const struct language *lang = letter->lang;
	bool fits = heading_put(out, letter, t) && bars_put(out, letter, t)
	    && buf_puts(out, TABLE " style=\"font-size:14px\">\n");

	for (size_t i = 0; fits && i < lang->n_lines; i++)
		fits = line_put(out, lang->lines[i].label,
		    lang->lines[i].weight, lang->lines[i].value(letter, t));
	return fits && buf_puts(out, "</table>\n") && plot_html(out, letter, t)
	    && buf_puts(out, "</td></tr>\n");
}

/* Do labels leave room beside them on a telephone? */
static bool
labels_short(const struct block *b)
{
	for (size_t i = 0; i < b->n_lines; i++) {
		if (u8_strwidth((const uint8_t *)b->lines[i].label, "UTF-8")
		    > LABEL_BESIDE)
			return false;
	}
	return true;
}

/* Label above value, for names of targets. */
static bool
entry_put(struct buf *out, const struct block_line *line)
{
	if (line->value == NULL)
		return true;
	return buf_puts(out,
		   "<tr><td style=\"padding:6px 0;"
		   "overflow-wrap:anywhere\"><b>")
	    && escaped_put(out, line->label) && buf_puts(out, "</b><br>")
	    && value_put(out, line->value) && buf_puts(out, "</td></tr>\n");
}

static bool
block_put(struct buf *out, const struct block *b)
{
	bool beside = labels_short(b);
	bool fits = buf_puts(out,
			"<tr><td style=\"padding:18px 20px;"
			"border-top:1px solid #dfe3e8\">\n"
			"<div style=\"font-size:17px;font-weight:bold;"
			"line-height:1.5;padding-bottom:6px\">")
	    && escaped_put(out, b->heading)
	    && buf_puts(out, "</div>\n" TABLE " style=\"font-size:14px\">\n");

	for (size_t i = 0; fits && i < b->n_lines; i++)
		fits = !beside ? entry_put(out, &b->lines[i])
			       : line_put(out, b->lines[i].label,
				   b->lines[i].weight, b->lines[i].value);
	return fits && buf_puts(out, "</table>\n</td></tr>\n");
}

static bool
closing_put(struct buf *out, const struct letter *letter)
{
	const struct language *lang = letter->lang;
	bool fits = buf_puts(out,
	    "<tr><td style=\"padding:16px 20px;"
	    "border-top:1px solid #dfe3e8;font-size:13px;color:#59636e;"
	    "overflow-wrap:anywhere\">\n");

	for (size_t i = 0; fits && i < lang->n_closing; i++) {
		const char *label = lang->closing[i].label;
		const char *value = lang->closing[i].value(letter, NULL);

		if (value == NULL)
			continue;
		fits = buf_puts(out, "<div>") && escaped_put(out, label)
		    && buf_puts(out, label[0] == '\0' ? "" : lang->colon)
		    && value_put(out, value) && buf_puts(out, "</div>\n");
	}
	return fits
	    && buf_puts(out,
		"</td></tr>\n</table>\n</td></tr>\n"
		"</table>\n</body>\n</html>\n");
}

bool
letter_html(const struct letter *letter, const char **html)
{
	CLEANUP(buf_release) struct buf out = { 0 };
	bool fits;

	buf_init(&out, LIMIT_MAIL_BYTES);
	fits = head_put(&out, letter);
	for (size_t i = 0; fits && i < letter->facts.n_targets; i++)
		fits = target_put(&out, letter, &letter->facts.targets[i]);
	for (size_t i = 0; fits && i < letter->n_blocks; i++)
		fits = block_put(&out, &letter->blocks[i]);
	fits = fits && closing_put(&out, letter);
	if (fits)
		*html = slice_dup(buf_slice(&out), letter->mem);
	return fits;
}
