/*
 * Bytes to a draft: sniffed, sampled, guessed, read by the guess, repaired.
 */
#include "kpid/inspect.h"

#include <string.h>

#include "json_guess.h"
#include "subject.h"

static bool
is_sdmx_csv(struct slice head)
{
	const char *end = memchr(head.ptr, '\n', head.len);
	size_t len = end == NULL ? head.len : (size_t)(end - head.ptr);
	struct arena mem = { 0 };
	const char *line = arena_strndup(&mem, head.ptr, len);
	bool yes = strstr(line, "OBS_VALUE") != NULL
	    && (strncmp(line, "STRUCTURE", 9) == 0
		|| strncmp(line, "DATAFLOW", 8) == 0);

	arena_release(&mem);
	return yes;
}

static bool
inspect_csv(const struct subject *s, const char *encoding, bool sure,
    struct slice head, struct inspection *out, struct kpid_err *err)
{
	bool sdmx = is_sdmx_csv(head);
	char delimiter = sniff_delimiter(head);
	const struct contract c = { .format =
					sdmx ? FORMAT_SDMX_CSV : FORMAT_CSV,
		.encoding = encoding,
		.delimiter = delimiter,
		.quote = '"',
		.lenient = true };
	struct guess g;

	subject_begin(s, c.format, &g);
	g.draft.format = json_string(sdmx ? "sdmx-csv" : "csv");
	g.draft.encoding = json_string(encoding);
	if (!sdmx && delimiter != ',')
		json_set_text(&g.draft.csv, "delimiter",
		    (char[]){ delimiter, '\0' });
	if (!sure)
		doubt(&g, "whether the encoding is %s", encoding);
	return subject_try(s, &c, &g, out, err);
}

static const struct dimension *
path_columns(const struct json_shape *shape, struct arena *mem)
{
	struct dimension *list =
	    arena_array(mem, shape->n_columns, sizeof(*list));

	for (size_t i = 0; i < shape->n_columns; i++) {
		list[i].name = shape->columns[i];
		list[i].source.column = shape->columns[i];
	}
	return list;
}

static bool
inspect_json(const struct subject *s, const char *encoding, struct slice head,
    struct inspection *out, struct kpid_err *err)
{
	struct json_shape shape;
	struct guess g;

	if (!json_guess(head, s->mem, &shape, err))
		return false;
	const struct contract c = { .format = shape.format,
		.encoding = encoding,
		.records = shape.records,
		.dims = path_columns(&shape, s->mem),
		.n_dims = shape.n_columns };

	subject_begin(s, c.format, &g);
	g.draft.format = json_string(shape.name);
	g.draft.encoding = json_string(encoding);
	if (shape.records != NULL)
		g.draft.records = json_string(shape.records);
	return subject_try(s, &c, &g, out, err);
}

static bool
inspect_text(const struct subject *s, struct inspection *out,
    struct kpid_err *err)
{
	const char *encoding;
	struct slice head;
	bool sure;

	if (!sniff_text(s->in.fd, s->mem, &encoding, &sure, &head, err))
		return false;
	size_t blank = 0;

	while (blank < head.len
	    && memchr(" \t\r\n", head.ptr[blank], 4) != NULL)
		blank++;
	if (blank < head.len
	    && (head.ptr[blank] == '{' || head.ptr[blank] == '['))
		return inspect_json(s, encoding, head, out, err);
	return inspect_csv(s, encoding, sure, head, out, err);
}

bool
inspect_body(const struct config *cfg, const struct inspect_source *from,
    struct arena *mem, struct inspection *out, struct kpid_err *err)
{
	struct subject s = { .cfg = cfg,
		.fd = from->fd,
		.url = from->url,
		.mem = mem,
		.file = from->file };
	bool ok;

	if (!inside_open(from->fd, mem, &s.in, err))
		return false;
	ok = s.in.workbook ? inspect_workbook(&s, out, err)
			   : inspect_text(&s, out, err);
	inside_close(&s.in);
	return ok;
}
