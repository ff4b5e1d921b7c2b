/* The pipeline of one body: chunks in, observations out. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kpid/body.h"
#include "kpid/decode.h"
#include "kpid/limits.h"
#include "kpid/normalise.h"
#include "kpid/parse.h"

/* One of the two parsers behind one push. */
struct parser {
	struct csv *csv;
	struct json_table *json;
	const struct row_sink *rows;
};

static void
parser_release(struct parser *p)
{
	if (p->csv != NULL)
		csv_free(p->csv);
	if (p->json != NULL)
		json_table_free(p->json);
}

static bool
parser_open(const struct contract *c, const struct row_sink *rows,
    struct arena *mem, struct parser *p, struct kpid_err *err)
{
	const char *const *columns;
	size_t n;

	p->rows = rows;
	if (c->format == FORMAT_CSV) {
		struct csv_dialect dialect = { c->delimiter, c->quote,
			c->lenient };

		p->csv = csv_new(dialect, mem);
		return true;
	}
	columns = contract_columns(c, mem, &n);
	return json_table_new(c->records, columns, n, mem, &p->json, err);
}

static bool
parser_push(struct parser *p, struct slice text, bool last,
    struct kpid_err *err)
{
	return p->csv != NULL
	    ? csv_push(p->csv, text, last, p->rows, err)
	    : json_table_push(p->json, text, last, p->rows, err);
}

static bool
take_text(void *ctx, struct slice text, struct kpid_err *err)
{
	return parser_push(ctx, text, false, err);
}

static bool
read_chunk(int fd, char *chunk, off_t at, size_t *len, struct kpid_err *err)
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

/* What is no table at all is refused by its first bytes, by name. */
static bool
choose_encoding(const struct body *body, char *chunk, enum encoding *out,
    struct kpid_err *err)
{
	const char *declared = body->feed->contract.encoding;
	size_t len = 0;

	if (!read_chunk(body->fd, chunk, 0, &len, err))
		return false;
	if (len == 0)
		return err_set(err, KPID_EPARSE, "the body is empty");
	if (!parse_refuse((struct slice){ chunk, len }, err))
		return false;
	if (declared != NULL && strcmp(declared, "auto") != 0)
		return encoding_from_name(declared, out, err);
	return encoding_detect(body->fd, out, err);
}

static bool
push_all(const struct body *body, struct decoder *decoder,
    struct parser *parser, char *chunk, struct kpid_err *err)
{
	const struct text_sink text = { parser, take_text };
	off_t at = 0;
	size_t len = 0;
	struct stat st = { 0 };

	(void)fstat(body->fd, &st);

	do {
		if (!read_chunk(body->fd, chunk, at, &len, err)
		    || !decoder_push(decoder, (struct slice){ chunk, len },
			len == 0, &text, err))
			return false;
		at += (off_t)len;
		if (body->progress != NULL && len > 0)
			body->progress->tell(body->progress->ctx,
			    body->feed->name, (uint64_t)at,
			    (uint64_t)st.st_size);
	} while (len > 0);
	return parser_push(parser, (struct slice){ chunk, 0 }, true, err);
}

/* Bytes to rows. */
static bool
read_table(const struct body *body, const struct row_sink *rows,
    struct arena *mem, struct decoder **decoder, struct kpid_err *err)
{
	CLEANUP(parser_release) struct parser parser = { 0 };
	char *chunk = arena_alloc(mem, CHUNK_BYTES);
	enum encoding encoding;

	if (!choose_encoding(body, chunk, &encoding, err)
	    || !parser_open(&body->feed->contract, rows, mem, &parser, err))
		return false;
	*decoder = decoder_new(encoding, mem);
	return push_all(body, *decoder, &parser, chunk, err);
}

static bool
tell_private_use(const struct decoder *decoder,
    const struct observation_sink *out, struct kpid_err *err)
{
	uint32_t line = 0;
	uint64_t n = decoder_private_use(decoder, &line);
	char text[160];

	if (n == 0)
		return true;
	(void)snprintf(text, sizeof(text),
	    "%llu characters of a private-use "
	    "area (外字), which only their maker can read",
	    (unsigned long long)n);
	return out->finding(out->ctx,
	    &(struct finding){
		.kind = "private_use", .line = line, .text = text },
	    err);
}

bool
body_read(const struct body *body, const struct observation_sink *out,
    struct arena *mem, uint64_t *read, struct kpid_err *err)
{
	struct normaliser *n = normaliser_new(body->cfg, body->feed, mem);
	const struct row_sink rows = normaliser_sink(n, out);
	struct decoder *decoder = NULL;
	bool ok = read_table(body, &rows, mem, &decoder, err)
	    && normaliser_end(n, err) && tell_private_use(decoder, out, err);

	if (ok)
		*read = normaliser_read(n);
	normaliser_free(n);
	return ok;
}

struct search {
	uint32_t line, column;
	struct arena *mem;
	const char *raw;
};

static bool
search_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct search *s = ctx;

	for (size_t i = 0; i < row->n; i++)
		if (row->cells[i].line == s->line
		    && row->cells[i].column == s->column) {
			s->raw = slice_dup(row->cells[i].text, s->mem);
			return err_set(err, KPID_OK, "found");
		}
	return true;
}

static bool
search_bad(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	struct search *s = ctx;

	(void)column;
	(void)reason;
	if (line != s->line)
		return true;
	s->raw = slice_dup(raw, s->mem);
	return err_set(err, KPID_OK, "found");
}

bool
body_cell(const struct body *body, uint32_t line, uint32_t column,
    struct arena *mem, const char **raw, struct kpid_err *err)
{
	struct search s = { line, column, mem, NULL };
	const struct row_sink rows = { &s, search_row, search_bad };
	struct decoder *decoder;

	if (!read_table(body, &rows, mem, &decoder, err) && s.raw == NULL)
		return false;
	*raw = s.raw;
	return true;
}
