/* SPDX-License-Identifier: MIT */
/**
 * model/pattern/shown: text and map equal those made glyph by glyph, in every encoding; hostile bytes stay in their
 * room.
 */
#include "folio/model/pattern/shown.h"

#include "model/painted.h"
#include "test.h"

#include <locale.h>

static const char *const names[] = {"UTF-8",    "ISO-8859-1", "WINDOWS-1252", "UTF-16LE", "UTF-16BE",
                                    "UTF-32LE", "SHIFT_JIS",  "GB18030",      "CP932"};

#define NAME_COUNT (sizeof names / sizeof *names)

static const struct encoding *encoding_of(const char *name)
{
    struct error error;
    const struct encoding *encoding = encoding_find(name, &error);
    assert_non_null(encoding);
    return encoding;
}

static struct glyph_rules rules_of(const char *name, bool sgr)
{
    struct glyph_rules rules = glyph_plain;
    rules.encoding = encoding_of(name);
    rules.sgr = sgr;
    return rules;
}

static void check_map(const struct shown *shown, const struct seen *seen, struct span span)
{
    size_t text = seen->text.length;
    for (size_t at = 0; at < text; at++) {
        assert_int_equal(shown_byte(shown, at), seen->begin[at]);
        assert_int_equal(shown_end(shown, at + 1), seen->end[at]);
    }
    assert_int_equal(shown_byte(shown, text), span.length);
    assert_int_equal(shown_end(shown, 0), 0);
    for (size_t byte = 0, at = 0; byte <= span.length; byte++) {
        while (at < text && seen->end[at] <= byte)
            at++;
        size_t first = at; /* of the character that has the byte, or of the next one */
        assert_int_equal(shown_text(shown, byte), first);
    }
}

/** Text and map of `span` against the plain way. */
static void check_span(struct shown *shown, const struct glyph_rules *rules, struct span span)
{
    struct seen seen = seen_make(rules, span);
    struct span text = shown_make(shown, rules, span, 0);
    assert_int_equal(text.length, seen.text.length);
    if (text.length)
        assert_memory_equal(text.data, seen.text.data, text.length);
    check_map(shown, &seen, span);
    if (!shown_differs(rules, span)) {
        assert_int_equal(text.length, span.length);
        assert_true(!text.length || memcmp(text.data, span.data, text.length) == 0);
    }
    seen_release(&seen);
}

static void random_text_in_every_encoding(void **state)
{
    (void)state;
    struct shown *shown = shown_open(20000);
    assert_non_null(shown);
    for (int round = 0; round < 600; round++) {
        struct glyph_rules rules = rules_of(names[(size_t)round % NAME_COUNT], round / 9 % 4 != 0);
        struct painted painted =
            painted_make(rules.encoding, sample_below(3000), 30, round % 3 ? 0 : 1 + sample_below(50));
        check_span(shown, &rules, (struct span){painted.data, painted.length});
        free(painted.data);
    }
    shown_close(shown);
}

/** Bytes from the characters that matter, so that everything meets everything. */
static void dense_and_hostile_bytes(void **state)
{
    (void)state;
    static const char alphabet[] = "ab_\b\b\b\033\033[[m;8]0K\x0f\n\r\xcc\x81\xe4\xb8\xad\x83\x5c\0\a\\";
    char data[300];
    struct shown *shown = shown_open(sizeof data);
    for (int round = 0; round < 20000; round++) {
        struct glyph_rules rules = rules_of(names[(size_t)round % NAME_COUNT], true);
        size_t length = sample_below(sizeof data);
        for (size_t at = 0; at < length; at++)
            data[at] = alphabet[sample_below(sizeof alphabet - 1)];
        if (round / 9 % 2)
            for (size_t at = 0; at < length; at++)
                data[at] =
                    at % rules.encoding->unit == (rules.encoding->big_endian ? 1 : 0) || sample_below(40) == 0
                        ? data[at]
                        : '\0';
        check_span(shown, &rules, (struct span){data, length});
    }
    shown_close(shown);
}

/** The most text and the most runs that bytes can make, with no room left. */
static void a_full_room(void **state)
{
    (void)state;
    static const char *const fill[] = {"\x80", "a\x80", "a\ba", "\033[mx",
                                       "\x1b", "\b",    "\xb1", "\x81\x30\x81\x30"};
    const size_t length = 6000;
    struct shown *shown = shown_open(length);
    char *data = malloc(length);
    for (size_t name = 0; name < NAME_COUNT; name++)
        for (size_t i = 0; i < sizeof fill / sizeof *fill; i++) {
            struct glyph_rules rules = rules_of(names[name], true);
            size_t size = strlen(fill[i]);
            for (size_t at = 0; at < length; at++)
                data[at] = fill[i][at % size];
            check_span(shown, &rules, (struct span){data, length});
        }
    struct glyph_rules rules = rules_of("UTF-8", true);
    memset(data, 'y', length);
    shown_close(shown);
    shown = shown_open(100); /* what does not fit is left out */
    assert_int_equal(shown_make(shown, &rules, (struct span){data, length}, 0).length, 100);
    assert_int_equal(shown_byte(shown, 100), 100);
    shown_close(shown);
    free(data);
}

