/* SPDX-License-Identifier: MIT */
/**
 * session: what verbs say in a reply, and how they read a request. Pure; view thread.
 */
#ifndef FOLIO_SESSION_CORE_REPLY_H
#define FOLIO_SESSION_CORE_REPLY_H

#include "folio/session/core/request.h"
#include "folio/session/core/verb.h"

#include <stdint.h>

/** Say something in a reply, made harmless. Returns PROGRESS_DONE, so that a verb can end with it. */
enum progress reply_say(struct reply *reply, enum outcome outcome, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** The count of a request; `normal` where none was typed, or none that counts. */
static inline int64_t request_count(const struct request *request, int64_t normal)
{
    return request->counted && request->count > 0 ? request->count : normal;
}

#endif
