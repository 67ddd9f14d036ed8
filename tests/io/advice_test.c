/* SPDX-License-Identifier: MIT */
/* io: the names of the advices, there and back, and that one is really given. */
#include "folio/io/page/advice.h"

#include "test.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void names_go_there_and_back(void **state)
{
    (void)state;
    for (unsigned entry = 0; entry < ADVICE_COUNT; entry++) {
        enum advice advice = ADVICE_COUNT;
        assert_true(advice_parse(advice_name((enum advice)entry), &advice));
        assert_int_equal(advice, entry);
    }
    enum advice untouched = ADVICE_RANDOM;
    assert_false(advice_parse("", &untouched));
    assert_false(advice_parse("Random", &untouched));
    assert_false(advice_parse("rand", &untouched));
    assert_int_equal(untouched, ADVICE_RANDOM);
}

/** Does the mapping at `base` carry this flag in /proc/self/smaps? */
static bool flagged(const void *base, const char *flag)
{
    char line[512];
    char start[32];
    bool here = false;
    bool found = false;
    FILE *maps = fopen("/proc/self/smaps", "r");

    snprintf(start, sizeof start, "%lx-", (unsigned long)(uintptr_t)base);
    while (maps && fgets(line, sizeof line, maps)) {
        if (strncmp(line, start, strlen(start)) == 0)
            here = true;
        if (here && strncmp(line, "VmFlags:", 8) == 0) {
            found = strstr(line, flag) != NULL;
            break;
        }
    }
    if (maps)
        fclose(maps);
    return found;
}

static void auto_depends_on_the_use(void **state)
{
    (void)state;
    static const struct {
        enum advice advice;
        enum advice_use use;
        bool random, sequential;
    } row[] = {
        {ADVICE_AUTO, ADVICE_FOR_VIEW, true, false},     {ADVICE_AUTO, ADVICE_FOR_SURVEY, false, true},
        {ADVICE_NORMAL, ADVICE_FOR_VIEW, false, false},  {ADVICE_SEQUENTIAL, ADVICE_FOR_VIEW, false, true},
        {ADVICE_RANDOM, ADVICE_FOR_SURVEY, true, false},
    };
    size_t length = 16 * (size_t)sysconf(_SC_PAGESIZE);
    FILE *file = tmpfile();

    assert_non_null(file);
    void *base = mmap(NULL, length, PROT_READ, MAP_SHARED, fileno(file), 0);
    assert_ptr_not_equal(base, MAP_FAILED);
    for (size_t index = 0; index < sizeof row / sizeof *row; index++) {
        advice_apply(base, length, row[index].advice, row[index].use);
        assert_int_equal(flagged(base, " rr"), row[index].random);
        assert_int_equal(flagged(base, " sr"), row[index].sequential);
    }
    munmap(base, length);
    fclose(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_go_there_and_back),
        cmocka_unit_test(auto_depends_on_the_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
