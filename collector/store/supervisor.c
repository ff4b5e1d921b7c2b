/*
 * The process between the commands and their private PostgreSQL.
 *
 * It is the server's parent, and waits for an exclusive lock on the file that
 * every command holds shared (flock): the kernel gives it when the last command
 * is gone, however it went. Then it stops the server. No polling, no counting,
 * nothing to repair after kill -9. If the supervisor itself is killed, the
 * server gets SIGINT from the kernel.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "cluster.h"

/* PostgreSQL answers within a second; recovery after a crash may take long. */
#define START_WAIT_MS 120000

/* The server ended by itself: nothing is left to watch over. */
static void
on_child(int signo)
{
	(void)signo;
	if (waitpid(-1, NULL, WNOHANG) > 0)
		_exit(1);
}

static void
supervisor_signals(void)
{
	struct sigaction child = { .sa_handler = on_child };
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	sigset_t none;

	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)sigaction(SIGCHLD, &child, NULL);
	(void)sigaction(SIGINT, &ignore, NULL);
	(void)sigaction(SIGTERM, &ignore, NULL);
	(void)sigaction(SIGHUP, &ignore, NULL);
}

/* What the server must not inherit: systemd's socket to the service manager,
 * and settings of some client. */
static void
clean_environment(void)
{
	static const char *const names[] = { "NOTIFY_SOCKET", "WATCHDOG_PID",
		"WATCHDOG_USEC", "LISTEN_FDS", "LISTEN_PID", "PGDATA", "PGHOST",
		"PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD", "PGSERVICE",
		"PGOPTIONS" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		(void)unsetenv(names[i]);
}

__attribute__((noreturn)) static void
exec_server(const struct cluster_host *host, const char *socket_dir)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *program = arena_printf(&mem, "%s/postgres", host->bindir);
	struct sigaction normal = { .sa_handler = SIG_DFL };
	int log = open(host->log, O_WRONLY | O_CREAT | O_APPEND, 0600);

	(void)sigaction(SIGINT, &normal, NULL);
	(void)sigaction(SIGTERM, &normal, NULL);
	(void)sigaction(SIGHUP, &normal, NULL);
	(void)prctl(PR_SET_PDEATHSIG, SIGINT);
	if (log >= 0) {
		(void)dup2(log, 1);
		(void)dup2(log, 2);
	}
	/* Its whole path: postgres looks itself up by its first argument. */
	(void)execl(program, program, "-D", host->data, "-k", socket_dir, "-c",
	    "listen_addresses=", (char *)NULL);
	_exit(127);
}

/* Nothing inherited stays open: a pipe would keep its reader waiting for ever,
 * and a lock belongs to the open file, which fork shares. */
static void
close_inherited(void)
{
	int null = open("/dev/null", O_RDWR);

	for (int fd = 0; fd < 3; fd++)
		(void)dup2(null, fd);
	for (int fd = 3; fd < 1024; fd++)
		(void)close(fd);
}

static int
lock_or_exit(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	while (fd < 0 || flock(fd, LOCK_EX) != 0)
		if (fd < 0 || errno != EINTR)
			_exit(1);
	return fd;
}

void
socket_dir_remove(const char *socket_dir)
{
	static const char *const files[] = { ".s.PGSQL.5432",
		".s.PGSQL.5432.lock" };
	char path[160];

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		(void)snprintf(path, sizeof(path), "%s/%s", socket_dir,
		    files[i]);
		(void)unlink(path);
	}
	(void)rmdir(socket_dir);
}

static void
stop_server(pid_t server, const char *socket_dir)
{
	struct sigaction normal = { .sa_handler = SIG_DFL };

	(void)sigaction(SIGCHLD, &normal, NULL);
	(void)kill(server, SIGINT);
	while (waitpid(server, NULL, 0) != server && errno == EINTR)
		continue;
	socket_dir_remove(socket_dir);
}

__attribute__((noreturn)) static void
supervise(const struct cluster_host *host, const char *socket_dir)
{
	pid_t server;
	int running;

	close_inherited();
	cluster_become(host);
	(void)setsid();
	(void)umask(077);
	if (chdir("/") != 0)
		_exit(1);
	clean_environment();
	running = lock_or_exit(host->server_lock);
	supervisor_signals();
	server = fork();
	if (server == 0)
		exec_server(host, socket_dir);
	if (server < 0)
		_exit(1);
	(void)lock_or_exit(host->users_lock);
	stop_server(server, socket_dir);
	/* Before the users' lock: whoever gets that next must not believe that
	 * a server runs, and exit closes in no order. */
	(void)close(running);
	_exit(0);
}

/* Socket paths end at 107 bytes, for server and client alike: never below the
 * cluster's own directory, which may be deep. An installation has a place that
 * a service with a /tmp of its own shares with the commands beside it. */
bool
socket_dir_make(const struct cluster_host *host, struct arena *mem,
    const char **out, struct kpid_err *err)
{
	static const char *const places[] = { CLUSTER_RUN "/kpid-XXXXXX",
		"/tmp/kpid-XXXXXX" };

	for (size_t i = 0; i < ARRAY_LEN(places); i++) {
		char *dir = arena_strdup(mem, places[i]);

		if (mkdtemp(dir) == NULL)
			continue;
		if (geteuid() != 0 || chown(dir, host->uid, host->gid) == 0) {
			*out = dir;
			return true;
		}
	}
	return err_set(err, KPID_EDB,
	    "could not make a directory for the socket in /tmp: %s",
	    strerror(errno));
}

/* The reason a server did not come up is the last complaint in its log. */
static bool
start_failed(const struct cluster_host *host, struct kpid_err *err)
{
	char line[400] = "", last[400] = "no reason in its log";
	FILE *f = fopen(host->log, "re");

	while (f != NULL && fgets(line, sizeof(line), f) != NULL)
		if (strstr(line, "FATAL") != NULL
		    || strstr(line, "PANIC") != NULL
		    || strstr(line, "could not") != NULL)
			memcpy(last, line, sizeof(last));
	if (f != NULL)
		(void)fclose(f);
	last[strcspn(last, "\n")] = '\0';
	return err_set(err, KPID_EDB,
	    "the private database in '%s' did not "
	    "start: %s. HINT: see '%s'",
	    host->dir, last, host->log);
}

static bool
wait_ready(const struct cluster_host *host, const char *socket_dir,
    pid_t supervisor, struct kpid_err *err)
{
	const char *const keys[] = { "host", "user", "dbname", NULL };
	const char *const values[] = { socket_dir, "kpid", "postgres", NULL };
	const struct timespec pause = { .tv_nsec = 10000000 };

	for (int waited = 0; waited < START_WAIT_MS; waited += 10) {
		if (PQpingParams(keys, values, 0) == PQPING_OK)
			return true;
		if (waitpid(supervisor, NULL, WNOHANG) == supervisor)
			return start_failed(host, err);
		(void)nanosleep(&pause, NULL);
	}
	(void)kill(supervisor, SIGKILL);
	return start_failed(host, err);
}

bool
supervisor_start(const struct cluster_host *host, const char *socket_dir,
    struct kpid_err *err)
{
	const pid_t pid = fork();

	if (pid < 0)
		return err_set(err, KPID_EDB, "could not fork: %s",
		    strerror(errno));
	if (pid == 0)
		supervise(host, socket_dir);
	if (wait_ready(host, socket_dir, pid, err))
		return true;
	socket_dir_remove(socket_dir);
	return false;
}
