/* SPDX-License-Identifier: MIT */
/* session: what happens to a file under us, and what is said about it. View thread. */
#include "folio/session/core/place.h"
#include "folio/session/files/list.h"

#include <stdio.h>
#include <string.h>

/** A size as a person reads it. */
static void size_text(uint64_t size, char *out, size_t capacity)
{
    static const char *const unit[] = {"bytes", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    double value = (double)size;
    unsigned step = 0;
    for (; value >= 10240 && step + 1 < sizeof unit / sizeof *unit; step++)
        value /= 1024;
    snprintf(out, capacity, step ? "%.1f %s" : "%.0f %s", value, unit[step]);
}

/** Say in the status row what happened to the file. */
static void stage_tell(struct stage *stage, unsigned change, uint64_t before, uint64_t after)
{
    char from[32], to[32], text[sizeof stage->notice.text] = "";
    size_text(before, from, sizeof from);
    size_text(after, to, sizeof to);
    if (change & DOCUMENT_SHRANK)
        snprintf(text, sizeof text, "file shrank from %s to %s", from, to);
    else if (change & DOCUMENT_REWRITTEN)
        snprintf(text, sizeof text, "file was rewritten; R reads it anew");
    if ((change & DOCUMENT_REPLACED) && !stage->replaced)
        snprintf(text, sizeof text, "another file stands at this path now; R opens it");
    if ((change & DOCUMENT_DELETED) && !stage->deleted)
        snprintf(text, sizeof text, "file was deleted; still showing what it held");
    if (text[0])
        stage_notice(stage, text);
    stage->replaced = (change & DOCUMENT_REPLACED) != 0;
    stage->deleted = (change & DOCUMENT_DELETED) != 0;
}

/**
 * Follow a name whose file was replaced (log rotation), once the new one is there, or that was cut and begins anew. Who
 * is reading elsewhere in the old one goes on doing so.
 */
static bool change_follow(struct session *session, unsigned change)
{
    struct reply nobody = {0};
    if (place_following(session) != FOLLOWING_END || !(change & (DOCUMENT_REPLACED | DOCUMENT_SHRANK)))
        return false;
    return files_renew(session, (struct position){0}, &nobody, NULL);
}

bool files_look(struct session *session)
{
    struct stage *stage = session->stage;
    uint64_t before = reader_size(stage->document->reader);
    bool replaced = stage->replaced, deleted = stage->deleted;
    unsigned change = document_look(stage->document, false);
    if (change == 0)
        return false;
    if (change_follow(session, change)) {
        stage_notice(&session->base, (change & DOCUMENT_REPLACED) != 0
                                         ? "following a new file at this path"
                                         : "following the file anew: it was cut");
        return true;
    }
    stage_tell(stage, change, before, reader_size(stage->document->reader));
    if (change & (DOCUMENT_SHRANK | DOCUMENT_REWRITTEN)) {
        stage_forget(stage);
        stage->view.canvas.current = FRAME_NO_OFFSET;
        view_settle(&stage->view, false);
    } else if (change & DOCUMENT_GREW) {
        view_settle(&stage->view, true);
    }
    return (change & ~(unsigned)(DOCUMENT_REPLACED | DOCUMENT_DELETED)) || replaced != stage->replaced ||
           deleted != stage->deleted;
}
