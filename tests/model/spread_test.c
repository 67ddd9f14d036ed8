/* SPDX-License-Identifier: MIT */
/** model/survey/spread: shares add up, and each is what a plain count of its blocks says. */
#include "folio/model/survey/spread.h"

#include "model/sample.h"
#include "test.h"

#define SHARES_MAX 200

static uint64_t spread_sum(const struct share *share, unsigned count)
{
    uint64_t sum = 0;
    for (unsigned i = 0; i < count; i++)
        sum += share[i].count;
    return sum;
}

/** Newlines in [begin, end) of the content, the plain way. */
static uint64_t newlines(const struct sample *sample, uint64_t begin, uint64_t end)
{
    uint64_t count = 0;
    for (uint64_t at = begin; at < end && at < sample->length; at++)
        count += sample->data[at] == '\n';
    return count;
}

static void open_random(struct sample *sample, size_t length)
{
    char *data = malloc(length);
    assert_non_null(data);
    for (size_t i = 0; i < length; i++)
        data[i] = sample_below(i < length / 2 ? 200 : 9) == 0 ? '\n' : 'x';
    sample_open(sample, data, length);
}

static void shares_add_up_to_the_whole(void **state)
{
    (void)state;
    static const size_t length[] = {1, 5, 65536, 65537, 300000, 3 * SURVEY_CHUNK + 12345};
    struct share share[SHARES_MAX];
    for (size_t i = 0; i < sizeof length / sizeof *length; i++) {
        struct sample sample;
        open_random(&sample, length[i]);
        survey_start(sample.survey);
        sample_wait(sample.lines);
        for (unsigned count = 1; count <= SHARES_MAX; count += 1 + count / 3) {
            summary_spread(sample.lines, length[i], share, count);
            assert_int_equal(spread_sum(share, count), sample.newline_count);
            for (unsigned number = 0; number < count; number++)
                assert_true(share[number].known);
        }
        sample_close(&sample);
    }
}

/** Where shares end with blocks, they are exact. */
static void a_share_of_whole_blocks_is_exact(void **state)
{
    (void)state;
    const unsigned count = 12;
    const size_t length = (size_t)count * 70 * SURVEY_BLOCK;
    struct share share[12];
    struct sample sample;
    open_random(&sample, length);
    survey_start(sample.survey);
    sample_wait(sample.lines);
    summary_spread(sample.lines, length, share, count);
    for (unsigned number = 0; number < count; number++)
        assert_int_equal(share[number].count,
                         newlines(&sample, number * length / count, (number + 1) * length / count));
    sample_close(&sample);
}

static void nothing_is_known_before_anything_is_done(void **state)
{
    (void)state;
    struct share share[10];
    struct sample sample;
    open_random(&sample, 1000000);
    summary_spread(sample.lines, 1000000, share, 10);
    for (unsigned number = 0; number < 10; number++)
        assert_true(!share[number].known && share[number].count == 0);
    summary_spread(sample.lines, 0, share, 10);
    assert_int_equal(spread_sum(share, 10), 0);
    summary_spread(sample.lines, 1000000, share, 0);
    sample_close(&sample);
}

/** Holes are known to hold nothing; what is around them is where it belongs. */
static void holes_are_known(void **state)
{
    (void)state;
    const uint64_t size = (uint64_t)1 << 40;
    struct error error;
    struct share share[64];
    int fd = sample_file();
    if (ftruncate(fd, (off_t)size) != 0)
        skip();
    sample_write(fd, size / 2 + 100, "a\nb\nc\n", 6);
    struct survey *survey = survey_open(fd, size, 2, ADVICE_AUTO, NULL, &error);
    assert_non_null(survey);
    struct summary *lines = lines_open(survey, NULL, &error);
    survey_start(survey);
    sample_wait(lines);
    summary_spread(lines, size, share, 64);
    for (unsigned number = 0; number < 64; number++) {
        assert_true(share[number].known);
        assert_int_equal(share[number].count, number == 32 ? 3 : 0);
    }
    lines_close(survey, lines);
    survey_close(survey);
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_add_up_to_the_whole),
        cmocka_unit_test(a_share_of_whole_blocks_is_exact),
        cmocka_unit_test(nothing_is_known_before_anything_is_done),
        cmocka_unit_test(holes_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
