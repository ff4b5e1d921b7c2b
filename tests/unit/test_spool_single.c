/* rooms: base config schedule spool */
/* Bodies that have one file with their description, and those beside them that
 * have two. */
#include "../support/spool_rig.h"

static const char old_id[] = "00000000000000000007";

static bool
is_read(struct rig *r, const char *id, struct kpid_err *err)
{
	struct spool_meta meta = { .feed = "untouched" };
	int fd = -7;
	const bool ok = spool_read(r->spool, id, &r->mem, &meta, &fd, err);

	if (ok)
		(void)close(fd);
	else
		cr_expect(fd == -7 && strcmp(meta.feed, "untouched") == 0);
	return ok;
}

static struct slice
start_of(struct slice all, size_t len)
{
	return (struct slice){ all.ptr, len };
}

Test(spool_single, a_small_body_is_one_file_and_a_large_one_two)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	const char *small, *large;

	rig_open(&r);
	small = put(&r, "a", text_of(&r, SPOOL_SMALL - 1));
	large = put(&r, "a", text_of(&r, SPOOL_SMALL));
	cr_expect(exists(&r, small, ".spool") && !exists(&r, small, ".part"));
	cr_expect(!exists(&r, small, ".body") && !exists(&r, small, ".json"));
	cr_expect(exists(&r, large, ".body") && exists(&r, large, ".json"));
	cr_expect(!exists(&r, large, ".spool") && !exists(&r, large, ".part"));
	expect_read(&r, small, text_of(&r, SPOOL_SMALL - 1), "small");
	expect_read(&r, large, text_of(&r, SPOOL_SMALL), "large");
}

/* The format stands in the public header: others may read it. */
Test(spool_single, the_file_is_as_it_is_written_down)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	char footer[128], hex[2 * SHA256_LEN + 1];
	uint8_t sum[SHA256_LEN];
	struct slice all, said;

	rig_open(&r);
	all = contents(&r, path(&r, put(&r, "rain", "1,2\n"), ".spool"));
	cr_assert_gt(all.len, 4 + 81);
	said = (struct slice){ all.ptr + 4, all.len - 4 - 81 };
	cr_expect_eq(memcmp(all.ptr, "1,2\n{\"feed\":\"rain\",", 19), 0);
	sha256_of(said.ptr, said.len, sum);
	hex_encode(sum, sizeof(sum), hex);
	(void)snprintf(footer, sizeof(footer), "kpid 1 %08zx %s\n", said.len,
	    hex);
	cr_expect_str_eq(all.ptr + all.len - 81, footer);
}

Test(spool_single, a_file_cut_anywhere_is_found)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	const char *id, *file;
	struct slice all;

	rig_open(&r);
	id = put(&r, "a", "12345");
	file = path(&r, id, ".spool");
	all = contents(&r, file);
	for (size_t len = 0; len < all.len; len++) {
		struct kpid_err err = { .retry = true };
		struct spool_meta meta;

		overwrite_with(file, start_of(all, len));
		cr_expect(!is_read(&r, id, &err), "%zu bytes: was read", len);
		cr_expect(err.code == KPID_ESPOOL && !err.retry
			&& strstr(err.msg, ".spool' is damaged") != NULL,
		    "%zu bytes: %s", len, err.msg);
		cr_expect(!spool_describe(r.spool, id, &r.mem, &meta, &err),
		    "%zu bytes: was described", len);
		cr_expect(spool_has(r.spool, id), "it is still there");
	}
	overwrite_with(file, all);
	expect_read(&r, id, "12345", "whole again");
}

/* As a page of the disk that was never written: what stands behind is there. */
Test(spool_single, every_changed_bit_is_found)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	const char *id, *file;
	struct slice all;
	char *text;

	rig_open(&r);
	id = put(&r, "a", "12345");
	file = path(&r, id, ".spool");
	all = contents(&r, file);
	text = arena_strndup(&r.mem, all.ptr, all.len);
	for (size_t bit = 0; bit < 8 * all.len; bit++) {
		struct kpid_err err = { 0 };

		text[bit / 8] = (char)(text[bit / 8] ^ (1 << bit % 8));
		overwrite_with(file, (struct slice){ text, all.len });
		cr_expect(!is_read(&r, id, &err), "bit %zu: was read", bit);
		cr_expect_eq(err.code, KPID_ESPOOL, "bit %zu: %s", bit,
		    err.msg);
		text[bit / 8] = (char)(text[bit / 8] ^ (1 << bit % 8));
	}
}

/* Whose a body is can be read when only the body is damaged, and how it is. */
Test(spool_single, damage_is_told_apart)
{
	static const struct {
		const char *body, *says, *why;
		bool described;
	} table[] = {
		{ "123x5", "its SHA-256 is not the one", "changed", true },
		{ "1234", "it has 4 bytes, 5 were written", "shorter", true },
		{ "123456", "it has 6 bytes, 5 were written", "longer", true },
	};
	CLEANUP(rig_free) struct rig r = { 0 };
	const char *id, *file, *rest;

	rig_open(&r);
	id = put(&r, "a", "12345");
	file = path(&r, id, ".spool");
	rest = contents(&r, file).ptr + 5;
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct kpid_err err = { 0 };
		struct spool_meta meta;

		overwrite(file,
		    arena_printf(&r.mem, "%s%s", table[i].body, rest));
		cr_expect(!is_read(&r, id, &err), "row %zu (%s): was read", i,
		    table[i].why);
		cr_expect(strstr(err.msg, table[i].says) != NULL,
		    "row %zu (%s): %s", i, table[i].why, err.msg);
		cr_expect_eq(spool_describe(r.spool, id, &r.mem, &meta, &err),
		    table[i].described, "row %zu (%s)", i, table[i].why);
	}
}

