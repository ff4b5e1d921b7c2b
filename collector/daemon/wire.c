/* Lines of JSON over a socket. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "wire.h"

static bool
send_all(int fd, const char *p, size_t len)
{
	while (len > 0) {
		ssize_t n = send(fd, p, len, MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		len -= (size_t)n;
	}
	return true;
}

bool
wire_send(int fd, json_t *message, struct kpid_err *err)
{
	char *text = json_dumps(message, JSON_COMPACT);
	bool ok = text != NULL && send_all(fd, text, strlen(text))
	    && send_all(fd, "\n", 1);

	json_decref(message);
	free(text);
	return ok ? true
		  : err_set_retry(err, KPID_EINTERNAL,
		      "the other process is gone: %s", strerror(errno));
}

/* The first line of the buffer as a document; NULL when there is none. */
static json_t *
take_line(struct buf *in)
{
	const char *end = in->len == 0 ? NULL : memchr(in->ptr, '\n', in->len);
	json_t *message;

	if (end == NULL)
		return NULL;
	size_t len = (size_t)(end - in->ptr);

	message = json_loadb(in->ptr, len, 0, NULL);
	in->len -= len + 1;
	memmove(in->ptr, end + 1, in->len);
	return message != NULL ? message : json_object();
}

enum wire_state
wire_receive(int fd, struct buf *in, json_t **message)
{
	char chunk[65536];
	ssize_t n;

	*message = take_line(in);
	if (*message != NULL)
		return WIRE_MESSAGE;
	n = recv(fd, chunk, sizeof(chunk), MSG_DONTWAIT);
	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return WIRE_NOTHING;
	if (n <= 0 || !buf_put(in, chunk, (size_t)n))
		return WIRE_CLOSED;
	*message = take_line(in);
	return *message != NULL ? WIRE_MESSAGE : WIRE_NOTHING;
}
