/* SPDX-License-Identifier: MIT */
/* session: places given as expressions (see the header). View thread. */
#include "folio/session/move/expression.h"

#include "folio/model/reader/hole.h"
#include "folio/session/core/place.h"
#include "folio/session/move/goto.h"
#include "folio/session/move/marks.h"

#include <string.h>

/** The bytes that @ asks for. */
static enum reckon_result place_read(void *context, uint64_t offset, unsigned char out[RECKON_BYTES],
                                     size_t length, struct error *error)
{
    const struct session *session = context;
    size_t count;
    enum reader_result result = reader_copy(session->stage->document->reader, offset, length, out, &count);
    if (result == READER_GIVEN_UP)
        return RECKON_WAIT;
    if (result == READER_UNREADABLE)
        *error = *reader_error(session->stage->document->reader);
    else if (count < length)
        error_set(error, 0, "Where %zu byte%s would be read, at 0x%llx, the file ends", length,
                  length == 1 ? "" : "s", (unsigned long long)offset);
    else
        return RECKON_OK;
    return RECKON_FAILED;
}

static bool place_mark(void *context, char letter, uint64_t *offset)
{
    struct mark mark;
    bool set = marks_in_file(context, letter, &mark);
    *offset = mark.offset;
    return set;
}

enum reckon_result expression_reckon(struct session *session, const char *text, uint64_t *offset,
                                     struct error *error)
{
    struct reckon_scene scene = {.cursor = place_subject(session),
                                 .size = reader_size(session->stage->document->reader),
                                 .context = session,
                                 .read = place_read,
                                 .mark = session_shows_file(session) ? place_mark : NULL};
    return reckon_place(text, &scene, offset, error);
}

enum progress expression_failed(const struct session *session, enum reckon_result result,
                                const struct error *error, struct reply *reply)
{
    if (result != RECKON_WAIT)
        return reply_say(reply, OUTCOME_FAILED, "%s", error->message);
    return session_interrupted(session) ? PROGRESS_DONE : PROGRESS_WAITING;
}

enum progress verb_goto_place(struct session *session, const struct request *request, struct reply *reply)
{
    struct error error;
    /* While it waits for the place itself, the cursor may be there already: it is reckoned once. */
    if (!session->wait.active)
        session->wait.count = 0;
    if (session->wait.count == 0) {
        enum reckon_result reckoned =
            expression_reckon(session, request->text, &session->wait.offset, &error);
        if (reckoned != RECKON_OK)
            return expression_failed(session, reckoned, &error, reply);
        session->wait.count = 1;
    }
    return goto_offset(session, session->wait.offset, false, reply);
}
