#include <stdlib.h>
#include <string.h>
#include <yajl/yajl_parse.h>

#include "kpid/limits.h"
#include "positions.h"

struct position {
	const char *pointer;
	int line;
};

struct positions {
	struct position *list; /* sorted by pointer once complete */
	size_t n, cap;
};

/* One open object or array. */
struct level {
	const char *pointer; /* its own */
	const char *member;  /* objects: of the key just seen */
	size_t index;        /* arrays: of the next element */
	bool is_array;
};

struct walk {
	struct positions *places;
	struct arena *mem;
	struct slice text;
	size_t seen; /* bytes whose lines are counted */
	int line;
	yajl_handle parser;
	struct level levels[LIMIT_JSON_DEPTH];
	size_t depth;
};

const char *
pointer_member(const char *parent, struct slice key, struct arena *mem)
{
	size_t len = strlen(parent);
	char *out = arena_alloc(mem, len + 2 * key.len + 2);
	char *end = out + len;

	memcpy(out, parent, len);
	*end++ = '/';
	for (size_t i = 0; i < key.len; i++) {
		char c = key.ptr[i];

		*end++ = c == '~' || c == '/' ? '~' : c;
		if (c == '~' || c == '/')
			*end++ = c == '~' ? '0' : '1';
	}
	return out;
}

const char *
pointer_element(const char *parent, size_t index, struct arena *mem)
{
	return arena_printf(mem, "%s/%zu", parent, index);
}

/* The line of the token that yajl has just read: strings and numbers hold no
 * line break, so its end is as good as its beginning. */
static int
current_line(struct walk *w)
{
	size_t to = yajl_get_bytes_consumed(w->parser);

	for (; w->seen < to && w->seen < w->text.len; w->seen++)
		w->line += w->text.ptr[w->seen] == '\n';
	return w->line;
}

static void
add(struct walk *w, const char *pointer)
{
	struct positions *p = w->places;

	if (p->n == p->cap) {
		size_t cap = p->cap == 0 ? 64 : 2 * p->cap;
		struct position *list = arena_array(w->mem, cap, sizeof(*list));

		if (p->n > 0)
			memcpy(list, p->list, p->n * sizeof(*list));
		p->list = list;
		p->cap = cap;
	}
	p->list[p->n++] = (struct position){ pointer, current_line(w) };
}

/* Every value begins here; its pointer. */
static const char *
begin_value(struct walk *w)
{
	struct level *top;
	const char *pointer;

	if (w->depth == 0)
		return "";
	top = &w->levels[w->depth - 1];
	if (!top->is_array)
		return top->member;
	pointer = pointer_element(top->pointer, top->index++, w->mem);
	add(w, pointer);
	return pointer;
}

static int
on_scalar(void *ctx)
{
	(void)begin_value(ctx);
	return 1;
}

static int
on_boolean(void *ctx, int value)
{
	(void)value;
	return on_scalar(ctx);
}

static int
on_number(void *ctx, const char *digits, size_t len)
{
	(void)digits;
	(void)len;
	return on_scalar(ctx);
}

static int
on_string(void *ctx, const unsigned char *text, size_t len)
{
	(void)text;
	(void)len;
	return on_scalar(ctx);
}

static int
open_level(struct walk *w, bool is_array)
{
	const char *pointer = begin_value(w);

	if (w->depth == LIMIT_JSON_DEPTH)
		return 0;
	w->levels[w->depth++] =
	    (struct level){ .pointer = pointer, .is_array = is_array };
	return 1;
}

static int
on_start_map(void *ctx)
{
	return open_level(ctx, false);
}

static int
on_start_array(void *ctx)
{
	return open_level(ctx, true);
}

static int
on_end(void *ctx)
{
	struct walk *w = ctx;

	w->depth--;
	return 1;
}

static int
on_map_key(void *ctx, const unsigned char *key, size_t len)
{
	struct walk *w = ctx;
	struct level *top = &w->levels[w->depth - 1];

	top->member = pointer_member(top->pointer,
	    (struct slice){ (const char *)key, len }, w->mem);
	add(w, top->member);
	return 1;
}

static int
by_pointer(const void *a, const void *b)
{
	return strcmp(((const struct position *)a)->pointer,
	    ((const struct position *)b)->pointer);
}

static void
parser_free(yajl_handle *parser)
{
	if (*parser != NULL)
		yajl_free(*parser);
}

bool
positions_read(struct slice text, struct arena *mem,
    const struct positions **out, struct kpid_err *err)
{
	static const yajl_callbacks callbacks = { .yajl_null = on_scalar,
		.yajl_boolean = on_boolean,
		.yajl_number = on_number,
		.yajl_string = on_string,
		.yajl_start_map = on_start_map,
		.yajl_map_key = on_map_key,
		.yajl_end_map = on_end,
		.yajl_start_array = on_start_array,
		.yajl_end_array = on_end };
	struct walk *w = arena_alloc(mem, sizeof(*w));
	CLEANUP(parser_free)
	yajl_handle parser = yajl_alloc(&callbacks, NULL, w);
	yajl_status status;

	if (parser == NULL)
		fatal("out of memory");
	*w = (struct walk){ .mem = mem,
		.text = text,
		.line = 1,
		.parser = parser,
		.places = arena_alloc(mem, sizeof(*w->places)) };
	status = yajl_parse(parser, (const unsigned char *)text.ptr, text.len);
	if (status == yajl_status_ok)
		status = yajl_complete_parse(parser);
	if (status == yajl_status_client_canceled)
		return err_set(err, KPID_ECONFIG,
		    "nested deeper than %d levels", LIMIT_JSON_DEPTH);
	if (status != yajl_status_ok)
		return err_set(err, KPID_ECONFIG, "not JSON");
	if (w->places->n > 0)
		qsort(w->places->list, w->places->n, sizeof(*w->places->list),
		    by_pointer);
	*out = w->places;
	return true;
}

int
positions_line(const struct positions *p, const char *pointer,
    struct arena *mem)
{
	char *around = arena_strdup(mem, pointer);
	const struct position *found;
	struct position key = { .pointer = around };

	while (*around != '\0') {
		found = p->n == 0
		    ? NULL
		    : bsearch(&key, p->list, p->n, sizeof(key), by_pointer);
		if (found != NULL)
			return found->line;
		*strrchr(around, '/') = '\0';
	}
	return 1;
}
