/* One call, one transaction. */
#include <stdlib.h>

#include "kpid/evaluate.h"

static long
count_at(const struct db_rows *rows, size_t column)
{
	const char *text = db_cell(rows, 0, column);

	return text == NULL ? 0 : strtol(text, NULL, 10);
}

bool
evaluate_owed(struct db *db, struct evaluate_counts *out, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct db_rows rows;

	if (!db_rows(db,
		&(struct db_query){ "select evaluated, opened, closed, mails"
				    " from kpid.evaluate()",
		    NULL, 0 },
		&mem, &rows, err))
		return err_wrap(err, "could not evaluate the targets");
	if (rows.n != 1)
		return err_set(err, KPID_EINTERNAL,
		    "%zu answers of "
		    "kpid.evaluate",
		    rows.n);
	*out = (struct evaluate_counts){ count_at(&rows, 0), count_at(&rows, 1),
		count_at(&rows, 2), count_at(&rows, 3) };
	return true;
}
