/* rooms: base notify */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "../../collector/notify/words.h"
#include "kpid/limits.h"
#include "kpid/notify.h"

static const struct mail plain = {
	.from = "kpid@example.jp",
	.to = "Ueda City <a@example.jp>",
	.subject = "hello",
	.message_id = "<1@kpid>",
	.date = 1728950400000000, /* 2024-10-15T00:00:00Z */
	.utc_offset_s = 9 * 3600,
	.text = "hello\n",
};

/* The rendered mail as a string; the caller frees it. NULL when refused. */
static char *
rendered(const struct mail *m, struct kpid_err *err)
{
	struct buf out;
	char *text = NULL;

	buf_init(&out, LIMIT_MAIL_BYTES);
	if (mail_render(m, &out, err))
		text = strndup(out.ptr, out.len);
	buf_release(&out);
	return text;
}

Test(mime, a_plain_mail_to_the_byte)
{
	struct kpid_err err = { 0 };
	char *got = rendered(&plain, &err);

	cr_assert_not_null(got, "%s", err.msg);
	cr_expect_str_eq(got,
	    "Date: Tue, 15 Oct 2024 09:00:00 +0900\r\n"
	    "From: kpid@example.jp\r\n"
	    "To: \"Ueda City\" <a@example.jp>\r\n"
	    "Subject: hello\r\n"
	    "Message-ID: <1@kpid>\r\n"
	    "Auto-Submitted: auto-generated\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: base64\r\n"
	    "\r\n"
	    "aGVsbG8NCg==\r\n");
	free(got);
}

Test(mime, two_parts_and_a_thread)
{
	struct mail m = plain;
	struct kpid_err err = { 0 };
	char *got, *again;

	m.html = "<p>hello</p>";
	m.in_reply_to = "<0@kpid>";
	m.references = "<00@kpid> <0@kpid>";
	got = rendered(&m, &err);
	again = rendered(&m, &err);
	cr_assert_not_null(got, "%s", err.msg);
	cr_expect_str_eq(got, again, "the same mail gives the same bytes");
	cr_expect_not_null(strstr(got,
			       "In-Reply-To: <0@kpid>\r\n"
			       "References: <00@kpid>\r\n <0@kpid>\r\n"),
	    "%s", got);
	cr_expect_not_null(strstr(got,
			       "Content-Type: multipart/alternative;"
			       "\r\n boundary=\"=_kpid_"),
	    "%s", got);
	cr_expect_not_null(strstr(got, "PHA+aGVsbG88L3A+DQo=\r\n--=_kpid_"));
	cr_expect_str_eq(got + strlen(got) - 4, "--\r\n");
	free(again);
	m.message_id = "<2@kpid>";
	again = rendered(&m, &err);
	cr_assert_not_null(again);
	cr_expect_str_neq(strstr(got, "boundary="), strstr(again, "boundary="),
	    "another message has another boundary");
	free(again);
	free(got);
}

static const struct {
	usec date;
	int offset_s;
	const char *want, *why;
} dates[] = {
	{ 0, 0, "Thu, 1 Jan 1970 00:00:00 +0000", "epoch" },
	{ -1, 0, "Wed, 31 Dec 1969 23:59:59 +0000", "just before" },
	{ 1728918000000000, 32400, "Tue, 15 Oct 2024 00:00:00 +0900",
	    "midnight there" },
	{ 1709164799999999, 0, "Wed, 28 Feb 2024 23:59:59 +0000",
	    "fractions are cut" },
	{ 1709164800000000, 0, "Thu, 29 Feb 2024 00:00:00 +0000", "leap day" },
	{ 1728950400000000, -12600, "Mon, 14 Oct 2024 20:30:00 -0330",
	    "west and half hours" },
};

Test(mime, dates)
{
	for (size_t i = 0; i < ARRAY_LEN(dates); i++) {
		struct mail m = plain;
		struct kpid_err err = { 0 };
		char *got;

		m.date = dates[i].date;
		m.utc_offset_s = dates[i].offset_s;
		got = rendered(&m, &err);
		cr_assert_not_null(got, "%s", err.msg);
		cr_expect(strncmp(got + 6, dates[i].want, strlen(dates[i].want))
			== 0,
		    "row %zu (%s): %.40s", i, dates[i].why, got);
		free(got);
	}
}

static const struct {
	const char *subject, *want, *why;
} subjects[] = {
	{ "off track", "Subject: off track\r\n", "ASCII as it is" },
	{ "", "Subject: \r\n", "empty" },
	{ "遅れ", "Subject: =?UTF-8?B?6YGF44KM?=\r\n", "Japanese" },
	{ "a =?UTF-8?B?eA==?= b",
	    "Subject: =?UTF-8?B?YSA9P1VURi04P0I/ZUE9PT89IGI=?=\r\n",
	    "what looks encoded is encoded" },
	{ "123456789 123456789 123456789 123456789 123456789 123456789 "
	  "123456789 123456789",
	    "Subject: 123456789 123456789 123456789 123456789 123456789 "
	    "123456789\r\n 123456789 123456789\r\n",
	    "folded at a blank" },
};

