/* SPDX-License-Identifier: MIT */
/* io: one line of the book (src/io/journal/journal.c draws it): text from an entry, an entry from text. Any thread.
 *
 * Fields are NAME=VALUE with a blank in front, found by name, so that a later folio may add some. What is before the
 * first of them stands at a fixed place and reads like the line that folio prints. No value has a blank in it, not even a
 * path, so no value can pose as a field. A line is believed only if its checksum is right; then nothing in it needs to be
 * doubted, and what is missing is 0.
 *
 * A list of bytes may be 65,536 lines, and an undo writes and reads all of them: so numbers are spelled by hand here, and
 * what such lines share is spelled once. */
#include "line.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NANOSECONDS INT64_C(1000000000)

static const char *const journal_words[] = {
    [JOURNAL_INTENT] = "intent  ", [JOURNAL_DONE] = "done    ", [JOURNAL_REFUSED] = "refused ",
    [JOURNAL_FAILED] = "failed  ", [JOURNAL_LOST] = "lost    ", [JOURNAL_UNDONE] = "undone  ",
};

#define JOURNAL_WORDS (sizeof journal_words / sizeof *journal_words)

static const char *const journal_ways[] = {
    [JOURNAL_POKE] = "", [JOURNAL_UNDO] = " undoes=", [JOURNAL_REDO] = " redoes="};

const char *journal_word(enum journal_state state)
{
    return journal_words[state];
}

bool journal_word_read(const char *text, enum journal_state *state)
{
    for (size_t word = 0; word < JOURNAL_WORDS; word++)
        if (memcmp(text, journal_words[word], JOURNAL_WORD) == 0) {
            *state = (enum journal_state)word;
            return true;
        }
    return false;
}

/** Of a byte, and of one that so many others follow: four bytes are taken at a time. */
static uint32_t journal_crc_table[4][256];

static void journal_crc_begin(void)
{
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? UINT32_C(0xedb88320) : 0);
        journal_crc_table[0][byte] = crc;
    }
    for (int behind = 1; behind < 4; behind++)
        for (uint32_t byte = 0; byte < 256; byte++) {
            uint32_t crc = journal_crc_table[behind - 1][byte];
            journal_crc_table[behind][byte] = crc >> 8 ^ journal_crc_table[0][crc & 0xff];
        }
}

/** CRC-32 as zip has it. */
static uint32_t journal_crc(const char *text, size_t length)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    const uint8_t *byte = (const uint8_t *)text;
    uint32_t crc = ~UINT32_C(0);

    (void)pthread_once(&once, journal_crc_begin);
    for (; length >= 4; length -= 4, byte += 4) {
        crc ^= byte[0] | (uint32_t)byte[1] << 8 | (uint32_t)byte[2] << 16 | (uint32_t)byte[3] << 24;
        crc = journal_crc_table[3][crc & 0xff] ^ journal_crc_table[2][crc >> 8 & 0xff] ^
              journal_crc_table[1][crc >> 16 & 0xff] ^ journal_crc_table[0][crc >> 24];
    }
    for (; length > 0; length--, byte++)
        crc = crc >> 8 ^ journal_crc_table[0][(crc ^ *byte) & 0xff];
    return ~crc;
}

void journal_hex(struct buf *out, uint64_t number, unsigned width)
{
    char digits[16];
    unsigned count = 0;

    while (number != 0 || count < width) {
        digits[15 - count++] = "0123456789abcdef"[number & 15];
        number >>= 4;
    }
    buf_append(out, digits + 16 - count, count);
}

void journal_decimal(struct buf *out, uint64_t number)
{
    char digits[20];
    unsigned count = 0;

    do
        digits[19 - count++] = (char)('0' + number % 10);
    while ((number /= 10) != 0);
    buf_append(out, digits + 20 - count, count);
}

static void journal_number(struct buf *out, const char *name, uint64_t number)
{
    buf_text(out, name);
    journal_decimal(out, number);
}

static void journal_bytes(struct buf *out, const char *name, const uint8_t *byte, size_t count)
{
    char digits[2 * JOURNAL_CONTEXT];

    for (size_t index = 0; index < count; index++) {
        digits[2 * index] = "0123456789abcdef"[byte[index] >> 4];
        digits[2 * index + 1] = "0123456789abcdef"[byte[index] & 15];
    }
    buf_text(out, name);
    buf_append(out, digits, 2 * count);
}

