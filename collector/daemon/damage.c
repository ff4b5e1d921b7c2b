/* Spooled bodies that no longer are what was written. */
#include "damage.h"

#include "kpid/log.h"

bool
damage_set_aside(struct spool *s, const char *id, const char *why,
    json_t *again, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct kpid_err unread = { 0 };
	struct spool_meta meta;
	const bool known = spool_describe(s, id, &mem, &meta, &unread);

	log_error("spool", "%s; set aside, %s is fetched again", why,
	    known ? meta.feed : "every feed");
	if (!spool_set_aside(s, id, why, err))
		return false;
	(void)json_array_append_new(again,
	    known ? json_string(meta.feed) : json_null());
	return true;
}

void
damage_found(const struct load_result *results, size_t n, json_t *again)
{
	for (size_t i = 0; i < n; i++)
		if (results[i].outcome == LOAD_FAILED
		    && results[i].err.code == KPID_ESPOOL)
			(void)json_array_append_new(again,
			    json_string(results[i].feed->name));
}
