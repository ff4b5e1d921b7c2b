#include "held.h"

#include <stdio.h>
#include <string.h>

const struct held_kind *
held_kind_of(const struct held_words *words, const char *kind)
{
	size_t i = 0;

	while (i + 1 < words->n_kinds
	    && (kind == NULL || strcmp(words->kinds[i].kind, kind) != 0))
		i++;
	return &words->kinds[i];
}

const char *
held_first(const struct letter *letter)
{
	return letter->facts.n_listed > 0 ? letter->facts.findings[0].kind
					  : NULL;
}

const char *
held_title(const struct letter *letter)
{
	const struct fact_source *s = &letter->facts.source;

	return s->title != NULL ? s->title : s->feed != NULL ? s->feed : "";
}

bool
held_placed(const struct fact_finding *f)
{
	return f->line != NULL && strcmp(f->line, "0") != 0;
}

bool
held_more(const struct letter *letter)
{
	char listed[24];

	(void)snprintf(listed, sizeof(listed), "%zu", letter->facts.n_listed);
	return letter->facts.n_findings != NULL
	    && strcmp(letter->facts.n_findings, listed) != 0;
}

static struct block
finding_block(const struct letter *letter, const struct held_words *words,
    const struct fact_finding *f)
{
	const struct held_kind *kind = held_kind_of(words, f->kind);
	struct block_line *lines = arena_array(letter->mem, 3, sizeof(*lines));

	lines[0] = (struct block_line){ words->what, words->text(letter, f),
		LINE_PLAIN };
	lines[1] = (struct block_line){ words->where, words->place(letter, f),
		LINE_PLAIN };
	lines[2] = (struct block_line){ words->look, kind->advice, LINE_PLAIN };
	return (struct block){ kind->heading, lines, 3 };
}

static struct block
lines_block(const struct letter *letter, const char *heading,
    size_t (*fill)(const struct letter *, struct block_line *))
{
	struct block_line *lines =
	    arena_array(letter->mem, HELD_LINES, sizeof(*lines));
	size_t n = fill(letter, lines);

	return (struct block){ heading, lines, n };
}

void
held_blocks(struct letter *letter, const struct held_words *words)
{
	const struct facts *facts = &letter->facts;
	const struct fact_finding alone = { .text = facts->error };
	struct block *blocks =
	    arena_array(letter->mem, facts->n_listed + 3, sizeof(*blocks));
	size_t n = 0;

	for (size_t i = 0; i < facts->n_listed; i++)
		blocks[n++] = finding_block(letter, words, &facts->findings[i]);
	if (n == 0)
		blocks[n++] = finding_block(letter, words, &alone);
	blocks[n++] = lines_block(letter, words->about_heading, words->about);
	blocks[n++] = lines_block(letter, words->todo_heading, words->todo);
	letter->blocks = blocks;
	letter->n_blocks = n;
}
