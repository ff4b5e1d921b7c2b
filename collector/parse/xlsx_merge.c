/* Merged ranges; a sheet lists them behind its cells. */
#include <stdlib.h>
#include <string.h>

#include "kpid/limits.h"
#include "xlsx_book.h"

#define PIECE_BYTES (64 << 10)

/* A1:B2; false for one that is no range of several cells. */
static bool
range_read(const char *text, struct xlsx_merge *out)
{
	struct xlsx_merge m = { 0 };
	const char *colon = text == NULL ? NULL : strchr(text, ':');
	char first[16] = "";

	if (colon == NULL || (size_t)(colon - text) >= sizeof(first))
		return false;
	memcpy(first, text, (size_t)(colon - text));
	if (!xlsx_reference(first, &m.column, &m.row)
	    || !xlsx_reference(colon + 1, &m.last_column, &m.last_row)
	    || m.row == 0 || m.last_row < m.row || m.last_column < m.column
	    || (m.row == m.last_row && m.column == m.last_column))
		return false;
	*out = m;
	return true;
}

struct reading {
	struct xlsx_merges *to;
	const char *part;
};

static bool
start(void *ctx, const char *name, const char *const *atts,
    struct kpid_err *err)
{
	struct reading *r = ctx;
	struct xlsx_merges *to = r->to;
	struct xlsx_merge m;

	if (strcmp(name, "mergeCell") != 0
	    || !range_read(xml_attribute(atts, "ref"), &m))
		return true;
	if (to->n == LIMIT_MERGED_RANGES)
		return err_set(err, KPID_EREFUSED,
		    "'%s' of the workbook has more than %d merged ranges "
		    "(LIMIT_MERGED_RANGES)",
		    r->part, LIMIT_MERGED_RANGES);
	if (to->n == to->cap) {
		to->cap = to->cap == 0 ? 64 : 2 * to->cap;
		to->list = realloc(to->list, to->cap * sizeof(*to->list));
		if (to->list == NULL)
			fatal("out of memory");
	}
	to->list[to->n++] = m;
	return true;
}

static int
compare(const void *a, const void *b)
{
	const struct xlsx_merge *l = a, *r = b;

	if (l->row != r->row)
		return l->row < r->row ? -1 : 1;
	return (l->column > r->column) - (l->column < r->column);
}

/*
 * Most tables have no merged cells: without the word in it, a sheet need not
 * be parsed for them, which is four times as fast as parsing. UTF-16, told by
 * its first two bytes, is parsed anyway.
 */
static bool
may_merge(const struct xlsx_book *b, const char *part, bool *out,
    struct kpid_err *err)
{
	static const char word[] = "mergeCell";
	const size_t over = sizeof(word) - 2;
	CLEANUP(zip_member_close) struct zip_member m = { 0 };
	CLEANUP(arena_release) struct arena mem = { 0 };
	char *piece = arena_alloc(&mem, PIECE_BYTES + over);
	size_t len = 0, kept = 0;
	uint64_t index;

	*out = true;
	if (!zip_find(b->zip, part, &index))
		return true;
	if (!zip_member_open(b->zip, index, part, LIMIT_SHEET_BYTES, &m, err))
		return false;
	do {
		bool first = m.read == 0;

		if (!zip_member_read(&m, piece + kept, PIECE_BYTES, &len, err))
			return false;
		if (first && len >= 2
		    && (piece[0] == '\0' || piece[1] == '\0'
			|| (piece[0] & 0x80) != 0))
			return true;
		len += kept;
		if (memmem(piece, len, word, sizeof(word) - 1) != NULL)
			return true;
		if (len == kept)
			break;
		kept = len < over ? len : over;
		memmove(piece, piece + len - kept, kept);
	} while (true);
	*out = false;
	return true;
}

bool
xlsx_merges_read(const struct xlsx_book *b, const char *part,
    struct xlsx_merges *out, struct kpid_err *err)
{
	struct reading r = { out, part };
	const struct xml_handler to = { .ctx = &r, .start = start };

	bool any;

	*out = (struct xlsx_merges){ 0 };
	if (!may_merge(b, part, &any, err))
		return false;
	if (!any)
		return true;
	if (!xml_read(b->zip, part, LIMIT_SHEET_BYTES, &to, err))
		return false;
	if (out->n == 0)
		return true;
	qsort(out->list, out->n, sizeof(*out->list), compare);
	out->open = calloc(out->n, sizeof(struct xlsx_merge *));
	if (out->open == NULL)
		fatal("out of memory");
	return true;
}

static void
forget_text(struct xlsx_merges *m, struct xlsx_merge *range)
{
	m->kept -= range->text.len;
	free((void *)(uintptr_t)range->text.ptr);
	range->text = (struct slice){ 0 };
}

void
xlsx_merges_free(struct xlsx_merges *m)
{
	for (size_t i = 0; i < m->n_open; i++)
		forget_text(m, m->open[i]);
	free(m->open);
	free(m->list);
	*m = (struct xlsx_merges){ 0 };
}

void
xlsx_merges_row(struct xlsx_merges *m, uint32_t row)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n_open; i++) {
		if (m->open[i]->last_row < row)
			forget_text(m, m->open[i]);
		else
			m->open[n++] = m->open[i];
	}
	for (; m->next < m->n && m->list[m->next].row <= row; m->next++)
		if (m->list[m->next].last_row >= row)
			m->open[n++] = &m->list[m->next];
	m->n_open = n;
}

bool
xlsx_merge_keep(struct xlsx_merges *m, struct xlsx_merge *range,
    struct slice text, struct kpid_err *err)
{
	char *copy;

	if (text.len == 0)
		return true;
	if (m->kept + text.len > LIMIT_ROW_BYTES)
		return err_set(err, KPID_EREFUSED,
		    "the merged cells of row %u have texts of more than %d "
		    "bytes (LIMIT_ROW_BYTES)",
		    range->row, LIMIT_ROW_BYTES);
	copy = malloc(text.len);
	if (copy == NULL)
		fatal("out of memory");
	memcpy(copy, text.ptr, text.len);
	range->text = (struct slice){ copy, text.len };
	m->kept += text.len;
	return true;
}

bool
xlsx_merges_reach(const struct xlsx_merges *m, uint32_t row)
{
	for (size_t i = 0; i < m->n_open; i++)
		if (m->open[i]->last_row >= row && m->open[i]->text.len > 0)
			return true;
	return false;
}
