/* SPDX-License-Identifier: MIT */
/* io: the advice table. Any thread.
 *
 * Two mappings of one file may carry different advice, so the view and each window choose for themselves. A touch under
 * NORMAL or SEQUENTIAL reads up to read_ahead_kb around it, 8 MiB on some machines; under RANDOM one page. */
#include "folio/io/page/advice.h"

#include <string.h>
#include <sys/mman.h>

static const struct {
    const char *name;
    /** What madvise gets, by enum advice_use. */
    int value[2];
} advice_table[ADVICE_COUNT] = {
    [ADVICE_AUTO] = {"auto", {MADV_RANDOM, MADV_SEQUENTIAL}},
    [ADVICE_NORMAL] = {"normal", {MADV_NORMAL, MADV_NORMAL}},
    [ADVICE_SEQUENTIAL] = {"sequential", {MADV_SEQUENTIAL, MADV_SEQUENTIAL}},
    [ADVICE_RANDOM] = {"random", {MADV_RANDOM, MADV_RANDOM}},
};

bool advice_parse(const char *name, enum advice *advice)
{
    for (unsigned entry = 0; entry < ADVICE_COUNT; entry++) {
        if (strcmp(name, advice_table[entry].name) == 0) {
            *advice = (enum advice)entry;
            return true;
        }
    }
    return false;
}

const char *advice_name(enum advice advice)
{
    return advice_table[advice].name;
}

void advice_apply(void *base, size_t length, enum advice advice, enum advice_use use)
{
    (void)madvise(base, length, advice_table[advice].value[use]);
}
