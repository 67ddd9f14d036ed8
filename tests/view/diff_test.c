/* SPDX-License-Identifier: MIT */
/** view/diff: what differs is marked on both sides, whatever the width and the lengths of the files. */
#include "folio/model/byte/diff.h"

#include "model/sample.h"
#include "test.h"

#include "folio/model/document/document.h"
#include "folio/view/diff/layout.h"
#include "folio/view/layout/layout.h"

#include <stdio.h>

/** Two files of these contents, beside each other on a canvas. */
struct pair {
    char path[2][64];
    const char *data[2];
    size_t length[2];
    struct document *document;
    struct diff *diff;
    struct settings settings;
    struct canvas canvas;
};

static struct document *pair_document(struct pair *pair, unsigned which)
{
    struct error error;
    struct document_options options = {.stdin_fd = -1};
    snprintf(pair->path[which], sizeof pair->path[which], "/tmp/folio-diff-XXXXXX");
    int fd = mkstemp(pair->path[which]);
    assert_true(fd >= 0);
    sample_write(fd, 0, pair->data[which], pair->length[which]);
    close(fd);
    struct document *document = document_open(pair->path[which], &options, &error);
    assert_non_null(document);
    return document;
}

static void pair_open(struct pair *pair, const char *one, size_t length, const char *other,
                      size_t other_length)
{
    struct error error;
    *pair = (struct pair){.data = {one, other}, .length = {length, other_length}};
    pair->document = pair_document(pair, 0);
    pair->diff = diff_open(pair->document, pair_document(pair, 1), &error);
    assert_non_null(pair->diff);
    pair->settings = settings_default();
    pair->canvas = (struct canvas){.reader = pair->document->reader,
                                   .lines = pair->document->lines,
                                   .settings = &pair->settings,
                                   .current = FRAME_NO_OFFSET,
                                   .fresh = FRAME_NO_OFFSET,
                                   .cursor = FRAME_NO_OFFSET,
                                   .content = pair->diff,
                                   .columns = 80};
}

static void pair_close(struct pair *pair)
{
    diff_close(pair->diff);
    document_close(pair->document);
    unlink(pair->path[0]);
    unlink(pair->path[1]);
}

static bool pair_differs(const struct pair *pair, uint64_t offset)
{
    return offset >= pair->length[0] || offset >= pair->length[1] ||
           pair->data[0][offset] != pair->data[1][offset];
}

/** Every cell that stands for a byte is marked where that differs, and only there. */
static unsigned check_side_by_side(const struct pair *pair, const struct row *row, struct frame *frame)
{
    unsigned seen = 0;
    frame_resize(frame, 1, pair->canvas.columns);
    assert_int_equal(diff_layout.draw(&pair->canvas, row, frame, 0), LAYOUT_OK);
    for (unsigned column = 0; column < frame->columns; column++) {
        const struct cell *cell = &frame_row(frame, 0)[column];
        if (cell->offset == FRAME_NO_OFFSET || cell->rune[0] == ' ')
            continue;
        assert_true(cell->offset >= row->begin && cell->offset < row->end);
        assert_int_equal(cell->style == STYLE_DIFFERENT, pair_differs(pair, cell->offset));
        seen++;
    }
    return seen;
}

/** All rows, from the first to the last and back. */
static void check_all(struct pair *pair)
{
    struct frame *frame = frame_open();
    struct row row = {.begin = 0}, next;
    size_t longer = pair->length[0] > pair->length[1] ? pair->length[0] : pair->length[1];
    uint64_t at = 0;
    unsigned seen = 0, bytes = diff_layout.room(&pair->canvas);
    enum layout_result result = diff_layout.holding(&pair->canvas, 0, &row);
    for (; result == LAYOUT_OK; row = next) {
        assert_int_equal(row.begin, at);
        at += longer - at < bytes ? longer - at : bytes;
        assert_int_equal(row.next, at);
        seen += check_side_by_side(pair, &row, frame);
        result = diff_layout.after(&pair->canvas, &row, &next);
    }
    assert_int_equal(at, longer);
    if (pair->canvas.columns > 20)
        assert_true(seen >= 2 * (pair->length[0] + pair->length[1]));
    frame_close(frame);
}

static void all_widths(void **state)
{
    (void)state;
    char one[300], other[300];
    for (int round = 0; round < sample_rounds(20); round++) {
        struct pair pair;
        for (unsigned i = 0; i < sizeof one; i++) {
            one[i] = (char)sample_random();
            other[i] = sample_below(4) ? one[i] : (char)sample_random();
        }
        pair_open(&pair, one, sample_below(sizeof one), other, sample_below(sizeof other));
        for (unsigned columns = 5; columns < 200; columns += 1 + (unsigned)sample_below(9)) {
            pair.canvas.columns = columns;
            check_all(&pair);
        }
        pair_close(&pair);
    }
}

static void rooms(void **state)
{
    static const unsigned room[][2] = {{80, 8}, {79, 8}, {110, 16}, {150, 16}, {200, 16}, {40, 4}, {5, 1}};
    (void)state;
    struct pair pair;
    pair_open(&pair, "abc", 3, "abd", 3);
    for (unsigned i = 0; i < sizeof room / sizeof *room; i++) {
        pair.canvas.columns = room[i][0];
        assert_int_equal(diff_layout.room(&pair.canvas), room[i][1]);
    }
    pair.canvas.columns = 200;
    pair.settings.bytes = 20;
    assert_int_equal(diff_layout.room(&pair.canvas), 20);
    pair_close(&pair);
}

/** A row as a person sees it, with the cursor on the third byte. */
static void one_row(void **state)
{
    (void)state;
    struct pair pair;
    struct frame *frame = frame_open();
    struct row row;
    char text[256];
    pair_open(&pair, "abcdefgh", 8, "abXd", 4);
    pair.canvas.cursor = 2;
    assert_true(frame_resize(frame, 1, 80));
    assert_int_equal(diff_layout.holding(&pair.canvas, 7, &row), LAYOUT_OK);
    assert_int_equal(diff_layout.draw(&pair.canvas, &row, frame, 0), LAYOUT_OK);
    frame_row_text(frame, 0, text, sizeof text);
    assert_string_equal(text, "00000000  61 62 63 64 65 66 67 68   61 62 58 64              abcdefgh abXd");
    const struct cell *cell = frame_row(frame, 0);
    assert_int_equal(cell[16].style, STYLE_CURSOR);
    assert_int_equal(cell[17].style, STYLE_CURSOR);
    assert_int_equal(cell[42].style, STYLE_MIRROR);
    assert_int_equal(cell[63].style, STYLE_MIRROR);
    assert_int_equal(cell[22].style, STYLE_DIFFERENT);
    pair.canvas.characters = true;
    assert_int_equal(diff_layout.draw(&pair.canvas, &row, frame, 0), LAYOUT_OK);
    assert_int_equal(cell[16].style, STYLE_MIRROR);
    assert_int_equal(cell[63].style, STYLE_CURSOR);
    frame_close(frame);
    pair_close(&pair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_row),
        cmocka_unit_test(rooms),
        cmocka_unit_test(all_widths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
