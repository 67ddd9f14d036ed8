/* SPDX-License-Identifier: MIT */
/* session: what is to be given to an editor, or to the shell. View thread. */
#include "folio/base/bytes/buf.h"
#include "folio/model/known/lines.h"
#include "folio/session/core/session.h"
#include "folio/session/files/named.h"

#include <stdio.h>
#include <string.h>

enum progress verb_place(struct session *session, const struct request *request, struct reply *reply)
{
    const struct view *view = &session->stage->view;
    (void)request;
    if (!session_shows_file(session) || document_is_stdin(session->stage->document))
        return reply_say(reply, OUTCOME_FAILED, "Cannot edit standard input");
    snprintf(reply->message, sizeof reply->message, "%s", session->stage->document->name);
    reply->value = view->count && view->row[0].line ? view->row[0].line : 1;
    if (stage_bytes(session->stage) && lines_number(view->canvas.lines, view->canvas.reader,
                                                    view->canvas.cursor, &reply->value) == LINES_FAILED)
        reply->value = 1;
    return PROGRESS_DONE;
}

/** A name as one word of the shell. */
static void shell_quote(struct buf *out, const char *name)
{
    if (name[0] != '\0' &&
        strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./+-,@%") ==
            strlen(name)) {
        buf_text(out, name);
        return;
    }
    buf_text(out, "'");
    for (; *name != '\0'; name++)
        if (*name == '\'')
            buf_text(out, "'\\''");
        else
            buf_append(out, name, 1);
    buf_text(out, "'");
}

/* As in less: the sign twice is the sign, and it is itself where there is no name for it. */
enum progress verb_shell(struct session *session, const struct request *request, struct reply *reply)
{
    struct names_known known = named_known(session);
    struct buf command = {0};
    for (const char *at = request->text; *at != '\0'; at++) {
        const char *name = *at == '%' ? known.current : *at == '#' ? known.previous : NULL;
        bool twice = (*at == '%' || *at == '#') && at[1] == *at;
        if (name && !twice)
            shell_quote(&command, name);
        else
            buf_append(&command, at, 1);
        at += twice;
    }
    bool fine = !command.failed && command.length < sizeof reply->message;
    snprintf(reply->message, sizeof reply->message, "%s",
             fine ? buf_string(&command) : "The command is too long");
    reply->outcome = fine ? OUTCOME_DONE : OUTCOME_FAILED;
    buf_release(&command);
    return PROGRESS_DONE;
}
