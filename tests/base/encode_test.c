/* SPDX-License-Identifier: MIT */
/** tests: base/text/encode: each character of each encoding is spelled as it is read. */
#include "folio/base/text/encode.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"utf-8",    "latin1",   "cp1252",    "cp037",  "utf-16le", "utf-16be",
                                    "utf-32le", "utf-32be", "shift_jis", "euc-jp", "gb18030",  "big5"};

/** What is spelled is read back; and what has no spelling is said to have none. */
static void there_and_back(void **state)
{
    (void)state;
    const char *sanitizer = getenv("SANITIZER");
    bool slow = sanitizer && sanitizer[0]; /* every character is for the other builds */
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct error error;
        const struct encoding *encoding = encoding_find_bytes(names[i], &error);
        unsigned spelled = 0;
        assert_non_null(encoding);
        for (uint32_t rune = 0; rune < 0x110100;
             rune += (slow || encoding->form == ENCODING_MULTI) && rune > 0x500 ? 37 : 1) {
            char bytes[ENCODING_LENGTH_MAX];
            unsigned length = encoding_spell(encoding, rune, bytes);
            if (length == 0)
                continue;
            struct utf8 back = encoding_decode(encoding, bytes, length);
            if (!back.valid || back.rune != rune || back.length != length)
                fail_msg("%s: U+%04X is read as U+%04X", names[i], rune, back.rune);
            spelled++;
        }
        assert_true(spelled > 200);
    }
}

/** What can be read in two bytes can be spelled. */
static void all_of_two_bytes(void **state)
{
    (void)state;
    for (size_t i = 8; i < sizeof names / sizeof *names; i++) {
        struct error error;
        const struct encoding *encoding = encoding_find_bytes(names[i], &error);
        assert_non_null(encoding);
        for (unsigned first = 0; first < 256; first += 5)
            for (unsigned second = 0; second < 256; second += 3) {
                const char bytes[] = {(char)first, (char)second};
                char again[ENCODING_LENGTH_MAX];
                struct utf8 character = encoding_decode(encoding, bytes, 2);
                if (!character.valid)
                    continue;
                unsigned length = encoding_spell(encoding, character.rune, again);
                assert_true(length > 0);
                assert_int_equal(encoding_decode(encoding, again, length).rune, character.rune);
            }
    }
}

static void what_there_is_not(void **state)
{
    char bytes[ENCODING_LENGTH_MAX];
    struct error error;
    (void)state;
    assert_int_equal(encoding_spell(encoding_find_bytes("latin1", &error), 0x20ac, bytes), 0);
    assert_int_equal(encoding_spell(encoding_find_bytes("shift_jis", &error), 0xe9, bytes), 0);
    assert_int_equal(encoding_spell(encoding_find_bytes("utf-16le", &error), 0xd800, bytes), 0);
    assert_int_equal(encoding_spell(NULL, 0xd800, bytes), 0);
    assert_int_equal(encoding_spell(NULL, 0x110000, bytes), 0);
    assert_int_equal(encoding_spell(NULL, 0xe9, bytes), 2);
    assert_memory_equal(bytes, "\xc3\xa9", 2);
    assert_int_equal(encoding_spell(encoding_find_bytes("utf-16be", &error), 0x1d11e, bytes), 4);
    assert_memory_equal(bytes, "\xd8\x34\xdd\x1e", 4);
    assert_int_equal(encoding_spell(encoding_find_bytes("gb18030", &error), 0x10000, bytes), 4);
    assert_memory_equal(bytes, "\x90\x30\x81\x30", 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(all_of_two_bytes),
        cmocka_unit_test(what_there_is_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
