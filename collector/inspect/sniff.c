/* Envelope, encoding and separator by the bytes. */
#include "sniff.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "kpid/decode.h"
#include "kpid/limits.h"
#include "kpid/parse.h"

#define ENVELOPES 3
#define LINES     400 /* looked at for the separator */
#define WIDEST    200

/* Members that may be tables, by the endings of their names. */
static const char *const tables[] = { "(?i)\\.csv$", "(?i)\\.xlsx$",
	"(?i)\\.(?:tsv|txt)$", "(?i)\\.json$" };

void
inside_close(struct inside *in)
{
	if (in->fd != in->outer && in->fd >= 0)
		(void)close(in->fd);
	in->fd = in->outer;
}

/* The only member, else the only one of a kind. */
static bool
unpack(struct inside *in, enum envelope kind, struct arena *mem,
    struct kpid_err *err)
{
	struct pick pick = { 0 };
	struct kpid_err why = { 0 };
	const char *name = NULL;
	int fd;
	bool ok = archive_unpack(in->fd,
	    &(struct archive_job){ kind, &pick, LIMIT_BODY_BYTES }, mem, &fd,
	    &name, err);

	for (size_t i = 0; !ok && kind == ENVELOPE_ZIP && i < ARRAY_LEN(tables);
	     i++) {
		pick.pattern = tables[i];
		ok = archive_unpack(in->fd,
		    &(struct archive_job){ kind, &pick, LIMIT_BODY_BYTES }, mem,
		    &fd, &name, &why);
	}
	if (!ok)
		return false;
	*err = (struct kpid_err){ 0 };
	if (in->fd != in->outer)
		(void)close(in->fd);
	in->fd = fd;
	if (name != NULL) {
		in->member = name;
		in->pattern = pick.pattern;
	}
	return true;
}

bool
inside_open(int fd, struct arena *mem, struct inside *out, struct kpid_err *err)
{
	struct inside in = { .fd = fd, .outer = fd };
	enum envelope kind;

	for (int i = 0; i < ENVELOPES; i++) {
		bool ok = envelope_of(in.fd, &kind, err);

		if (ok && (kind == ENVELOPE_NONE || kind == ENVELOPE_XLSX)) {
			in.workbook = kind == ENVELOPE_XLSX;
			*out = in;
			return true;
		}
		if (!ok || !unpack(&in, kind, mem, err)) {
			inside_close(&in);
			return false;
		}
	}
	inside_close(&in);
	return err_set(err, KPID_EREFUSED, "the body is packed too often");
}

struct head {
	struct buf text;
	size_t max;
};

static bool
take_text(void *ctx, struct slice text, struct kpid_err *err)
{
	struct head *h = ctx;
	size_t room = h->max - h->text.len;

	if (text.len > room) {
		while (room > 0
		    && ((unsigned char)text.ptr[room] & 0xC0) == 0x80)
			room--;
		text.len = room;
	}
	if (text.len > 0 && !buf_put(&h->text, text.ptr, text.len))
		return err_set(err, KPID_EINTERNAL, "a head over its limit");
	return true;
}

static bool
read_chunk(int fd, off_t at, char *chunk, size_t *len, struct kpid_err *err)
{
	ssize_t n;

	do
		n = pread(fd, chunk, CHUNK_BYTES, at);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_set(err, KPID_ESPOOL, "could not read the body: %s",
		    strerror(errno));
	*len = (size_t)n;
	return true;
}

/* All of the body decoded, of which the beginning is kept. */
static bool
decode_all(int fd, enum encoding e, char *chunk, struct head *h,
    struct kpid_err *err)
{
	struct arena mem = { 0 };
	struct decoder *d = decoder_new(e, &mem);
	const struct text_sink sink = { h, take_text };
	off_t at = 0;
	size_t len = 0;
	bool ok;

	buf_clear(&h->text);
	do {
		ok = read_chunk(fd, at, chunk, &len, err)
		    && decoder_push(d, (struct slice){ chunk, len }, len == 0,
			&sink, err);
		at += (off_t)len;
	} while (ok && len > 0);
	arena_release(&mem);
	return ok;
}

