/* rooms: base config decode parse layout normalise body */
/* Whole contracts over JSON, by path and by the names of its shapes. */
#include "../support/contract_run.h"

#define PATHS(records, x)                                              \
	"{'format':'json','records':'" records "','period':{'column':" \
	"'期'}," x "}"
#define LOANS "'values':[{'column':'点','indicator':'loans'}]"

static const struct contract_case paths[] = {
	{ "a list of objects", PATHS("$[*]", LOANS),
	    "[{\"期\":\"2024-04\",\"点\":1},\n{\"点\":\"2,000\",\"期\":\"R6.5\"}"
	    "]",
	    "1:25 loans 2024-04 = 1\n"
	    "2:8 loans 2024-05 = 2000\n" },
	{ "numbers keep their digits", PATHS("$[*]", LOANS),
	    "[{\"期\":\"2001\",\"点\":72.70},{\"期\":\"2002\",\"点\":100000000000000000001},"
	    "{\"期\":\"2003\",\"点\":-0.50}]",
	    "1:22 loans 2001 = 72.70\n"
	    "1:49 loans 2002 = 100000000000000000001\n"
	    "1:92 loans 2003 = -0.50\n" },
	{ "null, absent, empty, true", PATHS("$[*]", LOANS),
	    "[{\"期\":\"2001\",\"点\":null},{\"期\":\"2002\"},{\"期\":\"2003\","
	    "\"点\":\"\"},{\"期\":\"2004\",\"点\":true}]",
	    "1:22 loans 2001 = not_available O\n"
	    "1:28 loans 2002 = not_available O\n"
	    "1:63 loans 2003 = not_available O\n"
	    "unknown_mark 1:87 unknown mark 'true' in column '点'\n"
	    "> \"missing\": { \"true\": \"not_applicable, suppressed, not_collected or not_available\" }\n"
	    "reject 1:87 'true': unknown mark 'true' in column '点'\n" },
	{ "a path that finds nothing anywhere", PATHS("$[*]", LOANS),
	    "[{\"期\":\"2001\"},{\"期\":\"2002\",\"Ten\":1}]",
	    "1:2 loans 2001 = not_available O\n"
	    "unknown_column 1:31 member 'Ten' of a record is not in the contract\n"
	    "> \"ignore\": [ \"Ten\" ]\n"
	    "1:17 loans 2002 = not_available O\n"
	    "empty_path 1:0 path '点' finds nothing in any record; has the key been renamed?\n"
	    "held\n" },
	{ "something deeper, and from the top",
	    "{'format':'json','records':'$.data[*]','period':{'column':"
	    "'$.meta.as_of','as':'month'},'dimensions':{'b':{'column':"
	    "'place.name'}},'values':[{'column':'n.loans','indicator':'loans'},"
	    "{'column':'n[0]','indicator':'visitors'}]}",
	    "{\"meta\":{\"as_of\":\"2024-09-30\"},\"data\":[{\"place\":{"
	    "\"name\":\"中央\"},\"n\":{\"loans\":5}},{\"place\":{\"name\":\"西"
	    "\"},\"n\":[7]}]}",
	    "1:80 loans 2024-09 = 5 {\"b\":\"中央\"}\n"
	    "1:40 visitors 2024-09 = not_available O {\"b\":\"中央\"}\n"
	    "1:84 loans 2024-09 = not_available O {\"b\":\"西\"}\n"
	    "1:113 visitors 2024-09 = 7 {\"b\":\"西\"}\n" },
	{ "keys that are codes",
	    "{'format':'json','records':'$.*','period':{'constant':'2024'},"
	    "'organization':{'column':'@key'},'values':[{'column':'@value',"
	    "'indicator':'loans'}]}",
	    "{\"202037\":1,\"202177\":2}",
	    "1:11 loans 2024 = 1\n"
	    "1:22 loans 2024 = 2 @202177\n" },
	{ "lists in a list",
	    "{'format':'json','records':'$[*]','period':{'column':'[0]'},"
	    "'values':[{'column':'[1]','indicator':'loans'}]}",
	    "[[\"2024-04\",1],[\"2024-05\",2]]",
	    "1:13 loans 2024-04 = 1\n"
	    "1:27 loans 2024-05 = 2\n" },
	{ "a key with blanks",
	    PATHS("$[*]",
		"'values':[{'column':'n[\\\"a b\\\"]','indicator':"
		"'loans'}]"),
	    "[{\"期\":\"2024\",\"n\":{\"a b\":3}}]", "1:27 loans 2024 = 3\n" },
	{ "a text put together",
	    "{'format':'json','records':'$[*]','period':{'text':'{年}-{月}'}," LOANS
	    "}",
	    "[{\"年\":2024,\"月\":4,\"点\":1},{\"年\":2024,\"月\":null,\"点\":2}"
	    "]",
	    "1:28 loans 2024-04 = 1\n"
	    "reject 1:49 '2024-': period '{年}-{月}': not a year, month, day or span that is read\n" },
	{ "nothing at the path", PATHS("$.data[*]", LOANS),
	    "{\"error\":\"not found\"}",
	    "error the JSON document has nothing at '$.data[*]', where the records are expected..\n" },
	{ "an object where a number should be", PATHS("$[*]", LOANS),
	    "[{\"期\":\"2001\",\"点\":{\"v\":1}},\n{\"期\":\"2002\",\"点\":1e3}]",
	    "reject 1:22 '{..}': '点' is an object where one value is expected\n"
	    "2:21 loans 2002 = 1000\n" },
	{ "members that the contract does not name", PATHS("$[*]", LOANS),
	    "[{\"期\":\"2001\",\"点\":1,\"x\":{\"y\":1}},{\"x\":2,\"期\":\"2002\",\"点\":2}]",
	    "unknown_column 1:24 member 'x' of a record is not in the contract\n"
	    "> \"ignore\": [ \"x\" ]\n"
	    "1:22 loans 2001 = 1\n"
	    "1:63 loans 2002 = 2\n" },
	{ "members that are known and unused",
	    PATHS("$[*]", "'ignore':['x','n.a']," LOANS),
	    "[{\"期\":\"2001\",\"点\":1,\"x\":{\"y\":1}}]",
	    "1:22 loans 2001 = 1\n" },
	{ "members that nobody asks about",
	    PATHS("$[*]", "'other_columns':'ignore'," LOANS),
	    "[{\"期\":\"2001\",\"点\":1,\"x\":{\"y\":1}}]",
	    "1:22 loans 2001 = 1\n" },
	{ "no records", PATHS("$[*]", LOANS), "[]",
	    "error no record at '$[*]' has any of the contract's paths..\n" },
	{ "cut short", PATHS("$[*]", LOANS), "[{\"期\":\"2001\",\"点\":1},",
	    "1:22 loans 2001 = 1\n"
	    "error line 1: the JSON document ends early; the body was probably cut short\n" },
	{ "a page", PATHS("$[*]", LOANS), "<!DOCTYPE html><html></html>",
	    "error this is an HTML page, not a table..\n" },
	{ "no JSON", PATHS("$[*]", LOANS), "期,点\n2001,1\n",
	    "error line 1: this is not JSON: lexical error: invalid char in json text.\n" },
	{ "a path that is none", PATHS("data[*", LOANS), "[]",
	    "error could not read the path 'data[*' at character 7: ']' is missing..\n" },
};

