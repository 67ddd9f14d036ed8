/* SPDX-License-Identifier: MIT */
/** view/hex: rows and cells equal a plain rendering at all widths; holes are drawn and not read; the cursor. */
#include "model/sample.h"
#include "test.h"

#include "folio/io/page/guard.h"
#include "folio/model/reader/edits.h"
#include "folio/model/reader/overlay.h"
#include "folio/model/reader/run.h"
#include "folio/view/hex/layout.h"
#include "folio/view/layout/view.h"

#include <ctype.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define TIB ((uint64_t)1 << 40)

/** A file in memory, seen through the hex layout. */
struct bytes {
    int fd;
    struct mapping *mapping;
    struct settings settings;
    struct view view;
    struct canvas *canvas;
    struct frame *frame;
};

static struct bytes bytes;

static void bytes_open(uint64_t size)
{
    struct error error;
    memset(&bytes, 0, sizeof bytes);
    guard_install();
    bytes.fd = memfd_create("bytes", MFD_CLOEXEC);
    assert_true(bytes.fd >= 0);
    assert_int_equal(ftruncate(bytes.fd, (off_t)size), 0);
    bytes.mapping = mapping_open(bytes.fd, "bytes", MAPPING_SHARED, ADVICE_AUTO, &error);
    assert_non_null(bytes.mapping);
    bytes.settings = settings_default();
    view_init(&bytes.view, &hex_layout);
    bytes.canvas = &bytes.view.canvas;
    bytes.canvas->reader = reader_open(bytes.mapping);
    bytes.canvas->settings = &bytes.settings;
    bytes.frame = frame_open();
    view_resize(&bytes.view, 8, 80);
}

static void bytes_put(uint64_t offset, const void *data, size_t length)
{
    assert_int_equal(pwrite(bytes.fd, data, length, (off_t)offset), (ssize_t)length);
    mapping_refresh(bytes.mapping);
    reader_forget(bytes.canvas->reader);
}

static void bytes_close(void)
{
    reader_close(bytes.canvas->reader);
    mapping_close(bytes.mapping);
    frame_close(bytes.frame);
    close(bytes.fd);
}

static void bytes_draw(void)
{
    assert_true(frame_resize(bytes.frame, bytes.view.rows, bytes.canvas->columns));
    assert_int_equal(view_draw(&bytes.view, bytes.frame), VIEW_MOVED);
}

/** A row as text, ASCII or not; borrowed until the next call. */
static const char *bytes_row(unsigned row)
{
    static char text[8192];
    frame_row_text(bytes.frame, row, text, sizeof text);
    return text;
}

/** Cell `which` of the byte at `offset`: 0 and 1 are its digits, 2 its character; there is no other. */
static const struct cell *bytes_cell(uint64_t offset, unsigned which)
{
    const struct cell *found = NULL;
    unsigned count = 0;
    for (unsigned i = 0; i < bytes.frame->rows * bytes.frame->columns; i++)
        if (bytes.frame->cell[i].offset == offset && count++ == which)
            found = &bytes.frame->cell[i];
    assert_int_equal(count, 3);
    if (!found)
        abort();
    return found;
}

/** Blocks that the kernel holds for the file. */
static blkcnt_t bytes_blocks(void)
{
    struct stat state;
    assert_int_equal(fstat(bytes.fd, &state), 0);
    return state.st_blocks;
}

/** What a row of `count` printable bytes looks like, where `width` stand on a whole one. */
static void plain_row(const uint8_t *data, unsigned count, unsigned width, uint64_t offset, char *out)
{
    unsigned group = (unsigned)bytes.settings.group;
    char *to = out + sprintf(out, "%08llx  ", (unsigned long long)offset);
    for (unsigned i = 0; i < width; i++) {
        to += sprintf(to, "%s", i == 0 ? "" : group && i % group == 0 ? "  " : " ");
        to += i < count ? sprintf(to, "%02x", data[i]) : sprintf(to, "  ");
    }
    to += sprintf(to, "  ");
    memcpy(to, data, count);
    for (to += count; to > out && to[-1] == ' '; to--)
        continue;
    *to = '\0';
}

