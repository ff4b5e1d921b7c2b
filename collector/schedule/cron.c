/*
 * Cron expressions: five fields to bit sets.
 */
#include "kpid/schedule.h"

#include <string.h>
#include <strings.h>

#include "kpid/bytes.h"

struct field {
	const char *name;
	int min, max;
	int whole;         /* where "*" and "a/n" end */
	const char *names; /* three letters each, or NULL */
	int first;         /* what the first name stands for */
	const char *takes; /* for the hint */
};

static const struct field fields[] = {
	{ "minute", 0, 59, 59, NULL, 0, "0-59" },
	{ "hour", 0, 23, 23, NULL, 0, "0-23" },
	{ "day", 1, 31, 31, NULL, 0,
	    "1-31, L (the last day), ?, B5 (the fifth business day), BL, "
	    "10> (or the next business day), 10<, L<" },
	{ "month", 1, 12, 12, "janfebmaraprmayjunjulaugsepoctnovdec", 1,
	    "1-12, jan-dec" },
	{ "weekday", 0, 7, 6, "sunmontuewedthufrisat", 0,
	    "0-7 (0 and 7 are Sunday), sun-sat, ?" },
};

enum { MINUTE, HOUR, DAY, MONTH, WEEKDAY, N_FIELDS };

static const struct {
	const char *name, *means;
} aliases[] = {
	{ "@hourly", "0 * * * *" },
	{ "@daily", "0 0 * * *" },
	{ "@midnight", "0 0 * * *" },
	{ "@weekly", "0 0 * * 0" },
	{ "@monthly", "0 0 1 * *" },
	{ "@yearly", "0 0 1 1 *" },
	{ "@annually", "0 0 1 1 *" },
};

static void
advance(struct slice *s, size_t n)
{
	s->ptr += n;
	s->len -= n;
}

static bool
take(struct slice *s, char c)
{
	if (s->len == 0 || s->ptr[0] != c)
		return false;
	advance(s, 1);
	return true;
}

/* Up to three digits; false when there is none. */
static bool
number_take(struct slice *s, int *out)
{
	size_t n = 0;
	int v = 0;

	while (n < s->len && n < 3 && s->ptr[n] >= '0' && s->ptr[n] <= '9')
		v = v * 10 + (s->ptr[n++] - '0');
	if (n == 0)
		return false;
	advance(s, n);
	*out = v;
	return true;
}

static bool
name_take(const struct field *f, struct slice *s, int *out)
{
	if (f->names == NULL || s->len < 3)
		return false;
	for (int i = 0; f->names[3 * i] != '\0'; i++)
		if (strncasecmp(f->names + 3 * i, s->ptr, 3) == 0) {
			advance(s, 3);
			*out = f->first + i;
			return true;
		}
	return false;
}

static bool
value_take(const struct field *f, struct slice *s, int *out)
{
	if (!number_take(s, out) && !name_take(f, s, out))
		return false;
	return *out >= f->min && *out <= f->max;
}

/* a, a-b or *; open: no end was given, so that a step runs to the end. */
static bool
range_take(const struct field *f, struct slice *s, int *first, int *last,
    bool *open)
{
	bool question = f == &fields[DAY] || f == &fields[WEEKDAY];

	*open = true;
	if (take(s, '*') || (question && take(s, '?'))) {
		*first = f->min;
		*last = f->whole;
		return true;
	}
	if (!value_take(f, s, first))
		return false;
	*last = *first;
	if (!take(s, '-'))
		return true;
	*open = false;
	if (!value_take(f, s, last))
		return false;
	if (f == &fields[WEEKDAY] && *last == 0 && *first > 0)
		*last = 7; /* FRI-SUN */
	return *first <= *last;
}

static bool
item_parse(const struct field *f, struct slice item, uint64_t *bits)
{
	int first, last, step = 1;
	bool open;

	if (!range_take(f, &item, &first, &last, &open))
		return false;
	if (take(&item, '/')) {
		if (!number_take(&item, &step) || step == 0)
			return false;
		if (open)
			last = first > f->whole ? first : f->whole;
	}
	if (item.len > 0)
		return false;
	for (int v = first; v <= last; v += step)
		*bits |= UINT64_C(1) << v;
	return true;
}