Test(contract_json, paths)
{
	contract_expect(paths, ARRAY_LEN(paths));
}

#define ESTAT_HEAD                                                                \
	"{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":0},\"STATISTICAL_DATA\":"    \
	"{\"CLASS_INF\":{\"CLASS_OBJ\":[{\"@id\":\"cat01\",\"@name\":\"銘柄\""  \
	",\"CLASS\":[{\"@code\":\"01\",\"@name\":\"ぶり\",\"@unit\":\"円\"},{" \
	"\"@code\":\"02\",\"@name\":\"さけ\"}]},{\"@id\":\"area\",\"CLASS\":{"  \
	"\"@code\":\"20201\",\"@name\":\"長野市\"}},{\"@id\":\"time\","        \
	"\"CLASS\":[{\"@code\":\"2023000101\",\"@name\":\"2023年1月\"},{"       \
	"\"@code\":\"2023100000\",\"@name\":\"2023年度\"}]}]},\"DATA_INF\":{"
#define ESTAT(values) ESTAT_HEAD values "}}}}"
#define FISH          "'indicator':{'column':'cat01','map':{'01':'tax','02':'loans'}}"

static const struct contract_case estat[] = {
	{ "codes of places and times", "{'format':'estat'," FISH "}",
	    ESTAT(
		"\"VALUE\":[\n{\"@cat01\":\"01\",\"@area\":\"20201\",\"@time\""
		":\"2023000101\",\"$\":\"415\"},\n{\"@cat01\":\"02\",\"@area\""
		":\"20201\",\"@time\":\"2023100000\",\"@unit\":\"点\",\"$\":"
		"\"402\"}]"),
	    "2:57 tax 2023-01 = 415 @202011\n"
	    "3:71 loans FY2023 = 402 @202011\n" },
	{ "its own marks", "{'format':'estat'," FISH "}",
	    ESTAT("\"NOTE\":[{\"@char\":\"…\",\"$\":\"データが得られないもの\"}"
		  ",{\"@char\":\"x\",\"$\":\"秘匿\"}],\"VALUE\":[\n{\"@cat01\":"
		  "\"01\",\"@area\":\"20201\",\"@time\":\"2023000101\",\"$\":"
		  "\"…\"},{\"@cat01\":\"01\",\"@area\":\"20201\",\"@time\":"
		  "\"2023100000\",\"$\":\"x\"},\n{\"@cat01\":\"02\",\"@area\":"
		  "\"20201\",\"@time\":\"2023000101\",\"$\":\"-\"}]"),
	    "2:57 tax 2023-01 = not_available O @202011\n"
	    "2:120 tax FY2023 = suppressed Q @202011\n"
	    "unknown_mark 3:57 unknown mark '-' in column 'value'\n"
	    "> \"missing\": { \"-\": \"not_applicable\" }\n"
	    "reject 3:57 '-': unknown mark '-' in column 'value'\n" },
	{ "a mark that it says is nothing", "{'format':'estat'," FISH "}",
	    ESTAT(
		"\"NOTE\":{\"@char\":\"-\",\"$\":\"0\"},\"VALUE\":[\n{\"@cat01\""
		":\"02\",\"@area\":\"20201\",\"@time\":\"2023000101\",\"$\":"
		"\"-\"}]"),
	    "unknown_mark 2:57 unknown mark '-' in column 'value', which the body explains as '0'\n"
	    "> \"zero\": [ \"-\" ]\n"
	    "reject 2:57 '-': unknown mark '-' in column 'value'\n" },
	{ "thousands", "{'format':'estat'," FISH "}",
	    ESTAT("\"VALUE\":{\"@cat01\":\"01\",\"@area\":\"20201\",\"@time\":"
		  "\"2023000101\",\"@unit\":\"千円\",\"$\":\"1.5\"}"),
	    "1:479 tax 2023-01 = 1500 @202011\n" },
	{ "one thing of all",
	    "{'format':'estat','rows':{'where':[{'column':'cat01_name','is':["
	    "'さけ']}]},'values':[{'column':'value','indicator':'loans'}]}",
	    ESTAT("\"VALUE\":[{\"@cat01\":\"01\",\"@area\":\"20201\",\"@time\":"
		  "\"2023000101\",\"$\":\"1\"},{\"@cat01\":\"02\",\"@area\":"
		  "\"20201\",\"@time\":\"2023000101\",\"$\":\"2\"}]"),
	    "1:524 loans 2023-01 = 2 @202011\n" },
	{ "an answer that refuses", "{'format':'estat'," FISH "}",
	    "{\"GET_STATS_DATA\":{\"RESULT\":{\"STATUS\":100,\"ERROR_MSG\":"
	    "\"認証に失敗しました。\"}}}",
	    "error e-Stat answers with an error (STATUS 100): 認証に失敗しました。..\n" },
};

