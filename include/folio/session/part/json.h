/* SPDX-License-Identifier: MIT */
/** session: the brackets of the JSON file that is shown. View thread. */
#ifndef FOLIO_SESSION_PART_JSON_H
#define FOLIO_SESSION_PART_JSON_H

#include "folio/model/json/nesting.h"
#include "folio/model/json/place.h"
#include "folio/session/core/session.h"

/** Have the brackets surveyed, from the byte at `at` outward. NULL with the reply where there is no way. */
struct nesting *json_begin(struct session *session, uint64_t at, struct reply *reply);

/** How far the path of the request that waits was followed. */
struct json_place *json_followed(struct session *session);

#endif
