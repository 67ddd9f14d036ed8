/* SPDX-License-Identifier: MIT */
/**
 * fuzz: any bytes in any form of encoding. A walk forwards covers them all, asking for the start of any byte finds the
 * very characters of the walk, and the newlines counted are those that are found one by one.
 */
#include "folio/base/text/encoding.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition)
        abort();
}

static void check_walk(const struct encoding *encoding, const char *text, size_t size, unsigned phase)
{
    size_t unit = encoding->unit, offset = (unit - phase) % unit;
    for (size_t next; offset < size; offset = next) {
        struct utf8 character = encoding_decode(encoding, text + offset, size - offset);
        require(character.length >= 1 && character.length <= ENCODING_LENGTH_MAX);
        require(character.length <= size - offset);
        require(!character.valid || character.rune <= 0x10ffff);
        next = offset + character.length;
        for (size_t inside = offset; inside < next; inside++)
            require(encoding_start(encoding, text, size, inside, phase) == offset);
    }
}

static void check_newlines(const struct encoding *encoding, const char *text, size_t size, unsigned phase)
{
    uint64_t count = encoding_count_newlines(encoding, text, size, phase);
    size_t last = size;
    for (uint64_t nth = 0; nth < count; nth++) {
        last = encoding_newline(encoding, text, size, phase, nth);
        require(last < size && (last + phase) % encoding->unit == 0);
        require(encoding_decode(encoding, text + last, size - last).rune == '\n');
    }
    require(encoding_newline(encoding, text, size, phase, count) == size);
    require(encoding_last_newline(encoding, text, size, phase) == last);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const name[] = {"utf-8",    "latin1",  "utf-16le", "utf-16be", "utf-32le",
                                       "utf-32be", "gb18030", "big5",     "euc-jp",   "shift_jis"};
    if (size < 2)
        return 0;
    const struct encoding *encoding = encoding_find(name[data[0] % (sizeof name / sizeof *name)], NULL);
    require(encoding != NULL);
    unsigned phase = data[1] % encoding->unit;
    check_walk(encoding, (const char *)data + 2, size - 2, phase);
    check_newlines(encoding, (const char *)data + 2, size - 2, phase);
    return 0;
}
