/* SPDX-License-Identifier: MIT */
/**
 * model/search/matches where pages cannot be read, over a window and a reader that are made up here: a bad page ends a
 * line as a newline does, everything else is counted and found as if it were not there.
 */
#include "model/bad_pages.h"
#include "model/sample.h"
#include "model/units.h"
#include "test.h"

#include "folio/model/pattern/bytes.h"
#include "folio/model/search/matches.h"

/** The units of the line [begin, end), which ends with a newline, at a bad page or at the end of the file. */
static void units_of(struct units *units, struct matcher *matcher, uint64_t begin, uint64_t end)
{
    struct span line = {file.data + begin, (size_t)(end - begin)};
    struct hit hit;
    if (line.length <= LINES_LONG) {
        if (matcher_find(matcher, line, 0, &hit) == PATTERN_FOUND)
            units_add(units, begin);
        return;
    }
    for (size_t from = 0; matcher_find(matcher, line, from, &hit) == PATTERN_FOUND;) {
        units_add(units, begin + (hit.begin < line.length ? hit.begin : line.length - 1));
        from = hit.end > hit.begin ? hit.end : hit.begin + 1;
    }
}

static struct units units_find(struct matcher *matcher)
{
    struct units units = {0};
    for (uint64_t at = 0; at < SIZE;) {
        uint64_t bad = bad_in(at, SIZE);
        if (bad == at) {
            at = at - at % SURVEY_PAGE + SURVEY_PAGE;
            continue;
        }
        const char *newline = memchr(file.data + at, '\n', (size_t)(bad - at));
        uint64_t end = newline ? (uint64_t)(newline - file.data) : bad;
        units_of(&units, matcher, at, end);
        at = newline ? end + 1 : end;
    }
    return units;
}

static void check_pattern(struct survey *survey, const char *text)
{
    struct error error;
    struct sample sample = {.length = SIZE};
    struct pattern *pattern = pattern_compile(text, strlen(text), PATTERN_EXACT, false, &error);
    struct matches *matches = matches_open(survey, pattern, NULL, &error);
    assert_non_null(matches);
    struct units units = units_find(matches_matcher(matches));
    sample_wait_for(matches);
    assert_int_equal(matches_state(matches).count, units.count);
    for (int i = 0; i < 300; i++)
        check_somewhere(&sample, matches, &units, true);
    matches_close(matches);
    free(units.unit);
}

/** A pattern of bytes: a bad page is a border, over which nothing matches. */
static void check_bytes(struct survey *survey, const char *text)
{
    const struct matches_text single = {.rules = glyph_plain, .raw = true, .bytes = true};
    struct error error;
    struct sample sample = {.length = SIZE};
    struct units units = {0};
    struct pattern *pattern = pattern_compile_bytes(text, strlen(text), &error);
    struct matches *matches = matches_open(survey, pattern, &single, &error);
    struct hit hit;
    assert_non_null(matches);
    for (uint64_t at = 0, bad; at < SIZE; at = bad - bad % SURVEY_PAGE + SURVEY_PAGE) {
        bad = bad_in(at, SIZE);
        struct span span = {file.data + at, (size_t)(bad - at)};
        for (size_t from = 0; matcher_find(matches_matcher(matches), span, from, &hit) == PATTERN_FOUND;
             from = hit.end)
            units_add(&units, at + hit.begin);
    }
    sample_wait_for(matches);
    assert_int_equal(matches_state(matches).count, units.count);
    for (int i = 0; i < 300; i++)
        check_somewhere(&sample, matches, &units, true);
    matches_close(matches);
    free(units.unit);
}

/** Lines up to `longest` bytes, `bad` of each thousand pages unreadable. */
static void check_file(size_t longest, size_t bad)
{
    static const char *const patterns[] = {"needle", "^[!-Z]", "q+r?$", "$", "z|needle"};
    struct error error;
    file.data = sample_lines(SIZE, longest);
    for (size_t i = 0; i < 5000; i++)
        memcpy(file.data + sample_below(SIZE - 6), "needle", 6);
    for (size_t page = 0; page < PAGE_MAX; page++)
        file.bad[page] = sample_below(1000) < bad;
    struct survey *survey = survey_open(0, SIZE, 2, ADVICE_AUTO, NULL, &error);
    assert_non_null(survey);
    survey_start(survey);
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++)
        check_pattern(survey, patterns[i]);
    check_bytes(survey, "6e ?? 65 64");
    check_bytes(survey, "?? 0a 4?");
    survey_close(survey);
    free(file.data);
}

static void short_lines(void **state)
{
    (void)state;
    check_file(300, 3);
    check_file(300, 200);
}

static void long_lines(void **state)
{
    (void)state;
    check_file(200000, 3);
    check_file(200000, 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_lines),
        cmocka_unit_test(long_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
