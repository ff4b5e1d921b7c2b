/*
 * A zip archive and its members, through libzip. Private to this room.
 */
#ifndef PARSE_ARCHIVE_ZIP_H
#define PARSE_ARCHIVE_ZIP_H

#include <stdbool.h>
#include <stdint.h>
#include <zip.h>

#include "kpid/arena.h"
#include "kpid/error.h"

/* fd stays the caller's; its position is moved. *out is closed by
 * zip_release, when it was opened at all. */
MUST_CHECK bool zip_begin(int fd, zip_t **out, struct kpid_err *err);
/* NULL inside is fine. */
void zip_release(zip_t **zip);

/* Is there a member of this name (ASCII, either case)? *index: which. */
bool zip_find(zip_t *zip, const char *name, uint64_t *index);

/* Names in UTF-8, in mem, in the archive's order: as they stand when they are
 * UTF-8, else read as CP932; bytes that are neither as \xNN. */
const char **zip_names(zip_t *zip, struct arena *mem, size_t *n);

/* One member while it is read. */
struct zip_member {
	zip_file_t *file;
	const char *name; /* for messages; borrowed */
	long long max, read;
};

/* max: bytes of it, counted while it is read. Members under a password are
 * refused. Ended by zip_member_close. */
MUST_CHECK bool zip_member_open(zip_t *zip, uint64_t index, const char *name,
    long long max, struct zip_member *out, struct kpid_err *err);
/* NULL inside is fine. */
void zip_member_close(struct zip_member *m);
/* At most size bytes; *len 0: that was all, and its checksum is right. */
MUST_CHECK bool zip_member_read(struct zip_member *m, void *to, size_t size,
    size_t *len, struct kpid_err *err);

#endif
