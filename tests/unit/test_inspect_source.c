/* rooms: base config decode parse layout normalise body inspect */
/* Where a body comes from: keys in its URL, whose values it has. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kpid/inspect.h"

static int
body_of(const char *text)
{
	int fd = memfd_create("body", MFD_CLOEXEC);

	cr_assert(fd >= 0
	    && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	return fd;
}

static bool
is_told(const struct inspection *in, const char *part)
{
	for (size_t i = 0; i < in->n_doubts; i++)
		if (strstr(in->doubts[i], part) != NULL)
			return true;
	return false;
}

/* One draft of a small table, from where the URL says. */
static struct inspection
draft_from(const struct config *cfg, const char *url, struct arena *mem)
{
	struct kpid_err err = { 0 };
	struct inspection in = { 0 };
	int fd = body_of("年月,件数\n令和5年4月,10\n令和5年5月,12\n");

	cr_assert(inspect_body(cfg,
		      &(struct inspect_source){ fd, "kensu.csv", url }, mem,
		      &in, &err),
	    "%s", err.msg);
	(void)close(fd);
	return in;
}

Test(inspect_source, keys_of_urls)
{
	static const struct {
		const char *why, *url, *want, *secrets;
	} rows[] = {
		{ "no key", "https://a.example/x?page=2",
		    "https://a.example/x?page=2", NULL },
		{ "a key among others",
		    "https://a.example/x?appId=0123abc&id=7",
		    "https://a.example/x?appId={appId}&id=7",
		    "{\"appId\":{\"env\":\"APPID\"}}" },
		{ "two, one of them with a dash",
		    "https://a.example/x?q=1&api-key=0123abc&TOKEN=0123abc#z",
		    "https://a.example/x?q=1&api-key={api_key}&TOKEN={TOKEN}#z",
		    "{\"api_key\":{\"env\":\"API_KEY\"},"
		    "\"TOKEN\":{\"env\":\"TOKEN\"}}" },
		{ "a key without a value", "https://a.example/x?key=",
		    "https://a.example/x?key=", NULL },
	};
	const struct config cfg = { .time_zone = "Asia/Tokyo" };

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		struct arena mem = { 0 };
		struct inspection in = draft_from(&cfg, rows[i].url, &mem);
		json_t *root = json_loads(in.json, 0, NULL);

		json_t *got = json_object_get(root, "secrets");
		json_t *want = rows[i].secrets == NULL
		    ? NULL
		    : json_loads(rows[i].secrets, 0, NULL);

		cr_expect(want == NULL ? got == NULL : json_equal(got, want),
		    "row %zu (%s): %s", i, rows[i].why, in.json);
		json_decref(want);
		cr_expect_str_eq(json_string_value(json_object_get(root,
				     "url")),
		    rows[i].want, "row %zu (%s)", i, rows[i].why);
		cr_expect(strstr(in.json, "0123abc") == NULL,
		    "row %zu (%s): the key stands in the draft", i,
		    rows[i].why);
		cr_expect_eq(is_told(&in, "is a secret"),
		    rows[i].secrets != NULL, "row %zu (%s)", i, rows[i].why);
		json_decref(root);
		arena_release(&mem);
	}
}

/* Whose values they are is told when no cell says it. */
Test(inspect_source, default_organization)
{
	const struct config none = { .time_zone = "Asia/Tokyo" };
	const struct config ueda = { .time_zone = "Asia/Tokyo",
		.organization = "202037" };
	struct arena mem = { 0 };
	struct inspection in = draft_from(&none, "file:///x", &mem);

	cr_expect(strstr(in.doubts[0], "'000000'") != NULL, "first: %s",
	    in.doubts[0]);
	in = draft_from(&ueda, "file:///x", &mem);
	cr_expect(is_told(&in, "the configured organization 202037 is taken"));
	cr_expect(strstr(in.json, "organization") == NULL, "%s", in.json);
	arena_release(&mem);
}
