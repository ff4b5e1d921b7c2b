#include <string.h>
#include <strings.h>

#include "kpid/parse.h"

#define PUBLISHER                                            \
	"open the URL in a browser; the publisher may have " \
	"moved the file"

/* What a body can begin with that is no table text. */
static const struct {
	const char *bytes;
	size_t len;
	const char *what, *hint;
} kinds[] = {
	{ "<!doctype", 9, "an HTML page", PUBLISHER },
	{ "<html", 5, "an HTML page", PUBLISHER },
	{ "<?xml", 5, "an XML document", PUBLISHER },
	{ "%PDF-", 5, "a PDF",
	    "look for the CSV beside it, or ask the publisher for one" },
	{ "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8,
	    "an Excel 97-2003 workbook (.xls)", "save it as CSV" },
	{ "PK\x03\x04", 4, "an XLSX workbook or ZIP archive",
	    "unpack it, or save it as CSV" },
	{ "PK\x05\x06", 4, "an empty ZIP archive", PUBLISHER },
	{ "\x1f\x8b", 2, "a gzip archive", "unpack it" },
	{ "HTTP/1.", 7, "a saved HTTP response head", "fetch the file again" },
	{ "HTTP/2", 6, "a saved HTTP response head", "fetch the file again" },
};

/* ISO-2022-JP begins its Japanese with these, in what else looks as ASCII. */
static const char *const shifts[] = { "\x1b$B", "\x1b$@", "\x1b(I" };

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

bool
parse_refuse(struct slice head, struct kpid_err *err)
{
	struct slice text = skip_to_text(head);

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (text.len >= kinds[i].len
		    && strncasecmp(text.ptr, kinds[i].bytes, kinds[i].len) == 0)
			return err_set(err, KPID_EPARSE,
			    "this is %s, not a "
			    "table. HINT: %s",
			    kinds[i].what, kinds[i].hint);
	for (size_t i = 0; i < ARRAY_LEN(shifts); i++)
		if (head.len > 0
		    && memmem(head.ptr, head.len, shifts[i], strlen(shifts[i]))
			!= NULL)
			return err_set(err, KPID_EPARSE,
			    "this is text in "
			    "ISO-2022-JP (JIS), which is not read. HINT: save "
			    "it as UTF-8");
	return true;
}
