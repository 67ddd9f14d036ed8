/* SPDX-License-Identifier: MIT */
/** model: from one value of a JSON file to another that is near it in the tree, however many bytes lie between. View thread. */
#ifndef FOLIO_MODEL_JSON_STEP_H
#define FOLIO_MODEL_JSON_STEP_H

#include "folio/model/json/row.h"

enum json_step {
    JSON_TO_PARENT,
    JSON_TO_NEXT,     /**< the count-th sibling behind it */
    JSON_TO_PREVIOUS, /**< the count-th before it */
    JSON_TO_FIRST,    /**< of its siblings, itself among them */
    JSON_TO_LAST,
    JSON_TO_CHILD, /**< the count-th */
    JSON_TO_OTHER, /**< from the row that opens a container to the one that closes it, and back */
};

/**
 * Where the row begins that is so far from the value whose row holds the byte at `at`; of a closing bracket's row it is the
 * container. NONE: there is none; where there are fewer than `count` (at least 1) siblings, none either. Otherwise FOUND,
 * UNKNOWN, FAILED.
 */
enum nesting_answer json_step(const struct json_rows *rows, uint64_t at, enum json_step step, uint64_t count,
                              uint64_t *to);

#endif
