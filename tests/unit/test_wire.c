/* rooms: base daemon */
/* Whole messages come out, however the socket cut them. */
#include <criterion/criterion.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "../../collector/daemon/wire.h"

struct line {
	int fd[2];
	struct buf in;
};

static void
line_open(struct line *l)
{
	cr_assert(socketpair(AF_UNIX, SOCK_STREAM, 0, l->fd) == 0);
	buf_init(&l->in, 1 << 20);
}

static void
line_free(struct line *l)
{
	(void)close(l->fd[0]);
	if (l->fd[1] >= 0)
		(void)close(l->fd[1]);
	buf_release(&l->in);
}

static void
put(struct line *l, const char *p, size_t len)
{
	cr_assert(send(l->fd[1], p, len, 0) == (ssize_t)len);
}

static void
hang_up(struct line *l)
{
	(void)close(l->fd[1]);
	l->fd[1] = -1;
}

/* The next answer as text: "?" nothing yet, "." closed, else the document. */
static const char *
next(struct line *l, char out[256])
{
	json_t *message = NULL;

	switch (wire_receive(l->fd[0], &l->in, &message)) {
	case WIRE_NOTHING:
		return "?";
	case WIRE_CLOSED:
		return ".";
	case WIRE_MESSAGE:
		break;
	}
	size_t len = json_dumpb(message, out, 255, JSON_COMPACT);

	json_decref(message);
	cr_assert(len <= 255);
	out[len] = '\0';
	return out;
}

Test(wire, what_is_sent_arrives_the_same)
{
	const char *text = "{\"text\":\"見出し\\n二行\",\"n\":[1,null,true]}";
	CLEANUP(line_free) struct line l;
	struct kpid_err err = { 0 };
	char got[256];

	line_open(&l);
	cr_assert(wire_send(l.fd[1], json_loads(text, 0, NULL), &err));
	cr_expect_str_eq(next(&l, got), text);
	cr_expect_str_eq(next(&l, got), "?", "one message is one answer");
}

Test(wire, a_message_may_be_cut_at_every_byte)
{
	static const char text[] = "{\"do\":\"load\",\"ids\":[\"見\"]}\n";
	const size_t len = sizeof(text) - 1;

	for (size_t cut = 1; cut < len; cut++) {
		CLEANUP(line_free) struct line l;
		char got[256];

		line_open(&l);
		put(&l, text, cut);
		cr_expect_str_eq(next(&l, got), "?", "cut at %zu", cut);
		put(&l, text + cut, len - cut);
		cr_expect_str_eq(next(&l, got),
		    "{\"do\":\"load\",\"ids\":[\"見\"]}", "cut at %zu", cut);
		cr_expect_str_eq(next(&l, got), "?", "cut at %zu", cut);
	}
}

Test(wire, several_messages_come_one_by_one_in_order)
{
	CLEANUP(line_free) struct line l;
	char got[256];

	line_open(&l);
	put(&l, "{\"a\":1}\n{\"a\":2}\n{\"a\":", 21);
	cr_expect_str_eq(next(&l, got), "{\"a\":1}");
	cr_expect_str_eq(next(&l, got), "{\"a\":2}");
	cr_expect_str_eq(next(&l, got), "?");
	put(&l, "3}\n", 3);
	cr_expect_str_eq(next(&l, got), "{\"a\":3}");
}

Test(wire, what_came_before_the_end_is_still_told)
{
	CLEANUP(line_free) struct line l;
	char got[256];

	line_open(&l);
	put(&l, "{\"a\":1}\n{\"a\":2}\n{\"cut\"", 22);
	hang_up(&l);
	cr_expect_str_eq(next(&l, got), "{\"a\":1}");
	cr_expect_str_eq(next(&l, got), "{\"a\":2}");
	cr_expect_str_eq(next(&l, got), ".", "half a message is none");
	cr_expect_str_eq(next(&l, got), ".", "and it stays closed");
}

Test(wire, a_message_beyond_the_limit_ends_the_conversation)
{
	CLEANUP(line_free) struct line l;
	char got[256], many[4096];

	line_open(&l);
	l.in.max = sizeof(many);
	memset(many, ' ', sizeof(many));
	put(&l, many, sizeof(many));
	cr_expect_str_eq(next(&l, got), "?");
	put(&l, many, sizeof(many));
	cr_expect_str_eq(next(&l, got), ".");
}

Test(wire, a_line_that_is_no_json_asks_for_nothing)
{
	CLEANUP(line_free) struct line l;
	char got[256];

	line_open(&l);
	put(&l, "not json\n{\"a\":1}\n", 17);
	cr_expect_str_eq(next(&l, got), "{}");
	cr_expect_str_eq(next(&l, got), "{\"a\":1}");
}

Test(wire, sending_to_who_is_gone_is_an_error_to_come_back_for)
{
	CLEANUP(line_free) struct line l;
	struct kpid_err err = { 0 };

	line_open(&l);
	hang_up(&l);
	cr_expect_not(wire_send(l.fd[0], json_object(), &err));
	cr_expect(err.retry);
	cr_expect(strstr(err.msg, "gone") != NULL, "%s", err.msg);
}
