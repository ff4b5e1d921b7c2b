#include <string.h>
#include <strings.h>

#include "kpid/decode.h"

/* In the order of enum encoding. */
static const struct {
	const char *declared, *shown;
} names[] = {
	[ENCODING_UTF8] = { "utf-8", "UTF-8" },
	[ENCODING_CP932] = { "cp932", "CP932" },
	[ENCODING_UTF16] = { "utf-16", "UTF-16" },
	[ENCODING_UTF16LE] = { "utf-16le", "UTF-16LE" },
	[ENCODING_UTF16BE] = { "utf-16be", "UTF-16BE" },
	[ENCODING_EUC_JP] = { "euc-jp", "EUC-JP" },
	[ENCODING_ISO_2022_JP] = { "iso-2022-jp", "ISO-2022-JP" },
};

/* Other names of theirs, with what to write instead. */
static const struct {
	const char *name, *hint;
} not_read[] = {
	{ "shift_jis",
	    "HINT: \"cp932\" is what Windows writes under that name" },
	{ "shift-jis", "HINT: declare \"cp932\"" },
	{ "sjis", "HINT: declare \"cp932\"" },
	{ "x-sjis", "HINT: declare \"cp932\"" },
	{ "ms932", "HINT: declare \"cp932\"" },
	{ "windows-31j", "HINT: declare \"cp932\"" },
	{ "utf8", "HINT: write it \"utf-8\"" },
	{ "utf-8-sig", "HINT: \"utf-8\" takes a byte order mark off" },
	{ "utf16", "HINT: write it \"utf-16\"" },
	{ "unicode", "HINT: what Windows calls so is \"utf-16\"" },
	{ "ucs-2", "HINT: declare \"utf-16\"" },
	{ "utf-16-le", "HINT: write it \"utf-16le\"" },
	{ "utf-16-be", "HINT: write it \"utf-16be\"" },
	{ "eucjp", "HINT: write it \"euc-jp\"" },
	{ "euc_jp", "HINT: write it \"euc-jp\"" },
	{ "euc", "HINT: declare \"euc-jp\"" },
	{ "ujis", "HINT: declare \"euc-jp\"" },
	{ "jis", "HINT: declare \"iso-2022-jp\"" },
	{ "iso2022jp", "HINT: write it \"iso-2022-jp\"" },
	{ "iso-2022-jp-1", "HINT: declare \"iso-2022-jp\"" },
};

const char *
encoding_name(enum encoding e)
{
	return names[e].shown;
}

bool
encoding_from_name(const char *name, enum encoding *out, struct kpid_err *err)
{
	const char *hint =
	    "HINT: \"auto\", \"utf-8\", \"cp932\", \"utf-16\", \"utf-16le\", "
	    "\"utf-16be\", \"euc-jp\" or \"iso-2022-jp\"";

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (strcasecmp(name, names[i].declared) == 0) {
			*out = (enum encoding)i;
			return true;
		}
	for (size_t i = 0; i < ARRAY_LEN(not_read); i++)
		if (strcasecmp(name, not_read[i].name) == 0)
			hint = not_read[i].hint;
	return err_set(err, KPID_ECONFIG,
	    "'%s' is no encoding that is read. %s", name, hint);
}
