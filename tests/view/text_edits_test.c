/* SPDX-License-Identifier: MIT */
/** view/text: rows over edits. Newlines that the survey does not know of, and some that it does and are gone. */
#include "test.h"
#include "view/scene.h"

#include "folio/io/page/guard.h"
#include "folio/model/reader/overlay.h"
#include "folio/view/text/layout.h"

#include <locale.h>

/** Make `count` edits; `data` is the file with them in it. */
static void edit(struct scene *scene, struct edits *edits, char *data, size_t count)
{
    static const char mine[] = "\n\n\nx\t\x1b\xe6\x80";
    struct sample *sample = &scene->sample;
    struct error error;
    for (size_t i = 0; i < count; i++) {
        size_t at = sample_below(sample->length);
        bool gone = sample_below(2) && sample->newline_count;
        if (gone)
            at = (size_t)sample->newline[sample_below(sample->newline_count)];
        data[at] = gone ? 'y' : mine[sample_below(sizeof mine - 1)];
        assert_true(edits_set(edits, at, (uint8_t)sample->data[at], (uint8_t)data[at], &error));
    }
    assert_true(reader_overlay(sample->reader, edits));
}

/** Row starts of what is shown, all of it wrapped from the start; the last one is the end of the file. */
static struct starts wrapped(const struct scene *scene, const char *data)
{
    const size_t length = scene->sample.length, look = fit_ahead(&scene->canvas.fit);
    struct starts starts = {malloc((length + 2) * sizeof(uint64_t)), 0};
    unsigned used;
    assert_non_null(starts.offset);
    for (size_t at = 0; at < length;) {
        size_t rest = length - at;
        starts.offset[starts.count++] = at;
        at += fit_row(&scene->canvas.fit, (struct span){data + at, rest < look ? rest : look}, &used);
        at += at < length && data[at] == '\n';
    }
    starts.offset[starts.count] = length;
    return starts;
}

static size_t starts_find(const struct starts *starts, uint64_t offset)
{
    size_t low = 0, high = starts->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        *(starts->offset[middle] <= offset ? &low : &high) = middle;
    }
    return low;
}

/** Where lines are short, every row is that of the edited text. */
static void rows_are_those_of_the_edited_text(void **state)
{
    (void)state;
    for (unsigned kinds = 0; kinds < 8; kinds++) {
        struct scene scene;
        struct edits *edits = edits_open();
        const size_t length = 2 * MIB;
        char *content = mixture(length, kinds, 60), *data = malloc(length);
        assert_non_null(data);
        memcpy(data, content, length);
        scene_open(&scene, content, length, false);
        guard_install();
        edit(&scene, edits, data, 300);
        struct starts starts = wrapped(&scene, data);
        struct row row;
        assert_int_equal(text_layout.holding(&scene.canvas, 0, &row), LAYOUT_OK);
        for (size_t i = 0; i < starts.count; i++) {
            check_row(&starts, i, &row);
            assert_int_equal(text_layout.after(&scene.canvas, &row, &row),
                             i + 1 < starts.count ? LAYOUT_OK : LAYOUT_NONE);
        }
        for (int round = 0; round < sample_rounds(2000); round++) {
            uint64_t offset = sample_below(length);
            size_t number = starts_find(&starts, offset);
            assert_int_equal(text_layout.holding(&scene.canvas, offset, &row), LAYOUT_OK);
            check_row(&starts, number, &row);
            assert_int_equal(text_layout.before(&scene.canvas, &row, &row), number ? LAYOUT_OK : LAYOUT_NONE);
            if (number)
                check_row(&starts, number - 1, &row);
        }
        free(starts.offset);
        free(data);
        sample_close(&scene.sample);
        edits_close(edits);
    }
}

/** Down from `offset` and back up again: each step gets on, and both come to their end. */
static void check_steps(const struct scene *scene, uint64_t offset)
{
    const uint64_t size = scene->sample.length;
    struct row row, next;
    assert_int_equal(text_layout.holding(&scene->canvas, offset, &row), LAYOUT_OK);
    assert_true(row.begin <= offset);
    for (int steps = 0; steps < 300; steps++) {
        enum layout_result result = text_layout.after(&scene->canvas, &row, &next);
        if (result == LAYOUT_NONE) {
            assert_true(row.next >= size);
            break;
        }
        assert_int_equal(result, LAYOUT_OK);
        assert_true(next.begin == row.next && next.begin > row.begin);
        row = next;
    }
    for (int steps = 0; steps < 600; steps++) {
        enum layout_result result = text_layout.before(&scene->canvas, &row, &next);
        if (result == LAYOUT_NONE) {
            assert_true(row.begin == 0);
            break;
        }
        assert_int_equal(result, LAYOUT_OK);
        assert_true(next.begin < row.begin);
        row = next;
    }
}

