/* SPDX-License-Identifier: MIT */
/*
 * tests: base/glyph: what is shown for which bytes, row by row, and what must never be shown, whatever the bytes.
 *
 * The list of what deceives is written down here a second time, from the Unicode files, so that a mistake in the
 * library which classifies, or in how it is asked, does not hide itself.
 */
#include "folio/base/glyph/glyph.h"

#include "fence.h"
#include "glyph_check.h"
#include "test.h"

#include "folio/base/text/utf8.h"

#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* Bytes, and the first glyph of them. `text` is the runes as UTF-8. */
struct row {
    const char *data;
    size_t data_length;
    enum glyph_kind kind;
    const char *text;
    unsigned width;
    unsigned length;
};

#define ROW(data, kind, text, width, length)                                                                 \
    {                                                                                                        \
        data, sizeof data - 1, GLYPH_##kind, text, width, length                                             \
    }

/* An acute accent, a variation selector, and many of each. */
#define ACUTE         "\xcc\x81"
#define VS16          "\xef\xb8\x8f"
#define ZWJ           "\xe2\x80\x8d"
#define TIMES4(text)  text text text text
#define TIMES16(text) TIMES4(text) TIMES4(text) TIMES4(text) TIMES4(text)
#define TIMES64(text) TIMES16(text) TIMES16(text) TIMES16(text) TIMES16(text)

