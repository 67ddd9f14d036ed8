/* SPDX-License-Identifier: MIT */
/** tests: ui/terminal/status: the last row in all its states and widths, and the sentence of `=`. */
#include "folio/ui/terminal/status.h"

#include "test.h"

#include "folio/base/text/utf8.h"

#include <locale.h>
#include <string.h>

static struct report report;
static struct status status;
static char row[8192];

static int setup(void **state)
{
    (void)state;
    report = (struct report){
        .name = "app.log",
        .view = "text",
        .file = 1,
        .file_count = 1,
        .top_line = {1204, true, true},
        .bottom_line = {1226, true, true},
        .line_count = {52000, false, true},
        .top_offset = 0x1f3a0,
        .bottom_offset = 129904,
        .cursor = FRAME_NO_OFFSET,
        .size = 556104,
        .indexed = 410,
    };
    status = (struct status){.report = &report, .message = "", .typed = ""};
    return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : 1;
}

static const char *draw(unsigned columns)
{
    static struct strip strip;
    char *out = row;
    status_draw(&status, &strip, columns);
    assert_true(strip.used <= strip.columns);
    assert_true(strip.bar);
    const struct cell *last = &strip.cell[(strip.rows - 1) * strip.columns];
    for (unsigned i = 0; i < strip.used; i++)
        for (unsigned j = 0; j < last[i].rune_count; j++)
            out += utf8_encode(last[i].rune[j], out);
    *out = '\0';
    return row;
}

static void it_says_where_it_is(void **state)
{
    (void)state;
    assert_string_equal(draw(100), "app.log  text  line 1,204/~52,000  0x1f3a0  23%  indexing 41%"
                                   "                         q quit  h help");
}

/** As long as keys may change something it is said, whatever there is no room for, and beside messages. */
static void writing_is_told_all_the_time(void **state)
{
    (void)state;
    report.armed = true;
    assert_string_equal(draw(100), "app.log  ARMED  text  line 1,204/~52,000  0x1f3a0  23%  indexing 41%"
                                   "                  q quit  h help");
    strcpy(report.name, "a/very/long/name/of/a/file/that/does/not/fit/into/thirty/columns");
    assert_non_null(strstr(draw(30), "ARMED"));
    report.sandboxed = true;
    report.edits = 12;
    assert_non_null(strstr(draw(40), "ARMED SANDBOX 12"));
    status.message = "Something was said";
    assert_non_null(strstr(draw(60), "Something was said  ARMED  SANDBOX 12"));
    report.armed = false;
    status.message = "";
    assert_null(strstr(draw(100), "ARMED"));
    report.sandboxed = false;
    assert_non_null(strstr(draw(100), "SANDBOX 12"));
    report.edits = 0;
    assert_null(strstr(draw(100), "SANDBOX"));
}

static void what_is_selected_is_told(void **state)
{
    (void)state;
    report.selected = 0x10;
    report.selected_end = 0x1398;
    assert_non_null(strstr(draw(120), "  selected 0x10-0x1397, 5,000 bytes  "));
    assert_non_null(strstr(draw(60), "0x10-0x1397, 5,000"));
    report.selected_end = 0x11;
    assert_non_null(strstr(draw(120), "  selected 0x10-0x10, 1 byte  "));
    report.selected_end = 0x10;
    assert_null(strstr(draw(120), "selected"));
}

static void poking_is_told(void **state)
{
    (void)state;
    report.busy = BUSY_POKING;
    report.poked = 257;
    assert_non_null(strstr(draw(100), "  poking 25%  "));
    report.poked = 1000;
    assert_non_null(strstr(draw(100), "  poking  "));
}

static void an_encoding_is_told_where_it_is_not_utf8(void **state)
{
    (void)state;
    strcpy(report.encoding, "~UTF-8");
    assert_null(strstr(draw(100), "UTF-8"));
    strcpy(report.encoding, "ASCII");
    assert_null(strstr(draw(100), "ASCII"));
    strcpy(report.encoding, "~windows-1252");
    assert_string_equal(draw(100),
                        "app.log  text  ~windows-1252  line 1,204/~52,000  0x1f3a0  23%  indexing 41%"
                        "          q quit  h help");
}

static void a_link_is_told(void **state)
{
    (void)state;
    strcpy(report.link, "https://example.org/");
    assert_non_null(strstr(draw(120), "app.log  text  link https://example.org/  line 1,204"));
    memset(report.link, 'x', sizeof report.link - 1);
    memcpy(report.link + 58, "\xe2\x82\xac\xe2\x82\xac", 6);
    assert_non_null(strstr(draw(160), "xxx...  line 1,204"));
    assert_null(strstr(draw(60), "link"));
}

