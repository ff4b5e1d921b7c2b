/* rooms: base decode parse */
#include "../support/decode_read.h"

#include <stdio.h>
#include <unistd.h>

Test(detect, names)
{
	static const struct {
		const char *name;
		bool ok;
		enum encoding encoding;
		const char *hint; /* ..or the name in messages */
	} table[] = {
		{ "utf-8", true, ENCODING_UTF8, "UTF-8" },
		{ "UTF-8", true, ENCODING_UTF8, "UTF-8" },
		{ "cp932", true, ENCODING_CP932, "CP932" },
		{ "utf-16", true, ENCODING_UTF16, "UTF-16" },
		{ "utf-16le", true, ENCODING_UTF16LE, "UTF-16LE" },
		{ "UTF-16BE", true, ENCODING_UTF16BE, "UTF-16BE" },
		{ "euc-jp", true, ENCODING_EUC_JP, "EUC-JP" },
		{ "iso-2022-jp", true, ENCODING_ISO_2022_JP, "ISO-2022-JP" },
		{ "shift_jis", false, 0, "\"cp932\"" },
		{ "Shift_JIS", false, 0, "\"cp932\"" },
		{ "sjis", false, 0, "\"cp932\"" },
		{ "utf8", false, 0, "write it \"utf-8\"" },
		{ "utf-8-sig", false, 0, "byte order mark" },
		{ "eucjp", false, 0, "write it \"euc-jp\"" },
		{ "jis", false, 0, "\"iso-2022-jp\"" },
		{ "Unicode", false, 0, "\"utf-16\"" },
		{ "auto", false, 0, "\"utf-8\", \"cp932\"" },
		{ "latin1", false, 0, "\"utf-8\"" },
		{ "", false, 0, "\"utf-8\"" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct kpid_err err = { 0 };
		enum encoding e = (enum encoding) - 1;
		bool ok = encoding_from_name(table[i].name, &e, &err);

		cr_expect_eq(ok, table[i].ok, "'%s'", table[i].name);
		cr_expect(ok ? e == table[i].encoding
			    && strcmp(encoding_name(e), table[i].hint) == 0
			     : strstr(err.msg, table[i].hint) != NULL,
		    "row %zu ('%s'): got %s", i, table[i].name, err.msg);
	}
}

static const struct {
	struct slice in;
	enum encoding encoding;
	const char *error; /* NULL: encoding is found */
	const char *why;
} bodies[] = {
	{ BYTES("code,value\n1,2\n"), ENCODING_UTF8, NULL, "ASCII" },
	{ BYTES(""), ENCODING_UTF8, NULL, "nothing" },
	{ BYTES("年,値\n"), ENCODING_UTF8, NULL, "UTF-8" },
	{ BYTES("\x94N,\x92l\n"), ENCODING_CP932, NULL, "CP932" },
	{ BYTES("\x94N,\xc4\xdd\n"), ENCODING_CP932, NULL,
	    "kana that EUC-JP does not explain" },
	{ BYTES("1,\xc4\xdd\xb1\n"), ENCODING_CP932, NULL,
	    "an odd number of kana" },
	{ BYTES("1,\xc3\xcd\n"), 0,
	    "can be read as CP932 (with 2 half-width kana and 0 private-use "
	    "characters) and as EUC-JP. HINT: look at it, and declare "
	    "\"encoding\": \"cp932\" or \"euc-jp\"",
	    "short EUC-JP" },
	{ BYTES("1,\xbf\xcd\xb8\xfd\n"), 0,
	    "the body is EUC-JP, which is read only where it is declared. "
	    "HINT: declare \"encoding\": \"euc-jp\"",
	    "EUC-JP that is no CP932" },
	{ BYTES("1,\x8e\xb1\x8f\xb0\xa1\xfe\xa1\n"), 0, "neither UTF-8",
	    "EUC-JP's own leads, a row that is empty" },
	{ BYTES("ab\n\xe5\xb9,\x80\n"), 0,
	    "neither UTF-8 (line 2, byte offset 3: 'e5 b9 2c') nor CP932 (line "
	    "2, byte offset 6: '80'). HINT: ",
	    "neither" },
	{ BYTES("年月\n\xe5\xb9"), 0,
	    "line 2, byte offset 7: the body ends inside a character",
	    "UTF-8 cut short" },
	{ BYTES("12\n\xe5\xb9"), ENCODING_CP932, NULL,
	    "nothing but the end, which is a whole character of CP932" },
	{ BYTES("\xff\xfe"
		"1\0,\0"),
	    ENCODING_UTF16, NULL, "UTF-16 by its mark" },
	{ BYTES("\xfe\xff\0"
		"1"),
	    ENCODING_UTF16, NULL, "UTF-16 by its mark, big-endian" },
	{ BYTES("1\0,\0"
		"2\0"),
	    0,
	    "begins as UTF-16 without a byte order mark does, and is read as "
	    "UTF-8. HINT: declare \"encoding\": \"utf-16le\"",
	    "UTF-16 without a mark" },
	{ BYTES("\xef\xbb\xbf"
		"1,年"),
	    ENCODING_UTF8, NULL, "UTF-8 by its mark" },
	{ BYTES("\xef\xbb\xbf"
		"1\x94N"),
	    0, "neither UTF-8 (line 1, byte offset 4: '94')",
	    "a BOM before something else" },
	{ BYTES("12345\0"), 0, "a NUL byte", "NUL" },
	{ BYTES("a\n\x1b$BG/7n\x1b(B,1\n"), ENCODING_ISO_2022_JP, NULL,
	    "ISO-2022-JP" },
	{ BYTES("\x1b(I1\x1b(B,1\n"), ENCODING_ISO_2022_JP, NULL,
	    "ISO-2022-JP of katakana alone" },
	{ BYTES("\x1b[31mred\x1b[0m\n"), ENCODING_UTF8, NULL,
	    "ASCII with other escapes" },
	{ BYTES("年\x1b$BG/\x1b(B\n"), ENCODING_UTF8, NULL,
	    "escapes in what is not seven bits" },
	{ BYTES("a\n\x1b$BG/7"), 0,
	    "the body has the escape sequences of ISO-2022-JP, but: line 2, "
	    "byte offset 7: the body ends inside a character",
	    "ISO-2022-JP cut short" },
};

static FILE *
body_open(struct slice in)
{
	FILE *f = tmpfile();

	cr_assert(f != NULL
	    && write(fileno(f), in.ptr, in.len) == (ssize_t)in.len);
	return f;
}

Test(detect, encodings)
{
	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		enum encoding e = (enum encoding) - 1;
		struct kpid_err err = { 0 };
		FILE *f = body_open(bodies[i].in);
		bool ok = encoding_detect(fileno(f), &e, &err);

		cr_expect(lseek(fileno(f), 0, SEEK_CUR)
			== (off_t)bodies[i].in.len,
		    "the position moved");
		(void)fclose(f);
		cr_expect(bodies[i].error == NULL
			? ok && e == bodies[i].encoding
			: !ok && strstr(err.msg, bodies[i].error) != NULL,
		    "row %zu (%s): got %d %s", i, bodies[i].why, (int)e,
		    err.msg);
	}
}

