/* SPDX-License-Identifier: MIT */
/**
 * model/json/nesting: one quote more or less in a file of one line does harm to its own block, and to no other.
 */
#include "model/known_json.h"
#include "model/plain_nesting.h"
#include "test.h"

#include "folio/base/bytes/buf.h"

/** An array of records on one line, in whose strings there is what is outside of them as well. */
static char *records(size_t *length)
{
    static const char *const text[] = {"a word or two, [and] {more}", "the \\\"best\\\": of, it", "ends \\\\",
                                       "", "no, yes"};
    struct buf data = {0};
    buf_text(&data, "[");
    while (data.length < *length)
        buf_format(&data, "%s{\"name\":\"%s\",\"list\":[%zu,true,\"%s\"],\"more\":{\"key\":null}}",
                   data.length > 1 ? "," : "", text[sample_below(5)], data.length, text[sample_below(5)]);
    buf_text(&data, "]");
    assert_false(data.failed);
    *length = data.length;
    return data.data;
}

/** The quote at or behind `at`. */
static size_t quote_behind(const struct plain_nesting *plain, size_t at)
{
    while (at < plain->length && !plain_is_quote(plain, at))
        at++;
    assert_true(at < plain->length);
    return at;
}

/** From the next block on it stands as in the file without the fault, which is `moved` bytes further. */
static void check_behind(struct known *known, const struct plain_nesting *plain, size_t fault, int moved)
{
    size_t border = fault - fault % SURVEY_BLOCK + SURVEY_BLOCK;
    for (int i = 0; i < 40; i++) {
        size_t at = i == 0 ? border : border + sample_below(known->sample.length - border);
        size_t was = at - (size_t)moved;
        uint8_t stood = plain->state[was <= plain->length ? was : 0];
        struct brackets_state state;
        assert_int_equal(nesting_state(known->nesting, known->sample.reader, at, &state), NESTING_FOUND);
        assert_int_equal(state.inside, stood & PLAIN_INSIDE);
        assert_int_equal(state.escaped, (stood & PLAIN_ESCAPED) > 0);
    }
}

/** Put a quote in, or take one out, near `place` of a file of `length` bytes. */
static void lose(size_t length, size_t place, bool more)
{
    struct plain_nesting plain = {0};
    char *right = records(&length);
    plain_make(&plain, right, length, true);
    size_t at = quote_behind(&plain, place);
    char *wrong = malloc(length + 2);
    assert_non_null(wrong);
    memcpy(wrong, right, at + 1);
    memcpy(wrong + at + more, right + at + !more, length - at - !more);
    wrong[at] = more ? '"' : wrong[at];
    struct known known;
    known_open(&known, wrong, more ? length + 1 : length - 1);
    check_behind(&known, &plain, at + 1, more ? 1 : -1);
    known_close(&known);
    plain_release(&plain);
    free(right);
}

static void one_block_is_wrong(void **state)
{
    (void)state;
    for (int round = 0; round < sample_rounds(10); round++)
        lose(12 * SURVEY_BLOCK, sample_below(10 * SURVEY_BLOCK), round & 1);
}

static void in_a_chunk_before(void **state)
{
    (void)state;
    lose(SURVEY_CHUNK + 20 * SURVEY_BLOCK, SURVEY_CHUNK / 2, true);
    lose(SURVEY_CHUNK + 20 * SURVEY_BLOCK, SURVEY_CHUNK - 100, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(one_block_is_wrong),
                                       cmocka_unit_test(in_a_chunk_before)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
