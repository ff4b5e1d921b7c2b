/* Leases, asked of the database. */
#include "claimer.h"

#include <stdlib.h>

#include "wire.h"

/* What one request works with. */
struct claim {
	struct db *db;
	const char *holder, *length; /* seconds, as text */
	struct arena *mem;
};

bool
claimer_ready(int fd, struct kpid_err *err)
{
	return wire_send(fd, json_pack("{s:[],s:[]}", "claimed", "lost"), err);
}

static bool
ask(const struct claim *c, const char *sql, const json_t *list,
    struct db_rows *rows, struct kpid_err *err)
{
	char *text = json_dumps(list, 0);
	const struct db_param params[] = { DB_TEXT(c->holder),
		DB_TEXT(c->length), DB_TEXT(text) };
	bool ok =
	    db_rows(c->db, &(struct db_query){ sql, params, ARRAY_LEN(params) },
		c->mem, rows, err);

	free(text);
	return ok;
}

static json_t *
number_or_null(const char *text)
{
	return text == NULL ? json_null()
			    : json_integer(strtoll(text, NULL, 10));
}

static json_t *
text_or_null(const char *text)
{
	return text == NULL ? json_null() : json_string(text);
}

static json_t *
claim_json(const struct db_rows *rows, size_t i)
{
	const char *others = db_cell(rows, i, 3);

	return json_pack("[s,o,o,o,o,b,o]", db_cell(rows, i, 0),
	    number_or_null(db_cell(rows, i, 1)),
	    number_or_null(db_cell(rows, i, 2)),
	    text_or_null(db_cell(rows, i, 4)),
	    text_or_null(db_cell(rows, i, 5)),
	    (int)(others != NULL && others[0] == 't'),
	    text_or_null(db_cell(rows, i, 6)));
}

static bool
claim(const struct claim *c, const json_t *list, json_t *out,
    struct kpid_err *err)
{
	struct db_rows rows;

	if (json_array_size(list) == 0)
		return true;
	if (!ask(c,
		"select feed, token, wait_ms, others, etag, last_modified,"
		" contract from kpid.lease_claim($1,"
		" $2::integer * interval '1 second', $3::jsonb)",
		list, &rows, err))
		return false;
	for (size_t i = 0; i < rows.n; i++)
		(void)json_array_append_new(out, claim_json(&rows, i));
	return true;
}

static bool
renew(const struct claim *c, const json_t *list, json_t *out,
    struct kpid_err *err)
{
	struct db_rows rows;

	if (json_array_size(list) == 0)
		return true;
	if (!ask(c,
		"select feed from kpid.lease_renew($1,"
		" $2::integer * interval '1 second', $3::jsonb)",
		list, &rows, err))
		return false;
	for (size_t i = 0; i < rows.n; i++)
		(void)json_array_append_new(out,
		    json_string(db_cell(&rows, i, 0)));
	return true;
}

static bool
end(const struct claim *c, const json_t *list, struct kpid_err *err)
{
	char *text;
	bool ok;

	if (json_array_size(list) == 0)
		return true;
	text = json_dumps(list, 0);
	ok = db_exec(c->db, "select kpid.lease_end($1, $2::jsonb)",
	    (const struct db_param[]){ DB_TEXT(c->holder), DB_TEXT(text) }, 2,
	    err);
	free(text);
	return ok;
}

bool
claimer_serve(struct db *db, const struct config *cfg, int fd,
    const json_t *request, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct claim c = { .db = db,
		.holder = json_string_value(json_object_get(request, "holder")),
		.length = arena_printf(&mem, "%d", cfg->instances.lease_s),
		.mem = &mem };
	json_t *claimed = json_array(), *lost = json_array();

	/* What is given back first: another may be waiting for it. */
	if (end(&c, json_object_get(request, "end"), err)
	    && renew(&c, json_object_get(request, "renew"), lost, err)
	    && claim(&c, json_object_get(request, "claim"), claimed, err))
		return wire_send(fd,
		    json_pack("{s:o,s:o}", "claimed", claimed, "lost", lost),
		    err);
	json_decref(claimed);
	json_decref(lost);
	err->retry = true;
	return false;
}
