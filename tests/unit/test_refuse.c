/* rooms: base decode parse */
#include <criterion/criterion.h>
#include <string.h>

#include "kpid/parse.h"

#define BYTES(s)                 \
	{                        \
		s, sizeof(s) - 1 \
	}

Test(refuse, what_is_no_table_is_named)
{
	static const struct {
		struct slice in;
		const char *want;
	} table[] = {
		{ BYTES("<!DOCTYPE html><html>"),
		    "this is an HTML page, not a "
		    "table. HINT: open the URL in a browser; the publisher may "
		    "have moved the file" },
		{ BYTES("\r\n \t<HTML lang=ja>"), "an HTML page" },
		{ BYTES("\xef\xbb\xbf\n<html>"), "an HTML page" },
		{ BYTES("<table border=1>"), "an HTML page" },
		{ BYTES("<?xml version=\"1.0\"?>"), "an XML document" },
		{ BYTES("<?xml version=\"1.0\"?><?mso-application "
			"progid=\"Excel.Sheet\"?>"),
		    "an Excel 2003 workbook in XML" },
		{ BYTES("{\\rtf1\\ansi"), "a text document (RTF)" },
		{ BYTES("MIME-Version: 1.0\r\nContent-Type: multipart/"),
		    "a web page saved as MHTML" },
		{ BYTES("From: <Saved by Blink>\r\n"),
		    "a web page saved as MHTML" },
		{ BYTES("%PDF-1.7\n%\xe2\xe3"), "a PDF" },
		{ BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"),
		    "an Excel 97-2003 workbook (.xls), not a table. HINT: save "
		    "it as an XLSX workbook or as CSV" },
		{ BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0..E\0n\0c\0r\0"
			"y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"),
		    "a workbook locked by a password" },
		{ BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0..W\0o\0r\0d\0"
			"D\0o\0c\0u\0m\0e\0n\0t\0"),
		    "a Word 97-2003 document (.doc)" },
		{ BYTES("Rar!\x1a\x07\x01"),
		    "a RAR archive, not a table. HINT: unpack it; kpid reads "
		    "gzip and zip by itself" },
		{ BYTES("7z\xbc\xaf\x27\x1c"), "a 7-Zip archive" },
		{ BYTES("\x20\x55-lh5-"), "an LZH archive" },
		{ BYTES("BZh91AY&SY"), "a bzip2 file" },
		{ BYTES("\x89PNG\r\n\x1a\n"), "an image" },
		{ BYTES("HTTP/1.1 304 Not Modified\r\n"),
		    "a saved HTTP response head" },
		{ BYTES("0\r\n\r\nHTTP/1.1 304 Not Modified\r\n"),
		    "a saved HTTP response head" },
		{ BYTES("HTTP/2 200\r\n"), "a saved HTTP response head" },
		{ BYTES("5\r\na,b\n1\r\n4\r\n,2\n3\r\n0\r\n\r\n"),
		    "a response in chunks, saved with their lengths, not a "
		    "table. HINT: fetch the file again" },
		{ BYTES("00000005;x=y\r\na,b\n1\r\n0\r\n\r\n"),
		    "a response in chunks" },
		{ BYTES("a\r\n{\"a\":[12]}\r\n"), "a response in chunks" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct kpid_err err = { 0 };

		cr_expect(!parse_refuse(table[i].in, &err)
			&& err.code == KPID_EPARSE
			&& strstr(err.msg, table[i].want) != NULL
			&& strstr(err.msg, "HINT: ") != NULL,
		    "row %zu: got %s", i, err.msg);
	}
}

Test(refuse, tables_pass)
{
	static const struct slice table[] = {
		BYTES(""),
		BYTES("a,b\n1,2\n"),
		BYTES("\"<html>\",b\n"),
		BYTES("PK,name\n"),
		BYTES("code,\x1b$B;TD.B<\x1b(B"),
		BYTES("2024\r\n年月,人口\r\n2024-01,1\r\n"),
		BYTES("4\r\n5\r\n6\r\n"),
		BYTES("1\r\na\r\nx\r\n"),
		BYTES("1ff8\r\na,b\n1,2\n"),
		BYTES("abc\r\n"),
		BYTES("MIME,Version\n"),
		BYTES("HTTP,count\n"),
		BYTES("0\r\n\r\n1\r\n"),
		BYTES("{\"data\":[]}"),
		BYTES("\x94\x4e,\x8c\x8e\n"),
		BYTES("<3 months,1\n"),
		BYTES("<"),
		BYTES("\x1f"),
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct kpid_err err = { 0 };

		cr_expect(parse_refuse(table[i], &err), "row %zu: got %s", i,
		    err.msg);
	}
}

/* A first chunk that goes on past what is looked at. */
Test(refuse, a_long_chunk_is_known_by_its_line)
{
	static const struct {
		const char *first;
		bool pass;
	} table[] = {
		{ "1ff8\r\n年月,人口\n", false },
		{ "00002000\r\n年月,人口\n", false },
		{ "1ff8\r\n{\"data\":[\n", false },
		{ "8000\r\n年月,人口\n", true },
		{ "2024\r\n年月,人口\n", true },
		{ "1ff8\r\n2ff8\r\n", true },
		{ "1ff8\n年月,人口\n", true },
		{ "1ff8,1\r\n年月,人口\n", true },
		{ "123456789\r\n年月,人口\n", true },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct kpid_err err = { 0 };
		char head[1024];

		memset(head, '1', sizeof(head));
		memcpy(head, table[i].first, strlen(table[i].first));
		cr_expect(parse_refuse((struct slice){ head, sizeof(head) },
			      &err)
			== table[i].pass,
		    "row %zu: got %s", i, err.msg);
	}
}

Test(refuse, json_is_no_csv)
{
	static const struct {
		const char *in;
		bool refused;
	} table[] = {
		{ "{\"error\": 1}", true },
		{ "\xef\xbb\xbf\n {\n  \"error\": 1}", true },
		{ "[ {\"message\": \"x\"}]", true },
		{ "{}", true },
		{ "[\u6ce8],1", false },
		{ "[{,1", false },
		{ "{a},1", false },
		{ "\"{\"\"a\"\"}\",1", false },
		{ "", false },
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		struct kpid_err err = { 0 };

		cr_expect_eq(parse_refuse_json((struct slice){ table[i].in,
						   strlen(table[i].in) },
				 &err),
		    !table[i].refused, "row %zu: '%s'", i, table[i].in);
		cr_expect(!table[i].refused
			|| strstr(err.msg, "this is a JSON document") != NULL,
		    "row %zu: %s", i, err.msg);
	}
}
