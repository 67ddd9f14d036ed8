/* SPDX-License-Identifier: MIT */
/** model/search/matches: units, neighbours and ranks equal a loop over all lines with the same pattern. */
#include "folio/model/search/matches.h"

#include "model/sample.h"
#include "model/units.h"
#include "test.h"

static void units_of_line(struct units *units, struct matcher *matcher, const char *data, uint64_t begin,
                          uint64_t end)
{
    struct span line = {data + begin, end - begin};
    struct hit hit;
    if (line.length <= LINES_LONG) {
        if (matcher_find(matcher, line, 0, &hit) == PATTERN_FOUND)
            units_add(units, begin);
        return;
    }
    size_t count = units->count;
    for (size_t from = 0; from <= line.length;) {
        if (matcher_find(matcher, line, from, &hit) != PATTERN_FOUND)
            return;
        uint64_t unit = begin + (hit.begin < line.length ? hit.begin : line.length - 1);
        if (units->count == count || units->unit[units->count - 1] != unit)
            units_add(units, unit);
        from = hit.end > hit.begin ? hit.end : hit.begin + 1;
    }
}

static struct units units_find(const struct sample *sample, struct matcher *matcher)
{
    struct units units = {0};
    for (uint64_t begin = 0, end; begin < sample->length; begin = end + 1) {
        end = sample_line_end(sample, begin);
        units_of_line(&units, matcher, sample->data, begin, sample_shown_end(sample, begin, end));
    }
    return units;
}

static struct matches *search(struct sample *sample, const char *text, enum pattern_case letter_case)
{
    struct error error;
    struct pattern *pattern = pattern_compile(text, strlen(text), letter_case, false, &error);
    assert_non_null(pattern);
    struct matches *matches = matches_open(sample->survey, pattern, NULL, &error);
    assert_non_null(matches);
    assert_string_equal(pattern_text(matches_pattern(matches)), text);
    return matches;
}

static void check_pattern(struct sample *sample, const char *text, enum pattern_case letter_case)
{
    struct matches *matches = search(sample, text, letter_case);
    struct units units = units_find(sample, matches_matcher(matches));
    check_until_complete(sample, matches, &units);
    matches_close(matches);
    free(units.unit);
}

static void check_patterns(char *data, size_t length)
{
    static const char *const pattern[] = {"needle",       "ne+dle", "^needle",      "needle$",
                                          "^$",           "x*",     "NEEDLE",       "[0-9]+z",
                                          "nothing here", "\\r$",   "needle|thread"};
    struct sample sample;
    sample_open(&sample, data, length);
    survey_start(sample.survey);
    static size_t asked;
    for (size_t i = 0; i < sizeof pattern / sizeof *pattern; i++)
        if (!sample_skips(asked++))
            check_pattern(&sample, pattern[i], i % 2 ? PATTERN_FOLDED : PATTERN_EXACT);
    check_pattern(&sample, "needle", PATTERN_SMART);
    sample_close(&sample);
}

/** Put `word` at `count` random places, without touching newlines. */
static void scatter(char *data, size_t length, const char *word, unsigned count)
{
    size_t size = strlen(word);
    while (count-- > 0) {
        size_t at = sample_below(length - size);
        if (!memchr(data + at, '\n', size))
            memcpy(data + at, word, size);
    }
}

static char *haystack(size_t length, size_t longest)
{
    char *data = sample_lines(length, longest);
    for (size_t at = 0; at < length; at++)
        if (data[at] == 'n')
            data[at] = '_';
    scatter(data, length, "needle", (unsigned)(length / 5000) + 1);
    scatter(data, length, "Needle", (unsigned)(length / 50000) + 1);
    return data;
}

static void short_lines(void **state)
{
    (void)state;
    check_patterns(haystack(3 * MIB + 5, 100), 3 * MIB + 5);
    check_patterns(haystack(17 * MIB, 3000), 17 * MIB);
    check_patterns(haystack(300, 20), 300);
}

static void lines_that_cross_blocks(void **state)
{
    (void)state;
    check_patterns(haystack(4 * MIB, 60000), 4 * MIB);
    check_patterns(haystack(6 * MIB, 200000), 6 * MIB);
}