/** In lines longer than a block, whose rows the survey's walk found in the file as it is, every step still gets on. */
static void steps_in_long_lines_get_on(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 12; i++) {
        struct scene scene;
        struct edits *edits = edits_open();
        struct error error;
        const size_t length = MIB + 77;
        char *content = mixture(length, i % 4 ? (i % 4) * 2 : 0, 60), *data = malloc(length);
        assert_non_null(data);
        for (size_t at = 0; at + 1 < length; at++)
            if (content[at] == '\n' && sample_below(20000))
                content[at] = ' ';
        memcpy(data, content, length);
        scene_open(&scene, content, length, false);
        guard_install();
        scene.settings.chop = i >= 8;
        scene_fit(&scene);
        if (i >= 4) {
            scene.canvas.walk[0] = columns_open(scene.sample.survey, &scene.canvas.fit, i >= 8, 0, &error);
            assert_non_null(scene.canvas.walk[0]);
            for (int tries = 0; tries < 6000 && !columns_complete(scene.canvas.walk[0]); tries++)
                sample_sleep(5);
        }
        for (int round = 0; round < sample_rounds(40); round++) {
            edit(&scene, edits, data, 1);
            check_steps(&scene, sample_below(length));
        }
        columns_close(scene.canvas.walk[0]);
        free(data);
        sample_close(&scene.sample);
        edits_close(edits);
    }
}

/** Of lines that a filter shows: down to the end, and back up over the same rows. */
static void check_filtered(const struct scene *scene)
{
    const size_t size = scene->sample.length;
    struct starts starts = {malloc((size + 1) * sizeof(uint64_t)), 0};
    struct row row, next;
    assert_non_null(starts.offset);
    assert_int_equal(text_layout.holding(&scene->canvas, 0, &row), LAYOUT_OK);
    enum layout_result result = LAYOUT_OK;
    while (result == LAYOUT_OK) {
        starts.offset[starts.count++] = row.begin;
        result = text_layout.after(&scene->canvas, &row, &next);
        assert_true(result == LAYOUT_NONE || next.begin > row.begin);
        if (result == LAYOUT_OK)
            row = next;
    }
    assert_int_equal(result, LAYOUT_NONE);
    for (size_t i = starts.count; i-- > 0; row = next) {
        assert_true(row.begin == starts.offset[i]);
        result = text_layout.before(&scene->canvas, &row, &next);
        assert_int_equal(result, i ? LAYOUT_OK : LAYOUT_NONE);
    }
    free(starts.offset);
}

static void a_filter_decides_about_lines_of_the_file(void **state)
{
    struct scene scene;
    struct error error;
    struct edits *edits = edits_open();
    const size_t length = 200 * KIB;
    char *content = sample_lines(length, 60), *data = malloc(length);
    (void)state;
    assert_non_null(data);
    memcpy(data, content, length);
    scene_open(&scene, content, length, false);
    guard_install();
    struct filter_part part = {pattern_compile("a", 1, PATTERN_EXACT, false, &error), false};
    assert_non_null(part.pattern);
    struct filter *filter = filter_open(scene.sample.survey, &part, 1, NULL, &error);
    assert_non_null(filter);
    for (int tries = 0; tries < 6000 && !filter_state(filter, scene.sample.reader).complete; tries++)
        sample_sleep(5);
    scene.canvas.filter = filter;
    check_filtered(&scene);
    for (int round = 0; round < sample_rounds(20); round++) {
        edit(&scene, edits, data, 40);
        check_filtered(&scene);
    }
    filter_close(filter);
    free(data);
    sample_close(&scene.sample);
    edits_close(edits);
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_those_of_the_edited_text),
        cmocka_unit_test(steps_in_long_lines_get_on),
        cmocka_unit_test(a_filter_decides_about_lines_of_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
