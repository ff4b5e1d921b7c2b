/* Workbooks: each sheet may be the table. */
#include <string.h>

#include "kpid/normalise.h"
#include "subject.h"

#define SHEETS_MAX   256 /* named in doubts */
#define SHEETS_TRIED 12

/* Names of a workbook's sheets, and which of them have rows. */
struct sheets {
	struct arena *mem;
	const char *names[SHEETS_MAX];
	size_t n, all;
};

static bool
take_sheet(void *ctx, struct slice name, struct kpid_err *err)
{
	struct sheets *s = ctx;

	(void)err;
	s->all++;
	if (s->n < SHEETS_MAX)
		s->names[s->n++] = slice_dup(name, s->mem);
	return true;
}

static bool
list_sheets(const struct subject *s, struct sheets *out, struct kpid_err *err)
{
	const struct pick every = { .pattern = "." };
	const struct row_sink sink = { .ctx = out,
		.row = row_skip,
		.bad = bad_skip,
		.sheet = take_sheet };
	struct arena mem = { 0 };
	bool ok = xlsx_read(s->in.fd, &every, &sink, &mem, err);

	arena_release(&mem);
	return ok;
}

/* Out of a sheet's own memory. */
static void
keep_inspection(struct inspection *out, struct arena *mem)
{
	const char **doubts =
	    arena_array(mem, out->n_doubts + 1, sizeof(*doubts));

	out->json = arena_strdup(mem, out->json);
	for (size_t i = 0; i < out->n_doubts; i++)
		doubts[i] = arena_strdup(mem, out->doubts[i]);
	out->doubts = doubts;
}

/* 令和5年度 as a pattern: what its figures are may change. */
static const char *
shape_of_name(const char *name, struct arena *mem)
{
	const char *why = NULL;
	struct period period;

	if (look_at(name, mem).when != WHEN_MONTH
	    && !period_read(slice_of(name), PERIOD_AS_AUTO, NULL, &period,
		&why))
		return NULL;
	return arena_printf(mem, "%s$", pattern_of_dates(name, mem));
}

/* A sheet for each year or month: the pattern of their names, or NULL. */
static const char *
alike(const struct sheets *all, size_t like, struct arena *mem)
{
	const char *shape = shape_of_name(all->names[like], mem);
	size_t n = 0;

	for (size_t i = 0; shape != NULL && i < all->n; i++) {
		const char *other = shape_of_name(all->names[i], mem);

		n += other != NULL && strcmp(other, shape) == 0;
	}
	return n > 1 ? shape : NULL;
}

static void
tell_sheets(struct guess *g, const struct sheets *all, size_t taken)
{
	const char *others = "";

	for (size_t i = 0; i < all->n && i < 12; i++)
		if (i != taken)
			others = arena_printf(g->mem, "%s%s'%s'", others,
			    *others == '\0' ? "" : ", ", all->names[i]);
	if (all->all > 1)
		doubt(g,
		    "whether the sheet '%s' is the one; there are also %s%s",
		    all->names[taken], others, all->all > 13 ? ", .." : "");
}

/* By its name, or by the pattern of all that are like it. */
static bool
try_sheet(const struct subject *s, const struct sheets *all, size_t i,
    bool by_pattern, struct inspection *out, struct kpid_err *err)
{
	const struct contract c = { .format = FORMAT_XLSX,
		.sheet = { .name = all->names[i] } };
	struct arena scratch = { 0 };
	struct subject one = *s;
	struct guess g;
	const char *shape = by_pattern ? alike(all, i, &scratch) : NULL;
	bool ok = false;

	if (!by_pattern || shape != NULL) {
		one.mem = &scratch;
		subject_begin(&one, FORMAT_XLSX, &g);
		g.sheet = all->names[i];
		g.sheets = all->names;
		g.n_sheets = all->n;
		g.draft.format = json_string("xlsx");
		json_set_text(&g.draft.sheet, by_pattern ? "pattern" : "name",
		    by_pattern ? shape : all->names[i]);
		if (by_pattern)
			doubt(&g,
			    "whether all sheets called like '%s' are wanted: "
			    "they are read one after the other",
			    all->names[i]);
		else
			tell_sheets(&g, all, i);
		ok = subject_try(&one, &c, &g, out, err);
	}
	if (ok)
		keep_inspection(out, s->mem);
	arena_release(&scratch);
	return ok;
}

bool
inspect_workbook(const struct subject *s, struct inspection *out,
    struct kpid_err *err)
{
	struct sheets *all = arena_alloc(s->mem, sizeof(*all));
	struct kpid_err first = { 0 };

	all->mem = s->mem;
	if (!list_sheets(s, all, err))
		return false;
	for (size_t i = 0; i < all->n && i < SHEETS_TRIED; i++) {
		struct kpid_err why = { 0 };

		if (try_sheet(s, all, i, true, out, &why)
		    || try_sheet(s, all, i, false, out, &why))
			return true;
		if (i == 0)
			first = why;
	}
	if (all->n == 0)
		return err_set(err, KPID_EPARSE,
		    "no table was found: the workbook has no sheet with cells");
	*err = first;
	return err_wrap(err, "sheet '%s'%s", all->names[0],
	    all->n > 1 ? " and the others" : "");
}
