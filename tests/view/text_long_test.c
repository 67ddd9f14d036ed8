/* SPDX-License-Identifier: MIT */
/** view/text: inside very long lines, and in other encodings, everything is as if walked from the line's start. */
#include "test.h"
#include "view/scene.h"

#include "folio/view/text/layout.h"

#include <locale.h>

/** The content as one line, with what `kinds` says and colours; `sgr` settings on. */
static void scene_open_long(struct scene *scene, size_t length, unsigned kinds, bool waiting)
{
    static const char *const colour[] = {"\x1b[31m",          "\x1b[0m", "\x1b[1;38;5;208m",
                                         "\x1b[48:2::1:2:3m", "\x1b[4m", "\x1b]8;;https://a.example/\x1b\\",
                                         "\x1b]8;;\x1b\\"};
    char *data = mixture(length, kinds, 60), *out = malloc(2 * length + 64);
    size_t at = 0;
    assert_non_null(out);
    for (size_t i = 0; i + 1 < length && at < 2 * length; i++) {
        if (kinds & 256 && ((unsigned char)data[i] & 0xc0) != 0x80 && sample_below(20) == 0) {
            const char *text = colour[sample_below(7)];
            memcpy(out + at, text, strlen(text));
            at += strlen(text);
        }
        out[at++] = data[i] == '\n' ? ' ' : data[i];
    }
    out[at++] = '\n';
    free(data);
    scene_open(scene, out, at, waiting);
    scene->settings.sgr = SGR_ON;
    scene_fit(scene);
    scene->canvas.attributes = attributes_open(scene->sample.survey, &scene->canvas.fit.rules, false);
    assert_non_null(scene->canvas.attributes);
}

static void scene_walk(struct scene *scene, bool chopped)
{
    struct error error;
    columns_close(scene->canvas.walk[0]);
    scene->canvas.walk[0] = columns_open(scene->sample.survey, &scene->canvas.fit, chopped, 0, &error);
    assert_non_null(scene->canvas.walk[0]);
    for (int tries = 0; tries < 6000 && !columns_complete(scene->canvas.walk[0]); tries++)
        sample_sleep(5);
    assert_true(columns_complete(scene->canvas.walk[0]));
}

static void scene_close_long(struct scene *scene)
{
    columns_close(scene->canvas.walk[0]);
    attributes_close(scene->canvas.attributes);
    sample_close(&scene->sample);
}

/** Row starts of the line at 0, wrapped from its start; the last one is the end of the file. */
static struct starts wrapped_starts(const struct scene *scene)
{
    const struct sample *sample = &scene->sample;
    struct starts starts = {malloc((sample->length + 1) * sizeof(uint64_t)), 0};
    size_t look = fit_ahead(&scene->canvas.fit);
    unsigned used;
    assert_non_null(starts.offset);
    for (size_t at = 0; at < sample->length;) {
        size_t rest = sample->length - at;
        starts.offset[starts.count++] = at;
        at += fit_row(&scene->canvas.fit, (struct span){sample->data + at, rest < look ? rest : look}, &used);
        at += at < sample->length && sample->data[at] == '\n';
    }
    starts.offset[starts.count] = sample->length;
    return starts;
}

/** With the walk through, every row of a long line is that of wrapping it from its start. */
static void rows_of_a_long_line_are_exact(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 6; i++) {
        struct scene scene;
        scene_open_long(&scene, 1500000 + 100000 * i, (i % 2 ? 127 : 6) | (i % 3 ? 256 : 0), false);
        scene.canvas.columns = i == 0 ? 200 : 20 + (unsigned)sample_below(100);
        scene.settings.word_wrap = i >= 3;
        scene_fit(&scene);
        scene_walk(&scene, false);
        struct starts starts = wrapped_starts(&scene);
        struct row row, next;
        for (int round = 0; round < 60; round++) {
            uint64_t offset = sample_below(scene.sample.length);
            size_t number = 0;
            for (size_t high = starts.count; high - number > 1;) {
                size_t middle = (number + high) / 2;
                *(starts.offset[middle] <= offset ? &number : &high) = middle;
            }
            assert_int_equal(text_layout.holding(&scene.canvas, offset, &row), LAYOUT_OK);
            check_row(&starts, number, &row);
            assert_true(row.exact && text_layout.sure(&scene.canvas, &row));
            for (int step = 0; step < 5 && text_layout.after(&scene.canvas, &row, &next) == LAYOUT_OK;
                 step++) {
                check_row(&starts, ++number, &next);
                row = next;
            }
            for (int step = 0; step < 10 && text_layout.before(&scene.canvas, &row, &next) == LAYOUT_OK;
                 step++) {
                check_row(&starts, --number, &next);
                assert_true(next.exact);
                row = next;
            }
        }
        free(starts.offset);
        scene_close_long(&scene);
    }
}

