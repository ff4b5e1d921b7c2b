/* rooms: base notify */
#include <criterion/criterion.h>
#include <string.h>

#include "../../collector/notify/address.h"

static const struct {
	const char *text, *name, *address, *why;
} good[] = {
	{ "a@example.jp", "", "a@example.jp", "bare" },
	{ "  a@example.jp ", "", "a@example.jp", "blanks around" },
	{ "<a@example.jp>", "", "a@example.jp", "brackets without a name" },
	{ "Ueda City <a@example.jp>", "Ueda City", "a@example.jp", "name" },
	{ "市民まちづくり推進部 <kpid@city.example.jp>", "市民まちづくり推進部",
	    "kpid@city.example.jp", "Japanese name" },
	{ "生活環境課　<a@example.jp>", "生活環境課", "a@example.jp",
	    "an ideographic space before the bracket" },
	{ "\"Ueda, City\" <a@example.jp>", "Ueda, City", "a@example.jp",
	    "quoted name with a comma" },
	{ "\"the \\\"new\\\" one\" <a@example.jp>", "the \"new\" one",
	    "a@example.jp", "escaped quotes" },
	{ "\"a < b\" <a@example.jp>", "a < b", "a@example.jp",
	    "the last bracket counts" },
	{ "a+kpi.tag_1@sub-domain.example.jp", "",
	    "a+kpi.tag_1@sub-domain.example.jp", "atext and hyphens" },
	{ "root@localhost", "", "root@localhost", "host without a dot" },
};

static const struct {
	const char *text, *why;
} bad[] = {
	{ "", "empty" },
	{ "   ", "blank" },
	{ "example.jp", "no at" },
	{ "@example.jp", "no local part" },
	{ "a@", "no domain" },
	{ "a@@example.jp", "two ats" },
	{ "a@b@example.jp", "two ats apart" },
	{ "a b@example.jp", "blank inside" },
	{ "a@example..jp", "empty label" },
	{ "a@example.jp.", "dot at the end" },
	{ ".a@example.jp", "dot at the beginning" },
	{ "a..b@example.jp", "two dots" },
	{ "a@exam_ple.jp", "underscore in a host name" },
	{ "利用者@example.jp", "not ASCII" },
	{ "a@example.jp, b@example.jp", "a list" },
	{ "a@example.jp; b@example.jp", "a list with semicolons" },
	{ "Name <a@example.jp> <b@example.jp", "bracket not closed" },
	{ "Name <>", "nothing in the brackets" },
	{ "a@example.jp\r\nBcc: b@example.jp", "header injection" },
	{ "Name\n <a@example.jp>", "line break in the name" },
	{ "a@example.jp>", "bracket not opened" },
	{ "a@example.jp\x7f", "control character" },
};

Test(address, good)
{
	for (size_t i = 0; i < ARRAY_LEN(good); i++) {
		struct arena mem = { 0 };
		struct kpid_err err = { 0 };
		struct mailbox box = { "?", "?" };

		cr_expect(mailbox_parse(good[i].text, &mem, &box, &err),
		    "row %zu (%s): %s", i, good[i].why, err.msg);
		cr_expect_str_eq(box.name, good[i].name, "row %zu (%s): '%s'",
		    i, good[i].why, box.name);
		cr_expect_str_eq(box.address, good[i].address,
		    "row %zu (%s): '%s'", i, good[i].why, box.address);
		arena_release(&mem);
	}
}

Test(address, bad_is_refused_and_leaves_the_output)
{
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		struct arena mem = { 0 };
		struct kpid_err err = { 0 };
		struct mailbox box = { "kept", "kept" };

		cr_expect(!mailbox_parse(bad[i].text, &mem, &box, &err),
		    "row %zu (%s) was taken: '%s'", i, bad[i].why, box.address);
		cr_expect_eq(err.code, KPID_EMAIL, "row %zu", i);
		cr_expect(!err.retry, "row %zu", i);
		cr_expect_str_eq(box.address, "kept", "row %zu", i);
		cr_expect(strpbrk(err.msg, "\r\n") == NULL,
		    "row %zu (%s): a line break in the message", i, bad[i].why);
		arena_release(&mem);
	}
}

Test(address, limits_of_rfc_5321)
{
	char text[400] = { 0 };
	struct arena mem = { 0 };
	struct kpid_err err = { 0 };
	struct mailbox box;

	memset(text, 'a', 64);
	memcpy(text + 64, "@example.jp", 12);
	cr_expect(mailbox_parse(text, &mem, &box, &err), "%s", err.msg);
	memset(text, 'a', 65);
	memcpy(text + 65, "@example.jp", 12);
	cr_expect(!mailbox_parse(text, &mem, &box, &err));
	memset(text, 'a', sizeof(text));
	text[1] = '@';
	text[2 + 255] = '\0';
	cr_expect(mailbox_parse(text, &mem, &box, &err), "%s", err.msg);
	text[2 + 255] = 'a';
	text[2 + 256] = '\0';
	cr_expect(!mailbox_parse(text, &mem, &box, &err));
	arena_release(&mem);
}
