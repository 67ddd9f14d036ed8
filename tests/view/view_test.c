/* SPDX-License-Identifier: MIT */
/** view/layout/view: movements against a plain model: rows in a list, and the number of the one at the top. */
#include "folio/view/layout/view.h"

#include "model/sample.h"
#include "test.h"

#include "folio/io/page/guard.h"
#include "folio/view/text/layout.h"

/** The view and the model of it. `top` is negative where rows above the first one are empty. */
struct scene {
    struct sample sample;
    struct settings settings;
    struct view *view;
    struct row row[4000];
    int64_t count, top;
    /** The byte that stays in view: what movements set. */
    uint64_t anchor;
};

static void scene_list(struct scene *scene)
{
    const struct canvas *canvas = &scene->view->canvas;
    scene->count = 0;
    enum layout_result result = text_layout.holding(canvas, 0, &scene->row[0]);
    for (; result == LAYOUT_OK;
         result = text_layout.after(canvas, &scene->row[scene->count - 1], &scene->row[scene->count]))
        assert_in_range(++scene->count, 1, 3998);
}

/** The content is taken over. */
static struct scene *scene_open_header(char *data, size_t length, unsigned rows, unsigned columns, int header)
{
    struct scene *scene = calloc(1, sizeof *scene);
    assert_non_null(scene);
    scene->view = calloc(1, sizeof *scene->view);
    assert_non_null(scene->view);
    sample_open(&scene->sample, data, length);
    survey_start(scene->sample.survey);
    sample_wait(scene->sample.lines);
    scene->settings = settings_default();
    scene->settings.header_lines = header;
    view_init(scene->view, &text_layout);
    scene->view->canvas.reader = scene->sample.reader;
    scene->view->canvas.lines = scene->sample.lines;
    scene->view->canvas.settings = &scene->settings;
    view_resize(scene->view, rows, columns);
    view_settle(scene->view, false);
    scene_list(scene);
    return scene;
}

static struct scene *scene_open(char *data, size_t length, unsigned rows, unsigned columns)
{
    return scene_open_header(data, length, rows, columns, 0);
}

static void scene_close(struct scene *scene)
{
    sample_close(&scene->sample);
    free(scene->view);
    free(scene);
}

/** The number of the row that holds `offset`. */
static int64_t row_of(const struct scene *scene, uint64_t offset)
{
    int64_t number = 0;
    while (number + 1 < scene->count && scene->row[number].next <= offset)
        number++;
    return number;
}

/** Draw, and compare rows, marks past the end, and the line numbers of all rows with the model. */
static void check_picture(const struct scene *scene)
{
    struct view *view = scene->view;
    struct frame *frame = frame_open();
    int64_t rows = view_height(view), header = view->header_count, lead = scene->top < 0 ? -scene->top : 0,
            first = scene->top < 0 ? 0 : scene->top;
    int64_t shown = scene->count - first < rows - lead ? scene->count - first : rows - lead;
    assert_true(frame_resize(frame, view->rows, view->canvas.columns));
    assert_int_equal(view_draw(view, frame), VIEW_MOVED);
    assert_int_equal(view->lead, lead);
    assert_int_equal(view->count, shown);
    assert_int_equal(frame->used, header + lead + shown);
    for (int64_t i = 0; i < header; i++)
        if (view->header[i].end > view->header[i].begin)
            assert_int_equal(frame_row(frame, (unsigned)i)[0].offset, view->header[i].begin);
    for (int64_t i = 0; i < shown; i++) {
        assert_int_equal(view->row[i].begin, scene->row[first + i].begin);
        if (view->row[i].line)
            assert_int_equal(view->row[i].line, sample_rank(&scene->sample, view->row[i].begin) + 1);
    }
    for (int64_t row = 0; row < rows; row++)
        if (row < lead || row >= lead + shown)
            assert_int_equal(frame_row(frame, (unsigned)(header + row))[0].rune[0], '~');
    assert_int_equal(view_at_end(view), first + shown == scene->count);
    frame_close(frame);
}

/** The model of view_scroll. */
static enum view_result model_scroll(struct scene *scene, int64_t rows, bool forced)
{
    int64_t screen = view_height(scene->view);
    /* Empty rows above the file stay where it ends above the last row. */
    if (rows > 0 && !forced && scene->top < 0 && scene->top + screen > scene->count)
        return VIEW_EDGE;
    for (; rows > 0; rows--) {
        bool more = scene->top < 0 || scene->top + screen < scene->count;
        if (!more && !(forced && scene->top < scene->count - 1))
            return VIEW_EDGE;
        scene->top++;
    }
    for (; rows < 0; rows++) {
        bool more = scene->top > 0 || (forced && scene->top > 1 - screen);
        if (!more)
            return VIEW_EDGE;
        scene->top--;
    }
    return VIEW_MOVED;
}

