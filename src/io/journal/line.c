/* SPDX-License-Identifier: MIT */
/* io: one line of the book (src/io/journal/journal.c draws it): text from an entry, an entry from text. Any thread.
 *
 * Fields are NAME=VALUE with a blank in front, found by name, so that a later folio may add some. What is before the
 * first of them stands at a fixed place and reads like the line that folio prints. A line is believed only if its
 * checksum is right; then nothing in it needs to be doubted, and what is missing is 0. */
#include "folio/io/journal/line.h"

#include <ctype.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define NANOSECONDS INT64_C(1000000000)

static const char *const journal_words[] = {
    [JOURNAL_INTENT] = "intent  ", [JOURNAL_DONE] = "done    ", [JOURNAL_REFUSED] = "refused ",
    [JOURNAL_FAILED] = "failed  ", [JOURNAL_LOST] = "lost    ", [JOURNAL_UNDONE] = "undone  ",
};

#define JOURNAL_WORDS (sizeof journal_words / sizeof *journal_words)

static const char *const journal_ways[] = {
    [JOURNAL_POKE] = "", [JOURNAL_UNDO] = "undoes", [JOURNAL_REDO] = "redoes"};

const char *journal_word(enum journal_state state)
{
    return journal_words[state];
}

/** CRC-32 as zip has it; a line is short, so no table. */
static uint32_t journal_crc(const char *text, size_t length)
{
    uint32_t crc = ~UINT32_C(0);

    for (size_t index = 0; index < length; index++) {
        crc ^= (uint8_t)text[index];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (crc & 1 ? UINT32_C(0xedb88320) : 0);
    }
    return ~crc;
}

static void journal_bytes(struct buf *out, const char *name, const uint8_t *byte, size_t count)
{
    buf_format(out, " %s=", name);
    for (size_t index = 0; index < count; index++)
        buf_format(out, "%02x", byte[index]);
}

/** A path is one word: what would end it, or a line, or could do harm on a terminal, is %XX. */
static void journal_path(struct buf *out, const char *path)
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

void journal_line_write(const struct journal_entry *entry, struct buf *out)
{
    size_t begin = out->length;
    char when[32];
    struct tm parts;
    time_t seconds = (time_t)entry->time;

    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&seconds, &parts));
    buf_text(out, journal_words[entry->state]);
    buf_format(out, "0x%08" PRIx64 ": %02x -> %02x %s group=%" PRIu64, entry->offset, entry->before,
               entry->after, when, entry->group);
    if (entry->way != JOURNAL_POKE)
        buf_format(out, " %s=%" PRIu64, journal_ways[entry->way], entry->reverts);
    buf_format(out, " size=%" PRIu64 " inode=%" PRIu64 " birth=%" PRId64 ".%09" PRId64, entry->size,
               entry->inode, entry->birth_ns / NANOSECONDS, entry->birth_ns % NANOSECONDS);
    journal_bytes(out, "left", entry->left, entry->left_count);
    journal_bytes(out, "right", entry->right, entry->right_count);
    journal_path(out, entry->path);
    if (out->failed)
        return;
    size_t words = begin + JOURNAL_WORD;
    buf_format(out, " crc=%08" PRIx32, journal_crc(out->data + words, out->length - words));
    /* Its newline would stand alone in a row then, which looks like a free one to the next line. */
    if ((out->length - begin) % JOURNAL_ROW == 0)
        buf_text(out, " .");
    while ((out->length - begin + 1) % JOURNAL_ROW != 0 && !out->failed)
        buf_text(out, " ");
    buf_text(out, "\n");
}

/** The text behind " NAME=", or NULL. No value has a blank in it, not even a path, so no value can pose as a field. */
static const char *journal_field(const char *line, const char *name)
{
    char word[16];

    snprintf(word, sizeof word, " %s=", name);
    const char *found = strstr(line, word);
    return !found ? NULL : found + strlen(word);
}

static uint64_t journal_number(const char *line, const char *name)
{
    const char *text = journal_field(line, name);
    return !text ? 0 : strtoull(text, NULL, 10);
}

static int64_t journal_birth(const char *line)
{
    const char *text = journal_field(line, "birth");
    int64_t seconds = 0;
    int64_t fraction = 0;

    if (!text || sscanf(text, "%" SCNd64 ".%" SCNd64, &seconds, &fraction) != 2)
        return 0;
    return seconds * NANOSECONDS + fraction;
}

/** The value of a hexadecimal digit; the caller knows that it is one. */
static unsigned journal_digit(char digit)
{
    return (unsigned)(isdigit((unsigned char)digit) ? digit - '0' : tolower((unsigned char)digit) - 'a' + 10);
}

