/* SPDX-License-Identifier: MIT */
/*
 * base: the door to scanning. Any thread.
 *
 * The table of functions is chosen at the first call and kept in one atomic pointer, the only state of this room.
 * Two threads that choose at the same time choose the same; the tables are const, so relaxed order is enough. An
 * ifunc would save the load, but it runs before sanitizers and static linking are ready for it, and no test could
 * change it. The calls are made per block of the file: one load more is nothing.
 *
 * An empty stretch ends here, so that the ways may do arithmetic with `data`: it may be NULL then.
 */
#include "folio/base/scan/scan.h"

#include "way.h"

#include <stdatomic.h>
#include <string.h>

static _Atomic(const struct scan_table *) scan_current;

#if SCAN_X86
/** What every processor with vectors of 32 bytes has had: counts of bits, and products without carries. */
static bool scan_bits(void)
{
    return __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("pclmul");
}
#endif

/* The table of `way`, NULL where the processor (or the operating system, which must save the registers) lacks it. */
static const struct scan_table *scan_way_table(enum scan_way way)
{
    switch (way) {
    case SCAN_PORTABLE:
        return &scan_portable;
#if SCAN_X86
    case SCAN_AVX2:
        return __builtin_cpu_supports("avx2") && scan_bits() ? &scan_avx2 : NULL;
    case SCAN_AVX512:
        return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi") && scan_bits()
                   ? &scan_avx512
                   : NULL;
#endif
    default:
        return NULL;
    }
}

const struct scan_table *scan_table(void)
{
    const struct scan_table *table = atomic_load_explicit(&scan_current, memory_order_relaxed);
    if (table)
        return table;
    for (int way = SCAN_WAY_COUNT - 1; !table; way--)
        table = scan_way_table((enum scan_way)way);
    atomic_store_explicit(&scan_current, table, memory_order_relaxed);
    return table;
}

bool scan_use(enum scan_way way)
{
    const struct scan_table *table = scan_way_table(way);
    if (!table)
        return false;
    atomic_store_explicit(&scan_current, table, memory_order_relaxed);
    return true;
}

struct scan_tally scan_tally(const char *data, size_t length)
{
    if (length == 0)
        return (struct scan_tally){0};
    return scan_table()->tally(data, length);
}

uint64_t scan_count(const char *data, size_t length, char byte)
{
    if (length == 0)
        return 0;
    return scan_table()->count(data, length, byte);
}

size_t scan_select(const char *data, size_t length, char byte, uint64_t nth)
{
    if (length == 0)
        return 0;
    return scan_table()->select(data, length, byte, nth);
}

/* libc's memrchr already comes in every width; mostly it is asked about the few bytes before a row. */
size_t scan_last(const char *data, size_t length, char byte)
{
    if (length == 0)
        return 0;
    const char *found = memrchr(data, byte, length);
    return found ? (size_t)(found - data) : length;
}

size_t scan_either(const char *data, size_t length, char one, char other)
{
    if (length == 0)
        return 0;
    return scan_table()->either(data, length, one, other);
}

size_t scan_special(const char *data, size_t length)
{
    if (length == 0)
        return 0;
    return scan_table()->special(data, length);
}

size_t scan_printable(const char *data, size_t length)
{
    if (length == 0)
        return 0;
    return scan_table()->printable(data, length);
}
