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

enum key_kind {      /* JSON; type of the member it fills */
	KEY_NOTE,    /* text for editors; none */
	KEY_TEXT,    /* text; const char * */
	KEY_PATH,    /* text, made absolute; const char * */
	KEY_CHAR,    /* text of one ASCII character; char */
	KEY_INT,     /* whole number; int */
	KEY_LONG,    /* whole number; long long or size_t */
	KEY_FLAG,    /* true or false; bool */
	KEY_CHOICE,  /* one of words; int or enum: its place */
	KEY_SWITCH,  /* one of two words; bool: the second */
	KEY_INSTANT, /* text; usec */
	KEY_TEXTS,
	KEY_PATHS,  /* list of text; const char *const * */
	KEY_PAIRS,  /* object of texts; struct pair: from, to */
	KEY_OBJECT, /* object; the struct that begins at `at` */
	KEY_LIST,   /* list of objects; array of structs */
	KEY_MEMBERS /* object of objects; array of structs */
};

struct key {
	const char *name;
	enum key_kind kind;
	bool required;
	bool empty; /* texts: "" is fine */
	size_t at;  /* offset of the member */
	/* Offset of what is set beside it, 0 for nothing: the number of a
	 * list, pairs or members (size_t), else "it was given" (bool). */
	size_t also;
	size_t line_at;           /* of an int: its line; 0 for none */
	long long min, max;       /* whole numbers */
	const char *fallback;     /* when absent; as text in JSON */
	const char *pattern;      /* extended regular expression.. */
	const char *want;         /* ..and what it means, in words */
	const char *const *words; /* what is allowed, NULL at the end */
	const struct keys *sub;   /* OBJECT, LIST, MEMBERS */
};

struct keys {
	const struct key *list;
	size_t n;
	size_t size;           /* of the struct that they fill */
	size_t line_at;        /* of an int: line; 0 for none */
	size_t name_at;        /* MEMBERS: of the member's name */
	const char *one_of[2]; /* exactly one of the two is given */
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

extern const struct keys service_keys;   /* struct service */
extern const struct keys feed_keys;      /* struct feed */
extern const struct keys indicator_keys; /* struct indicator_file */

extern const char *const measure_words[];

#endif