/** A row that was guessed stays, and its neighbours are the true ones as soon as they are known. */
static void a_guessed_row_leads_to_true_ones(void **state)
{
    struct scene scene;
    (void)state;
    scene_open_long(&scene, 2000000, 6 | 256, false);
    struct starts starts = wrapped_starts(&scene);
    for (int round = 0; round < 8; round++) {
        struct row guess[20], row, next;
        columns_close(scene.canvas.walk[0]);
        scene.canvas.walk[0] = NULL;
        for (int i = 0; i < 20; i++) {
            uint64_t offset = 100000 + sample_below(scene.sample.length - 200000);
            assert_int_equal(text_layout.holding(&scene.canvas, offset, &guess[i]), LAYOUT_OK);
            assert_false(guess[i].exact || text_layout.sure(&scene.canvas, &guess[i]));
        }
        scene_walk(&scene, false);
        for (int i = 0; i < 20; i++) {
            size_t number = 0;
            while (starts.offset[number + 1] <= guess[i].begin)
                number++;
            bool lucky = starts.offset[number] == guess[i].begin;
            assert_true(text_layout.sure(&scene.canvas, &guess[i]));
            assert_int_equal(text_layout.again(&scene.canvas, &guess[i], &row), LAYOUT_OK);
            assert_int_equal(row.begin, guess[i].begin);
            assert_int_equal(row.next, starts.offset[number + 1]);
            assert_int_equal(row.exact, lucky);
            assert_int_equal(text_layout.after(&scene.canvas, &row, &next), LAYOUT_OK);
            check_row(&starts, number + 1, &next);
            assert_true(next.exact);
            assert_int_equal(text_layout.before(&scene.canvas, &row, &next), LAYOUT_OK);
            check_row(&starts, number - lucky, &next);
            assert_true(next.exact);
        }
    }
    free(starts.offset);
    scene_close_long(&scene);
}

/** The glyph at `offset` of the line at 0, and its column and ink there, found by walking from the line's start. */
struct plain_place {
    uint64_t offset, column;
    struct ink ink;
};

/** Walk on until the glyph that begins at or after `offset` (by `column`: in or after that column). */
static void plain_walk(const struct scene *scene, struct plain_place *place, uint64_t offset, uint64_t column)
{
    while (place->offset < offset || place->column < column) {
        struct glyph glyph;
        glyph_at(scene, place->offset, place->column, &glyph);
        if (glyph.kind == GLYPH_NEWLINE)
            return;
        if (glyph.kind == GLYPH_SEQUENCE)
            place->ink = ink_apply(place->ink, glyph.change);
        place->offset += glyph.length;
        place->column += glyph.width;
    }
}

static struct ink plain_ink(struct ink ink)
{
    if (ink.flags & INK_LINK)
        ink.flags |= INK_UNDERLINE;
    return ink_visible(ink);
}

/** Draw the row until its colours are known. */
static void draw_known(const struct scene *scene, const struct row *row, struct frame *frame)
{
    for (int tries = 0; tries < 6000; tries++) {
        assert_true(frame_resize(frame, 1, 80));
        memset(&frame->report, 0, sizeof frame->report);
        assert_int_equal(text_layout.draw(&scene->canvas, row, frame, 0), LAYOUT_OK);
        if (!frame->report.approximate)
            return;
        sample_sleep(5);
    }
    fail_msg("the colours never became known");
}

/** Far to the right in a chopped line: the right byte in the first column, in its colour. */
static void columns_of_a_long_line_are_exact(void **state)
{
    struct scene scene;
    struct frame *frame = frame_open();
    struct plain_place place = {0};
    struct row row;
    (void)state;
    scene_open_long(&scene, 1500000, 6 | 256, false);
    scene.settings.chop = 1;
    scene_fit(&scene);
    scene_walk(&scene, true);
    sample_wait(scene.sample.lines);
    assert_int_equal(text_layout.holding(&scene.canvas, 700000, &row), LAYOUT_OK);
    assert_int_equal(row.begin, 0);
    for (uint64_t shift = 1000; shift < 1000000; shift += 1 + sample_below(60000)) {
        uint64_t column;
        plain_walk(&scene, &place, 0, shift);
        scene.canvas.shift = shift;
        draw_known(&scene, &row, frame);
        const struct cell *cell = &frame_row(frame, 0)[place.column - shift];
        struct glyph glyph;
        struct plain_place next = place;
        for (glyph_at(&scene, next.offset, next.column, &glyph); glyph.width == 0;
             glyph_at(&scene, next.offset, next.column, &glyph)) /* the first one that shows */
            plain_walk(&scene, &next, next.offset + 1, 0);
        assert_int_equal(cell->offset, next.offset);
        if (cell->style == STYLE_TEXT)
            assert_true(ink_same(cell->ink, plain_ink(next.ink)));
        assert_true(text_layout.column(&scene.canvas, next.offset, &column));
        assert_int_equal(column, next.column);
    }
    plain_walk(&scene, &place, scene.sample.length - 1, 0);
    assert_int_equal(text_layout.width(&scene.canvas, &row), place.column);
    frame_close(frame);
    scene_close_long(&scene);
}

