/* SPDX-License-Identifier: MIT */
/* view: places given as expressions (see core/session.h). View thread. */
#include "folio/session/move/expression.h"

#include "folio/model/reader/hole.h"
#include "folio/session/move/layout.h"

#include <string.h>

/** The bytes that @ asks for. */
static enum reckon_result place_read(void *context, uint64_t offset, unsigned char out[RECKON_BYTES],
                                     size_t length, struct error *error)
{
    const struct session *session = context;
    size_t count;
    struct reader *reader = session->stage->document->reader;
    enum reader_result result = reader_copy(reader, offset, length, out, &count);
    if (result == READER_GIVEN_UP)
        return RECKON_WAIT;
    if (result == READER_UNREADABLE)
        *error = *reader_error(reader);
    else if (count < length)
        error_set(error, 0, "Where %zu byte%s would be read, at 0x%llx, the file ends", length,
                  length == 1 ? "" : "s", (unsigned long long)offset);
    else
        return RECKON_OK;
    return RECKON_FAILED;
}

static bool place_mark(void *context, char letter, uint64_t *offset)
{
    const struct session *session = context;
    const struct mark *mark = &session->mark[(unsigned char)letter];
    *offset = mark->offset;
    return mark->set && mark->file == session->current;
}

enum reckon_result session_reckon(struct session *session, const char *text, uint64_t *offset,
                                  struct error *error)
{
    struct reckon_scene scene = {.cursor = session_place_here(session),
                                 .size = reader_size(session->stage->document->reader),
                                 .context = session,
                                 .read = place_read,
                                 .mark = session->stage == &session->base ? place_mark : NULL};
    return reckon_place(text, &scene, offset, error);
}

enum progress session_unreckoned(const struct session *session, enum reckon_result result,
                                 const struct error *error, struct reply *reply)
{
    if (result != RECKON_WAIT)
        return session_say(reply, OUTCOME_FAILED, "%s", error->message);
    return atomic_load(&session->interrupted) ? PROGRESS_DONE : PROGRESS_WAITING;
}

enum progress session_goto_place(struct session *session, const struct request *request, struct reply *reply)
{
    struct request byte = *request;
    struct error error;
    /* While it waits for the place itself, the cursor may be there already: it is reckoned once. */
    if (!session->waiting)
        session->wait_count = 0;
    if (session->wait_count == 0) {
        enum reckon_result reckoned = session_reckon(session, request->text, &session->wait_offset, &error);
        if (reckoned != RECKON_OK)
            return session_unreckoned(session, reckoned, &error, reply);
        session->wait_count = 1;
    }
    byte.verb = REQUEST_GOTO_BYTE;
    byte.amount = (int64_t)session->wait_offset;
    return session_goto_byte(session, &byte, reply);
}
