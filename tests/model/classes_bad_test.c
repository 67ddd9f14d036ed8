/* SPDX-License-Identifier: MIT */
/** model/byte/classes where pages cannot be read: the block says so, and its neighbours are what they are. */
#include "model/bad_pages.h"
#include "model/sample.h"
#include "test.h"

#include "folio/model/byte/classes.h"

/** Blocks of the file. */
#define BLOCKS ((unsigned)((SIZE + SURVEY_BLOCK - 1) / SURVEY_BLOCK))

/** Where the other half begins, at the start of eight blocks. */
#define HALF (SIZE / 2 / (8 * SURVEY_BLOCK) * (8 * SURVEY_BLOCK))

/** One share a block; shares begin where blocks do, for the size is made that of whole blocks. */
static void bad_pages_show(uint64_t size)
{
    struct error error;
    struct class_share share[BLOCKS];
    struct survey *survey = survey_open(0, SIZE, 2, ADVICE_AUTO, NULL, &error);
    assert_non_null(survey);
    struct classes *classes = classes_open(survey, size, &error);
    assert_non_null(classes);
    survey_start(survey);
    while (!classes_state(classes).complete)
        sample_sleep(1);
    classes_spread(classes, (uint64_t)BLOCKS * SURVEY_BLOCK, share, BLOCKS);
    unsigned shared = size < CLASSES_COARSE ? 1 : 8;
    for (unsigned block = 0; block + 1 < BLOCKS; block++) {
        uint64_t begin = (uint64_t)(block / shared * shared) * SURVEY_BLOCK, end = begin;
        end += (uint64_t)shared * SURVEY_BLOCK;
        bool bad = bad_in(begin, end < SIZE ? end : SIZE) < (end < SIZE ? end : SIZE);
        assert_true(share[block].known);
        assert_int_equal(share[block].unreadable, bad);
        if (!bad)
            assert_int_equal(share[block].class, begin < HALF ? CLASS_PRINTABLE : CLASS_HIGH);
    }
    classes_close(classes);
    survey_close(survey);
}

static void a_bad_page_shows(void **state)
{
    (void)state;
    file.data = malloc(SIZE);
    assert_non_null(file.data);
    memset(file.data, 'x', SIZE);
    memset(file.data + HALF, 0xff, SIZE - HALF);
    for (size_t page = 0; page < PAGE_MAX; page++)
        file.bad[page] = sample_below(200) == 0;
    bad_pages_show(SIZE);
    bad_pages_show(CLASSES_COARSE);
    free(file.data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_bad_page_shows)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
