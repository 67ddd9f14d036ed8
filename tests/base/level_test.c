/* SPDX-License-Identifier: MIT */
/** base/words/level: the words that say how bad a line is, and the words that do not. */
#include "folio/base/words/level.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

static void test_find(void **state)
{
    static const struct {
        const char *line;
        enum level level;
        const char *word;
    } rows[] = {
        {"2026-11-20 13:45:12 ERROR [http-1] x", LEVEL_ERROR, "ERROR"},
        {"2026-11-20 13:45:12 WARN  [http-1] x", LEVEL_WARNING, "WARN"},
        {"INFO start", LEVEL_INFO, "INFO"},
        {"E: no error here", LEVEL_NONE, NULL},
        {"the error of my ways", LEVEL_NONE, NULL},
        {"gcc: error: no input files", LEVEL_ERROR, "error"},
        {"foo.c:3:5: warning: unused", LEVEL_WARNING, "warning"},
        {"[Fri Nov 20] [error] [pid 7] x", LEVEL_ERROR, "error"},
        {"<notice> x", LEVEL_INFO, "notice"},
        {"ts=1 level=warn msg=\"ERROR later\"", LEVEL_WARNING, "warn"},
        {"{\"level\" : \"Fatal\",\"msg\":\"x\"}", LEVEL_ERROR, "Fatal"},
        {"{\"severity\":'debug'}", LEVEL_DEBUG, "debug"},
        {"sublevel=error", LEVEL_NONE, NULL},
        {"level=errors", LEVEL_NONE, NULL},
        {"MY_ERROR_CODE", LEVEL_NONE, NULL},
        {"TRACE x", LEVEL_DEBUG, "TRACE"},
        {"", LEVEL_NONE, NULL},
        {"PANIC", LEVEL_ERROR, "PANIC"},
        {"error:", LEVEL_NONE, NULL},
        {"Warning: x", LEVEL_WARNING, "Warning"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t begin = 0, end = 0, length = strlen(rows[i].line);
        char *line = malloc(length ? length : 1); /* its end is the end of the memory */
        assert_non_null(line);
        memcpy(line, rows[i].line, length);
        enum level level = level_find(line, length, &begin, &end);
        if (level != rows[i].level)
            fail_msg("%s: level %d", rows[i].line, (int)level);
        if (level != LEVEL_NONE &&
            (end - begin != strlen(rows[i].word) || memcmp(line + begin, rows[i].word, end - begin) != 0))
            fail_msg("%s: %.*s", rows[i].line, (int)(end - begin), line + begin);
        free(line);
    }
}

/** A level far into a line is that of something else. */
static void test_far(void **state)
{
    char line[LEVEL_LOOK + 16];
    size_t begin, end;
    (void)state;
    memset(line, ' ', sizeof line);
    memcpy(line + LEVEL_LOOK, "ERROR", 5);
    assert_int_equal(level_find(line, sizeof line, &begin, &end), LEVEL_NONE);
    memcpy(line + LEVEL_LOOK - 6, "ERROR", 5);
    assert_int_equal(level_find(line, sizeof line, &begin, &end), LEVEL_ERROR);
}

static void test_names(void **state)
{
    (void)state;
    assert_int_equal(level_named("error"), LEVEL_ERROR);
    assert_int_equal(level_named("warning"), LEVEL_WARNING);
    assert_int_equal(level_named("warn"), LEVEL_NONE);
    assert_non_null(strstr(level_pattern(LEVEL_ERROR), "FATAL"));
    assert_null(level_pattern(LEVEL_NONE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_find),
        cmocka_unit_test(test_far),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
