/* rooms: base spool fetch */
#include <criterion/criterion.h>
#include <string.h>

#include "../../collector/fetch/fetch_int.h"

Test(url, secrets_are_starred_and_nothing_else)
{
	static const struct {
		const char *in, *out, *why;
	} table[] = {
		{ "https://x.jp/a.csv", "https://x.jp/a.csv", "none" },
		{ "https://x.jp/a?appId=0123456789abcdef&statsDataId=1",
		    "https://x.jp/a?appId=***&statsDataId=1", "e-Stat" },
		{ "https://x.jp/a?id=1&KEY=s", "https://x.jp/a?id=1&KEY=***",
		    "capitals, last" },
		{ "https://x.jp/a?api-key=s&api_key=t&apikey=u",
		    "https://x.jp/a?api-key=***&api_key=***&apikey=***",
		    "spellings" },
		{ "https://x.jp/?access_token=s#t=1",
		    "https://x.jp/?access_token=***#t=1", "fragment stays" },
		{ "https://x.jp/?client_secret=s;b=2",
		    "https://x.jp/?client_secret=***;b=2", "semicolon" },
		{ "https://x.jp/?keyword=s&monkey=1&design=2&key",
		    "https://x.jp/?keyword=s&monkey=1&design=2&key",
		    "only alike, or without a value" },
		{ "https://x.jp/?token=", "https://x.jp/?token=***",
		    "empty value" },
		{ "https://x.jp/?q=a=b&key=a=b?c",
		    "https://x.jp/?q=a=b&key="
		    "***",
		    "more signs in a value" },
		{ "http://me:pw@x.jp/a", "http://***@x.jp/a", "user" },
		{ "http://me:p@w@x.jp/a@b", "http://***@x.jp/a@b",
		    "an @ in both" },
		{ "http://x.jp/a@b?c=@", "http://x.jp/a@b?c=@", "no user" },
		{ "file:///srv/key=1.csv", "file:///srv/key=1.csv", "path" },
		{ "file:///srv/令和6年.csv", "file:///srv/令和6年.csv",
		    "Japanese" },
		{ "https://x.jp/?appId={appId}&key={k_2}#a",
		    "https://x.jp/?appId={appId}&key={k_2}#a",
		    "names of secrets, no secrets" },
		{ "https://x.jp/?key={k}s&token={}&pwd={a b}&auth={1}",
		    "https://x.jp/?key=***&token=***&pwd=***&auth=***",
		    "braces alone are no name" },
		{ "?key=1", "?key=***", "not even a URL" },
		{ "", "", "nothing" },
	};
	CLEANUP(arena_release) struct arena mem = { 0 };

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		const char *got = url_redact(table[i].in, &mem);

		cr_expect_str_eq(got, table[i].out, "row %zu (%s): got %s", i,
		    table[i].why, got);
	}
}

Test(url, path_of_a_file_url)
{
	static const struct {
		const char *url, *path, *why;
	} table[] = {
		{ "file:///srv/a.csv", "/srv/a.csv", "three slashes" },
		{ "file:/srv/a.csv", "/srv/a.csv", "one" },
		{ "FILE://localhost/srv/a.csv", "/srv/a.csv", "this machine" },
		{ "file:///srv/a%20b%e5%92%8C.csv", "/srv/a b\xe5\x92\x8c.csv",
		    "encoded" },
		{ "file:///srv/令和 6年.csv", "/srv/令和 6年.csv", "as it is" },
		{ "file:///srv/100%.csv", "/srv/100%.csv", "a plain %" },
		{ "file:///srv/a%2", "/srv/a%2", "half an escape" },
		{ "file:///srv/a?b#c", "/srv/a?b#c", "a name of signs" },
		{ "file://server/srv/a.csv", NULL, "another machine" },
		{ "file:a.csv", NULL, "not a whole path" },
		{ "file:", NULL, "nothing" },
		{ "file:///srv/a%00b", NULL, "a NUL" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(arena_release) struct arena mem = { 0 };
		struct kpid_err err = { 0 };
		const char *path = NULL;
		bool ok = file_url_path(table[i].url, &mem, &path, &err);

		cr_expect_eq(ok, table[i].path != NULL, "row %zu (%s): %s", i,
		    table[i].why, err.msg);
		if (ok && table[i].path != NULL)
			cr_expect_str_eq(path, table[i].path,
			    "row %zu (%s): got %s", i, table[i].why, path);
	}
}
