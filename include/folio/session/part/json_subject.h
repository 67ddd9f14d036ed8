/* SPDX-License-Identifier: MIT */
/** session: the value of a JSON file that the screen is about. View thread. */
#ifndef FOLIO_SESSION_PART_JSON_SUBJECT_H
#define FOLIO_SESSION_PART_JSON_SUBJECT_H

#include "folio/model/json/value.h"
#include "folio/session/core/session.h"

#include <stdbool.h>
#include <stdint.h>

/** A value, and where it was looked for. */
struct json_subject {
    struct nesting *nesting;
    struct reader *reader;
    uint64_t at, from;       /**< the byte, and where its document begins */
    struct json_value value; /**< with its end, also of a container */
};

/**
 * Find the value that the byte stands in which the screen is about. False where `*progress` is to be returned: it is waited
 * for, or the reply says why there is none.
 */
bool json_subject(struct session *session, struct json_subject *subject, enum progress *progress,
                  struct reply *reply);

/** What stands between the quotes of a string, or of a key. */
struct range json_between_quotes(struct range quoted);

/**
 * The same, where the value is a string. False with the reply.
 */
bool json_string_of(const struct json_subject *subject, struct range *text, struct reply *reply);

#endif
