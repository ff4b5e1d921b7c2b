/* rooms: base config decode parse layout normalise body */
/* Whole contracts over whole tables: whose a figure is, of what, and what the
 * contract does not know. */
#include "../support/contract_run.h"

#define ORG(x)                                                            \
	"{'format':'csv','period':{'constant':'2024'},'organization':{" x \
	"},'values':[{'column':'値','indicator':'loans'}],"              \
	"'other_columns':'ignore'}"

static const struct contract_case organizations[] = {
	{ "codes with and without what a spreadsheet loses",
	    ORG("'column':'市'"),
	    "市,値\n202037,1\n20203,2\n011002,3\n11002,4\n２０２０３７,5\n"
	    "202037 ,6\n",
	    "2:2 loans 2024 = 1\n"
	    "3:2 loans 2024 = 2\n"
	    "4:2 loans 2024 = 3 @011002\n"
	    "5:2 loans 2024 = 4 @011002\n"
	    "6:2 loans 2024 = 5\n"
	    "7:2 loans 2024 = 6\n" },
	{ "codes that are none", ORG("'column':'市'"),
	    "市,値\n202034,1\n999999,2\n2020370,3\n0,4\n-202037,5\n",
	    "reject 2:1 '202034': column '市': a code whose check digit is wrong\n"
	    "reject 3:1 '999999': column '市': a code whose check digit is wrong\n"
	    "reject 4:1 '2020370': column '市': no code of a local government, which has six digits\n"
	    "reject 5:1 '0': column '市': ..\n"
	    "reject 6:1 '-202037': column '市': no local government is called '-202037'..\n"
	    "unreadable 2:0 of 5 rows none could be read, the first is '202034'..\n"
	    "held\n" },
	{ "five digits with two meanings", ORG("'column':'市'"),
	    "市,値\n11100,1\n",
	    "reject 2:1 '11100': column '市': five digits that are one code without its check digit and another without its leading zero\n"
	    "unreadable 2:0 of 1 row none could be read, the first is '11100'..\n"
	    "held\n" },
	{ "decided by the codes above them", ORG("'column':'市'"),
	    "市,値\n011002,1\n012025,2\n11100,3\n",
	    "2:2 loans 2024 = 1 @011002\n"
	    "3:2 loans 2024 = 2 @012025\n"
	    "4:2 loans 2024 = 3 @011100\n" },
	{ "the whole country", ORG("'column':'市'"),
	    "市,値\n全国,1\n00000,2\n000000,3\n",
	    "2:2 loans 2024 = 1 @000000\n"
	    "3:2 loans 2024 = 2 @000000\n"
	    "4:2 loans 2024 = 3 @000000\n" },
	{ "prefectures", ORG("'column':'市'"),
	    "市,値\n長野県,1\n200000,2\n20000,3\n北海道,4\n東京都,5\n",
	    "2:2 loans 2024 = 1 @200000\n"
	    "3:2 loans 2024 = 2 @200000\n"
	    "4:2 loans 2024 = 3 @200000\n"
	    "5:2 loans 2024 = 4 @010006\n"
	    "6:2 loans 2024 = 5 @130001\n" },
	{ "names that one has", ORG("'column':'市'"),
	    "市,値\n上田市,1\n 佐久市 ,2\n長野県上田市,3\n上田,4\n",
	    "2:2 loans 2024 = 1\n"
	    "3:2 loans 2024 = 2 @202177\n"
	    "4:2 loans 2024 = 3\n"
	    "reject 5:1 '上田': column '市': no local government is called '上田'; the nearest is 202037 長野県上田市..\n" },
	{ "names that several have", ORG("'column':'市'"),
	    "市,値\n府中市,1\n東京都府中市,2\n広島県 府中市,3\n伊達市,4\n",
	    "reject 2:1 '府中市': column '市': several have the name '府中市': 132063 東京都, 342084 広島県..\n"
	    "3:2 loans 2024 = 2 @132063\n"
	    "4:2 loans 2024 = 3 @342084\n"
	    "reject 5:1 '伊達市': column '市': several have the name '伊達市': 012335 北海道, 072133 福島県..\n" },
	{ "with the county between", ORG("'column':'市'"),
	    "市,値\n新潟県岩船郡粟島浦村,1\n長野県下高井郡野沢温泉村,2\n"
	    "粟島浦村,3\n",
	    "2:2 loans 2024 = 1 @155861\n"
	    "3:2 loans 2024 = 2 @205630\n"
	    "4:2 loans 2024 = 3 @155861\n" },
	{ "prefecture and name in two columns", ORG("'text':'{県}{市}'"),
	    "県,市,値\n東京都,府中市,1\n広島県,府中市,2\n長野県,,3\n"
	    "長野県,府中市,4\n",
	    "2:3 loans 2024 = 1 @132063\n"
	    "3:3 loans 2024 = 2 @342084\n"
	    "4:3 loans 2024 = 3 @200000\n"
	    "reject 5:2 '長野県府中市': organization '{県}{市}': no local government is called '長野県府中市'; the nearest is 202011 長野県長野市..\n" },
	{ "other names",
	    ORG("'column':'市','map':{'丸子':'202037','計':'200000',"
		"'全 体':'000000'}"),
	    "市,値\n丸子,1\n計,2\n全体,3\n真田,4\n",
	    "2:2 loans 2024 = 1\n"
	    "3:2 loans 2024 = 2 @200000\n"
	    "4:2 loans 2024 = 3 @000000\n"
	    "reject 5:1 '真田': column '市': no local government is called '真田'..\n" },
	{ "a part of the cell", ORG("'column':'市','pattern':'^([^（]+)'"),
	    "市,値\n上田市（中央）,1\n（不明）,2\n",
	    "2:2 loans 2024 = 1\n"
	    "reject 3:1 '（不明）': column '市': the contract's pattern is not found in it\n" },
	{ "a constant", ORG("'constant':'佐久市'"), "値\n1\n",
	    "problem '佐久市' is no code of a local government..\n" },
	{ "a constant that is nobody", ORG("'constant':'東信'"), "値\n1\n",
	    "problem '東信' is no code of a local government..\n" },
	{ "a map to a code that is none",
	    ORG("'column':'市','map':{'丸子':'202034'}"), "市,値\n丸子,1\n",
	    "problem '202034' is no code of a local government: its check digit would be 7\n" },
};

