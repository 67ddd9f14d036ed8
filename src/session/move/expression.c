/* SPDX-License-Identifier: MIT */
/* view: places given as expressions (see core/session.h). View thread. */
#include "folio/session/move/expression.h"

#include "folio/model/reader/hole.h"
#include "folio/session/move/layout.h"
#include "folio/session/top/show.h"

#include <string.h>

/** Patience for a look at what is in memory. */
static bool peek_impatient(void *context, unsigned waited_ms)
{
    (void)context;
    (void)waited_ms;
    return false;
}

/** What session_peek does, one stretch after the other; `*length` is what is there already. */
static enum reader_result peek_on(struct reader *reader, struct range rest, unsigned char *out,
                                  size_t *length)
{
    struct range stretch;
    struct span span;
    enum reader_result result = READER_OK;
    while (rest.begin < rest.end && result == READER_OK) {
        bool hole = reader_hole(reader, rest.begin, &stretch);
        uint64_t end = stretch.end < rest.end ? stretch.end : rest.end;
        size_t count = (size_t)(end - rest.begin);
        if (hole) {
            memset(out + *length, 0, count);
        } else {
            count = count < READER_SPAN_MAX ? count : READER_SPAN_MAX;
            result = reader_span(reader, rest.begin, count, &span);
            if (result != READER_OK)
                break;
            count = span.length;
            memcpy(out + *length, span.data, count);
        }
        *length += count;
        rest.begin += count;
    }
    return result;
}

enum reader_result session_peek(const struct session *session, uint64_t offset, size_t want, bool patient,
                                unsigned char *out, size_t *length)
{
    struct reader *reader = session->stage->document->reader;
    uint64_t size = reader_size(reader), end = want < size - offset ? offset + want : size;
    *length = 0;
    if (offset >= size)
        return READER_END;
    if (!patient)
        reader_patience(reader, (struct patience){peek_impatient, NULL});
    enum reader_result result = peek_on(reader, (struct range){offset, end}, out, length);
    reader_patience(reader, (struct patience){session_patience, (void *)(uintptr_t)session});
    bool some = *length > 0 && result != READER_GIVEN_UP;
    return some ? READER_OK : result;
}

/** The bytes that @ asks for. */
static enum reckon_result place_read(void *context, uint64_t offset, unsigned char out[RECKON_BYTES],
                                     size_t length, struct error *error)
{
    const struct session *session = context;
    size_t count;
    enum reader_result result = session_peek(session, offset, length, true, out, &count);
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
