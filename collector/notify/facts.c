#include <string.h>

#include <jansson.h>

#include "facts.h"

/* A key of the document and where its text goes in the struct. */
struct field {
	const char *key;
	size_t offset;
};

static const struct field source_fields[] = {
	{ "feed", offsetof(struct fact_source, feed) },
	{ "title", offsetof(struct fact_source, title) },
	{ "source", offsetof(struct fact_source, source) },
	{ "delivery", offsetof(struct fact_source, delivery) },
	{ "sha256", offsetof(struct fact_source, sha256) },
	{ "url", offsetof(struct fact_source, url) },
	{ "line", offsetof(struct fact_source, line) },
	{ "col", offsetof(struct fact_source, col) },
	{ "published_at", offsetof(struct fact_source, published_at) },
	{ "fetched_at", offsetof(struct fact_source, fetched_at) },
};

static const struct field target_fields[] = {
	{ "target", offsetof(struct fact_target, target) },
	{ "goal", offsetof(struct fact_target, goal) },
	{ "item", offsetof(struct fact_target, item) },
	{ "name", offsetof(struct fact_target, name) },
	{ "unit", offsetof(struct fact_target, unit) },
	{ "comparator", offsetof(struct fact_target, comparator) },
	{ "target_value", offsetof(struct fact_target, target_value) },
	{ "value_high", offsetof(struct fact_target, value_high) },
	{ "previous_target_value",
	    offsetof(struct fact_target, previous_target_value) },
	{ "due", offsetof(struct fact_target, due) },
	{ "path", offsetof(struct fact_target, path) },
	{ "actual", offsetof(struct fact_target, actual) },
	{ "actual_period", offsetof(struct fact_target, actual_period) },
	{ "actual_period_ja", offsetof(struct fact_target, actual_period_ja) },
	{ "expected", offsetof(struct fact_target, expected) },
	{ "expected_whole", offsetof(struct fact_target, expected_whole) },
	{ "gap", offsetof(struct fact_target, gap) },
	{ "gap_whole", offsetof(struct fact_target, gap_whole) },
	{ "required_rate", offsetof(struct fact_target, required_rate) },
	{ "pace_index", offsetof(struct fact_target, pace_index) },
	{ "pace_index_whole", offsetof(struct fact_target, pace_index_whole) },
	{ "status", offsetof(struct fact_target, status) },
	{ "status_ja", offsetof(struct fact_target, status_ja) },
	{ "previous_status", offsetof(struct fact_target, previous_status) },
	{ "previous_status_ja",
	    offsetof(struct fact_target, previous_status_ja) },
	{ "reason", offsetof(struct fact_target, reason) },
	{ "reason_en", offsetof(struct fact_target, reason_en) },
};

static const struct field forecast_fields[] = {
	{ "value", offsetof(struct fact_forecast, value) },
	{ "low", offsetof(struct fact_forecast, low) },
	{ "high", offsetof(struct fact_forecast, high) },
	{ "probability", offsetof(struct fact_forecast, probability) },
	{ "error", offsetof(struct fact_forecast, error) },
	{ "method", offsetof(struct fact_forecast, method) },
};

static const struct field plot_fields[] = {
	{ "from", offsetof(struct fact_plot, from) },
	{ "cumulative", offsetof(struct fact_plot, cumulative) },
};

static const struct field period_fields[] = {
	{ "period", offsetof(struct fact_period, period) },
	{ "period_ja", offsetof(struct fact_period, period_ja) },
	{ "actual", offsetof(struct fact_period, actual) },
	{ "expected", offsetof(struct fact_period, expected) },
	{ "status", offsetof(struct fact_period, status) },
	{ "bar", offsetof(struct fact_period, bar) },
	{ "path", offsetof(struct fact_period, path) },
};

static const struct field facts_fields[] = {
	{ "as_of", offsetof(struct facts, as_of) },
	{ "event", offsetof(struct facts, event) },
	{ "department", offsetof(struct facts, department) },
	{ "fiscal_year", offsetof(struct facts, fiscal_year) },
	{ "clock", offsetof(struct facts, clock) },
	{ "reopened", offsetof(struct facts, reopened) },
	{ "error", offsetof(struct facts, error) },
	{ "n_findings", offsetof(struct facts, n_findings) },
	{ "last_delivery", offsetof(struct facts, last_delivery) },
	{ "last_fetched_at", offsetof(struct facts, last_fetched_at) },
};

static const struct field finding_fields[] = {
	{ "kind", offsetof(struct fact_finding, kind) },
	{ "line", offsetof(struct fact_finding, line) },
	{ "col", offsetof(struct fact_finding, col) },
	{ "text", offsetof(struct fact_finding, text) },
	{ "text_ja", offsetof(struct fact_finding, text_ja) },
};

static void
json_release(json_t **value)
{
	json_decref(*value);
}

/* The end of the string that begins at p, its quotes included. */
static const char *
string_end(const char *p)
{
	for (p++; *p != '\0' && *p != '"'; p++) {
		if (*p == '\\' && p[1] != '\0')
			p++;
	}
	return *p == '"' ? p + 1 : p;
}