Test(mime, subjects)
{
	for (size_t i = 0; i < ARRAY_LEN(subjects); i++) {
		struct mail m = plain;
		struct kpid_err err = { 0 };
		char *got;

		m.subject = subjects[i].subject;
		got = rendered(&m, &err);
		cr_assert_not_null(got, "%s", err.msg);
		cr_expect_not_null(strstr(got, subjects[i].want),
		    "row %zu (%s): %s", i, subjects[i].why, got);
		free(got);
	}
}

/* Does every line end by column 76 and every encoded-word by 75? */
static bool
lines_fit(const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\r");
		const char *word = strstr(text, "=?");

		if (len > MAIL_LINE_MAX
		    || (word != NULL && strcspn(word, " \r") > 75))
			return false;
		text += len + (text[len] == '\0' ? 0 : 2);
	}
	return true;
}

Test(mime, encoded_words_of_any_length_fit_their_lines)
{
	char text[600] = "";
	size_t len = 0;

	/* One, two, three and four byte characters in turn, so that cuts
	 * would fall inside each of them. */
	static const char *const pieces[] = { "a", "é", "遅", "\U00020bb7" };

	for (size_t i = 0; len + 4 < sizeof(text); i++) {
		struct buf out;
		size_t column = strlen("Subject: ");

		memcpy(text + len, pieces[i % 4], strlen(pieces[i % 4]) + 1);
		len += strlen(pieces[i % 4]);
		buf_init(&out, 4096);
		cr_assert(buf_puts(&out, "Subject: ")
		    && words_put(&out, text, &column) && buf_put(&out, "", 1));
		cr_expect(lines_fit(out.ptr), "%zu bytes: %s", len, out.ptr);
		cr_expect_eq(column,
		    strlen(out.ptr)
			- (size_t)(strrchr(out.ptr, '\n') == NULL
				? 0
				: strrchr(out.ptr, '\n') + 1 - out.ptr),
		    "%zu bytes: column %zu", len, column);
		buf_release(&out);
	}
}

static const struct {
	size_t offset;
	const char *value, *part, *why;
} refusals[] = {
	{ offsetof(struct mail, subject), "x\r\nBcc: b@example.jp", "subject",
	    "injection by subject" },
	{ offsetof(struct mail, subject), "x\ny", "subject", "bare LF" },
	{ offsetof(struct mail, subject), "x\ry", "subject", "bare CR" },
	{ offsetof(struct mail, subject), "\xe9\x81", "UTF-8", "cut UTF-8" },
	{ offsetof(struct mail, from), "a@b\r\nX: y", "From", "by sender" },
	{ offsetof(struct mail, to), "x\r\n <a@b>", "To", "by recipient" },
	{ offsetof(struct mail, to), "nobody", "To", "no address" },
	{ offsetof(struct mail, to), "\xff <a@b>", "To", "name not UTF-8" },
	{ offsetof(struct mail, message_id), "<a@b>\r\nX: y", "Message-ID",
	    "by identifier" },
	{ offsetof(struct mail, message_id), "a@b", "Message-ID",
	    "no brackets" },
	{ offsetof(struct mail, message_id), "<a b@c>", "Message-ID",
	    "blank inside" },
	{ offsetof(struct mail, message_id), "<@c>", "Message-ID", "no left" },
	{ offsetof(struct mail, message_id), "<a@>", "Message-ID", "no right" },
	{ offsetof(struct mail, message_id), "<遅@c>", "Message-ID",
	    "not ASCII" },
	{ offsetof(struct mail, in_reply_to), "<a@b>\nX: y", "In-Reply-To",
	    "by reply" },
	{ offsetof(struct mail, references), "<a@b> c", "References",
	    "a word among identifiers" },
	{ offsetof(struct mail, text), "\xff", "UTF-8", "text not UTF-8" },
	{ offsetof(struct mail, html), "\xc0\xaf", "UTF-8", "overlong" },
};

Test(mime, what_must_not_be_sent_is_refused)
{
	for (size_t i = 0; i < ARRAY_LEN(refusals); i++) {
		struct mail m = plain;
		struct kpid_err err = { 0 };
		const char *value = refusals[i].value;
		char *got;

		memcpy((char *)&m + refusals[i].offset, &value, sizeof(value));
		got = rendered(&m, &err);
		cr_expect_null(got, "row %zu (%s): %s", i, refusals[i].why,
		    got);
		cr_expect_eq(err.code, KPID_EMAIL, "row %zu (%s)", i,
		    refusals[i].why);
		cr_expect_not_null(strstr(err.msg, refusals[i].part),
		    "row %zu (%s): %s", i, refusals[i].why, err.msg);
		free(got);
	}
}

