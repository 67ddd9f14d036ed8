/* SPDX-License-Identifier: MIT */
/*
 * tests: base/text/encoding: what iconv says of every one and two bytes, and of random ones; characters found from any byte
 * against a walk forward; newlines against a loop over units. FOLIO_ENCODING_ALL=1 takes every name of `iconv -l`.
 */
#include "folio/base/text/encoding.h"

#include "fence.h"
#include "test.h"

#include <dlfcn.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t seed = 0x9e3779b97f4a7c15u;

static size_t below(size_t limit)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (size_t)((seed * 0x2545f4914f6cdd1du >> 16) % limit);
}

static const struct encoding *must_find(const char *name)
{
    struct error error = {0};
    const struct encoding *encoding = encoding_find(name, &error);
    if (!encoding)
        fail_msg("%s", error.message);
    return encoding;
}

/** Does iconv take the `length` bytes as one character? Its code point, the first of them. */
static bool one_character(iconv_t converter, const char *data, size_t length, uint32_t *rune)
{
    char in[8], *from = in;
    uint32_t out[8];
    char *to = (char *)out;
    size_t room = sizeof out;
    memcpy(in, data, length);
    bool good = iconv(converter, &from, &length, &to, &room) != (size_t)-1;
    (void)iconv(converter, NULL, NULL, good ? &to : NULL, good ? &room : NULL);
    *rune = out[0];
    return good && room < sizeof out;
}

/** The first character by iconv: the shortest beginning that it takes. */
static struct utf8 reference(iconv_t converter, const char *data, size_t length)
{
    for (size_t count = 1; count <= length && count <= ENCODING_LENGTH_MAX; count++) {
        uint32_t rune;
        if (one_character(converter, data, count, &rune))
            return (struct utf8){rune, (uint8_t)count, true};
    }
    return (struct utf8){(unsigned char)data[0], 1, false};
}

static void check_same(const struct encoding *encoding, iconv_t converter, const char *data, size_t length)
{
    struct utf8 expected = reference(converter, data, length), got = encoding_decode(encoding, data, length);
    if (expected.valid != got.valid || expected.length != got.length || expected.rune != got.rune)
        fail_msg("%s: %02x %02x of %zu: U+%04X %u %d, iconv says U+%04X %u %d", encoding->name,
                 (unsigned char)data[0], (unsigned char)data[length - 1], length, got.rune, got.length,
                 got.valid, expected.rune, expected.length, expected.valid);
}

/** All of one and two bytes; random ones of three and four, from bytes of which such characters are made. */
static void check_encoding(const char *name)
{
    const struct encoding *encoding = must_find(name);
    iconv_t converter = iconv_open("WCHAR_T", name);
    assert_true(converter != (iconv_t)-1);
    for (unsigned value = 0; value < 65536; value++) {
        char data[2] = {(char)(value >> 8), (char)value};
        if (data[1] == 0)
            check_same(encoding, converter, data, 1);
        check_same(encoding, converter, data, 2);
    }
    for (int round = 0; encoding->form == ENCODING_MULTI && round < 100000; round++) {
        char data[4];
        for (size_t i = 0; i < 4; i++)
            data[i] = (char)(round % 2 ? 0xa1 + below(94) : i % 2 ? 0x30 + below(10) : 0x81 + below(126));
        if (round % 4 == 3)
            data[0] = (char)0x8e;
        if (round % 8 == 7)
            data[0] = (char)0x8f;
        check_same(encoding, converter, data, 4);
    }
    iconv_close(converter);
}

static void a_selection_is_as_iconv_has_it(void **state)
{
    static const char *const name[] = {"ISO-8859-1", "ISO-8859-15", "CP1252",   "KOI8-R",     "CP437",
                                       "SHIFT_JIS",  "CP932",       "EUC-JP",   "EUC-KR",     "UHC",
                                       "GBK",        "GB18030",     "BIG5",     "BIG5-HKSCS", "EUC-TW",
                                       "JOHAB",      "ISO_6937",    "US-ASCII", "TIS-620",    "EUC-JISX0213"};
    (void)state;
    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        check_encoding(name[i]);
}

