#include "xlsx_book.h"

#include <string.h>

#include "kpid/limits.h"
#include "kpid/table.h"

/* Lines of a grid have 32 bits (LINES_PER_SHEET). */
#define SHEETS_MAX (UINT32_MAX / LINES_PER_SHEET)

static bool
take_sheet(struct xlsx_book *b, const char *const *atts, struct kpid_err *err)
{
	const char *name = xml_attribute(atts, "name");
	const char *relation = xml_attribute(atts, "id");
	const char *state = xml_attribute(atts, "state");

	if (b->n_sheets == SHEETS_MAX)
		return err_set(err, KPID_EREFUSED,
		    "the workbook has more than %u sheets",
		    (unsigned int)SHEETS_MAX);
	b->sheets = xlsx_grow(b->sheets, b->n_sheets, &b->cap_sheets,
	    sizeof(*b->sheets), b->mem);
	b->sheets[b->n_sheets++] = (struct xlsx_sheet){
		.name = arena_strdup(b->mem, name != NULL ? name : ""),
		.relation =
		    arena_strdup(b->mem, relation != NULL ? relation : ""),
		.hidden = state != NULL && strcmp(state, "visible") != 0,
	};
	return true;
}

static bool
start(void *ctx, const char *name, const char *const *atts,
    struct kpid_err *err)
{
	struct xlsx_book *b = ctx;

	if (strcmp(name, "workbookPr") == 0)
		b->date1904 = xml_true(xml_attribute(atts, "date1904"));
	if (strcmp(name, "sheet") == 0)
		return take_sheet(b, atts, err);
	return true;
}

const char *
xlsx_book_part(const struct xlsx_book *b, const char *type)
{
	for (size_t i = 0; i < b->relations.n; i++)
		if (strcmp(b->relations.list[i].type, type) == 0)
			return b->relations.list[i].part;
	return NULL;
}

static void
find_part(const struct xlsx_book *b, struct xlsx_sheet *s)
{
	const struct xlsx_relations *all = &b->relations;
	uint64_t index;

	for (size_t i = 0; i < all->n; i++) {
		const struct xlsx_relation *r = &all->list[i];

		if (strcmp(r->id, s->relation) != 0)
			continue;
		s->table = strcmp(r->type, "worksheet") == 0;
		s->part = zip_find(b->zip, r->part, &index) ? r->part : NULL;
		return;
	}
}

bool
xlsx_book_open(int fd, struct arena *mem, struct xlsx_book *out,
    struct kpid_err *err)
{
	struct xlsx_book *b = out;
	const struct xml_handler to = { .ctx = b, .start = start };

	*b = (struct xlsx_book){ .mem = mem, .relations = { .mem = mem } };
	buf_init(&b->strings.text, LIMIT_SHARED_STRINGS_BYTES);
	buf_init(&b->strings.ends, LIMIT_SHARED_STRINGS_BYTES);
	if (!zip_begin(fd, &b->zip, err)
	    || !xlsx_main_part(b->zip, mem, &b->part, err))
		return false;
	if (b->part == NULL)
		return err_set(err, KPID_EPARSE,
		    "the zip archive is no workbook");
	if (!xml_read(b->zip, b->part, LIMIT_WORKBOOK_BYTES, &to, err)
	    || !xlsx_relations_read(b->zip, b->part, &b->relations, err)
	    || !xlsx_styles_read(b, err))
		return false;
	for (size_t i = 0; i < b->n_sheets; i++)
		find_part(b, &b->sheets[i]);
	return true;
}

void
xlsx_book_close(struct xlsx_book *b)
{
	buf_release(&b->strings.text);
	buf_release(&b->strings.ends);
	zip_release(&b->zip);
}

bool
xlsx_reference(const char *text, uint32_t *column, uint32_t *row)
{
	uint32_t letters = 0;

	*row = 0;
	text += *text == '$';
	for (; *text >= 'A' && *text <= 'Z'; text++) {
		letters = 26 * letters + (uint32_t)(*text - 'A') + 1;
		if (letters > XLSX_COLUMNS)
			return false;
	}
	text += *text == '$';
	*column = letters;
	if (*text == '\0')
		return letters > 0;
	return letters > 0 && xml_number(text, XLSX_ROWS, row) && *row > 0;
}
