/* Shared strings: the text of all runs, without furigana. */
#include <string.h>

#include "kpid/limits.h"
#include "xlsx_book.h"

struct reading {
	struct xlsx_strings *to;
	size_t begin;  /* of this string */
	bool taking;   /* inside a <t> that is text */
	bool phonetic; /* inside a <rPh> */
};

static bool
refuse_size(struct kpid_err *err)
{
	return err_set(err, KPID_EREFUSED,
	    "the shared strings of the workbook are more than %d bytes "
	    "(LIMIT_SHARED_STRINGS_BYTES). HINT: "
	    "save the sheet as CSV",
	    LIMIT_SHARED_STRINGS_BYTES);
}

static bool
start(void *ctx, const char *name, const char *const *atts,
    struct kpid_err *err)
{
	struct reading *r = ctx;

	(void)atts;
	(void)err;
	if (strcmp(name, "t") == 0)
		r->taking = !r->phonetic;
	else if (strcmp(name, "rPh") == 0)
		r->phonetic = true;
	else if (strcmp(name, "si") == 0)
		r->begin = r->to->text.len;
	return true;
}

static bool
end_string(struct reading *r, struct kpid_err *err)
{
	struct xlsx_strings *to = r->to;
	uint32_t at;

	if (to->text.len > r->begin)
		to->text.len = r->begin
		    + xlsx_unescape(to->text.ptr + r->begin,
			to->text.len - r->begin)
			  .len;
	at = (uint32_t)to->text.len;
	if (to->text.len + to->ends.len + sizeof(at)
		> LIMIT_SHARED_STRINGS_BYTES
	    || !buf_put(&to->ends, &at, sizeof(at)))
		return refuse_size(err);
	return true;
}

static bool
end(void *ctx, const char *name, struct kpid_err *err)
{
	struct reading *r = ctx;

	if (strcmp(name, "t") == 0)
		r->taking = false;
	else if (strcmp(name, "rPh") == 0)
		r->phonetic = false;
	else if (strcmp(name, "si") == 0)
		return end_string(r, err);
	return true;
}

static bool
text(void *ctx, struct slice piece, struct kpid_err *err)
{
	struct reading *r = ctx;

	if (!r->taking)
		return true;
	if (r->to->text.len - r->begin + piece.len > LIMIT_CELL_BYTES)
		return err_set(err, KPID_EREFUSED,
		    "a shared string of the workbook is longer than %d bytes "
		    "(LIMIT_CELL_BYTES)",
		    LIMIT_CELL_BYTES);
	return buf_put(&r->to->text, piece.ptr, piece.len) ? true
							   : refuse_size(err);
}

bool
xlsx_strings_read(struct xlsx_book *b, struct kpid_err *err)
{
	struct reading r = { .to = &b->strings };
	const uint32_t zero = 0;
	const struct xml_handler to = { &r, start, end, text, NULL };
	const char *part = xlsx_book_part(b, "sharedStrings");
	uint64_t index;

	if (part == NULL || !zip_find(b->zip, part, &index))
		return true;
	return buf_put(&r.to->ends, &zero, sizeof(zero))
	    && xml_read(b->zip, part, LIMIT_SHEET_BYTES, &to, err);
}

bool
xlsx_string(const struct xlsx_book *b, uint32_t number, struct slice *out)
{
	const struct xlsx_strings *all = &b->strings;
	uint32_t ends[2];

	if (number + 2ULL > all->ends.len / sizeof(*ends))
		return false;
	memcpy(ends, all->ends.ptr + number * sizeof(*ends), sizeof(ends));
	*out = (struct slice){ ends[1] > ends[0] ? all->text.ptr + ends[0] : "",
		ends[1] - ends[0] };
	return true;
}

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		return (c | 0x20) - 'a' + 10;
	return -1;
}

/* _xHHHH_ at text: its code, or 0. NUL, halves of characters and what is none
 * stay as they are written. */
static unsigned int
escape_at(const char *text, size_t len)
{
	unsigned int code = 0;

	if (len < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_')
		return 0;
	for (int i = 2; i < 6; i++) {
		int digit = hex_value(text[i]);

		if (digit < 0)
			return 0;
		code = 16 * code + (unsigned int)digit;
	}
	return (code >= 0xd800 && code < 0xe000) || code >= 0xfffe ? 0 : code;
}

static size_t
put_character(unsigned int code, char *to)
{
	size_t n = 0;

	if (code < 0x80) {
		to[n++] = (char)code;
	} else if (code < 0x800) {
		to[n++] = (char)(0xc0 | (code >> 6));
		to[n++] = (char)(0x80 | (code & 0x3f));
	} else {
		to[n++] = (char)(0xe0 | (code >> 12));
		to[n++] = (char)(0x80 | ((code >> 6) & 0x3f));
		to[n++] = (char)(0x80 | (code & 0x3f));
	}
	return n;
}

struct slice
xlsx_unescape(char *text, size_t len)
{
	char *at = memchr(text, '_', len);
	size_t from, n;

	if (at == NULL)
		return (struct slice){ text, len };
	for (from = n = (size_t)(at - text); from < len;) {
		unsigned int code = escape_at(text + from, len - from);

		if (code != 0) {
			n += put_character(code, text + n);
			from += 7;
		} else {
			text[n++] = text[from++];
		}
	}
	return (struct slice){ text, n };
}
