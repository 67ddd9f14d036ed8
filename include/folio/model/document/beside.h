/* SPDX-License-Identifier: MIT */
/**
 * model: what another survey of an open file needs: its descriptor, and how surveys are run. For who compares files.
 */
#ifndef FOLIO_MODEL_DOCUMENT_BESIDE_H
#define FOLIO_MODEL_DOCUMENT_BESIDE_H

#include "folio/model/document/document.h"

/** How many workers a survey gets: one a processor, but no more than 8, for more only fight for the memory bus. */
unsigned document_workers(void);

/** The descriptor behind it, of the file or of the spool. Borrowed, as long as the document is open. */
int document_fd(const struct document *document);

/** What is rung when there is news of it. Borrowed. */
struct wake *document_wake(const struct document *document);

#endif
