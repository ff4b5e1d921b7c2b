/*
 * Drop folders: a directory into which others put files, by SMB, FTP or scp,
 * and from which each is taken once.
 *
 * A file is whole when it has been left alone for the feed's settle time; names
 * of half files (.part, .tmp, hidden ones ..) are never looked at. It is
 * claimed by a rename into DIR/.claimed, which only one of several programs can
 * do, and held by a lock for as long as somebody is at it: what lies there
 * without one was left by a program that died, and is taken again. When it is
 * loaded it moves to DIR/done, or DIR/failed.
 */
#ifndef KPID_DROP_H
#define KPID_DROP_H

#include <sys/stat.h>

#include "kpid/config.h"

struct drop_file {
	const char *name;
	const char *url; /* of the place where it was put */
	int fd;          /* of the claimed file; -1: not claimed */
	struct stat st;  /* when it was claimed */
};

struct drop_files {
	struct drop_file *list;
	size_t n;
	bool more;  /* there are others, for the next time */
	usec again; /* one that is too young may be whole; INT64_MAX: none */
	/* One that stays where it is because nobody lets us read it, in words;
	 * NULL: none. */
	const char *unread;
};

struct drop_wish {
	size_t most; /* so many at once */
	bool claim;  /* else they are only looked at */
	usec after;  /* only what changed after it; 0: all */
};

/* The directory of a feed's URL, in mem. */
MUST_CHECK bool drop_dir(const struct feed *feed, struct arena *mem,
    const char **out, struct kpid_err *err);

/* What has settled, in the feed's order; a file that somebody else has is left
 * out. A feed that keeps its files claims none. In mem. */
MUST_CHECK bool drop_take(const struct config *cfg, const struct feed *feed,
    const struct drop_wish *wish, struct arena *mem, struct drop_files *out,
    struct kpid_err *err);

/* Gives a claimed file up as done or failed and closes it; one that somebody
 * wrote to meanwhile goes back to where it was put. */
MUST_CHECK bool drop_finish(const struct config *cfg, const struct feed *feed,
    struct drop_file *file, bool good, struct kpid_err *err);

/* Lets go of it: it stays claimed, and whoever looks next takes it. */
void drop_release(struct drop_file *file);

#endif
