/* rooms: base config schedule spool */
#include "../support/spool_rig.h"

/* A body begun, and what is to be said of it. */
static struct spool_body
begun(struct rig *r, const char *feed)
{
	struct spool_body b = { .meta = meta_of(feed), .mem = &r->mem };
	struct kpid_err err = { 0 };

	b.writer = spool_begin(r->spool);
	cr_assert(spool_write(b.writer, feed, strlen(feed), &err), "%s",
	    err.msg);
	return b;
}

Test(spool, bodies_committed_together_stand_or_fall_by_themselves)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	const char *const *ids;

	rig_open(&r);
	struct spool_body list[] = { begun(&r, "a"), begun(&r, "not \xff utf"),
		begun(&r, "c") };
	struct spool_body *const all[] = { &list[0], &list[1], &list[2] };

	cr_expect(count(&r, &ids) == 0, "nothing stands before");
	spool_commit_all(all, 3);
	cr_expect(list[0].ok && !list[1].ok && list[2].ok);
	cr_expect(strstr(list[1].err.msg, "not UTF-8") != NULL, "%s",
	    list[1].err.msg);
	cr_expect(list[0].meta.bytes == 1 && list[2].meta.id != NULL);
	spool_close(list[0].writer);
	spool_abort(list[1].writer);
	spool_close(list[2].writer);
	cr_assert(count(&r, &ids) == 2);
	cr_expect_str_eq(ids[0], list[0].meta.id);
	cr_expect_str_eq(ids[1], list[2].meta.id);
	cr_expect(put(&r, "d", "later") != NULL, "the spool goes on");
}
