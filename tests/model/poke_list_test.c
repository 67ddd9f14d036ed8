/* SPDX-License-Identifier: MIT */
/** model/poke/list: every form a line may have, what counts of it, and where it is said to be wrong. */
#include "test.h"

#include "folio/base/bytes/buf.h"
#include "folio/model/poke/list.h"

#include <string.h>

static struct poke_list list;
static struct error error;

static bool parse_over(const char *text, struct poke_now now)
{
    poke_list_release(&list);
    error_clear(&error);
    return poke_list_parse("LIST", (struct span){text, strlen(text)}, now, &list, &error);
}

static bool parse(const char *text)
{
    return parse_over(text, (struct poke_now){0});
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

static void characters_like_signs(void **state)
{
    (void)state;
    assert_true(parse("00000000: 2320 6162 6364                           # abcd\n"
                      "00000006: 2d3e 2034 31  -> 41\n"
                      "0000000b: 23  #\n"
                      "*\n"
                      "0000001b: 2320  # \n"));
    assert_int_equal(list.count, 14);
    expect(0, 0, POKE_ANY, '#', 1);
    expect(6, 6, POKE_ANY, '-', 2);
    expect(11, 0xb, POKE_ANY, '#', 3);
    expect(12, 0x1b, POKE_ANY, '#', 5);
    /* As many bytes as there are cannot be characters. */
    assert_true(parse("10: 5a   # 41\n20: 5a5b  -> 4142\n"));
    expect(0, 0x10, 0x41, 0x5a, 1);
    expect(1, 0x20, 0x5a, 0x41, 2);
    refused("10: 5a 5b # 41", "LIST, line 1: as many new bytes as old ones are needed, in pairs of digits");
}

static void other_dumps(void **state)
{
    static const char words[] = "LIST: its bytes are in the order of words, as xxd -e writes them;"
                                " without -e it can be read";
    static const char bits[] = "LIST: its digits are bits, as xxd -b writes them; without -b it can be read";
    (void)state;
    refused("00000000: 00100011 00100000 01100110 01101111 01101100 01101001  # foli\n"
            "00000006: 00100000 00100000                                        \n",
            bits);
    refused("00000000: 6f662023 3a6f696c 61687720 74692074  # folio: what it\n", words);
    refused("00000020: 76616865       65                    ehave\n", words);
    refused("00000020:       76616865  ehave\n", words);
    refused("00000000: 464c457f   010102.ELF...\n", words);
    refused(
        "00000000: 2320 666f 6c69 6f3a  # folio:\n00000008: 2077 6861   wha\n"
        "00000012: 7420 6974  t it\n00000016: 2320  # \n",
        "LIST: its offsets are decimal, as xxd -d writes them; without -d it can be read, and with 0x before"
        " hexadecimal ones");
    refused("2320666f\n",
            "LIST, line 1: bytes without an offset, as xxd -p writes them; without -p they can be read");
    refused("  0x23, 0x20\n",
            "LIST, line 1: a program's text, as xxd -i writes it; without -i it can be read");
    refused("unsigned char a[] = {\n",
            "LIST, line 1: a program's text, as xxd -i writes it; without -i it can be read");
    /* A person who swaps two bytes, and digits that happen to be none but 0 and 1. */
    assert_true(parse("00000000: 6f66 6c69 6f3a  folio:\n"));
    expect(0, 0, POKE_ANY, 'o', 1);
    assert_true(parse("00000000: 00010001 10111011  ........\n"));
    assert_int_equal(list.count, 8);
}

/** A file of 0x100 bytes that are all 41. */
static size_t all_a(void *context, uint64_t offset, uint8_t *byte, size_t count)
{
    size_t there = offset >= 0x100 ? 0 : 0x100 - offset < count ? (size_t)(0x100 - offset) : count;
    (void)context;
    memset(byte, 0x41, there);
    return there;
}

static void what_is_so_already(void **state)
{
    const struct poke_now now = {all_a, NULL};
    (void)state;
    assert_true(parse_over("00: 4141 4241\n10: 41 -> 41\n20: 42 -> 42\nff: 4141\n", now));
    assert_int_equal(list.count, 3);
    expect(0, 2, POKE_ANY, 0x42, 1);
    expect(1, 0x20, 0x42, 0x42, 3);
    expect(2, 0x100, POKE_ANY, 0x41, 4);
    /* A later line may take back what an earlier one changed, and changes nothing then. */
    assert_true(parse_over("10: 42\n8: 43\n10: 41\n8: 44\n", now));
    assert_int_equal(list.count, 1);
    expect(0, 8, POKE_ANY, 0x44, 2);
    assert_true(parse_over("10: 41\n", now));
    assert_int_equal(list.count, 0);
}

/** Rows of sixteen times `byte`, as many as `bytes` take. */
static struct buf rows(size_t bytes, unsigned byte)
{
    struct buf text = {0};
    for (size_t offset = 0; offset < bytes; offset += 16) {
        buf_format(&text, "%08zx:", offset);
        for (unsigned i = 0; i < 16; i++)
            buf_format(&text, " %02x", byte);
        buf_text(&text, "\n");
    }
    return text;
}

static size_t long_a(void *context, uint64_t offset, uint8_t *byte, size_t count)
{
    (void)context, (void)offset;
    memset(byte, 0x41, count);
    return count;
}

static void the_limit_is_of_what_differs(void **state)
{
    const struct poke_now now = {long_a, NULL};
    struct buf text = rows(8 * (size_t)POKE_LIST_MAX, 0x41);
    (void)state;
    buf_text(&text, "fffffff: 42\n");
    assert_true(parse_over(buf_string(&text), now));
    assert_int_equal(list.count, 1);
    buf_release(&text);
    text = rows(POKE_LIST_MAX, 0x42);
    assert_true(parse_over(buf_string(&text), now));
    assert_int_equal(list.count, POKE_LIST_MAX);
    buf_text(&text, "10000: 42\n");
    assert_false(parse_over(buf_string(&text), now));
    assert_string_equal(error.message, "LIST, line 4097: more bytes than can be changed at once");
    buf_release(&text);
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
    assert_false(
        poke_list_parse("LIST", (struct span){"10: 41\0\n", 8}, (struct poke_now){0}, &list, &error));
    assert_string_equal(error.message, "LIST, line 1: no line of a list of pokes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(old_and_new),
        cmocka_unit_test(as_xxd_has_it),
        cmocka_unit_test(characters_like_signs),
        cmocka_unit_test(other_dumps),
        cmocka_unit_test(what_is_so_already),
        cmocka_unit_test(the_limit_is_of_what_differs),
        cmocka_unit_test(as_folio_prints_it),
        cmocka_unit_test(as_the_journal_has_it),
        cmocka_unit_test(several_about_one_byte),
        cmocka_unit_test(wrong_lines),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    poke_list_release(&list);
    return failed;
}
