/* SPDX-License-Identifier: MIT */
/*
 * base: the brackets of JSON in ordinary registers. Any thread.
 *
 * A table gives the classes of a byte as the bits of a byte; eight such bytes are a square of bits, which is turned so
 * that each class has a byte with a bit for each of the eight. That needs no order of bytes and no vector.
 */
#include "way.h"

#define JSON_QUOTE     (1U << 0)
#define JSON_BACKSLASH (1U << 1)
#define JSON_OPEN      (1U << 2)
#define JSON_CLOSE     (1U << 3)
#define JSON_COMMA     (1U << 4)
#define JSON_NEWLINE   (1U << 5)
#define JSON_JUNK      (1U << 6)

const uint8_t scan_json_low[16] = {
    0x0d, 0x48, 0x8c, 0x88, 0x88, 0xd8, 0x48, 0x08, 0x08, 0xd9, 0x09, 0xa4, 0x64, 0xa5, 0x56, 0x00,
};

static const uint8_t json_class[256] = {
    [0x01 ... 0x08] = JSON_JUNK, ['\n'] = JSON_NEWLINE,      [0x0b ... 0x0c] = JSON_JUNK,
    [0x0e ... 0x1d] = JSON_JUNK, [0x1f] = JSON_JUNK,         ['!'] = JSON_JUNK,
    ['"'] = JSON_QUOTE,          ['#' ... '*'] = JSON_JUNK,  [','] = JSON_COMMA,
    ['/'] = JSON_JUNK,           [';' ... 'D'] = JSON_JUNK,  ['F' ... 'H'] = JSON_JUNK,
    ['J' ... 'M'] = JSON_JUNK,   ['O' ... 'Z'] = JSON_JUNK,  ['['] = JSON_OPEN,
    ['\\'] = JSON_BACKSLASH,     [']'] = JSON_CLOSE,         ['^' ... '`'] = JSON_JUNK,
    ['b' ... 'd'] = JSON_JUNK,   ['g' ... 'h'] = JSON_JUNK,  ['j' ... 'k'] = JSON_JUNK,
    ['m'] = JSON_JUNK,           ['o' ... 'q'] = JSON_JUNK,  ['v' ... 'x'] = JSON_JUNK,
    ['z'] = JSON_JUNK,           ['{'] = JSON_OPEN,          ['|'] = JSON_JUNK,
    ['}'] = JSON_CLOSE,          ['~' ... 0xff] = JSON_JUNK,
};

/** The square of eight bytes, turned: bit B of byte C becomes bit C of byte B. In three steps, each swapping blocks. */
static uint64_t square_turn(uint64_t square)
{
    uint64_t swap = (square ^ square >> 7) & 0x00aa00aa00aa00aaU;
    square ^= swap ^ swap << 7;
    swap = (square ^ square >> 14) & 0x0000cccc0000ccccU;
    square ^= swap ^ swap << 14;
    swap = (square ^ square >> 28) & 0x00000000f0f0f0f0U;
    return square ^ swap ^ swap << 28;
}

static inline struct scan_brackets portable_classes(const char *data)
{
    struct scan_brackets word = {0};
    for (unsigned at = 0; at < 64; at += 8) {
        uint64_t square = 0;
        for (unsigned i = 0; i < 8; i++)
            square |= (uint64_t)json_class[(unsigned char)data[at + i]] << (8 * i);
        square = square_turn(square);
        word.quote |= (square & 0xff) << at;
        word.backslash |= (square >> 8 & 0xff) << at;
        word.open |= (square >> 16 & 0xff) << at;
        word.close |= (square >> 24 & 0xff) << at;
        word.comma |= (square >> 32 & 0xff) << at;
        word.newline |= (square >> 40 & 0xff) << at;
        word.junk |= (square >> 48 & 0xff) << at;
    }
    return word;
}

static inline uint64_t portable_parity(uint64_t bits)
{
    for (unsigned shift = 1; bits && shift < 64; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

#define WALK(name) portable_##name
#define WALK_TARGET
#include "brackets_walk.h"

const struct brackets_table brackets_portable = {portable_brackets, portable_brackets_map};
