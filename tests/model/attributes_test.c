/* SPDX-License-Identifier: MIT */
/** model/known/attributes: the ink at any byte is that of a plain walk from the file's (or the line's) start. */
#include "folio/model/known/attributes.h"

#include "model/sample.h"
#include "test.h"

#include "folio/io/page/guard.h"

#include <stdio.h>

static const struct glyph_rules coloured = {.sgr = true, .tab_width = 8};

/** Text under way, in units of `unit` bytes. */
struct text {
    char *data;
    size_t length, capacity;
    unsigned unit;
    bool big_endian;
};

static void text_put(struct text *text, const char *ascii)
{
    for (; *ascii && text->length + text->unit <= text->capacity; ascii++) {
        memset(text->data + text->length, 0, text->unit);
        text->data[text->length + (text->big_endian ? text->unit - 1 : 0)] = *ascii;
        text->length += text->unit;
    }
}

/** Something at random: mostly text, some sequences, some that are none. */
static void text_token(struct text *text, size_t lines, size_t colours)
{
    char token[64];
    size_t kind = sample_below(1000);
    if (kind < lines) {
        text_put(text, "\n");
    } else if (kind < lines + colours) {
        static const char *const fixed[] = {
            "\033[0m",    "\033[m",     "\033[1;4m", "\033[22m",
            "\033[39m",   "\033[49;7m", "\033[K",    "\033]8;;http://a/b\033\\",
            "\033]8;;\a", "\033[31",    "\033",      "\033]8;;x\n",
            "\033[?25l",  "\033\\"};
        snprintf(token, sizeof token, "\033[%zu;%zum", 30 + sample_below(8), 40 + sample_below(8));
        size_t which = sample_below(2 * sizeof fixed / sizeof *fixed);
        text_put(text, which < sizeof fixed / sizeof *fixed ? fixed[which] : token);
    } else {
        size_t length = 1 + sample_below(60);
        for (size_t at = 0; at < length; at++)
            token[at] = (char)(' ' + sample_below(95));
        token[length] = '\0';
        text_put(text, token);
    }
}

static struct text text_make(size_t length, unsigned unit, bool big_endian, size_t lines, size_t colours)
{
    struct text text = {malloc(length), 0, length, unit, big_endian};
    assert_non_null(text.data);
    while (text.length + unit <= text.capacity)
        text_token(&text, lines, colours);
    return text;
}

/** A walk from the start of the file, glyph by glyph. */
struct plain {
    uint64_t at, line_begin, link;
    struct ink ink;
};

static void plain_step(struct plain *plain, const struct sample *sample, const struct glyph_rules *rules,
                       bool carry)
{
    struct glyph glyph = {0};
    uint64_t begin = plain->at;
    glyph_next(sample->data + begin, sample->length - begin, (struct glyph_place){.rules = rules}, &glyph);
    plain->at += glyph.length;
    if (glyph.kind == GLYPH_SEQUENCE) {
        plain->ink = ink_apply(plain->ink, glyph.change);
        if (glyph.change.fields & INK_LINK)
            plain->link = begin;
    }
    if (glyph.kind == GLYPH_NEWLINE) {
        plain->line_begin = plain->at;
        if (!carry)
            plain->ink = (struct ink){0};
    }
}

/** The ink at `offset`, once it is known. */
static struct attributes_ink ink_at(struct attributes *attributes, struct sample *sample, uint64_t line_begin,
                                    uint64_t offset)
{
    struct attributes_ink ink;
    for (int tries = 0; tries < 60000; tries++, sample_sleep(1)) {
        assert_true(attributes_at(attributes, sample->reader, line_begin, offset, &ink));
        if (ink.exact)
            return ink;
    }
    fail_msg("the ink at %llu is not known", (unsigned long long)offset);
    return ink;
}

/** Ask at a few hundred places, at those around every block's border above all. */
static void expect_inks(struct sample *sample, struct attributes *attributes, const struct glyph_rules *rules,
                        bool carry)
{
    struct plain plain = {0};
    while (plain.at < sample->length) {
        uint64_t inside = plain.at % SURVEY_BLOCK;
        if (inside < 100 || inside > SURVEY_BLOCK - 60 || sample_below(5000) == 0) {
            uint64_t line = sample_below(3) ? plain.line_begin : UINT64_MAX;
            struct attributes_ink ink = ink_at(attributes, sample, line, plain.at);
            assert_true(ink_same(ink.ink, plain.ink));
            assert_true(ink.link == (plain.ink.flags & INK_LINK ? plain.link : ATTRIBUTES_NO_LINK));
        }
        plain_step(&plain, sample, rules, carry);
    }
}

/** Ask and go on asking while the survey is under way: an answer that is exact is the right one. */
static void check(struct text text, const struct glyph_rules *rules)
{
    struct sample sample;
    sample_open(&sample, text.data, text.length);
    survey_start(sample.survey);
    for (int carry = 0; carry < 2; carry++) {
        struct attributes *attributes = attributes_open(sample.survey, rules, carry);
        assert_non_null(attributes);
        assert_true(attributes_serve(attributes, rules, carry));
        assert_false(attributes_serve(attributes, rules, !carry));
        struct plain plain = {0};
        while (plain.at < sample.length) {
            struct attributes_ink ink;
            if (sample_below(200) == 0) {
                assert_true(attributes_at(attributes, sample.reader, UINT64_MAX, plain.at, &ink));
                if (ink.exact)
                    assert_true(ink_same(ink.ink, plain.ink));
            }
            plain_step(&plain, &sample, rules, carry);
        }
        expect_inks(&sample, attributes, rules, carry);
        attributes_close(attributes);
    }
    sample_close(&sample);
}

