/* Out of the envelope, then the reader of the contract's format. */
#include "grid.h"

#include <string.h>
#include <unistd.h>

#include "kpid/limits.h"
#include "text.h"

void
grid_close(struct opened *o)
{
	if (o->body != NULL && o->fd != o->body->fd)
		(void)close(o->fd);
	o->body = NULL;
}

/* One envelope off; *more: there was one. */
static bool
unpack(struct opened *o, const struct contract *c, bool *more,
    struct kpid_err *err)
{
	long long max = o->body->feed->max_bytes;
	enum envelope kind;
	int inside;
	const char *name = NULL;

	*more = false;
	if (!envelope_of(o->fd, &kind, err))
		return false;
	o->workbook = kind == ENVELOPE_XLSX;
	if (kind == ENVELOPE_NONE || kind == ENVELOPE_XLSX)
		return true;
	if (!archive_unpack(o->fd,
		&(struct archive_job){
		    kind, &c->member, max > 0 ? max : LIMIT_BODY_BYTES },
		o->mem, &inside, &name, err))
		return false;
	if (o->fd != o->body->fd)
		(void)close(o->fd);
	o->fd = inside;
	if (name != NULL)
		o->member = name;
	*more = true;
	return true;
}

static bool
check_member(const struct opened *o, const struct contract *c,
    struct kpid_err *err)
{
	if (o->member != NULL
	    || (c->member.name == NULL && c->member.pattern == NULL))
		return true;
	return err_set(err, KPID_ECONTRACT,
	    "the body is no zip archive, but %s:%d picks a member of one",
	    o->body->feed->file, c->member.line);
}

bool
grid_open(const struct body *body, const struct contract *c, struct arena *mem,
    struct opened *out, struct kpid_err *err)
{
	struct opened o = { .body = body, .fd = body->fd, .mem = mem };
	bool more = true;

	for (int i = 0; more && i < ENVELOPES_MAX; i++)
		if (!unpack(&o, c, &more, err)) {
			grid_close(&o);
			return false;
		}
	if (more || !check_member(&o, c, err)) {
		if (more)
			(void)!err_set(err, KPID_EREFUSED,
			    "the body is packed more than %d times",
			    ENVELOPES_MAX - 1);
		grid_close(&o);
		return false;
	}
	o.chunk = arena_alloc(mem, CHUNK_BYTES);
	*out = o;
	return true;
}

/* Behind "..." of a URL: its last name, escapes undone. */
static const char *
url_file(const char *url, struct arena *mem)
{
	size_t len = strcspn(url, "?#");
	size_t from = len, n = 0;

	while (from > 0 && url[from - 1] != '/')
		from--;
	char *name = arena_alloc(mem, len - from + 1);

	for (size_t i = from; i < len; i++) {
		uint8_t byte;

		if (url[i] == '%' && i + 2 < len
		    && hex_decode((char[]){ url[i + 1], url[i + 2], 0 }, &byte,
			1)
		    && byte != 0) {
			name[n++] = (char)byte;
			i += 2;
			continue;
		}
		name[n++] = url[i];
	}
	return name;
}

struct body_name
grid_name(const struct opened *o)
{
	const struct body *b = o->body;
	const char *url = b->url != NULL ? b->url : b->feed->url;
	const char *file = b->file;

	if (file == NULL && url != NULL)
		file = url_file(url, o->mem);
	return (struct body_name){ o->member != NULL ? o->member : file, url };
}

/* A push parser behind the decoder. */
struct parser {
	struct csv *csv;
	struct sdmx_csv *sdmx;
	struct json_table *json;
	const struct row_sink *rows;
};

static void
parser_release(struct parser *p)
{
	csv_free(p->csv);
	sdmx_csv_free(p->sdmx);
	json_table_free(p->json);
}

static bool
parser_open(struct parser *p, const struct contract *c, struct arena *mem,
    struct kpid_err *err)
{
	const char *const *columns;
	size_t n;

	if (c->format == FORMAT_SDMX_CSV) {
		p->sdmx = sdmx_csv_new(mem);
		return true;
	}
	if (c->format == FORMAT_CSV) {
		struct csv_dialect dialect = { c->delimiter, c->quote };

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
	if (p->csv != NULL)
		return csv_push(p->csv, text, last, p->rows, err);
	if (p->sdmx != NULL)
		return sdmx_csv_push(p->sdmx, text, last, p->rows, err);
	return json_table_push(p->json, text, last, p->rows, err);
}

static bool
take_text(void *ctx, struct slice text, struct kpid_err *err)
{
	return parser_push(ctx, text, false, err);
}

static bool
push_all(const struct text_source *text, const struct contract *c,
    const struct row_sink *rows, struct arena *mem, struct kpid_err *err)
{
	CLEANUP(parser_release) struct parser p = { .rows = rows };
	const struct text_sink sink = { &p, take_text };

	return parser_open(&p, c, mem, err) && text->read(text->ctx, &sink, err)
	    && parser_push(&p, slice_of(""), true, err);
}

static bool
read_workbook(const struct opened *o, const struct contract *c,
    const struct row_sink *rows, struct kpid_err *err)
{
	if (c->format != FORMAT_XLSX)
		return err_set(err, KPID_ECONTRACT,
		    "the body is a workbook (XLSX). HINT: \"format\": \"xlsx\" "
		    "in the contract reads it");
	return xlsx_read(o->fd, &c->sheet, rows, o->mem, err);
}

bool
grid_read(struct opened *o, const struct contract *c,
    const struct row_sink *rows, struct kpid_err *err)
{
	struct body_text t;

	if (o->workbook)
		return read_workbook(o, c, rows, err);
	if (!text_open(o, c, &t, err))
		return false;
	const struct text_source text = text_source(&t);

	switch (c->format) {
	case FORMAT_CSV:
	case FORMAT_SDMX_CSV:
	case FORMAT_JSON:
		return push_all(&text, c, rows, o->mem, err);
	case FORMAT_XLSX:
		return err_set(err, KPID_ECONTRACT,
		    "the body is no workbook (XLSX), which the contract says "
		    "it is. HINT: is it CSV?");
	default:
		return shape_read(c->format, &text, rows, o->mem, err);
	}
}
