/* SPDX-License-Identifier: MIT */
/**
 * model: finding out how another file is shifted against a first one: what was put in, and what was taken out.
 *
 * One pass over both files, side by side. Where they part, the nearest place is looked for from which both go on alike:
 * among blocks of the other file by their hashes, first small blocks nearby, then larger ones further away. Memory does
 * not grow with the files: a table of hashes of fixed size and a few buffers. Any one thread; it may take long.
 */
#ifndef FOLIO_MODEL_BYTE_ALIGN_H
#define FOLIO_MODEL_BYTE_ALIGN_H

#include "folio/model/byte/shifts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Where the bytes of both files come from. */
struct align_source {
    /** Copy `length` bytes at `offset` of the first (0) or the other (1) file. False: they cannot be had, not one. */
    bool (*bring)(void *context, unsigned file, uint64_t offset, char *data, size_t length);
    /** Does nobody want the answer any more? */
    bool (*stopped)(void *context);
    void *context;
    uint64_t size[2];
};

/**
 * Fill in `shifts`, which has room for SHIFTS_MAX. What cannot be read is taken to be shifted as what lies before it. False: out of memory, or stopped;
 * then the table is as far as it came.
 */
bool align_files(const struct align_source *source, struct shifts *shifts);

#endif