Test(contract_names, organizations)
{
	contract_expect(organizations, ARRAY_LEN(organizations));
}

#define LABEL(x)                                                   \
	"{'format':'csv','period':{'column':'年'},'indicator':{" x \
	"},'values':[{'column':'値'}]}"

static const struct contract_case labels[] = {
	{ "names and codes of indicators", LABEL("'column':'項目'"),
	    "年,項目,値\n2001,貸出点数,1\n2001,visitors,2\n2001,来 館者数,3\n"
	    "2001,ｺﾞﾐ収集量,4\n",
	    "2:3 loans 2001 = 1\n"
	    "3:3 visitors 2001 = 2\n"
	    "4:3 visitors 2001 = 3\n"
	    "unknown_label 5:2 unknown label 'ｺﾞﾐ収集量'; is it 'ごみ収集量'?\n"
	    "> \"indicator\": { \"map\": { \"ｺﾞﾐ収集量\": \"waste\" } }\n"
	    "reject 5:2 'ｺﾞﾐ収集量': column '項目': no indicator has this name\n" },
	{ "labels of the contract",
	    LABEL("'column':'項目','map':{'貸出':'loans','来館':'visitors'},"
		  "'ignore':['うち外国人','合 計']"),
	    "年,項目,値\n2001,貸出,1\n2001,来　館,2\n2001,うち外国人,3\n"
	    "2001,合計,4\n2001,転入,5\n2002,転入,6\n2002,貸出し,7\n",
	    "2:3 loans 2001 = 1\n"
	    "3:3 visitors 2001 = 2\n"
	    "unknown_label 6:2 unknown label '転入'\n"
	    "> \"indicator\": { \"map\": { \"転入\": \"its code\" } }\n"
	    "reject 6:2 '転入': column '項目': no indicator has this name\n"
	    "reject 7:2 '転入': column '項目': no indicator has this name\n"
	    "unknown_label 8:2 unknown label '貸出し'; is it '貸出'?\n"
	    "> \"indicator\": { \"map\": { \"貸出し\": \"loans\" } }\n"
	    "reject 8:2 '貸出し': column '項目': no indicator has this name\n" },
	{ "what is computed is not read", LABEL("'column':'項目'"),
	    "年,項目,値\n2001,貸出点数,1\n2001,貸出率,2\n2001,visits,3\n",
	    "2:3 loans 2001 = 1\n"
	    "unknown_label 3:2 unknown label '貸出率'; is it '貸出率', which kpid computes?\n"
	    "> \"indicator\": { \"ignore\": [ \"貸出率\" ] }\n"
	    "reject 3:2 '貸出率': column '項目': this indicator is computed from others\n"
	    "unknown_label 4:2 unknown label 'visits'; is it 'visits', which kpid computes?\n"
	    "> \"indicator\": { \"ignore\": [ \"visits\" ] }\n"
	    "reject 4:2 'visits': column '項目': this indicator is computed from others\n" },
	{ "a label that holds",
	    "{'format':'csv','period':{'column':'年'},'indicator':{'column':"
	    "'項目'},'values':[{'column':'値'}],'hold':['unknown_label']}",
	    "年,項目,値\n2001,貸出点数,1\n2001,転入,2\n",
	    "2:3 loans 2001 = 1\n"
	    "unknown_label 3:2 unknown label '転入'\n"
	    "> \"indicator\": { \"map\": { \"転入\": \"its code\" } }\n"
	    "reject 3:2 '転入': column '項目': no indicator has this name\n"
	    "held\n" },
	{ "one for all", LABEL("'constant':'loans'"), "年,値\n2001,1\n",
	    "2:2 loans 2001 = 1\n" },
	{ "a map to nothing", LABEL("'column':'項目','map':{'貸出':'lones'}"),
	    "年,項目,値\n", "problem unknown indicator 'lones'..\n" },
	{ "a part of the cell",
	    LABEL("'column':'項目','pattern':'^[0-9]+[ 　]*(.+)'"),
	    "年,項目,値\n2001,1 貸出点数,1\n2001,12　来館者数,2\n",
	    "2:3 loans 2001 = 1\n"
	    "3:3 visitors 2001 = 2\n" },
};