/*
 * The document with its numbers as strings: jansson would read 72.70 as
 * 72.700000000000003, and a mail shows numbers as they were delivered.
 */
static const char *
numbers_as_text(const char *json, struct arena *mem)
{
	char *out = arena_alloc(mem, 3 * strlen(json) + 1), *to = out;

	while (*json != '\0') {
		size_t number = strchr("-0123456789", *json) == NULL
		    ? 0
		    : strspn(json, "+-.0123456789eE");
		size_t len = *json == '"' ? (size_t)(string_end(json) - json)
		    : number > 0          ? number
					  : 1;

		if (number > 0)
			*to++ = '"';
		memcpy(to, json, len);
		to += len;
		if (number > 0)
			*to++ = '"';
		json += len;
	}
	return out;
}

static const char *
text_of(const json_t *value, struct arena *mem)
{
	if (json_is_string(value) && json_string_length(value) > 0)
		return arena_strdup(mem, json_string_value(value));
	return json_is_true(value) ? "true" : NULL;
}

static void
read_fields(const json_t *object, const struct field *fields, size_t n,
    struct arena *mem, void *out)
{
	for (size_t i = 0; i < n; i++) {
		const char *text =
		    text_of(json_object_get(object, fields[i].key), mem);

		memcpy((char *)out + fields[i].offset, &text, sizeof(text));
	}
}

static void
read_modifiers(const json_t *list, struct arena *mem, struct fact_target *out)
{
	size_t n = json_array_size(list);
	const char **texts = arena_array(mem, n, sizeof(*texts));

	for (size_t i = 0; i < n; i++) {
		const char *text = text_of(json_array_get(list, i), mem);

		if (text != NULL)
			texts[out->n_modifiers++] = text;
	}
	out->modifiers = texts;
}

static void
read_plot(const json_t *object, struct arena *mem, struct fact_plot *out)
{
	const json_t *list = json_object_get(object, "periods");
	size_t n = json_array_size(list);
	struct fact_period *periods = arena_array(mem, n, sizeof(*periods));

	read_fields(object, plot_fields, ARRAY_LEN(plot_fields), mem, out);
	for (size_t i = 0; i < n; i++)
		read_fields(json_array_get(list, i), period_fields,
		    ARRAY_LEN(period_fields), mem, &periods[i]);
	out->periods = periods;
	out->n_periods = n;
}

static void
read_target(const json_t *object, struct arena *mem, struct fact_target *out)
{
	read_fields(object, target_fields, ARRAY_LEN(target_fields), mem, out);
	read_fields(json_object_get(object, "source"), source_fields,
	    ARRAY_LEN(source_fields), mem, &out->source);
	read_fields(json_object_get(object, "forecast"), forecast_fields,
	    ARRAY_LEN(forecast_fields), mem, &out->forecast);
	read_plot(json_object_get(object, "plot"), mem, &out->plot);
	read_modifiers(json_object_get(object, "modifiers"), mem, out);
}

static void
read_findings(const json_t *list, struct arena *mem, struct facts *out)
{
	size_t n = json_array_size(list);
	struct fact_finding *findings = arena_array(mem, n, sizeof(*findings));

	for (size_t i = 0; i < n; i++)
		read_fields(json_array_get(list, i), finding_fields,
		    ARRAY_LEN(finding_fields), mem, &findings[i]);
	out->findings = findings;
	out->n_listed = n;
}

bool
facts_read(const char *json, struct arena *mem, struct facts *out,
    struct kpid_err *err)
{
	json_error_t where;
	CLEANUP(json_release)
	json_t *root = json_loads(numbers_as_text(json, mem),
	    JSON_REJECT_DUPLICATES, &where);
	struct fact_target *targets;
	const json_t *list;
	struct facts facts = { 0 };

	if (!json_is_object(root))
		return err_set(err, KPID_EMAIL,
		    "could not read the facts of "
		    "the mail: %s",
		    root == NULL ? where.text : "not a JSON object");
	read_fields(root, facts_fields, ARRAY_LEN(facts_fields), mem, &facts);
	read_fields(root, source_fields, ARRAY_LEN(source_fields), mem,
	    &facts.source);
	read_findings(json_object_get(root, "findings"), mem, &facts);
	list = json_object_get(root, "targets");
	facts.n_targets = json_array_size(list);
	targets = arena_array(mem, facts.n_targets, sizeof(*targets));
	for (size_t i = 0; i < facts.n_targets; i++)
		read_target(json_array_get(list, i), mem, &targets[i]);
	facts.targets = targets;
	*out = facts;
	return true;
}

size_t
facts_count(const struct facts *facts, const char *status)
{
	size_t n = 0;

	for (size_t i = 0; i < facts->n_targets; i++) {
		const char *s = facts->targets[i].status;

		if (s != NULL && strcmp(s, status) == 0)
			n++;
	}
	return n;
}
