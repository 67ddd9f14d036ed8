/* SPDX-License-Identifier: MIT */
/** view/text: rows and cells equal a plain rendering, whichever way one comes to them; very long lines by steps. */
#include "test.h"
#include "view/scene.h"

#include "folio/view/text/layout.h"

#include <locale.h>

/** The end of the row at `begin`: glyph by glyph. */
static uint64_t plain_row(const struct scene *scene, uint64_t begin)
{
    unsigned used = 0, width = scene_width(scene);
    uint64_t at = begin;
    while (at < scene->sample.length) {
        struct glyph glyph;
        glyph_at(scene, at, used, &glyph);
        if (glyph.kind == GLYPH_NEWLINE)
            return at + 1;
        if (used >= width ? glyph.kind != GLYPH_DROPPED : used > 0 && used + glyph.width > width)
            return at;
        used += glyph.width;
        at += glyph.length;
    }
    return at;
}

/** The end of the line at `at`, newline and all, if nothing but CR is in it; otherwise `at`. */
static uint64_t plain_blank(const struct sample *sample, uint64_t at)
{
    uint64_t end = at;
    while (end < sample->length && sample->data[end] == '\r')
        end++;
    return end < sample->length && sample->data[end] == '\n' ? end + 1 : at;
}

static struct starts plain_starts(const struct scene *scene)
{
    const struct sample *sample = &scene->sample;
    struct starts starts = {malloc((sample->length + 1) * sizeof(uint64_t)), 0};
    assert_non_null(starts.offset);
    for (uint64_t at = 0; at < sample->length;) {
        starts.offset[starts.count++] = at;
        uint64_t blank = at == 0 || sample->data[at - 1] == '\n' ? plain_blank(sample, at) : at;
        at = scene->settings.chop || scene->canvas.shift ? sample_line_end(sample, at) + 1
                                                         : plain_row(scene, at);
        while (scene->settings.squeeze && blank == at && plain_blank(sample, at) > at)
            at = blank = plain_blank(sample, at);
    }
    starts.offset[starts.count] = sample->length;
    return starts;
}

/** Down from the top, up from the end, and straight to random bytes. */
static void check_rows(const struct scene *scene)
{
    struct starts starts = plain_starts(scene);
    struct row row, next;
    size_t number = 0;
    assert_int_equal(text_layout.holding(&scene->canvas, 0, &row), LAYOUT_OK);
    for (check_row(&starts, 0, &row); text_layout.after(&scene->canvas, &row, &next) == LAYOUT_OK; row = next)
        check_row(&starts, ++number, &next);
    assert_int_equal(number + 1, starts.count);
    assert_int_equal(text_layout.holding(&scene->canvas, scene->sample.length, &row), LAYOUT_OK);
    for (check_row(&starts, number, &row); text_layout.before(&scene->canvas, &row, &next) == LAYOUT_OK;
         row = next)
        check_row(&starts, --number, &next);
    assert_int_equal(number, 0);
    for (int i = 0; i < 50; i++) {
        uint64_t offset = sample_below(scene->sample.length);
        for (number = 0; starts.offset[number + 1] <= offset;)
            number++;
        assert_int_equal(text_layout.holding(&scene->canvas, offset, &row), LAYOUT_OK);
        check_row(&starts, number, &row);
        if (number > 0 && text_layout.before(&scene->canvas, &row, &next) == LAYOUT_OK)
            check_row(&starts, number - 1, &next);
        assert_int_equal(text_layout.starting(&scene->canvas, offset, &row), LAYOUT_OK);
        assert_true(scene->settings.squeeze || row.begin == sample_line_begin(&scene->sample, offset));
    }
    free(starts.offset);
}

/** The cells of [begin, end) as one endless row: rune 0 is the second column of a wide character. */
static size_t plain_cells(const struct scene *scene, uint64_t begin, uint64_t end, uint32_t *cell)
{
    size_t count = 0;
    while (begin < end) {
        struct glyph glyph;
        glyph_at(scene, begin, count, &glyph);
        begin += glyph.length;
        for (unsigned i = 0; i < glyph.width; i++)
            if (glyph.kind == GLYPH_TAB)
                cell[count++] = ' ';
            else if (glyph.kind == GLYPH_TEXT)
                cell[count++] = i ? 0 : glyph.rune[0];
            else
                cell[count++] = glyph.rune[i];
    }
    return count;
}

