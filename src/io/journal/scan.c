/* SPDX-License-Identifier: MIT */
/* io: going over the lines of the book (src/io/journal/journal.c draws it) and of its archive. Any thread that may wait.
 *
 * A piece of the file is in memory at a time, and a line that goes on behind it is moved to the front of the next. In the
 * book a line begins at the beginning of a row and ends with one; in the archive lines follow each other. A line of which
 * the end was never written may seem to go on in the next one, so a row that begins with a state ends what is before it. */
#include "scan.h"

#include "line.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SCAN_PIECE ((size_t)256 << 10)

/** Where one is. */
struct scan {
    int fd;
    size_t grain; /**< bytes: lines begin at multiples of it */
    char *piece;
    size_t length, used; /**< bytes in the piece, and those that are done */
    uint64_t place;      /**< of the piece in the file */
    bool end;            /**< the file ends in it */
};

/** Drop what is done, and read on. */
static bool scan_fill(struct scan *scan)
{
    memmove(scan->piece, scan->piece + scan->used, scan->length - scan->used);
    scan->place += scan->used;
    scan->length -= scan->used;
    scan->used = 0;
    while (scan->length < SCAN_PIECE && !scan->end) {
        ssize_t count = pread(scan->fd, scan->piece + scan->length, SCAN_PIECE - scan->length,
                              (off_t)(scan->place + scan->length));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        scan->end = count == 0;
        scan->length += (size_t)count;
    }
    return true;
}

/** Bytes of the line at `text`, its newline included; 0: it has no end, or another one begins before it. */
static size_t scan_extent(const struct scan *scan, const char *text, size_t length)
{
    const char *end = memchr(text, '\n', length < JOURNAL_LINE ? length : JOURNAL_LINE);
    size_t extent = !end ? 0 : (size_t)(end - text) + 1;
    enum journal_state state;

    if (extent % scan->grain != 0 || extent <= JOURNAL_WORD)
        return 0;
    for (size_t row = JOURNAL_ROW; scan->grain > 1 && row + JOURNAL_WORD + 2 < extent; row += JOURNAL_ROW)
        if (journal_word_read(text + row, &state) && memcmp(text + row + JOURNAL_WORD, "0x", 2) == 0)
            return 0;
    return extent;
}

/** Show the line at `text`, which has `extent` bytes. It may be looked at again, as a row, if it was none. */
static enum journal_take scan_show(const struct scan *scan, char *text, size_t extent, journal_taker *take,
                                   void *context)
{
    struct journal_text line = {.line = text + JOURNAL_WORD, .rows = extent / JOURNAL_ROW};
    size_t end = extent - 1;

    (void)journal_word_read(text, &line.state);
    line.row = scan->grain > 1 ? (scan->place + scan->used) / JOURNAL_ROW : 0;
    while (end > JOURNAL_WORD && text[end - 1] == ' ')
        end--;
    char kept = text[end];
    text[end] = '\0';
    enum journal_take taken = take(context, &line);
    text[end] = kept;
    return taken;
}

/* Behind its title, with a checksum as a line has it. */
uint64_t journal_base(int fd)
{
    char title[4 * JOURNAL_ROW + 1];
    ssize_t length = pread(fd, title, sizeof title - 1, 0);

    title[length > 0 ? length : 0] = '\0';
    title[strcspn(title, "\n")] = '\0';
    return title[0] == '#' && journal_line_whole(title) ? journal_line_number(title, "base") : 0;
}

/** The place behind what is at `text` and is no line that was taken. */
static size_t scan_step(const struct scan *scan, const char *text, size_t rest)
{
    const char *end = scan->grain > 1 ? NULL : memchr(text, '\n', rest);
    size_t step = scan->grain > 1 ? scan->grain : end ? (size_t)(end - text) + 1 : rest;
    return step < rest ? step : rest;
}

/** What is at the place where one is. False: enough. */
static bool scan_one(struct scan *scan, int wanted, journal_taker *take, void *context)
{
    char *text = scan->piece + scan->used;
    size_t rest = scan->length - scan->used;
    enum journal_state state;
    enum journal_take taken = JOURNAL_TAKEN;
    size_t extent = 0;
    bool word = rest > JOURNAL_WORD &&
                (wanted < 0 || memcmp(text, journal_word((enum journal_state)wanted), JOURNAL_WORD) == 0) &&
                journal_word_read(text, &state);

    if (word) {
        extent = scan_extent(scan, text, rest);
        taken = extent == 0 ? JOURNAL_TORN : scan_show(scan, text, extent, take, context);
    }
    scan->used += extent != 0 && taken == JOURNAL_TAKEN ? extent : scan_step(scan, text, rest);
    return taken != JOURNAL_STOP;
}

bool journal_scan(int fd, bool archive, int state, journal_taker *take, void *context, bool *stopped)
{
    struct scan scan = {.fd = fd, .grain = archive ? 1 : JOURNAL_ROW, .piece = malloc(SCAN_PIECE)};
    bool fine = scan.piece && scan_fill(&scan);
    bool enough = false;

    while (fine && !enough && scan.used < scan.length) {
        enough = !scan_one(&scan, state, take, context);
        if (!scan.end && scan.length - scan.used < JOURNAL_LINE)
            fine = scan_fill(&scan);
    }
    free(scan.piece);
    if (stopped)
        *stopped = enough;
    return fine;
}
