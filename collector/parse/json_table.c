#include "json_table.h"

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
	p->records_text = arena_strdup(mem, records);
	names_copy(p, columns, n_columns);
	if (!json_path_compile(records, mem, &p->records, err)
	    || !json_columns_compile(p->names, n_columns, &p->records, mem,
		&p->columns, err))
		return false;
	if (!p->records.from_root)
		return err_set(err, KPID_ECONFIG,
		    "the path '%s' of the "
		    "records does not begin with '$'",
		    records);
	p->cells = arena_array(mem, n_columns, sizeof(*p->cells));
	p->fixed = arena_array(mem, n_columns, sizeof(*p->fixed));
	p->fixed_text = arena_array(mem, n_columns, sizeof(*p->fixed_text));
	for (size_t i = 0; i < n_columns; i++)
		buf_init(&p->fixed_text[i], LIMIT_CELL_BYTES);
	json_reader_init(&p->reader, true, json_walk_token, p);
	*out = p;
	return true;
}

void
json_table_free(struct json_table *p)
{
	if (p == NULL)
		return;
	json_reader_free(&p->reader);
	for (size_t i = 0; p->fixed_text != NULL && i < p->columns.n; i++)
		buf_release(&p->fixed_text[i]);
	arena_release(&p->row_mem);
}

static bool
finish(struct json_table *p)
{
	if (!json_reader_end(&p->reader, p->err))
		return false;
	if (p->reached)
		return true;
	return err_set(p->err, KPID_EPARSE,
	    "the JSON document has nothing at '%s', where the records are "
	    "expected. HINT: look at the body; it may be an error message",
	    p->records_text);
}

static bool
send_header(struct json_table *p)
{
	const struct row row = {
		.cells = p->cells, .n = p->columns.n, .line = 1
	};

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
	p->sink = sink;
	p->err = err;
	if (!p->begun && !send_header(p))
		return false;
	return json_reader_push(&p->reader, text, err) && (!last || finish(p));
}
