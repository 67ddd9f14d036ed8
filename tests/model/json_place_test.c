/* SPDX-License-Identifier: MIT */
/**
 * model/json/place and offers: where paths lead in texts by hand; that every path of a file of many leads back to its
 * value, also when it is given up at each chance; what is said of paths that lead nowhere.
 */
#include "model/known_json.h"
#include "test.h"

#include "folio/model/json/offers.h"
#include "folio/model/json/path.h"
#include "folio/model/json/place.h"

#include <stdio.h>

static struct json_scene scene_of(const struct known *known, uint64_t from)
{
    return (struct json_scene){.nesting = known->nesting, .reader = known->sample.reader, .from = from};
}

/** The text with its mark taken out, and where it was: `^` the value, `|` the document; their absence: 0. */
static char *take_marks(const char *text, uint64_t *from, uint64_t *at)
{
    char *data = strdup(text), *mark;
    *from = *at = 0;
    if ((mark = strchr(data, '|'))) {
        *from = (uint64_t)(mark - data);
        memmove(mark, mark + 1, strlen(mark));
    }
    if ((mark = strchr(data, '^'))) {
        *at = (uint64_t)(mark - data);
        memmove(mark, mark + 1, strlen(mark));
    }
    return data;
}

static void by_hand(void **state)
{
    static const char *const cases[][2] = {
        {".", " ^[1]"},
        {"", "^7"},
        {".[0]", "[ ^1]"},
        {"[1]", "[1, ^[2]]"},
        {".[-1]", "[1, 2,\n^3]"},
        {".[-2]", "[1, ^2, 3"},
        {".a", "{\"a\":^1}"},
        {".a", "{ \"b\" : {\"a\":2}, \"a\" :\n^[1]}"},
        {".\"a\"", "{\"a\":^1}"},
        {"[\"a\"]", "{\"a\":^1, \"a\":2}"},
        {".[\"x y\"][0].b", "{\"x y\":[{\"b\":^null}]}"},
        {".a.b.c", "{\"z\":\"a\",\"a\":{\"b\":{\"c\":^{}}}}"},
        {".[\"a\\\"]b\"]", "{\"a\\\"]b\":^1}"},
        {".ab", "{\"a\\u0062\":^1}"},
        {".[\"\\u0061b\"]", "{\"ab\":^1}"},
        {".é", "{\"\\u00e9\":^1}"},
        {".[\"\\ud83d\\ude00\"]", "{\"\\ud83d\":0,\"😀\":^1}"},
        {".[\"\\ud83d\"]", "{\"😀\":0,\"\\ud83d\":^1}"},
        {"[\"\"]", "{\"a\":0,\"\":^1}"},
        {".foo-bar", "{\"foo-ba\":0,\"foo-barr\":0,\"foo-bar\":^1}"},
        {".b[1]", "[{\"a\":1\n|{\"b\":[0,^1]}"},
        {".b", "{\"a\":1} |{\"b\":^1}"},
        {".b", "{\"a\":1, 5:1, x, \"b\":^2}"},
        {".b", "{\"a\":[1,{\"b\":0}],\"c\":\",\\\"b\\\":\",\"b\":^2"},
        {".a", "{\"a\"^}"},
        {".a[0]", "]]}|{\"a\":[^0]}"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct known known;
        struct error error;
        uint64_t from, at;
        char *data = take_marks(cases[i][1], &from, &at);
        known_open(&known, data, strlen(data));
        struct json_scene scene = scene_of(&known, from);
        struct json_place place = {0};
        assert_true(json_place_check(cases[i][0], &error));
        assert_int_equal(json_place(&scene, cases[i][0], &place, &error), NESTING_FOUND);
        assert_int_equal(place.value, at);
        known_close(&known);
    }
}

static void leads_nowhere(void **state)
{
    static const char *const cases[][3] = {
        {".b", "{\"a\":{\"b\":1}}", "There is no .b in ."},
        {".a.b", "{\"a\":{\"c\":1,\"bb\":2,\"\\u0062b\":3}}", "There is no .b in .a"},
        {".a[3]", "{\"a\":[1,2,3]}", "There is no [3] in .a"},
        {".a[-4]", "{\"a\":[1,2,3]}", "There is no [-4] in .a"},
        {".[0]", "[ ]", "There is no [0] in ."},
        {".[-1]", "[ ]", "There is no [-1] in ."},
        {".[1]", "[1,]", "There is no [1] in ."},
        {".a.b", "{\"a\":7}", "There is no .b: .a is no object"},
        {".a[0]", "{\"a\":{}}", "There is no [0]: .a is no array"},
        {".[\"a\"].x", "{\"a\":[]}", "There is no .x: .[\"a\"] is no object"},
        {".[99999999999999999999]", "[1,2]", "There is no [99999999999999999999] in ."},
        {".a", "", "There is no .a: . is no object"},
        {"a", "{}", "In the path a . or [ is expected where a begins"},
        {".a.", "{\"a\":{}}", "The path .a. ends where a key is expected"},
        {".a[x]", "{\"a\":[]}", "In the path .a[x] a number or a key in quotes is expected where x] begins"},
        {".a[1", "{\"a\":[]}", "The path .a[1 ends where ] is expected"},
        {".a[\"x]", "{\"a\":{}}", "The path .a[\"x] ends where \" is expected"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct known known;
        struct error error;
        known_open(&known, strdup(cases[i][1]), strlen(cases[i][1]));
        struct json_scene scene = scene_of(&known, 0);
        struct json_place place = {0};
        assert_int_equal(json_place(&scene, cases[i][0], &place, &error), NESTING_NONE);
        assert_string_equal(error.message, cases[i][2]);
        assert_int_equal(json_place_check(cases[i][0], NULL), strncmp(cases[i][2], "There", 5) == 0);
        known_close(&known);
    }
}

static bool never(void *context)
{
    ++*(unsigned *)context;
    return false;
}

/** Members enough that it is given up more than once on the way; what was asked of each is found again. */
static void given_up(void **state)
{
    (void)state;
    struct buf data = {0};
    struct error error;
    buf_text(&data, "{");
    for (unsigned i = 0; i < 50000; i++)
        buf_format(&data, "%s\"k%u\": {\"k49999\": [%u, \"}{,\"]}", i ? ", " : "", i, i);
    buf_text(&data, "}");
    struct known known;
    known_open(&known, data.data, data.length);
    unsigned asked = 0, tries = 0;
    struct json_scene scene = scene_of(&known, 0);
    struct json_place place = {0};
    scene.go_on = never;
    scene.context = &asked;
    enum nesting_answer answer;
    while ((answer = json_place(&scene, ".k49999.k49999[0]", &place, &error)) == NESTING_UNKNOWN)
        tries++;
    assert_int_equal(answer, NESTING_FOUND);
    assert_memory_equal(data.data + place.value, "49999, ", 7);
    assert_int_equal(tries, asked);
    assert_true(tries > 10);
    known_close(&known);
}

/** Values whose paths json_path writes lead back to themselves: of values that are the first of their keys. */
static void back_and_forth(void **state)
{
    (void)state;
    struct buf data = {0};
    struct error error;
    buf_text(&data, "[");
    for (unsigned i = 0; i < 4000; i++)
        buf_format(&data,
                   "%s{\"id\": %u, \"x y\": [[%u], {\"\\\\n\\n\": \"]\"}], \"\\u0041%u\":\t{\"a\":\n{}}}",
                   i ? "," : "", i, i, i);
    buf_text(&data, "]");
    struct known known;
    known_open(&known, data.data, data.length);
    struct json_scene scene = scene_of(&known, 0);
    for (int round = 0; round < sample_rounds(400); round++) {
        uint64_t at = sample_below(data.length);
        struct buf path = {0}, again = {0};
        struct json_place place = {0};
        assert_int_equal(json_path(known.nesting, scene.reader, 0, at, &path), NESTING_FOUND);
        assert_int_equal(json_place(&scene, buf_string(&path), &place, &error), NESTING_FOUND);
        assert_int_equal(json_path(known.nesting, scene.reader, 0, place.value, &again), NESTING_FOUND);
        assert_string_equal(buf_string(&again), buf_string(&path));
        buf_release(&path);
        buf_release(&again);
    }
    known_close(&known);
}

/** What is offered for a path that is being typed, a blank between. */
static void offers(void **state)
{
    static const char *const cases[][3] = {
        {".", "{\"a\":1,\"b c\":2,\"\":3}", ".a .[\"b c\"] "},
        {".", "[1,2,3]", ".[0] .[2] "},
        {".[", "[1,2,3]", "[0] [2] "},
        {".[", "[]", ""},
        {".n", "{\"name\":1,\"n\":2,\"m\":3,\"n n\":4}", ".name .n .[\"n n\"] "},
        {".a.", "{\"a\":{\"x\":1,\"y\":2},\"z\":3}", ".x .y "},
        {".a[\"x", "{\"a\":{\"x\":1,\"x y\":2}}", ".x [\"x y\"] "},
        {".a[1].q", "{\"a\":[0,{\"q1\":1,\"\\u0071\\u0032\":2}]}", ".q1 [\"\\u0071\\u0032\"] "},
        {".a.b", "{\"a\":7}", ""},
        {".[", "[1]", "[0] "},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct known known;
        struct error error;
        struct buf words = {0};
        char path[64];
        known_open(&known, strdup(cases[i][1]), strlen(cases[i][1]));
        struct json_scene scene = scene_of(&known, 0);
        struct json_place place = {0};
        size_t last = json_place_last(cases[i][0]);
        snprintf(path, sizeof path, "%.*s", (int)last, cases[i][0]);
        assert_int_equal(json_place(&scene, path, &place, &error), NESTING_FOUND);
        assert_int_equal(json_offers(&scene, &place, cases[i][0] + last, &words), NESTING_FOUND);
        for (size_t at = 0; at < words.length; at++)
            words.data[at] = words.data[at] ? words.data[at] : ' ';
        assert_string_equal(buf_string(&words), cases[i][2]);
        buf_release(&words);
        known_close(&known);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),        cmocka_unit_test(leads_nowhere), cmocka_unit_test(given_up),
        cmocka_unit_test(back_and_forth), cmocka_unit_test(offers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