Test(contract_names, labels_of_indicators)
{
	contract_expect(labels, ARRAY_LEN(labels));
}

#define DIMS(x)                                                           \
	"{'format':'csv','period':{'column':'年'},'dimensions':{" x       \
	"},'values':[{'column':'男','indicator':'people','dimensions':{" \
	"'sex':'男'}},{'column':'計','indicator':'people'}]}"

static const struct contract_case dimensions[] = {
	{ "of the row and of the column", DIMS("'age':{'column':'年齢'}"),
	    "年,年齢,男,計\n2001,0～4歳,1,2\n2002,0～4歳,3,4\n",
	    "2:3 people 2001 = 1 {\"age\":\"0～4歳\",\"sex\":\"男\"}\n"
	    "2:4 people 2001 = 2 {\"age\":\"0～4歳\"}\n"
	    "3:3 people 2002 = 3 {\"age\":\"0～4歳\",\"sex\":\"男\"}\n"
	    "3:4 people 2002 = 4 {\"age\":\"0～4歳\"}\n" },
	{ "sorted by name, whatever their order",
	    DIMS("'z':{'column':'年齢'},'a':{'constant':'x'}"),
	    "年,年齢,男,計\n2001,0,1,2\n",
	    "2:3 people 2001 = 1 {\"a\":\"x\",\"sex\":\"男\",\"z\":\"0\"}\n"
	    "2:4 people 2001 = 2 {\"a\":\"x\",\"z\":\"0\"}\n" },
	{ "put together and cut",
	    DIMS("'age':{'text':'{から}-{まで}','pattern':'[0-9]+-[0-9]+'}"),
	    "年,から,まで,男,計\n2001,0,4歳,1,2\n2001,10,14歳未満,3,4\n",
	    "2:4 people 2001 = 1 {\"age\":\"0-4\",\"sex\":\"男\"}\n"
	    "2:5 people 2001 = 2 {\"age\":\"0-4\"}\n"
	    "3:4 people 2001 = 3 {\"age\":\"10-14\",\"sex\":\"男\"}\n"
	    "3:5 people 2001 = 4 {\"age\":\"10-14\"}\n" },
	{ "called otherwise",
	    DIMS("'age':{'column':'年齢','map':{'０～４歳':'0-4',"
		 "'5-9 歳':'5-9'}}"),
	    "年,年齢,男,計\n2001,0～4歳,1,2\n2001,５-９歳,3,4\n2001,10,5,6\n",
	    "2:3 people 2001 = 1 {\"age\":\"0-4\",\"sex\":\"男\"}\n"
	    "2:4 people 2001 = 2 {\"age\":\"0-4\"}\n"
	    "3:3 people 2001 = 3 {\"age\":\"5-9\",\"sex\":\"男\"}\n"
	    "3:4 people 2001 = 4 {\"age\":\"5-9\"}\n"
	    "4:3 people 2001 = 5 {\"age\":\"10\",\"sex\":\"男\"}\n"
	    "4:4 people 2001 = 6 {\"age\":\"10\"}\n" },
	{ "blanks around a text are none of it",
	    DIMS("'age':{'column':'年齢'}"),
	    "年,年齢,男,計\n2001, 総 数 ,1,2\n2002,総 数,3,4\n2003,,5,6\n",
	    "2:3 people 2001 = 1 {\"age\":\"総数\",\"sex\":\"男\"}\n"
	    "2:4 people 2001 = 2 {\"age\":\"総数\"}\n"
	    "3:3 people 2002 = 3 {\"age\":\"総数\",\"sex\":\"男\"}\n"
	    "3:4 people 2002 = 4 {\"age\":\"総数\"}\n"
	    "reject 4:2 '': column '年齢': it is blank. HINT: rows.fill_down..\n" },
	{ "a blank one that has a name",
	    DIMS("'age':{'column':'年齢','map':{'':'計'}}"),
	    "年,年齢,男,計\n2001,,1,2\n",
	    "2:3 people 2001 = 1 {\"age\":\"計\",\"sex\":\"男\"}\n"
	    "2:4 people 2001 = 2 {\"age\":\"計\"}\n" },
	{ "a pattern that is not found",
	    DIMS("'age':{'column':'年齢','pattern':'^(.+)歳'}"),
	    "年,年齢,男,計\n2001,5歳,1,2\n2001,計,3,4\n",
	    "2:3 people 2001 = 1 {\"age\":\"5\",\"sex\":\"男\"}\n"
	    "2:4 people 2001 = 2 {\"age\":\"5\"}\n"
	    "reject 3:2 '計': column '年齢': the contract's pattern is not found in it\n" },
	{ "one label in three spellings, and another",
	    DIMS("'age':{'column':'年齢'}"),
	    "年,年齢,男,計\n2001,0〜4歳,1,2\n2002,0～4歳,3,4\n"
	    "2003,０～４歳,5,6\n2004,0～5歳,7,8\n",
	    "2:3 people 2001 = 1 {\"age\":\"0〜4歳\",\"sex\":\"男\"}\n"
	    "2:4 people 2001 = 2 {\"age\":\"0〜4歳\"}\n"
	    "3:3 people 2002 = 3 {\"age\":\"0〜4歳\",\"sex\":\"男\"}\n"
	    "3:4 people 2002 = 4 {\"age\":\"0〜4歳\"}\n"
	    "4:3 people 2003 = 5 {\"age\":\"0〜4歳\",\"sex\":\"男\"}\n"
	    "4:4 people 2003 = 6 {\"age\":\"0〜4歳\"}\n"
	    "5:3 people 2004 = 7 {\"age\":\"0～5歳\",\"sex\":\"男\"}\n"
	    "5:4 people 2004 = 8 {\"age\":\"0～5歳\"}\n" },
	{ "quotes and backslashes", DIMS("'age':{'column':'年齢'}"),
	    "年,年齢,男,計\n2001,\"a\"\"b\\c\",1,2\n",
	    "2:3 people 2001 = 1 {\"age\":\"a\\\"b\\\\c\",\"sex\":\"男\"}\n"
	    "2:4 people 2001 = 2 {\"age\":\"a\\\"b\\\\c\"}\n" },
	{ "the same name in the value", DIMS("'sex':{'column':'年齢'}"),
	    "年,年齢,男,計\n2001,x,1,2\n",
	    "problem the dimension 'sex' comes from line 1 already\n" },
};

