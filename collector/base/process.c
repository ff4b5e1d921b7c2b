#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kpid/process.h"

extern char **environ;

static void
fd_close(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

/* Returns 0 or an error number, as posix_spawn does. */
static int
spawn(const char *const argv[], int output, pid_t *pid)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none, all;
	int rc;

	(void)sigemptyset(&none);
	(void)sigfillset(&all);
	(void)posix_spawnattr_init(&attr);
	(void)posix_spawn_file_actions_init(&files);
	if ((rc = posix_spawnattr_setflags(&attr,
		 POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
		== 0
	    && (rc = posix_spawnattr_setsigmask(&attr, &none)) == 0
	    && (rc = posix_spawnattr_setsigdefault(&attr, &all)) == 0
	    && (rc = posix_spawn_file_actions_addopen(&files, STDIN_FILENO,
		    "/dev/null", O_RDONLY, 0))
		== 0
	    && (rc = posix_spawn_file_actions_adddup2(&files, output,
		    STDOUT_FILENO))
		== 0
	    && (rc = posix_spawn_file_actions_adddup2(&files, output,
		    STDERR_FILENO))
		== 0)
		/* The cast: POSIX promises not to write to argv. */
		rc = posix_spawnp(pid, argv[0], &files, &attr,
		    (char *const *)(const void *)argv, environ);
	(void)posix_spawn_file_actions_destroy(&files);
	(void)posix_spawnattr_destroy(&attr);
	return rc;
}

static int
wait_for(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			fatal("could not wait for process %ld: %s", (long)pid,
			    strerror(errno));
	}
	return WIFSIGNALED(status) ? 128 + WTERMSIG(status)
				   : WEXITSTATUS(status);
}

static void
read_output(int fd, struct buf *output)
{
	off_t at = 0;
	char chunk[4096];
	ssize_t n;

	while ((n = pread(fd, chunk, sizeof(chunk), at)) > 0) {
		size_t room = output->max - output->len, len = (size_t)n;

		if (!buf_put(output, chunk, len < room ? len : room))
			return;
		at += n;
	}
}

bool
process_run(const char *const argv[], struct buf *output, int *status,
    struct kpid_err *err)
{
	/* A file in memory, not a pipe: a server that the program leaves
	 * running may hold it open for ever, and reading would never end. */
	CLEANUP(fd_close) int fd = memfd_create("output", MFD_CLOEXEC);
	pid_t pid;
	int rc;

	if (fd < 0)
		return err_set(err, KPID_EINTERNAL,
		    "could not run '%s': no memory for its output: %s", argv[0],
		    strerror(errno));
	rc = spawn(argv, fd, &pid);
	if (rc != 0)
		return err_set(err, KPID_EINTERNAL, "could not run '%s': %s",
		    argv[0], strerror(rc));
	*status = wait_for(pid);
	read_output(fd, output);
	return true;
}