static const struct row rows[] = {
    /* Printable. */
    ROW("a", TEXT, "a", 1, 1),
    ROW("ab", TEXT, "a", 1, 1),
    ROW(" ", TEXT, " ", 1, 1),
    ROW("~\n", TEXT, "~", 1, 1),
    ROW("<U+202E>", TEXT, "<", 1, 1),
    ROW("\xc3\xa9t", TEXT, "\xc3\xa9", 1, 2),
    ROW("\xc2\xa0", TEXT, "\xc2\xa0", 1, 2),
    ROW("\xd0\x96", TEXT, "\xd0\x96", 1, 2),
    ROW("\xe2\x82\xac", TEXT, "\xe2\x82\xac", 1, 3),
    ROW("\xe6\x97\xa5\xe6\x9c\xac", TEXT, "\xe6\x97\xa5", 2, 3),
    ROW("\xe3\x80\x80", TEXT, "\xe3\x80\x80", 2, 3),
    ROW("\xef\xbc\xa1", TEXT, "\xef\xbc\xa1", 2, 3),
    ROW("\xed\x95\x9c", TEXT, "\xed\x95\x9c", 2, 3),
    ROW("\xf0\x9f\x98\x80", TEXT, "\xf0\x9f\x98\x80", 2, 4),
    ROW("\xd7\x90", TEXT, "\xd7\x90", 1, 2),
    ROW("\xef\xbf\xbd", TEXT, "\xef\xbf\xbd", 1, 3),
    /* Private use, as the fonts of prompts have it; the end of Unicode that is not a noncharacter. */
    ROW("\xee\x82\xb0", TEXT, "\xee\x82\xb0", 1, 3),
    ROW("\xf4\x8f\xbf\xbd", TEXT, "\xf4\x8f\xbf\xbd", 1, 4),
    /* With marks. */
    ROW("e" ACUTE "x", TEXT, "e" ACUTE, 1, 3),
    ROW(" " ACUTE, TEXT, " " ACUTE, 1, 3),
    ROW("\xe6\x97\xa5" ACUTE, TEXT, "\xe6\x97\xa5" ACUTE, 2, 5),
    ROW("q\xcc\x87\xcc\xa3", TEXT, "q\xcc\x87\xcc\xa3", 1, 5),
    ROW("a\xe2\x83\x9d", TEXT, "a\xe2\x83\x9d", 1, 4),
    ROW("a" TIMES4(ACUTE) "b", TEXT, "a" TIMES4(ACUTE), 1, 9),
    ROW("a" TIMES16(ACUTE), TEXT, "a" TIMES4(ACUTE), 1, 9),
    ROW("\xe0\xa4\x95\xe0\xa5\x8d", TEXT, "\xe0\xa4\x95\xe0\xa5\x8d", 1, 6),
    ROW("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", TEXT, "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", 2, 9),
    ROW("e\xcc", TEXT, "e", 1, 1),
    ROW("e\x81", TEXT, "e", 1, 1),
    /* Marks on nothing, and more than a cell takes: the rest of them begins the data. */
    ROW(ACUTE, CONTROL, "<U+0301>", 8, 2),
    ROW(ACUTE "a", CONTROL, "<U+0301>", 8, 2),
    ROW(ACUTE ACUTE "a", CONTROL, "<+2>", 4, 4),
    ROW(ACUTE "\xcc", CONTROL, "<U+0301>", 8, 2),
    ROW(TIMES4(ACUTE ACUTE ACUTE) "a", CONTROL, "<+12>", 5, 24),
    ROW(TIMES64(ACUTE ACUTE), CONTROL, "<+64>", 5, 128),
    ROW(TIMES64("\xe2\x83\x9d"), CONTROL, "<+42>", 5, 126),
    ROW("\xe1\x85\xa1", CONTROL, "<U+1161>", 8, 3),
    /* Dropped, alone and behind a base. */
    ROW(ZWJ "a", DROPPED, "", 0, 3),
    ROW("\xe2\x80\x8c", DROPPED, "", 0, 3),
    ROW(VS16, DROPPED, "", 0, 3),
    ROW("\xef\xb8\x80", DROPPED, "", 0, 3),
    ROW("\xf3\xa0\x84\x80", DROPPED, "", 0, 4),
    ROW("\xf3\xa0\x87\xaf", DROPPED, "", 0, 4),
    ROW("\xe1\xa0\x8b", DROPPED, "", 0, 3),
    ROW("\xe1\xa0\x8f", DROPPED, "", 0, 3),
    ROW("\xe2\x9d\xa4" VS16 "x", TEXT, "\xe2\x9d\xa4", 1, 6),
    ROW("a" ZWJ ACUTE "b", TEXT, "a" ACUTE, 1, 6),
    ROW("a" ACUTE ZWJ "b", TEXT, "a" ACUTE, 1, 6),
    ROW("\xf0\x9f\x91\xa9" ZWJ "\xf0\x9f\x91\xa7", TEXT, "\xf0\x9f\x91\xa9", 2, 7),
    ROW("\xe8\xbe\xbb\xf3\xa0\x84\x80", TEXT, "\xe8\xbe\xbb", 2, 7),
    ROW("a" TIMES64(VS16), TEXT, "a", 1, 127),
    ROW("\xc3\xa9" TIMES64(VS16), TEXT, "\xc3\xa9", 1, 128),
    /* Lines and tabs. */
    ROW("\n", NEWLINE, "", 0, 1),
    ROW("\n\n", NEWLINE, "", 0, 1),
    ROW("\r\n", DROPPED, "", 0, 1),
    ROW("\r", CONTROL, "^M", 2, 1),
    ROW("\r\r\n", CONTROL, "^M", 2, 1),
    ROW("\ra", CONTROL, "^M", 2, 1),
    ROW("\t", TAB, "", 8, 1),
    ROW("\t" ACUTE, TAB, "", 8, 1),
    /* C0 and DEL. */
    ROW("\0", CONTROL, "^@", 2, 1),
    ROW("\x01", CONTROL, "^A", 2, 1),
    ROW("\x07", CONTROL, "^G", 2, 1),
    ROW("\b", CONTROL, "^H", 2, 1),
    ROW("\v", CONTROL, "^K", 2, 1),
    ROW("\f", CONTROL, "^L", 2, 1),
    ROW("\x0e", CONTROL, "^N", 2, 1),
    ROW("\x1a", CONTROL, "^Z", 2, 1),
    ROW("\x1b[31m", CONTROL, "ESC", 3, 1),
    ROW("\x1b]52;c;x\x07", CONTROL, "ESC", 3, 1),
    ROW("\x1c", CONTROL, "^\\", 2, 1),
    ROW("\x1f", CONTROL, "^_", 2, 1),
    ROW("\x7f", CONTROL, "^?", 2, 1),
    ROW("\x01" ACUTE, CONTROL, "^A", 2, 1),
    /* Broken. */
    ROW("\x80", CONTROL, "<80>", 4, 1),
    ROW("\x9b[2J", CONTROL, "<9B>", 4, 1),
    ROW("\xff\xfe", CONTROL, "<FF>", 4, 1),
    ROW("\xc3", CONTROL, "<C3>", 4, 1),
    ROW("\xc3(", CONTROL, "<C3>", 4, 1),
    ROW("\xc0\xaf", CONTROL, "<C0>", 4, 1),
    ROW("\xe0\x80\x80", CONTROL, "<E0>", 4, 1),
    ROW("\xe2\x82", CONTROL, "<E2>", 4, 1),
    ROW("\xed\xa0\x80", CONTROL, "<ED>", 4, 1),
    ROW("\xa0\x80", CONTROL, "<A0>", 4, 1),
    ROW("\xed\xbf\xbf", CONTROL, "<ED>", 4, 1),
    ROW("\xf4\x90\x80\x80", CONTROL, "<F4>", 4, 1),
    ROW("\xf8\x88\x80\x80\x80", CONTROL, "<F8>", 4, 1),
    ROW("\xf0\x9f\x98", CONTROL, "<F0>", 4, 1),
    /* C1, as characters. */
    ROW("\xc2\x80", CONTROL, "<U+0080>", 8, 2),
    ROW("\xc2\x85", CONTROL, "<U+0085>", 8, 2),
    ROW("\xc2\x9b"
        "31m",
        CONTROL, "<U+009B>", 8, 2),
    ROW("\xc2\x9d", CONTROL, "<U+009D>", 8, 2),
    ROW("\xc2\x9f", CONTROL, "<U+009F>", 8, 2),
    /* Separators, noncharacters, unassigned. */
    ROW("\xe2\x80\xa8", CONTROL, "<U+2028>", 8, 3),
    ROW("\xe2\x80\xa9", CONTROL, "<U+2029>", 8, 3),
    ROW("\xef\xbf\xbe", CONTROL, "<U+FFFE>", 8, 3),
    ROW("\xef\xbf\xbf", CONTROL, "<U+FFFF>", 8, 3),
    ROW("\xef\xb7\x90", CONTROL, "<U+FDD0>", 8, 3),
    ROW("\xf4\x8f\xbf\xbf", CONTROL, "<U+10FFFF>", 10, 4),
    ROW("\xcd\xb8", CONTROL, "<U+0378>", 8, 2),
    ROW("\xf3\xb0\x80\x80", TEXT, "\xf3\xb0\x80\x80", 1, 4),
    ROW("\xf1\x80\x80\x80", CONTROL, "<U+40000>", 9, 4),
    /* Bidirectional controls, and what cannot be seen. */
    ROW("\xd8\x9c", WARNING, "<U+061C>", 8, 2),
    ROW("\xe2\x80\x8e", WARNING, "<U+200E>", 8, 3),
    ROW("\xe2\x80\x8f", WARNING, "<U+200F>", 8, 3),
    ROW("\xe2\x80\xaa", WARNING, "<U+202A>", 8, 3),
    ROW("\xe2\x80\xae"
        "gpj",
        WARNING, "<U+202E>", 8, 3),
    ROW("\xe2\x81\xa6", WARNING, "<U+2066>", 8, 3),
    ROW("\xe2\x81\xa9", WARNING, "<U+2069>", 8, 3),
    ROW("a\xe2\x80\xae", TEXT, "a", 1, 1),
    ROW("\xe2\x80\xae" ACUTE, WARNING, "<U+202E>", 8, 3),
    ROW("\xe2\x80\x8b", WARNING, "<U+200B>", 8, 3),
    ROW("\xe2\x81\xa0", WARNING, "<U+2060>", 8, 3),
    ROW("\xe2\x81\xa4", WARNING, "<U+2064>", 8, 3),
    ROW("\xe2\x81\xaa", WARNING, "<U+206A>", 8, 3),
    ROW("\xef\xbb\xbf#!", WARNING, "<U+FEFF>", 8, 3),
    ROW("\xc2\xad", WARNING, "<U+00AD>", 8, 2),
    ROW("\xcd\x8f", WARNING, "<U+034F>", 8, 2),
    ROW("\xe1\x85\x9f", WARNING, "<U+115F>", 8, 3),
    ROW("\xe1\x85\xa0", WARNING, "<U+1160>", 8, 3),
    ROW("\xe3\x85\xa4", WARNING, "<U+3164>", 8, 3),
    ROW("\xef\xbe\xa0", WARNING, "<U+FFA0>", 8, 3),
    ROW("\xe1\xa0\x8e", WARNING, "<U+180E>", 8, 3),
    ROW("\xe1\x9e\xb4", WARNING, "<U+17B4>", 8, 3),
    ROW("\xef\xbf\xb9", WARNING, "<U+FFF9>", 8, 3),
    ROW("\xf3\xa0\x80\x81", WARNING, "<U+E0001>", 9, 4),
    ROW("\xf3\xa0\x81\xbf", WARNING, "<U+E007F>", 9, 4),
    ROW("\xf0\x9d\x85\xb3", WARNING, "<U+1D173>", 9, 4),
};

