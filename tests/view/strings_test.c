/* SPDX-License-Identifier: MIT */
/** view/strings: the rows of the list are the runs of text, in both directions and from every byte. */
#include "test.h"
#include "view/scene.h"

#include "folio/model/byte/runs.h"
#include "folio/view/strings/layout.h"

#define SHORTEST 4

/** A scene with its runs counted, and where they are, the plain way. */
struct list {
    struct scene scene;
    struct runs *runs;
    uint64_t *begin;
    size_t count;
};

static bool printable(char byte)
{
    return byte == '\t' || (byte >= 0x20 && byte <= 0x7e);
}

static void list_find(struct list *list)
{
    const struct sample *sample = &list->scene.sample;
    list->begin = calloc(sample->length + 1, sizeof *list->begin);
    assert_non_null(list->begin);
    for (size_t begin = 0, end; begin < sample->length; begin = end + 1) {
        for (end = begin; end < sample->length && printable(sample->data[end]); end++)
            continue;
        if (end - begin >= SHORTEST)
            list->begin[list->count++] = begin;
    }
}

static void list_open(struct list *list, char *data, size_t length)
{
    struct error error;
    *list = (struct list){.count = 0};
    scene_open(&list->scene, data, length, true);
    list->runs = list->scene.canvas.content = runs_open(list->scene.sample.survey, NULL, SHORTEST, &error);
    assert_non_null(list->runs);
    list_find(list);
}

static void list_count(struct list *list)
{
    survey_start(list->scene.sample.survey);
    for (int tries = 0; tries < 60000 && !runs_state(list->runs).complete; tries++)
        sample_sleep(1);
    assert_int_equal(runs_state(list->runs).count, list->count);
}

static void list_close(struct list *list)
{
    runs_close(list->runs);
    sample_close(&list->scene.sample);
    free(list->begin);
}

static char *bytes_and_text(size_t length, size_t longest)
{
    char *data = malloc(length + 1);
    assert_non_null(data);
    for (size_t at = 0; at < length;) {
        for (size_t run = sample_below(longest); run > 0 && at < length; run--)
            data[at++] = sample_below(30) ? (char)('a' + sample_below(26)) : '\t';
        for (size_t gap = 1 + sample_below(longest); gap > 0 && at < length; gap--)
            data[at++] = (char)(0x7f + sample_below(100));
    }
    return data;
}

/** The row on which a byte stands: its run, or the next one, or the last. */
static size_t list_row(const struct list *list, uint64_t offset)
{
    const struct sample *sample = &list->scene.sample;
    size_t number = 0;
    while (number < list->count && list->begin[number] <= offset)
        number++;
    if (number > 0) {
        uint64_t at = list->begin[number - 1];
        while (at < offset && printable(sample->data[at]))
            at++;
        if (at == offset && printable(sample->data[at]))
            return number - 1;
    }
    return number < list->count ? number : list->count - 1;
}

static void check_here(const struct list *list, const struct row *row, size_t number)
{
    const struct sample *sample = &list->scene.sample;
    assert_int_equal(row->begin, list->begin[number]);
    assert_true(row->end >= row->begin + SHORTEST && row->end <= sample->length);
    for (uint64_t at = row->begin; at < row->end; at++)
        assert_true(printable(sample->data[at]));
    assert_true(row->end - row->begin >= 16384 || row->end == sample->length ||
                !printable(sample->data[row->end]));
    assert_true(row->next == row->end && row->exact);
}

static void check_walks(const struct list *list)
{
    const struct canvas *canvas = &list->scene.canvas;
    struct row row, next;
    enum layout_result result = strings_layout.holding(canvas, 0, &row);
    for (size_t number = 0; number < list->count; number++, row = next) {
        assert_int_equal(result, LAYOUT_OK);
        check_here(list, &row, number);
        assert_int_equal(strings_layout.again(canvas, &row, &next), LAYOUT_OK);
        check_here(list, &next, number);
        result = strings_layout.after(canvas, &row, &next);
    }
    assert_int_equal(result, LAYOUT_NONE);
    result = strings_layout.holding(canvas, UINT64_MAX, &row);
    for (size_t number = list->count; number-- > 0; row = next) {
        assert_int_equal(result, LAYOUT_OK);
        check_here(list, &row, number);
        result = strings_layout.before(canvas, &row, &next);
    }
    assert_int_equal(result, LAYOUT_NONE);
}

