/* SPDX-License-Identifier: MIT */
/** session: bytes of the file for whoever needs a few, and looks that wait for none. View thread. */
#ifndef FOLIO_SESSION_CORE_PEEK_H
#define FOLIO_SESSION_CORE_PEEK_H

#include "folio/model/reader/reader.h"
#include "folio/session/core/session.h"

/**
 * Up to `want` bytes at `offset` as they are shown, sandbox and all, into `out`; a hole is zeros and is not read. Fewer, with
 * OK, where the file ends or cannot be read on. Not `patient`: only what is in memory.
 */
enum reader_result peek_bytes(const struct session *session, uint64_t offset, size_t want, bool patient,
                              unsigned char *out, size_t *length);

#endif