static const struct glyph_place start = {.column = 0, .rules = &glyph_plain};

static void rows_are_as_written(void **state)
{
    (void)state;
    /* The end of each row lies against a fence. */
    struct fence fence = fence_open(1024);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct row *row = &rows[i];
        char *data = fence.data + fence.length - row->data_length;
        memcpy(data, row->data, row->data_length);
        struct glyph glyph;
        glyph_next(data, row->data_length, start, &glyph);
        char text[64];
        size_t length = 0;
        for (size_t k = 0; k < glyph.rune_count; k++)
            length += utf8_encode(glyph.rune[k], text + length);
        text[length] = '\0';
        if (glyph.kind != row->kind || glyph.width != row->width || glyph.length != row->length ||
            strcmp(text, row->text) != 0)
            fail_msg("row %zu, %s: kind %d, \"%s\", width %d, length %d", i, row->text, (int)glyph.kind, text,
                     glyph.width, glyph.length);
    }
    fence_close(&fence);
}

static void tabs_count_columns(void **state)
{
    (void)state;
    struct glyph glyph;
    for (unsigned tab_width = 1; tab_width <= 255; tab_width++) {
        for (uint64_t column = 0; column < 600; column++) {
            /* Far to the right of a long line it is the same. */
            uint64_t far = column + tab_width * (UINT64_C(1) << 40);
            glyph_next("\t", 1, (struct glyph_place){far, &(struct glyph_rules){.tab_width = tab_width}},
                       &glyph);
            assert_int_equal(glyph.kind, GLYPH_TAB);
            assert_int_equal(glyph.width, tab_width - column % tab_width);
        }
    }
    glyph_next("\t", 1, (struct glyph_place){3, &(struct glyph_rules){.tab_width = 0}}, &glyph);
    assert_int_equal(glyph.width, 5);
}

