/* The series of a value typed by hand: one that there is, or one that is
 * begun knowingly. */
#include <stdio.h>
#include <string.h>

#include "kpid/label.h"
#include "kpid/normalise.h"
#include "put.h"

enum { KIND, NAME, TEXT };

/* The n-th row of a kind; NULL behind the last. */
static const char *
row_of(const struct db_rows *rows, const char *kind, size_t n, size_t column)
{
	for (size_t i = 0; i < rows->n; i++)
		if (strcmp(db_cell(rows, i, KIND), kind) == 0 && n-- == 0)
			return db_cell(rows, i, column);
	return NULL;
}

static bool
check_org(struct put *p, const struct db_rows *rows, struct kpid_err *err)
{
	const char *own = p->cli->cfg.organization;
	int code;

	for (size_t i = 0; i < rows->n; i++)
		if (strcmp(db_cell(rows, i, KIND), "org") == 0)
			return true;
	if (p->series.org == 0 || (own != NULL && strcmp(own, p->hand.org) == 0)
	    || org_title(p->series.org, &p->cli->mem) != NULL)
		return true;
	code = org_nearest(p->hand.org);
	return err_set(err, KPID_EUSAGE,
	    "no organization has the code '%s'. HINT: did you mean '%06d' "
	    "(%s)?",
	    p->hand.org, code, org_title(code, &p->cli->mem));
}

/* What is typed against a column of the rows of dimensions: names, or the
 * texts of one name. */
static bool
check_known(struct put *p, const struct db_rows *rows, const char *name,
    const char *typed, struct kpid_err *err)
{
	const char **known =
	    arena_array(&p->cli->mem, rows->n + 1, sizeof(*known));
	const char *near, *is;
	size_t n = 0;

	for (size_t i = 0; (is = row_of(rows, "dim", i, NAME)) != NULL; i++)
		if (name == NULL)
			known[n++] = is;
		else if (strcmp(is, name) == 0)
			known[n++] = row_of(rows, "dim", i, TEXT);
	for (size_t i = 0; i < n; i++)
		if (strcmp(known[i], typed) == 0)
			return true;
	near = nearest_name(typed, known, n);
	if (near == NULL && n > 0)
		near = known[0];
	return err_set(err, KPID_EUSAGE,
	    near == NULL ? "'%s' has no dimension '%s'%s. HINT: --new begins "
			   "a series with it"
		: name == NULL
		? "'%s' has no dimension '%s'. HINT: did you mean '%s'?"
		: "'%s' has no series of '%s'. HINT: did you mean '%s'? --new "
		  "begins a series with a new text",
	    p->hand.indicator, typed, near != NULL ? near : "");
}

static bool
check_dims(struct put *p, const struct db_rows *rows, struct kpid_err *err)
{
	for (size_t i = 0; i < p->hand.n_dims; i++)
		if (!check_known(p, rows, NULL, p->dims[i].from, err)
		    || !check_known(p, rows, p->dims[i].from, p->dims[i].to,
			err))
			return false;
	return true;
}

/* An instant belongs to the series of instants that there is. */
static bool
take_frequency(struct put *p, const struct db_rows *rows, struct kpid_err *err)
{
	const char *first = row_of(rows, "same", 0, NAME);
	const char *second = row_of(rows, "same", 1, NAME);

	if (*p->hand.frequency != '\0') {
		if (strcmp(p->hand.frequency, p->series.frequency) == 0)
			return true;
		return err_set(err, KPID_EUSAGE,
		    "'%s' is no date: its frequency is %s, not %s",
		    p->hand.period, p->series.frequency, p->hand.frequency);
	}
	if (second != NULL)
		return err_set(err, KPID_EUSAGE,
		    "there are series of frequency %s and of %s with such "
		    "dates. HINT: say which with --frequency",
		    first, second);
	if (first == NULL || strcmp(first, p->series.frequency) == 0)
		return true;
	p->hand.frequency = first;
	return put_read(p, err);
}

static bool
refuse_new(const struct put *p, const struct db_rows *rows,
    struct kpid_err *err)
{
	const char *dims = row_of(rows, "other", 0, TEXT);

	return err_set(err, KPID_EUSAGE,
	    "'%s' of %s has periods such as %s%s%s, none such as '%s'%s%s. "
	    "HINT: --new begins a series beside",
	    p->hand.indicator, p->hand.org, row_of(rows, "other", 0, NAME),
	    strcmp(dims, "{}") != 0 ? " with the dimensions " : "",
	    strcmp(dims, "{}") != 0 ? dims : "", p->hand.period,
	    p->hand.n_dims > 0 ? " with " : "",
	    p->hand.n_dims > 0 ? p->series.dims : "");
}

bool
put_series(struct put *p, struct db *db, struct kpid_err *err)
{
	const bool new_fine = cli_option(p->cli, "new") != NULL;
	char org[16];
	struct db_rows rows;

	(void)snprintf(org, sizeof(org), "%d", p->series.org);
	const struct db_param params[] = { DB_TEXT(p->hand.indicator),
		DB_TEXT(org), DB_TEXT(p->series.span),
		DB_TEXT(p->series.dims) };

	if (!db_rows(db,
		&(struct db_query){
		    "select kind, name, text from kpid.hand_series($1,"
		    " $2::integer, $3, $4::jsonb)",
		    params, ARRAY_LEN(params) },
		&p->cli->mem, &rows, err)
	    || !check_org(p, &rows, err)
	    || (!new_fine && !check_dims(p, &rows, err)))
		return false;
	if (!new_fine && row_of(&rows, "same", 0, NAME) == NULL
	    && row_of(&rows, "other", 0, NAME) != NULL)
		return refuse_new(p, &rows, err);
	return take_frequency(p, &rows, err);
}
