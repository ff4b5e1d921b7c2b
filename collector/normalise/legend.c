/* Marks that the body itself explains, by the words of its explanation. */
#include "legend.h"

#include <string.h>

static const struct {
	const char *words;
	enum missing reason;
} meanings[] = {
	{ "秘匿", MISSING_SUPPRESSED },
	{ "秘密", MISSING_SUPPRESSED },
	{ "公表しない", MISSING_SUPPRESSED },
	{ "表章しない", MISSING_SUPPRESSED },
	{ "調査対象外", MISSING_NOT_COLLECTED },
	{ "調査していない", MISSING_NOT_COLLECTED },
	{ "調査を行っていない", MISSING_NOT_COLLECTED },
	{ "計数のない", MISSING_NOT_APPLICABLE },
	{ "計数がない", MISSING_NOT_APPLICABLE },
	{ "該当数値なし", MISSING_NOT_APPLICABLE },
	{ "該当数値がない", MISSING_NOT_APPLICABLE },
	{ "該当数字なし", MISSING_NOT_APPLICABLE },
	{ "該当数字がない", MISSING_NOT_APPLICABLE },
	{ "該当なし", MISSING_NOT_APPLICABLE },
	{ "該当がない", MISSING_NOT_APPLICABLE },
	{ "不詳", MISSING_NOT_AVAILABLE },
	{ "得られない", MISSING_NOT_AVAILABLE },
	{ "資料なし", MISSING_NOT_AVAILABLE },
	{ "資料がない", MISSING_NOT_AVAILABLE },
	{ "データなし", MISSING_NOT_AVAILABLE },
};

static bool
contains(const char *text, const char *words)
{
	return strstr(text, words) != NULL;
}

/* The one reason that its words name; two reasons in one explanation (不詳又
 * は該当なし) are none. */
static enum missing
reason_of(const char *meaning)
{
	enum missing found = MISSING_NONE;

	for (size_t i = 0; i < ARRAY_LEN(meanings); i++) {
		if (!contains(meaning, meanings[i].words))
			continue;
		if (found != MISSING_NONE && found != meanings[i].reason)
			return MISSING_NONE;
		found = meanings[i].reason;
	}
	return found;
}

static struct legend_mark *
find(const struct legend *l, struct slice mark)
{
	for (size_t i = 0; i < l->n; i++)
		if (slice_is(mark, l->marks[i].mark))
			return &l->marks[i];
	return NULL;
}

void
legend_add(struct legend *l, struct slice mark, struct slice meaning,
    struct arena *mem)
{
	struct legend_mark *m = find(l, slice_trim(mark));

	if (m == NULL && l->n == l->cap) {
		size_t cap = l->cap == 0 ? 8 : 2 * l->cap;
		struct legend_mark *marks =
		    arena_array(mem, cap, sizeof(*marks));

		if (l->n > 0)
			memcpy(marks, l->marks, l->n * sizeof(*marks));
		l->marks = marks;
		l->cap = cap;
	}
	if (m == NULL) {
		m = &l->marks[l->n++];
		m->mark = slice_dup(slice_trim(mark), mem);
	}
	m->meaning = slice_dup(slice_trim(meaning), mem);
	m->reason = reason_of(m->meaning);
}

const struct legend_mark *
legend_find(const struct legend *l, struct slice mark)
{
	return find(l, mark);
}
