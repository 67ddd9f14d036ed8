/* SPDX-License-Identifier: MIT */
/**
 * view, private: what stands beside the rows of a view of bytes (the inspector below them, the strip of kinds of bytes at
 * the right), and bytes for whoever needs a few. Functions of the session, as in session_body.h. View thread.
 */
#ifndef FOLIO_VIEW_ASIDE_H
#define FOLIO_VIEW_ASIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "folio/base/error.h"
#include "folio/base/reckon.h"
#include "folio/model/classes.h"
#include "folio/model/reader.h"
#include "folio/view/frame.h"
#include "folio/view/view.h"

struct session;
struct stage;

/** The strip of kinds of bytes, and what it was made of. All zeros at the beginning. */
struct class_strip {
    struct class_share share[VIEW_ROWS_MAX];
    const struct classes *classes; /**< NULL: nothing is known */
    unsigned rows, generation;
    uint64_t size;
    struct summary_state state;
};

/** Rows of the screen that the inspector takes from the view; and drawing it: the frame grows by these rows. */
unsigned session_inspect_rows(const struct session *session);
void session_inspect_draw(struct session *session, struct frame *frame);

/**
 * Up to `want` bytes at `offset` as they are shown, sandbox and all, into `out`; a hole is zeros and is not read. Fewer, with
 * OK, where the file ends or cannot be read on. Not `patient`: only what is in memory.
 */
enum reader_result session_peek(const struct session *session, uint64_t offset, size_t want, bool patient,
                                unsigned char *out, size_t *length);

/**
 * The byte that `text` means, an expression as base/reckon has it; `.` is the cursor, or the first byte on the screen.
 * WAIT: bytes that it reads are on their way, ask again. FAILED and UNKNOWN: the error says why. The file may be shorter.
 */
enum reckon_result session_reckon(struct session *session, const char *text, uint64_t *offset,
                                  struct error *error);

/** Columns of the strip of kinds of bytes, and drawing it: the frame grows by these columns. */
unsigned session_strip_columns(const struct session *session);
void session_strip_draw(struct session *session, struct frame *frame);

/** Let kinds of bytes be found out where they are to be shown, and only there. */
void session_strip_refresh(struct session *session);

/** Is some of what the inspector, or the strip, shows not known yet? */
bool session_inspect_unsettled(const struct session *session);
bool session_strip_unsettled(const struct session *session);

/** The stage ends: what its bytes are like is forgotten. */
void session_strip_close(struct stage *stage);

#endif
