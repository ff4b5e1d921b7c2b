/* rooms: base decode parse */
/* Edges of the JSON of statistical offices that real answers have. */
#include "../support/shape_run.h"

#define STAT(id, size, dims, rest)                               \
	"{\"version\":\"2.0\",\"class\":\"dataset\",\"id\":[" id \
	"],\"size\":[" size "],\"dimension\":{" dims "}," rest "}"
#define X "\"x\":{\"category\":{\"index\":[\"k\",\"l\"]}}"

static const struct shape_case json_stat[] = {
	{ STAT("\"x\"", "2", X, "\"value\":[1,2],\"role\":{\"time\":[\"x\"]}"),
	    "1: x|x_name|value|status|unit\n"
	    "1: k|~|1|~|~\n"
	    "1: l|~|2|~|~\n",
	    "a role says nothing of the columns" },
	{ STAT("\"x\"", "2", X, "\"value\":{}"),
	    "1: x|x_name|value|status|unit\n",
	    "a sparse set without any value" },
	{ STAT("\"x\"", "2", X, "\"value\":[null,null]"),
	    "1: x|x_name|value|status|unit\n"
	    "1: k|~|~|~|~\n"
	    "1: l|~|~|~|~\n",
	    "nothing but null" },
	{ STAT("\"x\"", "2", X, "\"value\":[1,2],\"status\":null"),
	    "1: x|x_name|value|status|unit\n"
	    "1: k|~|1|~|~\n"
	    "1: l|~|2|~|~\n",
	    "a status that is null" },
	{ STAT("\"x\"", "2", X, "\"value\":[1,2],\"status\":{}"),
	    "1: x|x_name|value|status|unit\n"
	    "1: k|~|1|~|~\n"
	    "1: l|~|2|~|~\n",
	    "a status of nothing" },
	{ STAT("\"x\"", "2", X, "\"value\":{\"1\":2},\"status\":[\"a\",\"b\"]"),
	    "1: x|x_name|value|status|unit\n"
	    "1: l|~|2|b|~\n"
	    "1: k|~|~|a|~\n",
	    "a dense status of sparse values" },
	{ STAT("\"x\"", "2", X, "\"value\":[1,2],\"status\":\"\""),
	    "1: x|x_name|value|status|unit\n"
	    "1: k|~|1|~|~\n"
	    "1: l|~|2|~|~\n",
	    "a blank status for all" },
	{ STAT("\"x\"", "2",
	      "\"x\":{\"label\":\"X\",\"category\":{\"index\":[\"k\",\"l\"],"
	      "\"label\":{\"k\":\"K\"},\"child\":{\"k\":[\"l\"]}}}",
	      "\"value\":[1,2]"),
	    "1: x|x_name|value|status|unit\n"
	    "1: k|K|1|~|~\n"
	    "1: l|~|2|~|~\n",
	    "children, and a label for one of two" },
	{ STAT("\"x\",\"m\"", "1,2",
	      "\"x\":{\"category\":{\"label\":{\"a\":\"A\"}}},\"m\":{"
	      "\"category\":{\"index\":{\"p\":0,\"q\":1},\"unit\":{\"q\":{"
	      "\"label\":\"千人\"}}}}",
	      "\"value\":[1,2]"),
	    "1: x|x_name|m|m_name|value|status|unit\n"
	    "1: a|A|p|~|1|~|~\n"
	    "1: a|A|q|~|2|~|千人\n",
	    "a unit for one category of two" },
	{ STAT("\"x\"", "1", "\"x\":{\"category\":{\"index\":[\"k\"]}}",
	      "\"value\":[true]"),
	    "1: x|x_name|value|status|unit\n"
	    "1: k|~|true|~|~\n",
	    "a value that is true" },
	{ STAT("\"x\"", "2", X, "\"value\":[1e3,-0.50]"),
	    "1: x|x_name|value|status|unit\n"
	    "1: k|~|1000|~|~\n"
	    "1: l|~|-0.50|~|~\n",
	    "numbers as they are written, but for an exponent" },
	{ STAT("\"x\"", "2", X, "\"value\":[\"1 234\",\"..\"]"),
	    "1: x|x_name|value|status|unit\n"
	    "1: k|~|1 234|~|~\n"
	    "1: l|~|..|~|~\n",
	    "values that are texts" },
	{ STAT("\"x\"", "2",
	      "\"x\":{\"category\":{\"index\":{\"l\":1,\"k\":0}}}",
	      "\"value\":[1,2]"),
	    "1: x|x_name|value|status|unit\n"
	    "1: k|~|1|~|~\n"
	    "1: l|~|2|~|~\n",
	    "an index in another order than its places" },
	{ STAT("\"x\",\"y\"", "2,2",
	      X ",\"y\":{\"category\":{\"index\":[\"1\",\"2\"]}}",
	      "\"value\":{\"2\":7}"),
	    "1: x|x_name|y|y_name|value|status|unit\n"
	    "1: l|~|1|~|7|~|~\n",
	    "the third of four" },
	{ STAT("\"x\"", "2", X, "\"value\":[1,2],\"extension\":{\"a\":[{}]}"),
	    "1: x|x_name|value|status|unit\n"
	    "1: k|~|1|~|~\n"
	    "1: l|~|2|~|~\n",
	    "extensions are nobody's business" },
	{ STAT("", "", "", "\"value\":[1]"),
	    "error line 1 column 1: the data set has no 'dimension' with an 'id' and a 'size'\n",
	    "no dimension at all" },
	{ STAT("\"x\"", "0", "\"x\":{\"category\":{\"index\":[]}}",
	      "\"value\":[]"),
	    "1: x|x_name|value|status|unit\n", "a dimension of nothing" },
	{ STAT("\"x\"", "-1", X, "\"value\":[]"),
	    "error line 1 column 55: a 'size' is no number\n",
	    "a size below zero" },
	{ STAT("\"x\"", "2", X, "\"value\":[1,{}]"),
	    "1: x|x_name|value|status|unit\n"
	    "1: k|~|1|~|~\n"
	    "1: l|~|{..}|~|~\n",
	    "a value that is an object" },
	{ STAT("\"x\"", "2", X, "\"value\":7"),
	    "error line 1 column 117: 'value' is '7' where a list of observations is expected\n",
	    "a number for the values" },
	{ STAT("\"x\"", "2", X, "\"value\":{\"-1\":7}"),
	    "1: x|x_name|value|status|unit\n"
	    "error line 1 column 123: '-1' is no place of a value; there are 2\n",
	    "a place below zero" },
	{ "{\"class\":\"collection\",\"link\":{\"item\":[]}}",
	    "error the JSON-stat document has no data set with 'dimension' and 'value'. HINT: a collection may only name other documents; give the URL of one of them\n",
	    "a collection of nothing" },
	{ "{\"class\":\"dimension\",\"category\":{\"index\":[\"a\"]}}",
	    "error the JSON-stat document has no data set with 'dimension' and 'value'. HINT: a collection may only name other documents; give the URL of one of them\n",
	    "a dimension where a data set is expected" },
	{ "{\"class\":\"dataset\",\"error\":[{\"status\":\"404\"}]}",
	    "error the server answers with a JSON-stat error 404\n",
	    "an error" },
};