/* What cannot be told by its bytes may still be clean in just one way. */
static bool
try_others(int fd, char *chunk, struct head *h, const char **name)
{
	static const char *const others[] = { "iso-2022-jp", "euc-jp",
		"utf-16le", "utf-16be" };
	struct kpid_err err = { 0 };
	enum encoding e;

	for (size_t i = 0; i < ARRAY_LEN(others); i++)
		if (encoding_from_name(others[i], &e, &err)
		    && decode_all(fd, e, chunk, h, &err)) {
			*name = others[i];
			return true;
		}
	return false;
}

static const char *
contract_name(enum encoding e)
{
	static const char *const names[] = {
		[ENCODING_UTF8] = "utf-8",
		[ENCODING_CP932] = "cp932",
		[ENCODING_UTF16] = "utf-16",
		[ENCODING_UTF16LE] = "utf-16le",
		[ENCODING_UTF16BE] = "utf-16be",
		[ENCODING_EUC_JP] = "euc-jp",
		[ENCODING_ISO_2022_JP] = "iso-2022-jp",
	};

	return names[e];
}

static bool
is_escaped(const char *chunk, size_t len)
{
	for (size_t i = 0; i + 2 < len; i++)
		if (chunk[i] == 0x1B
		    && (chunk[i + 1] == '$' || chunk[i + 1] == '('))
			return true;
	return false;
}

bool
sniff_text(int fd, struct arena *mem, const char **encoding, bool *sure,
    struct slice *head, struct kpid_err *err)
{
	struct head h = { .max = SNIFF_BYTES };
	char *chunk = arena_alloc(mem, CHUNK_BYTES);
	size_t len = 0;
	enum encoding e;
	bool ok;

	if (!read_chunk(fd, 0, chunk, &len, err))
		return false;
	if (len == 0)
		return err_set(err, KPID_EPARSE, "the body is empty");
	if (!parse_refuse((struct slice){ chunk, len }, err))
		return false;
	*sure = true;
	buf_init(&h.text, SNIFF_BYTES);
	ok = !is_escaped(chunk, len) && encoding_detect(fd, &e, err)
	    && decode_all(fd, e, chunk, &h, err);
	if (ok)
		*encoding = contract_name(e);
	else {
		struct kpid_err why = *err;

		ok = try_others(fd, chunk, &h, encoding);
		*sure = false;
		if (!ok && why.msg[0] != '\0')
			*err = why;
	}
	if (ok)
		*head = slice_of(arena_strndup(mem, h.text.ptr, h.text.len));
	else if (err->msg[0] == '\0')
		ok = err_set(err, KPID_EDECODE,
		    "the body is in no encoding that is read");
	buf_release(&h.text);
	return ok;
}

/* How many lines have 1, 2, .. separators outside quotes. */
static size_t
count_lines(struct slice head, char delimiter, size_t lines[WIDEST])
{
	size_t n = 0, all = 0;
	bool quoted = false, any = false;

	for (size_t i = 0; i < head.len && all < LINES; i++) {
		char c = head.ptr[i];

		if (c == '"')
			quoted = !quoted;
		if (c == delimiter && !quoted)
			n++;
		any |= c != '\n' && c != '\r';
		if ((c != '\n' && c != '\r') || quoted)
			continue;
		if (any) {
			lines[n < WIDEST ? n : WIDEST - 1]++;
			all++;
		}
		n = 0;
		any = false;
	}
	if (any && all < LINES) {
		lines[n < WIDEST ? n : WIDEST - 1]++;
		all++;
	}
	return all;
}

char
sniff_delimiter(struct slice head)
{
	static const char delimiters[] = { ',', '\t', ';', '|' };
	char best = ',';
	size_t most = 0;

	for (size_t i = 0; i < sizeof(delimiters); i++) {
		size_t lines[WIDEST] = { 0 }, alike = 0, width = 0, score;

		(void)count_lines(head, delimiters[i], lines);
		for (size_t w = 1; w < WIDEST; w++)
			if (lines[w] >= alike) {
				alike = lines[w];
				width = w;
			}
		/* A wider table of as many lines is the likelier one. */
		score = alike * alike * (width > 6 ? 6 : width);
		if (score > most) {
			most = score;
			best = delimiters[i];
		}
	}
	return best;
}