static void it_leaves_out_what_does_not_fit(void **state)
{
    (void)state;
    strcpy(report.kind, "ASCII text");
    assert_string_equal(draw(80),
                        "app.log  text  line 1,204/~52,000  0x1f3a0  23%  indexing 41%     q quit  h help");
    assert_string_equal(draw(71), "app.log  line 1,204/~52,000  0x1f3a0  23%  indexing 41%  q quit  h help");
    assert_string_equal(draw(70), "app.log  line 1,204/~52,000  0x1f3a0  23%  indexing 41%");
    assert_string_equal(draw(60), "app.log  line 1,204/~52,000  0x1f3a0  23%  indexing 41%");
    assert_string_equal(draw(50), "app.log  line 1,204/~52,000  0x1f3a0  23%");
    assert_string_equal(draw(34), "app.log  line 1,204/~52,000  23%");
    /* Where one is stays, in fewer columns, and at last without the name. */
    assert_string_equal(draw(30), "app.log 1,204/~52,000 23%");
    assert_string_equal(draw(20), "1,204/~52,000 23%");
    assert_string_equal(draw(12), "1,204 23%");
    strcpy(report.name, "/a/rather/long/path/app.log");
    assert_string_equal(draw(14), "1,204 23%");
    assert_string_equal(draw(32), "...ath/app.log 1,204/~52,000 23%");
    /* A long name gives way before anything is left out. */
    assert_string_equal(draw(105), "...er/long/path/app.log  text  ASCII text  line 1,204/~52,000  0x1f3a0  "
                                   "23%  indexing 41%  q quit  h help");
    for (unsigned columns = 0; columns < 200; columns++)
        draw(columns);
}

/** Which lines are shown, what is counted, the match and the place are told on any screen, whatever the name. */
static void what_matters_is_never_left_out(void **state)
{
    (void)state;
    strcpy(report.name, "data/of/a/rather/long/name/contents.txt");
    strcpy(report.kind, "ASCII text, with very long lines");
    report.top_line.value = 5708389;
    report.line_count = (struct estimate){7316651, true, true};
    report.indexed = 1000;
    report.end = true;
    struct tally *lines = report_tally(&report), *match;
    *lines =
        (struct tally){.noun = "line", .nouns = "lines", .permille = 1000, .count = {123456, true, true}};
    strcpy(lines->label, "& ^usr/bin/.*");
    match = report_tally(&report);
    *match = (struct tally){.noun = "match", .nouns = "matches", .permille = 1000, .count = {2, true, true}};
    match->index = (struct estimate){1, true, true};
    assert_string_equal(draw(100), "...me/contents.txt  line 5,708,389/7,316,651  23%  & ^usr/bin/.*"
                                   "  123,456 lines  match 1 of 2  (END)");
    assert_string_equal(draw(80),
                        "...ong/name/contents.txt 5,708,389/7,316,651 23% & ^usr/bin/.* 123,456 1/2 (END)");
    assert_string_equal(draw(60), "5,708,389/7,316,651 23% & ^usr.. 123,456 1/2 (END)");
    assert_string_equal(draw(42), "5,708,389 23% & ^usr.. 123,456 1/2 (END)");
    assert_string_equal(draw(40), "5,708,389 23% & ^usr.. 123,456 1/2 (END)");
    report.growing = true;
    report.end = false;
    assert_non_null(strstr(draw(200), "line 5,708,389/7,316,651+  0x1f3a0  & ^usr/bin/.*  123,456+ lines"));
}

/** A message is never cut: it goes on in further rows, broken at blanks, as long as there is one for the file. */
static void a_long_message_takes_more_rows(void **state)
{
    static struct strip strip;
    (void)state;
    status.message = "app.log lines 11210321-11210338/11210338 byte 1073741865/1073741865 100% (END)";
    status.rows = 24;
    status_draw(&status, &strip, 80);
    assert_int_equal(strip.rows, 1);
    status_draw(&status, &strip, 60);
    assert_int_equal(strip.rows, 2);
    assert_int_equal(strip.cell[45].rune[0], ' ');
    assert_string_equal(draw(60), "1073741865/1073741865 100% (END)              q quit  h help");
    status_draw(&status, &strip, 30);
    assert_int_equal(strip.rows, 4);
    status.rows = 3;
    status_draw(&status, &strip, 30);
    assert_int_equal(strip.rows, 2);
    status.rows = 1;
    status_draw(&status, &strip, 30);
    assert_int_equal(strip.rows, 1);
    for (unsigned columns = 0; columns < 100; columns++)
        status_draw(&status, &strip, columns);
}

