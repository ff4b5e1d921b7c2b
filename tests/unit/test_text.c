/* rooms: base cli */
/* Columns of a terminal: what lines up there, whatever the script. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../../collector/cli/text.h"

Test(text, width_is_what_a_terminal_shows)
{
	static const struct {
		const char *text;
		int want;
		const char *why;
	} rows[] = {
		{ "", 0, "nothing" },
		{ "kpid", 4, "ASCII" },
		{ "漢字", 4, "two columns each" },
		{ "カタカナ", 8, "full-width katakana" },
		{ "ｶﾀｶﾅ", 4, "half-width katakana" },
		{ "Ａ１", 4, "full-width Latin" },
		{ "上田市R6", 8, "both" },
		{ "か\u3099", 2, "a combining mark takes none" },
		{ "\u200b", 0, "a zero-width space" },
		{ "　", 2, "an ideographic space" },
		{ "👍", 2, "an emoji" },
		{ "a\033b", 2, "a control character takes none" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		cr_expect(text_width(rows[i].text) == rows[i].want,
		    "row %zu (%s): got %d", i, rows[i].why,
		    text_width(rows[i].text));
}

/* What text_print writes, by a file in standard output's place. */
static void
printed(const char *text, int width, bool right, char out[256])
{
	FILE *f = tmpfile();
	int kept = dup(STDOUT_FILENO);

	cr_assert(f != NULL && kept >= 0);
	(void)fflush(stdout);
	cr_assert(dup2(fileno(f), STDOUT_FILENO) >= 0);
	text_print(text, width, right);
	(void)fflush(stdout);
	cr_assert(dup2(kept, STDOUT_FILENO) >= 0);
	(void)close(kept);
	rewind(f);
	out[fread(out, 1, 255, f)] = '\0';
	(void)fclose(f);
}

Test(text, is_padded_or_cut_to_its_columns)
{
	static const struct {
		const char *text;
		int width;
		bool right;
		const char *want, *why;
	} rows[] = {
		{ "ab", 4, false, "ab  ", "padded behind" },
		{ "ab", 4, true, "  ab", "padded in front" },
		{ "abcd", 4, false, "abcd", "fits exactly" },
		{ "漢字", 4, true, "漢字", "fits exactly, wide" },
		{ "漢字", 6, true, "  漢字", "padding counts columns" },
		{ "abcde", 4, false, "abc…", "cut says so" },
		{ "漢字表", 5, false, "漢字…", "cut between wide ones" },
		{ "漢字表", 4, false, "漢… ", "a wide one never in half" },
		{ "漢字", 3, true, "漢…", "cut, right" },
		{ "漢字", 1, false, "…", "one column" },
		{ "", 3, false, "   ", "nothing is blanks" },
		{ "か\u3099か\u3099か", 5, false, "か\u3099か\u3099…",
		    "marks stay with their letter" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		char got[256];

		printed(rows[i].text, rows[i].width, rows[i].right, got);
		cr_expect_str_eq(got, rows[i].want, "row %zu (%s): got '%s'", i,
		    rows[i].why, got);
		cr_expect(text_width(got) == rows[i].width,
		    "row %zu (%s): %d columns", i, rows[i].why,
		    text_width(got));
	}
}
