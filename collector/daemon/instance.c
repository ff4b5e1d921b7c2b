/* A name for this daemon. */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/random.h>
#include <unistd.h>

#include "instance.h"
#include "kpid/arena.h"
#include "kpid/bytes.h"

#define NUMBER_BYTES 8
#define NUMBER_TEXT  (2 * NUMBER_BYTES)

static bool
is_number(const char *text, ssize_t len)
{
	return len == NUMBER_TEXT
	    && strspn(text, "0123456789abcdef") == NUMBER_TEXT;
}

static bool
draw(char out[NUMBER_TEXT + 1])
{
	uint8_t bytes[NUMBER_BYTES];

	if (getrandom(bytes, sizeof(bytes), 0) != sizeof(bytes))
		return false;
	hex_encode(bytes, sizeof(bytes), out);
	return true;
}

/* The number in the file, or a new one into it. */
static bool
keep(int fd, char out[NUMBER_TEXT + 1])
{
	out[NUMBER_TEXT] = '\0';
	if (is_number(out, pread(fd, out, NUMBER_TEXT, 0)))
		return true;
	return draw(out) && ftruncate(fd, 0) == 0
	    && pwrite(fd, out, NUMBER_TEXT, 0) == NUMBER_TEXT;
}

/* The host belongs to the name: a state directory may be copied. */
static void
name(struct instance *in, const char *number)
{
	char host[INSTANCE_NAME_MAX - NUMBER_TEXT - 2] = "";

	if (gethostname(host, sizeof(host) - 1) != 0)
		host[0] = '\0';
	(void)snprintf(in->name, sizeof(in->name), "%s:%s", host, number);
}

bool
instance_open(const char *state_dir, struct instance *out, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	const char *path = arena_printf(&mem, "%s/instance", state_dir);
	struct instance in = { .fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC,
				   0600) };
	char number[NUMBER_TEXT + 1];
	bool ok;

	if (in.fd < 0)
		return err_set(err, KPID_ESPOOL, "could not open '%s': %s",
		    path, strerror(errno));
	ok = flock(in.fd, LOCK_EX | LOCK_NB) == 0 ? keep(in.fd, number)
						  : draw(number);
	if (!ok) {
		(void)err_set(err, KPID_ESPOOL, "could not write '%s': %s",
		    path, strerror(errno));
		instance_close(&in);
		return false;
	}
	name(&in, number);
	*out = in;
	return true;
}

void
instance_close(struct instance *in)
{
	if (in->fd >= 0)
		(void)close(in->fd);
	in->fd = -1;
}
