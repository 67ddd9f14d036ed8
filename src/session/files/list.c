/* SPDX-License-Identifier: MIT */
/*
 * session: the files that were named, and which of them is shown. View thread.
 *
 * A name keeps its place while another file is shown, and what was edited of it in the sandbox. What a part has of the file
 * that goes, it is asked to leave; what of it is to be shown again when the same file is opened anew, it keeps.
 */
#include "folio/session/files/list.h"

#include "entries.h"

#include "folio/base/glyph/glyph.h"
#include "folio/model/reader/edits.h"
#include "folio/session/core/place.h"
#include "folio/session/files/inner.h"

#include <stdlib.h>
#include <string.h>

/**
 * Put `name` on the base stage in place of what is there, which may be the same file (`again`). False and `error` when it
 * cannot be opened: nothing changes.
 */
static bool files_put(struct session *session, const char *name, bool again, struct error *error)
{
    struct document *document = document_open(name, &session->document_options, error);
    if (!document)
        return false;
    for (unsigned i = 0; i < PART_COUNT && again; i++)
        if (session->part[i]->keep)
            session->part[i]->keep(session);
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (session->part[i]->leave)
            session->part[i]->leave(session);
    stage_close(session, &session->base);
    session->stage = &session->base;
    stage_open(session, &session->base, document);
    return true;
}

bool files_renew(struct session *session, struct position position, struct reply *reply, struct error *error)
{
    if (!files_put(session, session->files.file[session->files.current].name, true, error))
        return false;
    place_return(session, position);
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (session->part[i]->resume)
            session->part[i]->resume(session, position.cursor, reply);
    return true;
}

bool files_open(struct session *session, size_t number, struct error *error)
{
    if (session->files.inner) {
        number = inner_close_all(session, number);
        if (number == session->files.current)
            return true;
    }
    struct session_file *file = &session->files.file[number];
    struct position spot = place_position(session);
    size_t before = session->files.current;
    const bool shown = session->base.document;
    session->files.current = number;
    if (!files_put(session, file->name, false, error)) {
        session->files.current = before;
        file->failed = true;
        return false;
    }
    if (shown && before != number) {
        session->files.file[before].position = spot;
        free(session->files.previous);
        session->files.previous = strdup(session->files.file[before].name);
    }
    place_return(session, file->position);
    return true;
}

void files_passed(struct buf *missing, const struct error *error)
{
    char harmless[4 * sizeof error->message];
    glyph_text(error->message, strlen(error->message), harmless, sizeof harmless);
    buf_format(missing, "%s%s", missing->length > 0 ? "; " : "", harmless);
}

/** The files that were passed over on the way, for the reply; `missing` is released. */
static enum progress files_stepped(struct buf *missing, unsigned failed, enum outcome outcome,
                                   struct reply *reply)
{
    reply->value = failed;
    enum progress progress =
        missing->length > 0 ? reply_say(reply, outcome, "%s", buf_string(missing)) : PROGRESS_DONE;
    buf_release(missing);
    return progress;
}

/** Step over `count` files that can be opened. */
enum progress verb_file_step(struct session *session, const struct request *request, struct reply *reply)
{
    int64_t count = request_count(request, 1);
    struct error error;
    struct buf missing = {0};
    unsigned failed = 0;
    bool many = count > 1;
    if (session->files.inner && request->amount < 0) {
        inner_close(session);
        return PROGRESS_DONE;
    }
    int64_t number = (int64_t)inner_close_all(session, session->files.current);
    int64_t last = (int64_t)session->files.count - 1;
    if (count > last + 1)
        count = last + 1; /* beyond the list either way, and no overflow */
    number += request->amount * count;
    for (; number >= 0 && number <= last; number += request->amount) {
        if (files_open(session, (size_t)number, &error))
            return files_stepped(&missing, failed, OUTCOME_SAID, reply);
        files_passed(&missing, &error);
        failed++;
    }
    if (failed > 0)
        return files_stepped(&missing, failed, OUTCOME_FAILED, reply);
    return reply_say(reply, OUTCOME_FAILED, "No %s%s file", many ? "(N-th) " : "",
                     request->amount > 0 ? "next" : "previous");
}

