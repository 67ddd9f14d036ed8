/* SPDX-License-Identifier: MIT */
/**
 * model: rows and columns in one long line. A chained summary, for lines longer than LINES_LONG only.
 *
 * Where a row begins depends on every byte of the line before it. So the line is walked once in the background, from
 * its start, by the same rule that the view uses (base/glyph/fit), and per block is kept where the first row begins
 * (wrapped) or in which column the first glyph stands (not wrapped). From there a place is at most one block's walk away.
 * Opaque; view thread. Lives in the survey it was opened on; to be closed before the survey is.
 */
#ifndef FOLIO_MODEL_KNOWN_COLUMNS_H
#define FOLIO_MODEL_KNOWN_COLUMNS_H

#include "folio/base/glyph/fit.h"
#include "folio/model/survey/survey.h"

#include <stdbool.h>
#include <stdint.h>

struct columns;

/** A place in the line from which one can walk on. */
struct columns_place {
    uint64_t offset; /**< a row's start (wrapped), or a glyph's */
    uint64_t column; /**< of that glyph in the line; 0 when wrapped */
};

/**
 * Start to walk the line that begins at `line_begin`, wrapped by `fit` or (`chopped`) as one row. NULL and `error` when
 * out of memory.
 */
struct columns *columns_open(struct survey *survey, const struct fit *fit, bool chopped, uint64_t line_begin,
                             struct error *error);

/** Stop the walk and free it; NULL is fine. */
void columns_close(struct columns *columns);

/** Is `columns` the walk of this line, with rows broken in this way? False for NULL. */
bool columns_serve(const struct columns *columns, const struct fit *fit, bool chopped, uint64_t line_begin);

/**
 * The nearest known place at or before `offset`, which lies in the line; at most a block and a row before it. False
 * where the walk has not come by yet.
 */
bool columns_before(const struct columns *columns, uint64_t offset, struct columns_place *place);

/** Not wrapped: the nearest known place at or before `column`; false where the walk has not come by yet. */
bool columns_at(const struct columns *columns, uint64_t column, struct columns_place *place);

/** Has the walk reached the end of the line? */
bool columns_complete(const struct columns *columns);

#endif
