/* rooms: base config decode parse layout normalise body inspect */
/* Traits that mislead: what looks like a year, a unit, an end, and is none. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "../support/inspect_run.h"
#include "kpid/inspect.h"

/* A path into the draft, and the JSON there; NULL: nothing may be there. */
struct want {
	const char *path, *json;
};

#define WANTS 6

static const struct trait {
	const char *why, *file, *text;
	struct want wants[WANTS];
	const char *doubt; /* a part of what has to be told, or NULL */
} traits[] = {
	{ "classes of a school are no years", "gakko.csv",
	    "令和6年5月1日現在,,,,\n"
	    "学校名,1年,2年,3年,計\n東小学校,60,62,58,180\n"
	    "西小学校,40,42,48,130\n",
	    { { "contract.unpivot", NULL },
		{ "contract.period.text", "\"{時点}\"" },
		{ "contract.values.1.column", "\"2年\"" } },
	    NULL },
	{ "terms are no years, least of all beside days", "kinri.csv",
	    "基準日,1年,2年,10年\nS49.9.24,10.327,9.362,-\n"
	    "S49.9.25,10.333,9.364,-\nR5.1.4,0.02,0.04,0.424\n",
	    { { "contract.unpivot", NULL },
		{ "contract.period.column", "\"基準日\"" } },
	    NULL },
	{ "years that go on without an era are years", "ido.csv",
	    "年次,出生,死亡\n平成29年,12,17\n30,11,18\n令和元年,10,18\n"
	    "2,9,18\n",
	    { { "contract.period", "{\"column\":\"年次\",\"inherit\":true}" } },
	    NULL },
	{ "hundreds of people", "kanko.csv",
	    "観光地利用者数（令和5年）,,\n（単位：百人）,,\n"
	    "観光地,1月,2月\n菅平,520,610\n別所,480,450\n",
	    { { "contract.values.0.unit", "\"百人\"" } }, NULL },
	{ "a name that counts something else than the note", "jido.csv",
	    "児童館利用状況（令和6年度）,,,\n,,,（単位：人）\n"
	    "年月,開所日数,利用者数,登録児童\n2024-04,22,1203,80\n"
	    "2024-05,23,1303,81\n",
	    { { "contract.values.0.unit", "\"日\"" },
		{ "contract.values.1.unit", "\"人\"" },
		{ "contract.values.2.unit", "\"人\"" },
		{ "contract.rows", NULL } },
	    "whether '開所日数' is counted in '日', as its name says" },
	{ "two units in one note", "zei.csv",
	    "令和5年度　市税,,\n,,（単位：千円、％）\n税目,調定額,収納率\n"
	    "市民税,8021330,99\n固定資産税,9540112,98\n",
	    { { "contract.values.0.unit", "\"千円\"" },
		{ "contract.values.1.unit", "\"％\"" } },
	    NULL },
	{ "the sum of men and women beside households", "machi.csv",
	    "町別人口・世帯数　令和6年4月末現在,,,,\n"
	    "町名,世帯数,総数,男,女\n大手,250,512,245,267\n"
	    "中央,201,433,210,223\n",
	    { { "contract.values.0.unit", "\"世帯\"" },
		{ "contract.values.1.unit", "\"人\"" } },
	    NULL },
	{ "people of a household, a change of people", "setai.csv",
	    "年月,人口,前月比,1世帯当たり人員\n"
	    "令和6年4月,1510,-31,2.37\n令和6年5月,1500,-10,2.36\n",
	    { { "contract.values.1.unit", "\"人\"" },
		{ "contract.values.2.unit", "\"人\"" },
		{ "indicators.2.measure", "\"ratio\"" } },
	    NULL },
	{ "a year whose figures are still to come ends no table", "kessan.csv",
	    "年度,歳入,歳出\n2023,45264,42812\n2024,46668,43959\n2025,,\n"
	    "2026,,\n",
	    { { "contract.rows", NULL } }, NULL },
	{ "a year said in two calendars is no figure", "wareki.csv",
	    "和暦,西暦,人口\n平成30年,2018,157021\n平成31年,2019,156201\n"
	    "令和2年,2020,155402\n",
	    { { "contract.values.0.column", "\"人口\"" },
		{ "contract.ignore", "[\"西暦\"]" } },
	    NULL },
	{ "a year that is carried down beside months", "tsuki.csv",
	    "年,月,人口\n令和5年,11月,1540\n,12月,1539\n令和6年,1月,1538\n"
	    ",2月,1537\n",
	    { { "contract.period.text", "\"{年}{月}\"" },
		{ "contract.rows.fill_down", "[\"年\"]" } },
	    NULL },
	{ "months named M01 are of the year beside them", "series.tsv",
	    "series_id\tyear\tperiod\tvalue\nLN1\t1948\tM01\t3.4\n"
	    "LN1\t1948\tM02\t3.8\nLN1\t1949\tM01\t4.3\n",
	    { { "contract.period.text", "\"{year}{period}\"" },
		{ "contract.values.0.column", "\"value\"" } },
	    NULL },
	{ "each column's own year", "kokusei_2015.csv",
	    "市町村名,人口　平成27年,人口　平成22年（組替）,"
	    "平成22年～27年の増減数\n上田市,156827,159597,-2770\n"
	    "長野市,377598,381511,-3913\n",
	    { { "contract.captures", NULL },
		{ "contract.values.0.period", "\"平成27年\"" },
		{ "contract.values.1.period", "\"平成22年\"" },
		{ "contract.values.2.period", NULL } },
	    NULL },
	{ "the end of March is a day", "kokuseki.csv",
	    "国籍別外国人住民数,,\n国籍,令和2年3月末,令和3年3月末\n"
	    "中国,1030,980\nブラジル,620,610\n",
	    { { "contract.period",
		  "{\"column\":\"時期\",\"frequency\":\"A\"}" },
		{ "indicators.0.measure", "\"stock\"" },
		{ "indicators.0.unit", "\"人\"" } },
	    NULL },
	{ "a week in the title", "teiten.csv",
	    "\"2024年10週(2024年03月04日～03月10日)\",,\n"
	    "保健所,インフルエンザ,RS\n上田,63,3\n長野,56,2\n",
	    { { "contract.period.text", "\"{年}-W{週}\"" } }, NULL },
	{ "shares beside amounts below each year", "sainyu.csv",
	    "科目,令和3年度,,令和4年度,\n"
	    ",決算額（千円）,構成比（％）,決算額（千円）,構成比（％）\n"
	    "市税,2011,27.1,2034,28.0\n交付税,1402,18.9,1421,19.6\n",
	    { { "contract.ignore",
		  "[\"令和3年度/構成比（％）\",\"令和4年度/構成比（％）\"]" },
		{ "contract.values.0.unit", "\"千円\"" } },
	    NULL },
	{ "towns across the header", "machi_kashidashi.csv",
	    "年月,上田市,佐久市,合計\n令和6年4月,123,98,221\n"
	    "令和6年5月,119,94,213\n",
	    { { "contract.unpivot.columns", "\"^.+[市区町村]$\"" },
		{ "contract.organization", "{\"column\":\"団体\"}" },
		{ "contract.period", "{\"column\":\"年月\"}" },
		{ "contract.ignore", "[\"合計\"]" } },
	    NULL },
	{ "prefectures in a column without a name", "todofuken.csv",
	    ",2020年,2021年\n全国,1261,1255\n北海道,522,518\n"
	    "青森県,123,122\n",
	    { { "contract.organization", "{\"column\":\"#1\"}" },
		{ "contract.dimensions", NULL } },
	    NULL },
	{ "sums between local governments", "shichoson.csv",
	    "市町村,2020年,2021年\n長野県計,2063,2049\n長野市,375,372\n"
	    "上田市,157,156\n佐久市,98,97\n小県郡,19,18\n青木村,4,4\n"
	    "東信地区,12,13\n中央区,3,4\n",
	    { { "contract.organization", "{\"column\":\"市町村\"}" },
		{ "contract.dimensions", NULL } },
	    NULL },
	{ "quarters of a town are no local governments", "chocho.csv",
	    "令和6年4月1日現在,,\n町名,世帯数,人口\n大手町,250,512\n"
	    "原町,201,433\n袋町,120,260\n",
	    { { "contract.organization.constant", "\"000000\"" },
		{ "contract.dimensions.town", "{\"column\":\"町名\"}" } },
	    NULL },
	{ "flags and ids are no figures", "kanja.csv",
	    "No,公表_年月日,患者_性別,退院済フラグ\n1,2020-01-24,男性,1\n"
	    "2,2020-01-25,女性,1\n3,2020-01-30,女性,1\n"
	    "4,2020-02-13,男性,\n5,2020-02-14,男性,1\n",
	    { { "contract.values.0.count", "true" } }, NULL },
	{ "the id of a unit beside the figure", "rodo.csv",
	    "REF_DATE,UOM,UOM_ID,VALUE,STATUS\n2024-01,Persons,249,20270.5,\n"
	    "2024-02,Persons,249,20280.1,E\n",
	    { { "contract.values.0.column", "\"VALUE\"" },
		{ "contract.values.1", NULL },
		{ "contract.status.column", "\"STATUS\"" } },
	    NULL },
	{ "quarters by their months", "jidou_r5.csv",
	    "相談,4～6月,7～9月,10～12月,1～3月\n養護,120,133,140,150\n"
	    "障害,45,50,44,41\n",
	    { { "contract.unpivot.into", "[\"月\"]" },
		{ "contract.period.text", "\"令和{年}年度{月}\"" } },
	    NULL },
	{ "names in two languages", "kurashi.csv",
	    "_id,year,population,households\n1,年,人口（人）,世帯（世帯）\n"
	    "2,2010,1501,601\n3,2011,1490,602\n4,2012,1480,603\n",
	    { { "contract.header", "{\"rows\":2}" },
		{ "contract.period.column", "\"year/年\"" },
		{ "contract.values.0.unit", "\"人\"" } },
	    NULL },
	{ "flags and marks of Eurostat", "une.tsv",
	    "unit,geo\\TIME_PERIOD\t2023-10 \t2023-11 \t2023-12 \n"
	    "PC,AT\t5.2 \t5.3 b\t: \nPC,FR\t7.5 \t: c\t7.4 p\n",
	    { { "contract.flags", "{\"b\":\"B\",\"p\":\"P\"}" },
		{ "contract.missing",
		    "{\":\":\"not_available\",\": c\":\"suppressed\"}" } },
	    NULL },
	{ "days with a time of day in Japanese", "saigai.csv",
	    "発生日時,種別,負傷者数\n令和6年4月1日 10時30分,建物火災,1\n"
	    "令和6年4月3日 22時05分,林野火災,0\n",
	    { { "contract.period.pattern", "\"^[^日]+日\"" } }, NULL },
	{ "a unit and a remark in the brackets", "suido.csv",
	    "対象年月,料金収入（円・税込）,天気概況\n2024年4月分,301,晴\n"
	    "2024年5月分,300,雨\n",
	    { { "contract.values.0.unit", "\"円\"" },
		{ "contract.ignore", "[\"天気概況\"]" } },
	    NULL },
	{ "people at the end of the month before", "touroku.csv",
	    "令和6年,,\n月,前月末人口,出生\n1月,153870,70\n2月,153720,66\n",
	    { { "indicators.0.measure", "\"stock\"" } }, NULL },
	{ "records inside of records", "jinko.json",
	    "{\"result\":{\"data\":[{\"label\":\"総人口\",\"data\":["
	    "{\"year\":1980,\"value\":12817},{\"year\":1985,\"value\":12707}]},"
	    "{\"label\":\"年少人口\",\"data\":[{\"year\":1980,\"value\":2906},"
	    "{\"year\":1985,\"value\":2769}]}]}}",
	    { { "contract.records", "\"$.result.data[*].data[*]\"" },
		{ "contract.period.column", "\"year\"" },
		{ "contract.values.0.column", "\"value\"" } },
	    NULL },
	{ "a document on each line, prefectures by two digits", "vrs.ndjson",
	    "{\"date\":\"2021-04-12\",\"prefecture\":\"01\",\"count\":2}\n"
	    "{\"date\":\"2021-04-12\",\"prefecture\":\"02\",\"count\":5}\n"
	    "{\"date\":\"2021-04-13\",\"prefecture\":\"01\",\"count\":7}\n",
	    { { "contract.records", "\"$\"" },
		{ "contract.organization",
		    "{\"column\":\"prefecture\",\"as\":\"prefecture\"}" },
		{ "contract.values.0.column", "\"count\"" } },
	    NULL },
	{ "days with a time of day", "kensa.json",
	    "{\"data\":[{\"日付\":\"2020-01-24T08:00:00.000Z\",\"小計\":1},"
	    "{\"日付\":\"2020-01-25T08:00:00.000Z\",\"小計\":2}]}",
	    { { "contract.period.pattern",
		"\"^[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}\"" } },
	    NULL },
	{ "the title's unit may be of another column", "kashidashi.csv",
	    "令和5年度　図書館の利用者数,,\n館名,利用者数,貸出し,貸出点数\n"
	    "中央,120,200,210\n丸子,50,90,95\n",
	    { { "contract.values.0.unit", "\"人\"" },
		{ "contract.values.2.unit", "\"点\"" } },
	    "in brackets what was written: '貸出し'" },
	{ "the word of the header makes years fiscal", "kenshin.csv",
	    "年度,対象者数（人）\nH30,1200\nR1,1180\nR2,1150\n",
	    { { "contract.period",
		"{\"column\":\"年度\",\"as\":\"fiscal_year\"}" } },
	    NULL },
	{ "years below 年度 that say 年", "kenshin.csv",
	    "年度,対象者数（人）\n2019年,1200\n2020年,1180\n2021年,1150\n",
	    { { "contract.period.as", "\"fiscal_year\"" } },
	    "years such as '2019年' are fiscal years" },
	{ "fiscal years that say so need no word", "kenshin.csv",
	    "年度,対象者数（人）\n令和3年度,1200\n令和4年度,1180\n",
	    { { "contract.period", "{\"column\":\"年度\"}" } }, NULL },
	{ "the word of the title makes years fiscal", "jushin.csv",
	    "受診率の推移（年度）,,,\n地区,R1,R2,R3\n中央,45.2,46.1,47.0\n"
	    "丸子,41.0,42.2,43.9\n",
	    { { "contract.period.as", "\"fiscal_year\"" } },
	    "as '受診率の推移（年度）' says" },
	{ "years that nothing says more of", "jushin.csv",
	    "受診率の推移,,,\n地区,R1,R2,R3\n中央,45.2,46.1,47.0\n"
	    "丸子,41.0,42.2,43.9\n",
	    { { "contract.period.as", NULL } },
	    "calendar years, as was written, or fiscal years" },
	{ "totals that run since April", "ruikei.csv",
	    "年月,件数（累計）,金額（累計・千円）\n令和5年4月,10,1200\n"
	    "令和5年5月,22,2500\n令和5年6月,31,3900\n",
	    { { "contract.period.as", "\"fiscal_year_to_date\"" },
		{ "contract.values.1.unit", "\"千円\"" },
		{ "indicators.0.measure", "\"flow_ytd\"" },
		{ "indicators.1.measure", "\"flow_ytd\"" } },
	    "run since April" },
	{ "a total that runs beside a figure that does not", "ruikei.csv",
	    "年月,件数,件数（累計）\n令和5年4月,10,10\n令和5年5月,12,22\n",
	    { { "contract.period.as", NULL } },
	    "since when '件数（累計）' runs" },
	{ "units behind a stop", "shunyu.csv",
	    "年度,市税収入・千円,売上（千円・税込）,出生・死亡\n"
	    "令和3年度,1200,330,12\n令和4年度,1210,340,11\n",
	    { { "contract.values.0.unit", "\"千円\"" },
		{ "contract.values.1.unit", "\"千円\"" },
		{ "contract.values.2.unit", "\"人\"" } },
	    NULL },
	{ "rows of two units are indicators", "zaisei.csv",
	    "財政状況,,,\n,,,（単位：千円、％）\n区分,令和3年度,令和4年度,令和5年度\n"
	    "歳入総額,75120331,74210022,73000100\n"
	    "歳出総額,72120331,71210022,70000100\n"
	    "経常収支比率,88.9,89.1,90.2\n",
	    { { "contract.indicator.column", "\"区分\"" },
		{ "contract.dimensions", NULL },
		{ "indicators.0.unit", "\"千円\"" },
		{ "indicators.2.unit", "\"％\"" } },
	    "the units above the table differ" },
	{ "which of two units it is", "keiei.csv",
	    "病院事業,,\n,,（単位：千円、％）\n年度,稼働,収益額\n"
	    "令和3年度,12,75120331\n令和4年度,13,74210022\n",
	    { { "contract.values.0.unit", "\"千円\"" },
		{ "contract.values.1.unit", "\"千円\"" } },
	    "which unit '稼働' has" },
	{ "the first day of each month", "jinkou.csv",
	    "人口（各月1日現在）,,\n年月,男,女\n令和6年4月,75000,78000\n"
	    "令和6年5月,74990,77980\n",
	    { { "contract.period",
		"{\"column\":\"年月\",\"as\":\"first_day\","
		"\"frequency\":\"M\"}" } },
	    NULL },
	{ "what happened in a month is of no first day", "jinkou.csv",
	    "人口（各月1日現在）,,\n年月,人口,出生\n令和6年4月,75000,78\n"
	    "令和6年5月,74990,77\n",
	    { { "contract.period.as", "\"first_day\"" } },
	    "flows need a contract of their own: '出生'" },
	{ "one day of each year", "shokuin.csv",
	    "職員数（各年4月1日現在）,\n年,職員数\n平成31年,1200\n"
	    "令和2年,1210\n令和3年,1190\n",
	    { { "contract.period",
		"{\"text\":\"{年}4月1日\",\"frequency\":\"A\"}" } },
	    NULL },
	{ "one day of each year, the years across", "shokuin.csv",
	    "職員数（各年4月1日現在）,,\n部局,2019,2020\n総務,120,121\n"
	    "福祉,210,212\n",
	    { { "contract.period",
		"{\"text\":\"{時期}年4月1日\",\"frequency\":\"A\"}" } },
	    NULL },
	{ "one day of years that inherit", "shokuin.csv",
	    "職員数（各年4月1日現在）,\n年,職員数\n平成30年,1200\n31,1210\n"
	    "令和2年,1190\n",
	    { { "contract.period.inherit", "true" } },
	    "of which day of the year" },
	{ "two days of each year", "jinkou.csv",
	    "年,人口（4月1日現在）,人口（10月1日現在）\n令和3年,510,490\n"
	    "令和4年,520,498\n",
	    { { "contract.period", "{\"column\":\"年\"}" } },
	    "says so of one column" },
	{ "a title that says how months add up", "riyo.csv",
	    "令和6年度　施設利用状況（年度累計）,,,\n施設,4月,5月,6月\n"
	    "体育館,100,230,400\n公民館,50,99,160\n",
	    { { "contract.period.as", "\"fiscal_year_to_date\"" },
		{ "indicators.0.measure", "\"flow_ytd\"" } },
	    "run since April" },
	{ "a share of the fiscal year before is no word of the period",
	    "kensu.csv",
	    "年,件数,対前年度比\n2021,10,99.1\n2022,12,101.3\n2023,13,98.0\n",
	    { { "contract.period", "{\"column\":\"年\"}" } }, NULL },
	{ "organizations by name beside years", "shicho.csv",
	    "市町村,令和4年度,令和5年度\n上田市,1200,1100\n佐久市,800,790\n"
	    "県計,2000,1890\n",
	    { { "contract.organization", "{\"column\":\"市町村\"}" },
		{ "contract.rows.except",
		    "[{\"column\":\"市町村\",\"is\":[\"県計\"]}]" } },
	    "'県計'" },
	{ "a day in the title comes how often", "machi.csv",
	    "町別人口　令和6年9月末現在,,\n町名,男,女\n大手,245,267\n"
	    "中央,210,223\n",
	    { { "contract.period.frequency", "\"M\"" } },
	    "how often dates such as '令和6年9月末' come" },
	{ "a day in the corner comes how often", "machi.csv",
	    "令和2年10月1日,男,女\n大手,245,267\n中央,210,223\n",
	    { { "contract.period.frequency", "\"M\"" } },
	    "how often dates such as '令和2年10月1日' come" },
	{ "months by their number below the title's year", "sodan.csv",
	    "令和5年度　相談件数,\n月,件数\n4,10\n5,12\n6,11\n1,6\n2,8\n3,10\n",
	    { { "contract.period.text", "\"{年}{月}月\"" } }, NULL },
	{ "months by their number beside years of 年度", "sodan.csv",
	    "年度,月,件数\n令和5年,4,10\n令和5年,5,12\n令和5年,6,11\n",
	    { { "contract.period.text", "\"{年度}度{月}月\"" } }, NULL },
	{ "fiscal years that leave out their era", "sodan.csv",
	    "年度,件数\n令和元,10\n2,12\n3,13\n4,11\n",
	    { { "contract.period",
		"{\"column\":\"年度\",\"inherit\":true,"
		"\"as\":\"fiscal_year\"}" } },
	    NULL },
	{ "quarters in a column of their own", "uriage.csv",
	    "年度,期,売上（千円）\n令和4年度,第1四半期,100\n"
	    "令和4年度,第2四半期,120\n令和4年度,第3四半期,130\n"
	    "令和4年度,第4四半期,110\n令和5年度,第1四半期,105\n",
	    { { "contract.period.text", "\"{年度}{期}\"" } }, NULL },
	{ "results between a baseline and a target", "hyoka.csv",
	    "指標名,単位,基準値（R2）,R3実績,R4実績,R5実績,目標値（R7）\n"
	    "健診受診率,％,42.1,43.0,44.2,45.1,60\n"
	    "相談件数,件,120,130,141,150,200\n",
	    { { "contract.period.column", "\"時期\"" },
		{ "contract.indicator.column", "\"指標名\"" },
		{ "contract.ignore", "[\"基準値（R2）\",\"目標値（R7）\"]" } },
	    "'目標値（R7）' is wanted" },
	{ "people of each age", "nenrei.csv",
	    "令和6年10月1日現在,,,\n年齢,男,女,計\n0歳,510,490,1000\n"
	    "1歳,520,498,1018\n2歳,530,500,1030\n",
	    { { "contract.dimensions", "{\"age\":{\"column\":\"年齢\"}}" },
		{ "contract.values.0.column", "\"男\"" } },
	    NULL },
	{ "ages without their unit, the years across", "nenrei.csv",
	    "年齢（歳）,令和4年,令和5年\n0,510,490\n1,520,498\n2,530,500\n",
	    { { "contract.dimensions",
		"{\"age\":{\"column\":"
		"\"年齢（歳）\"}}" } },
	    NULL },
	{ "a date that stands below the table only", "machi.csv",
	    "町名,世帯数,男,女\n大手,250,245,267\n中央,201,210,223\n"
	    "（令和6年5月1日現在）,,,\n",
	    { { "contract.period.constant", "\"令和6年5月1日\"" },
		{ "contract.rows.until.0.is", NULL } },
	    "stands below the table" },
};