static void it_says_what_runs(void **state)
{
    (void)state;
    static const struct {
        enum busy busy;
        unsigned searched, indexed;
        const char *text;
    } busy[] = {
        {BUSY_READING, 1000, 410, "reading..."},
        {BUSY_SEARCHING, 305, 1000, "searching 30% (Esc stops)"},
        {BUSY_SEEKING, 1000, 999, "counting lines 99% (Esc stops)"},
        {BUSY_NOTHING, 305, 1000, "counting 30% (Esc stops)"},
        {BUSY_NOTHING, 1000, 0, "indexing 0%"},
    };
    struct tally matches = {.noun = "match", .nouns = "matches", .doing = "counting", .busy = BUSY_SEARCHING};
    matches.stops = true;
    for (size_t i = 0; i < sizeof busy / sizeof busy[0]; i++) {
        report.busy = busy[i].busy;
        matches.permille = busy[i].searched;
        report.tally[0] = matches;
        report.tally_count = 1;
        report.indexed = busy[i].indexed;
        assert_non_null(strstr(draw(200), busy[i].text));
    }
    report.busy = BUSY_NOTHING;
    report.following = FOLLOWING_END;
    report.indexed = 410;
    assert_non_null(strstr(draw(200), "waiting for data (^C ends it)"));
    assert_null(strstr(draw(200), "indexing"));
    report.following = FOLLOWING_AWAY;
    assert_non_null(strstr(draw(200), "following; End goes on at the end  indexing 41%"));
    report.busy = BUSY_SEARCHING;
    assert_non_null(strstr(draw(200), "searching  following; End goes on at the end"));
    report.busy = BUSY_NOTHING;
    report.following = FOLLOWING_NOT;
    report.indexed = 1000;
    assert_null(strstr(draw(200), "ing"));
    status.waiting = true;
    assert_non_null(strstr(draw(200), "reading..."));
    status.report = NULL;
    assert_non_null(strstr(draw(200), "reading..."));
}

/** A kind of things that are counted, the only one in the report. */
static struct tally *counted(const char *noun, const char *nouns, const char *doing, enum busy busy)
{
    report.tally_count = 0;
    struct tally *tally = report_tally(&report);
    *tally = (struct tally){.noun = noun, .nouns = nouns, .doing = doing, .busy = busy, .permille = 1000};
    return tally;
}

static void it_counts_matches(void **state)
{
    (void)state;
    struct tally *tally = counted("match", "matches", "counting", BUSY_SEARCHING);
    tally->count = (struct estimate){2143, true, true};
    assert_non_null(strstr(draw(200), "  2,143 matches  "));
    tally->index = (struct estimate){17, true, true};
    assert_non_null(strstr(draw(200), "  match 17 of 2,143  "));
    tally->count.exact = false;
    assert_non_null(strstr(draw(200), "  match 17 of 2,143+  "));
    tally->index.exact = false;
    assert_non_null(strstr(draw(200), "  match ~17 of 2,143+  "));
}

static void it_counts_strings_and_differences(void **state)
{
    (void)state;
    struct tally *tally = counted("string", "strings", "searching", BUSY_NOTHING);
    tally->count = (struct estimate){1700, false, true};
    tally->index = (struct estimate){3, true, true};
    tally->permille = 250;
    assert_non_null(strstr(draw(200), "  string 3 of 1,700+  "));
    assert_non_null(strstr(row, "  searching 25%  "));
    tally = counted("difference", "differences", "comparing", BUSY_COMPARING);
    tally->count = (struct estimate){0, true, true};
    assert_null(strstr(draw(200), "difference"));
    tally->count = (struct estimate){1, true, true};
    assert_non_null(strstr(draw(200), "  1 difference  "));
    tally->count = (struct estimate){17, false, true};
    tally->permille = 990;
    assert_non_null(strstr(draw(200), "  17+ differences  "));
    assert_non_null(strstr(row, "  comparing 99%  "));
    tally->index = (struct estimate){3, true, true};
    assert_non_null(strstr(draw(200), "  difference 3 of 17+  "));
    report.busy = BUSY_COMPARING;
    assert_non_null(strstr(draw(200), "  comparing 99% (Esc stops)  "));
}