/** What must stand in column `column` of the screen. */
static uint32_t plain_cell(const struct scene *scene, const uint32_t *cell, size_t count, unsigned column)
{
    unsigned width = scene_width(scene);
    uint64_t at = scene->canvas.shift + column;
    bool chopped = scene->settings.chop || scene->canvas.shift;
    bool goes_on = chopped && count > scene->canvas.shift + width;
    if (goes_on && column + 1 == width)
        return '>';
    if (at >= count || (column == 0 && cell[at] == 0))
        return ' ';
    bool wide = at + 1 < count && cell[at + 1] == 0;
    if (wide && (column + 1 >= width || (goes_on && column + 2 >= width)))
        return ' ';
    return cell[at];
}

static void check_drawing(const struct scene *scene)
{
    struct frame *frame = frame_open();
    uint32_t *cell = malloc((scene->sample.length + 1) * GLYPH_RUNE_MAX * sizeof *cell);
    struct row row, next;
    assert_non_null(cell);
    assert_true(frame_resize(frame, 1, scene->canvas.columns));
    assert_int_equal(text_layout.holding(&scene->canvas, 0, &row), LAYOUT_OK);
    for (;;) {
        size_t count = plain_cells(scene, row.begin, row.end, cell);
        assert_true(frame_resize(frame, 1, scene->canvas.columns));
        assert_int_equal(text_layout.draw(&scene->canvas, &row, frame, 0), LAYOUT_OK);
        for (unsigned column = 0; column < scene->canvas.columns; column++)
            assert_int_equal(frame_row(frame, 0)[column].rune[0], plain_cell(scene, cell, count, column));
        if (scene->settings.chop)
            assert_int_equal(text_layout.width(&scene->canvas, &row), count);
        if (text_layout.after(&scene->canvas, &row, &next) != LAYOUT_OK)
            break;
        row = next;
    }
    free(cell);
    frame_close(frame);
}

static void check_scene(unsigned kinds, unsigned longest)
{
    struct scene scene;
    size_t length = 300 + sample_below(3000);
    scene_open(&scene, mixture(length, kinds, longest), length, sample_below(2));
    for (int i = 0; i < 6; i++) {
        scene.canvas.columns = i == 0 ? 1 + (unsigned)sample_below(4) : 1 + (unsigned)sample_below(100);
        scene.settings.tab_width = sample_below(3) ? 8 : 1 + (int)sample_below(12);
        scene.settings.squeeze = sample_below(3) == 0;
        scene.settings.chop = i % 3 == 2;
        scene.canvas.shift = i == 5 ? sample_below(40) : 0;
        scene_fit(&scene);
        check_rows(&scene);
        if (scene.canvas.columns >= 12) /* narrower ones cut replacements in half */
            check_drawing(&scene);
    }
    sample_close(&scene.sample);
}

static void rows_of_plain_text(void **state)
{
    (void)state;
    for (int i = 0; i < 15; i++)
        check_scene(0, 40);
}

static void rows_with_tabs_and_crlf(void **state)
{
    (void)state;
    for (int i = 0; i < 15; i++)
        check_scene(2 | (i % 2 ? 128 : 0), 40);
}

static void rows_of_wide_and_combining_characters(void **state)
{
    (void)state;
    for (int i = 0; i < 30; i++)
        check_scene(i % 3 == 0 ? 4 : i % 3 == 1 ? 8 : 14, 40);
}

static void rows_of_controls_and_broken_bytes(void **state)
{
    (void)state;
    for (int i = 0; i < 40; i++)
        check_scene(16u << i % 3, 40);
}

static void rows_of_everything(void **state)
{
    (void)state;
    for (int i = 0; i < 60; i++)
        check_scene(i % 2 ? 127 : 255, i % 5 ? 60 : 600);
}

static void runs_of_empty_lines(void **state)
{
    (void)state;
    for (int round = 0; round < 8; round++) {
        struct scene scene;
        size_t length = round < 4 ? 5000 : 200000;
        char *data = malloc(length);
        assert_non_null(data);
        memset(data, '\n', length);
        for (size_t i = 0; i < length / 1000; i++)
            if (round % 4)
                data[sample_below(length)] = 'x';
        scene_open(&scene, data, length, false);
        scene.settings.squeeze = 1;
        check_rows(&scene);
        scene.settings.chop = 1;
        check_rows(&scene);
        sample_close(&scene.sample);
    }
}

