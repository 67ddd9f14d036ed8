/* SPDX-License-Identifier: MIT */
/** tests: ui/terminal/plain and ui/terminal/strip: cells as lines, text as cells; neither lets anything through. */
#include "folio/ui/terminal/plain.h"

#include "test.h"

#include "folio/ui/terminal/strip.h"

#include <locale.h>
#include <string.h>

static int setup(void **state)
{
    (void)state;
    return setlocale(LC_CTYPE, "C.UTF-8") ? 0 : 1;
}

/** Marks what a pen would do. */
static void mark(void *pen, const struct cell *cell, struct buf *out)
{
    bool *standing = pen;
    bool stands = cell && (cell->style != STYLE_TEXT || cell->ink.flags != 0);
    if (stands != *standing)
        buf_text(out, stands ? "<" : ">");
    *standing = stands;
}

static bool standing;

static void rows_become_lines(void **state)
{
    (void)state;
    struct frame *frame = frame_open();
    struct buf out = {0};
    assert_true(frame_resize(frame, 3, 20));
    frame_text(frame, 0, 0, "plain", STYLE_TEXT);
    unsigned column = frame_text(frame, 1, 0, "a", STYLE_TEXT);
    column = frame_text(frame, 1, column, "^A", STYLE_CONTROL);
    frame_text(frame, 1, column, "b", STYLE_TEXT);
    frame_text(frame, 2, 0, "^[", STYLE_WARNING);
    plain_rows(frame, 0, 9, mark, &standing, &out);
    assert_string_equal(out.data, "plain\na<^A>b\n<^[>\n");
    buf_clear(&out);
    plain_rows(frame, 1, 2, mark, &standing, &out);
    assert_string_equal(out.data, "a<^A>b\n");
    /* A blank that can be seen is none. */
    buf_clear(&out);
    frame_row(frame, 0)[6].ink.flags = INK_UNDERLINE;
    plain_rows(frame, 0, 1, mark, &standing, &out);
    assert_string_equal(out.data, "plain < >\n");
    buf_release(&out);
    frame_close(frame);
}

static void wide_and_combined_characters_stay_whole(void **state)
{
    (void)state;
    struct frame *frame = frame_open();
    struct buf out = {0};
    assert_true(frame_resize(frame, 1, 4));
    struct cell *cell = frame_row(frame, 0);
    cell[0].rune[0] = 0x6f22;
    cell[1].rune[0] = 0;
    cell[1].rune_count = 0;
    cell[2].rune[0] = 'e';
    cell[2].rune[1] = 0x301;
    cell[2].rune_count = 2;
    plain_rows(frame, 0, 1, mark, &standing, &out);
    assert_string_equal(out.data, "\xe6\xbc\xa2"
                                  "e\xcc\x81\n");
    buf_release(&out);
    frame_close(frame);
}

static void text_becomes_harmless_cells(void **state)
{
    (void)state;
    static struct strip strip;
    static const char text[] = "a\033\xe6\xbc\xa2\n\t\x9b\xe2\x80\xae";
    strip_init(&strip, 100, true);
    strip_put(&strip, text, strlen(text));
    for (unsigned i = 0; i < strip.used; i++) {
        assert_true(strip.cell[i].rune_count == 0 || strip.cell[i].rune[0] >= ' ');
        assert_true(strip.cell[i].rune[0] != 0x202e);
    }
    assert_int_equal(strip.cell[0].style, STYLE_TEXT);
    assert_int_equal(strip.cell[1].style, STYLE_CONTROL);
    assert_int_equal(strip.cell[4].rune[0], 0x6f22);
    assert_int_equal(strip.cell[5].rune_count, 0);
    assert_int_equal(strip.cell[strip.used - 1].style, STYLE_WARNING);
    assert_int_equal(strip_width(text, strlen(text)), strip.used);
}

static void the_edge_cuts_between_characters(void **state)
{
    (void)state;
    static struct strip strip;
    strip_init(&strip, 2, false);
    strip_put(&strip, "a\xe6\xbc\xa2", 4);
    assert_int_equal(strip.used, 1);
    strip_init(&strip, 0, false);
    strip_put(&strip, "a", 1);
    assert_int_equal(strip.used, 0);
    strip_init(&strip, STRIP_COLUMNS + 5, false);
    assert_int_equal(strip.columns, STRIP_COLUMNS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_become_lines),
        cmocka_unit_test(wide_and_combined_characters_stay_whole),
        cmocka_unit_test(text_becomes_harmless_cells),
        cmocka_unit_test(the_edge_cuts_between_characters),
    };
    return cmocka_run_group_tests(tests, setup, NULL);
}
