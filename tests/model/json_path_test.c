/* SPDX-License-Identifier: MIT */
/**
 * model/json/path: the path of every byte of small texts by hand, and of many places of a file that was made from paths.
 */
#include "model/known_json.h"
#include "test.h"

#include "folio/model/json/path.h"

#include <stdio.h>

static void check_path(struct known *known, uint64_t from, uint64_t at, const char *expected)
{
    struct buf text = {0};
    assert_int_equal(json_path(known->nesting, known->sample.reader, from, at, &text), NESTING_FOUND);
    assert_string_equal(buf_string(&text), expected);
    buf_release(&text);
}

/** Whole paths, both forms, in one text. */
static void whole_paths(void **state)
{
    static const char begin[] = "{\"a\":[0,{\"x y\":{\"", end[] = "\":1}}]}";
    char key[PATH_KEY_MAX + 100] = "";
    struct known known;
    struct buf data = {0}, expected = {0};
    (void)state;
    memset(key, 'k', sizeof key - 1);
    buf_format(&data, "%s%s%s", begin, key, end);
    known_open(&known, data.data, data.length); /* which takes it over */
    for (int brackets = 0; brackets < 2; brackets++) {
        struct buf text = {0};
        bool whole = false;
        buf_clear(&expected);
        buf_format(&expected, brackets ? "[\"a\"][1][\"x y\"][\"%s\"]" : ".a[1][\"x y\"].%s", key);
        assert_int_equal(
            json_path_whole(known.nesting, known.sample.reader, 0, data.length - 5, brackets, &text, &whole),
            NESTING_FOUND);
        assert_string_equal(buf_string(&text), buf_string(&expected));
        assert_true(whole);
        buf_release(&text);
    }
    known_close(&known);
    buf_release(&expected);
}

/** Deeper than can be written: that is said. */
static void too_deep(void **state)
{
    enum { DEEP = PATH_WHOLE_STEPS + 1 };
    char *data = malloc(DEEP);
    struct known known;
    struct buf text = {0};
    bool whole = true;
    (void)state;
    assert_non_null(data);
    memset(data, '[', DEEP);
    known_open(&known, data, DEEP);
    assert_int_equal(json_path_whole(known.nesting, known.sample.reader, 0, DEEP, false, &text, &whole),
                     NESTING_FOUND);
    assert_false(whole);
    buf_release(&text);
    known_close(&known);
}