Test(contract_names, dimensions)
{
	contract_expect(dimensions, ARRAY_LEN(dimensions));
}

#define KNOWN(x)                                                               \
	"{'format':'csv','period':{'column':'年'},'values':[{'column':'点'," \
	"'indicator':'loans'}]" x "}"

static const struct contract_case unknown[] = {
	{ "a new column", KNOWN(""), "年,点,備考\n2001,1,x\n",
	    "unknown_column 1:3 column '備考' is not in the contract\n"
	    "> \"ignore\": [ \"備考\" ]\n"
	    "2:2 loans 2001 = 1\n" },
	{ "ignored", KNOWN(",'ignore':['備　考']"), "年,点,備考\n2001,1,x\n",
	    "2:2 loans 2001 = 1\n" },
	{ "all others", KNOWN(",'other_columns':'ignore'"),
	    "年,点,備考,x\n2001,1,x,y\n", "2:2 loans 2001 = 1\n" },
	{ "one that holds", KNOWN(",'hold':['unknown_column']"),
	    "年,点,備考\n2001,1,x\n",
	    "unknown_column 1:3 column '備考' is not in the contract\n"
	    "> \"ignore\": [ \"備考\" ]\n"
	    "2:2 loans 2001 = 1\n"
	    "held\n" },
	{ "a column without a name", KNOWN(""), "年,点,\n2001,1,x\n",
	    "2:2 loans 2001 = 1\n" },
	{ "many at once", KNOWN(""), "年,点,a,b,c\n2001,1,,,\n",
	    "unknown_column 1:3 column 'a' is not in the contract\n"
	    "> \"ignore\": [ \"a\" ]\n"
	    "unknown_column 1:4 column 'b' is not in the contract\n"
	    "> \"ignore\": [ \"b\" ]\n"
	    "unknown_column 1:5 column 'c' is not in the contract\n"
	    "> \"ignore\": [ \"c\" ]\n"
	    "2:2 loans 2001 = 1\n" },
	{ "a column that was renamed", KNOWN(""), "年,点数,備考\n2001,1,x\n",
	    "error line 1: the header has no column '点'; it has '年', '点数', '備考'..\n" },
	{ "a column that comes twice", KNOWN(""), "年,点,点\n2001,1,2\n",
	    "error line 1: the column '点' stands twice in the header, as columns 2 and 3..\n" },
	{ "which of the two",
	    "{'format':'csv','period':{'column':'年'},'values':[{'column':"
	    "'点#2','indicator':'loans'}]}",
	    "年,点,点\n2001,1,2\n",
	    "unknown_column 1:2 column '点' is not in the contract\n"
	    "> \"ignore\": [ \"点\" ]\n"
	    "2:3 loans 2001 = 2\n" },
	{ "characters that only their maker can read", KNOWN(""),
	    "年,点,\xee\x80\x80\n2001,1,\n",
	    "unknown_column 1:3 column '' is not in the contract\n"
	    "> \"ignore\": [ \"\" ]\n"
	    "2:2 loans 2001 = 1\n"
	    "private_use 1:0 1 character of a private-use area (外字), which only its maker can read\n" },
	{ "several of them, and they hold", KNOWN(",'hold':['private_use']"),
	    "年,点\n2001,1\n2002,\xee\x80\x80\xee\x80\x80\n",
	    "2:2 loans 2001 = 1\n"
	    "unknown_mark 3:2 ..\n"
	    "> ..\n"
	    "reject 3:2 ..\n"
	    "private_use 3:0 2 characters of a private-use area (外字), which only their maker can read\n"
	    "held\n" },
	{ "no kind of finding", KNOWN(",'hold':['unknown_colum']"),
	    "年,点\n2001,1\n",
	    "problem 'hold' must be one of 'unknown_column', 'unknown_label', 'unknown_mark', 'unknown_status', 'empty_path', 'changed_unit', 'private_use', 'extra_cells', 'partial', not 'unknown_colum'..\n" },
	{ "what all hold",
	    KNOWN(",'hold':['unknown_column','unknown_mark',"
		  "'unknown_label','unknown_status']"),
	    "年,点,備考\n2001,…,x\n",
	    "unknown_column 1:3 column '備考' is not in the contract\n"
	    "> \"ignore\": [ \"備考\" ]\n"
	    "unknown_mark 2:2 unknown mark '…' in column '点'\n"
	    "> \"missing\": { \"…\": \"not_available\" }\n"
	    "reject 2:2 '…': unknown mark '…' in column '点'\n"
	    "held\n" },
};

