/* The gates, asked. */
#include <stdlib.h>

#include "gates.h"

/* Line and column may be 0: none can be named. */
static uint32_t
place(const struct db_rows *rows, size_t row, size_t column)
{
	return (uint32_t)strtoul(db_cell(rows, row, column), NULL, 10);
}

bool
gates_ask(struct db *db, const char *ids, struct arena *mem,
    const struct gate_finding **list, size_t *n, struct kpid_err *err)
{
	struct db_rows rows;
	struct gate_finding *found;

	if (!db_rows(db,
		&(struct db_query){
		    "select delivery, line, col, kind, text, text_ja, suggestion"
		    " from kpid.gates($1::integer[])",
		    &DB_TEXT(ids), 1 },
		mem, &rows, err))
		return err_wrap(err, "could not look at what was staged");
	found = arena_array(mem, rows.n, sizeof(*found));
	for (size_t i = 0; i < rows.n; i++) {
		const long id = strtol(db_cell(&rows, i, 0), NULL, 10);

		found[i] = (struct gate_finding){ (int)id,
			{ .line = place(&rows, i, 1),
			    .column = place(&rows, i, 2),
			    .kind = db_cell(&rows, i, 3),
			    .text = db_cell(&rows, i, 4),
			    .text_ja = db_cell(&rows, i, 5),
			    .suggestion = db_cell(&rows, i, 6),
			    .holds = true } };
	}
	*list = found;
	*n = rows.n;
	return true;
}