Test(mime, a_mail_past_the_limit_is_refused_and_leaves_the_buffer)
{
	struct mail m = plain;
	struct kpid_err err = { 0 };
	struct buf out;
	char *huge = malloc(LIMIT_MAIL_BYTES + 1);

	cr_assert_not_null(huge);
	memset(huge, 'a', LIMIT_MAIL_BYTES);
	huge[LIMIT_MAIL_BYTES] = '\0';
	m.text = huge;
	buf_init(&out, 2 * LIMIT_MAIL_BYTES);
	cr_expect(!mail_render(&m, &out, &err));
	cr_expect_not_null(strstr(err.msg, "4194304"), "%s", err.msg);
	cr_expect_eq(out.len, 0);
	buf_release(&out);
	free(huge);
}

static const struct {
	const char *text, *want, *why;
} bodies[] = {
	{ "", "", "nothing" },
	{ "a", "YQ0K\r\n", "a line break is added" },
	{ "a\n", "YQ0K\r\n", "LF" },
	{ "a\r\n", "YQ0K\r\n", "CRLF" },
	{ "a\r", "YQ0K\r\n", "CR" },
	{ "a\n\nb", "YQ0KDQpiDQo=\r\n", "an empty line stays" },
	{ "\n.\n", "DQouDQo=\r\n", "a dot alone" },
	{ "123456789012345678901234567890123456789012345678901234567",
	    "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4"
	    "OTAxMjM0NTY3\r\nDQo=\r\n",
	    "76 columns" },
};

Test(mime, bodies)
{
	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		struct buf out;

		buf_init(&out, 4096);
		cr_assert(base64_body(&out, bodies[i].text));
		cr_assert(buf_put(&out, "", 1));
		cr_expect_str_eq(out.ptr, bodies[i].want, "row %zu (%s): %s", i,
		    bodies[i].why, out.ptr);
		buf_release(&out);
	}
}

static const struct {
	const char *text;
	size_t want;
	const char *why;
} characters[] = {
	{ "a", 1, "ASCII" },
	{ "\x7f", 1, "the last of one byte" },
	{ "\xc2\x80", 2, "the first of two" },
	{ "\xe0\xa0\x80", 3, "the first of three" },
	{ "\xf0\x90\x80\x80", 4, "the first of four" },
	{ "\xf4\x8f\xbf\xbf", 4, "the last of all" },
	{ "\xf4\x90\x80\x80", 0, "beyond Unicode" },
	{ "\xc1\xbf", 0, "overlong, two" },
	{ "\xe0\x9f\xbf", 0, "overlong, three" },
	{ "\xf0\x8f\xbf\xbf", 0, "overlong, four" },
	{ "\xed\xa0\x80", 0, "surrogate" },
	{ "\x80", 0, "continuation alone" },
	{ "\xe9\x81", 0, "cut" },
	{ "\xe9"
	  "a",
	    0, "no continuation" },
	{ "\xff", 0, "never" },
};

Test(mime, characters)
{
	for (size_t i = 0; i < ARRAY_LEN(characters); i++)
		cr_expect_eq(utf8_length(characters[i].text),
		    characters[i].want, "row %zu (%s): %zu", i,
		    characters[i].why, utf8_length(characters[i].text));
}

static const struct {
	const char *to, *want, *why;
} recipients[] = {
	{ "<a@b>", "To: a@b\r\n", "no name" },
	{ "\"A, \\\"B\\\"\" <a@b>", "To: \"A, \\\"B\\\"\" <a@b>\r\n",
	    "quoted again" },
	{ "生活環境課 <a@b>", "To: =?UTF-8?B?55Sf5rS755Kw5aKD6Kqy?= <a@b>\r\n",
	    "encoded" },
	{ "上田市市民まちづくり推進部生活環境課交通安全係ご担当者各位 "
	  "<a@example.jp>",
	    "?=\r\n <a@example.jp>\r\n", "folded before the address" },
};

Test(mime, recipients)
{
	for (size_t i = 0; i < ARRAY_LEN(recipients); i++) {
		struct mail m = plain;
		struct kpid_err err = { 0 };
		char *got;

		m.to = recipients[i].to;
		got = rendered(&m, &err);
		cr_assert_not_null(got, "row %zu: %s", i, err.msg);
		cr_expect_not_null(strstr(got, recipients[i].want),
		    "row %zu (%s): %s", i, recipients[i].why, got);
		cr_expect(lines_fit(got), "row %zu: %s", i, got);
		free(got);
	}
}