/** A movement led to the row at the top: its first byte stays, unless the row was there before (`scrolled`). */
static void model_anchor(struct scene *scene, bool scrolled)
{
    const struct row *top = &scene->row[scene->top < 0 ? 0 : scene->top];
    if (!scrolled || scene->anchor < top->begin || scene->anchor >= top->next)
        scene->anchor = top->begin;
}

static void step_scroll(struct scene *scene)
{
    int64_t rows = (int64_t)sample_below(2 * view_height(scene->view) + 2) - view_height(scene->view);
    bool forced = sample_below(3) == 0;
    enum view_result expected = model_scroll(scene, rows, forced);
    assert_int_equal(view_scroll(scene->view, rows, forced ? VIEW_ROWS_FORCED : VIEW_ROWS), expected);
    model_anchor(scene, true);
}

static void step_goto(struct scene *scene)
{
    uint64_t offset = sample_below(scene->sample.length + 2);
    unsigned target = (unsigned)sample_below(view_height(scene->view));
    bool exactly = sample_below(2);
    uint64_t inside = offset < scene->sample.length ? offset : scene->sample.length - 1;
    /* What the header shows is above the first row. */
    if (inside < scene->view->canvas.begin)
        inside = scene->view->canvas.begin;
    uint64_t line = sample_line_begin(&scene->sample, inside);
    int64_t number = row_of(scene, exactly ? inside : line);
    assert_int_equal(view_goto(scene->view, offset, target, exactly), VIEW_MOVED);
    scene->top = number - (int64_t)target;
    model_anchor(scene, false);
}

static void step_end(struct scene *scene)
{
    assert_int_equal(view_goto_end(scene->view), VIEW_MOVED);
    scene->top = scene->count - view_height(scene->view); /* a short file ends on the last row too */
    model_anchor(scene, false);
}

/** To the start of the next or the last line, one at a time. */
static void step_line(struct scene *scene)
{
    bool down = sample_below(2);
    enum view_result expected;
    int64_t first;
    do {
        expected = model_scroll(scene, down ? 1 : -1, false);
        first = scene->top < 0 ? 0 : scene->top;
    } while (expected == VIEW_MOVED && scene->row[first].begin != scene->row[first].line_begin);
    assert_int_equal(view_scroll(scene->view, down ? 1 : -1, VIEW_LINES), expected);
    model_anchor(scene, true);
}

static void step_resize(struct scene *scene)
{
    uint64_t offset = scene->anchor;
    bool first = offset <= scene->view->canvas.begin;
    int64_t lead = scene->top < 0 ? -scene->top : 0;
    unsigned rows = 1 + (unsigned)sample_below(12), columns = 1 + (unsigned)sample_below(40);
    view_resize(scene->view, rows, columns);
    assert_int_equal(view_settle(scene->view, false), VIEW_MOVED);
    scene_list(scene);
    rows = view_height(scene->view);
    if (offset < scene->view->canvas.begin || first)
        offset = scene->view->canvas.begin;
    scene->anchor = offset;
    /* A file that is shorter than the screen stays on it as a whole. */
    if (lead && scene->count <= rows)
        scene->top = lead < rows - scene->count ? -lead : scene->count - rows;
    else
        scene->top = lead && lead < rows ? -lead : row_of(scene, offset);
    model_anchor(scene, true);
}

/** Whatever widths it goes through: the byte stays, and the first width has the first rows again. */
static void a_byte_stays_at_any_width(void **state)
{
    (void)state;
    struct scene *scene = scene_open(sample_lines(3000, 700), 3000, 6, 20);
    struct view *view = scene->view;
    for (unsigned columns = 1; columns < 120; columns++) {
        uint64_t offset = sample_below(3000);
        view_resize(view, 6, 20);
        assert_int_equal(view_settle(view, false), VIEW_MOVED);
        assert_int_equal(view_goto(view, offset, 0, true), VIEW_MOVED);
        view_stay(view, offset);
        uint64_t top = view->row[0].begin;
        view_resize(view, 6, columns);
        assert_int_equal(view_settle(view, false), VIEW_MOVED);
        assert_in_range(offset, view->row[0].begin, view->row[0].next - 1);
        scene->settings.chop = columns % 2;
        view_settle(view, false);
        scene->settings.chop = 0;
        view_resize(view, 6, 20);
        assert_int_equal(view_settle(view, false), VIEW_MOVED);
        assert_int_equal(view->row[0].begin, top);
        assert_int_equal(view_here(view), offset);
    }
    scene_close(scene);
}

