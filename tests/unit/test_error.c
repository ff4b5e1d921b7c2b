/* rooms: base */
#include <criterion/criterion.h>
#include <string.h>

#include "kpid/error.h"

Test(error, set_returns_false_and_wrap_puts_the_outer_text_first)
{
	struct kpid_err err = { 0 };

	cr_expect(!err_set(&err, KPID_EFETCH, "could not open '%s'", "x"));
	cr_expect_eq(err.code, KPID_EFETCH);
	cr_expect(!err_wrap(&err, "feed '%s'", "ueda"));
	cr_expect_str_eq(err.msg, "feed 'ueda': could not open 'x'");
	cr_expect_eq(err.code, KPID_EFETCH);
}

Test(error, a_message_may_quote_the_error_it_replaces)
{
	struct kpid_err err = { 0 };

	(void)err_set(&err, KPID_EDB, "inner");
	(void)err_set(&err, KPID_EDB, "%s, twice %s", err.msg, err.msg);
	cr_expect_str_eq(err.msg, "inner, twice inner");
}

Test(error, retry_is_kept_by_wrap_and_cleared_by_set)
{
	struct kpid_err err = { 0 };

	(void)err_set_retry(&err, KPID_EFETCH, "timed out");
	(void)err_wrap(&err, "outer");
	cr_expect(err.retry);
	(void)err_set(&err, KPID_EFETCH, "not found");
	cr_expect(!err.retry);
}

Test(error, a_hint_follows_one_full_stop)
{
	static const struct {
		const char *quoted, *want;
	} table[] = {
		{ "正常に終了しました。",
		    "正常に終了しました。 HINT: a. HINT: b" },
		{ "it failed.", "it failed. HINT: a. HINT: b" },
		{ "何？", "何？ HINT: a. HINT: b" },
		{ "plain", "plain. HINT: a. HINT: b" },
		{ "'a.'", "'a.'. HINT: a. HINT: b" },
		{ "", ". HINT: a. HINT: b" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct kpid_err err = { 0 };

		(void)err_set(&err, KPID_EPARSE, "%s. HINT: a. HINT: b",
		    table[i].quoted);
		cr_expect_str_eq(err.msg, table[i].want, "row %zu: %s", i,
		    err.msg);
	}
}

static void
fill(char *text, size_t len, const char *lead)
{
	size_t at = strlen(lead);

	memcpy(text, lead, at);
	while (at + 3 <= len) {
		memcpy(text + at, "市", 3);
		at += 3;
	}
	text[at] = '\0';
}

/* The three leads shift where the limit falls inside a character. */
Test(error, a_long_message_is_cut_between_characters)
{
	static const char *const leads[] = { "", "a", "ab" };
	char text[2 * KPID_ERR_MAX];

	for (size_t i = 0; i < ARRAY_LEN(leads); i++) {
		struct kpid_err err = { 0 };
		size_t len;

		fill(text, sizeof(text) - 1, leads[i]);
		(void)err_set(&err, KPID_EPARSE, "%s", text);
		len = strlen(err.msg);
		cr_expect_str_eq(err.msg + len - 3, "…", "lead %zu", i);
		cr_expect_eq((len - 3 - i) % 3, 0, "lead %zu: %zu bytes", i,
		    len);
		cr_expect_gt(len, KPID_ERR_MAX - 5);
		(void)err_wrap(&err, "%s", text);
		cr_expect_str_eq(err.msg + strlen(err.msg) - 3, "…");
	}
}

Test(error, a_message_of_exactly_the_limit_is_whole)
{
	char text[KPID_ERR_MAX];
	struct kpid_err err = { 0 };

	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	(void)err_set(&err, KPID_EPARSE, "%s", text);
	cr_expect_str_eq(err.msg, text);
}

Test(error, exit_codes_are_those_of_the_manual)
{
	static const struct {
		enum kpid_code code;
		bool retry;
		int exit;
		const char *why;
	} table[] = {
		{ KPID_OK, false, 0, "done" },
		{ KPID_EUSAGE, false, 2, "the command line" },
		{ KPID_ECONFIG, false, 78, "sysexits: configuration" },
		{ KPID_EDB, true, 75, "database away" },
		{ KPID_EDB, false, 1, "database refused" },
		{ KPID_EFETCH, true, 75, "network away" },
		{ KPID_EREFUSED, false, 1, "a named file refused" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct kpid_err err = { table[i].code, table[i].retry, "" };

		cr_expect_eq(err_exit_code(&err), table[i].exit,
		    "row %zu (%s): got %d", i, table[i].why,
		    err_exit_code(&err));
	}
}

Test(error, fatal_ends_the_process_with_70, .exit_code = 70)
{
	fatal("out of %s", "memory");
}
