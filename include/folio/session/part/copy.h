/* SPDX-License-Identifier: MIT */
/** session: bytes to the clipboard, and into a file. View thread. */
#ifndef FOLIO_SESSION_PART_COPY_H
#define FOLIO_SESSION_PART_COPY_H

struct session;

/** The most bytes that go to the clipboard: terminals cut what is much longer. */
#define COPY_MOST (64u << 10)

/** Where the name of a file begins in what :save is given; NULL: there is none. */
const char *copy_save_name(const struct session *session, const char *text);

#endif