/* Descriptions of any length: the end of a file is read a part at a time. */
Test(spool_single, long_descriptions_are_read)
{
	CLEANUP(rig_free) struct rig r = { 0 };

	rig_open(&r);
	for (size_t len = 1500; len < 200000; len += 1 + len / 5) {
		struct spool_meta meta = meta_of("a"), out;
		struct spool_writer *w = spool_begin(r.spool);
		struct kpid_err err = { 0 };

		meta.etag = text_of(&r, len);
		cr_assert(spool_write(w, "123", 3, &err)
			&& spool_commit(w, &meta, &r.mem, &err)
			&& spool_describe(r.spool, meta.id, &r.mem, &out, &err),
		    "%zu: %s", len, err.msg);
		cr_expect_str_eq(out.etag, meta.etag);
		expect_read(&r, meta.id, "123", "with a long description");
	}
}

/* A body may be such a file itself, or its end look like one. */
Test(spool_single, a_body_that_is_a_spooled_file_is_a_body)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	const char *inner;

	rig_open(&r);
	inner = contents(&r, path(&r, put(&r, "a", "12345"), ".spool")).ptr;
	expect_read(&r, put(&r, "b", inner), inner, "a file in a file");
}

Test(spool_single, bodies_of_the_old_layout_are_drained)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct kpid_err err = { 0 };
	struct spool_meta meta;
	const char *const *ids, *newer;

	rig_open(&r);
	newer = put(&r, "new", "new");
	put_pair(&r, old_id, "old", "older");
	cr_assert(spool_open(r.dir, &r.mem, &r.spool, &err), "%s", err.msg);
	cr_assert_eq(count(&r, &ids), 2);
	cr_expect_str_eq(ids[0], old_id, "in order of receipt");
	cr_expect_str_eq(ids[1], newer);
	cr_assert(spool_describe(r.spool, old_id, &r.mem, &meta, &err), "%s",
	    err.msg);
	cr_expect_str_eq(meta.feed, "old");
	expect_read(&r, old_id, "older", "old");
	spool_look(r.spool);
	cr_expect_eq(spool_bytes(r.spool), 5 + 3, "of bodies alone");
	cr_assert(spool_has(r.spool, old_id));
	cr_assert(spool_remove(r.spool, old_id, &err), "%s", err.msg);
	cr_expect(!spool_has(r.spool, old_id));
	cr_expect(!exists(&r, old_id, ".body") && !exists(&r, old_id, ".json"));
	put_pair(&r, old_id, "old", "older");
	cr_assert(spool_set_aside(r.spool, old_id, "why", &err), "%s", err.msg);
	cr_expect(exists(&r, "aside/00000000000000000007", ".body"));
	cr_expect(exists(&r, "aside/00000000000000000007", ".json"));
	cr_expect_eq(count(&r, &ids), 1);
}

/* A crash at any instant leaves nothing or a whole body: what lies there
 * between two steps is removed, and never listed. */
Test(spool_single, what_a_crash_leaves_between_two_steps_goes)
{
	static const struct {
		const char *files[3], *why;
	} table[] = {
		{ { ".part" }, "begun, or with its trailer" },
		{ { ".body" }, "large, and without a description" },
		{ { ".body", ".json.part" }, "large, description not named" },
		{ { ".json.part" }, "a description alone" },
	};
	CLEANUP(rig_free) struct rig r = { 0 };
	struct slice whole;

	rig_open(&r);
	whole = contents(&r, path(&r, put(&r, "a", "12345"), ".spool"));
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct kpid_err err = { 0 };
		const char *const *ids;

		for (size_t f = 0; f < 3 && table[i].files[f] != NULL; f++)
			overwrite_with(path(&r, old_id, table[i].files[f]),
			    whole);
		cr_expect_eq(count(&r, &ids), 1, "row %zu (%s): is listed", i,
		    table[i].why);
		cr_assert(spool_open(r.dir, &r.mem, &r.spool, &err), "%s",
		    err.msg);
		for (size_t f = 0; f < 3 && table[i].files[f] != NULL; f++)
			cr_expect(!exists(&r, old_id, table[i].files[f]),
			    "row %zu (%s): is left", i, table[i].why);
	}
}

/* Another process had the same microsecond, and is through. */
Test(spool_single, no_whole_body_is_overwritten)
{
	static const char *const names[] = { ".spool", ".body" };
	static const char late[] = "09000000000000000000",
			  next[] = "09000000000000000001";
	CLEANUP(rig_free) struct rig r = { 0 };

	rig_open(&r);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		struct kpid_err err = { 0 };

		overwrite(path(&r, late, ".spool"), "");
		cr_assert(spool_open(r.dir, &r.mem, &r.spool, &err), "%s",
		    err.msg);
		overwrite(path(&r, next, names[i]), "another's");
		cr_expect_str_eq(put(&r, "a", "x"), "09000000000000000002",
		    "%s", names[i]);
		cr_expect_str_eq(contents(&r, path(&r, next, names[i])).ptr,
		    "another's");
		cr_expect(!exists(&r, next, ".part"));
		(void)unlink(path(&r, next, names[i]));
		(void)unlink(path(&r, "09000000000000000002", ".spool"));
	}
}
