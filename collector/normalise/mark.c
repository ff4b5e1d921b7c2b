/* Missing marks and their reasons; none is guessed but blank and #REF!. */
#include "mark.h"

#include <string.h>

#include "numeral.h"

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

static bool
is_formula_error(struct slice text)
{
	for (size_t i = 0; i < ARRAY_LEN(formula_errors); i++)
		if (slice_is(text, formula_errors[i]))
			return true;
	return false;
}

enum mark
mark_read(const struct contract *c, const struct cell *cell,
    enum missing *reason)
{
	struct slice text = slice_trim(cell->text);

	if (cell->kind == CELL_NULL)
		text.len = 0;
	for (size_t i = 0; i < c->n_missing; i++)
		if (slice_is(text, c->missing[i].from)
		    && missing_from_text(slice_of(c->missing[i].to), reason))
			return MARK_MISSING;
	for (size_t i = 0; i < c->n_zero; i++)
		if (slice_is(text, c->zero[i]))
			return MARK_ZERO;
	if (text.len == 0)
		*reason = MISSING_NOT_AVAILABLE;
	else if (text.ptr[0] == '#' && is_formula_error(text))
		*reason = MISSING_ERROR;
	else
		return MARK_NONE;
	return MARK_MISSING;
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
