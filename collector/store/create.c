/* initdb, once. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cluster.h"

/* Settings of a database that nobody administers. JIT costs more than it
 * gives here and fails under MemoryDenyWriteExecute. */
static const char settings[] = "\n# kpid's private cluster\n"
			       "listen_addresses = ''\n"
			       "max_connections = 60\n"
			       "shared_buffers = '256MB'\n"
			       "max_wal_size = '2GB'\n"
			       "jit = off\n"
			       "log_min_messages = warning\n"
			       "log_checkpoints = off\n"
			       "log_line_prefix = '%m '\n"
			       "timezone = 'UTC'\n"
			       "log_timezone = 'UTC'\n";

/* Runs a program as the server's user, its words into the log file. */
static bool
run_as(const struct cluster_host *host, const char *const argv[],
    struct kpid_err *err)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		cluster_become(host);
		int log = open(host->log,
		    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);

		if (log >= 0 && chdir("/") == 0 && dup2(log, 1) == 1
		    && dup2(log, 2) == 2)
			(void)execv(argv[0], (char *const *)argv);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return err_set(err, KPID_EINTERNAL, "could not run '%s': %s",
		    argv[0], strerror(errno));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	return err_set(err, KPID_EDB,
	    "'%s' failed. HINT: its words stand in "
	    "'%s'",
	    argv[0], host->log);
}

static bool
append_settings(const char *data, struct kpid_err *err)
{
	char path[4096];
	int len = snprintf(path, sizeof(path), "%s/postgresql.conf", data);
	FILE *f = len < (int)sizeof(path) ? fopen(path, "ae") : NULL;

	if (f == NULL)
		return err_set(err, KPID_EDB, "could not write '%s': %s", path,
		    strerror(errno));
	bool ok = fputs(settings, f) >= 0;

	if (fclose(f) != 0 || !ok)
		return err_set(err, KPID_EDB, "could not write '%s': %s", path,
		    strerror(errno));
	return true;
}

/* Made beside and renamed, so that a data directory is whole or not there. */
bool
cluster_create(const struct cluster_host *host, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *fresh = arena_printf(&mem, "%s.new", host->data);
	const char *initdb = arena_printf(&mem, "%s/initdb", host->bindir);
	const char *const clean[] = { "/bin/rm", "-rf", "--", fresh, NULL };
	const char *const make[] = { initdb, "-D", fresh, "-U", "kpid", "-A",
		"trust", "--locale=C.UTF-8", "-E", "UTF8", "--no-instructions",
		"--data-checksums", NULL };

	if (access(host->data, F_OK) == 0)
		return true;
	if (!run_as(host, clean, err) || !run_as(host, make, err)
	    || !append_settings(fresh, err))
		return err_wrap(err,
		    "could not create a private database "
		    "in '%s'",
		    host->dir);
	if (rename(fresh, host->data) != 0)
		return err_set(err, KPID_EDB, "could not rename '%s': %s",
		    fresh, strerror(errno));
	return true;
}
