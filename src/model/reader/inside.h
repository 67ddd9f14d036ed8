/* SPDX-License-Identifier: MIT */
/**
 * model, private: the inside of a reader, for reader.c (bytes), hole.c (where the file has none) and overlay.c (edits in
 * their place). One thread.
 */
#ifndef FOLIO_MODEL_READER_INSIDE_H
#define FOLIO_MODEL_READER_INSIDE_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"
#include "folio/io/page/mapping.h"
#include "folio/model/reader/edits.h"
#include "folio/model/reader/reader.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Unreadable pages remembered, so that a dying disk is asked once per frame and page and not once per character. The
 * oldest is forgotten for a new one: reader_span counts on the last to be here.
 */
#define READER_BAD_MAX 32

struct reader {
    struct mapping *mapping;
    struct patience patience;
    /** Wait for nothing, whatever the patience. */
    bool hurried;
    struct error error;
    uint64_t bad[READER_BAD_MAX];
    unsigned bad_count;
    bool gave_up;
    /** What was last found out about holes: all of `stretch` is one, or none of it; empty: nothing. */
    struct range stretch;
    bool hole;
    /** What lies over the file, and another reader of what is beneath; NULL, both: nothing. */
    const struct edits *edits;
    struct reader *beneath;
    /** The bytes [base, base + length) of the file are in `data`. */
    uint64_t base;
    size_t length;
    char data[READER_KEEP];
};

#endif
