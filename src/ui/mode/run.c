/* SPDX-License-Identifier: MIT */
/** ui: typing into a run. Pure. */
#include "folio/ui/mode/run.h"

#include "folio/ui/mode/armed.h"

#include <ctype.h>

/** It is another one now. */
static bool run_changed(struct run *run)
{
    run->edition++;
    return true;
}

void run_begin(struct run *run, uint64_t offset, bool characters)
{
    run->offset = offset;
    run->count = run->at = 0;
    run->half = false;
    run->characters = characters;
    run_changed(run);
}

/** Bytes from the cursor on that can be typed over: to the end of the file, and of what a run holds. */
static size_t run_room(const struct run *run, uint64_t end)
{
    uint64_t room = run->offset < end ? end - run->offset : 0;
    room = room < RUN_MAX ? room : RUN_MAX;
    return room > run->at ? (size_t)room - run->at : 0;
}

bool run_type(struct run *run, uint8_t byte, uint64_t end)
{
    if (run->half || run_room(run, end) == 0)
        return false;
    run->byte[run->at++] = byte;
    run->count = run->at > run->count ? run->at : run->count;
    return run_changed(run);
}

bool run_unit(struct run *run, const char *unit, size_t length, uint64_t end)
{
    if (run->half || run_room(run, end) < length)
        return false;
    for (size_t i = 0; i < length; i++)
        (void)run_type(run, (uint8_t)unit[i], end);
    return true;
}

bool run_digit(struct run *run, unsigned digit, uint64_t end)
{
    if (run_room(run, end) == 0)
        return false;
    uint8_t *byte = &run->byte[run->at];
    if (run->half) {
        *byte = (uint8_t)((*byte & 0xf0) | digit);
        run->half = false;
        run->at++;
        return run_changed(run);
    }
    run->under = run->at < run->count ? *byte : -1;
    run->count += run->under < 0;
    *byte = (uint8_t)(digit << 4);
    run->half = true;
    return run_changed(run);
}

/** The digit that was typed last is none. */
static bool run_erase_digit(struct run *run)
{
    run->half = false;
    run->count -= run->under < 0;
    if (run->under >= 0)
        run->byte[run->at] = (uint8_t)run->under;
    return run_changed(run);
}

bool run_erase(struct run *run)
{
    if (run->half)
        return run_erase_digit(run);
    if (run->at == 0)
        return false;
    run->count -= run->at == run->count;
    run->at--;
    return run_changed(run);
}

bool run_move(struct run *run, int64_t bytes)
{
    uint64_t left = run->at, right = run->count - run->at;
    if (run->half || bytes == 0 || (bytes < 0 ? left : right) == 0)
        return false;
    if (bytes < 0)
        run->at -= (uint64_t)-bytes < left ? (size_t)-bytes : (size_t)left;
    else
        run->at += (uint64_t)bytes < right ? (size_t)bytes : (size_t)right;
    return run_changed(run);
}

bool run_turn(struct run *run)
{
    if (run->half)
        return false;
    run->characters = !run->characters;
    return run_changed(run);
}

/** How many digits are in the text; SIZE_MAX: there is something else. */
static size_t run_digits(const char *text, size_t length)
{
    size_t digits = 0;
    for (size_t i = 0; i < length; i++)
        if (isxdigit((unsigned char)text[i]))
            digits++;
        else if (!isspace((unsigned char)text[i]))
            return SIZE_MAX;
    return digits;
}

size_t run_bytes(const struct run *run, const char *text, size_t length)
{
    size_t digits = run->characters ? 2 * length : run_digits(text, length);
    return digits % 2 == 0 ? digits / 2 : 0;
}

bool run_paste(struct run *run, const char *text, size_t length, uint64_t end)
{
    size_t bytes = run_bytes(run, text, length);
    if (run->half || bytes == 0 || bytes > run_room(run, end))
        return false;
    for (size_t i = 0; i < length; i++)
        if (run->characters)
            (void)run_type(run, (uint8_t)text[i], end);
        else if (!isspace((unsigned char)text[i]))
            (void)run_digit(run, armed_value((unsigned char)text[i]), end);
    return run_changed(run);
}