static void
expect_wants(const struct trait *t, const char *json)
{
	json_t *root = json_loads(json, 0, NULL);

	cr_assert(root != NULL, "%s: no JSON: %s", t->why, json);
	for (size_t i = 0; i < WANTS && t->wants[i].path != NULL; i++) {
		const char *text = t->wants[i].json;
		json_t *got = at(root, t->wants[i].path);
		json_t *want = text == NULL
		    ? NULL
		    : json_loads(text, JSON_DECODE_ANY, NULL);
		char *shown = got == NULL
		    ? NULL
		    : json_dumps(got, JSON_ENCODE_ANY | JSON_COMPACT);

		cr_expect(text == NULL ? got == NULL : json_equal(got, want),
		    "%s: %s is %s, not %s", t->why, t->wants[i].path,
		    shown == NULL ? "missing" : shown,
		    text == NULL ? "missing" : text);
		free(shown);
		json_decref(want);
	}
	json_decref(root);
}

static bool
is_told(const struct inspection *in, const char *part)
{
	for (size_t i = 0; i < in->n_doubts; i++)
		if (strstr(in->doubts[i], part) != NULL)
			return true;
	return false;
}

Test(inspect_traits, drafts)
{
	const struct config cfg = { .time_zone = "Asia/Tokyo" };

	for (size_t i = 0; i < ARRAY_LEN(traits); i++) {
		const struct trait *t = &traits[i];
		struct arena mem = { 0 };
		struct kpid_err err = { 0 };
		struct inspection in;
		int fd = body_of(t->text);
		bool ok = inspect_body(&cfg,
		    &(struct inspect_source){ fd, t->file, "file:///x" }, &mem,
		    &in, &err);

		cr_expect(ok, "row %zu (%s): %s", i, t->why, err.msg);
		if (ok)
			expect_wants(t, in.json);
		cr_expect(!ok || t->doubt == NULL || is_told(&in, t->doubt),
		    "row %zu (%s): nothing tells '%s'", i, t->why, t->doubt);
		(void)close(fd);
		arena_release(&mem);
	}
}
