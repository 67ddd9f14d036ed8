/* SPDX-License-Identifier: MIT */
/**
 * model: kinds of bytes. For each part of a file which class of byte prevails there, and how much it looks like noise.
 *
 * A free summary that keeps one byte a block, which costs 21 KiB a GiB. In a file of CLASSES_COARSE bytes or more it keeps
 * one byte for eight blocks, 7 KiB a GiB, and the first of the eight speaks for the others. The scan counts how often each
 * value of a byte occurs. Opened and asked by the view thread; opaque.
 */
#ifndef FOLIO_MODEL_BYTE_CLASSES_H
#define FOLIO_MODEL_BYTE_CLASSES_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"
#include "folio/model/survey/summary.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** From this size on eight blocks have one answer. */
#define CLASSES_COARSE ((uint64_t)256 << 20)

/** The highest entropy that is told apart, in half bits a byte. */
#define CLASSES_ENTROPY_MAX 15u

/** Which bytes prevail: three in five at least. */
enum byte_class {
    CLASS_MIXED,     /**< none of those below */
    CLASS_ZERO,      /**< 00 */
    CLASS_PRINTABLE, /**< 21 to 7e */
    CLASS_SPACE,     /**< blank, tab, newline and the other white space of ASCII */
    CLASS_CONTROL,   /**< the other bytes below 20, and 7f */
    CLASS_HIGH,      /**< 80 to ff */
    CLASS_HOLE,      /**< a hole of the file, which nobody reads */
    CLASS_COUNT
};

/** What a part of the file is like. */
struct class_share {
    bool known;      /**< all that was looked at has been scanned; otherwise this is what is known */
    bool unreadable; /**< a page there cannot be read */
    enum byte_class class;
    unsigned entropy; /**< 0 to CLASSES_ENTROPY_MAX, on average over what is no hole */
};

struct classes;

/** Have the classes of a file of `size` bytes found out by `survey`. NULL and `error` when out of memory. */
struct classes *classes_open(struct survey *survey, uint64_t size, struct error *error);

/** Drop the classes, before the survey is closed. NULL is fine. */
void classes_close(struct classes *classes);

/** The class of `length` bytes, and in `*entropy` half bits a byte, at most CLASSES_ENTROPY_MAX. */
enum byte_class classes_of(const char *data, size_t length, unsigned *entropy);

/** How far the scan has come. */
struct summary_state classes_state(const struct classes *classes);

/** What is in each of `count` equal shares of the first `size` bytes of the file; of a large share, here and there. */
void classes_spread(const struct classes *classes, uint64_t size, struct class_share *share, unsigned count);

#endif