/** As many rows as there are equal the plain ones. */
static void check_rows(const uint8_t *data, size_t length)
{
    char expected[8192];
    unsigned width = hex_layout.room(bytes.canvas), row = 0;
    bytes_draw();
    for (size_t at = 0; at < length && row < bytes.view.rows; at += width, row++) {
        size_t left = length - at;
        plain_row(data + at, left < width ? (unsigned)left : width, width, at, expected);
        assert_string_equal(bytes_row(row), expected);
    }
    assert_int_equal(bytes.frame->used, row);
}

/** Bytes that are their own characters. */
static void fill(uint8_t *data, size_t length)
{
    for (size_t i = 0; i < length; i++)
        data[i] = (uint8_t)('!' + sample_below(94));
}

static void it_draws_bytes_as_they_are(void **state)
{
    uint8_t data[1000];
    (void)state;
    fill(data, sizeof data);
    for (size_t length = 1; length < sizeof data; length = length * 3 + 1) {
        bytes_open(0);
        bytes_put(0, data, length);
        check_rows(data, length);
        bytes_close();
    }
}

static void it_fits_any_width_and_grouping(void **state)
{
    static const int wanted[] = {0, 1, 7, 16, 20, 32, 256}, group[] = {0, 1, 3, 4, 8, 64};
    uint8_t data[4000];
    (void)state;
    fill(data, sizeof data);
    bytes_open(0);
    bytes_put(0, data, sizeof data);
    for (unsigned i = 0; i < sizeof wanted / sizeof *wanted; i++)
        for (unsigned j = 0; j < sizeof group / sizeof *group; j++)
            for (unsigned columns = 15; columns <= 300; columns += columns < 90 ? 1 : 35) {
                bytes.settings.bytes = wanted[i];
                bytes.settings.group = group[j];
                view_resize(&bytes.view, 6, columns);
                view_settle(&bytes.view, false);
                unsigned width = hex_layout.room(bytes.canvas);
                assert_true(hex_layout.width(bytes.canvas, NULL) <= columns);
                assert_true(wanted[i] == 0 || width <= (unsigned)wanted[i] || group[j] == 0 ||
                            width % (unsigned)group[j] == 0 || (unsigned)group[j] % width == 0);
                check_rows(data, sizeof data);
            }
    bytes_close();
}

/** How many stand on a row, by the width of the screen: whole groups, then what divides one. */
static void it_takes_as_many_as_fit(void **state)
{
    static const struct {
        unsigned columns;
        int bytes, group;
        unsigned shown;
    } row[] = {
        {80, 16, 8, 16},  {76, 16, 8, 16}, {75, 16, 8, 8},    {80, 0, 8, 16}, {200, 0, 8, 40},
        {200, 16, 8, 16}, {200, 0, 0, 47}, {43, 16, 8, 8},    {42, 16, 8, 4}, {20, 16, 8, 2},
        {15, 16, 8, 1},   {10, 16, 8, 2},  {5, 16, 8, 1},     {1, 16, 8, 1},  {80, 20, 8, 16},
        {100, 20, 8, 20}, {80, 3, 8, 3},   {300, 256, 4, 68},
    };
    (void)state;
    bytes_open(100000);
    for (unsigned i = 0; i < sizeof row / sizeof *row; i++) {
        bytes.settings.bytes = row[i].bytes;
        bytes.settings.group = row[i].group;
        bytes.canvas->columns = row[i].columns;
        assert_int_equal(hex_layout.room(bytes.canvas), row[i].shown);
    }
    bytes_close();
}

static void it_draws_something_on_the_narrowest_screen(void **state)
{
    (void)state;
    bytes_open(0);
    bytes_put(0, "AB", 2);
    static const char *const expected[] = {"", "4", "41", "41", "41", "41  A"};
    for (unsigned columns = 1; columns <= 5; columns++) {
        view_resize(&bytes.view, 2, columns);
        view_settle(&bytes.view, false);
        bytes_draw();
        assert_string_equal(bytes_row(0), expected[columns]);
    }
    bytes_close();
}

