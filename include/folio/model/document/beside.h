/* SPDX-License-Identifier: MIT */
/**
 * model: what a second survey of an open file needs, as a comparison of two files has it. View thread.
 */
#ifndef FOLIO_MODEL_DOCUMENT_BESIDE_H
#define FOLIO_MODEL_DOCUMENT_BESIDE_H

#include "folio/model/document/document.h"

/** How many workers a survey gets: one a processor, but no more than 8, for more only fight for the memory bus. */
unsigned document_workers(void);

/** The descriptor of the document's file or spool. Borrowed, as long as the document is open. */
int document_fd(const struct document *document);

/** The wake that is rung when there is news of the document. Borrowed. */
struct wake *document_wake(const struct document *document);

#endif
