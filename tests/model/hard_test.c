/* SPDX-License-Identifier: MIT */
/**
 * model/search/matches, model/search/filter: a line that is too hard for the pattern is told of, with its place in the
 * file.
 */
#include "model/sample.h"
#include "test.h"

#include "folio/io/page/guard.h"
#include "folio/model/search/filter.h"

#include <locale.h>
#include <stdio.h>

#define HARD "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"
/** More than a block of lines before the hard ones. */
#define BEFORE ((size_t)10000)

/** Easy lines, a line that matches, `hard`, an easy line, `hard` again. `*place` is where the first hard one begins. */
static char *hard_lines(const char *hard, size_t *length, uint64_t *place)
{
    char *data = malloc(BEFORE * 8 + 2 * strlen(hard) + 64);
    assert_non_null(data);
    size_t at = 0;
    for (size_t line = 0; line < BEFORE; line++)
        at += (size_t)sprintf(data + at, "easy %d\n", (int)(line % 10));
    at += (size_t)sprintf(data + at, "xaaa\n");
    *place = at;
    *length = at + (size_t)sprintf(data + at, "%s\neasy\n%s\n", hard, hard);
    return data;
}

static struct matches *search(struct sample *sample, const char *text, const struct matches_text *shown)
{
    struct error error;
    struct pattern *pattern = pattern_compile(text, strlen(text), PATTERN_EXACT, false, &error);
    assert_non_null(pattern);
    struct matches *matches = matches_open(sample->survey, pattern, shown, &error);
    assert_non_null(matches);
    return matches;
}

static struct summary_state searched(const struct matches *matches)
{
    for (int tries = 0; !matches_state(matches).complete && tries < 60000; tries++)
        sample_sleep(1);
    assert_true(matches_state(matches).complete);
    return matches_state(matches);
}

static void check_search(const char *hard, const struct matches_text *text)
{
    struct sample sample;
    size_t length;
    uint64_t place;
    guard_install();
    char *data = hard_lines(hard, &length, &place);
    sample_open(&sample, data, length);
    survey_start(sample.survey);
    struct matches *matches = search(&sample, "(a+)+$", text);
    struct summary_state state = searched(matches);
    assert_int_equal(state.count, 1);
    assert_true(state.hard);
    assert_int_equal(state.hard_at, place);
    matches_close(matches);
    matches = search(&sample, "a$", text);
    state = searched(matches);
    assert_int_equal(state.count, 1);
    assert_false(state.hard);
    matches_close(matches);
    sample_wait(sample.lines);
    assert_false(summary_state(sample.lines).hard);
    sample_close(&sample);
}

static void a_search_tells_of_it(void **state)
{
    (void)state;
    check_search(HARD, NULL);
}

static void the_place_is_one_of_the_file(void **state)
{
    struct matches_text text = {.rules = glyph_plain};
    (void)state;
    text.rules.sgr = true;
    check_search("\033[1m" HARD "\033[m", &text);
}

/** UTF-16 in bytes: a hard line of them, by itself. */
static void bytes_of_another_encoding(void **state)
{
    struct matches_text text = {.rules = glyph_plain, .raw = true};
    struct error error;
    struct sample sample;
    (void)state;
    guard_install();
    text.rules.encoding = encoding_find("UTF-16LE", NULL);
    char *data = calloc(1, 400);
    assert_non_null(data);
    data[0] = 'x';
    data[2] = '\n';
    memset(data + 4, 'a', 60);
    data[64] = '!';
    data[66] = '\n';
    sample_open(&sample, data, 68);
    survey_drop(sample.survey, sample.lines, NULL);
    sample.lines = lines_open(sample.survey, text.rules.encoding, &error);
    survey_start(sample.survey);
    struct matches *matches = search(&sample, "(a+)+$", &text);
    struct summary_state found = searched(matches);
    assert_true(found.hard);
    assert_int_equal(found.hard_at, 4);
    matches_close(matches);
    lines_close(sample.survey, sample.lines);
    sample_close(&sample);
}