/** Straight to any byte, up, down and again, in a file that no loop could walk. */
static void it_finds_rows_by_arithmetic(void **state)
{
    (void)state;
    bytes_open(TIB + 5);
    for (int i = 0; i < sample_rounds(2000); i++) {
        bytes.settings.bytes = (int)(1 + sample_below(18));
        struct row row, next;
        uint64_t width = hex_layout.room(bytes.canvas), size = TIB + 5;
        uint64_t offset = i % 4   ? sample_random() % size
                          : i % 8 ? size - 1 - sample_below(40)
                                  : sample_below(40);
        assert_int_equal(hex_layout.holding(bytes.canvas, offset, &row), LAYOUT_OK);
        assert_int_equal(row.begin, offset / width * width);
        assert_int_equal(row.end, row.begin + width < size ? row.begin + width : size);
        assert_int_equal(row.next, row.end);
        assert_true(row.exact && !row.line_known);
        bool last = row.end == size;
        assert_int_equal(hex_layout.after(bytes.canvas, &row, &next), last ? LAYOUT_NONE : LAYOUT_OK);
        assert_true(last || (next.begin == row.next && next.end - next.begin <= width));
        assert_int_equal(hex_layout.before(bytes.canvas, &row, &next), row.begin ? LAYOUT_OK : LAYOUT_NONE);
        assert_true(row.begin == 0 || next.next == row.begin);
        assert_int_equal(hex_layout.again(bytes.canvas, &row, &next), LAYOUT_OK);
        assert_true(row.begin == next.begin && row.end == next.end && row.next == next.next && next.exact);
    }
    bytes_close();
}

static void it_moves_in_a_file_of_any_size(void **state)
{
    (void)state;
    bytes_open(TIB);
    bytes.settings.bytes = 16;
    assert_int_equal(view_goto(&bytes.view, TIB / 2 + 3, 2, true), VIEW_MOVED);
    bytes_draw();
    assert_int_equal(bytes.view.row[0].begin, TIB / 2 - 32);
    assert_memory_equal(bytes_row(2), "8000000000  ", 12);
    assert_int_equal(view_goto_end(&bytes.view), VIEW_MOVED);
    bytes_draw();
    assert_memory_equal(bytes_row(7), "fffffffff0  ", 12);
    assert_true(view_at_end(&bytes.view));
    assert_int_equal(view_scroll(&bytes.view, 1, VIEW_ROWS), VIEW_EDGE);
    assert_int_equal(view_scroll(&bytes.view, -1, VIEW_ROWS), VIEW_MOVED);
    assert_false(view_at_end(&bytes.view));
    assert_int_equal(view_goto(&bytes.view, 0, 0, true), VIEW_MOVED);
    assert_int_equal(view_scroll(&bytes.view, -1, VIEW_ROWS), VIEW_EDGE);
    bytes_close();
}

static void it_keeps_the_first_byte_where_the_width_changes(void **state)
{
    (void)state;
    bytes_open(100000);
    view_goto(&bytes.view, 0x1230, 0, true);
    bytes.settings.bytes = 10;
    view_settle(&bytes.view, false);
    assert_int_equal(bytes.view.row[0].begin, 0x1230 / 10 * 10);
    bytes.settings.bytes = 16;
    view_settle(&bytes.view, false);
    assert_true(bytes.view.row[0].begin <= 0x1230 && bytes.view.row[0].begin > 0x1200);
    bytes_close();
}