/* What the day field takes beside numbers; false when it is none of it. */
static bool
day_word(struct slice item, struct cron *c)
{
	const struct field counted = { .min = 1, .max = 23 };
	int n;

	if (slice_is(item, "L"))
		return c->last_day = true;
	if (slice_is(item, "BL"))
		return c->last_business = true;
	if (slice_is(item, "L<")) {
		c->not_after |= 1;
		return true;
	}
	if (take(&item, 'B')) {
		if (!value_take(&counted, &item, &n) || item.len > 0)
			return false;
		c->business |= 1U << n;
		return true;
	}
	if (!value_take(&fields[DAY], &item, &n) || item.len != 1)
		return false;
	if (item.ptr[0] == '>')
		c->not_before |= 1U << n;
	else if (item.ptr[0] == '<')
		c->not_after |= 1U << n;
	else
		return false;
	return true;
}

/* A list of items; words of the day field go to c, the rest to bits. */
static bool
field_parse(const struct field *f, struct slice text, uint64_t *bits,
    struct cron *c)
{
	for (;;) {
		const char *comma = memchr(text.ptr, ',', text.len);
		size_t n =
		    comma != NULL ? (size_t)(comma - text.ptr) : text.len;
		struct slice item = { text.ptr, n };

		if (!(f == &fields[DAY] && day_word(item, c))
		    && !item_parse(f, item, bits))
			return false;
		if (comma == NULL)
			return true;
		advance(&text, n + 1);
	}
}

static const char *
alias_expand(const char *text)
{
	for (size_t i = 0; i < ARRAY_LEN(aliases); i++)
		if (strcasecmp(text, aliases[i].name) == 0)
			return aliases[i].means;
	return text;
}

/* The words of text, as many as fit; returns how many there are. */
static size_t
words_split(const char *text, struct slice *words, size_t max)
{
	static const char blanks[] = " \t";
	size_t n = 0;

	for (text += strspn(text, blanks); *text != '\0'; n++) {
		size_t len = strcspn(text, blanks);

		if (n < max)
			words[n] = (struct slice){ text, len };
		text += len;
		text += strspn(text, blanks);
	}
	return n;
}

static bool
starts_free(struct slice s)
{
	return s.ptr[0] == '*' || s.ptr[0] == '?';
}

bool
cron_parse(const char *text, struct cron *out, struct kpid_err *err)
{
	struct slice words[N_FIELDS];
	uint64_t bits[N_FIELDS] = { 0 };
	struct cron c = { 0 };
	size_t n = words_split(alias_expand(text), words, N_FIELDS);

	if (n != N_FIELDS)
		return err_set(err, KPID_ECONFIG,
		    "schedule '%s' has %zu "
		    "field%s, not five. HINT: minute hour day month weekday, "
		    "such as '0 6 * * mon-fri', or @hourly, @daily, @weekly, "
		    "@monthly, @yearly",
		    text, n, n == 1 ? "" : "s");
	for (size_t i = 0; i < N_FIELDS; i++)
		if (!field_parse(&fields[i], words[i], &bits[i], &c))
			return err_set(err, KPID_ECONFIG,
			    "schedule '%s': "
			    "could not read the %s '" SLICE_FMT "'. HINT: it "
			    "takes %s, and of these a-b, a,b and */n",
			    text, fields[i].name, slice_width(words[i]),
			    words[i].ptr, fields[i].takes);
	if ((bits[WEEKDAY] & (1U << 7)) != 0)
		bits[WEEKDAY] |= 1;
	c.minutes = bits[MINUTE];
	c.hours = (uint32_t)bits[HOUR];
	c.days = (uint32_t)bits[DAY];
	c.months = (uint32_t)bits[MONTH];
	c.weekdays = (uint32_t)(bits[WEEKDAY] & 0x7f);
	c.any_day = starts_free(words[DAY]);
	c.any_weekday = starts_free(words[WEEKDAY]);
	*out = c;
	return true;
}
