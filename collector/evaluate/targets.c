/* Goal and target files to one JSON document; every problem at once. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "columns.h"
#include "kpid/decode.h"
#include "kpid/label.h"
#include "kpid/limits.h"
#include "kpid/parse.h"
#include "kpid/targets.h"
#include "target_rules.h"

#define COLUMNS_MAX 64

/* One file being read. */
struct reader {
	const struct config *cfg;
	const char *path;
	const struct column *columns;
	size_t n_columns;
	int place[COLUMNS_MAX]; /* in the row, or -1 */
	bool have_header;
	size_t n_header; /* its cells */
	json_t *rows;
	struct arena *mem;
	struct problems *all;
	struct csv *csv;
};

static int
find_column(const struct reader *r, struct slice label)
{
	const char *key = label_key(label, r->mem);

	for (size_t i = 0; i < r->n_columns; i++)
		if (strcmp(key, r->columns[i].key) == 0
		    || strcmp(key,
			   label_key(slice_of(r->columns[i].label), r->mem))
			== 0)
			return (int)i;
	return -1;
}

static bool
read_header(struct reader *r, const struct row *row)
{
	for (size_t i = 0; i < r->n_columns; i++)
		r->place[i] = -1;
	for (size_t i = 0; i < row->n; i++) {
		int column = find_column(r, row->cells[i].text);

		if (column < 0)
			problem_add(r->all, r->path, (int)row->line,
			    "unknown column '%.*s'. HINT: the columns stand "
			    "in docs/targets.md",
			    slice_width(row->cells[i].text),
			    row->cells[i].text.ptr);
		else if (r->place[column] >= 0)
			problem_add(r->all, r->path, (int)row->line,
			    "column '%s' stands twice",
			    r->columns[column].label);
		else
			r->place[column] = (int)i;
	}
	for (size_t i = 0; i < r->n_columns; i++)
		if (r->columns[i].required && r->place[i] < 0)
			problem_add(r->all, r->path, (int)row->line,
			    "column '%s' (%s) is missing", r->columns[i].label,
			    r->columns[i].key);
	r->have_header = true;
	r->n_header = row->n;
	return true;
}

/* A short row ends in blank cells; text below no column would be lost. */
static void
check_width(struct reader *r, const struct row *row)
{
	for (size_t i = r->n_header; i < row->n; i++)
		if (slice_trim(row->cells[i].text).len > 0) {
			problem_add(r->all, r->path, (int)row->line,
			    "the row has %zu cells where the header has %zu. "
			    "HINT: a text with a comma in it stands in quotes",
			    row->n, r->n_header);
			return;
		}
}

static bool
is_blank(const struct row *row)
{
	for (size_t i = 0; i < row->n; i++)
		if (slice_trim(row->cells[i].text).len > 0)
			return false;
	return true;
}

static void
read_cell(struct reader *r, const struct row *row, size_t column, json_t *out)
{
	const struct column *c = &r->columns[column];
	const int place = r->place[column];
	struct slice text = place >= 0 && (size_t)place < row->n
	    ? row->cells[place].text
	    : (struct slice){ "", 0 };
	const char *why = "";
	json_t *value = column_read(c, text, r->mem, &why);

	if (value == NULL && r->place[column] >= 0)
		problem_add(r->all, r->path, (int)row->line,
		    "column '%s': '%.*s' cannot be read: %s", c->label,
		    slice_width(text), text.ptr, why);
	(void)json_object_set_new(out, c->key,
	    value != NULL ? value : json_null());
}

static bool
take_row(void *ctx, const struct row *row, struct kpid_err *err)
{
	struct reader *r = ctx;
	json_t *out;

	(void)err;
	if (!r->have_header)
		return read_header(r, row);
	if (is_blank(row))
		return true;
	check_width(r, row);
	out = json_object();
	for (size_t i = 0; i < r->n_columns; i++)
		read_cell(r, row, i, out);
	if (json_is_null(json_object_get(out, "org"))
	    && r->cfg->organization != NULL)
		(void)json_object_set_new(out, "org",
		    json_string(r->cfg->organization));
	(void)json_object_set_new(out, "line", json_integer(row->line));
	(void)json_array_append_new(r->rows, out);
	return true;
}

