/* SPDX-License-Identifier: MIT */
/**
 * model: where a reader's file has holes. They are zeros by definition, and reading them costs time and memory for nothing.
 * View thread.
 */
#ifndef FOLIO_MODEL_READER_HOLE_H
#define FOLIO_MODEL_READER_HOLE_H

#include "folio/base/bytes/span.h"
#include "folio/model/reader/reader.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Is the byte at `offset`, before the end, in a hole of the file? `*stretch` is from there to the end of the hole, or of
 * the data. Reads nothing; where holes cannot be asked about, everything is data, and so is a byte with an edit over it.
 */
bool reader_hole(struct reader *reader, uint64_t offset, struct range *stretch);

/**
 * Copy up to `want` bytes at `offset` into `out`; a hole is zeros and is not read. `*length` is how many there are: fewer,
 * with READER_OK, where the file ends or cannot be read on. READER_GIVEN_UP: some of them would have to be waited for.
 */
enum reader_result reader_copy(struct reader *reader, uint64_t offset, size_t want, unsigned char *out,
                               size_t *length);

#endif
