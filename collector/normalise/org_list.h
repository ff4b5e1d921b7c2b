/*
 * The local governments that kpid knows by name: config/organizations.csv,
 * built in by config/embed.sh.
 */
#ifndef NORMALISE_ORG_LIST_H
#define NORMALISE_ORG_LIST_H

#include "kpid/bytes.h"

struct org_entry {
	int code;            /* 202037 */
	char prefecture[13]; /* 長野県 */
	char district[16];   /* 郡 or island of a town; may be empty */
	char name[22];       /* empty: the prefecture itself */
};

/* What a spelling is put together of, in this order. */
enum org_part { ORG_PREFECTURE = 1, ORG_DISTRICT = 2, ORG_NAME = 4 };

struct org_spelling {
	unsigned short entry;
	unsigned char parts;
};

extern const struct org_entry org_entries[]; /* by code */
extern const size_t org_n_entries;
extern const struct org_spelling org_spellings[]; /* in byte order */
extern const size_t org_n_spellings;

/* How many local governments are spelled like this: *first is the index of
 * the first spelling, the others are behind it. */
size_t org_list_find(struct slice key, size_t *first);

/* The prefecture whose name text begins with, or NULL. */
const struct org_entry *org_list_prefecture(struct slice text);

#endif