Test(contract_names, what_the_contract_does_not_know)
{
	contract_expect(unknown, ARRAY_LEN(unknown));
}

static const struct contract_case wider[] = {
	{ "told once, and dropped",
	    "{'format':'csv','csv':{'rows':'lenient'},'period':{'column':'年'},"
	    "'values':[{'column':'点','indicator':'loans'}]}",
	    "年,点\n2001,1,,\n2002,1,234\n2003,1,235\n",
	    "2:2 loans 2001 = 1\n"
	    "extra_cells 3:3 '234' stands where the header has no column and is not read\n"
	    "3:2 loans 2002 = 1\n"
	    "4:2 loans 2003 = 1\n" },
	{ "held, when the contract says so",
	    "{'format':'csv','csv':{'rows':'lenient'},'period':{'column':'年'},"
	    "'unpivot':{'columns':'^(点)','into':['名'],'value':'値'},"
	    "'other_columns':'ignore','values':[{'column':'値','indicator':"
	    "'loans'}],'hold':['extra_cells']}",
	    "年,点\n2001,1,x\n",
	    "extra_cells 2:3 'x' stands where the header has no column and is not read\n"
	    "2:2 loans 2001 = 1\n"
	    "held\n" },
};

Test(contract_names, rows_wider_than_the_header)
{
	contract_expect(wider, ARRAY_LEN(wider));
}

