/* SPDX-License-Identifier: MIT */
/**
 * model: lines. The first summary: newlines per block, and what else is in the block.
 *
 * A newline is what it is in the encoding of the lines, one unit long; a line begins behind all of it. An offset inside
 * a unit belongs to the line of that unit. UTF-16 and UTF-32 take other newlines than the rest; encodings with a unit
 * of one byte all take the same, so they can be changed without surveying anew.
 *
 * To get from a number of a line to its byte, or back, takes the rank directory and a replay of one block. Finding where a
 * line begins or ends skips over blocks without a newline, so it costs the same in a line of 300 MB, once the survey has
 * passed. View thread.
 */
#ifndef FOLIO_MODEL_KNOWN_LINES_H
#define FOLIO_MODEL_KNOWN_LINES_H

#include "folio/base/bytes/error.h"
#include "folio/base/text/encoding.h"
#include "folio/model/reader/reader.h"
#include "folio/model/survey/summary.h"
#include "folio/model/survey/survey.h"

#include <stdbool.h>
#include <stdint.h>

/** Lines up to this many bytes are wrapped, searched and numbered exactly as less does it; longer ones in pieces. */
#define LINES_LONG SURVEY_BLOCK

/**
 * The summary kind: count = newlines, flags = enum scan_flag, in units of two and four bytes always SCAN_HIGH: there
 * columns are never bytes. Knowledge: what lines_open gives it, or NULL for units of one byte.
 */
extern const struct summary_kind lines_kind;

/** Add the lines in `encoding` (NULL: UTF-8) to `survey`. NULL and `error` when out of memory. */
struct summary *lines_open(struct survey *survey, const struct encoding *encoding, struct error *error);

/** Take the lines out of `survey` again, before it is closed. NULL is fine. */
void lines_close(struct survey *survey, struct summary *lines);

enum lines_result {
    LINES_FOUND,
    LINES_NONE,    /**< no such line: past the end */
    LINES_UNKNOWN, /**< the survey has not been there yet and it is too far to look */
    LINES_FAILED,  /**< bytes could not be had (given up or unreadable) */
};

/**
 * The number, from 1, of the line that holds the byte at `offset` (the end of the file counts as in its last line).
 * UNKNOWN: not exact yet; `*line` is then the best estimate, or 0 when there is none.
 */
enum lines_result lines_number(const struct summary *lines, struct reader *reader, uint64_t offset,
                               uint64_t *line);

/** Where line `line` (from 1) begins. NONE past the last line. */
enum lines_result lines_offset(const struct summary *lines, struct reader *reader, uint64_t line,
                               uint64_t *offset);

/**
 * Number of lines; a last line without a newline counts. False: an estimate (0: none). Reads nothing (with NULL for
 * knowledge: the last byte).
 */
bool lines_total(const struct summary *lines, struct reader *reader, uint64_t *total);

/**
 * Where the line that holds `offset` begins. Looks back `limit` bytes at most, rounded up to a block, where the survey
 * does not know better; UNKNOWN then, and `*begin` is how far it looked. An unreadable page ends a line as a newline does.
 */
enum lines_result lines_begin(const struct summary *lines, struct reader *reader, uint64_t offset,
                              uint64_t limit, uint64_t *begin);

/** Where the line that holds `offset` ends: at its newline, or at the end of the file. UNKNOWN as in lines_begin. */
enum lines_result lines_end(const struct summary *lines, struct reader *reader, uint64_t offset,
                            uint64_t limit, uint64_t *end);

/** Is every byte of `range` printable ASCII or newline, so that columns are bytes? False also when not known. */
bool lines_plain(const struct summary *lines, struct range range);

#endif