static void it_goes_on_where_the_file_grew(void **state)
{
    struct row row, after;
    (void)state;
    bytes_open(0);
    bytes_put(0, "0123456789", 10);
    assert_int_equal(hex_layout.holding(bytes.canvas, 9, &row), LAYOUT_OK);
    assert_int_equal(row.next, 10);
    bytes_draw();
    bytes_put(10, "abcdefghij", 10);
    view_settle(&bytes.view, true);
    bytes_draw();
    assert_non_null(strstr(bytes_row(0), "0123456789abcdef"));
    assert_non_null(strstr(bytes_row(1), "67 68 69 6a"));
    assert_int_equal(hex_layout.after(bytes.canvas, &row, &after), LAYOUT_OK);
    assert_int_equal(after.begin, 16);
    bytes_close();
}

static void it_has_no_row_where_there_is_no_byte(void **state)
{
    struct row row;
    (void)state;
    bytes_open(0);
    assert_int_equal(hex_layout.holding(bytes.canvas, 0, &row), LAYOUT_NONE);
    bytes_draw();
    assert_string_equal(bytes_row(0), "~");
    assert_true(view_at_end(&bytes.view));
    bytes_close();
}

/** Each class has a style of its own, and none but printable bytes an ASCII character. */
static void it_tells_the_classes_apart(void **state)
{
    uint8_t all[256];
    (void)state;
    for (unsigned i = 0; i < 256; i++)
        all[i] = (uint8_t)i;
    bytes_open(0);
    bytes_put(0, all, sizeof all);
    bytes.canvas->columns = 80;
    view_resize(&bytes.view, 20, 80);
    bytes_draw();
    for (unsigned i = 0; i < 256; i++) {
        enum style style = i == 0                            ? STYLE_BYTE_ZERO
                           : i == ' ' || (i >= 9 && i <= 13) ? STYLE_BYTE_SPACE
                           : i < ' ' || i == 127             ? STYLE_BYTE_CONTROL
                           : i > 127                         ? STYLE_BYTE_HIGH
                                                             : STYLE_TEXT;
        for (unsigned j = 0; j < 3; j++)
            assert_int_equal(bytes_cell(i, j)->style, style);
        bool itself = style == STYLE_TEXT || i == ' ';
        uint32_t rune = bytes_cell(i, 2)->rune[0];
        assert_true(itself ? rune == i : rune > 127);
    }
    uint32_t zero = bytes_cell(0, 2)->rune[0], control = bytes_cell(1, 2)->rune[0];
    uint32_t high = bytes_cell(200, 2)->rune[0], newline = bytes_cell('\n', 2)->rune[0];
    assert_true(zero != control && zero != high && control != high && newline != zero && newline != control &&
                newline != high);
    bytes_close();
}

static void it_shows_dots_where_the_locale_has_no_more(void **state)
{
    (void)state;
    assert_non_null(setlocale(LC_CTYPE, "C"));
    bytes_open(0);
    bytes_put(0, "a\0\n\xff", 4);
    bytes_draw();
    assert_non_null(strstr(bytes_row(0), "  a..."));
    bytes_close();
    assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
}

static void it_draws_holes_without_reading_them(void **state)
{
    const uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE);
    (void)state;
    bytes_open(TIB);
    bytes_put(16 * page, "data", 4);
    blkcnt_t blocks = bytes_blocks();
    bytes.settings.bytes = 12; /* rows that lie across the edges */
    for (uint64_t at = 15 * page; at < 18 * page; at += 96) {
        view_goto(&bytes.view, at, 0, true);
        bytes_draw();
        for (uint64_t offset = at / 12 * 12; offset < at / 12 * 12 + 96; offset++) {
            bool hole = offset < 16 * page || offset >= 17 * page;
            for (unsigned j = 0; j < 3; j++) {
                assert_int_equal(bytes_cell(offset, j)->style == STYLE_HOLE, hole);
                assert_int_equal(bytes_cell(offset, j)->rune[0] == (j == 2 ? ' ' : '-'), hole);
            }
        }
    }
    for (int i = 0; i < 200; i++) {
        view_goto(&bytes.view, sample_random() % TIB, 0, true);
        bytes_draw();
    }
    assert_int_equal(bytes_blocks(), blocks);
    bytes_close();
}

