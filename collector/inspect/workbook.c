/* Workbooks: each sheet may be the table. */
#include <string.h>

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
skip_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	(void)ctx;
	(void)row;
	(void)err;
	return true;
}

static bool
skip_bad(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	(void)ctx;
	(void)line;
	(void)column;
	(void)raw;
	(void)reason;
	(void)err;
	return true;
}

static bool
list_sheets(const struct subject *s, struct sheets *out, struct kpid_err *err)
{
	const struct pick every = { .pattern = "." };
	const struct row_sink sink = { .ctx = out,
		.row = skip_row,
		.bad = skip_bad,
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
		const struct contract c = { .format = FORMAT_XLSX,
			.sheet = { .name = all->names[i] } };
		struct arena scratch = { 0 };
		struct subject one = *s;
		struct kpid_err why = { 0 };
		struct guess g;

		one.mem = &scratch;
		subject_begin(&one, FORMAT_XLSX, &g);
		g.draft.format = json_string("xlsx");
		json_set_text(&g.draft.sheet, "name", all->names[i]);
		tell_sheets(&g, all, i);
		if (subject_try(&one, &c, &g, out, &why)) {
			keep_inspection(out, s->mem);
			arena_release(&scratch);
			return true;
		}
		arena_release(&scratch);
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
