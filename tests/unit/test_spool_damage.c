/* rooms: base config schedule spool */
#include "../support/spool_rig.h"

/* The two files of a body, in the tests of what is in them. */
static const char pair_id[] = "00000000000000000007";

Test(spool, a_damaged_body_is_an_error_that_says_how)
{
	static const struct {
		const char *body, *says, *why;
	} table[] = {
		{ "1234", "it has 4 bytes, 5 were written", "cut" },
		{ "1234x", "its SHA-256 is not the one that was written",
		    "changed" },
		{ NULL, "could not open", "gone" },
	};
	CLEANUP(rig_free) struct rig r = { 0 };

	rig_open(&r);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		const char *id = put_pair(&r, pair_id, "a", "12345");
		struct kpid_err err = { .retry = true };
		struct spool_meta meta = { .feed = "untouched" };
		int fd = -7;

		if (table[i].body != NULL)
			overwrite(path(&r, id, ".body"), table[i].body);
		else
			(void)unlink(path(&r, id, ".body"));
		cr_expect(!spool_read(r.spool, id, &r.mem, &meta, &fd, &err),
		    "row %zu (%s): was read", i, table[i].why);
		cr_expect(strstr(err.msg, table[i].says) != NULL,
		    "row %zu (%s): got '%s'", i, table[i].why, err.msg);
		cr_expect(err.code == KPID_ESPOOL && !err.retry);
		cr_expect(fd == -7 && strcmp(meta.feed, "untouched") == 0);
	}
}

Test(spool, a_damaged_description_is_an_error)
{
	static const char *const table[] = { "", "{", "[]", "{\"feed\":\"a\"}",
		"{\"feed\":\"a\",\"url\":\"u\",\"sha256\":\"12\"}" };
	CLEANUP(rig_free) struct rig r = { 0 };

	rig_open(&r);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		const char *id = put_pair(&r, pair_id, "a", "12345");
		struct kpid_err err = { 0 };
		struct spool_meta meta;
		int fd;

		overwrite(path(&r, id, ".json"), table[i]);
		cr_expect(!spool_read(r.spool, id, &r.mem, &meta, &fd, &err),
		    "row %zu: was read", i);
		cr_expect_eq(err.code, KPID_ESPOOL, "row %zu: '%s'", i,
		    err.msg);
	}
}

/* One bit of a description: a date, an address or a feed would be another. */
Test(spool, every_changed_byte_of_a_description_is_found)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct kpid_err err = { 0 };
	struct spool_meta meta;
	char text[1024];
	size_t len;
	FILE *f;

	rig_open(&r);
	const char *id = put_pair(&r, pair_id, "a", "12345");
	const char *file = path(&r, id, ".json");

	f = fopen(file, "re");
	cr_assert_not_null(f);
	len = fread(text, 1, sizeof(text) - 1, f);
	(void)fclose(f);
	text[len] = '\0';
	for (size_t i = 0; i < len; i++) {
		if (strchr(" \n", text[i]) != NULL)
			continue; /* says nothing */
		text[i] ^= 1;
		overwrite(file, text);
		cr_expect(!spool_describe(r.spool, id, &r.mem, &meta, &err),
		    "byte %zu: %s", i, text);
		text[i] ^= 1;
	}
	overwrite(file, text);
	cr_assert(spool_describe(r.spool, id, &r.mem, &meta, &err), "%s",
	    err.msg);
	cr_expect_str_eq(meta.feed, "a");
	overwrite(path(&r, id, ".body"), "123x5");
	cr_expect(spool_describe(r.spool, id, &r.mem, &meta, &err),
	    "whose a damaged body is can still be read");
}
