/* SPDX-License-Identifier: MIT */
/** session: the list of runs of text among bytes. View thread. */
#ifndef FOLIO_SESSION_PART_STRINGS_H
#define FOLIO_SESSION_PART_STRINGS_H

#include "folio/session/core/session.h"

/** What `content` is made of goes: where it would be shown after the list, `layout`, which needs none, is. */
void strings_uncover(struct session *session, const void *content, const struct layout *layout);

#endif