static void short_lines(void **state)
{
    (void)state;
    check(text_make(MIB, 1, false, 200, 300), &coloured);
}

static void long_lines(void **state)
{
    (void)state;
    check(text_make(3 * MIB, 1, false, 0, 20), &coloured);
    check(text_make(17 * MIB + 5, 1, false, 1, 1), &coloured);
    check(text_make(2 * MIB + 7, 1, false, 1, 0), &coloured);
}

/** Every way in which a sequence can lie over a block's border. */
static void sequences_over_borders(void **state)
{
    static const char *const sequences[] = {"\033[1;38;2;1;2;3m", "\033]8;;http://somewhere/else\033\\",
                                            "\033[0m\033]8;;\a"};
    (void)state;
    for (size_t s = 0; s < sizeof sequences / sizeof *sequences; s++) {
        if (sample_skips(s))
            continue;
        struct text text = {malloc(18 * MIB), 0, 18 * MIB, 1, false};
        assert_non_null(text.data);
        text_put(&text, s == 2 ? "\033[7m\033]8;;uri\a" : "x");
        size_t length = strlen(sequences[s]);
        for (size_t border = SURVEY_BLOCK; border < text.capacity; border += SURVEY_BLOCK) {
            size_t begin = border - border / SURVEY_BLOCK % (length + 2);
            memset(text.data + text.length, 'a', begin - text.length);
            text.length = begin;
            text_put(&text, sequences[s]);
        }
        check(text, &coloured);
    }
}

static void wide_units(void **state)
{
    static const char *const names[] = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"};
    struct error error;
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct glyph_rules rules = coloured;
        rules.encoding = encoding_find(names[i], &error);
        assert_non_null(rules.encoding);
        struct text text = text_make(2 * MIB, rules.encoding->unit, rules.encoding->big_endian, 2, 30);
        /* Characters that hold the bytes 1B and 0A but are neither. */
        for (size_t at = 0; at < text.length; at += 5000 * rules.encoding->unit) {
            char *byte = text.data + at;
            memset(byte, 0, rules.encoding->unit);
            byte[0] = byte[1] = sample_below(2) ? 0x1b : 0x0a;
        }
        check(text, &rules);
    }
}

/** Within LINES_LONG of a line's start no survey is needed; and none where nothing is carried out. */
static void near_the_start_nothing_runs(void **state)
{
    struct sample sample;
    struct attributes_ink ink;
    (void)state;
    sample_open_text(&sample, "\033[31mred\n\033[1mbold\033]8;;x\alink\n");
    struct attributes *attributes = attributes_open(sample.survey, &coloured, false);
    assert_true(attributes_at(attributes, sample.reader, 0, 5, &ink));
    assert_true(ink.exact && ink.ink.foreground == INK_PALETTE(1) && ink.link == ATTRIBUTES_NO_LINK);
    assert_true(attributes_at(attributes, sample.reader, 9, 9, &ink));
    assert_true(ink.exact && ink_same(ink.ink, (struct ink){0}));
    assert_true(attributes_at(attributes, sample.reader, 9, 23, &ink));
    assert_true(ink.exact && ink.ink.flags == (INK_BOLD | INK_LINK));
    assert_int_equal(ink.link, 17);
    attributes_close(attributes);
    attributes = attributes_open(sample.survey, &coloured, true);
    assert_true(attributes_at(attributes, sample.reader, 9, 23, &ink));
    assert_true(ink.exact || !summary_state(sample.lines).complete); /* the survey was not started */
    assert_true(ink_same(ink.ink, (struct ink){0}) || ink.exact);
    attributes_close(attributes);
    attributes = attributes_open(sample.survey, &glyph_plain, true);
    assert_true(attributes_at(attributes, sample.reader, 0, 23, &ink));
    assert_true(ink.exact && ink_same(ink.ink, (struct ink){0}));
    assert_false(attributes_serve(attributes, &coloured, true));
    assert_false(attributes_serve(NULL, &coloured, true));
    attributes_close(attributes);
    attributes_close(NULL);
    sample_close(&sample);
}

/** The sequence that the file ends in, and what is appended. */
static void a_file_that_grows(void **state)
{
    struct sample sample;
    (void)state;
    struct text text = text_make(MIB + 9, 1, false, 0, 20);
    sample_open(&sample, text.data, text.length);
    survey_start(sample.survey);
    struct attributes *attributes = attributes_open(sample.survey, &coloured, true);
    for (int step = 0; step < 12; step++) {
        expect_inks(&sample, attributes, &coloured, true);
        sample_append(&sample, step % 2 ? "31;4mtext\033[" : "1;34mmore\033]8;;u\a\033[", step % 2 ? 11 : 18);
        struct text more = text_make(sample_below(2 * SURVEY_BLOCK), 1, false, 0, 20);
        sample_append(&sample, more.data, step % 3 ? more.length : 0);
        free(more.data);
    }
    attributes_close(attributes);
    sample_close(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_lines),
        cmocka_unit_test(long_lines),
        cmocka_unit_test(sequences_over_borders),
        cmocka_unit_test(wide_units),
        cmocka_unit_test(near_the_start_nothing_runs),
        cmocka_unit_test(a_file_that_grows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
