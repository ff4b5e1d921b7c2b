/* Which rows are rows of the table. */
#include "row_test.h"

#include <string.h>

#include "kpid/label.h"

static bool
test_init(struct test *t, const struct row_test *spec, const struct feed *feed,
    struct arena *mem, struct kpid_err *err)
{
	t->spec = spec;
	t->column = NO_COLUMN;
	t->memo_len = SIZE_MAX;
	if (spec->matches != NULL)
		return pattern_new(spec->matches, mem, &t->pattern, err)
		    || err_wrap(err, "%s:%d", feed->file, spec->line);
	t->keys = arena_array(mem, spec->n_is, sizeof(*t->keys));
	for (size_t i = 0; i < spec->n_is; i++)
		t->keys[i] = label_key(slice_of(spec->is[i]), mem);
	return true;
}

bool
tests_init(struct tests *t, const struct row_test *specs, size_t n,
    const struct feed *feed, struct arena *mem, struct kpid_err *err)
{
	*t = (struct tests){ .n = n };
	t->list = arena_array(mem, n, sizeof(*t->list));
	for (size_t i = 0; i < n; i++)
		if (!test_init(&t->list[i], &specs[i], feed, mem, err))
			return false;
	return true;
}

void
tests_release(struct tests *t)
{
	arena_release(&t->scratch);
}

bool
tests_resolve(struct tests *t, const struct feed *feed,
    const struct names *names, struct arena *mem, struct kpid_err *err)
{
	for (size_t i = 0; i < t->n; i++) {
		struct test *test = &t->list[i];

		if (test->spec->column != NULL
		    && !names_need(names, feed,
			&(struct wanted_name){
			    test->spec->column, test->spec->line },
			mem, &test->column, err))
			return false;
	}
	return true;
}

static struct slice
first_words(const struct row *row)
{
	struct slice words = { 0 };

	for (size_t i = 0; i < row->n && words.len == 0; i++)
		words = cell_words(&row->cells[i]);
	return words;
}

static struct slice
words_of(const struct test *t, const struct tested *row)
{
	if (t->column == NO_COLUMN)
		return first_words(row->as_is);
	if (t->column >= row->width)
		return row->captures->list[t->column - row->width].cell.text;
	if (t->column >= row->row->n)
		return (struct slice){ 0 };
	return cell_words(&row->row->cells[t->column]);
}

static bool
is_one_of(const struct test *t, struct slice words, struct arena *scratch)
{
	const char *key;

	for (size_t i = 0; i < t->spec->n_is; i++)
		if (slice_is(words, t->spec->is[i]))
			return true;
	arena_reset(scratch);
	key = label_key(words, scratch);
	for (size_t i = 0; i < t->spec->n_is; i++)
		if (strcmp(key, t->keys[i]) == 0)
			return true;
	return false;
}

/* Looks, unless the words are those of the row before. */
static bool
test_words(struct tests *all, struct test *t, struct slice words, bool *holds,
    struct kpid_err *err)
{
	struct slice groups[PATTERN_GROUPS];

	if (slice_eq(words, (struct slice){ t->memo, t->memo_len })) {
		*holds = t->memo_holds;
		return true;
	}
	if (t->pattern == NULL)
		*holds = is_one_of(t, words, &all->scratch);
	else if (!pattern_find(t->pattern, words, groups, holds, err))
		return false;
	t->memo_len = SIZE_MAX;
	if (words.len <= sizeof(t->memo)) {
		if (words.len > 0)
			memcpy(t->memo, words.ptr, words.len);
		t->memo_len = words.len;
		t->memo_holds = *holds;
	}
	return true;
}

bool
tests_count(struct tests *t, const struct tested *row, size_t *hold,
    struct kpid_err *err)
{
	*hold = 0;
	for (size_t i = 0; i < t->n; i++) {
		struct test *test = &t->list[i];
		bool holds = false;

		if (!test_words(t, test, words_of(test, row), &holds, err))
			return false;
		*hold += holds;
	}
	return true;
}