static void a_long_line(void **state)
{
    struct sample sample;
    const size_t length = 3 * SURVEY_BLOCK;
    (void)state;
    guard_install();
    char *data = malloc(length);
    assert_non_null(data);
    memset(data, 'a', length);
    for (size_t at = 99; at < length; at += 100)
        data[at] = '!';
    data[0] = data[1] = 'x';
    data[2] = '\n';
    sample_open(&sample, data, length);
    survey_start(sample.survey);
    struct matches *matches = search(&sample, "(a+)+$", NULL);
    struct summary_state found = searched(matches);
    assert_true(found.hard);
    assert_int_equal(found.hard_at, 3);
    matches_close(matches);
    sample_close(&sample);
}

static void what_is_appended_and_what_is_cut_off(void **state)
{
    struct sample sample;
    (void)state;
    guard_install();
    sample_open_text(&sample, "easy\n");
    survey_start(sample.survey);
    struct matches *matches = search(&sample, "(a+)+$", NULL);
    assert_false(searched(matches).hard);
    sample_append(&sample, HARD "\n", sizeof HARD);
    assert_true(searched(matches).hard);
    assert_int_equal(searched(matches).hard_at, 5);
    sample_append(&sample, HARD "\n", sizeof HARD);
    assert_int_equal(searched(matches).hard_at, 5);
    sample.length = 5;
    assert_int_equal(ftruncate(sample.fd, 5), 0);
    sample_resize(&sample, false);
    assert_false(searched(matches).hard);
    matches_close(matches);
    sample_close(&sample);
}

/** Questions of up to two patterns; a `!` before one that hides. What is too hard does not match. */
static const struct {
    const char *part[2];
    uint64_t count;
    bool hard;
} questions[] = {
    {{"(a+)+$", NULL}, 1, true},
    {{"!(a+)+$", NULL}, BEFORE + 3, true},
    {{"easy", "!(a+)+$"}, BEFORE + 1, false}, /* asked of lines with easy in them only */
    {{"a", "(a+)+$"}, 1, true},
    {{"a", "!(a+)+$"}, BEFORE + 3, true},
    {{"!easy", "!(a+)+$"}, 2, true},
    {{"a$", NULL}, 1, false},
};

static struct filter *ask(struct sample *sample, const char *const part[2])
{
    struct filter_part parts[2];
    struct error error;
    size_t count = 0;
    for (; count < 2 && part[count]; count++) {
        parts[count].hide = part[count][0] == '!';
        const char *text = part[count] + parts[count].hide;
        parts[count].pattern = pattern_compile(text, strlen(text), PATTERN_EXACT, false, &error);
        assert_non_null(parts[count].pattern);
    }
    struct filter *filter = filter_open(sample->survey, parts, count, NULL, &error);
    assert_non_null(filter);
    return filter;
}

static void a_filter_tells_of_it(void **state)
{
    struct sample sample;
    size_t length;
    uint64_t place;
    (void)state;
    guard_install();
    char *data = hard_lines(HARD, &length, &place);
    sample_open(&sample, data, length);
    survey_start(sample.survey);
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        struct filter *filter = ask(&sample, questions[i].part);
        for (int tries = 0; !filter_state(filter, sample.reader).complete && tries < 60000; tries++)
            sample_sleep(1);
        struct summary_state found = filter_state(filter, sample.reader);
        assert_true(found.complete);
        assert_int_equal(found.count, questions[i].count);
        assert_int_equal(found.hard, questions[i].hard);
        if (found.hard)
            assert_int_equal(found.hard_at, place);
        filter_close(filter);
    }
    sample_close(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_search_tells_of_it),
        cmocka_unit_test(the_place_is_one_of_the_file),
        cmocka_unit_test(bytes_of_another_encoding),
        cmocka_unit_test(a_long_line),
        cmocka_unit_test(what_is_appended_and_what_is_cut_off),
        cmocka_unit_test(a_filter_tells_of_it),
    };
    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