static void it_marks_the_byte_under_the_cursor(void **state)
{
    (void)state;
    bytes_open(0);
    bytes_put(0, "0123456789abcdefghijklmnop", 26);
    bytes.canvas->cursor = 18;
    for (int characters = 0; characters <= 1; characters++) {
        unsigned cursor = 0, mirror = 0;
        bytes.canvas->characters = characters;
        bytes_draw();
        assert_int_equal(bytes_cell(18, 0)->style, characters ? STYLE_MIRROR : STYLE_CURSOR);
        assert_int_equal(bytes_cell(18, 1)->style, bytes_cell(18, 0)->style);
        assert_int_equal(bytes_cell(18, 2)->style, characters ? STYLE_CURSOR : STYLE_MIRROR);
        for (unsigned i = 0; i < bytes.frame->rows * bytes.frame->columns; i++) {
            cursor += bytes.frame->cell[i].style == STYLE_CURSOR;
            mirror += bytes.frame->cell[i].style == STYLE_MIRROR;
        }
        assert_int_equal(cursor, characters ? 1 : 2);
        assert_int_equal(mirror, characters ? 2 : 1);
    }
    bytes_close();
}

/** What is selected is seen in both columns, whichever of its ends the cursor is; the cursor is seen in it. */
static void it_shows_what_is_selected(void **state)
{
    const uint64_t from[] = {3, 6}, cursor[] = {6, 3};
    (void)state;
    for (unsigned way = 0; way < 2; way++) {
        bytes_open(1 << 20);
        bytes_put(0, "0123456789", 10);
        bytes.canvas->selected = &from[way];
        bytes.canvas->cursor = cursor[way];
        bytes_draw();
        for (uint64_t offset = 3; offset < 7; offset++)
            for (unsigned part = 0; part < 3; part++)
                assert_int_equal(bytes_cell(offset, part)->style, offset != cursor[way] ? STYLE_SELECTED
                                                                  : part == 2           ? STYLE_MIRROR
                                                                                        : STYLE_CURSOR);
        assert_int_equal(bytes_cell(2, 0)->style, STYLE_TEXT);
        assert_int_equal(bytes_cell(7, 2)->style, STYLE_TEXT);
        bytes_close();
    }
}

/** What is typed stands over what is there, a digit alone too, and the cursor over both. */
static void it_shows_what_is_typed_and_not_stored(void **state)
{
    static struct run run = {
        .edition = 1, .offset = 3, .count = 3, .at = 2, .half = true, .byte = {'z', 0x7f, 0xb0}};
    (void)state;
    bytes_open(1 << 20);
    bytes_put(0, "0123456789", 10);
    bytes.canvas->run = &run;
    bytes_draw();
    for (uint64_t offset = 3; offset < 6; offset++)
        for (unsigned part = 0; part < 3; part++)
            assert_int_equal(bytes_cell(offset, part)->style, STYLE_PENDING);
    assert_true(bytes_cell(3, 0)->rune[0] == '7' && bytes_cell(3, 1)->rune[0] == 'a');
    assert_int_equal(bytes_cell(3, 2)->rune[0], 'z');
    assert_true(bytes_cell(5, 0)->rune[0] == 'b' && bytes_cell(5, 1)->rune[0] == '_');
    assert_int_equal(bytes_cell(5, 2)->rune[0], '_');
    assert_int_equal(bytes_cell(2, 0)->style, STYLE_TEXT);
    assert_int_equal(bytes_cell(6, 0)->style, STYLE_TEXT);
    bytes.canvas->cursor = 4;
    bytes_draw();
    assert_int_equal(bytes_cell(4, 0)->style, STYLE_CURSOR);
    assert_int_equal(bytes_cell(4, 1)->rune[0], 'f');
    bytes_close();
}