Test(shape_edges, json_stat)
{
	shape_expect(FORMAT_JSON_STAT, json_stat, ARRAY_LEN(json_stat));
}

#define AREA                                                                    \
	"{\"id\":\"AREA\",\"values\":[{\"id\":\"JP\"},{\"id\":\"FR\",\"name\":" \
	"\"France\"}]}"
#define TIME                                                             \
	"{\"id\":\"TIME_PERIOD\",\"values\":[{\"id\":\"2020\"},{\"id\":" \
	"\"2021\"}]}"
#define SDMX(series, obs, attributes, sets)                                 \
	"{\"header\":{},\"structure\":{\"dimensions\":{\"series\":[" series \
	"],\"observation\":[" obs "]},\"attributes\":{" attributes          \
	"}},\"dataSets\":[" sets "]}"

static const struct shape_case sdmx[] = {
	{ SDMX(AREA, TIME, "", "{\"series\":{}}"),
	    "error the message has no data. HINT: look at the feed's URL\n",
	    "no series" },
	{ SDMX(AREA, TIME, "",
	      "{\"series\":{\"0\":{\"observations\":{}}}},{\"series\":{\"1\":{"
	      "\"observations\":{\"1\":[5]}}}}"),
	    "1: AREA|AREA_name|TIME_PERIOD|TIME_PERIOD_name|OBS_VALUE\n"
	    "1: FR|France|2021|~|5\n",
	    "a series without observations" },
	{ SDMX(AREA, TIME, "",
	      "{\"series\":{\"0\":{\"observations\":{\"0\":[null],\"1\":[0]}}}"
	      "}"),
	    "1: AREA|AREA_name|TIME_PERIOD|TIME_PERIOD_name|OBS_VALUE\n"
	    "1: JP|~|2020|~|~\n"
	    "1: JP|~|2021|~|0\n",
	    "null is not zero" },
	{ SDMX(AREA, TIME, "",
	      "{\"series\":{\"0\":{\"observations\":{\"0\":[1.0],\"1\":["
	      "-1.50]}}}}"),
	    "1: AREA|AREA_name|TIME_PERIOD|TIME_PERIOD_name|OBS_VALUE\n"
	    "1: JP|~|2020|~|1.0\n"
	    "1: JP|~|2021|~|-1.50\n",
	    "numbers as they are written" },
	{ SDMX(AREA, TIME,
	      "\"series\":[{\"id\":\"UNIT\",\"values\":[{\"id\":\"PC\",\"name\""
	      ":\"%\"}]},{\"id\":\"NOTE\",\"values\":[]}],\"observation\":[{"
	      "\"id\":\"OBS_STATUS\",\"values\":[{\"id\":\"A\"},{\"id\":\"P\"}]"
	      "}]",
	      "{\"series\":{\"0\":{\"attributes\":[0,null],\"observations\":{"
	      "\"0\":[1,1],\"1\":[2,null]}}}}"),
	    "1: AREA|AREA_name|TIME_PERIOD|TIME_PERIOD_name|OBS_VALUE|UNIT|NOTE|OBS_STATUS\n"
	    "1: JP|~|2020|~|1|PC|~|P\n"
	    "1: JP|~|2021|~|2|PC|~|~\n",
	    "attributes of the series and of the observation" },
	{ SDMX(AREA, TIME,
	      "\"dataSet\":[{\"id\":\"UNIT\",\"values\":[{\"id\":\"PC\"}]}]",
	      "{\"attributes\":[0],\"series\":{\"0\":{\"observations\":{\"0\":["
	      "1]}}}}"),
	    "1: AREA|AREA_name|TIME_PERIOD|TIME_PERIOD_name|OBS_VALUE|UNIT\n"
	    "1: JP|~|2020|~|1|PC\n",
	    "attributes of the data set" },
	{ SDMX("", AREA "," TIME, "",
	      "{\"observations\":{\"0:0\":[1],\"1:1\":[2]}}"),
	    "1: AREA|AREA_name|TIME_PERIOD|TIME_PERIOD_name|OBS_VALUE\n"
	    "1: JP|~|2020|~|1\n"
	    "1: FR|France|2021|~|2\n",
	    "flat, two dimensions" },
	{ SDMX(AREA, TIME, "",
	      "{\"series\":{\"2\":{\"observations\":{\"0\":[1]"
	      "}}}}"),
	    "1: AREA|AREA_name|TIME_PERIOD|TIME_PERIOD_name|OBS_VALUE\n"
	    "error line 1 column 238: 'AREA' has no value 2, it has 2\n",
	    "a series that is not there" },
	{ SDMX(AREA, TIME, "",
	      "{\"series\":{\"x\":{\"observations\":{\"0\":[1]"
	      "}}}}"),
	    "1: AREA|AREA_name|TIME_PERIOD|TIME_PERIOD_name|OBS_VALUE\n"
	    "error line 1 column 238: the key 'x' does not fit 1 dimensions\n",
	    "a key that is no number" },
	{ SDMX(AREA, TIME, "",
	      "{\"series\":{\"0:0\":{\"observations\":{\"0\":["
	      "1]}}}}"),
	    "1: AREA|AREA_name|TIME_PERIOD|TIME_PERIOD_name|OBS_VALUE\n"
	    "error line 1 column 240: the key '0:0' does not fit 1 dimensions\n",
	    "a key of too many parts" },
	{ SDMX(AREA, TIME, "",
	      "{\"series\":{\"0\":{\"attributes\":[0],\"observations\":{\"0\":["
	      "1]}}}}"),
	    "1: AREA|AREA_name|TIME_PERIOD|TIME_PERIOD_name|OBS_VALUE\n"
	    "1: JP|~|2020|~|1\n",
	    "an attribute that nobody explains" },
	{ SDMX(AREA, TIME, "",
	      "{\"action\":\"Replace\",\"series\":{\"0\":{\"observations\":{"
	      "\"0\":[1]}}}}"),
	    "1: AREA|AREA_name|TIME_PERIOD|TIME_PERIOD_name|OBS_VALUE\n"
	    "1: JP|~|2020|~|1\n",
	    "a data set that replaces" },
	{ "{\"data\":{\"structures\":[],\"dataSets\":[{\"series\":{}}]}}",
	    "error line 1 column 38: the data set refers to structure 0, there are 0\n",
	    "no structure in the list" },
	{ "{\"errors\":[{\"code\":404,\"title\":\"No data\"}],\"data\":{"
	  "\"dataSets\":[]}}",
	    "error the SDMX service answers with an error 404: No data\n",
	    "an error, and nothing else" },
};

