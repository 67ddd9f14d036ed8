/* SPDX-License-Identifier: MIT */
/** model/search/filter where pages cannot be read: a bad page ends a line as a newline does. */
#include "model/asked.h"
#include "model/bad_pages.h"
#include "model/sample.h"
#include "test.h"

#include "folio/model/search/filter.h"

/** The visible lines, each ending with a newline, at a bad page or at the end of the file. */
static void list_lines(struct asked *asked)
{
    for (uint64_t at = 0; at < SIZE;) {
        uint64_t bad = bad_in(at, SIZE);
        if (bad == at) {
            at = at - at % SURVEY_PAGE + SURVEY_PAGE;
            continue;
        }
        const char *newline = memchr(file.data + at, '\n', (size_t)(bad - at));
        uint64_t end = newline ? (uint64_t)(newline - file.data) : bad;
        asked_line(asked, (struct span){file.data + at, (size_t)(end - at)}, at);
        at = newline ? end + 1 : end;
    }
}

/** Lines up to `longest` bytes, `bad` of each thousand pages unreadable. */
static void check_file(size_t longest, size_t bad)
{
    static const char *const questions[] = {"needle", "!needle", "[0-9]z", "!q+r?$ needle", "!q !z"};
    struct error error;
    file.data = sample_lines(SIZE, longest);
    for (size_t i = 0; i < 5000; i++)
        memcpy(file.data + sample_below(SIZE - 6), "needle", 6);
    for (size_t page = 0; page < PAGE_MAX; page++)
        file.bad[page] = sample_below(1000) < bad;
    struct survey *survey = survey_open(0, SIZE, 2, ADVICE_AUTO, NULL, &error);
    assert_non_null(survey);
    survey_start(survey);
    for (size_t i = 0; i < sizeof questions / sizeof *questions; i++) {
        struct asked asked;
        asked_open(&asked, survey, NULL, questions[i]);
        list_lines(&asked);
        while (!filter_state(asked.filter, NULL).complete)
            sample_sleep(1);
        asked_check(&asked, NULL, SIZE);
        asked_close(&asked);
    }
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
