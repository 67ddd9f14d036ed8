/* SPDX-License-Identifier: MIT */
/** model/json/along: every key of a text by hand, forward and backward; a key across the bytes that are looked at at once. */
#include "model/known_json.h"
#include "test.h"

#include "folio/model/json/along.h"

#include <string.h>

static bool always(void *context)
{
    (void)context;
    return true;
}

/** From the key at `key` to the one at `to`; NONE if that is UINT64_MAX. */
static void check_along(const struct known *known, struct range key, bool forward, uint64_t to)
{
    struct json_along along = {known->nesting, known->sample.reader, key, forward, always,
                               NULL,           key.begin + forward};
    uint64_t quote;
    enum nesting_answer answer = json_along(&along, &quote);
    assert_int_equal(answer, to == UINT64_MAX ? NESTING_NONE : NESTING_FOUND);
    if (answer == NESTING_FOUND)
        assert_int_equal(quote, to);
}

static void by_hand(void **state)
{
    static const char text[] =
        "{\"a\":1,\"b\":[\"a\",{\"aa\":0,\"a\" :{\"x\":\"\\\"a\\\":\"}}]}\n[{\"a\":2}]";
    (void)state;
    struct known known;
    known_open(&known, strdup(text), sizeof text - 1);
    const uint64_t first = 1, second = (uint64_t)(strstr(text, "\"a\" :") - text),
                   third = (uint64_t)(strstr(text, "\"a\":2") - text);
    check_along(&known, (struct range){first, first + 3}, true, second);
    check_along(&known, (struct range){second, second + 3}, true, third);
    check_along(&known, (struct range){third, third + 3}, true, UINT64_MAX);
    check_along(&known, (struct range){third, third + 3}, false, second);
    check_along(&known, (struct range){second, second + 3}, false, first);
    check_along(&known, (struct range){first, first + 3}, false, UINT64_MAX);
    known_close(&known);
}

/** Keys that lie across the borders of what is looked at at once. */
static void far_apart(void **state)
{
    (void)state;
    for (size_t gap = 65530; gap < 65542; gap++) {
        const size_t length = 3 * gap + 40;
        char *data = malloc(length);
        memset(data, ' ', length);
        memcpy(data, "{\"key\":1,", 9);
        memcpy(data + gap, "\"key\":2,", 8);
        memcpy(data + 3 * gap, "\"key\":3}", 8);
        struct known known;
        known_open(&known, data, length);
        check_along(&known, (struct range){1, 6}, true, gap);
        check_along(&known, (struct range){gap, gap + 5}, true, 3 * gap);
        check_along(&known, (struct range){3 * gap, 3 * gap + 5}, false, gap);
        check_along(&known, (struct range){gap, gap + 5}, false, 1);
        known_close(&known);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(far_apart)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
