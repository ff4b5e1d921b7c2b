#include <stdlib.h>
#include <string.h>

#include "kpid/config.h"
#include "kpid/file.h"

#define SECRET_BYTES 4096

MUST_CHECK static bool
secret_text(const struct secret *s, struct arena *mem, struct slice *out,
    struct kpid_err *err)
{
	const char *value;

	if (s->file != NULL)
		return file_read(s->file, SECRET_BYTES, KPID_ECONFIG, mem, out,
		    err);
	value = s->env == NULL ? NULL : getenv(s->env);
	if (value == NULL)
		return err_set(err, KPID_ECONFIG,
		    "the environment variable '%s' is not set",
		    s->env == NULL ? "" : s->env);
	*out = slice_of(value);
	return true;
}

bool
secret_read(const struct secret *s, struct arena *mem, const char **out,
    struct kpid_err *err)
{
	struct slice text;

	if (!secret_text(s, mem, &text, err))
		return err_wrap(err, "could not read a secret");
	if (text.len > 0 && text.ptr[text.len - 1] == '\n')
		text.len--;
	if (text.len > 0 && text.ptr[text.len - 1] == '\r')
		text.len--;
	if (text.len == 0 || memchr(text.ptr, '\0', text.len) != NULL)
		return err_set(err, KPID_ECONFIG,
		    "could not read a secret: '%s' %s",
		    s->file != NULL ? s->file : s->env,
		    text.len == 0 ? "is empty" : "holds a NUL byte");
	*out = slice_dup(text, mem);
	return true;
}
