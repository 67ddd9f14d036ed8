/* SPDX-License-Identifier: MIT */
/** base/bytes/base64: the examples of RFC 4648, and every byte. */
#include "folio/base/bytes/base64.h"

#include "test.h"

#include <string.h>

static void test_examples(void **state)
{
    static const char *const rows[][2] = {{"", ""},
                                          {"f", "Zg=="},
                                          {"fo", "Zm8="},
                                          {"foo", "Zm9v"},
                                          {"foob", "Zm9vYg=="},
                                          {"fooba", "Zm9vYmE="},
                                          {"foobar", "Zm9vYmFy"},
                                          {"\xff\xef\xbe", "/+++"}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buf out = {0};
        assert_true(base64_append(&out, rows[i][0], strlen(rows[i][0])));
        assert_string_equal(buf_string(&out), rows[i][1]);
        buf_release(&out);
    }
}

/** Nothing but its digits, whatever the bytes are. */
static void test_digits(void **state)
{
    unsigned char byte[256 * 3];
    struct buf out = {0};
    (void)state;
    for (size_t i = 0; i < sizeof byte; i++)
        byte[i] = (unsigned char)(i * 7 / 3);
    buf_text(&out, "x:");
    assert_true(base64_append(&out, byte, sizeof byte));
    assert_int_equal(out.length, 2 + sizeof byte / 3 * 4);
    assert_int_equal(strspn(out.data + 2, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"),
                     out.length - 2);
    buf_release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_examples), cmocka_unit_test(test_digits)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
