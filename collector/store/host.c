/* Whom a private cluster runs as, with which programs, and its making. */
#include <dirent.h>
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cluster.h"

/* Reads "15" out of DIR/data/PG_VERSION; 0 when there is none. */
static int
data_version(const char *data, struct arena *mem)
{
	const char *path = arena_printf(mem, "%s/PG_VERSION", data);
	FILE *f = fopen(path, "re");
	char line[16] = "";

	if (f == NULL)
		return 0;
	if (fgets(line, sizeof(line), f) == NULL)
		line[0] = '\0';
	(void)fclose(f);
	return (int)strtol(line, NULL, 10);
}

static bool
has_server(const char *bindir, struct arena *mem)
{
	return access(arena_printf(mem, "%s/postgres", bindir), X_OK) == 0
	    && access(arena_printf(mem, "%s/initdb", bindir), X_OK) == 0;
}

/* The newest server below /usr/lib/postgresql, or exactly `wanted`. */
static const char *
debian_bindir(int wanted, struct arena *mem)
{
	static const char *const top = "/usr/lib/postgresql";
	const char *found = NULL;
	long best = 0;
	DIR *d = opendir(top);
	struct dirent *e;

	while (d != NULL && (e = readdir(d)) != NULL) {
		long version = strtol(e->d_name, NULL, 10);
		const char *bin =
		    arena_printf(mem, "%s/%s/bin", top, e->d_name);

		if (version > best && (wanted == 0 || version == wanted)
		    && has_server(bin, mem)) {
			best = version;
			found = bin;
		}
	}
	if (d != NULL)
		(void)closedir(d);
	return found;
}

static const char *
path_bindir(struct arena *mem)
{
	const char *path = getenv("PATH");
	char *copy = arena_strdup(mem, path != NULL ? path : "");
	char *save = NULL;

	for (char *dir = strtok_r(copy, ":", &save); dir != NULL;
	     dir = strtok_r(NULL, ":", &save))
		if (has_server(dir, mem))
			return dir;
	return NULL;
}

static bool
find_programs(const struct config *cfg, struct arena *mem,
    struct cluster_host *host, struct kpid_err *err)
{
	int version = data_version(host->data, mem);

	host->bindir = cfg->database.bindir;
	if (host->bindir != NULL && !has_server(host->bindir, mem))
		return err_set(err, KPID_ECONFIG,
		    "no PostgreSQL server programs in '%s' (database.bindir)",
		    host->bindir);
	if (host->bindir == NULL)
		host->bindir = debian_bindir(version, mem);
	if (host->bindir == NULL && version == 0)
		host->bindir = path_bindir(mem);
	if (host->bindir != NULL)
		return true;
	if (version != 0)
		return err_set(err, KPID_ECONFIG,
		    "the private database in "
		    "'%s' was made by PostgreSQL %d, and that version's "
		    "programs are not here. HINT: apt-get install "
		    "postgresql-%d, or name them in database.bindir",
		    host->dir, version, version);
	return err_set(err, KPID_ECONFIG,
	    "no PostgreSQL server on this "
	    "machine. HINT: apt-get install postgresql-15, or give "
	    "database.url");
}

/* The first name that exists; PostgreSQL refuses to run as root. */
static const struct passwd *
server_user(const struct config *cfg)
{
	const char *const names[] = { cfg->database.user, getenv("SUDO_USER"),
		"kpid", "postgres" };

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		const struct passwd *pw =
		    names[i] == NULL ? NULL : getpwnam(names[i]);

		if (pw != NULL && pw->pw_uid != 0)
			return pw;
	}
	return NULL;
}

static bool
find_user(const struct config *cfg, struct arena *mem,
    struct cluster_host *host, struct kpid_err *err)
{
	const struct passwd *pw =
	    geteuid() != 0 ? getpwuid(geteuid()) : server_user(cfg);

	if (pw == NULL && geteuid() != 0)
		return err_set(err, KPID_ECONFIG,
		    "user %d has no entry in "
		    "/etc/passwd, and PostgreSQL needs one. HINT: add the "
		    "user, or give database.url",
		    (int)geteuid());
	if (pw == NULL)
		return err_set(err, KPID_ECONFIG,
		    "PostgreSQL refuses to run "
		    "as root and there is no user for it. HINT: name one in "
		    "database.user");
	if (cfg->database.user != NULL && geteuid() == 0
	    && strcmp(cfg->database.user, pw->pw_name) != 0)
		return err_set(err, KPID_ECONFIG,
		    "no user '%s' (database.user)", cfg->database.user);
	host->uid = pw->pw_uid;
	host->gid = pw->pw_gid;
	host->user = arena_strdup(mem, pw->pw_name);
	return true;
}

void
cluster_become(const struct cluster_host *host)
{
	if (geteuid() != 0)
		return;
	if (initgroups(host->user, host->gid) != 0
	    || setresgid(host->gid, host->gid, host->gid) != 0
	    || setresuid(host->uid, host->uid, host->uid) != 0)
		fatal("could not become user '%s': %s", host->user,
		    strerror(errno));
}

/* Makes dir and its parents; the last belongs to the server's user. */
static bool
make_dir(const struct cluster_host *host, struct arena *mem,
    struct kpid_err *err)
{
	char *path = arena_strdup(mem, host->dir);

	for (char *p = strchr(path + 1, '/'); p != NULL;
	     p = strchr(p + 1, '/')) {
		*p = '\0';
		(void)mkdir(path, 0755);
		*p = '/';
	}
	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return err_set(err, KPID_ECONFIG,
		    "could not create '%s' (database.private): %s", path,
		    strerror(errno));
	if (geteuid() == 0 && chown(path, host->uid, host->gid) != 0)
		return err_set(err, KPID_ECONFIG,
		    "could not give '%s' to "
		    "user '%s': %s",
		    path, host->user, strerror(errno));
	return true;
}

/* A directory under /root belongs to the user and is out of reach all the
 * same: asked as that user, before initdb says so in its own words. */
static bool
check_reach(const struct cluster_host *host, struct kpid_err *err)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		cluster_become(host);
		_exit(access(host->dir, R_OK | W_OK | X_OK) == 0 ? 0 : 1);
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid)
		return err_set(err, KPID_EINTERNAL, "could not fork: %s",
		    strerror(errno));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	return err_set(err, KPID_ECONFIG,
	    "user '%s' cannot work in '%s' "
	    "(database.private). HINT: choose a directory outside /root, "
	    "such as /var/lib/kpid",
	    host->user, host->dir);
}

bool
cluster_host_find(const struct config *cfg, struct arena *mem,
    struct cluster_host *out, struct kpid_err *err)
{
	const char *dir = cfg->database.private_dir;
	struct cluster_host host = {
		.dir = dir,
		.data = arena_printf(mem, "%s/data", dir),
		.log = arena_printf(mem, "%s/log", dir),
		.users_lock = arena_printf(mem, "%s/users.lock", dir),
		.server_lock = arena_printf(mem, "%s/server.lock", dir),
	};

	if (!find_user(cfg, mem, &host, err) || !make_dir(&host, mem, err)
	    || !check_reach(&host, err) || !find_programs(cfg, mem, &host, err))
		return false;
	*out = host;
	return true;
}