static void rows_are_the_runs(void **state)
{
    (void)state;
    for (int round = 0; round < sample_rounds(12); round++) {
        size_t length = 1 + sample_below(200 * KIB);
        struct list list;
        struct row row;
        list_open(&list, bytes_and_text(length, round % 3 ? 40 : 9000), length);
        list_count(&list);
        check_walks(&list);
        for (int i = 0; i < 100 && list.count; i++) {
            uint64_t offset = sample_below(length);
            assert_int_equal(strings_layout.holding(&list.scene.canvas, offset, &row), LAYOUT_OK);
            check_here(&list, &row, list_row(&list, offset));
        }
        list_close(&list);
    }
}

/** Nothing is known: the answer is to wait, but for a run that one can see. */
static void rows_wait(void **state)
{
    (void)state;
    struct list list;
    struct row row;
    char *data = calloc(1, 200 * KIB);
    assert_non_null(data);
    memcpy(data + 500, "here", 4);
    memcpy(data + 150 * KIB, "there", 5);
    list_open(&list, data, 200 * KIB);
    const struct canvas *canvas = &list.scene.canvas;
    assert_int_equal(strings_layout.holding(canvas, 0, &row), LAYOUT_WAIT);
    assert_int_equal(strings_layout.holding(canvas, 502, &row), LAYOUT_OK);
    check_here(&list, &row, 0);
    struct row first = row;
    assert_int_equal(strings_layout.after(canvas, &first, &row), LAYOUT_WAIT);
    assert_int_equal(strings_layout.before(canvas, &first, &row), LAYOUT_WAIT);
    list_count(&list);
    check_walks(&list);
    list_close(&list);
}

static void there_are_none(void **state)
{
    static const size_t length[] = {0, 3, 100000};
    (void)state;
    for (unsigned i = 0; i < 3; i++) {
        struct list list;
        struct row row;
        char *data = malloc(length[i] + 1);
        assert_non_null(data);
        memset(data, length[i] == 3 ? 'x' : 0, length[i] + 1);
        list_open(&list, data, length[i]);
        list_count(&list);
        assert_int_equal(strings_layout.holding(&list.scene.canvas, 1, &row), LAYOUT_NONE);
        list_close(&list);
    }
}

/** What a row looks like: offset, text, > where it goes on, all of it marked under the cursor. */
static void row_is_drawn(void **state)
{
    (void)state;
    struct list list;
    struct row row;
    struct frame *frame = frame_open();
    char text[256];
    list_open(&list, strdup("\001abc\tdef\001and one that does not fit at all"), 42);
    list_count(&list);
    struct canvas *canvas = &list.scene.canvas;
    canvas->columns = 30;
    canvas->cursor = 9;
    canvas->fit.width = strings_layout.room(canvas);
    assert_int_equal(canvas->fit.width, 20);
    assert_true(frame_resize(frame, 2, 30));
    assert_int_equal(strings_layout.holding(canvas, 0, &row), LAYOUT_OK);
    assert_int_equal(strings_layout.draw(canvas, &row, frame, 0), LAYOUT_OK);
    assert_int_equal(strings_layout.after(canvas, &row, &row), LAYOUT_OK);
    assert_int_equal(strings_layout.draw(canvas, &row, frame, 1), LAYOUT_OK);
    frame_row_text(frame, 0, text, sizeof text);
    assert_string_equal(text, "00000001  abc     def");
    frame_row_text(frame, 1, text, sizeof text);
    assert_string_equal(text, "00000009  and one that does n>");
    assert_int_equal(frame_row(frame, 0)[10].style, STYLE_TEXT);
    assert_int_equal(frame_row(frame, 0)[0].style, STYLE_NUMBER);
    assert_int_equal(frame_row(frame, 0)[12].offset, 3);
    for (unsigned column = 0; column < 30; column++)
        assert_int_equal(frame_row(frame, 1)[column].style, STYLE_CURSOR);
    canvas->columns = 12;
    assert_int_equal(strings_layout.room(canvas), 12);
    frame_close(frame);
    list_close(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_the_runs),
        cmocka_unit_test(rows_wait),
        cmocka_unit_test(there_are_none),
        cmocka_unit_test(row_is_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
