/* SPDX-License-Identifier: MIT */
/**
 * model: parts of a document on their way out (see io/file/save). View thread.
 *
 * What is saved is the file that the document has open, bytes as they are, with the edits that its reader shows at the
 * moment when the save begins. A save lives on by itself when the document is closed; what has been fed into it is then
 * still written.
 */
#ifndef FOLIO_MODEL_DOCUMENT_SAVE_H
#define FOLIO_MODEL_DOCUMENT_SAVE_H

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"
#include "folio/io/file/save.h"
#include "folio/model/document/document.h"

#include <stdbool.h>

/** Did the document come through a pipe or the like, so that nobody else has its content? */
bool document_streamed(const struct document *document);

/** Begin to save parts of the document into a file at `path`; rings the document's wake. NULL and `error` on failure. */
struct save *document_save(const struct document *document, const char *path, enum save_mode mode,
                           struct error *error);

/** Begin to save a text that is about the document, and feed all of it. The file of the document is not written to. */
struct save *document_save_text(const struct document *document, const char *path, enum save_mode mode,
                                struct span text, struct error *error);

/** The same as document_save into a new pipe; `*reader` is the end to read from, the caller's. */
struct save *document_save_pipe(const struct document *document, int *reader, struct error *error);

/**
 * Call this before each stretch of a stream that is fed: the spool keeps its content somewhere else from a certain size
 * on, and the save must read it there. False: the content cannot be reached any more.
 */
bool document_save_follow(const struct document *document, struct save *save);

#endif