static void random_movements(void **state)
{
    (void)state;
    for (int round = 0; round < 40; round++) {
        size_t length = 1 + sample_below(round % 2 ? 1500 : 200);
        int header = round % 4 == 3 ? 1 + (int)sample_below(3) : 0;
        struct scene *scene =
            scene_open_header(sample_lines(length, 1 + sample_below(70)), length,
                              1 + (unsigned)sample_below(10), 4 + (unsigned)sample_below(40), header);
        if (scene->count == 0) { /* all of it is header */
            scene_close(scene);
            continue;
        }
        model_anchor(scene, true);
        check_picture(scene);
        for (int step = 0; step < 150; step++) {
            static void (*const steps[])(struct scene *) = {step_scroll, step_scroll, step_goto,
                                                            step_end,    step_line,   step_resize};
            steps[sample_below(6)](scene);
            if (sample_below(3))
                check_picture(scene);
        }
        scene_close(scene);
    }
}

/** Reached before anything is known of a long line, then known: nothing moves until the next movement does. */
static void a_place_that_becomes_known_stays(void **state)
{
    struct error error;
    (void)state;
    struct scene *scene = calloc(1, sizeof *scene);
    assert_non_null(scene);
    scene->view = calloc(1, sizeof *scene->view);
    assert_non_null(scene->view);
    struct view *view = scene->view;
    size_t length = 900000;
    char *data = malloc(length);
    assert_non_null(data);
    for (size_t i = 0; i < length; i++)
        data[i] = i % 7 == 3 ? '\t' : 'x';
    sample_open(&scene->sample, data, length);
    scene->settings = settings_default();
    view_init(view, &text_layout);
    view->canvas.reader = scene->sample.reader;
    view->canvas.lines = scene->sample.lines;
    view->canvas.settings = &scene->settings;
    view_resize(view, 10, 50);
    struct frame *frame = frame_open();
    assert_true(frame_resize(frame, 10, 50));
    assert_int_equal(view_goto(view, 500000, 0, true), VIEW_MOVED);
    assert_int_equal(view_draw(view, frame), VIEW_MOVED);
    assert_false(view->row[0].line_known || view->row[0].exact);
    uint64_t top = view->row[0].begin, last = view->row[9].begin;
    survey_start(scene->sample.survey);
    sample_wait(scene->sample.lines);
    view->canvas.walk[0] = columns_open(scene->sample.survey, &view->canvas.fit, false, 0, &error);
    assert_non_null(view->canvas.walk[0]);
    while (!columns_complete(view->canvas.walk[0]))
        sample_sleep(5);
    assert_int_equal(view_draw(view, frame), VIEW_MOVED);
    assert_true(view->row[0].line_known && view->row[0].line_begin == 0);
    assert_true(text_layout.sure(&view->canvas, &view->row[0]));
    assert_int_equal(view->row[0].begin, top);
    assert_int_equal(view->row[9].begin, last);
    /* Down: the first true row that begins behind the top, and all below it are true ones. */
    assert_int_equal(view_scroll(view, 1, VIEW_ROWS), VIEW_MOVED);
    assert_int_equal(view_draw(view, frame), VIEW_MOVED);
    assert_in_range(view->row[0].begin, top + 1, top + 50);
    for (unsigned i = 0; i < view->count; i++)
        assert_true(view->row[i].exact);
    uint64_t known = view->row[0].begin;
    assert_int_equal(view_scroll(view, -1, VIEW_ROWS), VIEW_MOVED);
    assert_true(view->row[0].begin <= top && view->row[0].next == known);
    /* Another width: the top stays although nothing is known of it, and a step up shows the true row before it. */
    top = view->row[0].begin;
    view_resize(view, 10, 37);
    assert_int_equal(view_settle(view, false), VIEW_MOVED);
    assert_int_equal(view->row[0].begin, top);
    assert_false(text_layout.sure(&view->canvas, &view->row[0]));
    columns_close(view->canvas.walk[0]);
    view->canvas.walk[0] = columns_open(scene->sample.survey, &view->canvas.fit, false, 0, &error);
    assert_non_null(view->canvas.walk[0]);
    while (!columns_complete(view->canvas.walk[0]))
        sample_sleep(5);
    assert_int_equal(view_draw(view, frame), VIEW_MOVED);
    assert_int_equal(view->row[0].begin, top);
    assert_int_equal(view_scroll(view, -1, VIEW_ROWS), VIEW_MOVED);
    assert_true(view->row[0].exact && view->row[0].begin < top && view->row[0].next >= top);
    columns_close(view->canvas.walk[0]);
    frame_close(frame);
    scene_close(scene);
}

