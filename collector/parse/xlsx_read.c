/* Which sheets a contract means, read one behind the other. */
#include <string.h>

#include "archive_pick.h"
#include "kpid/archive.h"
#include "xlsx_book.h"
#include "xlsx_sheet.h"

static struct names
sheet_names(const struct xlsx_book *b)
{
	struct names all = { .n = b->n_sheets };

	all.list = arena_array(b->mem, all.n, sizeof(*all.list));
	all.shown = arena_array(b->mem, all.n, sizeof(*all.shown));
	for (size_t i = 0; i < all.n; i++) {
		const struct xlsx_sheet *s = &b->sheets[i];

		all.list[i] = s->name;
		all.shown[i] = !s->hidden && s->table && s->part != NULL;
	}
	return all;
}

static bool
refuse_many(const struct xlsx_book *b, const struct names *all, size_t n,
    struct kpid_err *err)
{
	const char *listed = names_listed(all, b->mem);

	if (n == 0)
		return err_set(err, KPID_EPARSE,
		    "no visible sheet of the workbook has cells");
	for (size_t i = 0; i < all->n; i++)
		if (all->shown[i])
			return err_set(err, KPID_ECONTRACT,
			    "the workbook has several sheets: %s. HINT: "
			    "\"sheet\": {\"name\": \"%s\"} in the contract "
			    "reads one of them",
			    listed, all->list[i]);
	return false;
}

/* Nothing picked: the only visible sheet, or the only one of them that has
 * cells. */
static bool
pick_only(const struct xlsx_book *b, struct names *all, bool *taken, size_t *n,
    struct kpid_err *err)
{
	size_t shown = 0;

	*n = 0;
	for (size_t i = 0; i < all->n; i++)
		shown += all->shown[i];
	for (size_t i = 0; i < all->n; i++) {
		if (shown > 1 && all->shown[i]
		    && !xlsx_sheet_holds(b, b->sheets[i].part, &all->shown[i],
			err))
			return false;
		taken[i] = all->shown[i];
		*n += taken[i];
	}
	return *n == 1 || refuse_many(b, all, *n, err);
}

static bool
refuse_pick(const struct xlsx_book *b, const struct names *all,
    const struct pick *pick, size_t n, struct kpid_err *err)
{
	return err_set(err, KPID_ECONTRACT,
	    "%s sheet of the workbook is like '%s'; there are: %s",
	    n == 0 ? "no" : "more than one",
	    pick->name != NULL ? pick->name : pick->pattern,
	    names_listed(all, b->mem));
}

static bool
pick_sheets(const struct xlsx_book *b, const struct pick *pick, bool *taken,
    struct kpid_err *err)
{
	struct names all = sheet_names(b);
	size_t n;

	if (pick->name == NULL && pick->pattern == NULL)
		return pick_only(b, &all, taken, &n, err);
	if (!names_pick(&all, pick, b->mem, taken, &n, err))
		return false;
	if (n == 0 || (pick->name != NULL && n > 1))
		return refuse_pick(b, &all, pick, n, err);
	for (size_t i = 0; i < all.n; i++)
		if (taken[i]
		    && (!b->sheets[i].table || b->sheets[i].part == NULL))
			return err_set(err, KPID_ECONTRACT,
			    "the sheet '%s' has no cells: it is a chart, or "
			    "its part is missing",
			    all.list[i]);
	return true;
}

bool
xlsx_read(int fd, const struct pick *sheet, const struct row_sink *sink,
    struct arena *mem, struct kpid_err *err)
{
	CLEANUP(xlsx_book_close) struct xlsx_book b = { 0 };
	bool *taken;

	if (!xlsx_book_open(fd, mem, &b, err))
		return false;
	taken = arena_array(mem, b.n_sheets, sizeof(*taken));
	if (!pick_sheets(&b, sheet, taken, err) || !xlsx_strings_read(&b, err))
		return false;
	for (size_t i = 0; i < b.n_sheets; i++)
		if (taken[i] && !xlsx_sheet_read(&b, i, sink, err))
			return false;
	return true;
}
