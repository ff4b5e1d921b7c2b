/* Titles, sections and names, taken as columns. */
#include "capture.h"

#include "kpid/limits.h"
#include "window.h"

/* Whether the pattern finds something in the text, and what it takes. */
static bool
take(struct captured *c, struct slice text, struct slice *taken, bool *found,
    struct kpid_err *err)
{
	struct slice groups[PATTERN_GROUPS];

	*taken = text;
	*found = text.len > 0;
	if (c->pattern == NULL || !*found)
		return true;
	if (!pattern_find(c->pattern, text, groups, found, err))
		return false;
	if (*found)
		*taken = slice_trim(pattern_taken(c->pattern, groups));
	return true;
}

static bool
keep(struct captured *c, struct slice text, const struct cell *at,
    struct kpid_err *err)
{
	buf_clear(&c->text);
	if (!buf_put(&c->text, text.ptr, text.len))
		return err_set(err, KPID_EPARSE,
		    "the text captured as '%s' is longer than %d bytes "
		    "(LIMIT_CELL_BYTES)",
		    c->spec->name, LIMIT_CELL_BYTES);
	c->cell = (struct cell){ .text = buf_slice(&c->text) };
	if (at != NULL) {
		c->cell.line = at->line;
		c->cell.column = at->column;
	}
	c->found = c->fresh = true;
	return true;
}

/* A name that must be like the pattern. */
static bool
read_name(const struct captures *all, struct captured *c, struct slice name,
    const char *what, struct kpid_err *err)
{
	struct slice taken;
	bool found = false;

	if (!take(c, name, &taken, &found, err))
		return false;
	if (found)
		return keep(c, taken, NULL, err);
	return err_set(err, KPID_ECONTRACT,
	    "%s '%.*s' is not like '%s', by which %s:%d takes '%s' from it",
	    what, slice_width(name), name.len > 0 ? name.ptr : "",
	    c->spec->pattern != NULL ? c->spec->pattern : "", all->feed->file,
	    c->spec->line, c->spec->name);
}

static bool
capture_init(struct captures *all, struct captured *c,
    const struct body_name *name, struct arena *mem, struct kpid_err *err)
{
	buf_init(&c->text, LIMIT_CELL_BYTES);
	if (c->spec->pattern != NULL
	    && !pattern_new(c->spec->pattern, mem, &c->pattern, err))
		return err_wrap(err, "%s:%d", all->feed->file, c->spec->line);
	all->above = all->above || c->spec->from == CAPTURE_ABOVE;
	all->section = all->section || c->spec->from == CAPTURE_SECTION;
	if (c->spec->from == CAPTURE_FILE)
		return read_name(all, c, slice_of(name->file), "the file name",
		    err);
	if (c->spec->from == CAPTURE_URL)
		return read_name(all, c, slice_of(name->url), "the URL", err);
	return true;
}

bool
captures_init(struct captures *all, const struct feed *feed,
    const struct contract *c, const struct body_name *name, struct arena *mem,
    struct kpid_err *err)
{
	*all = (struct captures){ .feed = feed, .n = c->n_captures };
	all->list = arena_array(mem, all->n, sizeof(*all->list));
	for (size_t i = 0; i < all->n; i++) {
		all->list[i].spec = &c->captures[i];
		if (!capture_init(all, &all->list[i], name, mem, err))
			return false;
	}
	return true;
}

void
captures_release(struct captures *all)
{
	for (size_t i = 0; i < all->n; i++)
		buf_release(&all->list[i].text);
}

void
captures_search(struct captures *all)
{
	for (size_t i = 0; i < all->n; i++)
		all->list[i].fresh = false;
}

bool
captures_sheet(struct captures *all, struct slice name, struct kpid_err *err)
{
	captures_search(all);
	for (size_t i = 0; i < all->n; i++) {
		struct captured *c = &all->list[i];

		if (c->spec->from == CAPTURE_SECTION)
			c->cell = (struct cell){ 0 };
		if (c->spec->from == CAPTURE_ABOVE)
			c->found = false;
		if (c->spec->from == CAPTURE_SHEET
		    && !read_name(all, c, name, "the sheet's name", err))
			return false;
	}
	return true;
}

static bool
look_above(struct captured *c, const struct row *row, struct kpid_err *err)
{
	for (size_t i = 0; i < row->n && !c->fresh; i++) {
		const struct cell *cell = &row->cells[i];
		struct slice taken;
		bool found = false;

		if (!take(c, cell_words(cell), &taken, &found, err)
		    || (found && !keep(c, taken, cell, err)))
			return false;
	}
	return true;
}

bool
captures_above(struct captures *all, const struct row *row,
    struct kpid_err *err)
{
	for (size_t i = 0; all->above && i < all->n; i++)
		if (all->list[i].spec->from == CAPTURE_ABOVE
		    && !look_above(&all->list[i], row, err))
			return false;
	return true;
}

/* The one text of the row, which may span several of its cells. */
static const struct cell *
lone_cell(const struct row *row)
{
	const struct cell *lone = NULL;

	for (size_t i = 0; i < row->n; i++) {
		const struct cell *c = &row->cells[i];

		if (cell_is_blank(c))
			continue;
		if (lone != NULL
		    && (c->kind != CELL_MERGED
			|| !slice_eq(c->text, lone->text)))
			return NULL;
		if (lone == NULL)
			lone = c;
	}
	return lone;
}

bool
captures_section(struct captures *all, const struct row *row, bool *taken,
    struct kpid_err *err)
{
	const struct cell *lone = all->section ? lone_cell(row) : NULL;

	*taken = false;
	for (size_t i = 0; lone != NULL && i < all->n && !*taken; i++) {
		struct captured *c = &all->list[i];
		struct slice text;

		if (c->spec->from != CAPTURE_SECTION)
			continue;
		if (!take(c, cell_words(lone), &text, taken, err)
		    || (*taken && !keep(c, text, lone, err)))
			return false;
	}
	return true;
}

bool
captures_title(struct captures *all, const struct row *row, bool *taken,
    struct kpid_err *err)
{
	const struct cell *lone = all->above ? lone_cell(row) : NULL;

	*taken = false;
	for (size_t i = 0; lone != NULL && i < all->n; i++) {
		struct captured *c = &all->list[i];
		struct slice text;
		bool found = false;

		if (c->spec->from != CAPTURE_ABOVE || c->pattern == NULL)
			continue;
		if (!take(c, cell_words(lone), &text, &found, err)
		    || (found && !c->fresh && !keep(c, text, lone, err)))
			return false;
		*taken = *taken || found;
	}
	return true;
}

bool
captures_check(const struct captures *all, const char *where,
    struct kpid_err *err)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct capture *c = all->list[i].spec;

		if (all->list[i].found || c->from == CAPTURE_SECTION)
			continue;
		if (c->from == CAPTURE_SHEET)
			return err_set(err, KPID_ECONTRACT,
			    "the body has no sheets, from whose names %s:%d "
			    "takes '%s'",
			    all->feed->file, c->line, c->name);
		return err_set(err, KPID_ECONTRACT,
		    "no cell above the header on %s is like '%s', by which "
		    "%s:%d takes '%s'",
		    where, c->pattern != NULL ? c->pattern : "",
		    all->feed->file, c->line, c->name);
	}
	return true;
}
