/* SPDX-License-Identifier: MIT */
/**
 * view, private: the list of runs of text among bytes (strings.c). View thread.
 */
#ifndef FOLIO_SESSION_PART_STRINGS_H
#define FOLIO_SESSION_PART_STRINGS_H

#include "folio/session/core/session.h"

/** The least length of what is listed, for session_strings_resume after an opening anew; 0: no list is shown. */
unsigned session_strings_shown(const struct session *session);

/** The file was opened anew: list its runs of at least `shortest` bytes (0: nothing) again, around the byte at `cursor`. */
void session_strings_resume(struct session *session, unsigned shortest, uint64_t cursor);

/** Leave the list of strings for what was shown before. False: it is not shown. */
bool session_strings_leave(struct session *session);

/** The stage ends, or other runs are to be listed: those that were counted are forgotten. */
void session_strings_close(struct stage *stage);

/** To string `number` (from 1) of the list, which is shown. */
enum progress session_strings_goto(struct session *session, uint64_t number, struct reply *reply);

/** Where n and N search from in the list: past the row of the cursor. False: it is not shown, or has no row yet. */
bool session_strings_from(const struct session *session, bool forward, uint64_t *from);

/** Go on with the list beside all else. True when there is something new to show. */
bool session_strings_continue(struct session *session);

/** Is the list shown, and are there runs still to be found? */
bool session_strings_running(const struct session *session);

/** Fill in what is told of the list; report->notice becomes that, unless there is another. */
void session_strings_report(const struct session *session, struct report *report);

#endif
