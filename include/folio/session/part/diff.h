/* SPDX-License-Identifier: MIT */
/**
 * view, private: comparing the stage's file with another one (diff.c). View thread.
 */
#ifndef FOLIO_SESSION_PART_DIFF_H
#define FOLIO_SESSION_PART_DIFF_H

#include "folio/session/core/session.h"

/** What the stage's file is compared with, kept while that is opened anew. */
struct compared {
    char *name; /**< malloc'd; NULL: nothing */
    bool shown; /**< beside the other */
};

/** What is to be kept of the comparison while the file is opened anew. */
struct compared session_diff_keep(const struct stage *stage);

/** Compare again, around the byte at `cursor`, with what was kept; frees the name. Says in the reply why it cannot. */
void session_diff_resume(struct session *session, struct compared compared, uint64_t cursor,
                         struct reply *reply);

/** The stage ends, or it is compared with another file: the comparison is over, and the other file closed. */
void session_diff_close(struct stage *stage);

/** Take in what happened to the other file. True when there is something new to show. */
bool session_diff_continue(struct session *session);

/** Is there something still to be compared? */
bool session_diff_running(const struct session *session);

/** What the overview shows: matches, or differences; NULL: neither. */
const struct summary *session_diff_summary(const struct session *session);

/** Fill in what is told of the comparison; report->notice becomes that, unless there is another. */
void session_diff_report(const struct session *session, struct report *report);

#endif
