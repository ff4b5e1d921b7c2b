/* Which rows are the header. */
#include "search.h"

#include <string.h>

#include "kpid/label.h"
#include "unpivot.h"

#define LIST_MAX 400 /* bytes of names in a message */

static enum search_by
search_by(const struct search *s)
{
	const struct contract *c = s->c;
	const struct header_spec *h = &c->header;

	if (c->format != FORMAT_CSV && c->format != FORMAT_XLSX)
		return SEARCH_FIRST;
	if (h->row > 0)
		return SEARCH_ROW;
	if (h->n_find > 0 || h->pattern != NULL)
		return SEARCH_LABELS;
	if (h->n_names > 0)
		return SEARCH_NONE;
	return s->n_wanted > 0 || s->columns != NULL ? SEARCH_COLUMNS
						     : SEARCH_FIRST;
}

bool
search_init(struct search *s, const struct feed *feed, const struct contract *c,
    struct pattern *columns, struct arena *mem, struct kpid_err *err)
{
	*s = (struct search){ .feed = feed, .c = c, .columns = columns };
	buf_init(&s->nearest.missing, LIST_MAX);
	buf_init(&s->nearest.there, LIST_MAX);
	s->wanted = wanted_of(c, mem, &s->n_wanted);
	s->by = search_by(s);
	if (s->by != SEARCH_LABELS || c->header.pattern == NULL)
		return true;
	return pattern_new(c->header.pattern, mem, &s->pattern, err)
	    || err_wrap(err, "%s:%d: header", feed->file, c->line);
}

void
search_release(struct search *s)
{
	buf_release(&s->nearest.missing);
	buf_release(&s->nearest.there);
	arena_release(&s->nearest.mem);
	arena_release(&s->scratch);
}

void
search_begin(struct search *s)
{
	s->nearest.any = false;
	s->looked = 0;
}

/* One way to look at a window: its columns, and what stands in its cells. */
struct view {
	const struct window *w;
	struct names names;
	struct buf *missing;
	const char *first_missing;
	int line;
	size_t score;
	bool anchored; /* the first row has a part in it */
	bool pattern;  /* what is missing is one for unpivot, and no other */
};

static void
view_miss(struct view *v, const char *name, int line)
{
	if (v->first_missing == NULL) {
		v->first_missing = name;
		v->line = line;
	}
	names_list(v->missing, name);
}

static bool
row_has(const struct row *row, const char *key, struct arena *mem)
{
	for (size_t i = 0; i < row->n; i++)
		if (strcmp(label_key(cell_words(&row->cells[i]), mem), key)
		    == 0)
			return true;
	return false;
}

static void
look_for_label(struct search *s, struct view *v, const struct wanted *wanted)
{
	const char *key = label_key(slice_of(wanted->name), &s->scratch);
	size_t again, row = 0;

	while (row < v->w->n
	    && !row_has(&v->w->rows[row].row, key, &s->scratch))
		row++;
	if (row < v->w->n) {
		v->anchored = v->anchored || row == 0;
		v->score++;
	} else if (names_find(&v->names, wanted->name, &s->scratch, &again)
	    != NO_COLUMN) {
		v->anchored = true;
		v->score++;
	} else {
		view_miss(v, wanted->name, wanted->line);
	}
}

static void
look_for_column(struct search *s, struct view *v, const struct wanted *wanted)
{
	const struct row *first = &v->w->rows[0].row;
	size_t again,
	    i = names_find(&v->names, wanted->name, &s->scratch, &again);

	if (i == NO_COLUMN) {
		view_miss(v, wanted->name, wanted->line);
		return;
	}
	v->score++;
	if (i < first->n && !cell_is_blank(&first->cells[i]))
		v->anchored = true;
}

static bool
look_for_unpivot(struct search *s, struct view *v, struct kpid_err *err)
{
	struct slice groups[PATTERN_GROUPS];
	bool found = false;

	for (size_t i = 0; i < v->names.n && !found; i++)
		if (!unpivot_match(s->columns, v->names.columns[i].name,
			v->names.keys[i], groups, &found, err))
			return false;
	if (found) {
		v->anchored = v->anchored || s->n_wanted == 0;
		v->score++;
	} else if (v->first_missing == NULL) {
		view_miss(v, s->c->unpivot.columns, s->c->unpivot.line);
		v->pattern = true;
	} else {
		/* No room left: the columns are what matters. */
		(void)!buf_printf(v->missing, " and none like '%s'",
		    s->c->unpivot.columns);
	}
	return true;
}

/* A column of that name below a spanning one: 家庭系ごみ/大型ごみ. */
static const char *
name_below(const struct search *s, const struct names *names, const char *key)
{
	const char *join = s->c->header.join != NULL ? s->c->header.join : "/";
	const size_t len = strlen(key), join_len = strlen(join);

	for (size_t i = 0; i < names->n; i++) {
		const char *name = names->keys[i];
		const size_t upto = strlen(name);

		if (upto > len + join_len && strcmp(name + upto - len, key) == 0
		    && strncmp(name + upto - len - join_len, join, join_len)
			== 0)
			return name;
	}
	return NULL;
}

