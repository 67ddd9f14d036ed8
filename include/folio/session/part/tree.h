/* SPDX-License-Identifier: MIT */
/** session: a JSON file as a tree. View thread. */
#ifndef FOLIO_SESSION_PART_TREE_H
#define FOLIO_SESSION_PART_TREE_H

#include "folio/base/bytes/error.h"
#include "folio/model/json/row.h"
#include "folio/session/core/reply.h"
#include "folio/session/core/session.h"

/** The row of the byte at `at`, where a tree is shown; of a closing bracket that of its container. */
enum nesting_answer tree_row(const struct session *session, uint64_t at, struct json_row *row);

/** What its rows are made of. NULL: no tree is shown. */
const struct json_rows *tree_rows(const struct session *session);

/** What was asked cannot be answered: NONE, there is no such thing, or UNKNOWN or FAILED, it is not known yet. */
enum progress tree_failed(const struct session *session, enum nesting_answer answer, struct reply *reply);

/** What the tree of the file on the stage is made of, as the content of its layout. NULL with one sentence. */
void *tree_content(struct session *session, uint64_t at, struct error *error);

#endif
