/*
 * One pass over JSON documents that hold observations and what explains them.
 *
 * A pass either keeps the explaining part of each document as a tree and
 * passes over the lists of observations, or gives the observations one by one.
 */
#ifndef KPID_PARSE_SHAPE_WALK_H
#define KPID_PARSE_SHAPE_WALK_H

#include "kpid/decode.h"
#include "kpid/parse.h"
#include "shape_tree.h"

#define SHAPE_STEPS    6
#define SHAPE_NAME_MAX 32

/* Where lists of observations stand: paths of member names; "*" is any member
 * or element, "#1" the second element of an array. */
struct shape_lists {
	const char *const (*paths)[SHAPE_STEPS]; /* each ends in NULL */
	size_t n;
	/* Never the first step of a path that begins with "*". */
	const char *const *not_first;
	bool single; /* an object where the list should be is one observation */
};

struct shape_step {
	bool array;
	char name[SHAPE_NAME_MAX]; /* of a member; cut */
	size_t index;              /* among its siblings */
	size_t n;                  /* siblings so far */
};

/* An observation, borrowed for the call. */
struct shape_item {
	const struct shape_step *path; /* of its list.. */
	size_t depth;                  /* ..so many steps */
	struct slice key;              /* of a member of the list */
	size_t index;
	const struct json_value *value;
};

struct shape_walk {
	const struct shape_lists *lists;
	/* Told of each document in the first pass, of each observation in the
	 * second; exactly one is set. */
	bool (*document)(void *ctx, const struct json_value *root,
	    struct kpid_err *err);
	bool (*item)(void *ctx, const struct shape_item *item,
	    struct kpid_err *err);
	void *ctx;
	struct arena *doc_mem;           /* of the trees of documents.. */
	bool paged;                      /* ..which live for the call only */
	const struct json_value *sample; /* first observation of a document */
	size_t documents;

	struct json_reader reader;
	struct json_tree doc, one;
	struct arena one_mem;
	struct shape_step path[SHAPE_STEPS];
	struct json_value *list; /* the one under way, in doc */
	size_t list_depth;       /* of its items; 0: in none */
	size_t item_depth, index;
	bool in_item, lone;
	struct slice key;
};

/* Reads all of text; w: its first members are set. Free it afterwards. */
MUST_CHECK bool shape_walk_run(struct shape_walk *w,
    const struct text_source *text, struct kpid_err *err);
/* What document and item were given is gone, but for doc_mem. */
void shape_walk_free(struct shape_walk *w);

#endif
