/* SPDX-License-Identifier: MIT */
/** session: whether the file is JSON. View thread. */
#ifndef FOLIO_SESSION_PART_CHECK_H
#define FOLIO_SESSION_PART_CHECK_H

struct session;

/** The question was given up, and is asked no more. */
void checking_dropped(struct session *session);

#endif
