/* SPDX-License-Identifier: MIT */
/*
 * session: a value of a JSON file in a view of its own, from which one comes back to the same place (files/inner). View
 * thread.
 *
 *     file --stretch--> save, on a helper --shape--> pipe --> spool --> a document like any other
 *
 * The text of a string, or a value with a line for each part, comes through a pipe: it is made as far as it is looked at,
 * however long it is, and everything works in it that works in what comes through pipes.
 */
#include "folio/session/files/inner.h"

#include "folio/base/bytes/buf.h"
#include "folio/base/glyph/glyph.h"
#include "folio/model/document/save.h"
#include "folio/model/document/shape.h"
#include "folio/model/json/path.h"
#include "folio/session/core/reply.h"
#include "folio/session/part/json_subject.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/** On the stage of an inner one. */
struct inner_view {
    bool told; /**< of what could not be brought */
};

/** What it is called: its path. */
static enum nesting_answer inner_name(const struct json_subject *subject, struct buf *name)
{
    return json_path(subject->nesting, subject->reader, subject->from, subject->at, name);
}

/** Bytes of the file on their way into a pipe. NULL and `error` where they cannot go. */
static struct save *inner_feed(const struct session *session, struct range range, enum shape shape, int *fd,
                               struct error *error)
{
    struct save *save = document_save_pipe(session->stage->document, fd, error);
    if (!save)
        return NULL;
    if (!shape_save(save, shape, error)) {
        close(*fd);
        save_close(save);
        return NULL;
    }
    (void)save_feed(save, range); /* into an empty queue */
    save_finish(save);
    return save;
}

/** Show it. */
static enum progress inner_show(struct session *session, struct range range, enum shape shape,
                                const char *name, struct reply *reply)
{
    struct error error;
    int fd;
    struct save *save = inner_feed(session, range, shape, &fd, &error);
    if (!save)
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    struct document *document = document_open_stream(name, fd, &session->document_options, &error);
    if (document && inner_open(session, document, save, &error))
        return PROGRESS_DONE;
    document_close(document);
    save_close(save);
    return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
}

enum progress verb_inner_open(struct session *session, const struct request *request, struct reply *reply)
{
    struct json_subject subject;
    struct buf name = {0};
    enum progress progress = PROGRESS_DONE;
    enum shape shape = request->amount == INNER_TEXT ? SHAPE_TEXT : SHAPE_PRETTY;
    if (!json_subject(session, &subject, &progress, reply))
        return progress;
    struct range range = subject.value.value;
    if (shape == SHAPE_TEXT && !json_string_of(&subject, &range, reply))
        return PROGRESS_DONE;
    if (inner_name(&subject, &name) != NESTING_FOUND)
        progress = PROGRESS_WAITING;
    else
        progress = inner_show(session, range, shape, buf_string(&name), reply);
    buf_release(&name);
    return progress;
}

enum progress verb_inner_close(struct session *session, const struct request *request, struct reply *reply)
{
    (void)request;
    if (!session->files.inner)
        return reply_say(reply, OUTCOME_FAILED, "This is the file itself");
    inner_close(session);
    return PROGRESS_DONE;
}

/** Say of what is shown that it is not all. */
static bool inner_go_on(struct session *session)
{
    struct inner_view *shown = stage_part(&session->base, PART_INNER);
    struct save *save = inner_save(session);
    char text[128];
    if (!save || shown->told)
        return false;
    struct save_progress progress = save_look(save, NULL);
    if (progress.state == SAVE_RUNNING)
        return false;
    unsigned long long lost = progress.unreadable + progress.gone;
    shown->told = true;
    if (lost == 0)
        return false;
    snprintf(text, sizeof text, "%llu byte%s of the file could not be read: left out here", lost,
             lost == 1 ? "" : "s");
    stage_notice(&session->base, text);
    return true;
}

const struct part inner_part = {.stage_size = sizeof(struct inner_view), .go_on = inner_go_on};
