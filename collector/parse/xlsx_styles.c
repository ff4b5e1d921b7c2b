/* Which style a cell's number has: its format, by number or by code. */
#include <stdlib.h>
#include <string.h>

#include "kpid/limits.h"
#include "xlsx_book.h"

struct format {
	uint32_t id;
	enum xlsx_style style;
};

/* Formats and styles also stand in other lists of the part, for other ends. */
enum list { LIST_NONE, LIST_FORMATS, LIST_STYLES };

struct reading {
	struct xlsx_book *book;
	struct arena mem;
	struct format *formats;
	size_t n, cap;
	enum list in;
};

static void
reading_end(struct reading *r)
{
	arena_release(&r->mem);
}

static void
take_format(struct reading *r, const char *const *atts)
{
	const char *code = xml_attribute(atts, "formatCode");
	uint32_t id;

	if (code == NULL
	    || !xml_number(xml_attribute(atts, "numFmtId"), INT32_MAX, &id))
		return;
	r->formats =
	    xlsx_grow(r->formats, r->n, &r->cap, sizeof(*r->formats), &r->mem);
	r->formats[r->n++] =
	    (struct format){ id, xlsx_style_code(slice_of(code)) };
}

static int
compare(const void *a, const void *b)
{
	const struct format *l = a, *r = b;

	return (l->id > r->id) - (l->id < r->id);
}

static enum xlsx_style
style_of_format(const struct reading *r, uint32_t id)
{
	const struct format wanted = { .id = id }, *found = NULL;

	if (r->n > 0)
		found =
		    bsearch(&wanted, r->formats, r->n, sizeof(wanted), compare);
	return found != NULL ? found->style : xlsx_style_builtin(id);
}

/* The schema puts formats before the styles that name them. */
static void
begin_styles(struct reading *r)
{
	r->in = LIST_STYLES;
	if (r->n > 0)
		qsort(r->formats, r->n, sizeof(*r->formats), compare);
}

static void
take_style(struct reading *r, const char *const *atts)
{
	struct xlsx_book *b = r->book;
	uint32_t id = 0;

	if (!xml_number(xml_attribute(atts, "numFmtId"), INT32_MAX, &id))
		id = 0;
	b->styles = xlsx_grow(b->styles, b->n_styles, &b->cap_styles,
	    sizeof(*b->styles), b->mem);
	b->styles[b->n_styles++] = style_of_format(r, id);
}

static bool
start(void *ctx, const char *name, const char *const *atts,
    struct kpid_err *err)
{
	struct reading *r = ctx;

	(void)err;
	if (strcmp(name, "numFmts") == 0)
		r->in = LIST_FORMATS;
	else if (strcmp(name, "cellXfs") == 0)
		begin_styles(r);
	else if (r->in == LIST_FORMATS && strcmp(name, "numFmt") == 0)
		take_format(r, atts);
	else if (r->in == LIST_STYLES && strcmp(name, "xf") == 0)
		take_style(r, atts);
	return true;
}

static bool
end(void *ctx, const char *name, struct kpid_err *err)
{
	struct reading *r = ctx;

	(void)err;
	if (strcmp(name, "numFmts") == 0 || strcmp(name, "cellXfs") == 0)
		r->in = LIST_NONE;
	return true;
}

bool
xlsx_styles_read(struct xlsx_book *b, struct kpid_err *err)
{
	CLEANUP(reading_end) struct reading r = { .book = b };
	const struct xml_handler to = { .ctx = &r, .start = start, .end = end };
	const char *part = xlsx_book_part(b, "styles");
	uint64_t index;

	if (part == NULL || !zip_find(b->zip, part, &index))
		return true;
	return xml_read(b->zip, part, LIMIT_WORKBOOK_BYTES, &to, err);
}

enum xlsx_style
xlsx_style_of(const struct xlsx_book *b, uint32_t number)
{
	return number < b->n_styles ? b->styles[number] : STYLE_NUMBER;
}
