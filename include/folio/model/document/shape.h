/* SPDX-License-Identifier: MIT */
/** model: what becomes of the bytes of a JSON file on their way out (model/document/save). View thread. */
#ifndef FOLIO_MODEL_DOCUMENT_SHAPE_H
#define FOLIO_MODEL_DOCUMENT_SHAPE_H

#include "folio/base/bytes/error.h"
#include "folio/io/file/save.h"

#include <stdbool.h>

enum shape {
    SHAPE_NONE,    /**< as they stand */
    SHAPE_PRETTY,  /**< a line for each value */
    SHAPE_COMPACT, /**< no blanks between values */
    SHAPE_TEXT,    /**< what stands between the quotes of a string as the text that it means */
};

/** Give a save of a document, of which nothing has been fed yet, that shape. False and `error` when out of memory. */
bool shape_save(struct save *save, enum shape shape, struct error *error);

#endif