static void line_numbers(void **state)
{
    struct scene scene;
    struct row row;
    char text[200];
    (void)state;
    scene_open(&scene, strdup("first\nsecond\n"), 13, false);
    scene.settings.numbers = 1;
    scene.canvas.columns = 20;
    scene_fit(&scene);
    struct frame *frame = frame_open();
    assert_true(frame_resize(frame, 1, 20));
    assert_int_equal(text_layout.holding(&scene.canvas, 7, &row), LAYOUT_OK);
    row.line = 2;
    row.line_exact = true;
    assert_int_equal(text_layout.draw(&scene.canvas, &row, frame, 0), LAYOUT_OK);
    frame_row_text(frame, 0, text, sizeof text);
    assert_string_equal(text, "      2 second");
    assert_int_equal(frame_row(frame, 0)[6].style, STYLE_NUMBER);
    row.line_exact = false;
    assert_true(frame_resize(frame, 1, 20));
    assert_int_equal(text_layout.draw(&scene.canvas, &row, frame, 0), LAYOUT_OK);
    frame_row_text(frame, 0, text, sizeof text);
    assert_string_equal(text, "     ~2 second");
    frame_close(frame);
    sample_close(&scene.sample);
}

static void hits_are_marked(void **state)
{
    struct scene scene;
    struct row row;
    struct error error;
    (void)state;
    scene_open(&scene, strdup("one two one\ntwo\n"), 16, false);
    struct pattern *pattern = pattern_compile("one", 3, PATTERN_EXACT, false, &error);
    scene.canvas.matches = matches_open(scene.sample.survey, pattern, NULL, &error);
    struct frame *frame = frame_open();
    assert_true(frame_resize(frame, 1, 80));
    assert_int_equal(text_layout.holding(&scene.canvas, 0, &row), LAYOUT_OK);
    assert_int_equal(text_layout.draw(&scene.canvas, &row, frame, 0), LAYOUT_OK);
    for (unsigned column = 0; column < 11; column++)
        assert_int_equal(frame_row(frame, 0)[column].style,
                         column < 3 || column > 7 ? STYLE_HIT : STYLE_TEXT);
    matches_close(scene.canvas.matches);
    frame_close(frame);
    sample_close(&scene.sample);
}

/** One line of `length` bytes between two short ones. */
static char *long_line(size_t length, const char *unit)
{
    size_t size = strlen(unit);
    char *data = malloc(length + 16 + size);
    assert_non_null(data);
    memcpy(data, "before\n", 7);
    for (size_t at = 0; at < length; at += size)
        memcpy(data + 7 + at, unit, size);
    memcpy(data + 7 + length, "\nafter\n", 7);
    return data;
}

static void a_long_plain_line_is_arithmetic(void **state)
{
    (void)state;
    for (unsigned extra = 0; extra < 3; extra++) {
        struct scene scene;
        size_t length = 5000000 + extra;
        struct row row, next;
        scene_open(&scene, long_line(length, "0123456789"), length + 14, false);
        for (int i = 0; i < 300; i++) {
            uint64_t offset = 7 + sample_below(length);
            assert_int_equal(text_layout.holding(&scene.canvas, offset, &row), LAYOUT_OK);
            assert_int_equal(row.begin, 7 + (offset - 7) / 80 * 80);
            assert_true(row.exact && row.line_known);
            assert_int_equal(row.line_begin, 7);
            if (row.begin > 7) {
                assert_int_equal(text_layout.before(&scene.canvas, &row, &next), LAYOUT_OK);
                assert_int_equal(next.begin, row.begin - 80);
                assert_int_equal(next.next, row.begin);
            }
        }
        /* From the line after it up, and down again: no empty row in between. */
        assert_int_equal(text_layout.holding(&scene.canvas, 7 + length + 1, &row), LAYOUT_OK);
        assert_int_equal(text_layout.before(&scene.canvas, &row, &next), LAYOUT_OK);
        assert_int_equal(next.begin, 7 + (length - 1) / 80 * 80);
        assert_int_equal(next.next, 7 + length + 1);
        assert_int_equal(text_layout.holding(&scene.canvas, 7 + length, &row), LAYOUT_OK);
        assert_int_equal(row.begin, next.begin);
        scene.settings.chop = 1;
        scene.canvas.shift = 4000000;
        assert_int_equal(text_layout.holding(&scene.canvas, 3000, &row), LAYOUT_OK);
        assert_int_equal(row.begin, 7);
        assert_int_equal(row.next, 7 + length + 1);
        struct frame *frame = frame_open();
        assert_true(frame_resize(frame, 1, 80));
        assert_int_equal(text_layout.draw(&scene.canvas, &row, frame, 0), LAYOUT_OK);
        assert_int_equal(frame_row(frame, 0)[3].rune[0], '3');
        assert_int_equal(frame_row(frame, 0)[3].offset, 7 + 4000003);
        assert_int_equal(frame_row(frame, 0)[79].rune[0], '>');
        frame_close(frame);
        sample_close(&scene.sample);
    }
}