Test(shape_edges, sdmx_json)
{
	shape_expect(FORMAT_SDMX_JSON, sdmx, ARRAY_LEN(sdmx));
}

#define ESTAT(classes, data)                                                   \
	"{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":0,\"ERROR_MSG\":\"ok\"}," \
	"\"STATISTICAL_DATA\":{\"CLASS_INF\":{\"CLASS_OBJ\":" classes          \
	"},\"DATA_INF\":{" data "}}}}"
#define TAB                                                                  \
	"{\"@id\":\"tab\",\"CLASS\":[{\"@code\":\"1\",\"@name\":\"人口\"," \
	"\"@unit\":\"人\"},{\"@code\":\"2\",\"@name\":\"率\"}]}"

static const struct shape_case estat[] = {
	{ ESTAT(TAB, "\"VALUE\":{\"@tab\":\"1\",\"$\":\"5\"}"),
	    "1: tab|tab_name|unit|value|annotation\n"
	    "1: 1|人口|人|5|~\n",
	    "one class, one value, neither in a list" },
	{ ESTAT("[" TAB "]",
	      "\"VALUE\":[{\"@tab\":\"1\",\"@unit\":\"千人\","
	      "\"$\":\"5\"},{\"@tab\":\"2\",\"$\":\"6\"}]"),
	    "1: tab|tab_name|unit|value|annotation\n"
	    "1: 1|人口|千人|5|~\n"
	    "1: 2|率|~|6|~\n",
	    "a unit of the value wins over its class's" },
	{ ESTAT("[" TAB "]",
	      "\"VALUE\":[{\"@tab\":\"1\",\"$\":\"\"},{\"@tab\":"
	      "\"2\"}]"),
	    "1: tab|tab_name|unit|value|annotation\n"
	    "1: 1|人口|人||~\n"
	    "1: 2|率|~|~|~\n",
	    "a blank value and none" },
	{ ESTAT("[" TAB "]", "\"VALUE\":[]"),
	    "error the answer has no data (STATUS 0): ok. HINT: cntGetFlg=Y in the feed's URL asks for the count only\n",
	    "no value" },
	{ ESTAT("[{\"@id\":\"tab\",\"CLASS\":[{\"@code\":\"1\",\"@name\":\"a\"}"
		"]},{\"@id\":\"cat01\",\"CLASS\":{\"@code\":\"x\"}}]",
	      "\"VALUE\":[{\"@tab\":\"1\",\"@cat01\":\"x\",\"$\":\"5\"}]"),
	    "1: tab|tab_name|cat01|cat01_name|unit|value|annotation\n"
	    "1: 1|a|x||~|5|~\n",
	    "a code without a name" },
	{ ESTAT("[{\"CLASS\":[]}]", "\"VALUE\":[{\"$\":\"5\"}]"),
	    "error line 1 column 105: a CLASS_OBJ has no '@id'\n",
	    "a class without its id" },
	{ ESTAT("[{\"@id\":\"tab\",\"CLASS\":[{\"@name\":\"a\"}]}]",
	      "\"VALUE\":[{\"@tab\":\"1\",\"$\":\"5\"}]"),
	    "1: tab|tab_name|unit|value|annotation\n"
	    "error line 1 column 174: code '1' of 'tab' is not explained in CLASS_INF\n",
	    "a class without its code" },
	{ ESTAT("[" TAB "," TAB "]",
	      "\"VALUE\":[{\"@tab\":\"1\",\"$\":\"5\"}]"),
	    "1: tab|tab_name|unit|value|annotation\n"
	    "1: 1|人口|人|5|~\n",
	    "a class twice" },
	{ ESTAT("[" TAB "]", "\"VALUE\":[{\"@tab\":null,\"$\":\"5\"}]"),
	    "1: tab|tab_name|unit|value|annotation\n"
	    "error line 1 column 233: code '' of 'tab' is not explained in CLASS_INF\n",
	    "a code that is null" },
	{ ESTAT("[" TAB "]", "\"VALUE\":[{\"@tab\":1,\"$\":5}]"),
	    "1: tab|tab_name|unit|value|annotation\n"
	    "1: 1|人口|人|5|~\n",
	    "a code that is a number" },
	{ ESTAT("[" TAB "]", "\"VALUE\":[{\"@tab\":\"1\",\"$\":[5]}]"),
	    "1: tab|tab_name|unit|value|annotation\n"
	    "1: 1|人口|人|[..]|~\n",
	    "a value that is a list" },
	{ "{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":102,\"ERROR_MSG\":\"必須"
	  "\",\"DATE\":\"2024\"},\"PARAMETER\":{}}}",
	    "error e-Stat answers with an error (STATUS 102): 必須. HINT: look at the parameters in the feed's URL\n",
	    "a parameter is missing" },
	{ "{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":\"x\"}}}",
	    "error line 1 column 29: the answer of e-Stat has no STATUS that is a number\n",
	    "a status that is no number" },
	{ "{\"GET_STATS_DATA\":{}}",
	    "error line 1 column 19: the answer of e-Stat has no STATUS that is a number\n",
	    "no result" },
	{ "{\"GET_STATS_DATA\":7}",
	    "error line 1 column 19: the answer of e-Stat has no STATUS that is a number\n",
	    "a number" },
};