static void it_marks_what_is_changed_in_the_sandbox(void **state)
{
    struct error error;
    (void)state;
    bytes_open(1 << 20);
    bytes_put(0, "0123456789", 10);
    struct edits *edits = edits_open();
    assert_true(edits_set(edits, 3, '3', 0x7f, &error));
    assert_true(edits_set(edits, 0x8001, 0, 'z', &error));
    bytes.canvas->edits = edits;
    assert_true(reader_overlay(bytes.canvas->reader, edits));
    bytes_draw();
    assert_true(bytes_cell(3, 0)->style == STYLE_EDIT && bytes_cell(3, 2)->style == STYLE_EDIT);
    assert_true(bytes_cell(3, 0)->rune[0] == '7' && bytes_cell(3, 1)->rune[0] == 'f');
    assert_int_equal(bytes_cell(4, 0)->style, STYLE_TEXT);
    view_goto(&bytes.view, 0x8000, 0, true); /* in a hole, too */
    bytes_draw();
    assert_true(bytes_cell(0x8001, 0)->style == STYLE_EDIT && bytes_cell(0x8001, 2)->rune[0] == 'z');
    assert_int_equal(bytes_cell(0x8002, 0)->style, STYLE_HOLE);
    assert_true(reader_overlay(bytes.canvas->reader, NULL));
    edits_close(edits);
    bytes_close();
}

/** Nobody has the patience for a single look: the row says that it is awaited, and comes later. */
static bool never(void *context, unsigned waited_ms)
{
    (void)context;
    (void)waited_ms;
    return false;
}

static void it_waits_for_bytes_that_are_not_here(void **state)
{
    char path[] = "/tmp/folio-hex-XXXXXX";
    struct error error;
    struct row row;
    (void)state;
    guard_install();
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    unlink(path);
    assert_int_equal(pwrite(fd, "written", 7, 0), 7);
    fsync(fd);
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
    bytes_open(0);
    struct mapping *mapping = mapping_open(fd, path, MAPPING_SHARED, ADVICE_AUTO, &error);
    struct reader *reader = reader_open(mapping), *before = bytes.canvas->reader;
    bytes.canvas->reader = reader;
    reader_patience(reader, (struct patience){never, NULL});
    assert_true(frame_resize(bytes.frame, 8, 80));
    assert_int_equal(hex_layout.holding(bytes.canvas, 0, &row), LAYOUT_OK);
    enum layout_result result = hex_layout.draw(bytes.canvas, &row, bytes.frame, 0);
    assert_true(result == LAYOUT_WAIT || result == LAYOUT_OK); /* tmpfs has it all the time */
    reader_patience(reader, (struct patience){NULL, NULL});
    assert_int_equal(hex_layout.draw(bytes.canvas, &row, bytes.frame, 0), LAYOUT_OK);
    assert_non_null(strstr(bytes_row(0), "written"));
    bytes.canvas->reader = before;
    reader_close(reader);
    mapping_close(mapping);
    close(fd);
    bytes_close();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_draws_bytes_as_they_are),
        cmocka_unit_test(it_fits_any_width_and_grouping),
        cmocka_unit_test(it_takes_as_many_as_fit),
        cmocka_unit_test(it_draws_something_on_the_narrowest_screen),
        cmocka_unit_test(it_finds_rows_by_arithmetic),
        cmocka_unit_test(it_moves_in_a_file_of_any_size),
        cmocka_unit_test(it_keeps_the_first_byte_where_the_width_changes),
        cmocka_unit_test(it_goes_on_where_the_file_grew),
        cmocka_unit_test(it_has_no_row_where_there_is_no_byte),
        cmocka_unit_test(it_tells_the_classes_apart),
        cmocka_unit_test(it_shows_dots_where_the_locale_has_no_more),
        cmocka_unit_test(it_draws_holes_without_reading_them),
        cmocka_unit_test(it_marks_the_byte_under_the_cursor),
        cmocka_unit_test(it_shows_what_is_selected),
        cmocka_unit_test(it_shows_what_is_typed_and_not_stored),
        cmocka_unit_test(it_marks_what_is_changed_in_the_sandbox),
        cmocka_unit_test(it_waits_for_bytes_that_are_not_here),
    };
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