/** Steps through a long line that is not plain: each moves, none repeats, and going back leads near. */
static void check_steps(struct scene *scene, uint64_t offset, unsigned steps)
{
    struct row row, next;
    assert_int_equal(text_layout.holding(&scene->canvas, offset, &row), LAYOUT_OK);
    assert_true(row.begin <= offset && offset < row.next);
    uint64_t start = row.begin;
    unsigned down = 0;
    for (; down < steps && text_layout.after(&scene->canvas, &row, &next) == LAYOUT_OK; down++, row = next) {
        assert_int_equal(next.begin, row.next);
        assert_true(next.next > next.begin);
    }
    for (; down > 0 && text_layout.before(&scene->canvas, &row, &next) == LAYOUT_OK; down--, row = next) {
        assert_true(next.begin < row.begin);
        assert_int_equal(next.next, row.begin);
    }
    assert_int_equal(down, 0);
    uint64_t distance = row.begin > start ? row.begin - start : start - row.begin;
    assert_true(distance <= (uint64_t)scene->canvas.columns * 12);
    for (unsigned up = 0; up < 2 * steps && text_layout.before(&scene->canvas, &row, &next) == LAYOUT_OK;
         up++) {
        assert_true(next.begin < row.begin);
        row = next;
    }
}

static void a_long_line_of_other_characters(void **state)
{
    static const char *const unit[] = {
        "\xe6\xbc\xa2\xe5\xad\x97 ", "\xc3\xa9", "e\xcc\x81", "a\tb", "\xff\x01x", "z\xe2\x80\x8d"};
    (void)state;
    for (size_t i = 0; i < sizeof unit / sizeof *unit * 2; i++) {
        struct scene scene;
        size_t length = 1200000 / strlen(unit[i / 2]) * strlen(unit[i / 2]);
        scene_open(&scene, long_line(length, unit[i / 2]), length + 14, i % 2);
        for (int round = 0; round < 12; round++) {
            scene.canvas.columns = 5 + (unsigned)sample_below(120);
            scene_fit(&scene);
            check_steps(&scene, 7 + sample_below(length), 40);
        }
        check_steps(&scene, length, 40);
        sample_close(&scene.sample);
    }
}

/** Up from far inside a line whose beginning nobody has found yet: all the way. */
static void up_to_the_beginning_of_an_unknown_line(void **state)
{
    struct scene scene;
    struct row row, next;
    (void)state;
    scene_open(&scene, long_line(600000, "0123456789"), 600014, true);
    assert_int_equal(text_layout.holding(&scene.canvas, 500000, &row), LAYOUT_OK);
    unsigned steps = 0;
    for (; text_layout.before(&scene.canvas, &row, &next) == LAYOUT_OK; steps++, row = next)
        assert_true(next.begin < row.begin);
    assert_int_equal(row.begin, 0);
    assert_in_range(steps, 500000 / 80, 500000 / 80 + 20);
    sample_close(&scene.sample);
}

static void an_empty_file_has_no_row(void **state)
{
    struct scene scene;
    struct row row;
    (void)state;
    scene_open(&scene, strdup(""), 0, false);
    assert_int_equal(text_layout.holding(&scene.canvas, 0, &row), LAYOUT_NONE);
    assert_int_equal(text_layout.starting(&scene.canvas, 0, &row), LAYOUT_NONE);
    sample_close(&scene.sample);
}

static int threads_end(void **state)
{
    (void)state;
    return sample_settled(2) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_plain_text),
        cmocka_unit_test(rows_with_tabs_and_crlf),
        cmocka_unit_test(rows_of_wide_and_combining_characters),
        cmocka_unit_test(rows_of_controls_and_broken_bytes),
        cmocka_unit_test(rows_of_everything),
        cmocka_unit_test(runs_of_empty_lines),
        cmocka_unit_test(line_numbers),
        cmocka_unit_test(hits_are_marked),
        cmocka_unit_test(a_long_plain_line_is_arithmetic),
        cmocka_unit_test(a_long_line_of_other_characters),
        cmocka_unit_test(up_to_the_beginning_of_an_unknown_line),
        cmocka_unit_test(an_empty_file_has_no_row),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, threads_end);
}
