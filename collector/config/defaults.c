/* What a format says by itself, put where a contract does not say it. */
#include <string.h>

#include "load.h"

/* `unless`: not when every value has this key of its own. */
static const struct {
	const char *format, *key, *json, *unless;
} own[] = {
	{ "estat", "period", "{\"column\": \"time\"}", "period" },
	{ "estat", "organization", "{\"column\": \"area\"}", NULL },
	{ "estat", "values", "[{\"column\": \"value\"}]", NULL },
	{ "estat", "unit", "{\"column\": \"unit\"}", NULL },
	{ "json-stat", "values", "[{\"column\": \"value\"}]", NULL },
	{ "json-stat", "status", "{\"column\": \"status\"}", NULL },
	{ "sdmx-json", "period", "{\"column\": \"TIME_PERIOD\"}", "period" },
	{ "sdmx-json", "values", "[{\"column\": \"OBS_VALUE\"}]", NULL },
	{ "sdmx-json", "status", "{\"column\": \"OBS_STATUS\"}", NULL },
	{ "sdmx-csv", "period", "{\"column\": \"TIME_PERIOD\"}", "period" },
	{ "sdmx-csv", "values", "[{\"column\": \"OBS_VALUE\"}]", NULL },
	{ "sdmx-csv", "status", "{\"column\": \"OBS_STATUS\"}", NULL },
	{ "world-bank", "period", "{\"column\": \"date\"}", "period" },
	{ "world-bank", "indicator", "{\"column\": \"indicator\"}",
	    "indicator" },
	{ "world-bank", "values", "[{\"column\": \"value\"}]", NULL },
};

static bool
every_value_has(const json_t *contract, const char *key)
{
	const json_t *values = json_object_get(contract, "values");
	size_t n = json_array_size(values);

	for (size_t i = 0; i < n; i++)
		if (json_object_get(json_array_get(values, i), key) == NULL)
			return false;
	return n > 0;
}

/* {"as": "month"} and {"map": ..} say how, and leave where to the format. */
static bool
is_open(const json_t *json, const char *own_json)
{
	return json == NULL
	    || (*own_json == '{' && json_is_object(json)
		&& json_object_get(json, "column") == NULL
		&& json_object_get(json, "constant") == NULL
		&& json_object_get(json, "text") == NULL);
}

static void
put(json_t *contract, const char *key, const char *text)
{
	json_t *present = json_object_get(contract, key);
	json_t *json = json_loads(text, 0, NULL);
	int failed;

	if (json == NULL)
		fatal("out of memory");
	if (present == NULL)
		failed = json_object_set_new(contract, key, json);
	else {
		failed = json_object_update(present, json);
		json_decref(json);
	}
	if (failed != 0)
		fatal("out of memory");
}

void
format_defaults(json_t *contract)
{
	const char *format =
	    json_string_value(json_object_get(contract, "format"));

	for (size_t i = 0; format != NULL && i < ARRAY_LEN(own); i++) {
		if (strcmp(own[i].format, format) != 0
		    || !is_open(json_object_get(contract, own[i].key),
			own[i].json)
		    || (own[i].unless != NULL
			&& every_value_has(contract, own[i].unless)))
			continue;
		put(contract, own[i].key, own[i].json);
	}
}
