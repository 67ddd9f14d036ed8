/* SPDX-License-Identifier: MIT */
/**
 * view, private: the inside of searching: find.c, for search.c (the verbs) and typed.c (while one
 * types). View thread.
 */
#ifndef FOLIO_SESSION_SEARCH_INSIDE_H
#define FOLIO_SESSION_SEARCH_INSIDE_H

#include "folio/base/bytes/error.h"
#include "folio/session/core/session.h"

/** Is anything searched for on this stage? */
bool search_ready(const struct session *session);

/**
 * Make `text` and how it is searched for what is searched. What is known stays if it was that already. False with
 * `error`: the search is as before.
 */
bool search_take(struct session *session, const char *text, unsigned modifiers, struct error *error);

/** Compile the session's pattern as its modifiers say. */
struct pattern *search_compile(const struct session *session, struct error *error);

/** Begin to search, as the request asks, from `from`: the survey's workers go there first. */
void search_begin(struct session *session, const struct request *request, unsigned modifiers, uint64_t from,
                  bool forward);

/** Begin at the start of the first file, or at the end of the last. False: the screen shows no file of the list. */
bool search_begin_first(struct session *session, const struct request *request, unsigned modifiers,
                        bool forward);

/** Go on from session->wait_offset until `wait_count` matches are passed, or something is not known yet. */
enum progress search_go(struct session *session, bool forward, struct reply *reply);

/** Go to the match that begins at `unit`: a line, or the rest of one, or the match itself. */
enum progress search_arrive(struct session *session, uint64_t unit);

/** The first match in the line (or rest of a line) that begins at `offset`, or the unit there, as offsets in the file. */
bool search_match(const struct session *session, uint64_t offset, struct range *match);

/** Where the screen is, as a place to come back to. */
struct mark search_here(const struct session *session);

/** Put the screen back there; the file must be the current one. */
void search_back(struct session *session, struct mark mark);

#endif
