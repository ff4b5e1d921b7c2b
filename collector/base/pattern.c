/* PCRE2 behind kpid's own types: memory of an arena, steps that are counted. */
#include "kpid/pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* Steps of one match, and bytes it may remember: a sane pattern takes a few
 * steps for each character of a cell. */
#define MATCH_STEPS  1000000
#define MATCH_KBYTES 4096
#define TEXT_SHOWN   80 /* bytes of a text in a message */

struct pattern {
	const char *text;
	pcre2_code *code;
	pcre2_match_data *match;
	pcre2_match_context *limits;
	size_t groups;
};

static void *
take(PCRE2_SIZE len, void *mem)
{
	return arena_alloc(mem, len);
}

/* What an arena gave goes with the arena. */
static void
give_back(void *p, void *mem)
{
	(void)p;
	(void)mem;
}

static bool
refuse(const char *text, int code, size_t at, struct kpid_err *err)
{
	PCRE2_UCHAR why[256];

	if (pcre2_get_error_message(code, why, sizeof(why)) < 0)
		why[0] = '\0';
	return err_set(err, KPID_ECONFIG, "'%s' is no pattern: %s, at byte %zu",
	    text, (const char *)why, at + 1);
}

bool
pattern_new(const char *text, struct arena *mem, struct pattern **out,
    struct kpid_err *err)
{
	/* UCP: \d takes ６ and \s takes U+3000. An invalid byte in a text is
	 * found by nothing, and is no reason to stop. \C would cut a
	 * character. */
	const uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF
	    | PCRE2_NEVER_BACKSLASH_C;
	pcre2_general_context *own =
	    pcre2_general_context_create(take, give_back, mem);
	pcre2_compile_context *compile = pcre2_compile_context_create(own);
	struct pattern *p = arena_alloc(mem, sizeof(*p));
	uint32_t groups = 0;
	PCRE2_SIZE at = 0;
	int code = 0;

	p->text = arena_strdup(mem, text);
	p->code = pcre2_compile((PCRE2_SPTR)p->text, PCRE2_ZERO_TERMINATED,
	    options, &code, &at, compile);
	if (p->code == NULL)
		return refuse(text, code, at, err);
	(void)pcre2_pattern_info(p->code, PCRE2_INFO_CAPTURECOUNT, &groups);
	if (groups >= PATTERN_GROUPS)
		return err_set(err, KPID_ECONFIG,
		    "the pattern '%s' has %u groups, more than %d. HINT: a "
		    "parenthesis that nothing is read from is written (?:...)",
		    text, (unsigned int)groups, PATTERN_GROUPS - 1);
	p->groups = groups;
	p->match = pcre2_match_data_create_from_pattern(p->code, own);
	p->limits = pcre2_match_context_create(own);
	(void)pcre2_set_match_limit(p->limits, MATCH_STEPS);
	(void)pcre2_set_heap_limit(p->limits, MATCH_KBYTES);
	*out = p;
	return true;
}

size_t
pattern_groups(const struct pattern *p)
{
	return p->groups;
}

static bool
refuse_text(const struct pattern *p, struct slice text, int code,
    struct kpid_err *err)
{
	PCRE2_UCHAR why[256];
	int shown = text.len < TEXT_SHOWN ? (int)text.len : TEXT_SHOWN;

	while ((size_t)shown < text.len && shown > 0
	    && ((unsigned char)text.ptr[shown] & 0xC0) == 0x80)
		shown--;
	if (pcre2_get_error_message(code, why, sizeof(why)) < 0)
		why[0] = '\0';
	return err_set(err, KPID_ECONTRACT,
	    "the pattern '%s' takes too long on the text '%.*s': %s. HINT: "
	    "'(a+)+' and its like try every way to cut a text",
	    p->text, shown, text.ptr, (const char *)why);
}

bool
pattern_find(struct pattern *p, struct slice text,
    struct slice groups[PATTERN_GROUPS], bool *found, struct kpid_err *err)
{
	const char *ptr = text.ptr != NULL ? text.ptr : "";
	const PCRE2_SIZE *at = pcre2_get_ovector_pointer(p->match);
	int code = pcre2_match(p->code, (PCRE2_SPTR)ptr, text.len, 0, 0,
	    p->match, p->limits);

	if (code < 0 && code != PCRE2_ERROR_NOMATCH)
		return refuse_text(p, text, code, err);
	*found = code > 0;
	for (size_t i = 0; i <= p->groups && *found; i++) {
		const PCRE2_SIZE from = at[2 * i], to = at[2 * i + 1];

		groups[i] = (struct slice){ 0 };
		if (from != PCRE2_UNSET)
			groups[i] = (struct slice){ ptr + from,
				to > from ? to - from : 0 };
	}
	return true;
}

struct slice
pattern_taken(const struct pattern *p,
    const struct slice groups[PATTERN_GROUPS])
{
	return groups[p->groups > 0 ? 1 : 0];
}