/** Lines of exactly the longest short length and one more, at all kinds of places. */
static void lines_as_long_as_a_block(void **state)
{
    static const size_t size[] = {LINES_LONG, LINES_LONG + 1, LINES_LONG - 1, 1, LINES_LONG,
                                  17,         LINES_LONG + 1};
    (void)state;
    for (int shift = 0; shift < 3; shift++) {
        size_t length = 0, at = (size_t)shift;
        char *data = malloc(8 * (LINES_LONG + 2));
        assert_non_null(data);
        memset(data, 'y', 8 * (LINES_LONG + 2));
        for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
            memcpy(data + at, "needle", size[i] < 6 ? size[i] : 6);
            if (size[i] > 20)
                memcpy(data + at + size[i] - 6, "needle", 6);
            data[at + size[i]] = '\n';
            at += size[i] + 1;
        }
        length = at;
        check_patterns(data, length);
    }
}

static void one_giant_line(void **state)
{
    (void)state;
    for (int round = 0; round < 2; round++) {
        char *data = malloc(3 * MIB);
        assert_non_null(data);
        memset(data, 'y', 3 * MIB);
        for (size_t at = SURVEY_BLOCK; at < 3 * MIB; at += SURVEY_BLOCK)
            memcpy(data + at - at / SURVEY_BLOCK % 8, "needle", 6);
        memcpy(data, "needle", 6);
        memcpy(data + 3 * MIB - 7, round ? "needle\n" : "eneedle", 7);
        check_patterns(data, 3 * MIB);
    }
}

static void lines_that_end_in_crlf(void **state)
{
    (void)state;
    char *data = haystack(2 * MIB, 200);
    for (size_t at = 1; at < 2 * MIB; at++)
        if (data[at] == '\n' && data[at - 1] != '\n')
            data[at - 1] = '\r';
    check_patterns(data, 2 * MIB);
}

static void broken_characters(void **state)
{
    (void)state;
    char *data = haystack(2 * MIB, 300);
    for (int i = 0; i < 20000; i++) {
        size_t at = sample_below(2 * MIB);
        if (data[at] != '\n')
            data[at] = (char)(0x80 + sample_below(128));
    }
    check_patterns(data, 2 * MIB);
}

static void tiny_files(void **state)
{
    (void)state;
    check_patterns(strdup("needle"), 6);
    check_patterns(strdup("\n"), 1);
    check_patterns(strdup("\nneedle\n\n"), 9);
}

static void a_file_that_grows_while_it_is_searched(void **state)
{
    struct sample sample;
    (void)state;
    sample_open(&sample, haystack(100000, 90), 100000);
    survey_start(sample.survey);
    struct matches *matches = search(&sample, "needle", PATTERN_EXACT);
    for (int step = 0; step < sample_rounds(40); step++) {
        static const size_t most[] = {20, 3000, 200000, 3000000};
        size_t length = 8 + sample_below(most[step % 4]);
        char *data = haystack(length, step % 5 ? 90 : 150000);
        if (step % 2) /* the last line goes on: it may begin to match */
            memcpy(data, "needle", 6);
        sample_append(&sample, data, length);
        free(data);
        struct units units = units_find(&sample, matches_matcher(matches));
        for (int i = 0; i < 20; i++)
            check_somewhere(&sample, matches, &units, false);
        if (step % 4 == 0)
            check_until_complete(&sample, matches, &units);
        free(units.unit);
    }
    matches_close(matches);
    sample_close(&sample);
}

static void searches_given_up(void **state)
{
    struct sample sample;
    (void)state;
    sample_open(&sample, haystack(20 * MIB, 90), 20 * MIB);
    survey_start(sample.survey);
    for (int i = 0; i < sample_rounds(60); i++) {
        struct matches *matches = search(&sample, i % 2 ? "ne+dle" : "needle", PATTERN_EXACT);
        survey_focus(sample.survey, sample_below(sample.length), i % 3 != 0);
        sample_sleep((long)sample_below(4));
        matches_close(matches);
    }
    matches_close(NULL);
    sample_close(&sample);
}

static int threads_end(void **state)
{
    (void)state;
    return sample_settled(2) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_lines),
        cmocka_unit_test(lines_that_cross_blocks),
        cmocka_unit_test(lines_as_long_as_a_block),
        cmocka_unit_test(one_giant_line),
        cmocka_unit_test(lines_that_end_in_crlf),
        cmocka_unit_test(broken_characters),
        cmocka_unit_test(tiny_files),
        cmocka_unit_test(a_file_that_grows_while_it_is_searched),
        cmocka_unit_test(searches_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, threads_end);
}
