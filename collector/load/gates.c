/* The gates: what the database says of deliveries as a whole. */
#include <stdlib.h>

#include "batch.h"

struct gate_finding {
	int delivery;
	struct finding finding; /* holds its delivery */
};

/* Line and column may be 0: none can be named. */
static uint32_t
place(const struct db_rows *rows, size_t row, size_t column)
{
	return (uint32_t)strtoul(db_cell(rows, row, column), NULL, 10);
}

/* ids: deliveries as an array's text. The list lives in mem. */
static bool
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

/* What looks wrong as a whole is held: a person decides about it, while the
 * last good values keep serving. */
static bool
hold_back(struct work *w, struct item *it, const struct finding *f,
    struct kpid_err *err)
{
	const struct observation_sink out = intake_sink(&w->in);
	struct load_result *r = it->result;

	w->in.now = &it->taken;
	if (!out.finding(out.ctx, f, err))
		return false;
	r->findings = it->taken.findings;
	if (r->outcome == LOAD_HELD)
		return true;
	r->outcome = LOAD_HELD;
	(void)!err_set(&r->err, KPID_ECONTRACT,
	    "held: %s. HINT: kpid replay %d --commit loads it all the same, "
	    "kpid retract %d --why TEXT puts it aside",
	    it->taken.held_by.msg, r->delivery, r->delivery);
	return true;
}

/* What is to be asked about, as an array's text: repeats passed before. */
static const char *
asked_array(struct work *w)
{
	const char *text = NULL;

	for (size_t i = 0; i < w->n; i++)
		if (item_loads(&w->items[i]) && !w->items[i].repeats)
			text = arena_printf(&w->mem, "%s%c%d",
			    text == NULL ? "" : text, text == NULL ? '{' : ',',
			    w->items[i].taken.delivery);
	return text == NULL ? NULL : arena_printf(&w->mem, "%s}", text);
}

bool
gates_pass(struct work *w, struct kpid_err *err)
{
	const struct gate_finding *list = NULL;
	size_t n = 0;
	const char *ids = asked_array(w);

	if (ids == NULL)
		return true;
	if (!gates_ask(w->db, ids, &w->mem, &list, &n, err))
		return false;
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < w->n; k++)
			if (w->items[k].taken.delivery == list[i].delivery
			    && !hold_back(w, &w->items[k], &list[i].finding,
				err))
				return false;
	return true;
}
