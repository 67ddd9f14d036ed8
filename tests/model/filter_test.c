/* SPDX-License-Identifier: MIT */
/** model/search/filter: visible lines, neighbours and ranks equal asking each line of the file by itself. */
#include "folio/model/search/filter.h"

#include "model/asked.h"
#include "model/painted.h"
#include "model/sample.h"
#include "test.h"

#include <locale.h>

static const char *const questions[] = {
    "needle",
    "!needle",
    "needle thread",
    "needle !thread",
    "!needle !thread",
    "ne+dle",
    "!^$",
    "nowhere",
    "!nowhere",
    "x*",
    "!x*",
    "needle$ !^[a-m]",
    "\\r$",
    "thread needle x y",
    "!needle thread !z$ [0-9]",
    "[0-9]+z !ab",
    "!nowhere needle !alsonowhere",
};

#define QUESTION_COUNT (sizeof questions / sizeof *questions)

/** Put `word` at `count` random places, without touching newlines. */
static void scatter(char *data, size_t length, const char *word, unsigned count)
{
    size_t size = strlen(word);
    while (count-- > 0 && length > size) {
        char *place = data + sample_below(length - size);
        if (!memchr(place, '\n', size))
            memcpy(place, word, size);
    }
}

static char *haystack(size_t length, size_t longest)
{
    char *data = sample_lines(length, longest);
    scatter(data, length, "needle", (unsigned)(length / 2000));
    scatter(data, length, "thread", (unsigned)(length / 3000));
    return data;
}

/** Ask every question of the file, which is taken over. */
static void check_questions(char *data, size_t length)
{
    struct sample sample;
    sample_open(&sample, data, length);
    survey_start(sample.survey);
    for (size_t i = 0; i < QUESTION_COUNT; i++) {
        struct asked asked;
        survey_focus(sample.survey, sample_below(length), i % 2);
        asked_open(&asked, sample.survey, NULL, questions[i]);
        asked_list(&asked, &sample);
        asked_check(&asked, sample.reader, length);
        asked_close(&asked);
    }
    sample_close(&sample);
}

static void short_lines(void **state)
{
    (void)state;
    check_questions(haystack(3 * MIB, 90), 3 * MIB);
    check_questions(haystack(SURVEY_BLOCK * 3, 4), SURVEY_BLOCK * 3);
}

static void lines_of_all_lengths(void **state)
{
    (void)state;
    check_questions(haystack(3 * MIB, 3000), 3 * MIB);
    check_questions(haystack(8 * MIB, 200000), 8 * MIB);
    check_questions(haystack(20 * MIB, 900000), 20 * MIB);
}

static void lines_as_long_as_a_block(void **state)
{
    static const size_t size[] = {LINES_LONG, LINES_LONG + 1, LINES_LONG - 1, 1, LINES_LONG,
                                  17,         LINES_LONG + 1};
    (void)state;
    for (size_t shift = 0; shift < 3; shift++) {
        size_t at = shift;
        char *data = malloc(8 * (LINES_LONG + 2));
        assert_non_null(data);
        memset(data, 'y', 8 * (LINES_LONG + 2));
        for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
            if (i % 3 && size[i] > 20)
                memcpy(data + at + size[i] - 6, "needle", 6);
            data[at + size[i]] = '\n';
            at += size[i] + 1;
        }
        check_questions(data, at);
    }
}

static void one_giant_line(void **state)
{
    (void)state;
    for (int round = 0; round < 3; round++) {
        char *data = malloc(18 * MIB);
        assert_non_null(data);
        memset(data, 'y', 18 * MIB);
        if (round)
            memcpy(data + 9 * MIB + 13, "needle", 6);
        if (round > 1)
            data[18 * MIB - 1] = '\n';
        check_questions(data, 18 * MIB);
    }
}

static void lines_that_end_in_crlf(void **state)
{
    (void)state;
    char *data = haystack(2 * MIB, 200);
    for (size_t at = 1; at < 2 * MIB; at++)
        if (data[at] == '\n' && data[at - 1] != '\n')
            data[at - 1] = '\r';
    check_questions(data, 2 * MIB);
}

static void tiny_files(void **state)
{
    (void)state;
    check_questions(strdup("needle"), 6);
    check_questions(strdup("\n"), 1);
    check_questions(strdup("\nneedle\n\n"), 9);
}

/** The visible lines of what is shown of the sample. */
static void list_shown(struct asked *asked, const struct sample *sample, const struct seen *seen)
{
    size_t first = 0, begin = 0;
    asked->lines.count = 0;
    while (begin < sample->length) {
        size_t last = first;
        while (last < seen->text.length && seen->text.data[last] != '\n')
            last++;
        bool more = last < seen->text.length;
        asked_line(asked, (struct span){seen->text.data + first, last - first}, begin);
        begin = more ? seen->end[last] : sample->length;
        first = last + 1;
    }
}