static void tabs_go_to_stops(void **state)
{
    (void)state;
    struct glyph_rules rules = {.tab_width = 10, .stop_count = 3, .stop = {3, 9, 503}};
    static const struct {
        uint64_t column;
        unsigned width;
    } tab[] = {{0, 3},
               {2, 1},
               {3, 6},
               {8, 1},
               {9, 255},
               {300, 203},
               {502, 1},
               {503, 10},
               {512, 1},
               {513, 10},
               {UINT64_C(5) << 50, 0}};
    for (size_t i = 0; i < sizeof tab / sizeof tab[0]; i++) {
        struct glyph glyph;
        glyph_next("\t", 1, (struct glyph_place){tab[i].column, &rules}, &glyph);
        unsigned width = tab[i].width ? tab[i].width : (unsigned)(10 - (tab[i].column - 503) % 10);
        assert_int_equal(glyph.kind, GLYPH_TAB);
        assert_int_equal(glyph.width, width);
    }
}

/* What can be taken in by the character before it: glyph_next knows by the first byte when it need not look. */
static void marks_join_whatever_they_begin_with(void **state)
{
    (void)state;
    for (uint32_t rune = 0x80; rune <= 0x10ffff; rune++) {
        char data[16] = "a";
        size_t length = utf8_encode(rune, data + 1);
        struct glyph alone, behind;
        if (length == 0)
            continue;
        memcpy(data + 1 + length, "bcdef", 5);
        glyph_next(data + 1, length, start, &alone);
        glyph_next(data, length + 6, start, &behind);
        bool joins = alone.kind == GLYPH_DROPPED || (alone.kind == GLYPH_CONTROL && glyph_width(rune) == 0);
        if (joins != (behind.length > 1))
            fail_msg("U+%04X: length %d", (unsigned)rune, behind.length);
    }
}