/* What is found is what the body can be decoded as. */
Test(detect, what_is_found_decodes)
{
	for (size_t i = 0; i < ARRAY_LEN(bodies); i++) {
		CLEANUP(decoded_release) struct decoded d;

		if (bodies[i].error != NULL)
			continue;
		decoded_init(&d);
		decode_read(bodies[i].encoding, bodies[i].in, 3, 5, &d);
		cr_expect(d.err.msg[0] == '\0', "row %zu (%s): %s", i,
		    bodies[i].why, d.err.msg);
	}
}

/* The last byte of a body of many chunks decides. */
Test(detect, the_whole_body_is_read)
{
	CLEANUP(buf_release) struct buf in;
	struct kpid_err err = { 0 };
	enum encoding e = ENCODING_EUC_JP;
	FILE *f;

	buf_init(&in, 4 << 20);
	while (in.len < 1 << 20)
		cr_assert(buf_puts(&in, "2024-04,12345\n"));
	cr_assert(buf_puts(&in, "\x94N"));
	f = body_open(buf_slice(&in));
	cr_expect(encoding_detect(fileno(f), &e, &err), "%s", err.msg);
	cr_expect_eq(e, ENCODING_CP932);
	(void)fclose(f);
}

/* Once much of a body is UTF-8 it is UTF-8, and what follows is damage. */
Test(detect, damage_is_named_by_the_decoder)
{
	CLEANUP(decoded_release) struct decoded d;
	CLEANUP(buf_release) struct buf in;
	struct kpid_err err = { 0 };
	enum encoding e = ENCODING_EUC_JP;
	FILE *f;

	buf_init(&in, 4 << 20);
	while (in.len < 3 << 20)
		cr_assert(buf_puts(&in, "令和6年4月,12345\n"));
	cr_assert(buf_puts(&in, "\x94N"));
	f = body_open(buf_slice(&in));
	cr_expect(encoding_detect(fileno(f), &e, &err), "%s", err.msg);
	cr_expect_eq(e, ENCODING_UTF8);
	(void)fclose(f);
	decoded_init(&d);
	decode_read(e, buf_slice(&in), 1 << 18, 1 << 18, &d);
	cr_expect(strstr(d.err.msg, "'94' is not UTF-8") != NULL, "%s",
	    d.err.msg);
}

Test(detect, a_body_that_cannot_be_read_is_no_matter_of_encoding)
{
	struct kpid_err err = { 0 };
	enum encoding e = ENCODING_CP932;

	cr_expect(!encoding_detect(-1, &e, &err));
	cr_expect_eq(err.code, KPID_ESPOOL);
	cr_expect_eq(e, ENCODING_CP932);
}
