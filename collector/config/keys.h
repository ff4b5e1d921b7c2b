/*
 * The keys of the configuration files: one table says how each is read, what
 * it is when it is absent and what is wrong with it. config/schema says the
 * same for editors; a test holds the two together.
 */
#ifndef CONFIG_KEYS_H
#define CONFIG_KEYS_H

#include <stdbool.h>
#include <stddef.h>

#include "kpid/config.h"

enum key_kind {       /* JSON; type of the member it fills */
	KEY_NOTE,     /* text for editors; none */
	KEY_TEXT,     /* text; const char * */
	KEY_PATTERN,  /* regular expression (kpid/pattern.h); const char * */
	KEY_TEMPLATE, /* text with {columns}; const char * */
	KEY_PATH,     /* text, made absolute; const char * */
	KEY_CHAR,     /* text of one ASCII character, or none; char */
	KEY_INT,      /* whole number; int */
	KEY_LONG,     /* whole number; long long or size_t */
	KEY_NUMBER,  /* number, as decimal text, or false: NULL; const char * */
	KEY_FLAG,    /* true or false; bool */
	KEY_CHOICE,  /* one of words; int or enum: its place */
	KEY_SWITCH,  /* one of two words; bool: the second */
	KEY_INSTANT, /* text; usec */
	KEY_TEXTS,
	KEY_PATHS,       /* list of text; const char *const * */
	KEY_PAIRS,       /* object of texts; struct pair: from, to */
	KEY_OBJECT,      /* object; the struct that begins at `at` */
	KEY_LIST,        /* list of objects; array of structs */
	KEY_ONE_OR_LIST, /* the same, or one of the objects by itself */
	KEY_MEMBERS      /* object of objects; array of structs */
};

struct key {
	const char *name;
	enum key_kind kind;
	bool required;
	bool empty;  /* texts: "" is fine; numbers: false is */
	bool filled; /* lists: [] is not */
	size_t at;   /* offset of the member */
	/* Offset of what is set beside it, 0 for nothing: the number of a
	 * list, pairs or members (size_t), else "it was given" (bool). */
	size_t also;
	size_t line_at;           /* of an int: its line; 0 for none */
	long long min, max;       /* of numbers */
	const char *fallback;     /* when absent; as text in JSON */
	const char *pattern;      /* extended regular expression.. */
	const char *want;         /* ..and what it means, in words */
	const char *names;        /* PAIRS, MEMBERS: the same.. */
	const char *names_want;   /* ..of the members' names */
	const char *const *words; /* what is allowed, NULL at the end */
	const struct keys *sub;   /* of what holds objects */
};

struct keys {
	const struct key *list;
	size_t n;
	size_t size;           /* of the struct that they fill */
	size_t line_at;        /* of an int: line; 0 for none */
	size_t name_at;        /* MEMBERS: of the member's name */
	const char *one_of[6]; /* exactly one of them is given.. */
	bool none_fine;        /* ..or none */
};

/* What kpid.json says beside struct config. */
struct service {
	struct config cfg;
	const char *feeds_dir, *indicators_file;
};

struct indicator_file {
	const struct indicator *list;
	size_t n;
};

/* A feed's file: it may bring indicators along. */
struct feed_file {
	struct feed feed;
	struct indicator_file indicators;
};

extern const struct keys service_keys;   /* struct service */
extern const struct keys feed_keys;      /* struct feed_file */
extern const struct keys indicator_keys; /* struct indicator_file */

/* What those are made of, each in a file of its own. */
extern const struct keys one_indicator_keys; /* struct indicator */
extern const struct keys derived_keys;       /* struct derivation */
extern const struct keys contract_keys;      /* struct contract */
extern const struct keys gates_keys;         /* struct feed */
extern const struct keys bodies_keys;        /* struct bodies_policy */
extern const struct keys alerts_keys;        /* struct config_alerts */
extern const struct keys pick_keys;          /* struct pick */
extern const struct keys csv_keys;           /* these: struct contract */
extern const struct keys header_keys;
extern const struct keys rows_keys;
extern const struct keys unpivot_keys;
extern const struct keys capture_keys; /* struct capture */

/* In the order of their enums. */
extern const char *const measure_words[];
extern const char *const derivation_words[]; /* of DERIVED_NOT: NULL */
extern const char *const format_words[];
/* OBS_STATUS codes that a value may have. */
extern const char *const status_words[];

/* Codes of indicators and names of dimensions. */
#define CODE       "^[a-z][a-z0-9_]*$"
#define CODE_WANT  "a code of a-z, 0-9 and '_'"
/* As "'dimensions' must be .." goes on. */
#define NAMED_WANT "named with a-z, 0-9 and '_' such as 'sex'"

#endif
