/* rooms: base spool fetch */
#include "../support/fetch_rig.h"

static const char *
file_url(struct rig *r, const char *name)
{
	return arena_printf(&r->mem, "file://%s/%s", r->roots[0], name);
}

Test(file_fetch, a_file_below_a_root_is_spooled)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct answer a;

	rig_open(&r);
	rig_file(&r, "令和6年 9月.csv", "a,b\n1,2\n");
	a = rig_fetch(&r, file_url(&r, "令和6年%209月.csv"), NULL);
	cr_assert_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
	cr_expect_str_eq(a.body, "a,b\n1,2\n");
	cr_expect_str_eq(a.meta.feed, "figures");
	cr_expect_eq(a.meta.fetched_at, RIG_NOW);
	cr_expect(!a.meta.has_published);
	cr_expect_eq(a.status, 0);
}

Test(file_fetch, the_feeds_own_url_and_an_empty_file)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct answer a;

	rig_open(&r);
	rig_file(&r, "empty.csv", "");
	r.feed.url = file_url(&r, "empty.csv");
	a = rig_fetch(&r, NULL, NULL);
	cr_assert_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
	cr_expect_eq(a.meta.bytes, 0);
}

Test(file_fetch, links_inside_are_followed_and_links_out_are_not)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct answer in, out, dir;
	const char *inside;

	rig_open(&r);
	inside = rig_file(&r, "a.csv", "x\n");
	cr_assert_eq(symlink(inside, arena_printf(&r.mem, "%s/in", r.roots[0])),
	    0);
	cr_assert_eq(symlink("/etc/passwd",
			 arena_printf(&r.mem, "%s/out", r.roots[0])),
	    0);
	cr_assert_eq(symlink("/etc",
			 arena_printf(&r.mem, "%s/dir", r.roots[0])),
	    0);
	in = rig_fetch(&r, file_url(&r, "in"), NULL);
	out = rig_fetch(&r, file_url(&r, "out"), NULL);
	dir = rig_fetch(&r, file_url(&r, "dir/passwd"), NULL);
	cr_expect_eq(in.outcome, FETCH_BODY, "%s", in.err.msg);
	cr_expect_eq(out.outcome, FETCH_FAILED);
	cr_expect_eq(out.err.code, KPID_EREFUSED, "%s", out.err.msg);
	cr_expect_eq(dir.err.code, KPID_EREFUSED, "%s", dir.err.msg);
}

Test(file_fetch, failures_name_the_file_and_the_reason)
{
	static const struct {
		const char *name, *says;
		enum kpid_code code;
	} table[] = {
		{ "none.csv", "there is no file '", KPID_EFETCH },
		{ "a.csv/b.csv", "there is no file '", KPID_EFETCH },
		{ "", "is below none of the directories", KPID_EREFUSED },
		{ "sub", "is a directory, not a file", KPID_EFETCH },
		{ "fifo", "is not a plain file", KPID_EFETCH },
		{ "../spool", "is below none of the directories",
		    KPID_EREFUSED },
		{ "../../../../../../etc/passwd",
		    "HINT: add its directory to "
		    "\"file_roots\"",
		    KPID_EREFUSED },
		{ "%00", "with its whole path", KPID_EREFUSED },
	};
	CLEANUP(rig_free) struct rig r = { 0 };

	rig_open(&r);
	rig_file(&r, "a.csv", "x\n");
	cr_assert_eq(mkdir(arena_printf(&r.mem, "%s/sub", r.roots[0]), 0700),
	    0);
	cr_assert_eq(mkfifo(arena_printf(&r.mem, "%s/fifo", r.roots[0]), 0600),
	    0);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct answer a =
		    rig_fetch(&r, file_url(&r, table[i].name), NULL);

		cr_expect_eq(a.outcome, FETCH_FAILED, "row %zu (%s)", i,
		    table[i].name);
		cr_expect(strstr(a.err.msg, table[i].says) != NULL,
		    "row %zu (%s): got '%s'", i, table[i].name, a.err.msg);
		cr_expect_eq(a.err.code, table[i].code, "row %zu", i);
		cr_expect_eq(strncmp(a.err.msg, "could not fetch 'file:", 22),
		    0, "row %zu: got '%s'", i, a.err.msg);
	}
	rig_expect_empty(&r, "failures");
}

/* Root reads everything: the child becomes nobody first. */
Test(file_fetch, a_file_that_may_not_be_read_says_who_may_not)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	int status = 0;

	rig_open(&r);
	cr_assert_eq(chmod(rig_file(&r, "a.csv", "x\n"), 0), 0);
	cr_assert_eq(chmod(r.dir, 0755) | chmod(r.roots[0], 0755), 0);
	pid_t child = fork();
	if (child == 0) {
		struct answer a;

		if (geteuid() == 0 && setuid(65534) != 0)
			_exit(2);
		a = rig_fetch(&r, file_url(&r, "a.csv"), NULL);
		_exit(strstr(a.err.msg, "Permission denied. HINT: user ")
			    != NULL
			? 0
			: 1);
	}
	cr_assert_eq(waitpid(child, &status, 0), child);
	cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 0, "status %d",
	    status);
}