Test(contract_json, estat)
{
	contract_expect(estat, ARRAY_LEN(estat));
}

#define STAT                                                                 \
	"{\"class\":\"dataset\",\"id\":[\"sex\",\"year\"],\"size\":[2,2],"   \
	"\"dimension\":{\"sex\":{\"category\":{\"index\":[\"M\",\"F\"],"     \
	"\"label\":{\"M\":\"男\",\"F\":\"女\"}}},\"year\":{\"category\":{" \
	"\"index\":[\"2023\",\"2024\"]}}},"
#define SDMX                                                                   \
	"{\"data\":{\"structure\":{\"dimensions\":{\"series\":[{\"id\":"       \
	"\"AREA\",\"values\":[{\"id\":\"JP\"},{\"id\":\"FR\"}]}],"             \
	"\"observation\":[{\"id\":\"TIME_PERIOD\",\"values\":[{\"id\":"        \
	"\"2024-Q1\"},{\"id\":\"2024-Q2\"}]}]},\"attributes\":{"               \
	"\"observation\":[{\"id\":\"OBS_STATUS\",\"values\":[{\"id\":\"A\"},{" \
	"\"id\":\"P\"}]}]}},\"dataSets\":[{\"series\":"

static const struct contract_case shapes[] = {
	{ "JSON-stat",
	    "{'format':'json-stat','period':{'column':'year','as':'year'},"
	    "'dimensions':{'sex':{'column':'sex_name'}},'values':[{'column':"
	    "'value','indicator':'people'}]}",
	    STAT "\"value\":[1,2,null,4],\"status\":{\"1\":\"p\"}}",
	    "1:191 people 2023 = 1 {\"sex\":\"男\"}\n"
	    "unknown_status 1:217 unknown status 'p'\n"
	    "> \"status\": { \"map\": { \"p\": \"P\" } }\n"
	    "reject 1:193 '2': a status that the contract does not map\n"
	    "1:195 people 2023 = not_available O {\"sex\":\"女\"}\n"
	    "1:200 people 2024 = 4 {\"sex\":\"女\"}\n" },
	{ "JSON-stat, status said in the contract",
	    "{'format':'json-stat','period':{'column':'year'},'status':{"
	    "'column':'status','map':{'p':'P'}},'dimensions':{'sex':{'column':"
	    "'sex'}},'values':[{'column':'value','indicator':'people'}]}",
	    STAT "\"value\":[1,2,3,4],\"status\":{\"1\":\"p\"}}",
	    "1:191 people 2023 = 1 {\"sex\":\"M\"}\n"
	    "1:193 people 2024 = 2 P {\"sex\":\"M\"}\n"
	    "1:195 people 2023 = 3 {\"sex\":\"F\"}\n"
	    "1:197 people 2024 = 4 {\"sex\":\"F\"}\n" },
	{ "JSON-stat, a few of the values",
	    "{'format':'json-stat','period':{'column':'year'},'dimensions':{"
	    "'sex':{'column':'sex'}},'values':[{'column':'value','indicator':"
	    "'people'}]}",
	    STAT "\"value\":{\"3\":4}}",
	    "1:195 people 2024 = 4 {\"sex\":\"F\"}\n" },
	{ "JSON-stat, a dimension that is not asked for",
	    "{'format':'json-stat','period':{'column':'year'},'rows':{'where':"
	    "[{'column':'sex','is':['F']}]},'values':[{'column':'value',"
	    "'indicator':'people'}]}",
	    STAT "\"value\":[1,2,3,4]}",
	    "1:195 people 2023 = 3\n"
	    "1:197 people 2024 = 4\n" },
	{ "SDMX-JSON",
	    "{'format':'sdmx-json','organization':{'column':'AREA','map':{'JP':"
	    "'000000'}},'values':[{'column':'OBS_VALUE','indicator':'rate'}]}",
	    SDMX "{\"0\":{\"observations\":{\"0\":[2.60,0],\"1\":[2.5,1]}},"
		 "\"1\":{\"observations\":{\"0\":[\"NaN\"]}}}}]}}",
	    "1:314 rate 2024-Q1 = 2.60 @000000\n"
	    "1:327 rate 2024-Q2 = 2.5 P @000000\n"
	    "reject 1:88 'FR': column 'AREA': no local government is called 'FR'..\n" },
	{ "SDMX-CSV",
	    "{'format':'sdmx-csv','csv':{'decimal':','},'organization':{"
	    "'column':'AREA','map':{'JP':'000000'}},'values':[{'column':"
	    "'OBS_VALUE','indicator':'rate'}]}",
	    "DATAFLOW;AREA: Area;TIME_PERIOD: T;OBS_VALUE: V;OBS_STATUS: S\n"
	    "X:Y(1.0);JP: Japan;2024-01: x;2,6;A: Normal\n"
	    "X:Y(1.0);JP: Japan;2024-S1: x;2,5;P: p\n"
	    "X:Y(1.0);JP: Japan;2024-W05: x;;M: p\n",
	    "2:4 rate 2024-01 = 2.6 @000000\n"
	    "3:4 rate 2024-S1 = 2.5 P @000000\n"
	    "4:4 rate 2024-W05 = not_applicable M @000000\n" },
	{ "CKAN",
	    "{'format':'ckan','period':{'column':'年月'},'values':[{'column':"
	    "'点','indicator':'loans'}]}",
	    "{\"success\":true,\"result\":{\"fields\":[{\"id\":\"_id\"},{\"id\""
	    ":\"年月\"},{\"id\":\"点\"}],\"records\":[{\"_id\":1,\"年月\":"
	    "\"2024-04\",\"点\":\"12\"}],\"total\":2}}",
	    "partial 0:0 1 of 2 records are here..\n"
	    "1:125 loans 2024-04 = 12\n"
	    "held\n" },
	{ "World Bank",
	    "{'format':'world-bank','organization':{'column':'country','map':{"
	    "'JP':'000000'}},'indicator':{'column':'indicator','map':{'SL':"
	    "'rate'}}}",
	    "[{\"page\":1,\"pages\":1,\"total\":2},[{\"indicator\":{\"id\":"
	    "\"SL\",\"value\":\"u\"},\"country\":{\"id\":\"JP\"},\"date\":"
	    "\"2023\",\"value\":2.6},{\"indicator\":{\"id\":\"SL\"},\"country\""
	    ":{\"id\":\"JP\"},\"date\":\"2024Q1\",\"value\":null}]]",
	    "1:115 rate 2023 = 2.6 @000000\n"
	    "1:191 rate 2024-Q1 = not_available O @000000\n" },
	{ "one shape where another is said",
	    "{'format':'ckan','period':{'column':'年月'},'values':[{'column':"
	    "'点','indicator':'loans'}]}",
	    STAT "\"value\":[1,2,3,4]}",
	    "error this is JSON-stat, where CKAN (datastore_search) is expected..\n" },
};

Test(contract_json, shapes_have_columns_by_themselves)
{
	contract_expect(shapes, ARRAY_LEN(shapes));
}