/** Slow, so only when asked for. */
static void all_are_as_iconv_has_them(void **state)
{
    (void)state;
    if (!getenv("FOLIO_ENCODING_ALL"))
        skip();
    FILE *list = popen("iconv -l", "r");
    char line[200];
    assert_non_null(list);
    while (fgets(line, sizeof line, list)) {
        line[strcspn(line, "/\n")] = '\0';
        const struct encoding *encoding = encoding_find(line, NULL);
        if (encoding && encoding->unit == 1 && encoding->form != ENCODING_UTF8)
            check_encoding(line);
    }
    pclose(list);
}

static void names_as_people_spell_them(void **state)
{
    static const char *const same[][2] = {
        {"latin1", "ISO-8859-1"},
        {"Latin-1", "ISO-8859-1"},
        {"iso8859-1", "ISO-8859-1"},
        {"8859_1", "ISO-8859-1"},
        {"iso-8859-15", "ISO-8859-15"},
        {"latin9", "ISO-8859-15"},
        {"cp1252", "WINDOWS-1252"},
        {"windows-1252", "WINDOWS-1252"},
        {"win1251", "WINDOWS-1251"},
        {"utf8", "UTF-8"},
        {"Utf-8", "UTF-8"},
        {"utf-16", "UTF-16LE"},
        {"UTF16BE", "UTF-16BE"},
        {"ucs-2", "UTF-16LE"},
        {"utf-32", "UTF-32LE"},
        {"utf-32be", "UTF-32BE"},
        {"sjis", "SHIFT_JIS"},
        {"shift-jis", "SHIFT_JIS"},
        {"eucjp", "EUC-JP"},
        {"koi8r", "KOI8-R"},
        {"gb18030", "GB18030"},
        {"ascii", "US-ASCII"},
        {"big5", "BIG5"},
        {"ISO-IR-193", "UTF-8"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        const struct encoding *encoding = must_find(same[i][0]);
        assert_string_equal(encoding->name, same[i][1]);
        assert_ptr_equal(encoding, must_find(same[i][1]));
    }
    assert_ptr_equal(must_find("utf-8"), &encoding_utf8);
}

static void what_is_refused(void **state)
{
    static const char *const refused[][2] = {
        {"", "no such encoding"},
        {"klingon", "no such encoding"},
        {"latin1//IGNORE", "no such encoding"},
        {"ISO-2022-JP", "has states"},
        {"ISO-2022-KR", "has states"},
        {"ISO-2022-CN-EXT", "has states"},
        {"UTF-7", "has states"},
        {"EBCDIC-US", "no superset of ASCII"},
        {"CP037", "no superset of ASCII"},
        {"IBM939", "no superset of ASCII"},
        {"GREEK7", "no superset of ASCII"},
        {"TSCII", "several characters"},
        {"a name much longer than any encoding in the world has one", "no such encoding"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct error error = {0};
        assert_null(encoding_find(refused[i][0], &error));
        if (!strstr(error.message, refused[i][1]))
            fail_msg("%s: %s", refused[i][0], error.message);
    }
}

static unsigned long asked;

/** In the place of the one of the C library: counted, then asked. */
size_t iconv(iconv_t converter, char **restrict from, size_t *restrict length, char **restrict to,
             size_t *restrict room)
{
    static size_t (*real)(iconv_t, char **restrict, size_t *restrict, char **restrict, size_t *restrict);
    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "iconv");
    asked++;
    return real(converter, from, length, to, room);
}

/** What takes its time is to ask iconv. */
static void finding_asks_little(void **state)
{
    static const char *const name[] = {"GB18030", "EUC-TW", "BIG5-HKSCS", "CP949", "ISO-8859-2"};
    (void)state;
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        asked = 0;
        must_find(name[i]);
        assert_in_range(asked, 1, 400000);
    }
}

