/* SPDX-License-Identifier: MIT */
/** model/search/matches: units by their number, and the groups of a match. */
#include "model/sample.h"
#include "test.h"

#include "folio/model/search/select.h"

static struct matches *search(struct sample *sample, const char *text)
{
    struct error error;
    struct pattern *pattern = pattern_compile(text, strlen(text), PATTERN_EXACT, false, &error);
    assert_non_null(pattern);
    struct matches *matches = matches_open(sample->survey, pattern, NULL, &error);
    assert_non_null(matches);
    return matches;
}

static void wait_complete(const struct matches *matches)
{
    while (!matches_state(matches).complete)
        sample_sleep(1);
}

/** Walking from unit to unit says which one number N is. */
static void check_all(struct sample *sample, struct matches *matches, uint64_t step)
{
    uint64_t offset = 0, unit, picked, number = 0;
    wait_complete(matches);
    while (matches_next(matches, sample->reader, offset, true, &unit) == MATCHES_FOUND) {
        if (number % step == 0) {
            assert_int_equal(matches_select(matches, sample->reader, number, &picked), MATCHES_FOUND);
            assert_int_equal(picked, unit);
        }
        number++;
        offset = unit + 1;
    }
    assert_int_equal(number, matches_state(matches).count);
    assert_int_equal(matches_select(matches, sample->reader, number, &picked), MATCHES_NONE);
    assert_int_equal(matches_select(matches, sample->reader, UINT64_MAX, &picked), MATCHES_NONE);
}

static void numbers_lead_to_units(void **state)
{
    static const size_t longest[] = {80, 3000, 300000};
    (void)state;
    for (size_t i = 0; i < sizeof longest / sizeof *longest; i++) {
        struct sample sample;
        sample_open(&sample, sample_lines(3 * (1u << 20) + 7, longest[i]), 3 * (1u << 20) + 7);
        struct matches *matches = search(&sample, "e[a-f]");
        uint64_t unit;
        /* Nothing is known before the survey runs. */
        assert_int_equal(matches_select(matches, sample.reader, 0, &unit), MATCHES_UNKNOWN);
        survey_start(sample.survey);
        check_all(&sample, matches, 97);
        matches_close(matches);
        matches = search(&sample, "no such thing at all");
        check_all(&sample, matches, 1);
        matches_close(matches);
        sample_close(&sample);
    }
}

/** The first match of the line at `offset`, narrowed to a group. */
static bool group(struct matches *matches, const char *text, uint64_t offset, unsigned number,
                  struct range *hit)
{
    struct span line = {text, strlen(text)};
    assert_int_equal(matches_hits(matches, line, offset, offset, hit, 1), 1);
    return matches_group(matches, line, offset, number, hit);
}

static void groups_are_parts_of_a_match(void **state)
{
    static const char text[] = "  \xc3\xa9t\xc3\xa9=42 none=";
    struct sample sample;
    struct range hit;
    (void)state;
    sample_open_text(&sample, text);
    survey_start(sample.survey);
    struct matches *matches = search(&sample, "(\\w+)=(\\d+)?(x)?");
    wait_complete(matches);
    assert_true(group(matches, text, 1000, 1, &hit));
    assert_int_equal(hit.begin, 1002);
    assert_int_equal(hit.end, 1007);
    assert_true(group(matches, text, 1000, 2, &hit));
    assert_int_equal(hit.begin, 1008);
    assert_int_equal(hit.end, 1010);
    assert_false(group(matches, text, 1000, 3, &hit));
    assert_false(group(matches, text, 1000, 4, &hit));
    matches_close(matches);
    matches = search(&sample, "none");
    assert_false(group(matches, text, 0, 1, &hit));
    matches_close(matches);
    sample_close(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_lead_to_units),
        cmocka_unit_test(groups_are_parts_of_a_match),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