static void
note_nearest(struct search *s, const struct view *v)
{
	struct nearest *n = &s->nearest;
	const char *key;
	char delimiter;

	if (v->first_missing == NULL || (n->any && v->score < n->score))
		return;
	delimiter = search_delimiter(s, &v->names);
	/* One that is divided otherwise comes nearer than a title. */
	if (n->any && v->score == n->score
	    && (delimiter == '\0' || n->delimiter != '\0'))
		return;
	n->any = true;
	n->score = v->score;
	n->delimiter = delimiter;
	n->pattern = v->pattern;
	n->line = v->w->rows[0].row.line;
	n->contract_line = v->line;
	buf_clear(&n->missing);
	if (!buf_put(&n->missing, v->missing->ptr, v->missing->len))
		buf_clear(&n->missing);
	buf_clear(&n->there);
	names_list_all(&n->there, &v->names);
	arena_reset(&n->mem);
	key = label_key(slice_of(v->first_missing), &s->scratch);
	n->like = name_below(s, &v->names, key);
	if (n->like == NULL)
		n->like = nearest_name(key, v->names.keys, v->names.n);
	if (n->like != NULL)
		n->like = arena_strdup(&n->mem, n->like);
}

static bool
try_names(struct search *s, const struct window *w, bool *found,
    struct kpid_err *err)
{
	CLEANUP(buf_release) struct buf missing = { 0 };
	struct view v = { .w = w, .missing = &missing };
	struct header_spec as_it_is = s->c->header;
	struct table_header header;

	as_it_is.n_names = 0;
	buf_init(&missing, LIST_MAX);
	arena_reset(&s->scratch);
	names_join(w, &as_it_is, &s->scratch, &header);
	names_of(header.columns, header.n, &s->scratch, &v.names);
	for (size_t i = 0; i < s->n_wanted; i++)
		if (s->by == SEARCH_LABELS)
			look_for_label(s, &v, &s->wanted[i]);
		else
			look_for_column(s, &v, &s->wanted[i]);
	if (s->by == SEARCH_COLUMNS && s->columns != NULL
	    && !look_for_unpivot(s, &v, err))
		return false;
	*found = v.first_missing == NULL && v.anchored;
	note_nearest(s, &v);
	return true;
}

static bool
try_pattern(struct search *s, const struct row *first, bool *found,
    struct kpid_err *err)
{
	struct slice groups[PATTERN_GROUPS];

	*found = false;
	for (size_t i = 0; i < first->n && !*found; i++)
		if (!pattern_find(s->pattern, cell_words(&first->cells[i]),
			groups, found, err))
			return false;
	return true;
}

bool
search_try(struct search *s, const struct window *w, bool *found,
    struct kpid_err *err)
{
	const struct window_row *first = &w->rows[0];

	*found = false;
	if (s->by == SEARCH_ROW) {
		*found = first->number >= s->c->header.row;
		return true;
	}
	if (row_is_blank(&first->row))
		return true;
	*found = true;
	if (s->by == SEARCH_LABELS && s->pattern != NULL
	    && !try_pattern(s, &first->row, found, err))
		return false;
	if (!*found || s->by == SEARCH_FIRST || s->by == SEARCH_NONE
	    || (s->by == SEARCH_LABELS && s->c->header.n_find == 0))
		return true;
	return try_names(s, w, found, err);
}

void
search_found(struct search *s, const struct window *w, struct arena *mem)
{
	const struct row *row = &w->rows[0].row;

	s->n_first = row->n;
	s->first = arena_array(mem, row->n, sizeof(*s->first));
	for (size_t i = 0; i < row->n; i++)
		s->first[i] = label_key(cell_words(&row->cells[i]), mem);
}

/* The same labels in the same places; blanks at the end do not count. */
static bool
is_first_row(struct search *s, const struct row *row)
{
	const size_t n = row->n > s->n_first ? row->n : s->n_first;

	for (size_t i = 0; i < n; i++) {
		const char *there = "", *first = "";

		arena_reset(&s->scratch);
		if (i < s->n_first)
			first = s->first[i];
		if (i < row->n)
			there =
			    label_key(cell_words(&row->cells[i]), &s->scratch);
		if (strcmp(there, first) != 0)
			return false;
	}
	return true;
}

bool
search_again(struct search *s, const struct row *row, bool *found,
    struct kpid_err *err)
{
	struct window_row only = { .row = *row };
	const struct window w = { .rows = &only, .n = 1, .cap = 1 };
	const bool by_text = s->by == SEARCH_LABELS || s->by == SEARCH_COLUMNS;

	if (by_text && s->c->header.rows <= 1)
		return search_try(s, &w, found, err);
	*found = is_first_row(s, row);
	return true;
}
