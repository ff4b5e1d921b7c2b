/* The body of kpid put, read as the loader will read it. */
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kpid/body.h"
#include "put.h"

static bool
take_value(void *ctx, const struct observation *o, struct kpid_err *err)
{
	struct put *p = ctx;

	(void)err;
	p->series = *o->series;
	p->period = o->period;
	p->missing = o->missing;
	p->value = o->missing == MISSING_NONE
	    ? slice_dup(o->value, &p->cli->mem)
	    : NULL;
	return true;
}

/* Its place in the body is no news to who typed it. */
static bool
take_reject(void *ctx, const struct reject *r, struct kpid_err *err)
{
	static const char column[] = "column '";
	const char *why = r->reason, *behind;

	(void)ctx;
	if (strncmp(why, column, strlen(column)) == 0
	    && (behind = strstr(why, "': ")) != NULL)
		why = behind + strlen("': ");
	return err_set(err, KPID_EUSAGE, "'" SLICE_FMT "': %s%s",
	    slice_width(r->raw), r->raw.ptr != NULL ? r->raw.ptr : "", why,
	    strncmp(why, "unknown mark", 12) == 0
		? ". HINT: --missing REASON says why there is no number"
		: "");
}

static bool
take_finding(void *ctx, const struct finding *f, struct kpid_err *err)
{
	(void)ctx;
	if (!f->holds)
		return true;
	return err_set(err, KPID_EUSAGE, "%s", f->text);
}

static bool
read_fd(struct put *p, int fd, struct kpid_err *err)
{
	const struct body body = {
		.cfg = &p->cli->cfg, .feed = p->feed, .fd = fd
	};
	const struct observation_sink out = { p, take_value, take_reject,
		take_finding };
	uint64_t n = 0;

	if (!body_read(&body, &out, &p->cli->mem, &n, err)) {
		err->code = KPID_EUSAGE;
		return false;
	}
	return n == 1 ? true : err_set(err, KPID_EUSAGE, "no value");
}

bool
put_read(struct put *p, struct kpid_err *err)
{
	int fd = memfd_create("kpid-put", MFD_CLOEXEC);
	bool ok;

	if (fd < 0)
		return err_set(err, KPID_EINTERNAL, "memfd_create: %s",
		    strerror(errno));
	buf_clear(&p->text);
	p->feed = hand_feed(&p->hand, &p->cli->mem);
	ok = hand_write(&p->hand, &p->text, err);
	if (ok && write(fd, p->text.ptr, p->text.len) != (ssize_t)p->text.len)
		ok = err_set(err, KPID_EINTERNAL, "could not write: %s",
		    strerror(errno));
	ok = ok && read_fd(p, fd, err);
	(void)close(fd);
	return ok;
}
