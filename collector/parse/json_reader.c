#include "json_reader.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "kpid/limits.h"

/* Raw bytes of a token: an escape writes one byte in six. */
#define TOKEN_BYTES (6LL * LIMIT_CELL_BYTES)

bool
json_refuse(struct json_reader *r, const char *fmt, ...)
{
	const struct place *at = json_place(r);
	char why[KPID_ERR_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(why, sizeof(why), fmt, ap);
	va_end(ap);
	return err_set(r->err, KPID_EPARSE,
	    "line %" PRIu32 " column %" PRIu32 ": %s", at->line,
	    place_column(at), why);
}

/* ---- places ------------------------------------------------------------ */

/* Moves on to a byte of the piece. */
static void
advance(struct json_reader *r, size_t upto)
{
	if (upto <= r->passed)
		return;
	place_advance(&r->at,
	    (struct slice){ r->text.ptr + r->passed, upto - r->passed });
	r->passed = upto;
}

static bool
is_between_tokens(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ','
	    || c == ':';
}

/* Moves on to the next byte, at `from` or behind it, that belongs to a token.
 */
static void
advance_to_token(struct json_reader *r, size_t from)
{
	size_t n = from > r->passed ? from : r->passed;

	while (n < r->text.len && is_between_tokens(r->text.ptr[n]))
		n++;
	advance(r, n);
}

const struct place *
json_place(struct json_reader *r)
{
	if (!r->placed) {
		advance_to_token(r, r->from);
		r->token = r->at;
		r->placed = true;
	}
	return &r->token;
}

/* ---- tokens ------------------------------------------------------------ */

static bool
refuse_length(struct json_reader *r)
{
	return json_refuse(r,
	    "the text or number is longer than %lld bytes "
	    "(LIMIT_CELL_BYTES, escapes counted)",
	    TOKEN_BYTES);
}

static bool
check_depth(struct json_reader *r)
{
	if (r->depth < LIMIT_JSON_DEPTH)
		return true;
	return json_refuse(r, "nested deeper than %d (LIMIT_JSON_DEPTH)",
	    LIMIT_JSON_DEPTH);
}

/* The token of the call, which ends in this piece. */
static bool
is_long(struct json_reader *r)
{
	uint64_t end = r->at.offset - r->passed + r->to;

	if (!r->placed && r->to - r->from <= (size_t)TOKEN_BYTES)
		return false;
	return end - json_place(r)->offset > (uint64_t)TOKEN_BYTES;
}

static int
take(struct json_reader *r, enum json_kind kind, struct slice text)
{
	const struct json_token t = { kind, text };
	bool opens = kind == JSON_OBJECT || kind == JSON_ARRAY;

	r->placed = r->in_token;
	r->in_token = false;
	r->from = r->to;
	r->to = yajl_get_bytes_consumed(r->yajl);
	if (is_long(r))
		return refuse_length(r);
	if (opens && !check_depth(r))
		return false;
	if (kind == JSON_END)
		r->depth--;
	if (!r->token_fn(r->ctx, &t))
		return false;
	r->depth += opens;
	return true;
}

static int
on_null(void *ctx)
{
	return take(ctx, JSON_NULL, (struct slice){ "", 0 });
}

static int
on_boolean(void *ctx, int value)
{
	return take(ctx, JSON_BOOLEAN, slice_of(value ? "true" : "false"));
}

static int
on_number(void *ctx, const char *text, size_t len)
{
	return take(ctx, JSON_NUMBER, (struct slice){ text, len });
}

static int
on_string(void *ctx, const unsigned char *text, size_t len)
{
	return take(ctx, JSON_STRING,
	    (struct slice){ (const char *)text, len });
}

static int
on_key(void *ctx, const unsigned char *text, size_t len)
{
	return take(ctx, JSON_KEY, (struct slice){ (const char *)text, len });
}

static int
on_object(void *ctx)
{
	return take(ctx, JSON_OBJECT, (struct slice){ "", 0 });
}

static int
on_array(void *ctx)
{
	return take(ctx, JSON_ARRAY, (struct slice){ "", 0 });
}

static int
on_end(void *ctx)
{
	return take(ctx, JSON_END, (struct slice){ "", 0 });
}

/* ---- pieces ------------------------------------------------------------ */

void
json_reader_init(struct json_reader *r, bool many, json_token_fn *fn, void *ctx)
{
	static const yajl_callbacks callbacks = {
		.yajl_null = on_null,
		.yajl_boolean = on_boolean,
		.yajl_number = on_number,
		.yajl_string = on_string,
		.yajl_start_map = on_object,
		.yajl_map_key = on_key,
		.yajl_end_map = on_end,
		.yajl_start_array = on_array,
		.yajl_end_array = on_end,
	};

	*r = (struct json_reader){ .token_fn = fn, .ctx = ctx };
	r->at = place_first();
	r->yajl = yajl_alloc(&callbacks, NULL, r);
	if (r->yajl == NULL)
		fatal("out of memory");
	/* What comes here is UTF-8 already. */
	(void)yajl_config(r->yajl, yajl_dont_validate_strings, 1);
	if (many)
		(void)yajl_config(r->yajl, yajl_allow_multiple_values, 1);
}

void
json_reader_free(struct json_reader *r)
{
	if (r->yajl != NULL)
		yajl_free(r->yajl);
	r->yajl = NULL;
}

/* The piece is read: what is left of it is blank, or begins a token. */
static bool
end_piece(struct json_reader *r)
{
	if (!r->in_token) {
		advance_to_token(r, r->to);
		if (r->passed < r->text.len) {
			r->token = r->at;
			r->in_token = true;
		}
	}
	advance(r, r->text.len);
	r->placed = r->in_token;
	if (r->in_token
	    && r->at.offset - r->token.offset > (uint64_t)TOKEN_BYTES)
		return refuse_length(r);
	return true;
}

static void
begin_piece(struct json_reader *r, struct slice text, struct kpid_err *err)
{
	r->text = text;
	r->passed = r->from = r->to = 0;
	r->err = err;
}

static bool
refuse_syntax(struct json_reader *r)
{
	unsigned char *text = yajl_get_error(r->yajl, 0,
	    (const unsigned char *)r->text.ptr, r->text.len);

	advance(r, yajl_get_bytes_consumed(r->yajl));
	(void)err_set(r->err, KPID_EPARSE,
	    "line %" PRIu32 ": this is not JSON: %.*s", r->at.line,
	    (int)strcspn((const char *)text, "\n"), (const char *)text);
	yajl_free_error(r->yajl, text);
	return false;
}

static bool
parse_piece(struct json_reader *r)
{
	yajl_status status;

	if (r->text.len == 0)
		return true;
	status = yajl_parse(r->yajl, (const unsigned char *)r->text.ptr,
	    r->text.len);
	if (status == yajl_status_client_canceled)
		return false;
	return status == yajl_status_ok ? end_piece(r) : refuse_syntax(r);
}

bool
json_reader_push(struct json_reader *r, struct slice text, struct kpid_err *err)
{
	const char *why = NULL;
	size_t good = json_escapes_push(&r->escapes, text, &why);

	begin_piece(r, (struct slice){ text.ptr, good }, err);
	if (!parse_piece(r))
		return false;
	return why == NULL ? true : json_refuse(r, "%s", why);
}

bool
json_reader_end(struct json_reader *r, struct kpid_err *err)
{
	yajl_status status;

	/* yajl ends a number by a blank of its own. */
	begin_piece(r, slice_of(" "), err);
	status = yajl_complete_parse(r->yajl);
	if (status == yajl_status_client_canceled)
		return false;
	if (status == yajl_status_ok && r->depth == 0)
		return true;
	return err_set(err, KPID_EPARSE,
	    "line %" PRIu32 ": the JSON document ends early; the body was "
	    "probably cut short",
	    r->at.line);
}