/** Texts; `^` stands before the byte that is asked about, `|` where the document begins. */
static void by_hand(void **state)
{
    static const char *const cases[][2] = {
        {"^", "."},
        {"^12", "."},
        {"^{}", "."},
        {"{^}", "."},
        {"[^]", "."},
        {"[1,^2]", ".[1]"},
        {"[1^,2]", ".[0]"},
        {"[1,2^]", "."},
        {"[[],[^1]]", ".[1][0]"},
        {"{\"a\":^1}", ".a"},
        {"{^\"a\":1}", ".a"},
        {"{ ^ \"a\":1}", ".a"},
        {"{\"a\":1, ^\"_b2\":{}}", "._b2"},
        {"{\"a\":1, \"b\":{\"c\": [1,2,{\"d\" : ^true}]}}", ".b.c[2].d"},
        {"{\"x y\":[^1]}", ".[\"x y\"][0]"},
        {"{\"2\":^1}", ".[\"2\"]"},
        {"{\"\":^1}", ".[\"\"]"},
        {"{\"a\\\"b,{\":^1}", ".[\"a\\\"b,{\"]"},
        {"[{\"a\":1},{\"a\":^1}]", ".[1].a"},
        {"{\"a\":\"[,{^,\",\"b\":1}", ".a"},
        {"{\"a\":1,^ 5:1}", ".[?]"},
        {"{,^}", "."},
        {"{1,^ }", ".[?]"},
        {"]]}[^1]", ".[0]"},
        {"]]}{\"a\":[0,^1]}", ".a[1]"},
        {"[{\"a\":1\n|{\"b\":[^1]}", ".b[0]"},
        {"{\"a\":1} {\"b\":^1}", ".b"},
        {"[1}[^2", ".[0]"},
        {"[1,^", ".[1]"},
        {"{\"a\":{\"b^", ".a.b"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *data = strdup(cases[i][0]), *mark;
        uint64_t from = 0;
        if ((mark = strchr(data, '|'))) {
            from = (uint64_t)(mark - data);
            memmove(mark, mark + 1, strlen(mark));
        }
        mark = strchr(data, '^');
        uint64_t at = (uint64_t)(mark - data);
        memmove(mark, mark + 1, strlen(mark));
        struct known known;
        known_open(&known, data, strlen(data));
        check_path(&known, from, at, cases[i][1]);
        known_close(&known);
    }
}

/** A text being made, with the paths of some of its values. */
struct making {
    char *data;
    size_t length, room;
    char path[4096];
    struct {
        size_t at;
        char *path;
    } mark[3000];
    size_t marks;
};

static void put(struct making *making, const char *text)
{
    size_t length = strlen(text);
    assert_true(making->length + length < making->room);
    memcpy(making->data + making->length, text, length);
    making->length += length;
}

/** A value, and the paths of what is in it. */
static void put_value(struct making *making, unsigned depth)
{
    static const char *const leaf[] = {"1", "\"x\"", "\"\\\\\"", "null", "\"[\\\"{,\"", "[]", "{}", "-1.5e3"};
    static const char *const keys[][2] = {
        {"a", ".a"}, {"b c", "[\"b c\"]"}, {"\\\\", "[\"\\\\\"]"}, {"Z9", ".Z9"}};
    size_t end = strlen(making->path);
    if (making->marks < 3000 && sample_below(40) == 0) {
        making->mark[making->marks].at = making->length;
        making->mark[making->marks++].path = strdup(making->path[0] ? making->path : ".");
    }
    if (depth == 0 || sample_below(3) == 0) {
        put(making, leaf[sample_below(sizeof leaf / sizeof *leaf)]);
        return;
    }
    bool object = sample_below(2);
    size_t count = sample_below(9);
    put(making, object ? "{" : "[");
    for (size_t i = 0; i < count; i++) {
        const char *const *key = keys[sample_below(4)];
        const char *root = making->path[0] || (object && key[1][0] == '.') ? "" : ".";
        put(making, i ? ",\n " : " ");
        if (object) {
            put(making, "\"");
            put(making, key[0]);
            put(making, "\": ");
            snprintf(making->path + end, sizeof making->path - end, "%s%s", root, key[1]);
        } else {
            snprintf(making->path + end, sizeof making->path - end, "%s[%zu]", root, i);
        }
        put_value(making, depth - 1);
        making->path[end] = '\0';
    }
    put(making, object ? "}" : "]");
}

/** A list of values of twenty levels at most. */
static void many_places(void **state)
{
    static struct making making;
    (void)state;
    making.room = 20 * MIB;
    making.data = malloc(making.room);
    put(&making, "[0");
    for (size_t i = 1; making.length < 18 * MIB; i++) {
        put(&making, ",");
        snprintf(making.path, sizeof making.path, ".[%zu]", i);
        put_value(&making, 6);
    }
    put(&making, "]");
    struct known known;
    known_open(&known, making.data, making.length);
    for (size_t i = 0; i < making.marks; i++) {
        check_path(&known, 0, making.mark[i].at, making.mark[i].path);
        free(making.mark[i].path);
    }
    assert_true(making.marks > 100);
    known_close(&known);
}

/** A hundred thousand levels: the outermost and the innermost are told. */
static void very_deep(void **state)
{
    (void)state;
    const size_t levels = 100000;
    struct buf expected = {0};
    char *data = malloc(levels + 1);
    memset(data, '[', levels);
    data[levels] = '7';
    struct known known;
    known_open(&known, data, levels + 1);
    buf_text(&expected, ".");
    for (unsigned i = 0; i < PATH_STEPS / 2; i++)
        buf_text(&expected, "[0]");
    buf_format(&expected, "(%zu more)", levels - PATH_STEPS);
    for (unsigned i = 0; i < PATH_STEPS / 2; i++)
        buf_text(&expected, "[0]");
    check_path(&known, 0, levels, buf_string(&expected));
    buf_release(&expected);
    known_close(&known);
}

/** More was closed than opened: where the document is at its least depth its path begins. */
static void far_below(void **state)
{
    (void)state;
    const size_t levels = 100001;
    char *data = malloc(2 * levels);
    memset(data, ']', levels);
    memset(data + levels, '[', levels);
    struct known known;
    known_open(&known, data, 2 * levels);
    check_path(&known, 0, levels, ".");
    check_path(&known, 0, levels + 2, ".[0][0]");
    check_path(&known, 0, levels / 2, ".");
    known_close(&known);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand),     cmocka_unit_test(many_places),
                                       cmocka_unit_test(very_deep),   cmocka_unit_test(far_below),
                                       cmocka_unit_test(whole_paths), cmocka_unit_test(too_deep)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