static void a_stretch_that_begins_inside_a_unit(void **state)
{
    (void)state;
    struct glyph_rules rules = rules_of("UTF-16LE", true);
    static const char data[] = "\0h\0\n\0i";
    struct shown *shown = shown_open(100);
    struct span text = shown_make(shown, &rules, (struct span){data, 6}, 1);
    assert_int_equal(text.length, 3);
    assert_memory_equal(text.data, "h\n\xff", 3);
    assert_int_equal(shown_byte(shown, 0), 1);
    assert_int_equal(shown_byte(shown, 1), 3);
    assert_int_equal(shown_end(shown, 2), 5);
    shown_close(shown);
}

static void what_differs(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        bool sgr;
        const char *text;
        bool differs;
    } cases[] = {
        {"UTF-8", true, "plain \xc3\xa9\n", false},
        {"UTF-8", true, "a\033[mb", true},
        {"UTF-8", true, "a\ba", true},
        {"UTF-8", false, "a\ba\033[m", false},
        {"UTF-8", false, "a\r\n", true},
        {"UTF-8", true, "a\rb\r", false},
        {"UTF-8", false, "\xe2\x9a\xa0\xef\xb8\x8f", true},
        {"UTF-8", false, "\xe2\x80\x99\xef\xbc\x8c\xe1\xa0\xa0\xf3\xb0\x80\x80", false},
        {"ISO-8859-1", false, "a\r\n", true},
        {"ISO-8859-1", true, "plain\n", false},
        {"ISO-8859-1", false, "\xe9", true},
        {"ISO-8859-1", true, "\033[m", true},
        {"UTF-16LE", false, "a", true},
        {"SHIFT_JIS", false, "\x83\x5c", true},
        {"UTF-16LE", true, "", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct glyph_rules rules = rules_of(cases[i].name, cases[i].sgr);
        struct span span = {cases[i].text, strlen(cases[i].text)};
        assert_int_equal(shown_differs(&rules, span), cases[i].differs);
    }
    assert_false(shown_differs(&glyph_plain, (struct span){"\033[m\b", 5}));
    shown_close(NULL);
}

/** Does the way by glyphs leave anything out of the span? */
static bool leaves_out(const struct glyph_rules *rules, struct span span)
{
    struct glyph glyph;
    bool out = false;
    for (size_t at = 0; at < span.length; at += glyph.length) {
        glyph_next(span.data + at, span.length - at, (struct glyph_place){0, rules}, &glyph);
        out = out || glyph.kind == GLYPH_DROPPED || glyph.kind == GLYPH_SEQUENCE;
    }
    struct seen seen = seen_make(rules, span);
    out = out || seen.text.length != span.length;
    seen_release(&seen);
    return out;
}

/** What is said to differ is what the glyphs drop, of every character, before a newline and elsewhere. */
static void what_glyphs_drop_differs(void **state)
{
    (void)state;
    struct shown *shown = shown_open(256);
    for (int sgr = 0; sgr < 2; sgr++) {
        struct glyph_rules rules = rules_of("UTF-8", sgr);
        for (uint32_t rune = 0; rune < 0x110000; rune++) {
            char text[16] = "a";
            size_t length = 1 + utf8_encode(rune, text + 1);
            if (length == 1 || (sgr && (rune == 0x1b || rune == '\b')))
                continue; /* no character; where sequences are carried out these two are always looked at */
            struct span before = {text, length + 1}, alone = {text + 1, length - 1};
            text[length] = '\n';
            if (shown_differs(&rules, before) != leaves_out(&rules, before) ||
                shown_differs(&rules, alone) != leaves_out(&rules, alone))
                fail_msg("U+%04X, sequences %s", rune, sgr ? "carried out" : "shown");
        }
    }
    shown_close(shown);
}

#define TAG(letter) "\xf3\xa0\x81" letter
#define SCOTLAND    "\xf0\x9f\x8f\xb4" TAG("\xa7") TAG("\xa2") TAG("\xb3") TAG("\xa3") TAG("\xb4")
#define TAG_END     TAG("\xbf")

/** The letters of a flag are nothing, and only they: tags can hide a text anywhere else. */
static void flags_and_shifts(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *text;
    } cases[] = {
        {"x" SCOTLAND TAG_END "y", "x\xf0\x9f\x8f\xb4y"},
        {SCOTLAND TAG_END TAG("\xa7"), "\xf0\x9f\x8f\xb4" TAG("\xa7")},
        {SCOTLAND "y", SCOTLAND "y"},
        {"x" TAG("\xa7") TAG("\xa2") TAG("\xb3") TAG_END, "x" TAG("\xa7") TAG("\xa2") TAG("\xb3") TAG_END},
        {SCOTLAND TAG("\xa7") TAG("\xa7") TAG_END, SCOTLAND TAG("\xa7") TAG("\xa7") TAG_END},
        {"a\033[1mb\033[m\017c", "abc"},
        {"a\017c\033[K\017", "a\017c\017"},
        {"\033[31m\017\017a", "\017a"},
    };
    struct shown *shown = shown_open(256);
    struct glyph_rules rules = rules_of("UTF-8", true);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct span span = {cases[i].bytes, strlen(cases[i].bytes)};
        struct span text = shown_make(shown, &rules, span, 0);
        assert_int_equal(text.length, strlen(cases[i].text));
        assert_memory_equal(text.data, cases[i].text, text.length);
        check_span(shown, &rules, span);
    }
    shown_close(shown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_text_in_every_encoding),
        cmocka_unit_test(dense_and_hostile_bytes),
        cmocka_unit_test(a_full_room),
        cmocka_unit_test(a_stretch_that_begins_inside_a_unit),
        cmocka_unit_test(what_differs),
        cmocka_unit_test(what_glyphs_drop_differs),
        cmocka_unit_test(flags_and_shifts),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