static void every_code_point_is_harmless(void **state)
{
    (void)state;
    for (uint32_t rune = 0; rune <= 0x10ffff; rune++) {
        /* Alone, and where it might be taken for a mark. */
        char data[8] = "a";
        size_t length = utf8_encode(rune, data + 1);
        if (length == 0)
            continue;
        struct glyph glyph;
        glyph_next(data + 1, length, start, &glyph);
        check_glyph(&glyph, length);
        if (glyph.length != length)
            fail_msg("U+%04X: length %d", (unsigned)rune, glyph.length);
        if (is_hidden(rune) && glyph.kind == GLYPH_TEXT)
            fail_msg("U+%04X is text", (unsigned)rune);
        glyph_next(data, length + 1, start, &glyph);
        check_glyph(&glyph, length + 1);
    }
}

/* Pieces that are likely to upset something, in any order. Returns the length, up to `capacity`. */
static size_t torture(char *data, size_t capacity, uint64_t *seed)
{
    static const uint32_t nasty[] = {0x301, 0x20dd, 0x200d, 0xfe0f, 0xe0100, 0x202e, 0x2066, 0x200b,  0xfeff,
                                     0x9b,  0x1161, 0x115f, 0x65e5, 0x1f468, 0x2028, 0xfffe, 0xe000,  0x0a,
                                     0x0d,  0x1b,   0x09,   0x61,   0x3164,  0xad,   0x61c,  0x10ffff};
    size_t length = 0;
    while (length + UTF8_LENGTH_MAX <= capacity) {
        uint64_t random = random_next(seed) >> 16;
        uint32_t rune = random % 3 == 0   ? nasty[(random >> 8) % (sizeof nasty / sizeof nasty[0])]
                        : random % 3 == 1 ? (uint32_t)((random >> 8) % 0x110000)
                                          : 0xd800;
        size_t count = utf8_encode(rune, data + length);
        if (count == 0)
            data[length + count++] = (char)(random >> 32);
        length += random % 16 == 0 ? count - 1 : count;
        /* The same once more: runs of marks are rare otherwise. */
        if (random % 5 == 0 && length >= count && length + count <= capacity) {
            memcpy(data + length, data + length - count, count);
            length += count;
        }
    }
    return length;
}

static void random_bytes_are_harmless(void **state)
{
    (void)state;
    struct fence fence = fence_open(1);
    uint64_t seed = 2463534242U;
    for (int round = 0; round < 1000000; round++) {
        size_t capacity = round % 100 ? 24 : 400;
        size_t length = torture(fence.data, capacity, &seed);
        char *data = fence.data + fence.length - length;
        memmove(data, fence.data, length);
        struct glyph glyph;
        size_t sum = 0;
        for (; sum < length; sum += glyph.length) {
            glyph_next(data + sum, length - sum, start, &glyph);
            check_glyph(&glyph, length - sum);
            /* No more bytes than promised may matter. */
            if (length - sum > GLYPH_LENGTH_MAX) {
                struct glyph same;
                glyph_next(data + sum, GLYPH_LENGTH_MAX, start, &same);
                check_same(&same, &glyph);
            }
        }
        if (sum != length)
            fail_msg("%zu bytes of %zu", sum, length);
    }
    fence_close(&fence);
}

static void assert_text(const char *data, size_t length, const char *expected)
{
    char out[256];
    assert_int_equal(glyph_text(data, length, out, sizeof out), strlen(expected));
    assert_string_equal(out, expected);
}

static void text_is_one_harmless_line(void **state)
{
    (void)state;
    assert_text("", 0, "");
    assert_text("plain.log", 9, "plain.log");
    assert_text("evil\nname", 9, "evil^Jname");
    assert_text("a\tb\r\nc", 6, "a^Ib^M^Jc");
    assert_text("esc\x1b[31mx", 9, "escESC[31mx");
    assert_text("e\xcc\x81\xe2\x80\xae\x80", 7, "e\xcc\x81<U+202E><80>");
    assert_text("x\xe2\x80\x8dy", 5, "xy");
    assert_text("a\0b", 3, "a^@b");
}