Test(shape_edges, estat)
{
	shape_expect(FORMAT_ESTAT, estat, ARRAY_LEN(estat));
}

#define CKAN(x) "{\"success\":true,\"result\":{" x "}}"
#define FIELDS  "\"fields\":[{\"id\":\"a\"},{\"id\":\"b\"}]"

static const struct shape_case ckan[] = {
	{ CKAN(FIELDS ",\"total\":1,\"records\":[{\"b\":1,\"a\":2}]"),
	    "1: a|b\n"
	    "1: 2|1\n",
	    "fields say the order" },
	{ CKAN("\"total\":1,\"records\":[{\"b\":1,\"a\":2}]," FIELDS),
	    "1: a|b\n"
	    "1: 2|1\n",
	    "fields behind the records" },
	{ CKAN(FIELDS ",\"total\":0,\"records\":[{\"a\":1}]"),
	    "1: a|b\n"
	    "1: 1|~\n",
	    "a total that is smaller" },
	{ CKAN(FIELDS ",\"total\":\"1\",\"records\":[{\"a\":1}]"),
	    "1: a|b\n"
	    "1: 1|~\n",
	    "a total that is a text" },
	{ CKAN(FIELDS ",\"total\":null,\"records\":[{\"a\":1}]"),
	    "1: a|b\n"
	    "1: 1|~\n",
	    "a total that is null" },
	{ CKAN(FIELDS ",\"records\":[{\"a\":\"<b>\",\"b\":false}]"),
	    "1: a|b\n"
	    "1: <b>|false\n",
	    "texts as they are" },
	{ CKAN(FIELDS ",\"records\":[{}]"),
	    "1: a|b\n"
	    "1: ~|~\n",
	    "an empty record" },
	{ CKAN(FIELDS ",\"records\":null"), "1: a|b\n",
	    "records that are null" },
	{ CKAN("\"fields\":[{\"id\":\"a\"},{\"id\":\"a\"}],\"records\":[{\"a\":"
	       "1}]"),
	    "1: a\n"
	    "1: 1\n",
	    "a field twice" },
	{ CKAN("\"fields\":[{\"id\":\"\"}],\"records\":[{\"\":1}]"),
	    "error line 1 column 37: a field has no 'id'\n",
	    "a field of no name" },
	{ CKAN(FIELDS ",\"records\":[[1,2,3]]"),
	    "1: a|b\n"
	    "error line 1 column 71: the record has 3 values where there are 2 fields\n",
	    "a long list" },
	{ "{\"success\":true}",
	    "error line 1 column 1: this is no answer of CKAN (datastore_search): there is no 'success' with 'result'. HINT: look at the body; JSON of another shape is read by \"format\": \"json\" with \"records\"\n",
	    "no result" },
	{ "{\"success\":false,\"error\":\"x\"}",
	    "error CKAN answers with an error: x\n", "an error as text" },
	{ "{\"success\":false,\"error\":{\"__type\":\"Internal Error\"}}",
	    "error CKAN answers with an error: Internal Error\n",
	    "an error of a type alone" },
	{ "{\"help\":\"h\",\"success\":false,\"error\":{\"message\":"
	  "\"Not found\",\"__type\":\"Not Found Error\",\"info\":{\"a\":1}}}",
	    "error CKAN answers with an error: Not Found Error: Not found\n",
	    "an error and more" },
};

