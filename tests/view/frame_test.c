/* SPDX-License-Identifier: MIT */
/** view/frame: sizes, blank cells, text in and text out. */
#include "folio/view/frame/frame.h"

#include "test.h"

#include <string.h>

static void resize_makes_blanks(void **state)
{
    (void)state;
    struct frame *frame = frame_open();
    assert_non_null(frame);
    assert_int_equal(frame->rows, 0);
    assert_true(frame_resize(frame, 3, 5));
    frame->cell[7].rune[0] = 'x';
    frame->used = 2;
    size_t capacity = frame->capacity;
    assert_true(frame_resize(frame, 2, 6));
    assert_int_equal(frame->rows, 2);
    assert_int_equal(frame->columns, 6);
    assert_int_equal(frame->used, 0);
    assert_int_equal(frame->capacity, capacity);
    for (size_t i = 0; i < 12; i++) {
        assert_int_equal(frame->cell[i].rune[0], ' ');
        assert_int_equal(frame->cell[i].rune_count, 1);
        assert_int_equal(frame->cell[i].style, STYLE_TEXT);
        assert_true(frame->cell[i].offset == FRAME_NO_OFFSET);
    }
    assert_ptr_equal(frame_row(frame, 1), frame->cell + 6);
    frame_close(frame);
    frame_close(NULL);
}

static void no_size_and_no_memory(void **state)
{
    (void)state;
    struct frame *frame = frame_open();
    assert_true(frame_resize(frame, 0, 80));
    assert_true(frame_resize(frame, 1, 1));
    assert_false(frame_resize(frame, UINT32_MAX, UINT32_MAX));
    assert_int_equal(frame->rows, 0);
    assert_int_equal(frame->columns, 0);
    assert_true(frame_resize(frame, 2, 2));
    assert_int_equal(frame->cell[3].rune[0], ' ');
    frame_close(frame);
}

static void text_is_cut_at_the_edge(void **state)
{
    (void)state;
    struct frame *frame = frame_open();
    char out[32];
    assert_true(frame_resize(frame, 2, 5));
    assert_int_equal(frame_text(frame, 0, 1, "ab", STYLE_NUMBER), 3);
    assert_int_equal(frame->cell[1].style, STYLE_NUMBER);
    assert_int_equal(frame->cell[3].style, STYLE_TEXT);
    assert_int_equal(frame_text(frame, 0, 3, "wxyz", STYLE_EDGE), 5);
    assert_int_equal(frame_text(frame, 0, 9, "wxyz", STYLE_EDGE), 9);
    assert_int_equal(frame->cell[5].rune[0], ' ');
    assert_int_equal(frame_row_text(frame, 0, out, sizeof out), 5);
    assert_string_equal(out, " abwx");
    assert_int_equal(frame_row_text(frame, 1, out, sizeof out), 0);
    assert_string_equal(out, "");
    frame_close(frame);
}

static void a_wider_frame_keeps_what_is_in_it(void **state)
{
    (void)state;
    struct frame *frame = frame_open();
    char out[32];
    assert_true(frame_resize(frame, 3, 4));
    for (unsigned row = 0; row < 3; row++)
        frame_text(frame, row, 0, row == 0 ? "abcd" : row == 1 ? "efgh" : "ijkl", STYLE_HIT);
    assert_true(frame_widen(frame, 2));
    assert_int_equal(frame->columns, 6);
    for (unsigned row = 0; row < 3; row++) {
        frame_row_text(frame, row, out, sizeof out);
        assert_string_equal(out, row == 0 ? "abcd" : row == 1 ? "efgh" : "ijkl");
        assert_int_equal(frame_row(frame, row)[3].style, STYLE_HIT);
        assert_int_equal(frame_row(frame, row)[4].style, STYLE_TEXT);
        assert_int_equal(frame_row(frame, row)[5].rune[0], ' ');
    }
    frame_close(frame);
}

static void a_higher_frame_keeps_what_is_in_it(void **state)
{
    (void)state;
    struct frame *frame = frame_open();
    char out[32];
    assert_true(frame_resize(frame, 1, 4));
    frame_text(frame, 0, 0, "abcd", STYLE_HIT);
    assert_true(frame_heighten(frame, 60));
    assert_int_equal(frame->rows, 61);
    frame_row_text(frame, 0, out, sizeof out);
    assert_string_equal(out, "abcd");
    for (unsigned row = 1; row < 61; row++) {
        assert_int_equal(frame_row(frame, row)[3].rune[0], ' ');
        assert_true(frame_row(frame, row)[3].offset == FRAME_NO_OFFSET);
        assert_int_equal(frame_row(frame, row)[3].style, STYLE_TEXT);
    }
    frame_close(frame);
}

/** A wide character, a combining mark, blanks after: one row. */
static struct frame *wide_row(void)
{
    struct frame *frame = frame_open();
    assert_true(frame_resize(frame, 1, 8));
    frame->cell[0].rune[0] = 0x4e2d;
    frame->cell[1].rune[0] = 0;
    frame->cell[3].rune[0] = 'e';
    frame->cell[3].rune[1] = 0x301;
    frame->cell[3].rune_count = 2;
    return frame;
}

static void row_text_is_utf8(void **state)
{
    (void)state;
    struct frame *frame = wide_row();
    char out[64];
    assert_int_equal(frame_row_text(frame, 0, out, sizeof out), 7);
    assert_string_equal(out, "\xe4\xb8\xad e\xcc\x81");
    frame->cell[6].rune[0] = 0x4e2d;
    frame->cell[7].rune[0] = 0;
    frame_row_text(frame, 0, out, sizeof out);
    assert_string_equal(out, "\xe4\xb8\xad e\xcc\x81  \xe4\xb8\xad");
    frame_close(frame);
}

static void row_text_is_cut_between_characters(void **state)
{
    (void)state;
    struct frame *frame = wide_row();
    char out[8];
    assert_int_equal(frame_row_text(frame, 0, out, 7), 4);
    assert_string_equal(out, "\xe4\xb8\xad ");
    assert_int_equal(frame_row_text(frame, 0, out, 3), 0);
    assert_string_equal(out, "");
    memset(out, 'x', sizeof out);
    assert_int_equal(frame_row_text(frame, 0, out, 0), 0);
    assert_int_equal(out[0], 'x');
    frame_close(frame);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(resize_makes_blanks),
        cmocka_unit_test(no_size_and_no_memory),
        cmocka_unit_test(text_is_cut_at_the_edge),
        cmocka_unit_test(a_wider_frame_keeps_what_is_in_it),
        cmocka_unit_test(a_higher_frame_keeps_what_is_in_it),
        cmocka_unit_test(row_text_is_utf8),
        cmocka_unit_test(row_text_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