Test(file_fetch, a_file_over_its_limit_is_refused)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct answer a;

	rig_open(&r);
	r.feed.max_bytes = 4;
	rig_file(&r, "four", "1234");
	rig_file(&r, "five", "12345");
	a = rig_fetch(&r, file_url(&r, "four"), NULL);
	cr_expect_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
	a = rig_fetch(&r, file_url(&r, "five"), NULL);
	cr_expect_eq(a.err.code, KPID_EREFUSED);
	cr_expect_not_null(
	    strstr(a.err.msg,
		"larger than 4 bytes. HINT: "
		"when that is right, raise \"max_bytes\" of feed 'figures'"),
	    "%s", a.err.msg);
}

Test(file_fetch, a_large_file_arrives_whole_beside_others)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	const size_t len = 9 << 20; /* more than one step reads */
	struct answer big = { .rig = &r }, small = { .rig = &r };
	char *text;

	rig_open(&r);
	r.feed.max_bytes = 16 << 20;
	text = arena_alloc(&r.mem, len + 1);
	for (size_t i = 0; i < len; i++)
		text[i] = (char)('a' + i % 26);
	rig_file(&r, "big", text);
	rig_file(&r, "small", "x");
	fetcher_start(r.fetcher,
	    &(struct fetch_request){
		&r.feed, file_url(&r, "big"), NULL, RIG_NOW, NULL, false },
	    rig_take, &big);
	fetcher_start(r.fetcher,
	    &(struct fetch_request){
		&r.feed, file_url(&r, "small"), NULL, RIG_NOW, NULL, false },
	    rig_take, &small);
	cr_expect_eq(fetcher_running(r.fetcher), 2);
	rig_run(&r);
	cr_assert_eq(big.outcome, FETCH_BODY, "%s", big.err.msg);
	cr_expect_eq(strcmp(big.body, text), 0);
	cr_expect_str_eq(small.body, "x");
}

Test(file_fetch, a_file_that_grows_while_it_is_read_is_left_for_later)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	const size_t len = 6 << 20;
	struct answer a = { .rig = &r };
	struct kpid_err err = { 0 };
	const char *path;
	FILE *file;
	char *text;

	rig_open(&r);
	r.feed.max_bytes = 16 << 20;
	text = arena_alloc(&r.mem, len + 1);
	memset(text, 'x', len);
	path = rig_file(&r, "big", text);
	fetcher_start(r.fetcher,
	    &(struct fetch_request){
		&r.feed, file_url(&r, "big"), NULL, RIG_NOW, NULL, false },
	    rig_take, &a);
	cr_assert(fetcher_step(r.fetcher, &err), "%s", err.msg);
	file = fopen(path, "ae");
	cr_assert_not_null(file);
	(void)fputs("more", file);
	(void)fclose(file);
	rig_run(&r);
	cr_expect_eq(a.outcome, FETCH_FAILED);
	cr_expect(a.err.retry);
	cr_expect_not_null(strstr(a.err.msg, "changed while it was read"), "%s",
	    a.err.msg);
	rig_expect_empty(&r, "half a file");
}

Test(file_fetch, other_schemes_are_refused)
{
	static const char *const table[] = { "ftp://127.0.0.1/a", "gopher:x",
		"/etc/passwd", "", "data:,1", "filex:///etc/passwd" };
	CLEANUP(rig_free) struct rig r = { 0 };

	rig_open(&r);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct answer a = rig_fetch(&r, table[i], NULL);

		cr_expect_eq(a.err.code, KPID_EREFUSED, "row %zu: %s", i,
		    a.err.msg);
		cr_expect_not_null(strstr(a.err.msg,
				       "neither http:, https: "
				       "nor file:"),
		    "row %zu: %s", i, a.err.msg);
	}
}

Test(file_fetch, what_is_under_way_can_be_given_up)
{
	CLEANUP(rig_free) struct rig r = { 0 };
	struct answer a = { .rig = &r };
	struct kpid_err err = { 0 };
	char *text;

	rig_open(&r);
	r.feed.max_bytes = 16 << 20;
	text = arena_alloc(&r.mem, (6 << 20) + 1);
	memset(text, 'x', 6 << 20);
	rig_file(&r, "big", text);
	for (int i = 0; i < 2; i++)
		fetcher_start(r.fetcher,
		    &(struct fetch_request){ &r.feed, file_url(&r, "big"), NULL,
			RIG_NOW, NULL, false },
		    rig_take, &a);
	cr_assert(fetcher_step(r.fetcher, &err), "%s", err.msg);
	fetcher_free(r.fetcher);
	r.fetcher = NULL;
	cr_expect_eq(a.times, 0);
	rig_expect_empty(&r, "given up");
}
