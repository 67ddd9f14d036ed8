/* SPDX-License-Identifier: MIT */
/**
 * model: a document gone over from its beginning to its end, to see whether it is JSON (model/json/check).
 *
 * A helper thread reads it through a descriptor of its own, as the file is at that time, with the edits that the reader
 * showed when it began; it may take as long as it wants. Opaque; one owner's thread (the view thread).
 */
#ifndef FOLIO_MODEL_DOCUMENT_CHECK_H
#define FOLIO_MODEL_DOCUMENT_CHECK_H

#include "folio/base/bytes/error.h"
#include "folio/model/document/document.h"
#include "folio/model/json/check.h"

#include <stdbool.h>
#include <stdint.h>

struct document_check;

/** How far it is, and what was found; what is behind `done` only where it is. */
struct document_checked {
    bool done;
    uint64_t looked, size; /**< bytes: gone over, of those that the file had at the beginning */
    bool unreadable;       /**< the byte at `looked` cannot be read: `error` */
    struct error error;
    struct json_flaw flaw;
    uint64_t documents, deepest;
};

/**
 * Begin; `utf8`: bytes above 7f have to be UTF-8. Rings the document's wake at the end, and at most every 50 ms while it
 * goes on. NULL and `error` when it cannot begin.
 */
struct document_check *document_check_open(const struct document *document, bool utf8, struct error *error);

/** Look how far it is. */
struct document_checked document_check_look(struct document_check *check);

/** Let go of it; it stops soon. Waits for nothing; NULL is fine. */
void document_check_close(struct document_check *check);

#endif