/** Ask of what is shown of the file, which is taken over. */
static void check_shown(char *data, size_t length, const struct matches_text *text)
{
    struct error error;
    struct sample sample;
    struct seen seen = seen_make(&text->rules, (struct span){data, length});
    sample_open(&sample, data, length);
    survey_drop(sample.survey, sample.lines, NULL);
    sample.lines = lines_open(sample.survey, text->rules.encoding, &error);
    survey_start(sample.survey);
    static size_t put;
    for (size_t i = 0; i < QUESTION_COUNT; i++) {
        struct asked asked;
        if (sample_skips(put++))
            continue;
        asked_open(&asked, sample.survey, text, questions[i]);
        list_shown(&asked, &sample, &seen);
        asked_check(&asked, sample.reader, length);
        asked_close(&asked);
    }
    lines_close(sample.survey, sample.lines);
    sample_close(&sample);
    seen_release(&seen);
}

static void two_bytes_a_character(void **state)
{
    (void)state;
    struct matches_text text = {.rules = glyph_plain};
    text.rules.encoding = encoding_find("UTF-16LE", NULL);
    assert_non_null(text.rules.encoding);
    for (size_t longest = 60; longest < 200000; longest *= 30) {
        char *narrow = haystack(MIB, longest), *wide = calloc(2, MIB);
        assert_non_null(wide);
        for (size_t i = 0; i < MIB; i++)
            wide[2 * i] = narrow[i];
        free(narrow);
        check_shown(wide, 2 * MIB, &text);
    }
}

static void coloured_words(void **state)
{
    (void)state;
    struct matches_text text = {.rules = glyph_plain};
    text.rules.sgr = true;
    for (size_t longest = 90; longest < 300000; longest *= 50) {
        char *data = haystack(2 * MIB, longest);
        scatter(data, 2 * MIB, "nee\33[1mdle", 500);
        scatter(data, 2 * MIB, "\33[0m", 500);
        check_shown(data, 2 * MIB, &text);
    }
}

static void a_file_that_grows(void **state)
{
    static const size_t most[] = {20, 3000, 200000, 3000000};
    (void)state;
    for (size_t question = 0; question < 5; question++) {
        if (sample_skips(question))
            continue;
        struct sample sample;
        struct asked asked;
        sample_open(&sample, haystack(100000, 90), 100000);
        survey_start(sample.survey);
        asked_open(&asked, sample.survey, NULL, questions[question]);
        for (int step = 0; step < sample_rounds(24); step++) {
            size_t length = 8 + sample_below(most[step % 4]);
            char *data = haystack(length, step % 3 ? 90 : 250000);
            if (step % 2) /* the last line goes on */
                memcpy(data, "needle", 6);
            sample_append(&sample, data, length);
            free(data);
            asked_list(&asked, &sample);
            for (int i = 0; i < 20; i++)
                asked_somewhere(&asked, sample.reader, sample.length, false);
            if (step % 4 == 0)
                asked_check(&asked, sample.reader, sample.length);
        }
        asked_check(&asked, sample.reader, sample.length);
        asked_close(&asked);
        sample_close(&sample);
    }
}

static void a_file_that_is_rewritten(void **state)
{
    struct sample sample;
    struct asked asked;
    (void)state;
    sample_open(&sample, haystack(8 * MIB, 200000), 8 * MIB);
    survey_start(sample.survey);
    asked_open(&asked, sample.survey, NULL, "needle");
    asked_list(&asked, &sample);
    asked_check(&asked, sample.reader, sample.length);
    char *data = haystack(8 * MIB, 70000);
    memcpy(sample.data, data, 8 * MIB);
    sample_write(sample.fd, 0, data, 8 * MIB);
    free(data);
    sample_resize(&sample, true);
    asked_list(&asked, &sample);
    asked_check(&asked, sample.reader, sample.length);
    asked_close(&asked);
    sample_close(&sample);
}

static void questions_given_up(void **state)
{
    struct sample sample;
    struct asked asked;
    (void)state;
    sample_open(&sample, haystack(20 * MIB, 90), 20 * MIB);
    survey_start(sample.survey);
    for (size_t i = 0; i < (size_t)sample_rounds(40); i++) {
        size_t count;
        asked_open(&asked, sample.survey, NULL, questions[i % QUESTION_COUNT]);
        assert_int_equal(filter_parts(asked.filter, &count)[0].hide, asked.hide[0]);
        assert_int_equal(count, asked.count);
        sample_sleep((long)sample_below(4));
        asked_close(&asked);
    }
    filter_close(NULL);
    sample_close(&sample);
}

static int threads_end(void **state)
{
    (void)state;
    return sample_settled(2) ? 0 : -1;
}

int main(void)
{
    setlocale(LC_ALL, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_lines),
        cmocka_unit_test(lines_of_all_lengths),
        cmocka_unit_test(lines_as_long_as_a_block),
        cmocka_unit_test(one_giant_line),
        cmocka_unit_test(lines_that_end_in_crlf),
        cmocka_unit_test(tiny_files),
        cmocka_unit_test(two_bytes_a_character),
        cmocka_unit_test(coloured_words),
        cmocka_unit_test(a_file_that_grows),
        cmocka_unit_test(a_file_that_is_rewritten),
        cmocka_unit_test(questions_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, threads_end);
}
