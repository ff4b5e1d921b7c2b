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
		{ BYTES("<?xml version=\"1.0\"?>"), "an XML document" },
		{ BYTES("%PDF-1.7\n%\xe2\xe3"), "a PDF" },
		{ BYTES("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0"),
		    "an Excel 97-2003 workbook (.xls), not a table. HINT: save "
		    "it as CSV" },
		{ BYTES("PK\x03\x04\x14\0"),
		    "an XLSX workbook or ZIP archive" },
		{ BYTES("PK\x05\x06\0\0"), "an empty ZIP archive" },
		{ BYTES("\x1f\x8b\x08\0"), "a gzip archive" },
		{ BYTES("HTTP/1.1 304 Not Modified\r\n"),
		    "a saved HTTP response head" },
		{ BYTES("0\r\n\r\nHTTP/1.1 304 Not Modified\r\n"),
		    "a saved HTTP response head" },
		{ BYTES("HTTP/2 200\r\n"), "a saved HTTP response head" },
		{ BYTES("code,\x1b$B;TD.B<\x1b(B"), "ISO-2022-JP" },
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
