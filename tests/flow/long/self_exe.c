/*
 * Under valgrind /proc/self/exe is valgrind. Preloaded, this starts the
 * program KPID_SELF in its place.
 */
#include <dlfcn.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>

typedef int spawn_fn(pid_t *, const char *, const posix_spawn_file_actions_t *,
    const posix_spawnattr_t *, char *const *, char *const *);

int
posix_spawn(pid_t *pid, const char *path,
    const posix_spawn_file_actions_t *files, const posix_spawnattr_t *attr,
    char *const argv[], char *const envp[])
{
	spawn_fn *real = (spawn_fn *)dlsym(RTLD_NEXT, "posix_spawn");

	if (strcmp(path, "/proc/self/exe") == 0)
		path = getenv("KPID_SELF");
	return real(pid, path, files, attr, argv, envp);
}