/* A path is one word: what would end it, or a line, or could do harm on a terminal, is %XX. */
void journal_line_path(struct buf *out, const char *path)
{
    buf_text(out, " path=");
    for (; *path != '\0'; path++) {
        uint8_t byte = (uint8_t)*path;
        if (byte <= ' ' || byte == '%' || byte >= 0x7f)
            buf_format(out, "%%%02X", byte);
        else
            buf_append(out, path, 1);
    }
}

/** Spell what the entry does not share with the one before. */
static void journal_pen_dip(struct journal_pen *pen, const struct journal_entry *entry)
{
    struct tm parts;
    time_t seconds = (time_t)entry->time;

    if (pen->when[0] == '\0' || pen->time != entry->time)
        strftime(pen->when, sizeof pen->when, " %Y-%m-%dT%H:%M:%SZ", gmtime_r(&seconds, &parts));
    pen->time = entry->time;
    if (pen->path != entry->path) {
        buf_clear(&pen->spelled);
        journal_line_path(&pen->spelled, entry->path);
    }
    pen->path = entry->path;
}

void journal_line_seal(struct buf *out, size_t begin)
{
    uint32_t crc = out->failed ? 0 : journal_crc(out->data + begin, out->length - begin);
    buf_text(out, " crc=");
    journal_hex(out, crc, 8);
}

/** The checksum of what was written from `begin` on, behind the state, and then blanks to the end of a row. */
static void journal_line_end(struct buf *out, size_t begin, bool rows)
{
    static const char blanks[JOURNAL_ROW + 1] =
        "                                                                ";

    journal_line_seal(out, begin + JOURNAL_WORD);
    /* Its newline would stand alone in a row then, which looks like a free one to the next line. */
    if ((out->length - begin) % JOURNAL_ROW == 0)
        buf_text(out, " .");
    size_t used = (out->length - begin + 1) % JOURNAL_ROW;
    buf_append(out, blanks, rows && used != 0 ? JOURNAL_ROW - used : 0);
    buf_text(out, "\n");
}

void journal_line_write(const struct journal_entry *entry, struct journal_pen *pen, struct buf *out)
{
    size_t begin = out->length;

    journal_pen_dip(pen, entry);
    buf_append(out, journal_words[entry->state], JOURNAL_WORD);
    buf_append(out, "0x", 2);
    journal_hex(out, entry->offset, 8);
    buf_append(out, ": ", 2);
    journal_hex(out, entry->before, 2);
    buf_append(out, " -> ", 4);
    journal_hex(out, entry->after, 2);
    buf_text(out, pen->when);
    journal_number(out, " id=", entry->id);
    journal_number(out, " group=", entry->group);
    if (entry->way != JOURNAL_POKE)
        journal_number(out, journal_ways[entry->way], entry->reverts);
    journal_number(out, " size=", entry->size);
    journal_number(out, " inode=", entry->inode);
    buf_format(out, " birth=%lld.%09lld", (long long)(entry->birth_ns / NANOSECONDS),
               (long long)(entry->birth_ns % NANOSECONDS));
    if (entry->system != 0)
        journal_number(out, " system=", entry->system);
    journal_bytes(out, " left=", entry->left, entry->left_count);
    journal_bytes(out, " right=", entry->right, entry->right_count);
    buf_append(out, pen->spelled.data, pen->spelled.length);
    journal_line_end(out, begin, true);
}

/** The text behind " NAME=", or NULL. */
static const char *journal_field(const char *line, const char *name)
{
    char word[16];

    snprintf(word, sizeof word, " %s=", name);
    const char *found = strstr(line, word);
    return !found ? NULL : found + strlen(word);
}

uint64_t journal_line_number(const char *line, const char *name)
{
    const char *text = journal_field(line, name);
    return !text ? 0 : strtoull(text, NULL, 10);
}

bool journal_line_whole(char *line)
{
    char *crc = strstr(line, " crc=");

    if (!crc || strtoul(crc + strlen(" crc="), NULL, 16) != journal_crc(line, (size_t)(crc - line)))
        return false;
    *crc = '\0';
    return true;
}

void journal_line_copy(const char *line, enum journal_state state, uint64_t id, bool rows, struct buf *out)
{
    size_t begin = out->length;

    buf_append(out, journal_words[state], JOURNAL_WORD);
    buf_text(out, line);
    if (!journal_field(line, "id"))
        journal_number(out, " id=", id);
    journal_line_end(out, begin, rows);
}