Test(shape_edges, ckan)
{
	shape_expect(FORMAT_CKAN, ckan, ARRAY_LEN(ckan));
}

#define BANK(page, pages, total, data) \
	"[{\"page\":" page ",\"pages\":" pages ",\"total\":" total "}," data "]"

static const struct shape_case world_bank[] = {
	{ BANK("1", "1", "1",
	      "[{\"indicator\":null,\"country\":{\"id\":null},\"date\":\"2023\""
	      ",\"value\":null}]"),
	    "1: indicator|indicator_name|country|country_name|iso3|date|value|unit|obs_status|decimal\n"
	    "1: ~|~|~|~|~|2023|~|~|~|~\n",
	    "nulls" },
	{ BANK("\"1\"", "\"1\"", "\"1\"", "[{\"date\":\"2023\",\"value\":1}]"),
	    "1: indicator|indicator_name|country|country_name|iso3|date|value|unit|obs_status|decimal\n"
	    "1: ~|~|~|~|~|2023|1|~|~|~\n",
	    "a head of texts" },
	{ BANK("1", "1", "1",
	      "[{\"date\":\"2023\",\"value\":1,\"scale\":\"x\",\"new\":[1]}]"),
	    "1: indicator|indicator_name|country|country_name|iso3|date|value|unit|obs_status|decimal\n"
	    "1: ~|~|~|~|~|2023|1|~|~|~\n",
	    "members that are new" },
	{ BANK("1", "1", "0", "[]"),
	    "error the answer has no data. HINT: look at the country and the date in the feed's URL\n",
	    "an empty list" },
	{ BANK("1", "0", "0", "null"),
	    "error the answer has no data. HINT: look at the country and the date in the feed's URL\n",
	    "null for the data" },
	{ BANK("2", "2", "3", "[{\"date\":\"2023\",\"value\":1}]"),
	    "1: indicator|indicator_name|country|country_name|iso3|date|value|unit|obs_status|decimal\n"
	    "partial 1 of 3 observations are here, up to page 2 of 2\n"
	    "1: ~|~|~|~|~|2023|1|~|~|~\n",
	    "it begins with the second page" },
	{ "[{\"message\":[{\"id\":\"175\",\"key\":\"Invalid format\",\"value\":"
	  "\"The indicator was not found.\"},{\"key\":\"k\",\"value\":\"v\"}]}]",
	    "error the World Bank answers with an error: Invalid format: The indicator was not found.\n",
	    "two messages" },
	{ "[{\"message\":[]}]",
	    "error the World Bank answers with an error and does not say which\n",
	    "an error without a word" },
	{ "[]",
	    "error line 1 column 1: this is no answer of the World Bank's API: there is no 'page' in the first part of a list. HINT: look at the body; JSON of another shape is read by \"format\": \"json\" with \"records\"\n",
	    "an empty answer" },
	{ "[{\"page\":1,\"pages\":1,\"total\":1}]",
	    "error the answer has no data. HINT: look at the country and the date in the feed's URL\n",
	    "a head alone" },
};

Test(shape_edges, world_bank)
{
	shape_expect(FORMAT_WORLD_BANK, world_bank, ARRAY_LEN(world_bank));
}
