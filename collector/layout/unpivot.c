/* Each column whose name is like a pattern gives a row. */
#include "unpivot.h"

#include <string.h>

#include "kpid/label.h"
#include "names.h"

#define LIST_MAX 400 /* bytes of names in a message */

bool
unpivot_init(struct unpivoter *u, const struct feed *feed,
    const struct contract *c, struct arena *mem, struct kpid_err *err)
{
	size_t takes;

	*u = (struct unpivoter){ .feed = feed, .c = c, .spec = &c->unpivot };
	if (u->spec->columns == NULL)
		return true;
	if (!pattern_new(u->spec->columns, mem, &u->pattern, err))
		return err_wrap(err, "%s:%d", feed->file, u->spec->line);
	takes = pattern_groups(u->pattern);
	takes = takes > 0 ? takes : 1;
	if (takes == u->spec->n_into)
		return true;
	return err_set(err, KPID_ECONFIG,
	    "%s:%d: 'into' names %zu columns, but the pattern '%s' takes %zu "
	    "texts. HINT: a parenthesis that nothing is read from is written "
	    "(?:...)",
	    feed->file, u->spec->line, u->spec->n_into, u->spec->columns,
	    takes);
}

/* The cells that the name of a matching column gives. */
static void
read_into(struct unpivoter *u, const struct table_column *column,
    const struct slice *groups, struct arena *mem, struct cell *into)
{
	const bool whole = pattern_groups(u->pattern) == 0;
	const struct slice name = slice_trim(column->name);
	const struct slice raw = { slice_dup(name, mem), name.len };

	for (size_t i = 0; i < u->spec->n_into; i++) {
		struct slice text = whole ? name : groups[i + 1];

		text = slice_trim(text);
		into[i] = (struct cell){ .line = column->line,
			.column = column->column,
			.raw = raw };
		into[i].text = (struct slice){
			slice_dup(text, mem),
			text.len,
		};
	}
}

bool
unpivot_match(struct pattern *p, struct slice name, const char *key,
    struct slice groups[PATTERN_GROUPS], bool *found, struct kpid_err *err)
{
	if (!pattern_find(p, slice_trim(name), groups, found, err))
		return false;
	return *found || pattern_find(p, slice_of(key), groups, found, err);
}

static bool
split(struct unpivoter *u, const struct table_header *in, size_t width,
    struct arena *mem, struct kpid_err *err)
{
	const size_t n_into = u->spec->n_into;

	u->n_rest = u->n_matched = 0;
	u->rest = arena_array(mem, in->n, sizeof(*u->rest));
	u->matched = arena_array(mem, width, sizeof(*u->matched));
	u->into = arena_array(mem, width * n_into, sizeof(*u->into));
	for (size_t i = 0; i < in->n; i++) {
		struct slice groups[PATTERN_GROUPS];
		bool found = false;

		if (i < width
		    && !unpivot_match(u->pattern, in->columns[i].name,
			label_key(in->columns[i].name, mem), groups, &found,
			err))
			return false;
		if (!found) {
			u->rest[u->n_rest++] = i;
			continue;
		}
		read_into(u, &in->columns[i], groups, mem,
		    &u->into[u->n_matched * n_into]);
		u->matched[u->n_matched++] = i;
	}
	return true;
}

/* Those that match, as they stand in the grid. */
static const struct table_column *
matched_columns(const struct unpivoter *u, const struct table_header *in,
    struct arena *mem)
{
	struct table_column *of = arena_array(mem, u->n_matched, sizeof(*of));

	for (size_t i = 0; i < u->n_matched; i++)
		of[i] = in->columns[u->matched[i]];
	return of;
}

/* The unit that all of them have, or none. */
static struct slice
common_unit(const struct unpivoter *u, const struct table_header *in)
{
	struct slice unit = in->columns[u->matched[0]].unit;

	for (size_t i = 1; i < u->n_matched; i++)
		if (!slice_eq(in->columns[u->matched[i]].unit, unit))
			return (struct slice){ 0 };
	return unit;
}

static bool
refuse_none(const struct unpivoter *u, const struct table_header *in,
    struct arena *mem, struct kpid_err *err)
{
	CLEANUP(buf_release) struct buf there = { 0 };
	struct names names;

	buf_init(&there, LIST_MAX);
	names_of(in->columns, in->n, mem, &names);
	names_list_all(&there, &names);
	return err_set(err, KPID_ECONTRACT,
	    "%s: no column is like '%s', which %s:%d makes rows "
	    "of; the header has %.*s",
	    where_is(u->c, in->line).text, u->spec->columns, u->feed->file,
	    u->spec->line, (int)there.len, there.len > 0 ? there.ptr : "");
}

bool
unpivot_header(struct unpivoter *u, const struct table_header *in, size_t width,
    struct arena *mem, struct table_header *out, struct kpid_err *err)
{
	struct table_column *columns;
	size_t n = 0;

	if (!split(u, in, width, mem, err))
		return false;
	if (u->n_matched == 0)
		return refuse_none(u, in, mem, err);
	columns =
	    arena_array(mem, u->n_rest + u->spec->n_into + 1, sizeof(*columns));
	for (size_t i = 0; i < u->n_rest; i++)
		columns[n++] = in->columns[u->rest[i]];
	for (size_t i = 0; i < u->spec->n_into; i++)
		columns[n++].name = slice_of(u->spec->into[i]);
	columns[n++] = (struct table_column){
		.name =
		    slice_of(u->spec->value != NULL ? u->spec->value : "value"),
		.unit = common_unit(u, in),
		.of = matched_columns(u, in, mem),
		.n_of = u->n_matched,
	};
	u->cells = arena_array(mem, n, sizeof(*u->cells));
	*out = *in;
	out->columns = columns;
	out->n = n;
	return true;
}

bool
unpivot_row(struct unpivoter *u, const struct row *row,
    const struct table_sink *out, struct kpid_err *err)
{
	const size_t n_into = u->spec->n_into;
	const size_t n = u->n_rest + n_into + 1;
	const struct row made = { u->cells, n, row->line, row->raw };

	for (size_t i = 0; i < u->n_rest; i++)
		u->cells[i] = row->cells[u->rest[i]];
	for (size_t i = 0; i < u->n_matched; i++) {
		memcpy(&u->cells[u->n_rest], &u->into[i * n_into],
		    n_into * sizeof(*u->cells));
		u->cells[n - 1] = row->cells[u->matched[i]];
		if (!out->row(out->ctx, &made, err))
			return false;
	}
	return true;
}