static void assert_decoded(const char *name, const char *data, size_t length, uint32_t rune, unsigned used,
                           bool valid)
{
    char *fenced = malloc(length + 1);
    assert_non_null(fenced);
    memcpy(fenced, data, length);
    struct utf8 got = encoding_decode(must_find(name), fenced, length);
    assert_int_equal(got.rune, rune);
    assert_int_equal(got.length, used);
    assert_int_equal(got.valid, valid);
    free(fenced);
}

static void wide_characters(void **state)
{
    (void)state;
    assert_decoded("utf-16le", "A\0B\0", 4, 'A', 2, true);
    assert_decoded("utf-16be", "\0A\0B", 4, 'A', 2, true);
    assert_decoded("utf-16le", "\x3d\xd8\x00\xde", 4, 0x1f600, 4, true);
    assert_decoded("utf-16be", "\xd8\x3d\xde\x00", 4, 0x1f600, 4, true);
    assert_decoded("utf-16le", "\x3d\xd8\x41\x00", 4, 0xd83d, 2, false);
    assert_decoded("utf-16le", "\x3d\xd8", 2, 0xd83d, 2, false);
    assert_decoded("utf-16le", "\x3d\xd8\x00", 3, 0xd83d, 2, false);
    assert_decoded("utf-16le", "\x00\xde\x3d\xd8", 4, 0xde00, 2, false);
    assert_decoded("utf-16le", "\x41", 1, 0x41, 1, false);
    assert_decoded("utf-32le", "\x00\xf6\x01\x00", 4, 0x1f600, 4, true);
    assert_decoded("utf-32be", "\x00\x01\xf6\x00", 4, 0x1f600, 4, true);
    assert_decoded("utf-32le", "\x00\x00\x11\x00", 4, 0x110000, 4, false);
    assert_decoded("utf-32le", "\x00\xd8\x00\x00", 4, 0xd800, 4, false);
    assert_decoded("utf-32le", "\x41\x00\x00", 3, 0x41, 3, false);
    assert_int_equal(encoding_decode(must_find("utf-16"), "", 0).length, 0);
    assert_int_equal(encoding_decode(NULL, "\xc3\xa9", 2).rune, 0xe9);
    /* Two code points of one character: the first. */
    assert_decoded("big5-hkscs", "\x88\x62", 2, 0xca, 2, true);
    assert_decoded("gb18030", "\x94\x39\xfc\x36", 4, 0x1f600, 4, true);
    assert_decoded("gb18030", "\x94\x39\xfc", 3, 0x94, 1, false);
    assert_decoded("gb18030", "\xe3\x32\x9a\x36", 4, 0xe3, 1, false);
}

/** Random bytes, mostly such that there are characters of several units among them. */
static void fill(const struct encoding *encoding, char *data, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        size_t kind = below(4);
        data[i] = (char)(kind == 0 ? below(256) : kind == 1 ? 0x30 + below(80) : 0x81 + below(126));
        if (encoding->form == ENCODING_UTF16 && i % 2 == !encoding->big_endian && kind)
            data[i] = (char)(0xd8 + below(8));
        if (encoding->form == ENCODING_UTF32)
            data[i] = (char)below(3);
    }
}

static void a_start_is_where_a_walk_comes_by(void **state)
{
    static const char *const name[] = {"utf-8",    "latin1",   "utf-16le", "utf-16be",
                                       "utf-32le", "utf-32be", "gb18030",  "shift_jis",
                                       "euc-jp",   "big5",     "euc-tw",   "iso_6937"};
    (void)state;
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        const struct encoding *encoding = must_find(name[i]);
        for (int round = 0; round < 3000; round++) {
            size_t length = 1 + below(60);
            unsigned phase = (unsigned)below(4);
            char *data = malloc(length);
            assert_non_null(data);
            fill(encoding, data, length);
            size_t at = (encoding->unit - phase % encoding->unit) % encoding->unit;
            for (size_t offset = 0; offset < at && offset < length; offset++)
                assert_int_equal(encoding_start(encoding, data, length, offset, phase), 0);
            while (at < length) {
                size_t next = at + encoding_decode(encoding, data + at, length - at).length;
                for (size_t offset = at; offset < next; offset++)
                    assert_int_equal(encoding_start(encoding, data, length, offset, phase), at);
                at = next;
            }
            assert_int_equal(encoding_start(encoding, data, length, length, phase), length);
            free(data);
        }
    }
}