static void growth_below_the_screen(void **state)
{
    (void)state;
    struct scene *scene = scene_open(strdup("1\n2\n3\n"), 6, 5, 20);
    check_picture(scene);
    sample_append(&scene->sample, "4\n5\n6\n7\n", 8);
    sample_wait(scene->sample.lines);
    view_settle(scene->view, true);
    scene_list(scene);
    assert_int_equal(scene->count, 7);
    check_picture(scene);
    step_end(scene);
    check_picture(scene);
    /* The last line goes on. */
    sample_append(&scene->sample, "8", 1);
    sample_append(&scene->sample, "88\n", 3);
    sample_wait(scene->sample.lines);
    view_settle(scene->view, true);
    scene_list(scene);
    step_end(scene);
    check_picture(scene);
    scene_close(scene);
}

static void a_file_cut_off_above_the_screen(void **state)
{
    (void)state;
    guard_install(); /* cmocka has put a handler of its own in its place */
    struct scene *scene = scene_open(sample_lines(2000, 10), 2000, 5, 20);
    step_end(scene);
    check_picture(scene);
    scene->sample.length = 100;
    assert_int_equal(ftruncate(scene->sample.fd, 100), 0);
    sample_resize(&scene->sample, false);
    sample_wait(scene->sample.lines);
    assert_int_equal(view_settle(scene->view, false), VIEW_MOVED);
    scene_list(scene);
    scene->top = scene->count - 1;
    check_picture(scene);
    scene->sample.length = 0;
    assert_int_equal(ftruncate(scene->sample.fd, 0), 0);
    mapping_refresh(scene->sample.mapping);
    reader_forget(scene->sample.reader);
    survey_resize(scene->sample.survey, 0, false);
    assert_int_equal(view_settle(scene->view, false), VIEW_EDGE);
    scene->count = scene->top = 0;
    check_picture(scene);
    scene_close(scene);
}

static void an_empty_file(void **state)
{
    (void)state;
    struct scene *scene = scene_open(strdup(""), 0, 5, 20);
    check_picture(scene);
    assert_int_equal(view_scroll(scene->view, 1, VIEW_ROWS), VIEW_EDGE);
    assert_int_equal(view_scroll(scene->view, -1, VIEW_ROWS_FORCED), VIEW_EDGE);
    assert_int_equal(view_goto(scene->view, 7, 2, true), VIEW_EDGE);
    assert_int_equal(view_goto_end(scene->view), VIEW_EDGE);
    check_picture(scene);
    scene_close(scene);
}

/** Sizes at both ends: no row, no column, more rows than there can be. */
static void odd_sizes(void **state)
{
    static const unsigned size[][2] = {{0, 0}, {0, 80}, {1, 0}, {1, 1}, {5000, 3}, {2048, 1000}};
    (void)state;
    for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
        struct scene *scene = scene_open(sample_lines(300, 30), 300, size[i][0], size[i][1]);
        struct frame *frame = frame_open();
        for (int step = 0; step < 30; step++) {
            scene->settings.chop = step % 2;
            scene->settings.numbers = step % 3 == 0;
            view_settle(scene->view, false);
            view_scroll(scene->view, (int64_t)sample_below(9) - 4, step % 2 ? VIEW_ROWS_FORCED : VIEW_ROWS);
            view_goto(scene->view, sample_below(310), (unsigned)sample_below(4), true);
            if (step % 5 == 0)
                view_goto_end(scene->view);
            assert_true(frame_resize(frame, scene->view->rows, scene->view->canvas.columns));
            view_draw(scene->view, frame);
        }
        frame_close(frame);
        scene_close(scene);
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
        cmocka_unit_test(random_movements),
        cmocka_unit_test(a_byte_stays_at_any_width),
        cmocka_unit_test(a_place_that_becomes_known_stays),
        cmocka_unit_test(growth_below_the_screen),
        cmocka_unit_test(a_file_cut_off_above_the_screen),
        cmocka_unit_test(an_empty_file),
        cmocka_unit_test(odd_sizes),
    };
    return cmocka_run_group_tests(tests, NULL, threads_end);
}