static const struct contract_case places[] = {
	{ "a part that is captured has no place in the row",
	    "{'format':'csv','captures':{'年':{'from':'url','pattern':"
	    "'r([0-9]+)_'}},'period':{'text':'令和{年}年{月}月'},'values':[{"
	    "'column':'点','indicator':'loans'}]}",
	    "月,点\n4,1\n13,2\n",
	    "2:2 loans 2024-04 = 1\n"
	    "reject 3:1 '令和6年13月': period '令和{年}年{月}月': no such date..\n" },
	{ "nothing but what is captured",
	    "{'format':'csv','captures':{'年':{'from':'url','pattern':"
	    "'(r[0-9]+)_'}},'period':{'column':'年','as':'day'},'values':[{"
	    "'column':'点','indicator':'loans'}]}",
	    "月,点\n4,1\n",
	    "unknown_column 1:1 column '月' is not in the contract\n"
	    "> \"ignore\": [ \"月\" ]\n"
	    "reject 2:1 'r6': column '年': ..\n"
	    "unreadable 2:0 of 1 row none could be read, the first is 'r6'..\n"
	    "held\n" },
	{ "a label without the pattern's part",
	    "{'format':'csv','period':{'constant':'2024'},'indicator':{"
	    "'column':'項目','pattern':'^［(.+)］'},'values':[{'column':'点'}]}",
	    "項目,点\n［貸出点数］,1\n貸出点数,2\n",
	    "2:2 loans 2024 = 1\n"
	    "reject 3:1 '貸出点数': column '項目': the contract's pattern is not found in it\n" },
	{ "a header without a name",
	    "{'format':'csv','header':{'row':1},'period':{'column':'年'},"
	    "'values':[{'column':'点','indicator':'loans'}]}",
	    ",\n2024,1\n",
	    "error line 1: the header has no column '年', '点'; it is blank. HINT: ..\n" },
};

Test(contract_names, places_of_what_is_wrong)
{
	contract_expect(places, ARRAY_LEN(places));
}
