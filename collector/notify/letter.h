/*
 * A letter: facts put into one language. What a mail says is decided once, as
 * a list of labelled lines per target; text and HTML are two prints of it, so
 * that neither can say less than the other.
 */
#ifndef KPID_NOTIFY_LETTER_H
#define KPID_NOTIFY_LETTER_H

#include <stddef.h>

#include "facts.h"
#include "kpid/arena.h"
#include "kpid/schedule.h"

enum letter_kind {
	LETTER_OPENED,
	LETTER_ESCALATED,
	LETTER_CLOSED,
	LETTER_CORRECTION,
	LETTER_TARGET_CHANGED,
	LETTER_REMINDER,
	LETTER_HELD,  /* a delivery, not targets */
	LETTER_NOTICE /* the database's own words */
};

struct language;
struct block;

struct letter {
	enum letter_kind kind;
	struct facts facts;
	const struct language *lang;
	const struct zone *zone; /* of the times printed */
	const char *operator;    /* whom to ask, or NULL */
	const char *report_url;  /* or NULL */
	struct arena *mem;
	const char *subject, *lead; /* of a notice */
	const struct block *blocks; /* what it says beside the targets */
	size_t n_blocks;
};

/* Both return text that lives in letter->mem, or NULL for nothing to say. */
typedef const char *(*letter_words)(const struct letter *);
typedef const char *(*target_words)(const struct letter *,
    const struct fact_target *);

/* How loud a line is in HTML; plain text says all alike. */
enum line_weight { LINE_PLAIN, LINE_STRONG, LINE_FINE };

struct line_rule {
	const char *label;
	target_words value;
	enum line_weight weight;
};

/* Lines under a heading, ready to print; a value NULL is left out. */
struct block_line {
	const char *label, *value;
	enum line_weight weight;
};

struct block {
	const char *heading;
	const struct block_line *lines;
	size_t n_lines;
};

/* The words around the last periods of a target. */
struct plot_words {
	const char *period, *status; /* heads of columns */
	const char *missing;         /* instead of a value */
	const char *none;            /* nothing was expected */
	target_words caption;
	const char *(*label)(const struct fact_period *);
	const char *(*status_name)(const char *code);
};

struct language {
	const char *code;
	const char *colon;             /* between label and value */
	const char *actual, *expected; /* labels of the bars */
	letter_words subject;
	letter_words lead;        /* what changed and who acts */
	target_words heading;     /* name and place in the sheet */
	target_words amount;      /* the actual value with its unit */
	target_words expectation; /* the expected one */
	target_words status;      /* its name */
	struct plot_words plot;
	/* Sets blocks of a letter about a held delivery. */
	void (*held)(struct letter *);
	const struct line_rule *lines;
	size_t n_lines;
	const struct line_rule *closing; /* label and words; the target
						 * is NULL; label "" for none */
	size_t n_closing;
};

extern const struct language language_ja, language_en;

/* Are there periods enough to compare? */
bool plot_worth(const struct fact_target *t);

/* The letter as plain text and as an HTML document, LF line breaks; false
 * when it is larger than a mail may be. */
MUST_CHECK bool letter_text(const struct letter *letter, const char **out);
/* The same as a document of HTML; every text in it is escaped. */
MUST_CHECK bool letter_html(const struct letter *letter, const char **out);

#endif
