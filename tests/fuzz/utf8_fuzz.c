/* SPDX-License-Identifier: MIT */
/**
 * fuzz: any bytes as UTF-8. A walk forwards covers them all, each valid character is what its code point is encoded
 * as, and walking backwards or asking for the start of any byte finds the very characters of the walk.
 */
#include "folio/base/text/utf8.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition)
        abort();
}

static void check_character(const char *data, struct utf8 character)
{
    char text[UTF8_LENGTH_MAX];
    if (!character.valid) {
        require(character.length == 1 && character.rune == (unsigned char)data[0]);
        return;
    }
    size_t length = utf8_encode(character.rune, text);
    require(length == character.length);
    require(memcmp(text, data, length) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    require(utf8_decode(text, 0).length == 0);
    for (size_t offset = 0, next; offset < size; offset = next) {
        struct utf8 character = utf8_decode(text + offset, size - offset);
        require(character.length >= 1 && character.length <= UTF8_LENGTH_MAX);
        require(character.length <= size - offset);
        next = offset + character.length;
        check_character(text + offset, character);
        require(utf8_before(text, next) == offset);
        for (size_t inside = offset; inside < next; inside++)
            require(utf8_start(text, size, inside) == offset);
    }
    return 0;
}
