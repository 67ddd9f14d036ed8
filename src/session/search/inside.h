/* SPDX-License-Identifier: MIT */
/** session: the inside of searching, for the files of this room. View thread. */
#ifndef FOLIO_SESSION_SEARCH_INSIDE_H
#define FOLIO_SESSION_SEARCH_INSIDE_H

#include "state.h"

#include "folio/base/bytes/error.h"
#include "folio/base/bytes/span.h"
#include "folio/model/survey/summary.h"

/** Is anything searched for on this stage? */
bool search_ready(const struct session *session);

/**
 * Make `text` and how it is searched for what is searched. What is known stays if it was that already. False with
 * `error`: the search is as before.
 */
bool search_take(struct session *session, const char *text, unsigned modifiers, struct error *error);

/** Begin to search, as the request asks, from `from`: the survey's workers go there first. */
void search_begin(struct session *session, const struct request *request, unsigned modifiers, uint64_t from,
                  bool forward);

/** Begin at the start of the first file, or at the end of the last. False: the screen shows no file of the list. */
bool search_begin_first(struct session *session, const struct request *request, unsigned modifiers,
                        bool forward);

/** Go on from session->wait.offset until `wait.count` matches are passed, or something is not known yet. */
enum progress search_go(struct session *session, bool forward, struct reply *reply);

/** Go to the match that begins at `unit`: a line, or the rest of one, or the match itself. */
enum progress search_arrive(struct session *session, uint64_t unit);

/** Put the screen back to `mark`, which is of the current file. */
void search_back(struct session *session, struct mark mark);

#endif
