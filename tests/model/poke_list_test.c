/* SPDX-License-Identifier: MIT */
/** model/poke/list: every form a line may have, what counts of it, and where it is said to be wrong. */
#include "test.h"

#include "folio/model/poke/list.h"

#include <string.h>

static struct poke_list list;
static struct error error;

static bool parse(const char *text)
{
    poke_list_release(&list);
    error_clear(&error);
    return poke_list_parse("LIST", (struct span){text, strlen(text)}, &list, &error);
}

static void expect(size_t index, uint64_t offset, int expected, uint8_t value, size_t line)
{
    assert_in_range(index + 1, 1, list.count);
    assert_int_equal(list.byte[index].offset, offset);
    assert_int_equal(list.byte[index].expected, expected);
    assert_int_equal(list.byte[index].value, value);
    assert_int_equal(list.line[index], line);
}

static void refused(const char *text, const char *sentence)
{
    assert_false(parse(text));
    assert_string_equal(error.message, sentence);
    assert_int_equal(list.count, 0);
}

static void old_and_new(void **state)
{
    (void)state;
    assert_true(parse("# a remark\n\n0x10: 41 -> 5a\n  20: 41 42 -> 5a5b\r\n"));
    assert_int_equal(list.count, 3);
    expect(0, 0x10, 0x41, 0x5a, 3);
    expect(1, 0x20, 0x41, 0x5a, 4);
    expect(2, 0x21, 0x42, 0x5b, 4);
    assert_true(parse("00001004: 5a # 41\n"));
    expect(0, 0x1004, 0x41, 0x5a, 1);
    assert_true(parse("0x00001000: 41 'A' -> 20 ' ' written, synced, verified"));
    expect(0, 0x1000, 0x41, 0x20, 1);
    assert_true(parse("0x0: 27 ''' -> 3e '>'"));
    expect(0, 0, 0x27, 0x3e, 1);
}

static void as_xxd_has_it(void **state)
{
    (void)state;
    assert_true(parse("00000010: 4865 6c6c 6f0a                           Hello.\n"));
    assert_int_equal(list.count, 6);
    expect(0, 0x10, POKE_ANY, 0x48, 1);
    expect(5, 0x15, POKE_ANY, 0x0a, 1);
    assert_true(parse("1f: 41"));
    expect(0, 0x1f, POKE_ANY, 0x41, 1);
}

static void as_folio_prints_it(void **state)
{
    (void)state;
    assert_true(
        parse("2  2026-11-21 07:31:02  0x00000010: 41 'A' -> 5a 'Z'  done\n"
              "6  2026-11-21 07:31:03  0x00000011: 41 'A' -> 5b '[' (with 2)  NOT saved, 41 now\n"
              "9  2026-11-21 07:31:04  0x00000012: 41 'A' -> 5c '\\'  undone, 41 now\n"
              "13  2026-11-21 07:31:05  0x00000012: 5c '\\' -> 41 'A' (undo of 9)  done\n"
              "17  2026-11-21 07:31:06  0x00000013: 41 'A' -> 00  unfinished: it was never stored\n"
              "21  2026-11-21 07:31:06  0x00000014: 41 'A' -> 00  unfinished: it was stored, and perhaps"
              " is not on the disk\n"));
    assert_int_equal(list.count, 3);
    expect(0, 0x10, 0x41, 0x5a, 1);
    expect(1, 0x11, 0x41, 0x5b, 2);
    expect(2, 0x14, 0x41, 0x00, 6);
}

static void as_the_journal_has_it(void **state)
{
    (void)state;
    assert_true(
        parse("# folio: every byte\n"
              "done    0x0001f3a0: 41 -> 5a 2026-11-21T07:31:02Z group=1 size=8 path=/a crc=1c291ca3   \n"
              "undone  0x0001f3a1: 41 -> 5a 2026-11-21T07:31:02Z group=1 size=8 path=/a crc=1c291ca3\n"
              "done    0x0001f3a1: 5a -> 41 2026-11-21T07:31:02Z group=1 undoes=5 path=/a crc=1c291ca3\n"));
    assert_int_equal(list.count, 1);
    expect(0, 0x1f3a0, 0x41, 0x5a, 2);
    refused("done    0x1: 41 -> 5a 2026-11-21T07:31:02Z path=/a crc=1\n"
            "done    0x2: 41 -> 5a 2026-11-21T07:31:02Z path=/b crc=1\n",
            "LIST, line 2: it is about another file than the lines before");
    refused("intent  0x1: 41 -> 5a 2026-11-21T07:31:02Z path=/a crc=1\n",
            "LIST, line 1: it does not tell whether the byte was stored; folio --pokes does");
}

static void several_about_one_byte(void **state)
{
    (void)state;
    assert_true(parse("20: 01 -> 02\n10: 41 -> 42\n10: 42 -> 43\n"));
    assert_int_equal(list.count, 2);
    expect(0, 0x10, 0x41, 0x43, 2);
    expect(1, 0x20, 0x01, 0x02, 1);
    refused("10: 41 -> 42\n\n10: 41 -> 43\n",
            "LIST, line 3: it expects another byte than the line before makes of it");
}

static void wrong_lines(void **state)
{
    (void)state;
    refused("", "LIST holds no poke");
    refused("hello\n", "LIST, line 1: no line of a list of pokes, such as 0x1f3a0: 41 -> 5a");
    refused("10: 41\n11: 4g -> 41\n",
            "LIST, line 2: as many new bytes as old ones are needed, in pairs of digits");
    refused("10: 41 42 -> 43", "LIST, line 1: as many new bytes as old ones are needed, in pairs of digits");
    refused("10: 41 -> 43 44 45",
            "LIST, line 1: as many new bytes as old ones are needed, in pairs of digits");
    refused("10: 41 -> 43 and more", "LIST, line 1: something else stands behind the bytes");
    refused("10: 41 x", "LIST, line 1: something else stands behind the bytes");
    refused("10:", "LIST, line 1: as many new bytes as old ones are needed, in pairs of digits");
    refused("fffffffffffffffff: 41", "LIST, line 1: no line of a list of pokes, such as 0x1f3a0: 41 -> 5a");
    refused("ffffffffffffffff: 41", "LIST, line 1: no line of a list of pokes, such as 0x1f3a0: 41 -> 5a");
    error_clear(&error);
    assert_false(poke_list_parse("LIST", (struct span){"10: 41\0\n", 8}, &list, &error));
    assert_string_equal(error.message, "LIST, line 1: no line of a list of pokes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(old_and_new),
        cmocka_unit_test(as_xxd_has_it),
        cmocka_unit_test(as_folio_prints_it),
        cmocka_unit_test(as_the_journal_has_it),
        cmocka_unit_test(several_about_one_byte),
        cmocka_unit_test(wrong_lines),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    poke_list_release(&list);
    return failed;
}
