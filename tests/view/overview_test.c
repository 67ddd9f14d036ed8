/* SPDX-License-Identifier: MIT */
/** view/layout/overview: heights, what is on the screen, marks, what is not known yet, and the setting. */
#include "folio/view/layout/overview.h"

#include "test.h"
#include "view/scene.h"

#include <locale.h>

#define ROWS 8u

static void heights_go_by_doublings(void **state)
{
    (void)state;
    static const struct {
        uint64_t count, most;
        unsigned level;
    } row[] = {{0, 0, 0},
               {0, 100, 0},
               {1, 1, 5},
               {1, 2, 4},
               {1, 1000, 1},
               {51, 100, 5},
               {50, 100, 4},
               {26, 100, 4},
               {25, 100, 3},
               {12, 100, 2},
               {6, 100, 1},
               {1, 100, 1},
               {UINT64_MAX, UINT64_MAX, 5},
               {1, UINT64_MAX, 1}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        assert_int_equal(overview_level(row[i].count, row[i].most), row[i].level);
}

static void a_narrow_screen_has_no_room_for_it(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    assert_int_equal(overview_width(&settings, 80), 0);
    settings.overview = OVERVIEW_ON;
    assert_int_equal(overview_width(&settings, 80), OVERVIEW_WIDTH);
    assert_int_equal(overview_width(&settings, OVERVIEW_ROOM), 0);
    assert_int_equal(overview_width(&settings, 0), 0);
}

static void the_setting_has_three_values(void **state)
{
    (void)state;
    struct settings settings = settings_default();
    struct error error;
    char said[128];
    assert_true(settings_change(&settings, "overview", said, sizeof said, &error));
    assert_int_equal(settings.overview, OVERVIEW_ON);
    assert_true(settings_change(&settings, "overview=ascii", said, sizeof said, &error));
    assert_int_equal(settings.overview, OVERVIEW_ASCII);
    assert_true(settings_change(&settings, "nooverview", said, sizeof said, &error));
    assert_int_equal(settings.overview, OVERVIEW_OFF);
    assert_false(settings_change(&settings, "overview=big", said, sizeof said, &error));
}

/** A scene of 16 blocks, so that a row of the screen is two; `needle` stands in some of them. */
static void open_blocks(struct scene *scene, const unsigned count[16], bool waiting)
{
    const size_t length = 16 * SURVEY_BLOCK;
    char *data = malloc(length);
    assert_non_null(data);
    memset(data, 'x', length);
    for (size_t at = 63; at < length; at += 64)
        data[at] = '\n';
    for (unsigned block = 0; block < 16; block++)
        for (unsigned i = 0; i < count[block]; i++)
            memcpy(data + block * SURVEY_BLOCK + (i + 4) * 64, "needle", 6);
    scene_open(scene, data, length, waiting);
    scene->settings.overview = OVERVIEW_ASCII;
}

static struct matches *search(struct scene *scene)
{
    struct error error;
    struct pattern *pattern = pattern_compile("needle", 6, PATTERN_EXACT, false, &error);
    assert_non_null(pattern);
    struct matches *matches = matches_open(scene->sample.survey, pattern, NULL, &error);
    assert_non_null(matches);
    return matches;
}

static char *drawn(struct frame *frame)
{
    static char text[ROWS + 1];
    for (unsigned row = 0; row < ROWS; row++)
        text[row] = (char)frame_row(frame, row)[frame->columns - 1].rune[0];
    return text;
}

static void it_shows_hits_marks_and_the_screen(void **state)
{
    (void)state;
    static const unsigned count[16] = {0, 0, 1, 0, 0, 3, 200, 0, 0, 0, 0, 0, 40, 40, 0, 0};
    static struct overview overview;
    static struct view view;
    struct scene scene;
    struct frame *frame = frame_open();
    open_blocks(&scene, count, false);
    struct matches *matches = search(&scene);
    for (int tries = 0; !matches_state(matches).complete && tries < 10000; tries++)
        sample_sleep(1);
    view.canvas = scene.canvas;
    assert_true(frame_resize(frame, ROWS, 20));
    overview_draw(&overview, &view, matches_summary(matches), frame);
    assert_string_equal(drawn(frame), " ..#  * ");
    struct canvas_mark mark[] = {{0, 'a'}, {3 * SURVEY_BLOCK, 'b'}, {16 * SURVEY_BLOCK, 'z'}};
    view.canvas.mark = mark;
    view.canvas.mark_count = 3;
    view.count = 1;
    view.row[0] = (struct row){.begin = 5 * SURVEY_BLOCK, .end = 8 * SURVEY_BLOCK, .next = 8 * SURVEY_BLOCK};
    overview_draw(&overview, &view, matches_summary(matches), frame);
    assert_string_equal(drawn(frame), "ab.#  *z");
    for (unsigned row = 0; row < ROWS; row++)
        assert_int_equal(frame_row(frame, row)[19].style,
                         row == 2 || row == 3 ? STYLE_OVERVIEW_SHOWN : STYLE_OVERVIEW);
    /* Blocks where the locale has them. */
    scene.settings.overview = OVERVIEW_ON;
    overview_draw(&overview, &view, matches_summary(matches), frame);
    assert_int_equal(frame_row(frame, 3)[19].rune[0], 0x2588);
    overview_draw(&overview, &view, NULL, frame);
    assert_string_equal(drawn(frame), "ab     z");
    matches_close(matches);
    sample_close(&scene.sample);
    frame_close(frame);
}

static void what_is_not_known_looks_different(void **state)
{
    (void)state;
    static const unsigned count[16] = {1};
    static struct overview overview;
    static struct view view;
    struct scene scene;
    struct frame *frame = frame_open();
    open_blocks(&scene, count, true);
    struct matches *matches = search(&scene);
    view.canvas = scene.canvas;
    assert_true(frame_resize(frame, ROWS, 20));
    overview_draw(&overview, &view, matches_summary(matches), frame);
    assert_string_equal(drawn(frame), "--------");
    assert_int_equal(frame_row(frame, 0)[19].style, STYLE_NUMBER);
    matches_close(matches);
    sample_close(&scene.sample);
    frame_close(frame);
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heights_go_by_doublings),
        cmocka_unit_test(a_narrow_screen_has_no_room_for_it),
        cmocka_unit_test(the_setting_has_three_values),
        cmocka_unit_test(it_shows_hits_marks_and_the_screen),
        cmocka_unit_test(what_is_not_known_looks_different),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
