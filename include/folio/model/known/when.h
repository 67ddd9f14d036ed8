/* SPDX-License-Identifier: MIT */
/**
 * model: which line is the first at or after a time. A binary search over the bytes of a log, without any index.
 *
 * Logs are in the order of their times, nearly; so a look at the first stamped line behind a place halves what is left,
 * and some thirty looks find the place in any file. Lines without a stamp (stack traces) belong to the one before them.
 * A search is a plain value that can be gone on with when bytes were missing. View thread.
 */
#ifndef FOLIO_MODEL_KNOWN_WHEN_H
#define FOLIO_MODEL_KNOWN_WHEN_H

#include "folio/base/bytes/error.h"
#include "folio/base/glyph/glyph.h"
#include "folio/base/words/stamp.h"
#include "folio/model/reader/reader.h"

#include <stdbool.h>
#include <stdint.h>

/** The longest stretch without a stamp that is looked through. */
#define WHEN_LOOK (4u << 20)

/** A search under way. */
struct when {
    struct stamp wanted;
    struct stamp_hint hint;
    struct glyph_rules rules;
    /** Stamped lines that begin before `low` are earlier; the first that begins at or after `high` is not. */
    uint64_t low, high;
    /** The earliest line known to be late enough, where `found`. */
    uint64_t line;
    bool found;
};

enum when_result {
    WHEN_FOUND,
    WHEN_NONE,   /**< every stamped line is earlier */
    WHEN_WAIT,   /**< bytes are missing: call again */
    WHEN_FAILED, /**< no stamps for WHEN_LOOK bytes, or unreadable: `error` says where */
};

/** Begin to look for the first line at or after `wanted` in a file of `size` bytes. */
struct when when_begin(struct stamp wanted, const struct stamp_hint *hint, const struct glyph_rules *rules,
                       uint64_t size);

/** Go on; WHEN_FOUND sets `*line` to where the line begins. */
enum when_result when_go_on(struct when *when, struct reader *reader, uint64_t *line, struct error *error);

/**
 * The stamp of the line that begins at `offset`, or of the nearest line after it that has one. NONE: there is none up to
 * the file's end.
 */
enum when_result when_at(struct reader *reader, const struct glyph_rules *rules,
                         const struct stamp_hint *hint, uint64_t offset, struct stamp *stamp,
                         struct error *error);

#endif
