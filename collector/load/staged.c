/* The general way: every row into pg_temp.staged, then kpid.merge. */
#include <string.h>

#include "batch.h"
#include "stage.h"

bool
staged_open(struct work *w, bool series, struct kpid_err *err)
{
	return db_copy_begin(w->db,
	    series ? "copy pg_temp.staged_series from stdin (format binary)"
		   : "copy pg_temp.staged from stdin (format binary)",
	    err);
}

static bool
send_rows(struct work *w, struct kpid_err *err)
{
	if (!staged_open(w, false, err))
		return false;
	for (size_t i = 0; i < w->n; i++) {
		const struct item *it = &w->items[i];
		const struct sender all = stage_all(&it->taken);

		if (!item_loads(it))
			continue;
		if (!it->repeats
		    && !stage_rows(w->db, &w->in, &it->taken, &all, err))
			return false;
		if (!stage_rejects(w->db, &w->in, &it->taken, err))
			return false;
	}
	return db_copy_end(w->db, err);
}

static bool
send_series(struct work *w, struct kpid_err *err)
{
	if (!staged_open(w, true, err))
		return false;
	for (size_t i = 0; i < w->n; i++)
		if (item_loads(&w->items[i]) && !w->items[i].repeats
		    && !stage_series(w->db, &w->items[i].taken, false, err))
			return false;
	return db_copy_end(w->db, err);
}

/* The IDs of what is to be merged, as an array's text, or NULL for none;
 * *unique: no key stands twice among them, as far as seen while reading. */
static const char *
loaded_array(struct work *w, bool *unique)
{
	const char *text = "{";
	size_t n = 0;

	*unique = true;
	for (size_t i = 0; i < w->n; i++) {
		const struct item *it = &w->items[i];

		if (!item_loads(it))
			continue;
		text = arena_printf(&w->mem, "%s%s%d", text, n++ > 0 ? "," : "",
		    it->taken.delivery);
		*unique = *unique && !it->taken.repeats;
	}
	return n == 0 ? NULL : arena_printf(&w->mem, "%s}", text);
}

static bool
merge(struct work *w, struct kpid_err *err)
{
	bool unique;
	const char *ids = loaded_array(w, &unique);
	const struct db_param params[] = { DB_TEXT(ids),
		DB_TEXT(unique ? "t" : "f") };

	return ids == NULL
	    || counts_take(w,
		&(struct db_query){
		    "select delivery, read, inserted, revised,"
		    " unchanged, rejected, withdrawn"
		    " from kpid.merge($1::integer[], $2::boolean)",
		    params, 2 },
		err);
}

bool
staged_load(struct work *w, struct kpid_err *err)
{
	return send_rows(w, err) && send_series(w, err) && gates_pass(w, err)
	    && merge(w, err);
}
