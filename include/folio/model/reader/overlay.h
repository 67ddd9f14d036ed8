/* SPDX-License-Identifier: MIT */
/**
 * model: what a reader shows in place of the file's own bytes, and the way to those beneath.
 *
 * With edits over it, a reader gives each span with them applied, so whoever draws sees them. What was counted by the
 * survey was counted in the file, and is replayed beneath: numbers of lines and searches stay those of the file, and a
 * replay finds what the count says. View thread.
 */
#ifndef FOLIO_MODEL_READER_OVERLAY_H
#define FOLIO_MODEL_READER_OVERLAY_H

#include "folio/model/reader/edits.h"
#include "folio/model/reader/reader.h"

#include <stdbool.h>

/**
 * Let the reader give the bytes with `edits` in them; NULL: without any. The edits stay the caller's, who calls this again
 * after each change of them and before they are freed. False when out of memory: the reader gives the file's own bytes.
 */
bool reader_overlay(struct reader *reader, const struct edits *edits);

/** The edits over the reader's file; NULL: none. */
const struct edits *reader_edits(const struct reader *reader);

/**
 * A reader of the file's own bytes: `reader` itself where nothing lies over it. It is closed with `reader`, not before, and
 * as patient.
 */
struct reader *reader_beneath(struct reader *reader);

#endif
