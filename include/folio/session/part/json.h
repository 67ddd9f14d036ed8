/* SPDX-License-Identifier: MIT */
/** session: what is known of a file as JSON. View thread. */
#ifndef FOLIO_SESSION_PART_JSON_H
#define FOLIO_SESSION_PART_JSON_H

#include "folio/base/bytes/error.h"
#include "folio/model/json/nesting.h"
#include "folio/model/json/place.h"
#include "folio/session/core/session.h"

/**
 * The brackets of the file on the stage, which are surveyed from the first call on, around the byte at `at`. It is the
 * stage's own. NULL with one sentence: they are not looked for in its encoding, or there is no memory.
 */
struct nesting *json_nesting(struct session *session, uint64_t at, struct error *error);

/** The same for a request: NULL with the reply. */
struct nesting *json_begin(struct session *session, uint64_t at, struct reply *reply);

/** How far the path of the request that waits was followed. */
struct json_place *json_followed(struct session *session);

/** The brackets of the file on a stage where somebody asked for them before; NULL: nobody did. */
struct nesting *json_known(const struct stage *stage);

#endif
