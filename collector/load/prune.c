/* Bodies that nobody needs any longer, by the configuration's policy. */
#include <stdlib.h>
#include <string.h>

#include "kpid/json_text.h"
#include "kpid/load.h"

#define POLICY_BYTES (4 << 20)
#define BATCH        "20000" /* bodies in a transaction */
#define ALL          "2147483646"

bool
prune_wanted(const struct config *cfg)
{
	bool wanted = cfg->bodies.keep_days > 0;

	for (size_t i = 0; i < cfg->n_feeds; i++)
		wanted = wanted || cfg->feeds[i].bodies.keep_days > 0;
	return wanted;
}

/* {"keep_days":730,"feeds":{"visits":30}}, with its NUL. */
static bool
put_policy(const struct config *cfg, struct buf *b, struct kpid_err *err)
{
	bool ok = buf_puts(b, "{");

	if (cfg->bodies.keep_days > 0)
		ok = ok
		    && buf_printf(b, "\"keep_days\":%d", cfg->bodies.keep_days);
	ok = ok && json_put_key(b, "feeds") && buf_puts(b, "{");
	for (size_t i = 0; ok && i < cfg->n_feeds; i++)
		if (cfg->feeds[i].bodies.keep_days > 0)
			ok = json_put_key(b, cfg->feeds[i].name)
			    && buf_printf(b, "%d",
				cfg->feeds[i].bodies.keep_days);
	return ok && buf_put(b, "}}", 3)
	    ? true
	    : err_set(err, KPID_EINTERNAL, "too many feeds");
}

/* One batch; *more: there is another. */
static bool
prune_some(struct db *db, const char *policy, bool dry_run,
    struct prune_counts *counts, bool *more, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const struct db_param params[] = { DB_TEXT(policy),
		DB_TEXT(dry_run ? ALL : BATCH), DB_TEXT(dry_run ? "t" : "f") };
	struct db_rows rows;

	if (!db_rows(db,
		&(struct db_query){
		    "select bodies, bytes, more"
		    " from kpid.body_prune($1::jsonb, $2::integer,"
		    " $3::boolean)",
		    params, ARRAY_LEN(params) },
		&mem, &rows, err))
		return err_wrap(err, "could not prune bodies");
	counts->bodies += strtoull(db_cell(&rows, 0, 0), NULL, 10);
	counts->bytes += strtoull(db_cell(&rows, 0, 1), NULL, 10);
	*more = strcmp(db_cell(&rows, 0, 2), "t") == 0;
	return true;
}

bool
bodies_prune(struct db *db, const struct config *cfg, bool dry_run,
    struct prune_counts *out, struct kpid_err *err)
{
	CLEANUP(buf_release) struct buf policy;
	bool more = prune_wanted(cfg);

	*out = (struct prune_counts){ 0 };
	buf_init(&policy, POLICY_BYTES);
	if (!put_policy(cfg, &policy, err))
		return false;
	while (more)
		if (!prune_some(db, policy.ptr, dry_run, out, &more, err))
			return false;
	return true;
}
