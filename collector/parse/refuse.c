#include <string.h>
#include <strings.h>

#include "kpid/parse.h"

#define PUBLISHER                                            \
	"open the URL in a browser; the publisher may have " \
	"moved the file"
#define UNPACK "unpack it; kpid reads gzip and zip by itself"
#define SAVE   "save it as an XLSX workbook or as CSV"
#define AGAIN  "fetch the file again"
#define BESIDE "look for the CSV beside it, or ask the publisher for one"

/* What a body can begin with that is no table text. */
static const struct {
	size_t at;
	const char *bytes, *what, *hint;
} kinds[] = {
	{ 0, "<!doctype", "an HTML page", PUBLISHER },
	{ 0, "<html", "an HTML page", PUBLISHER },
	{ 0, "<head", "an HTML page", PUBLISHER },
	{ 0, "<meta", "an HTML page", PUBLISHER },
	{ 0, "<table", "an HTML page", PUBLISHER },
	{ 0, "%PDF-", "a PDF", BESIDE },
	{ 0, "{\\rtf", "a text document (RTF)", BESIDE },
	{ 0, "HTTP/1.", "a saved HTTP response head", AGAIN },
	{ 0, "HTTP/2", "a saved HTTP response head", AGAIN },
	{ 0, "MIME-Version:", "a web page saved as MHTML", SAVE },
	{ 0, "From: <Saved by ", "a web page saved as MHTML", SAVE },
	{ 0, "Rar!\x1a\x07", "a RAR archive", UNPACK },
	{ 0, "7z\xbc\xaf\x27\x1c", "a 7-Zip archive", UNPACK },
	{ 2, "-lh0-", "an LZH archive", UNPACK },
	{ 2, "-lh5-", "an LZH archive", UNPACK },
	{ 2, "-lh7-", "an LZH archive", UNPACK },
	{ 0, "BZh91AY&SY", "a bzip2 file", UNPACK },
	{ 0, "\xfd\x37zXZ", "an xz file", UNPACK },
	{ 0, "\x28\xb5\x2f\xfd", "a Zstandard file", UNPACK },
	{ 257, "ustar", "a tar archive", UNPACK },
	{ 0, "\x89PNG\r\n", "an image", BESIDE },
	{ 0, "\xff\xd8\xff", "an image", BESIDE },
	{ 0, "GIF8", "an image", BESIDE },
	{ 0, "SQLite format 3", "an SQLite database", BESIDE },
};

static bool
refuse(const char *what, const char *hint, struct kpid_err *err)
{
	return err_set(err, KPID_EPARSE, "this is %s, not a table. HINT: %s",
	    what, hint);
}

static bool
begins(struct slice s, size_t at, const char *bytes)
{
	const size_t len = strlen(bytes);

	return s.len >= at + len && strncasecmp(s.ptr + at, bytes, len) == 0;
}

static bool
holds(struct slice s, const char *bytes, size_t len)
{
	return s.len > 0 && memmem(s.ptr, s.len, bytes, len) != NULL;
}

static void
skip(struct slice *s, const char *prefix, size_t len)
{
	if (s->len >= len && memcmp(s->ptr, prefix, len) == 0) {
		s->ptr += len;
		s->len -= len;
	}
}

/* Past what may stand before the first character that says something: a byte
 * order mark, blanks, and the last chunk mark of a response cut in pieces. */
static struct slice
skip_to_text(struct slice s)
{
	skip(&s, "\xef\xbb\xbf", 3);
	skip(&s, "0\r\n\r\n", 5);
	while (s.len > 0 && memchr(" \t\r\n", *s.ptr, 4) != NULL) {
		s.ptr++;
		s.len--;
	}
	return s;
}

/*
 * OLE2: what Office wrote until 2003, and what it still puts around a file
 * with a password. The names of the streams inside are UTF-16, and stand near
 * the beginning in small files only: without them it is taken for a workbook.
 */