static bool
take_bad(void *ctx, uint32_t line, uint32_t column, struct slice raw,
    const char *reason, struct kpid_err *err)
{
	struct reader *r = ctx;

	(void)column;
	(void)raw;
	(void)err;
	problem_add(r->all, r->path, (int)line, "%s", reason);
	return true;
}

static bool
take_text(void *ctx, struct slice text, struct kpid_err *err)
{
	struct reader *r = ctx;
	const struct row_sink rows = {
		.ctx = r, .row = take_row, .bad = take_bad
	};

	return csv_push(r->csv, text, false, &rows, err);
}

static bool
read_bytes(struct reader *r, int fd, enum encoding encoding,
    struct kpid_err *err)
{
	const struct text_sink text = { r, take_text };
	const struct row_sink rows = {
		.ctx = r, .row = take_row, .bad = take_bad
	};
	struct decoder *d = decoder_new(encoding, r->mem);
	char *chunk = arena_alloc(r->mem, CHUNK_BYTES);
	ssize_t n;

	while ((n = read(fd, chunk, CHUNK_BYTES)) > 0)
		if (!decoder_push(d, (struct slice){ chunk, (size_t)n }, false,
			&text, err))
			return false;
	if (n < 0)
		return err_set(err, KPID_ECONFIG, "%s", strerror(errno));
	return decoder_push(d, (struct slice){ chunk, 0 }, true, &text, err)
	    && csv_push(r->csv, (struct slice){ chunk, 0 }, true, &rows, err);
}

/* Rows of one file into r->rows; what is wrong goes to r->all. */
static void
read_file(struct reader *r)
{
	const struct csv_dialect dialect = { ',', '"' };
	enum encoding encoding;
	struct kpid_err err = { 0 };
	int fd = open(r->path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		problem_add(r->all, r->path, 0, "could not open: %s",
		    strerror(errno));
		return;
	}
	r->csv = csv_new(dialect, r->mem);
	if (!encoding_detect(fd, &encoding, &err)
	    || !read_bytes(r, fd, encoding, &err))
		problem_add(r->all, r->path, 0, "%s", err.msg);
	else if (!r->have_header)
		problem_add(r->all, r->path, 0, "the file is empty");
	csv_free(r->csv);
	(void)close(fd);
}

static json_t *
read_rows(const struct config *cfg, const char *path,
    const struct column *columns, size_t n, struct problems *all)
{
	struct reader r = { .cfg = cfg,
		.path = path,
		.columns = columns,
		.n_columns = n,
		.rows = json_array(),
		.mem = all->mem,
		.all = all };

	if (path != NULL)
		read_file(&r);
	return r.rows;
}

bool
targets_read(const struct config *cfg, const struct plan_files *files,
    struct arena *mem, const char **json, struct problems *all)
{
	const size_t before = all->n;
	json_t *goals =
	    read_rows(cfg, files->goals, goal_columns, n_goal_columns, all);
	json_t *targets = read_rows(cfg, files->targets, target_columns,
	    n_target_columns, all);
	json_t *doc =
	    json_pack("{s:o,s:o}", "goals", goals, "targets", targets);

	target_rules_check(cfg, files, targets, goals, all);
	if (all->n == before) {
		char *text = json_dumps(doc, JSON_COMPACT);

		*json = arena_strdup(mem, text);
		free(text);
	}
	json_decref(doc);
	return all->n == before;
}

const char *
targets_source(const struct config *cfg, const char *path, struct arena *mem)
{
	char *real = realpath(path, NULL);
	const char *whole = arena_strdup(mem, real != NULL ? real : path);
	const size_t len = strlen(cfg->dir);

	free(real);
	return strncmp(whole, cfg->dir, len) == 0 && whole[len] == '/'
	    ? whole + len + 1
	    : whole;
}
