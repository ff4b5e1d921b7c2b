/* Deliveries that say nothing new, known by one digest of all they say. */
#include <stdlib.h>

#include "batch.h"

struct lists { /* as arrays' texts */
	struct buf ids, digests, reads;
};

static bool
put_item(struct lists *l, const struct item *it)
{
	const char *comma = l->ids.len > 1 ? "," : "";
	bool known;
	char digest[DIGEST_TEXT_MAX];

	digest_format(taken_digest(&it->taken, &known), digest);
	return buf_printf(&l->ids, "%s%d", comma, it->taken.delivery)
	    && buf_printf(&l->digests, "%s%s", comma, known ? digest : "null")
	    && buf_printf(&l->reads, "%s%llu", comma,
		(unsigned long long)it->result->read);
}

static bool
ask(struct work *w, const struct lists *l, struct kpid_err *err)
{
	const struct db_param params[] = { DB_TEXT(l->ids.ptr),
		DB_TEXT(l->digests.ptr), DB_TEXT(l->reads.ptr) };
	struct db_rows rows;

	if (!db_rows(w->db,
		&(struct db_query){
		    "select c from kpid.content($1::integer[], $2::uuid[],"
		    " $3::bigint[]) c",
		    params, ARRAY_LEN(params) },
		&w->mem, &rows, err))
		return false;
	for (size_t i = 0; i < rows.n; i++) {
		const long id = strtol(db_cell(&rows, i, 0), NULL, 10);

		for (size_t k = 0; k < w->n; k++)
			if (w->items[k].taken.delivery == id)
				w->items[k].repeats = true;
	}
	w->shortcut = w->shortcut || rows.n > 0;
	return true;
}

static void
lists_release(struct lists *l)
{
	buf_release(&l->ids);
	buf_release(&l->digests);
	buf_release(&l->reads);
}

bool
content_ask(struct work *w, struct kpid_err *err)
{
	CLEANUP(lists_release) struct lists l = { 0 };
	struct buf *const all[] = { &l.ids, &l.digests, &l.reads };
	bool ok = true;

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		buf_init(all[i], 64 << 20);
		ok = ok && buf_puts(all[i], "{");
	}
	for (size_t i = 0; ok && i < w->n; i++)
		if (item_loads(&w->items[i]))
			ok = put_item(&l, &w->items[i]);
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		ok = ok && buf_put(all[i], "}", 2); /* and its NUL */
	if (!ok)
		return err_set(err, KPID_EINTERNAL, "a batch over its limit");
	return l.ids.len == 3 || ask(w, &l, err);
}
