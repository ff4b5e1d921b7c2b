/* Names that a draft needs: feeds, indicators, dimensions, patterns. */
#include <ctype.h>
#include <string.h>

#include "guess.h"
#include "kpid/file.h"
#include "kpid/label.h"

/* Dimensions of everyday tables; what is not here is called after its
 * column. */
static const struct {
	const char *key, *name;
} known[] = {
	{ "区分", "category" },
	{ "種別", "kind" },
	{ "種類", "kind" },
	{ "分類", "class" },
	{ "性別", "sex" },
	{ "男女", "sex" },
	{ "男女別", "sex" },
	{ "年齢", "age" },
	{ "年齢層", "age" },
	{ "年齢階級", "age" },
	{ "年齢区分", "age" },
	{ "地区", "district" },
	{ "地区名", "district" },
	{ "地域", "area" },
	{ "地域名", "area" },
	{ "圏域", "area" },
	{ "区", "ward" },
	{ "区名", "ward" },
	{ "行政区", "ward" },
	{ "町丁", "town" },
	{ "町名", "town" },
	{ "町字", "town" },
	{ "町丁名", "town" },
	{ "町丁字名", "town" },
	{ "大字", "town" },
	{ "学校", "school" },
	{ "学校名", "school" },
	{ "施設", "facility" },
	{ "施設名", "facility" },
	{ "施設名称", "facility" },
	{ "館名", "facility" },
	{ "名称", "name" },
	{ "項目", "item" },
	{ "項目名", "item" },
	{ "指標", "item" },
	{ "品目", "item" },
	{ "内訳", "breakdown" },
	{ "国籍", "nationality" },
	{ "国", "country" },
	{ "国名", "country" },
	{ "産業", "industry" },
	{ "路線", "line" },
	{ "路線名", "line" },
	{ "会計", "account" },
	{ "会計名", "account" },
	{ "科目", "account" },
	{ "税目", "tax" },
	{ "部署", "department" },
	{ "課名", "department" },
	{ "担当課", "department" },
	{ "用途", "use" },
	{ "原因", "cause" },
	{ "都道府県", "prefecture" },
	{ "都道府県名", "prefecture" },
	{ "市区町村", "municipality" },
	{ "市区町村名", "municipality" },
	{ "管区", "region" },
};

const char *
known_name(const char *key)
{
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (strcmp(known[i].key, key) == 0)
			return known[i].name;
	return NULL;
}

const char *
ascii_name(const char *text, struct arena *mem)
{
	const char *key = label_key(slice_of(text), mem);
	char *out = arena_alloc(mem, strlen(key) + 1);
	size_t n = 0, letters = 0;

	for (; *key != '\0' && n < 40; key++) {
		unsigned char c = (unsigned char)*key;

		if (c < 0x80 && isalnum(c)) {
			if (n == 0 && isdigit(c))
				continue;
			out[n++] = (char)tolower(c);
			letters += isalpha(c) != 0;
		} else if (n > 0 && out[n - 1] != '_' && c < 0x80)
			out[n++] = '_';
	}
	while (n > 0 && out[n - 1] == '_')
		n--;
	out[n] = '\0';
	return letters >= 2 ? out : "";
}

/* population_2024-09 and population_2024-10 are one feed. */
static size_t
without_dates(const char *name, size_t len)
{
	size_t n = len;

	while (n > 0
	    && (isdigit((unsigned char)name[n - 1]) || name[n - 1] == '_'
		|| name[n - 1] == '-'))
		n--;
	/* h29_08, r6 */
	if (n > 0 && n < len && strchr("hrHR", name[n - 1]) != NULL
	    && (n == 1 || !isalpha((unsigned char)name[n - 2])))
		n--;
	while (n > 0 && (name[n - 1] == '_' || name[n - 1] == '-'))
		n--;
	return n;
}

const char *
file_stem(const char *file, struct arena *mem)
{
	const char *base = file == NULL ? "" : path_base(file);
	size_t len = strcspn(base, ".?#");
	size_t n = without_dates(base, len);
	const char *name = ascii_name(arena_strndup(mem, base, n), mem);

	return *name == '\0' ? "feed" : name;
}

const char *
one_line(const char *text, struct arena *mem)
{
	char *out = arena_alloc(mem, strlen(text) + 1);
	size_t n = 0;

	for (; *text != '\0'; text++) {
		if (!isspace((unsigned char)*text))
			out[n++] = *text;
		else if (n > 0 && out[n - 1] != ' ')
			out[n++] = ' ';
	}
	while (n > 0 && out[n - 1] == ' ')
		n--;
	out[n] = '\0';
	return out;
}

const char *
pattern_quote(const char *text, struct arena *mem)
{
	static const char blank[] = "[\\s　]*";
	char *out = arena_alloc(mem, sizeof(blank) * strlen(text) + 1);
	size_t n = 0;

	for (; *text != '\0'; text++) {
		bool wide = strncmp(text, "　", strlen("　")) == 0;

		if (*text == ' ' || wide) {
			memcpy(out + n, blank, sizeof(blank) - 1);
			n += sizeof(blank) - 1;
			text += wide ? strlen("　") - 1 : 0;
			continue;
		}
		if (strchr("\\^$.|?*+()[]{}", *text) != NULL)
			out[n++] = '\\';
		out[n++] = *text;
	}
	out[n] = '\0';
	return out;
}

const char *
pattern_of_dates(const char *text, struct arena *mem)
{
	static const char *const digits[] = { "0", "1", "2", "3", "4", "5", "6",
		"7", "8", "9", "０", "１", "２", "３", "４", "５", "６", "７",
		"８", "９", "元" };
	const char *out = "^";
	bool before = false;

	text = pattern_quote(text, mem);
	while (*text != '\0') {
		size_t n = 0;

		for (size_t i = 0; n == 0 && i < ARRAY_LEN(digits); i++)
			if (strncmp(text, digits[i], strlen(digits[i])) == 0)
				n = strlen(digits[i]);
		if (n == 0)
			out = arena_printf(mem, "%s%c", out, *text);
		else if (!before)
			out = arena_printf(mem, "%s(?:[0-9０-９]+|元)", out);
		before = n > 0;
		text += n > 0 ? n : 1;
	}
	return out;
}

const char *
made_name(const struct guess *g, const char *wish)
{
	const char *name = wish;
	int n = 2;

	for (size_t i = 0; i < g->n_columns; i++)
		if (strcmp(g->columns[i].name, name) == 0) {
			name = arena_printf(g->mem, "%s%d", wish, n++);
			i = 0;
		}
	return name;
}