/** In MULTI the stretch may begin inside a character, if a byte that is no trail stands before the offset. */
static void a_start_in_the_middle_of_text(void **state)
{
    const struct encoding *encoding = must_find("shift_jis");
    const char text[] = "\x83\x41\x83\x42\n\x83\x41\x83\x42";
    (void)state;
    assert_int_equal(encoding_start(encoding, text + 1, 8, 5, 0), 4);
    assert_int_equal(encoding_start(encoding, text + 1, 8, 7, 0), 6);
}

static void check_newlines(const struct encoding *encoding, const char *data, size_t length, unsigned phase)
{
    uint64_t count = 0;
    size_t last = length;
    unsigned unit = encoding->unit;
    for (size_t at = (unit - phase % unit) % unit; at + unit <= length; at += unit) {
        uint32_t rune = encoding_decode(encoding, data + at, unit).rune;
        if (rune != '\n')
            continue;
        assert_int_equal(encoding_newline(encoding, data, length, phase, count), at);
        last = at;
        count++;
    }
    assert_int_equal(encoding_newline(encoding, data, length, phase, count), length);
    assert_int_equal(encoding_last_newline(encoding, data, length, phase), last);
    assert_int_equal(encoding_count_newlines(encoding, data, length, phase), count);
}

static void newlines_are_units(void **state)
{
    static const char *const name[] = {"utf-8",    "latin1",   "gbk",     "utf-16le",
                                       "utf-16be", "utf-32le", "utf-32be"};
    struct fence fence = fence_open(8192);
    (void)state;
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        const struct encoding *encoding = must_find(name[i]);
        for (int round = 0; round < 2000; round++) {
            size_t length = below(round % 10 ? 200 : 5000);
            size_t rare = round % 3 ? 2 : 200;
            char *data = fence.data + fence.length - length;
            for (size_t at = 0; at < length; at++)
                data[at] = below(rare) ? 0 : '\n';
            check_newlines(encoding, data, length, (unsigned)below(4));
        }
    }
    fence_close(&fence);
}

static void a_newline_byte_is_no_newline(void **state)
{
    const struct encoding *encoding = must_find("utf-16le");
    (void)state;
    /* U+0A41, U+0A00: no newline, in spite of their bytes; U+000A only where a unit begins. */
    assert_int_equal(encoding_count_newlines(encoding, "\x41\x0a\x00\x0a\x0a\x00", 6, 0), 1);
    assert_int_equal(encoding_newline(encoding, "\x41\x0a\x00\x0a\x0a\x00", 6, 0, 0), 4);
    assert_int_equal(encoding_count_newlines(encoding, "\x41\x0a\x00\x0a\x0a\x00", 6, 1), 1);
    assert_int_equal(encoding_newline(encoding, "\x41\x0a\x00\x0a\x0a\x00", 6, 1, 0), 1);
}

/** More than a lane of 16 bits can count. */
static void a_great_many_newlines(void **state)
{
    (void)state;
    size_t length = 6 << 20;
    char *data = malloc(length);
    assert_non_null(data);
    for (size_t at = 0; at < length; at++)
        data[at] = at % 2 ? 0 : '\n';
    assert_int_equal(encoding_count_newlines(must_find("utf-16le"), data, length, 0), length / 2);
    assert_int_equal(encoding_newline(must_find("utf-16le"), data, length, 0, length / 2 - 1), length - 2);
    assert_int_equal(encoding_count_newlines(must_find("utf-16be"), data, length, 1), length / 2 - 1);
    free(data);
}