static void text_is_cut_between_glyphs(void **state)
{
    (void)state;
    static const char data[] = "a\xe6\x97\xa5\xe2\x80\xae"
                               "e\xcc\x81";
    const size_t border[] = {0, 1, 4, 12, 15};
    char out[32];
    for (size_t capacity = 1; capacity <= 20; capacity++) {
        memset(out, '#', sizeof out);
        size_t expected = 0;
        for (size_t i = 0; i < sizeof border / sizeof border[0]; i++)
            expected = border[i] < capacity ? border[i] : expected;
        assert_int_equal(glyph_text(data, sizeof data - 1, out, capacity), expected);
        assert_int_equal(out[expected], '\0');
        for (size_t i = capacity; i < sizeof out; i++)
            assert_int_equal(out[i], '#');
    }
    out[0] = '#';
    assert_int_equal(glyph_text(data, sizeof data - 1, out, 0), 0);
    assert_int_equal(out[0], '#');
}

static void widths_are_those_of_libc(void **state)
{
    (void)state;
    assert_int_equal(glyph_width('a'), 1);
    assert_int_equal(glyph_width(0x65e5), 2);
    assert_int_equal(glyph_width(0x301), 0);
    assert_int_equal(glyph_width(0), -1);
    assert_int_equal(glyph_width(0x1b), -1);
    assert_int_equal(glyph_width(0x9b), -1);
    assert_int_equal(glyph_width(0x110000), -1);
    assert_int_equal(glyph_width(UINT32_MAX), -1);
}

/* In a process of its own, as the answers of a locale are remembered. To be run before anything is asked. */
static void a_locale_without_characters_shows_numbers(void **state)
{
    (void)state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        char out[64];
        struct glyph glyph;
        bool plain = setlocale(LC_CTYPE, "C") && glyph_text("a\xc3\xa9\xcc\x81", 5, out, sizeof out) == 17 &&
                     strcmp(out, "a<U+00E9><U+0301>") == 0;
        glyph_next("\xe2\x80\xae", 3, start, &glyph);
        _exit(plain && glyph.kind == GLYPH_WARNING ? 0 : 1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

/* All code points, by several at once; returns the sum of what they are, which is the same for all. */
static void *classify_all(void *unused)
{
    (void)unused;
    uintptr_t sum = 0;
    for (uint32_t rune = 0x80; rune <= 0x10ffff; rune++) {
        char data[UTF8_LENGTH_MAX];
        struct glyph glyph;
        size_t length = utf8_encode(rune, data);
        if (length == 0)
            continue;
        glyph_next(data, length, start, &glyph);
        sum = sum * 31 + (uintptr_t)glyph.kind * 16 + glyph.width;
    }
    return (void *)sum;
}

static void threads_get_the_same_answers(void **state)
{
    (void)state;
    pthread_t thread[4];
    void *sum[4];
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&thread[i], NULL, classify_all, NULL), 0);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(pthread_join(thread[i], &sum[i]), 0);
    for (size_t i = 0; i < 4; i++)
        assert_ptr_equal(sum[i], classify_all(NULL));
}

int main(void)
{
    if (!setlocale(LC_CTYPE, "C.UTF-8")) {
        (void)fputs("no locale C.UTF-8 here\n", stderr);
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_locale_without_characters_shows_numbers),
        cmocka_unit_test(threads_get_the_same_answers),
        cmocka_unit_test(rows_are_as_written),
        cmocka_unit_test(tabs_count_columns),
        cmocka_unit_test(tabs_go_to_stops),
        cmocka_unit_test(every_code_point_is_harmless),
        cmocka_unit_test(marks_join_whatever_they_begin_with),
        cmocka_unit_test(random_bytes_are_harmless),
        cmocka_unit_test(text_is_one_harmless_line),
        cmocka_unit_test(text_is_cut_between_glyphs),
        cmocka_unit_test(widths_are_those_of_libc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