enum progress verb_file_pick(struct session *session, const struct request *request, struct reply *reply)
{
    size_t number = request->counted && request->count > 0 ? (size_t)request->count - 1 : 0;
    struct error error;
    if (number >= session->files.count)
        return reply_say(reply, OUTCOME_FAILED, "No such file");
    reply->value = !files_open(session, number, &error);
    if (reply->value != 0)
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    return PROGRESS_DONE;
}

enum progress verb_file_drop(struct session *session, const struct request *request, struct reply *reply)
{
    size_t gone = session->files.current, next = gone + 1 < session->files.count ? gone + 1 : gone - 1;
    struct error error;
    (void)request;
    if (session->files.inner) {
        inner_close(session);
        return PROGRESS_DONE;
    }
    if (session->files.count < 2)
        return reply_say(reply, OUTCOME_FAILED, "This is the only file");
    if (edits_in(session->files.file[gone].edits, (struct range){0, UINT64_MAX}, NULL) > 0)
        return reply_say(reply, OUTCOME_FAILED, "Its sandbox is not empty: :commit or :discard first");
    if (!files_open(session, next, &error))
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    entries_remove(session, gone);
    return PROGRESS_DONE;
}

/** The place of a name in the list. False: it is not in it. */
static bool files_find(const struct session *session, const char *name, size_t *number)
{
    for (*number = 0; *number < session->files.count; ++*number)
        if (strcmp(session->files.file[*number].name, name) == 0)
            return true;
    return false;
}

/** The name behind `name` in a request of several, NULL after the last. Begin with NULL. */
static const char *files_named(const struct request *request, const char *name)
{
    const char *next = !name                   ? request->text
                       : name == request->text ? request->payload
                                               : name + strlen(name) + 1;
    return next && (next == request->text || next < request->payload + request->amount) ? next : NULL;
}

/** Show the first of several files that can be opened; all of them go into the list. */
static enum progress files_open_several(struct session *session, const struct request *request,
                                        struct reply *reply)
{
    struct buf missing = {0};
    struct error error;
    size_t number, after = session->files.current;
    bool shown = false;
    for (const char *name = NULL; (name = files_named(request, name));)
        if (!files_find(session, name, &number) && !entries_add(session, name, &after))
            return reply_say(reply, OUTCOME_FAILED, "Out of memory");
    for (const char *name = NULL; !shown && (name = files_named(request, name));) {
        (void)files_find(session, name, &number);
        shown = files_open(session, number, &error);
        if (!shown)
            files_passed(&missing, &error);
    }
    return files_stepped(&missing, 0, shown ? OUTCOME_SAID : OUTCOME_FAILED, reply);
}

/** Show one file. It is opened once to see whether it can be, so that a wrong name does not get into the list. */
static enum progress files_open_one(struct session *session, const char *name, struct reply *reply)
{
    struct error error;
    size_t number, after = session->files.current;
    struct document *document = document_open(name, &session->document_options, &error);
    if (!document)
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    document_close(document);
    if (!files_find(session, name, &number)) {
        if (!entries_add(session, name, &after))
            return reply_say(reply, OUTCOME_FAILED, "Out of memory");
        number = after;
    }
    if (!files_open(session, number, &error))
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    return PROGRESS_DONE;
}

enum progress verb_file_open(struct session *session, const struct request *request, struct reply *reply)
{
    if (!request->text[0])
        return verb_reload(session, request, reply);
    if (!request->payload)
        return files_open_one(session, request->text, reply);
    enum progress progress = files_open_several(session, request, reply);
    free(request->payload);
    return progress;
}

enum progress verb_reload(struct session *session, const struct request *request, struct reply *reply)
{
    struct stage *stage = session->stage;
    struct position position = place_position(session);
    struct error error;
    (void)request;
    if (!session_shows_file(session) || document_is_stdin(stage->document)) {
        reader_forget(stage->document->reader);
        return PROGRESS_DONE;
    }
    if (files_renew(session, position, reply, &error))
        return PROGRESS_DONE;
    reader_forget(stage->document->reader);
    return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
}
