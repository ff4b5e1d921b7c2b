/* Mails in English. */
#include <string.h>

#include "decimal.h"
#include "calendar.h"
#include "english.h"
#include "vocabulary.h"

/* In the order in which a subject names them: the gravest first. */
static const struct word statuses[] = {
	{ "missed", "missed" },
	{ "off_track", "off track" },
	{ "watch", "to watch" },
	{ "not_judgeable", "not judgeable" },
	{ "on_track", "on track" },
	{ "met", "at target level" },
	{ "achieved", "achieved" },
	{ "not_applicable", "not judged" },
};

const char *
en_status_name(const char *code)
{
	return word_of(statuses, ARRAY_LEN(statuses), code, code);
}

const char *
en_status(const struct letter *letter, const struct fact_target *t)
{
	(void)letter;
	return en_status_name(t->status);
}

/* "1 missed, 2 off track", or "off track" when all are the same. */
static const char *
tally(const struct letter *letter)
{
	const char *all = NULL;

	for (size_t i = 0; i < ARRAY_LEN(statuses); i++) {
		size_t n = facts_count(&letter->facts, statuses[i].code);

		if (n > 0 && n == letter->facts.n_targets)
			return statuses[i].text;
		if (n > 0)
			all = joined(letter, all, ", ",
			    arena_printf(letter->mem, "%zu %s", n,
				statuses[i].text));
	}
	return all == NULL ? "undecided" : all;
}

static const char *
first_name(const struct letter *letter)
{
	const struct fact_target *t = letter->facts.targets;
	const char *name = t->name != NULL ? t->name
	    : t->target != NULL            ? t->target
					   : "a target";

	return letter->facts.n_targets > 1 ? arena_printf(letter->mem,
		   "%s and %zu more", name, letter->facts.n_targets - 1)
					   : name;
}

/* "3 off track", "1 missed, 2 off track", or "off track" of one target. */
static const char *
news(const struct letter *letter)
{
	const char *words = tally(letter);
	size_t n = letter->facts.n_targets;

	return n > 1 && (words[0] < '0' || words[0] > '9')
	    ? arena_printf(letter->mem, "%zu %s", n, words)
	    : words;
}

static const char *
subject(const struct letter *letter)
{
	static const char *const marks[] = {
		[LETTER_OPENED] = "Targets",
		[LETTER_ESCALATED] = "Targets, still",
		[LETTER_CLOSED] = "Targets, recovered",
		[LETTER_CORRECTION] = "Targets, correction",
		[LETTER_TARGET_CHANGED] = "Targets, changed",
		[LETTER_REMINDER] = "Targets, reminder",
	};
	const char *year = letter->facts.fiscal_year;

	if (letter->kind == LETTER_HELD)
		return en_held_subject(letter);
	if (letter->kind == LETTER_NOTICE)
		return letter->subject;
	return arena_printf(letter->mem, "[%s] %s%s%s: %s",
	    letter->kind == LETTER_OPENED && letter->facts.reopened != NULL
		? "Targets, again"
		: marks[letter->kind],
	    year == NULL                      ? ""
		: strncmp(year, "FY", 2) == 0 ? ""
					      : "FY",
	    year == NULL ? "" : arena_printf(letter->mem, "%s ", year),
	    news(letter), first_name(letter));
}

static const char *
lead_of_opening(const struct letter *letter, const char *what, const char *who)
{
	return arena_printf(letter->mem,
	    "%s%s judged %s%s. %s: please look "
	    "into the cause and what is to be done.",
	    letter->facts.reopened == NULL
		? ""
		: "A revision undoes the recovery told before. ",
	    what, tally(letter),
	    letter->facts.as_of == NULL
		? ""
		: arena_printf(letter->mem, " as of %s", letter->facts.as_of),
	    who);
}

static const char *
lead(const struct letter *letter)
{
	size_t n = letter->facts.n_targets;
	const char *what = n == 1
	    ? "This target is"
	    : arena_printf(letter->mem, "These %zu targets are", n);
	const char *who = letter->facts.department != NULL
	    ? letter->facts.department
	    : "Department in charge";
	const char *now = tally(letter);

	switch (letter->kind) {
	case LETTER_HELD:
		return en_held_lead(letter);
	case LETTER_NOTICE:
		return letter->lead;
	case LETTER_OPENED:
		break;
	case LETTER_ESCALATED:
		return arena_printf(letter->mem,
		    "%s still %s. %s: please "
		    "decide how to go on until the due date and tell the head "
		    "of the department.",
		    what, now, who);
	case LETTER_CLOSED:
		return arena_printf(letter->mem,
		    "%s now %s. %s: nothing more "
		    "needs to be done.",
		    what, now, who);
	case LETTER_CORRECTION:
		return arena_printf(letter->mem,
		    "A correction of our earlier "
		    "mail: the values it rested on were revised or withdrawn. "
		    "%s now %s. %s: please check what was begun because of "
		    "that mail.",
		    what, now, who);
	case LETTER_TARGET_CHANGED:
		return arena_printf(letter->mem,
		    "%s now %s, because the "
		    "target itself was changed. %s: please check the new "
		    "target.",
		    what, now, who);
	case LETTER_REMINDER:
		return arena_printf(letter->mem,
		    "%s still %s, and the day until which it was taken in hand "
		    "has passed. %s: please say how it goes on.",
		    what, now, who);
	}
	return lead_of_opening(letter, what, who);
}

static const char *
heading(const struct letter *letter, const struct fact_target *t)
{
	const char *name = t->name != NULL ? t->name
	    : t->target != NULL            ? t->target
					   : "A target";
	const char *title = joined(letter, t->item, " ", name);

	if (t->actual == NULL || t->target_value == NULL)
		return title;
	return arena_printf(letter->mem, "%s (%s/%s%s)", title,
	    decimal_show(t->actual, letter->mem),
	    decimal_show(t->target_value, letter->mem),
	    t->unit != NULL ? t->unit : "");
}

static const char *
sheet(const struct letter *letter, const struct fact_target *t)
{
	(void)t;
	return letter->report_url;
}

static const char *
sender(const struct letter *letter, const struct fact_target *t)
{
	(void)t;
	return arena_printf(letter->mem,
	    "Sent automatically by kpid, which "
	    "follows how targets progress.%s%s",
	    letter->operator== NULL ? ""
				    : " Questions and errors in the "
				      "figures: ",
	    letter->operator== NULL ? "" : letter->operator);
}

static const char *
fixed_clock(const struct letter *letter, const struct fact_target *t)
{
	(void)t;
	return letter->facts.clock == NULL
	    ? NULL
	    : arena_printf(letter->mem,
		"For a trial, the clock is fixed at %s.",
		en_instant(letter->facts.clock, letter->zone, letter->mem));
}

static const struct line_rule closing[] = {
	{ "Goal sheet", sheet, LINE_PLAIN },
	{ "", sender, LINE_PLAIN },
	{ "", fixed_clock, LINE_PLAIN },
};

const struct language language_en = {
	.code = "en",
	.colon = ": ",
	.actual = "Actual",
	.expected = "Expected",
	.subject = subject,
	.lead = lead,
	.heading = heading,
	.amount = en_amount,
	.expectation = en_expectation,
	.status = en_status,
	.plot = {
	    .period = "Period",
	    .status = "Status",
	    .missing = "not reported",
	    .none = "-",
	    .caption = en_plot_caption,
	    .label = en_plot_label,
	    .status_name = en_status_name,
	},
	.held = en_held,
	.lines = en_lines,
	.n_lines = EN_LINES,
	.closing = closing,
	.n_closing = ARRAY_LEN(closing),
};
