/* A held delivery, in English. */
#include "calendar.h"
#include "english.h"
#include "held.h"
#include "vocabulary.h"

static const struct held_kind kinds[] = {
	{ "rows_drop", "Far fewer rows",
	    "Is the file cut short, or did its layout change?" },
	{ "all_zero", "Every number is 0",
	    "Was the source being written when it was fetched?" },
	{ "unit_slip", "The unit seems to have changed",
	    "Which unit does the table state?" },
	{ "jump", "Numbers far from what they were",
	    "Did columns move, or is a decimal point lost?" },
	{ "totals", "Totals are not the sum of their parts",
	    "Did columns move, or is a part new?" },
	{ "running_total_falls", "A running total falls",
	    "Does the source now count by month, or was it corrected?" },
	{ "ratio_above", "Percentages above their limit",
	    "Is a decimal point lost?" },
	{ "future_period", "Numbers in periods that have not begun",
	    "Are months to come filled with 0, or is the year wrong?" },
	{ "changed_unit", "Another unit than the contract's",
	    "If the unit changed, the contract must say so." },
	{ "partial", "Only a part of the table came",
	    "How many rows does the source give at once?" },
	{ "unreadable", "No row could be read",
	    "Does the source answer with an error, or with another table?" },
	{ "", "Something that the contract does not know",
	    "If the table changed, the contract must say so." },
};

static const char *
text(const struct letter *letter, const struct fact_finding *f)
{
	(void)letter;
	return f->text;
}

static const char *
place(const struct letter *letter, const struct fact_finding *f)
{
	const char *column = f->col != NULL && f->col[0] != '0'
	    ? arena_printf(letter->mem, "column %s", f->col)
	    : NULL;

	return !held_placed(f)
	    ? NULL
	    : joined(letter, arena_printf(letter->mem, "line %s", f->line),
		", ", column);
}

static const char *
serving(const struct letter *letter)
{
	const struct facts *facts = &letter->facts;

	if (facts->last_delivery == NULL)
		return "nothing yet";
	return arena_printf(letter->mem, "delivery %s, collected %s",
	    facts->last_delivery,
	    en_instant(facts->last_fetched_at, letter->zone, letter->mem));
}

static size_t
about(const struct letter *letter, struct block_line *lines)
{
	const struct fact_source *s = &letter->facts.source;
	size_t n = 0;

	lines[n++] = (struct block_line){ "Delivery",
		s->sha256 == NULL
		    ? s->delivery
		    : arena_printf(letter->mem, "%s (SHA-256 %.12s…)",
			s->delivery, s->sha256),
		LINE_PLAIN };
	lines[n++] = (struct block_line){ "Collected",
		en_instant(s->fetched_at, letter->zone, letter->mem),
		LINE_PLAIN };
	lines[n++] = (struct block_line){ "From", web_address(s), LINE_FINE };
	lines[n++] =
	    (struct block_line){ "Serving", serving(letter), LINE_STRONG };
	lines[n++] = (struct block_line){ "Findings",
		held_more(letter)
		    ? arena_printf(letter->mem, "%zu of %s are listed",
			letter->facts.n_listed, letter->facts.n_findings)
		    : NULL,
		LINE_FINE };
	return n;
}

static size_t
todo(const struct letter *letter, struct block_line *lines)
{
	const struct fact_source *s = &letter->facts.source;

	lines[0] = (struct block_line){ "To see it",
		arena_printf(letter->mem, "kpid preview %s", s->feed),
		LINE_PLAIN };
	lines[1] = (struct block_line){ "If it is right",
		arena_printf(letter->mem, "kpid replay %s --commit (loads it)",
		    s->delivery),
		LINE_PLAIN };
	lines[2] = (struct block_line){ "If it is wrong",
		arena_printf(letter->mem,
		    "kpid retract %s --why TEXT (it is never used; what the source "
		    "corrects comes with the next collection)",
		    s->delivery),
		LINE_PLAIN };
	return 3;
}

static const struct held_words words = {
	.kinds = kinds,
	.n_kinds = ARRAY_LEN(kinds),
	.what = "What",
	.where = "Where",
	.look = "To look at",
	.text = text,
	.place = place,
	.about_heading = "The held delivery",
	.todo_heading = "What to do (commands of the operator)",
	.about = about,
	.todo = todo,
};

const char *
en_held_subject(const struct letter *letter)
{
	return arena_printf(letter->mem, "[Data held] %s: %s%s",
	    held_title(letter),
	    held_kind_of(&words, held_first(letter))->heading,
	    letter->facts.n_listed > 1 ? ", and more" : "");
}

const char *
en_held_lead(const struct letter *letter)
{
	return arena_printf(letter->mem,
	    "New data of '%s' look wrong as a whole and were not loaded. "
	    "Figures and targets stay as they were. Please check the data at "
	    "their source, and decide whether to load them.",
	    held_title(letter));
}

void
en_held(struct letter *letter)
{
	held_blocks(letter, &words);
}
