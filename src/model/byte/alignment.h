/* SPDX-License-Identifier: MIT */
/** model, private: finding out on a helper how the other file of a comparison is shifted. View thread; opaque. */
#ifndef FOLIO_MODEL_BYTE_ALIGNMENT_H
#define FOLIO_MODEL_BYTE_ALIGNMENT_H

#include "folio/model/byte/shifts.h"
#include "folio/model/document/document.h"

struct alignment;

/** Begin with two files that are open; their wake is rung at the end. NULL: there is no room for it, or no thread. */
struct alignment *alignment_open(const struct document *document, const struct document *other);

/** Is it at its end? Then `*shifts` is what came of it (malloc'd; NULL: nothing is shifted), given away once. */
bool alignment_take(struct alignment *alignment, struct shifts **shifts);

/** Nobody wants to know any more: the helper ends soon. NULL is fine. */
void alignment_close(struct alignment *alignment);

#endif
