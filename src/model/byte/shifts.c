/* SPDX-License-Identifier: MIT */
/* model: how the bytes of two files stand beside each other (see the header). Any thread. */
#include "folio/model/byte/shifts.h"

/** How many shifts begin at or before `offset`. */
static size_t shifts_before(const struct shifts *shifts, uint64_t offset)
{
    size_t low = 0, high = shifts ? shifts->count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (shifts->shift[middle].at <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct shift_stretch shifts_at(const struct shifts *shifts, uint64_t offset)
{
    size_t number = shifts_before(shifts, offset);
    struct shift_stretch stretch = {.range = {0, UINT64_MAX}};
    if (shifts && number < shifts->count)
        stretch.range.end = shifts->shift[number].at;
    if (!shifts || number == 0)
        return stretch;
    const struct shift now = shifts->shift[number - 1];
    int64_t before = number > 1 ? shifts->shift[number - 2].by : 0;
    uint64_t alone = now.by < before ? (uint64_t)(before - now.by) : 0;
    stretch.range.begin = stretch.since = now.at;
    stretch.by = now.by;
    stretch.only = offset - now.at < alone;
    if (stretch.only)
        stretch.range.end = now.at + alone;
    else
        stretch.range.begin += alone;
    if (now.by > before) {
        stretch.more = (uint64_t)(now.by - before);
        stretch.more_at = now.at + (uint64_t)before;
    }
    return stretch;
}
