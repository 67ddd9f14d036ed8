/* SPDX-License-Identifier: MIT */
/**
 * model: questions about the open file as it would be with the sandbox's edits in it.
 *
 * These are for helper threads that need the bytes as one piece; whoever reads a little at a time has the edited bytes
 * from the reader (model/reader/overlay). View thread.
 */
#ifndef FOLIO_MODEL_DOCUMENT_SANDBOX_H
#define FOLIO_MODEL_DOCUMENT_SANDBOX_H

#include "folio/model/document/document.h"
#include "folio/model/kind/kind.h"
#include "folio/model/reader/edits.h"

/**
 * Begin to find out what libmagic says of the file with `edits` (NULL: none) in it; the document's wake is rung when
 * that is known. The answer belongs to the caller and may outlive the document. NULL when out of memory.
 */
struct kind *document_kind_edited(const struct document *document, const struct edits *edits);

#endif
