/* SPDX-License-Identifier: MIT */
/**
 * model, private: which bytes are text, in the encoding in which bytes are shown. Pure; any thread.
 *
 * Text is characters that are shown as themselves, with their marks, and tabs. In encodings of single bytes each byte is
 * a character; in UTF-16 and UTF-32 each begins at a multiple of the unit in the file, as everywhere; in UTF-8 and other
 * encodings of several bytes, where the column of characters shows each byte by itself, text is ASCII.
 *
 * In UTF-16 the second half of a pair is never a character by itself, so it is told from the bytes right before a place
 * whether a character begins there.
 */
#ifndef FOLIO_MODEL_BYTE_PROSE_H
#define FOLIO_MODEL_BYTE_PROSE_H

#include "folio/base/bytes/span.h"
#include "folio/base/text/encoding.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What is text, and how much of it at least. Immutable once made. */
struct prose {
    const struct encoding *encoding; /**< NULL: ASCII */
    unsigned unit;                   /**< bytes */
    unsigned shortest;               /**< characters of a run, at least */
    bool byte[256];                  /**< where the unit is a byte: is it text? */
};

/** Bytes of a file, and where the first of them stands in it. */
struct prose_bytes {
    struct span span;
    uint64_t offset;
};

/** The encoding whose characters are text where bytes are shown in this one; NULL: ASCII. */
const struct encoding *prose_encoding(const struct encoding *charset);

/** Make it, for what prose_encoding returned. */
void prose_init(struct prose *prose, const struct encoding *encoding, unsigned shortest);

/** How many bytes of text stand at the start of these, which is that of a character: all up to the first that is none. */
size_t prose_length(const struct prose *prose, struct span bytes);

/** The first character that begins at `at` or behind it; the end of the bytes where none does. */
size_t prose_start(const struct prose *prose, struct prose_bytes bytes, size_t at);

/** Where the text begins that goes up to `at`, where a character begins; `at` itself where there is none before it. */
size_t prose_begin(const struct prose *prose, struct prose_bytes bytes, size_t at);

/**
 * The first run of at least prose->shortest characters from `at` on; the character before that is no text. The end of the
 * bytes where there is none.
 */
size_t prose_find(const struct prose *prose, struct span bytes, size_t at);

#endif
