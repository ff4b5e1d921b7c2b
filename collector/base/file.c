#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kpid/file.h"

static void
fd_close(int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

bool
file_read(const char *path, size_t max, enum kpid_code code, struct arena *mem,
    struct slice *out, struct kpid_err *err)
{
	/* Not to hang on a named pipe that somebody put there. */
	CLEANUP(fd_close)
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	size_t len = 0;
	ssize_t n;
	char *text;

	if (fd < 0 || fstat(fd, &st) != 0)
		return err_set(err, code, "could not open '%s': %s", path,
		    strerror(errno));
	if (!S_ISREG(st.st_mode))
		return err_set(err, code, "could not open '%s': not a file",
		    path);
	if ((unsigned long long)st.st_size > max)
		return err_set(err, KPID_EREFUSED,
		    "'%s' has %lld bytes, more than the limit of %zu", path,
		    (long long)st.st_size, max);
	text = arena_alloc(mem, (size_t)st.st_size + 1);
	while (len < (size_t)st.st_size
	    && (n = read(fd, text + len, (size_t)st.st_size - len)) != 0) {
		if (n < 0 && errno != EINTR)
			return err_set(err, code, "could not read '%s': %s",
			    path, strerror(errno));
		len += n > 0 ? (size_t)n : 0;
	}
	*out = (struct slice){ text, len };
	return true;
}

char *
path_dir(const char *path, struct arena *mem)
{
	const char *slash = strrchr(path, '/');

	if (slash == NULL)
		return arena_strdup(mem, ".");
	return arena_strndup(mem, path,
	    slash == path ? 1 : (size_t)(slash - path));
}

const char *
path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* Appends one name to the clean path out[0..len); returns its new length. */
static size_t
add_name(char *out, size_t len, struct slice name)
{
	if (name.len == 0 || slice_is(name, "."))
		return len;
	if (slice_is(name, "..")) {
		while (len > 0 && out[--len] != '/')
			;
		return len;
	}
	out[len++] = '/';
	memcpy(out + len, name.ptr, name.len);
	return len + name.len;
}

char *
path_join(const char *dir, const char *path, struct arena *mem)
{
	const char *in =
	    path[0] == '/' ? path : arena_printf(mem, "%s/%s", dir, path);
	char *out = arena_alloc(mem, strlen(in) + 2);
	size_t len = 0;

	while (*in != '\0') {
		size_t n = strcspn(in, "/");

		len = add_name(out, len, (struct slice){ in, n });
		in += n + (in[n] == '/');
	}
	if (len == 0)
		out[len++] = '/';
	out[len] = '\0';
	return out;
}

bool
path_below(const char *path, const char *dir)
{
	size_t len = strlen(dir);

	if (len > 0 && dir[len - 1] == '/') /* the root */
		len--;
	return strncmp(path, dir, len) == 0
	    && (path[len] == '/' || path[len] == '\0');
}

const char *
path_shown(const char *path)
{
	char here[PATH_MAX];

	if (getcwd(here, sizeof(here)) == NULL || strcmp(here, "/") == 0
	    || strcmp(path, here) == 0 || !path_below(path, here))
		return path;
	return path + strlen(here) + 1;
}
