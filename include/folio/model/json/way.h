/* SPDX-License-Identifier: MIT */
/**
 * model: the way to a byte of a JSON file that is in closed containers, opened for as long as somebody is there.
 *
 *     to      all that the byte is in is opened; what was opened to another byte is closed first
 *     leave   the cursor moved: what it is no longer in is closed, as it was
 *     keep    something was done there: the way stays open
 *
 * What was closed before is remembered whole, so that closing is never a guess. Plain struct, view thread.
 */
#ifndef FOLIO_MODEL_JSON_WAY_H
#define FOLIO_MODEL_JSON_WAY_H

#include "folio/model/json/row.h"

/** All zero: nothing was opened. */
struct json_way {
    bool opened;              /**< something is open only because of this */
    bool awaited;             /**< not known yet what is to be opened to get to `at` */
    uint64_t at;              /**< the byte that was asked for */
    struct json_folds before; /**< what was wished for before; of `opened` */
};

/**
 * Open the way to the byte at `at`; `folds` are those of the rows. FOUND, also where nothing was closed; NONE: there are too
 * many wishes for one more; UNKNOWN or FAILED: it is awaited, ask again.
 */
enum nesting_answer json_way_to(struct json_way *way, const struct json_rows *rows, struct json_folds *folds,
                                uint64_t at);

/** The cursor is on the byte at `at` now. True: something was closed, or may have been. */
bool json_way_leave(struct json_way *way, const struct json_rows *rows, struct json_folds *folds,
                    uint64_t at);

/** What is open stays so; nothing is awaited. */
void json_way_keep(struct json_way *way);

#endif
