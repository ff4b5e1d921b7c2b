/* Units above a header, kept for those who know which ones are wanted. */
#include "note.h"

#include <string.h>

#include "window.h"

#define NOTE_BYTES 400 /* longer texts are prose */

static bool
contains(struct slice text, const char *word)
{
	return memmem(text.ptr, text.len, word, strlen(word)) != NULL;
}

static bool
encloses(struct slice text, const char *open, const char *close)
{
	size_t front = strlen(open), back = strlen(close);

	return text.len > front + back && memcmp(text.ptr, open, front) == 0
	    && memcmp(text.ptr + text.len - back, close, back) == 0;
}

/* It says so, or it is nothing but a text in parentheses. */
static bool
may_say_unit(struct slice text)
{
	static const char *const words[] = { "単位", "Unit", "unit", "UNIT" };

	if (text.len == 0 || text.len > NOTE_BYTES)
		return false;
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (contains(text, words[i]))
			return true;
	return encloses(text, "（", "）") || encloses(text, "(", ")");
}

void
notes_forget(struct notes *n)
{
	n->n = 0;
	arena_reset(&n->mem);
}

void
notes_release(struct notes *n)
{
	n->n = 0;
	arena_release(&n->mem);
}

void
notes_row(struct notes *n, const struct row *row)
{
	for (size_t i = 0; i < row->n && n->n < NOTES_MAX; i++) {
		struct cell note = row->cells[i];
		struct slice text = slice_trim(cell_words(&note));

		if (note.kind == CELL_MERGED || !may_say_unit(text))
			continue;
		note.raw = (struct slice){ 0 };
		note.text =
		    (struct slice){ slice_dup(text, &n->mem), text.len };
		n->list[n->n++] = note;
	}
}
