#include <string.h>
#include <strings.h>

#include "kpid/decode.h"

#define HINT_NAMES "HINT: \"utf-8\", \"cp932\" or \"auto\""

/* Names that look right and are not read, with what to write instead. */
static const struct {
	const char *name, *hint;
} not_read[] = {
	{ "shift_jis",
	    "HINT: \"cp932\" is what Windows writes under "
	    "that name" },
	{ "shift-jis", "HINT: declare \"cp932\"" },
	{ "sjis", "HINT: declare \"cp932\"" },
	{ "ms932", "HINT: declare \"cp932\"" },
	{ "windows-31j", "HINT: declare \"cp932\"" },
	{ "utf8", "HINT: write it \"utf-8\"" },
	{ "utf-16", "HINT: save the file as UTF-8" },
	{ "euc-jp", "HINT: save the file as UTF-8" },
	{ "iso-2022-jp", "HINT: save the file as UTF-8" },
};

const char *
encoding_name(enum encoding e)
{
	return e == ENCODING_UTF8 ? "UTF-8" : "CP932";
}

bool
encoding_from_name(const char *name, enum encoding *out, struct kpid_err *err)
{
	const char *hint = HINT_NAMES;

	if (strcasecmp(name, "utf-8") == 0) {
		*out = ENCODING_UTF8;
		return true;
	}
	if (strcasecmp(name, "cp932") == 0) {
		*out = ENCODING_CP932;
		return true;
	}
	for (size_t i = 0; i < ARRAY_LEN(not_read); i++)
		if (strcasecmp(name, not_read[i].name) == 0)
			hint = not_read[i].hint;
	return err_set(err, KPID_ECONFIG,
	    "'%s' is no encoding that is read. "
	    "%s",
	    name, hint);
}
