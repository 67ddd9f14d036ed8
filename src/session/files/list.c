/* SPDX-License-Identifier: MIT */
/* view: the session's files: the list, and the help over it (see core/session.h). View thread. */
#include "folio/session/files/list.h"

#include "folio/model/reader/edits.h"
#include "folio/session/core/stage.h"
#include "folio/session/move/layout.h"
#include "folio/session/part/diff.h"
#include "folio/session/part/strings.h"
#include "folio/session/part/write.h"
#include "folio/session/poke/poke.h"
#include "folio/session/search/find.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool session_put_file(struct session *session, const char *name, struct error *error)
{
    struct document *document = document_open(name, &session->document_options, error);
    if (!document)
        return false;
    session_write_leave(session);
    session_poke_leave(session);
    session_stage_close(&session->base);
    session_stage_open(session, &session->base, document);
    session->stage = &session->base;
    session_rematch(session, NULL);
    return true;
}

bool session_open_file(struct session *session, size_t number, struct error *error)
{
    struct session_file *file = &session->file[number];
    struct spot spot = session_spot(session);
    size_t before = session->current;
    session->current = number;
    if (!session_put_file(session, file->name, error)) {
        session->current = before;
        file->failed = true;
        return false;
    }
    if (before != number)
        session->file[before].spot = spot;
    session_spot_return(session, file->spot);
    return true;
}

/** Step over `count` files that can be opened. */
enum progress session_file_step(struct session *session, const struct request *request, struct reply *reply)
{
    int64_t count = request->counted && request->count > 0 ? request->count : 1;
    int64_t number = (int64_t)session->current, last = (int64_t)session->file_count - 1;
    struct error error;
    error_clear(&error);
    bool many = count > 1;
    if (count > last + 1)
        count = last + 1; /* beyond the list either way, and no overflow */
    number += request->amount * count;
    for (; number >= 0 && number <= last; number += request->amount)
        if (session_open_file(session, (size_t)number, &error))
            return PROGRESS_DONE;
    if (error.message[0])
        return session_say(reply, OUTCOME_FAILED, "%s", error.message);
    return session_say(reply, OUTCOME_FAILED, "No %s%s file", many ? "(N-th) " : "",
                       request->amount > 0 ? "next" : "previous");
}

enum progress session_file_pick(struct session *session, const struct request *request, struct reply *reply)
{
    size_t number = request->counted && request->count > 0 ? (size_t)request->count - 1 : 0;
    struct error error;
    if (number >= session->file_count)
        return session_say(reply, OUTCOME_FAILED, "No such file");
    if (!session_open_file(session, number, &error))
        return session_say(reply, OUTCOME_FAILED, "%s", error.message);
    return PROGRESS_DONE;
}

enum progress session_file_drop(struct session *session, const struct request *request, struct reply *reply)
{
    size_t gone = session->current, next = gone + 1 < session->file_count ? gone + 1 : gone - 1;
    struct error error;
    (void)request;
    if (session->file_count < 2)
        return session_say(reply, OUTCOME_FAILED, "This is the only file");
    if (edits_in(session->file[gone].edits, (struct range){0, UINT64_MAX}, NULL) > 0)
        return session_say(reply, OUTCOME_FAILED, "Its sandbox is not empty: :commit or :discard first");
    if (!session_open_file(session, next, &error))
        return session_say(reply, OUTCOME_FAILED, "%s", error.message);
    free(session->file[gone].name);
    edits_close(session->file[gone].edits);
    memmove(&session->file[gone], &session->file[gone + 1],
            (session->file_count - gone - 1) * sizeof session->file[0]);
    session->file_count--;
    if (session->current > gone)
        session->current--;
    return PROGRESS_DONE;
}

/** The place of a name in the list, appended after the current one if it is new. False when out of memory. */
static bool session_list(struct session *session, const char *name, size_t *number)
{
    for (*number = 0; *number < session->file_count; ++*number)
        if (strcmp(session->file[*number].name, name) == 0)
            return true;
    struct session_file *file = realloc(session->file, (session->file_count + 1) * sizeof *file);
    char *copy = strdup(name);
    if (file)
        session->file = file;
    if (!file || !copy) {
        free(copy);
        return false;
    }
    *number = session->current + 1;
    memmove(&file[*number + 1], &file[*number], (session->file_count - *number) * sizeof *file);
    file[*number] = (struct session_file){.name = copy};
    session->file_count++;
    return true;
}

enum progress session_file_open(struct session *session, const struct request *request, struct reply *reply)
{
    struct error error;
    struct document *document;
    size_t number;
    if (session->options.secure)
        return session_say(reply, OUTCOME_FAILED, "Command not available");
    if (!request->text[0])
        return session_reload(session, request, reply);
    /* Opened once to see whether it can be, so that a wrong name does not get into the list. */
    document = document_open(request->text, &session->document_options, &error);
    if (!document)
        return session_say(reply, OUTCOME_FAILED, "%s", error.message);
    document_close(document);
    if (!session_list(session, request->text, &number))
        return session_say(reply, OUTCOME_FAILED, "Out of memory");
    if (!session_open_file(session, number, &error))
        return session_say(reply, OUTCOME_FAILED, "%s", error.message);
    return PROGRESS_DONE;
}

enum progress session_reload(struct session *session, const struct request *request, struct reply *reply)
{
    struct stage *stage = session->stage;
    struct spot spot = session_spot(session);
    unsigned shortest = session_strings_shown(session);
    struct error error;
    (void)request;
    bool file = stage == &session->base && strcmp(stage->document->name, "-") != 0;
    if (!file) {
        reader_forget(stage->document->reader);
        return PROGRESS_DONE;
    }
    struct compared compared = session_diff_keep(stage);
    if (!session_put_file(session, session->file[session->current].name, &error)) {
        free(compared.name);
        reader_forget(stage->document->reader);
        return session_say(reply, OUTCOME_FAILED, "%s", error.message);
    }
    session_spot_return(session, spot);
    session_strings_resume(session, shortest, spot.cursor);
    session_diff_resume(session, compared, spot.cursor, reply);
    return PROGRESS_DONE;
}

enum progress session_help_open(struct session *session, const struct request *request, struct reply *reply)
{
    struct error error;
    struct document *document = NULL;
    if (session->stage != &session->help)
        document = document_open_text("HELP", request->payload, (size_t)request->amount,
                                      &session->document_options, &error);
    free(request->payload);
    if (session->stage == &session->help)
        return PROGRESS_DONE;
    if (!document)
        return session_say(reply, OUTCOME_FAILED, "%s", error.message);
    session_stage_open(session, &session->help, document);
    session->stage = &session->help;
    return PROGRESS_DONE;
}

enum progress session_help_close(struct session *session, const struct request *request, struct reply *reply)
{
    (void)request;
    session_list_close(session);
    reply->list = session_strings_shown(session) > 0; /* it was below */
    return PROGRESS_DONE;
}
