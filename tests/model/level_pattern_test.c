/* SPDX-License-Identifier: MIT */
/**
 * base/words/level and model/pattern: the expression for a level finds the lines that level_find says are of that
 * level.
 */
#include "test.h"

#include "folio/base/words/level.h"
#include "folio/model/pattern/pattern.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Pieces from which lines are made; those around a word decide whether it is meant. */
static const char *const before[] = {"",
                                     " ",
                                     "[",
                                     "<",
                                     "x",
                                     "_",
                                     "level=",
                                     "level: \"",
                                     "lvl = ",
                                     "(",
                                     "severity:'",
                                     "sublevel=",
                                     "\"level\" : \""};
static const char *const words[] = {"ERROR", "error", "Error",  "WARN",  "warning", "info", "INFO",
                                    "debug", "TRACE", "errors", "Fatal", "err",     "panic"};
static const char *const after[] = {"", " x", "]", ">", ": x", ":", "_x", "1", "\"", "\tx"};

#define COUNT(array) (sizeof array / sizeof(*(array)))

static void test_agree(void **state)
{
    (void)state;
    for (enum level level = LEVEL_DEBUG; level < LEVEL_COUNT; level++) {
        struct error error;
        const char *text = level_pattern(level);
        struct pattern *pattern = pattern_compile(text, strlen(text), PATTERN_EXACT, false, &error);
        struct matcher *matcher = pattern ? matcher_open(pattern, &error) : NULL;
        assert_non_null(matcher);
        for (size_t i = 0; i < COUNT(before) * COUNT(words) * COUNT(after); i++) {
            char line[80];
            size_t begin = 0, end = 0;
            struct hit hit = {0};
            int length =
                snprintf(line, sizeof line, "%s%s%s", before[i % COUNT(before)],
                         words[i / COUNT(before) % COUNT(words)], after[i / COUNT(before) / COUNT(words)]);
            bool said = level_find(line, (size_t)length, &begin, &end) == level;
            bool found = matcher_find(matcher, (struct span){line, (size_t)length}, 0, &hit) == PATTERN_FOUND;
            if (said != found)
                fail_msg("%s: level %d %s, but its expression says %s", line, (int)level, said ? "yes" : "no",
                         found ? "yes" : "no");
            if (said && (hit.begin != begin || hit.end != end))
                fail_msg("%s: %zu-%zu and %zu-%zu", line, begin, end, hit.begin, hit.end);
        }
        matcher_close(matcher);
        pattern_free(pattern);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_agree)};
    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