/** A table of single bytes has what iconv says of each of them, whether or not ASCII is in it. */
static void foreign_encodings_are_for_bytes(void **state)
{
    static const char *const name[] = {"cp037", "IBM1047", "ibm500", "EBCDIC-US", "GREEK7"};
    (void)state;
    for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
        const struct encoding *encoding = encoding_find_bytes(name[i], NULL);
        iconv_t converter = iconv_open("WCHAR_T", name[i]);
        assert_non_null(encoding);
        assert_true(converter != (iconv_t)-1);
        assert_true(encoding->foreign);
        assert_int_equal(encoding->form, ENCODING_BYTES);
        assert_null(encoding_find(name[i], NULL));
        assert_ptr_equal(encoding_find_bytes(name[i], NULL), encoding);
        for (unsigned value = 0; value < 256; value++) {
            char byte = (char)value;
            check_same(encoding, converter, &byte, 1);
        }
        iconv_close(converter);
    }
}

static void what_is_text_serves_for_bytes(void **state)
{
    static const char *const refused[][2] = {{"klingon", "no such encoding"},
                                             {"UTF-7", "has states"},
                                             {"IBM939", "no superset of ASCII"},
                                             {"UTF-16//", "no such encoding"}};
    (void)state;
    assert_ptr_equal(encoding_find_bytes("latin1", NULL), must_find("ISO-8859-1"));
    assert_ptr_equal(encoding_find_bytes("utf8", NULL), &encoding_utf8);
    assert_false(must_find("KOI8-R")->foreign);
    assert_false(must_find("UTF-16BE")->foreign);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct error error = {0};
        assert_null(encoding_find_bytes(refused[i][0], &error));
        if (!strstr(error.message, refused[i][1]))
            fail_msg("%s: %s", refused[i][0], error.message);
    }
}

/** One unit of `rune`; `length` 0: it is none. */
static void assert_encoded(const char *name, uint32_t rune, const char *bytes, unsigned length)
{
    char out[ENCODING_LENGTH_MAX];
    assert_int_equal(encoding_encode(encoding_find_bytes(name, NULL), rune, out), length);
    assert_memory_equal(out, bytes, length);
}

static void a_unit_is_made_of_a_character(void **state)
{
    (void)state;
    assert_encoded("utf-8", 'A', "A", 1);
    assert_encoded("utf-8", 0xe9, "", 0);
    assert_encoded("shift_jis", 'A', "A", 1);
    assert_encoded("shift_jis", 0x3042, "", 0);
    assert_encoded("latin1", 0xe9, "\xe9", 1);
    assert_encoded("latin1", 0x20ac, "", 0);
    assert_encoded("cp1252", 0x20ac, "\x80", 1);
    assert_encoded("cp1252", UINT32_MAX, "", 0);
    assert_encoded("cp037", 'A', "\xc1", 1);
    assert_encoded("cp037", '\n', "\x25", 1);
    assert_encoded("cp037", 0x20ac, "", 0);
    assert_encoded("utf-16le", 0x20ac, "\xac\x20", 2);
    assert_encoded("utf-16be", 0x20ac, "\x20\xac", 2);
    assert_encoded("utf-16be", 0x1f600, "", 0);
    assert_encoded("utf-16be", 0xd800, "", 0);
    assert_encoded("utf-32le", 0x1f600, "\x00\xf6\x01\x00", 4);
    assert_encoded("utf-32be", 0x110000, "", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finding_asks_little),
        cmocka_unit_test(a_selection_is_as_iconv_has_it),
        cmocka_unit_test(all_are_as_iconv_has_them),
        cmocka_unit_test(names_as_people_spell_them),
        cmocka_unit_test(what_is_refused),
        cmocka_unit_test(wide_characters),
        cmocka_unit_test(foreign_encodings_are_for_bytes),
        cmocka_unit_test(what_is_text_serves_for_bytes),
        cmocka_unit_test(a_unit_is_made_of_a_character),
        cmocka_unit_test(a_start_is_where_a_walk_comes_by),
        cmocka_unit_test(a_start_in_the_middle_of_text),
        cmocka_unit_test(newlines_are_units),
        cmocka_unit_test(a_newline_byte_is_no_newline),
        cmocka_unit_test(a_great_many_newlines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