static uint8_t journal_context(const char *line, const char *name, uint8_t *byte)
{
    const char *text = journal_field(line, name);
    uint8_t count = 0;

    while (text && count < JOURNAL_CONTEXT && isxdigit((unsigned char)text[0]) &&
           isxdigit((unsigned char)text[1])) {
        byte[count++] = (uint8_t)(journal_digit(text[0]) << 4 | journal_digit(text[1]));
        text += 2;
    }
    return count;
}

static char *journal_path_read(const char *line)
{
    const char *text = journal_field(line, "path");
    size_t length = !text ? 0 : strcspn(text, " ");
    char *path = malloc(length + 1);
    size_t used = 0;

    for (size_t index = 0; path && index < length; index++) {
        bool code = text[index] == '%' && index + 2 < length;
        path[used++] =
            code ? (char)(journal_digit(text[index + 1]) << 4 | journal_digit(text[index + 2])) : text[index];
        index += code ? 2 : 0;
    }
    if (path)
        path[used] = '\0';
    return path;
}

/** Fill `entry` from a line that is whole. */
static bool journal_parse(const char *line, struct journal_entry *entry)
{
    struct tm when = {0};
    char text[32];

    if (sscanf(line, "0x%" SCNx64 ": %" SCNx8 " -> %" SCNx8 " %31s", &entry->offset, &entry->before,
               &entry->after, text) != 4 ||
        !strptime(text, "%Y-%m-%dT%H:%M:%SZ", &when))
        return false;
    entry->time = timegm(&when);
    entry->group = journal_number(line, "group");
    entry->size = journal_number(line, "size");
    entry->inode = journal_number(line, "inode");
    entry->birth_ns = journal_birth(line);
    entry->left_count = journal_context(line, "left", entry->left);
    entry->right_count = journal_context(line, "right", entry->right);
    for (int way = JOURNAL_UNDO; way <= JOURNAL_REDO; way++)
        if (journal_field(line, journal_ways[way])) {
            entry->way = (enum journal_way)way;
            entry->reverts = journal_number(line, journal_ways[way]);
        }
    entry->path = journal_path_read(line);
    return entry->path != NULL;
}

/** A line that was torn may run into the next one: then its end is the end of a row all the same, and the checksum tells.
 * The length of the line with its newline, which is the last byte of a row; 0: it has no end there. */
static size_t journal_extent(const char *text, size_t length)
{
    const char *end = memchr(text, '\n', length);
    size_t extent = !end ? 0 : (size_t)(end - text) + 1;
    return extent % JOURNAL_ROW == 0 ? extent : 0;
}

size_t journal_line_read(const char *text, size_t length, struct journal_entry *entry)
{
    size_t extent = journal_extent(text, length);
    size_t state = 0;

    while (extent > 0 && state < JOURNAL_WORDS && strncmp(text, journal_words[state], JOURNAL_WORD) != 0)
        state++;
    if (extent == 0 || state == JOURNAL_WORDS)
        return 0;
    char *line = strndup(text + JOURNAL_WORD, extent - JOURNAL_WORD - 1);
    const char *crc = !line ? NULL : journal_field(line, "crc");
    size_t rows = 0;
    *entry = (struct journal_entry){.state = (enum journal_state)state};
    if (crc) {
        size_t covered = (size_t)(crc - line) - strlen(" crc=");
        if (strtoul(crc, NULL, 16) == journal_crc(line, covered)) {
            line[covered] = '\0';
            rows = journal_parse(line, entry) ? extent / JOURNAL_ROW : 0;
        }
    }
    free(line);
    return rows;
}

bool journal_place(struct buf *path, struct error *error)
{
    const char *state = getenv("XDG_STATE_HOME");
    const char *home = getenv("HOME");

    if (state && state[0] == '/')
        buf_format(path, "%s/folio/pokes", state);
    else if (home && home[0] == '/')
        buf_format(path, "%s/.local/state/folio/pokes", home);
    else
        return error_set(error, 0,
                         "there is no place for the journal: neither XDG_STATE_HOME nor HOME is set");
    return !path->failed || error_set(error, 0, "out of memory");
}

bool journal_name(int fd, char *path, size_t size)
{
    char link[32];

    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    path[length > 0 ? length : 0] = '\0';
    return length > 0;
}

bool journal_identity(int fd, uint64_t *inode, int64_t *birth_ns)
{
    struct statx now;

    if (statx(fd, "", AT_EMPTY_PATH, STATX_INO | STATX_BTIME, &now) != 0)
        return false;
    *inode = now.stx_ino;
    *birth_ns = (now.stx_mask & STATX_BTIME) ? now.stx_btime.tv_sec * NANOSECONDS + now.stx_btime.tv_nsec : 0;
    return true;
}
