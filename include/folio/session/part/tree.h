/* SPDX-License-Identifier: MIT */
/** session: a JSON file as a tree. View thread. */
#ifndef FOLIO_SESSION_PART_TREE_H
#define FOLIO_SESSION_PART_TREE_H

#include "folio/base/bytes/error.h"
#include "folio/session/core/session.h"

/** What the tree of the file on the stage is made of, as the content of its layout. NULL with one sentence. */
void *tree_content(struct session *session, uint64_t at, struct error *error);

#endif
