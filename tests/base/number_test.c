/* SPDX-License-Identifier: MIT */
/** base/words/number: a comma at every thousand, and what has no room is cut. */
#include "folio/base/words/number.h"

#include "test.h"

#include <stdint.h>

static void numbers_have_commas(void **state)
{
    (void)state;
    char text[NUMBER_ROOM];
    assert_string_equal(number_group(0, text, sizeof text), "0");
    assert_string_equal(number_group(999, text, sizeof text), "999");
    assert_string_equal(number_group(1000, text, sizeof text), "1,000");
    assert_string_equal(number_group(1234567, text, sizeof text), "1,234,567");
    assert_string_equal(number_group(UINT64_MAX, text, sizeof text), "18,446,744,073,709,551,615");
}

static void what_has_no_room_is_cut(void **state)
{
    (void)state;
    char text[8] = "xxxxxxx";
    assert_string_equal(number_group(1234567, text, 4), "1,2");
    assert_int_equal(text[4], 'x');
    assert_string_equal(number_group(7, text, 1), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_commas),
        cmocka_unit_test(what_has_no_room_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
