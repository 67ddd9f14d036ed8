/* SPDX-License-Identifier: MIT */
/**
 * model: searches whose unit is the single match (matches_text.bytes), as a view of bytes has them.
 *
 * The bytes are searched as they are. A pattern of bytes, or a literal, matches wherever it stands, newlines or not; any
 * other expression matches within lines. A match belongs to the block in which it begins, and the next one is looked
 * for from its end on; two of one block never overlap (at a border between blocks: see bytes.c). An empty match
 * is at the byte that it stands before. Blocks that are a hole of the file are not searched. View thread.
 */
#ifndef FOLIO_MODEL_SEARCH_BYTES_H
#define FOLIO_MODEL_SEARCH_BYTES_H

#include "folio/model/search/matches.h"

#include <stdbool.h>
#include <stddef.h>

/** The most bytes of a file that matches_within looks at. */
#define MATCHES_WITHIN 2048u

/** Is the unit of this search the single match? */
bool matches_single(const struct matches *matches);

/**
 * The matches that reach into `range` (into the first MATCHES_WITHIN bytes of it), as the search counts them: ascending,
 * `*count` of them, borrowed until the next call. What was found for rows further up is kept: asking for the row below
 * is cheap. Bytes that cannot be had yet have no matches. Only where matches_single.
 */
const struct range *matches_within(struct matches *matches, struct reader *reader, struct range range,
                                   size_t *count);

#endif