/** Every cell of rows anywhere in a long line has the colour that walking from its start gives it. */
static void colours_of_a_long_line(void **state)
{
    struct scene scene;
    struct frame *frame = frame_open();
    struct plain_place place = {0};
    struct canvas_ink ink = {.offset = FRAME_NO_OFFSET};
    struct row row;
    (void)state;
    scene_open_long(&scene, 800000, 14 | 256, false);
    scene_walk(&scene, false);
    for (unsigned round = 0; place.offset + 30000 < scene.sample.length; round++) {
        uint64_t offset = place.offset + sample_below(25000);
        assert_int_equal(text_layout.holding(&scene.canvas, offset, &row), LAYOUT_OK);
        if (row.begin < place.offset)
            continue;
        scene.canvas.ink = round % 2 ? &ink : NULL;
        for (int step = 0; step < 4; step++) {
            draw_known(&scene, &row, frame);
            for (unsigned column = 0; column < 80; column++) {
                const struct cell *cell = &frame_row(frame, 0)[column];
                if (cell->offset == FRAME_NO_OFFSET)
                    continue;
                plain_walk(&scene, &place, cell->offset, 0);
                assert_int_equal(place.offset, cell->offset);
                bool filled = cell->rune[0] == ' ' && cell->rune_count == 1; /* beside a wide one too */
                if (cell->style == STYLE_TEXT && !filled)
                    assert_true(ink_same(cell->ink, plain_ink(place.ink)));
            }
            assert_int_equal(text_layout.after(&scene.canvas, &row, &row), LAYOUT_OK);
        }
    }
    frame_close(frame);
    scene_close_long(&scene);
}

/** UTF-16 in both orders: rows, columns and squeezing go by units; the byte order mark shows as nothing. */
static void rows_in_units_of_two(void **state)
{
    (void)state;
    for (int big = 0; big < 2; big++) {
        static const char *const text = "\xef\xbb\xbf"
                                        "ab\nabcdefghijkl\n\n\r\n\nx";
        char data[64];
        size_t length = 0;
        struct scene scene;
        struct error error;
        struct row row, next;
        for (const char *at = text; *at; at++) {
            unsigned rune = at == text ? 0xfeff : (unsigned char)*at;
            at += at == text ? 2 : 0;
            data[length + (big ? 1 : 0)] = (char)(rune & 0xff);
            data[length + (big ? 0 : 1)] = (char)(rune >> 8);
            length += 2;
        }
        char *copy = malloc(length);
        assert_non_null(copy);
        memcpy(copy, data, length);
        scene_open(&scene, copy, length, true);
        const struct encoding *encoding = encoding_find(big ? "utf-16be" : "utf-16le", &error);
        struct summary *lines = lines_open(scene.sample.survey, encoding, &error);
        assert_non_null(lines);
        scene.canvas.lines = lines;
        scene.canvas.fit.rules.encoding = encoding;
        scene.canvas.columns = 8;
        scene.canvas.bom = 2;
        scene.settings.squeeze = 1;
        scene_fit(&scene);
        survey_start(scene.sample.survey);
        sample_wait(lines);
        /* 0 mark ab nl, 8 abcdefgh, 24 ijkl nl, 34 three empty lines, 42 x. */
        static const uint64_t begins[] = {0, 8, 24, 34, 42, 44};
        assert_int_equal(text_layout.holding(&scene.canvas, 1, &row), LAYOUT_OK);
        for (unsigned i = 0; i < 5; i++, row = next) {
            assert_int_equal(row.begin, begins[i]);
            assert_int_equal(row.next, begins[i + 1]);
            assert_int_equal(text_layout.after(&scene.canvas, &row, &next), i < 4 ? LAYOUT_OK : LAYOUT_NONE);
        }
        assert_int_equal(text_layout.holding(&scene.canvas, length, &row), LAYOUT_OK);
        for (unsigned i = 5; i-- > 0; row = next) {
            assert_int_equal(row.begin, begins[i]);
            assert_int_equal(text_layout.before(&scene.canvas, &row, &next), i ? LAYOUT_OK : LAYOUT_NONE);
        }
        struct frame *frame = frame_open();
        assert_true(frame_resize(frame, 1, 8));
        assert_int_equal(text_layout.holding(&scene.canvas, 0, &row), LAYOUT_OK);
        assert_int_equal(text_layout.draw(&scene.canvas, &row, frame, 0), LAYOUT_OK);
        assert_int_equal(frame_row(frame, 0)[0].rune[0], 'a');
        assert_int_equal(frame_row(frame, 0)[0].offset, 2);
        frame_close(frame);
        lines_close(scene.sample.survey, lines);
        sample_close(&scene.sample);
    }
}

static int threads_end(void **state)
{
    (void)state;
    return sample_settled(2) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_a_long_line_are_exact),
        cmocka_unit_test(a_guessed_row_leads_to_true_ones),
        cmocka_unit_test(columns_of_a_long_line_are_exact),
        cmocka_unit_test(colours_of_a_long_line),
        cmocka_unit_test(rows_in_units_of_two),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, threads_end);
}
