/* Missing marks and their reasons; none is guessed but blank and #REF!. */
#include "mark.h"

#include <string.h>

#include "numeral.h"

#define BLANK_TEXT_MAX 48 /* longer cells are looked at as numbers */

static const struct {
	const char *text;
	char status;
} reasons[] = {
	[MISSING_NONE] = { NULL, 'A' },
	[MISSING_NOT_APPLICABLE] = { "not_applicable", 'M' },
	[MISSING_SUPPRESSED] = { "suppressed", 'Q' },
	[MISSING_NOT_COLLECTED] = { "not_collected", 'L' },
	[MISSING_NOT_AVAILABLE] = { "not_available", 'O' },
	[MISSING_ERROR] = { "error", 'O' },
};

/* What a spreadsheet writes for a formula that failed: never a mark of the
 * people who made the table. */
static const char *const formula_errors[] = { "#VALUE!", "#N/A", "#REF!",
	"#DIV/0!", "#NAME?", "#NUM!", "#NULL!" };

const char *
missing_text(enum missing m)
{
	return (size_t)m < ARRAY_LEN(reasons) ? reasons[m].text : NULL;
}

bool
missing_from_text(struct slice s, enum missing *out)
{
	for (size_t i = 1; i < ARRAY_LEN(reasons); i++)
		if (slice_is(s, reasons[i].text)) {
			*out = (enum missing)i;
			return true;
		}
	return false;
}

char
missing_status(enum missing reason)
{
	return reasons[reason].status;
}

enum missing
missing_of_status(char status)
{
	switch (status) {
	case 'M':
		return MISSING_NOT_APPLICABLE;
	case 'Q':
		return MISSING_SUPPRESSED;
	case 'L':
		return MISSING_NOT_COLLECTED;
	case 'O':
		return MISSING_NOT_AVAILABLE;
	default:
		return MISSING_NONE;
	}
}

static bool
is_formula_error(struct slice text)
{
	for (size_t i = 0; i < ARRAY_LEN(formula_errors); i++)
		if (slice_is(text, formula_errors[i]))
			return true;
	return false;
}

/* SDMX writes NaN where a number is not there. */
static bool
is_sdmx_blank(const struct contract *c, struct slice text)
{
	return (c->format == FORMAT_SDMX_CSV || c->format == FORMAT_SDMX_JSON)
	    && slice_is(text, "NaN");
}

/* Blanks that slice_trim leaves, such as the no-break space, too. */
static bool
is_blank(struct slice text)
{
	char folded[BLANK_TEXT_MAX];

	if (text.len == 0)
		return true;
	if ((unsigned char)text.ptr[0] < 0x80 || text.len > sizeof(folded))
		return false;
	text = (struct slice){ folded, numeral_fold(text, folded) };
	return slice_trim(text).len == 0;
}

static enum mark
general(const struct contract *c, struct slice text, enum missing *reason)
{
	if (is_blank(text) || is_sdmx_blank(c, text))
		return MARK_BLANK;
	if (text.ptr[0] != '#' || !is_formula_error(text))
		return MARK_NONE;
	*reason = MISSING_ERROR;
	return MARK_MISSING;
}

enum mark
mark_read(const struct contract *c, const struct legend *legend,
    struct slice text, enum missing *reason)
{
	for (size_t i = 0; i < c->n_missing; i++)
		if (slice_is(text, c->missing[i].from)
		    && missing_from_text(slice_of(c->missing[i].to), reason))
			return MARK_MISSING;
	for (size_t i = 0; i < c->n_zero; i++)
		if (slice_is(text, c->zero[i]))
			return MARK_ZERO;

	const struct legend_mark *mark =
	    text.len == 0 ? NULL : legend_find(legend, text);

	if (mark == NULL)
		return general(c, text, reason);
	if (mark->reason == MISSING_NONE)
		return MARK_UNKNOWN;
	*reason = mark->reason;
	return MARK_MISSING;
}

/* Nothing in it that a plain number has not, too. */
static bool
is_like_plain(const char *mark)
{
	return mark[strspn(mark, "-,.0123456789")] == '\0';
}

bool
mark_may_be_plain(const struct contract *c, const struct legend *legend)
{
	bool may = false;

	for (size_t i = 0; i < c->n_missing; i++)
		may = may || is_like_plain(c->missing[i].from);
	for (size_t i = 0; i < c->n_zero; i++)
		may = may || is_like_plain(c->zero[i]);
	for (size_t i = 0; i < legend->n; i++)
		may = may || is_like_plain(legend->marks[i].mark);
	for (size_t i = 0; i < c->n_flags; i++)
		may = may || is_like_plain(c->flags[i].from);
	for (size_t i = 0; i < c->n_footnotes; i++)
		may = may || is_like_plain(c->footnotes[i]);
	return may;
}

bool
mark_unknown(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		const char *p = text.ptr + i, *end = text.ptr + text.len;
		size_t len = 0;

		if (numeral_digit(p, end, &len) >= 0)
			return false;
		if (end - p >= 3 && memcmp(p, "\xef\xbc", 2) == 0
		    && (unsigned char)p[2] >= 0x90
		    && (unsigned char)p[2] <= 0x99)
			return false; /* a full-width digit */
	}
	return true;
}