static bool
refuse_ole2(struct slice head, struct kpid_err *err)
{
	static const char ole2[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
	static const char locked[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k";
	static const char word[] = "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t";

	if (!begins(head, 0, ole2))
		return true;
	if (holds(head, locked, sizeof(locked)))
		return refuse("a workbook locked by a password",
		    "save it without one, or ask the publisher for an open "
		    "file",
		    err);
	if (holds(head, word, sizeof(word)))
		return refuse("a Word 97-2003 document (.doc)", BESIDE, err);
	return refuse("an Excel 97-2003 workbook (.xls)", SAVE, err);
}

static bool
refuse_xml(struct slice text, struct kpid_err *err)
{
	if (!begins(text, 0, "<?xml"))
		return true;
	if (holds(text, "Excel.Sheet", 11))
		return refuse("an Excel 2003 workbook in XML", SAVE, err);
	return refuse("an XML document", PUBLISHER, err);
}

/* Bytes of a line that says how long a chunk is, with its CRLF; 0: it is none.
 * What comes behind ';' is for proxies. */
static size_t
chunk_line(struct slice s, size_t *len)
{
	static const char digits[] = "0123456789abcdefABCDEF";
	size_t n = 0;

	*len = 0;
	while (n < s.len && n < 9 && s.ptr[n] != '\0'
	    && strchr(digits, s.ptr[n]) != NULL) {
		const char c = s.ptr[n++];

		*len = 16 * *len
		    + (size_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
	}
	if (n == 0 || n > 8)
		return 0;
	if (n < s.len && s.ptr[n] == ';')
		while (n < s.len && s.ptr[n] != '\r')
			n++;
	return n + 2 <= s.len && memcmp(s.ptr + n, "\r\n", 2) == 0 ? n + 2 : 0;
}

/* The year 2024 above a table is hexadecimal too: a line alone is believed
 * only when it can hardly be a number, and what follows has another form. */
static bool
odd_line(struct slice line, struct slice after)
{
	const char *end =
	    after.len > 0 ? memchr(after.ptr, '\n', after.len) : NULL;
	const size_t len = end != NULL ? (size_t)(end - after.ptr) : after.len;
	bool letter = begins(line, 0, "00");

	for (size_t i = 0; i < line.len; i++)
		letter |= (line.ptr[i] | 0x20) >= 'a';
	return letter
	    && (holds((struct slice){ after.ptr, len }, ",", 1)
		|| holds((struct slice){ after.ptr, len }, "\t", 1)
		|| (len > 0 && strchr("{[<", *after.ptr) != NULL));
}

/* A response in pieces whose lengths were saved with it: behind the first
 * piece stands the length of the next. */
static bool
is_chunked(struct slice s)
{
	size_t len, next;
	const size_t line = chunk_line(s, &len);
	struct slice after = { s.ptr + line, s.len - line };

	if (line == 0 || len == 0)
		return false;
	if (after.len < len + 2)
		return s.len >= 1024
		    && odd_line((struct slice){ s.ptr, line - 2 }, after);
	if (memcmp(after.ptr + len, "\r\n", 2) != 0)
		return false;
	after.ptr += len + 2;
	after.len -= len + 2;
	return after.len < 3 ? odd_line((struct slice){ s.ptr, line - 2 },
		   (struct slice){ s.ptr + line, len })
			     : chunk_line(after, &next) > 0;
}

static bool
first_is(struct slice s, const char *any)
{
	return s.len > 0 && strchr(any, *s.ptr) != NULL;
}

/* {"  or [{" with blanks between, as no table begins. */
static bool
is_json(struct slice text)
{
	if (first_is(text, "["))
		text =
		    skip_to_text((struct slice){ text.ptr + 1, text.len - 1 });
	if (!first_is(text, "{"))
		return false;
	text = skip_to_text((struct slice){ text.ptr + 1, text.len - 1 });
	return first_is(text, "\"}");
}

bool
parse_refuse_json(struct slice head, struct kpid_err *err)
{
	return !is_json(skip_to_text(head))
	    || refuse("a JSON document",
		"look at it: it may be an error of the server; tables in JSON "
		"are read by \"format\": \"json\"",
		err);
}

bool
parse_refuse(struct slice head, struct kpid_err *err)
{
	struct slice text = skip_to_text(head);

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (begins(kinds[i].at > 0 ? head : text, kinds[i].at,
			kinds[i].bytes))
			return refuse(kinds[i].what, kinds[i].hint, err);
	if (!refuse_ole2(head, err) || !refuse_xml(text, err))
		return false;
	if (is_chunked(head))
		return refuse("a response in chunks, saved with their lengths",
		    AGAIN, err);
	return true;
}
