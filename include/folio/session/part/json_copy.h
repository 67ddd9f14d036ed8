/* SPDX-License-Identifier: MIT */
/** session: parts of a JSON file on their way to the clipboard, or into a file. View thread. */
#ifndef FOLIO_SESSION_PART_JSON_COPY_H
#define FOLIO_SESSION_PART_JSON_COPY_H

#include "folio/base/bytes/span.h"
#include "folio/model/document/shape.h"
#include "folio/session/core/session.h"

#include <stdbool.h>

/** Is `what` one of the things that json_copy copies? */
bool json_copies(const char *what);

/** `what` of the value that the screen is about, for the clipboard, into the reply. */
enum progress json_copy(struct session *session, const char *what, struct reply *reply);

/** Is `what` a word for that value, and in which shape (NULL allowed) is it saved? */
bool json_saves(const char *what, enum shape *shape);

/** The bytes of it. False where `*progress` is to be returned: they are awaited, or the reply says why not. */
bool json_save_range(struct session *session, const char *what, struct range *range, enum progress *progress,
                     struct reply *reply);

#endif
