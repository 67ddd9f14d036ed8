/* SPDX-License-Identifier: MIT */
/** model/json/way: the way to a byte opens, closes as far as it is left, and stays where something was done. */
#include "model/known_json.h"
#include "test.h"

#include "folio/model/json/way.h"

#include <string.h>

/** A file, and what is closed in it. */
struct scene {
    struct known known;
    const char *text;
    struct json_folds folds;
    struct json_way way;
    struct json_rows rows;
};

static struct scene *scene_open(char *text, uint64_t level)
{
    struct scene *scene = calloc(1, sizeof *scene);
    assert_non_null(scene);
    scene->text = text;
    known_open(&scene->known, text, strlen(text));
    json_folds_init(&scene->folds, level);
    scene->rows = (struct json_rows){.nesting = scene->known.nesting,
                                     .reader = scene->known.sample.reader,
                                     .lines = scene->known.sample.lines,
                                     .folds = &scene->folds};
    return scene;
}

static void scene_close(struct scene *scene)
{
    known_close(&scene->known);
    free(scene);
}

static uint64_t scene_at(const struct scene *scene, const char *what)
{
    const char *found = strstr(scene->text, what);
    assert_non_null(found);
    return (uint64_t)(found - scene->text);
}

static void scene_to(struct scene *scene, const char *what)
{
    assert_int_equal(json_way_to(&scene->way, &scene->rows, &scene->folds, scene_at(scene, what)),
                     NESTING_FOUND);
    assert_false(scene->way.awaited);
}

static bool scene_leave(struct scene *scene, const char *what)
{
    return json_way_leave(&scene->way, &scene->rows, &scene->folds, scene_at(scene, what));
}

/** The rows' first bytes, one of each. */
static void check_rows(const struct scene *scene, const char *rows)
{
    char shown[200];
    size_t count = 0;
    uint64_t begin = 0, size = reader_size(scene->rows.reader);
    while (begin < size && count + 1 < sizeof shown) {
        shown[count++] = scene->text[begin];
        assert_int_equal(json_rows_next(&scene->rows, begin, &begin), NESTING_FOUND);
    }
    shown[count] = '\0';
    assert_string_equal(shown, rows);
}

static void opens_and_closes(void **state)
{
    struct scene *scene = scene_open(strdup("[0,[1,[2],{\"x\":[3,4]}],[5,[6]]]"), 1);
    (void)state;
    check_rows(scene, "[0[[]");
    scene_to(scene, "3");
    check_rows(scene, "[0[1[{\"34]}][]");
    /* To a sibling of the container: what is in that closes, what it is in does not. */
    assert_true(scene_leave(scene, "{\"x"));
    check_rows(scene, "[0[1[{][]");
    /* What was closed before is not opened by going over it. */
    assert_true(scene_leave(scene, "[2]"));
    check_rows(scene, "[0[1[{][]");
    scene_to(scene, "6");
    check_rows(scene, "[0[[5[6]]]");
    assert_true(scene_leave(scene, "0"));
    check_rows(scene, "[0[[]");
    assert_false(scene_leave(scene, "[5"));
    scene_close(scene);
}

static void stays(void **state)
{
    struct scene *scene = scene_open(strdup("[0,[1,[2]],[5,[6]]]"), 1);
    (void)state;
    scene_to(scene, "2");
    json_way_keep(&scene->way);
    assert_false(scene_leave(scene, "0"));
    check_rows(scene, "[0[1[2]][]");
    scene_to(scene, "6");
    assert_true(scene_leave(scene, "0"));
    check_rows(scene, "[0[1[2]][]");
    /* Another file came meanwhile: its wishes are none of this way. */
    scene_to(scene, "6");
    json_folds_renew(&scene->folds, 7);
    scene_leave(scene, "0");
    check_rows(scene, "[0[[]");
    scene_close(scene);
}

/** Many levels take few wishes, and leave as few. */
static void deep(void **state)
{
    const size_t depth = 3000;
    char *text = malloc(2 * depth + 2);
    (void)state;
    assert_non_null(text);
    memset(text, '[', depth);
    text[depth] = '7';
    memset(text + depth + 1, ']', depth);
    text[2 * depth + 1] = '\0';
    struct scene *scene = scene_open(text, 1);
    uint64_t begin;
    scene_to(scene, "7");
    assert_true(scene->folds.count < 100);
    assert_int_equal(json_rows_holding(&scene->rows, depth, &begin), NESTING_FOUND);
    assert_int_equal(begin, depth);
    assert_true(scene_leave(scene, "["));
    assert_int_equal(scene->folds.count, 0);
    scene_close(scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_and_closes),
        cmocka_unit_test(stays),
        cmocka_unit_test(deep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
