/* SPDX-License-Identifier: MIT */
/**
 * model: the ink at any byte. A summary, free of order: what each block's sequences make of any ink (base/glyph/ink).
 *
 * Within LINES_LONG of a line's start the sequences are read from there, and no summary is needed. In longer lines,
 * and where colours are carried over newlines (`:set sgr=carry`), the changes of the blocks between are put together,
 * from the place backward until every field is decided, or 1 GiB of blocks with sequences has been gone through: a
 * field that none of them touches is the terminal's own. The summary is added to the survey at the first such question.
 * Opaque; view thread. To be closed before the survey is.
 */
#ifndef FOLIO_MODEL_KNOWN_ATTRIBUTES_H
#define FOLIO_MODEL_KNOWN_ATTRIBUTES_H

#include "folio/base/glyph/glyph.h"
#include "folio/base/glyph/ink.h"
#include "folio/model/reader/reader.h"
#include "folio/model/survey/survey.h"

#include <stdbool.h>
#include <stdint.h>

/** No hyperlink. */
#define ATTRIBUTES_NO_LINK UINT64_MAX

struct attributes;

/** The ink in which the glyph at a byte is drawn, and the hyperlink that it is in. */
struct attributes_ink {
    struct ink ink;
    uint64_t link; /**< where the sequence (OSC 8) that opened the hyperlink begins, or ATTRIBUTES_NO_LINK */
    bool exact;    /**< false: the survey has not come by yet, and the terminal's own ink is given */
};

/** With `carry` colours go on over newlines. NULL when out of memory. No scan runs before the first question. */
struct attributes *attributes_open(struct survey *survey, const struct glyph_rules *rules, bool carry);

/** Free them; NULL is fine. */
void attributes_close(struct attributes *attributes);

/** Do these rules and this way of carrying still hold? Also false for NULL. */
bool attributes_serve(const struct attributes *attributes, const struct glyph_rules *rules, bool carry);

/**
 * The ink of the glyph that begins at `offset`, in the line that begins at `line_begin` (UINT64_MAX: not known). False
 * when the reader gave up.
 */
bool attributes_at(struct attributes *attributes, struct reader *reader, uint64_t line_begin, uint64_t offset,
                   struct attributes_ink *ink);

#endif
