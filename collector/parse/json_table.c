#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "json_table.h"

/* Raw bytes of a token: an escape writes one byte in six. */
#define TOKEN_BYTES (6LL * LIMIT_CELL_BYTES)

static void
names_copy(struct json_table *p, const char *const *columns, size_t n)
{
	p->names = arena_array(p->mem, n, sizeof(*p->names));
	for (size_t i = 0; i < n; i++)
		p->names[i] = arena_strdup(p->mem, columns[i]);
}

bool
json_table_new(const char *records, const char *const *columns,
    size_t n_columns, struct arena *mem, struct json_table **out,
    struct kpid_err *err)
{
	struct json_table *p = arena_alloc(mem, sizeof(*p));

	p->mem = mem;
	p->at = place_first();
	p->records_text = arena_strdup(mem, records);
	names_copy(p, columns, n_columns);
	if (!json_path_compile(records, mem, &p->records, err)
	    || !json_columns_compile(p->names, n_columns, mem, &p->columns,
		err))
		return false;
	if (!p->records.from_root)
		return err_set(err, KPID_ECONFIG,
		    "the path '%s' of the "
		    "records does not begin with '$'",
		    records);
	p->cells = arena_array(mem, n_columns, sizeof(*p->cells));
	p->fixed = arena_array(mem, n_columns, sizeof(*p->fixed));
	p->yajl = yajl_alloc(json_walk_callbacks(), NULL, p);
	if (p->yajl == NULL)
		fatal("out of memory");
	/* What comes here is UTF-8 already. */
	(void)yajl_config(p->yajl, yajl_dont_validate_strings, 1);
	*out = p;
	return true;
}

void
json_table_free(struct json_table *p)
{
	if (p == NULL)
		return;
	yajl_free(p->yajl);
	arena_release(&p->row_mem);
}

bool
json_refuse(struct json_table *p, const char *fmt, ...)
{
	char why[KPID_ERR_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	return err_set(p->err, KPID_EPARSE,
	    "line %" PRIu32 " column %" PRIu32 ": %s", p->token.line,
	    place_column(&p->token), why);
}

/* Moves on to a byte of the piece. */
static void
advance(struct json_table *p, size_t upto)
{
	if (upto <= p->done)
		return;
	place_advance(&p->at,
	    (struct slice){ p->text.ptr + p->done, upto - p->done });
	p->done = upto;
}

static bool
is_between_tokens(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ','
	    || c == ':';
}

/* Moves on to the next byte that belongs to a token. */
static void
skip_blanks(struct json_table *p)
{
	size_t n = p->done;

	while (n < p->text.len && is_between_tokens(p->text.ptr[n]))
		n++;
	advance(p, n);
}

static bool
check_length(struct json_table *p)
{
	if (p->at.offset - p->token.offset <= TOKEN_BYTES)
		return true;
	return json_refuse(p,
	    "the text or number is longer than %lld bytes "
	    "(LIMIT_CELL_BYTES, escapes counted)",
	    TOKEN_BYTES);
}

bool
json_token_take(struct json_table *p)
{
	if (!p->in_token) {
		skip_blanks(p);
		p->token = p->at;
	}
	p->in_token = false;
	advance(p, yajl_get_bytes_consumed(p->yajl));
	return check_length(p);
}

/* The piece is read: what is left of it is blank, or begins a token. */
static bool
end_piece(struct json_table *p)
{
	if (!p->in_token) {
		skip_blanks(p);
		if (p->done < p->text.len) {
			p->token = p->at;
			p->in_token = true;
		}
	}
	advance(p, p->text.len);
	return p->in_token ? check_length(p) : true;
}

static bool
refuse_syntax(struct json_table *p)
{
	unsigned char *text = yajl_get_error(p->yajl, 0, NULL, 0);
	int len = (int)strcspn((const char *)text, "\n");

	advance(p, yajl_get_bytes_consumed(p->yajl));
	(void)err_set(p->err, KPID_EPARSE,
	    "line %" PRIu32 ": this is not "
	    "JSON: %.*s",
	    p->at.line, len, (const char *)text);
	yajl_free_error(p->yajl, text);
	return false;
}

static bool
parse_piece(struct json_table *p, struct slice text)
{
	yajl_status status;

	p->text = text;
	p->done = 0;
	if (text.len == 0)
		return true;
	status = yajl_parse(p->yajl, (const unsigned char *)text.ptr, text.len);
	if (status == yajl_status_client_canceled)
		return false;
	if (status != yajl_status_ok)
		return refuse_syntax(p);
	return end_piece(p);
}

static bool
finish(struct json_table *p)
{
	yajl_status status;

	/* The reader ends a number by a blank of its own. */
	p->text = slice_of(" ");
	p->done = 0;
	status = yajl_complete_parse(p->yajl);
	if (status == yajl_status_client_canceled)
		return false;
	if (status != yajl_status_ok)
		return err_set(p->err, KPID_EPARSE,
		    "line %" PRIu32 ": the "
		    "JSON document ends early; the body was probably cut "
		    "short",
		    p->at.line);
	if (!p->reached)
		return err_set(p->err, KPID_EPARSE,
		    "the JSON document has "
		    "nothing at '%s', where the records are expected. HINT: "
		    "look at the body; it may be an error message",
		    p->records_text);
	return true;
}

static bool
send_header(struct json_table *p)
{
	struct row row = { p->cells, p->columns.n, 1 };

	p->begun = true;
	for (size_t i = 0; i < p->columns.n; i++)
		p->cells[i] = (struct cell){
			.text = slice_of(p->names[i]),
			.line = 1,
			.column = (uint32_t)i + 1,
		};
	return p->sink->row(p->sink->ctx, &row, p->err);
}

bool
json_table_push(struct json_table *p, struct slice text, bool last,
    const struct row_sink *sink, struct kpid_err *err)
{
	const char *why = NULL;
	size_t good;

	p->sink = sink;
	p->err = err;
	if (!p->begun && !send_header(p))
		return false;
	good = json_escapes_push(&p->escapes, text, &why);
	if (!parse_piece(p, (struct slice){ text.ptr, good }))
		return false;
	if (why != NULL)
		return json_refuse(p, "%s", why);
	return last ? finish(p) : true;
}
