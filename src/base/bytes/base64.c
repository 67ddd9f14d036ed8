/* SPDX-License-Identifier: MIT */
/* base: bytes as base64 text (see the header). Pure; any thread. */
#include "folio/base/bytes/base64.h"

#include <stdint.h>

bool base64_append(struct buf *out, const void *data, size_t length)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *byte = data;
    for (size_t at = 0; at < length; at += 3) {
        size_t left = length - at;
        uint32_t three = (uint32_t)byte[at] << 16 | (left > 1 ? (uint32_t)byte[at + 1] << 8 : 0) |
                         (left > 2 ? (uint32_t)byte[at + 2] : 0);
        char four[4] = {digit[three >> 18], digit[three >> 12 & 0x3f],
                        left > 1 ? digit[three >> 6 & 0x3f] : '=', left > 2 ? digit[three & 0x3f] : '='};
        buf_append(out, four, sizeof four);
    }
    return !out->failed;
}
