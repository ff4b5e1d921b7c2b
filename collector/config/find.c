#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kpid/config.h"

#define LOCAL_DIR   "./config"
#define LOCAL_FILE  "./config/kpid.json"
#define SYSTEM_FILE "/etc/kpid/kpid.json"

/* A configuration names programs to run and files to read, so that one that
 * somebody else put into a shared directory must not be picked up. The
 * caller's own group counts as the caller (umask 002). */
static bool
is_callers(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && st.st_uid == geteuid()
	    && (st.st_mode & S_IWOTH) == 0
	    && ((st.st_mode & S_IWGRP) == 0 || st.st_gid == getegid());
}

bool
config_find(const char *given, struct arena *mem, const char **out,
    struct kpid_err *err)
{
	const char *named = given != NULL ? given : getenv("KPID_CONFIG");

	if (named != NULL && *named != '\0') {
		*out = arena_strdup(mem, named);
		return true;
	}
	if (is_callers(LOCAL_FILE) && is_callers(LOCAL_DIR)) {
		*out = LOCAL_FILE;
		return true;
	}
	if (access(SYSTEM_FILE, F_OK) == 0) {
		*out = SYSTEM_FILE;
		return true;
	}
	if (access(LOCAL_FILE, F_OK) == 0)
		return err_set(err, KPID_ECONFIG,
		    "'" LOCAL_FILE "' is not "
		    "read: it or its directory belongs to somebody else or "
		    "others can write it. HINT: name it with -c");
	return err_set(err, KPID_ECONFIG,
	    "no configuration: neither '" LOCAL_FILE "' nor '" SYSTEM_FILE
	    "' is there. HINT: name one with "
	    "-c or KPID_CONFIG");
}
