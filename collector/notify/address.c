#include <string.h>

#include "address.h"
#include "kpid/bytes.h"

/* RFC 5321, 4.5.3.1: what every server must be able to take. */
#define LOCAL_MAX  64
#define DOMAIN_MAX 255

static const char atext[] =
    "abcdefghijklmnopqrstuvwxyz"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~";
static const char letters_digits_hyphen[] =
    "abcdefghijklmnopqrstuvwxyz"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";

/* Words of these characters with single dots between them. */
static bool
dotted_words(struct slice s, const char *allowed)
{
	char before = '.';

	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '.'
			? before == '.'
			: s.ptr[i] == '\0' || strchr(allowed, s.ptr[i]) == NULL)
			return false;
		before = s.ptr[i];
	}
	return before != '.';
}

static bool
address_valid(struct slice s)
{
	const char *at = memchr(s.ptr, '@', s.len);
	struct slice local, domain;

	if (at == NULL)
		return false;
	local = (struct slice){ s.ptr, (size_t)(at - s.ptr) };
	domain = (struct slice){ at + 1, s.len - local.len - 1 };
	return local.len <= LOCAL_MAX && domain.len <= DOMAIN_MAX
	    && dotted_words(local, atext)
	    && dotted_words(domain, letters_digits_hyphen);
}

/* "Ueda \"City\"" to Ueda "City"; anything else stays as it is. */
static char *
unquote(struct slice s, struct arena *mem)
{
	char *out = slice_dup(s, mem);
	size_t n = 0;

	if (s.len < 2 || s.ptr[0] != '"' || s.ptr[s.len - 1] != '"')
		return out;
	for (size_t i = 1; i + 1 < s.len; i++) {
		if (s.ptr[i] == '\\' && i + 2 < s.len)
			i++;
		out[n++] = s.ptr[i];
	}
	out[n] = '\0';
	return out;
}

static bool
has_control(const char *text)
{
	for (const char *p = text; *p != '\0'; p++) {
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return true;
	}
	return false;
}

bool
mailbox_parse(const char *text, struct arena *mem, struct mailbox *out,
    struct kpid_err *err)
{
	struct slice all = slice_trim(slice_of(text)), name = { "", 0 };
	struct slice address = all;
	const char *open = all.len == 0 ? NULL : strrchr(all.ptr, '<');

	if (has_control(text))
		return err_set(err, KPID_EMAIL,
		    "refusing a mail address with control characters or line "
		    "breaks in it");
	if (open != NULL && all.ptr[all.len - 1] == '>') {
		name.ptr = all.ptr;
		name.len = (size_t)(open - all.ptr);
		address.ptr = open + 1;
		address.len = all.len - name.len - 2;
	}
	address = slice_trim(address);
	if (address.len == 0 || !address_valid(address))
		return err_set(err, KPID_EMAIL,
		    "'%s' is not a mail address. HINT: write 'name@example.jp' "
		    "or 'Name <name@example.jp>'",
		    text);
	out->name = unquote(slice_trim(name), mem);
	out->address = slice_dup(address, mem);
	return true;
}