static void several_counts_stand_beside_each_other(void **state)
{
    (void)state;
    struct tally *matches = counted("match", "matches", "counting", BUSY_SEARCHING);
    matches->count = (struct estimate){5, false, true};
    matches->permille = 100;
    matches->weight = 1;
    struct tally *lines = report_tally(&report);
    *lines = (struct tally){.noun = "line", .nouns = "lines", .doing = "filtering", .busy = BUSY_FILTERING};
    lines->weight = 4;
    lines->permille = 500;
    strcpy(lines->label, "& error");
    /* What bears a label comes first, even with none, and the heaviest tells how far it is. */
    assert_non_null(strstr(draw(200), "  & error  0+ lines  5+ matches  "));
    assert_non_null(strstr(row, "  filtering 50%  "));
    lines->count = (struct estimate){1, true, true};
    lines->permille = 1000;
    assert_non_null(strstr(draw(200), "  & error  1 line  5+ matches  "));
    assert_non_null(strstr(row, "  counting 10%  "));
    report.busy = BUSY_FILTERING;
    assert_null(strstr(draw(200), "%  q"));
    while (report_tally(&report))
        continue;
    assert_int_equal(report.tally_count, REPORT_TALLIES);
}

static void it_says_the_rest(void **state)
{
    (void)state;
    report.file_count = 3;
    report.file = 2;
    report.end = true;
    report.shift = 40;
    report.approximate = true;
    strcpy(report.notice, "file was replaced: R reads it anew");
    status.typed = "12";
    draw(250);
    assert_non_null(strstr(row, "app.log  (file 2 of 3)  text"));
    assert_non_null(strstr(row, "  (END)  "));
    assert_non_null(strstr(row, "  column 41  "));
    assert_non_null(strstr(row, "  ~0x1f3a0  "));
    assert_non_null(strstr(row, "  file was replaced: R reads it anew  "));
    assert_non_null(strstr(row, "  12  "));
    report.growing = true;
    assert_null(strstr(draw(250), "23%"));
    assert_null(strstr(row, "(END)"));
    report.size = 0;
    assert_null(strstr(draw(250), "line"));
}

static void a_message_takes_its_place(void **state)
{
    (void)state;
    status.message = "Pattern not found: \033[2J";
    assert_string_equal(draw(60), "Pattern not found: ESC[2J                     q quit  h help");
    draw(20);
    assert_memory_equal(row, "Pattern not found: ", 19);
    assert_null(strchr(row, '\033'));
}

static void help_tells_its_own_way_out(void **state)
{
    (void)state;
    status.help = true;
    strcpy(report.name, "HELP");
    report.indexed = 1000;
    assert_string_equal(draw(40), "HELP                   q leaves the help");
    report.list = true;
    assert_string_equal(draw(40), "HELP                   q leaves the list");
}

static void info_is_the_sentence_of_less(void **state)
{
    (void)state;
    char text[512];
    status_info(&report, text, sizeof text);
    assert_string_equal(text, "app.log lines 1204-1226/~52000 byte 129904/556104 23%");
    report.line_count.exact = true;
    report.end = true;
    report.file = report.file_count = 2;
    status_info(&report, text, sizeof text);
    assert_string_equal(text, "app.log (file 2 of 2) lines 1204-1226/52000 byte 129904/556104 23% (END)");
    report.growing = true;
    report.top_line.exact = report.bottom_line.known = false;
    status_info(&report, text, sizeof text);
    assert_string_equal(text, "app.log (file 2 of 2) lines ~1204-?/52000+ byte 129904/556104+");
    report.size = UINT64_MAX;
    report.bottom_offset = UINT64_MAX - 1;
    report.growing = false;
    status_info(&report, text, sizeof text);
    assert_non_null(strstr(text, " 99%"));
}

#define TEST(name) cmocka_unit_test_setup(name, setup)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(it_says_where_it_is),
        TEST(it_leaves_out_what_does_not_fit),
        TEST(writing_is_told_all_the_time),
        TEST(what_is_selected_is_told),
        TEST(poking_is_told),
        TEST(an_encoding_is_told_where_it_is_not_utf8),
        TEST(a_link_is_told),
        TEST(what_matters_is_never_left_out),
        TEST(a_long_message_takes_more_rows),
        TEST(it_says_what_runs),
        TEST(it_counts_matches),
        TEST(it_counts_strings_and_differences),
        TEST(several_counts_stand_beside_each_other),
        TEST(it_says_the_rest),
        TEST(a_message_takes_its_place),
        TEST(help_tells_its_own_way_out),
        TEST(info_is_the_sentence_of_less),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
