/* SPDX-License-Identifier: MIT */
/* session: settings (see view/settings). View thread. */
#include "folio/model/document/encoding.h"
#include "folio/session/core/session.h"
#include "folio/session/files/aside.h"
#include "folio/session/poke/edits.h"
#include "folio/session/search/found.h"

#include <stdio.h>

/** Carry the encoding out on the file that is on the stage. False with `error`: it stays as it was. */
static bool set_encoding(struct session *session, struct error *error)
{
    const struct encoding *encoding = session->settings.encoding;
    if (!session_shows_file(session))
        return true;
    return document_set_encoding(session->base.document, stage_spelling(encoding), error);
}

/** An encoding that the text view does not have says so there. */
static void set_warn(const struct session *session, char *said, size_t capacity)
{
    const struct encoding *encoding = session->settings.encoding;
    if (encoding && encoding->foreign && session->stage->view.layout->moves == LAYOUT_LINES)
        snprintf(said, capacity, "Encoding is %s where bytes are shown; lines of text are not read in it",
                 encoding->name);
}

enum progress verb_set(struct session *session, const struct request *request, struct reply *reply)
{
    struct settings before = session->settings;
    struct error error;
    char said[256] = "";
    if (!settings_change(&session->settings, request->text, said, sizeof said, &error))
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    if (session->options.secure && session->settings.write) {
        session->settings.write = 0;
        return reply_say(reply, OUTCOME_FAILED,
                         "Nothing is changed in secure mode (--secure, or LESSSECURE)");
    }
    if (before.encoding != session->settings.encoding && !set_encoding(session, &error)) {
        session->settings.encoding = before.encoding;
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    }
    if (before.encoding != session->settings.encoding)
        set_warn(session, said, sizeof said);
    if (before.sandbox && !session->settings.sandbox)
        editing_remind(session, said, sizeof said);
    if (before.letter_case != session->settings.letter_case)
        search_renew(session, NULL);
    stage_refresh(session);
    view_settle(&session->stage->view, false);
    return said[0] ? reply_say(reply, OUTCOME_SAID, "%s", said) : PROGRESS_DONE;
}

enum progress verb_settings(struct session *session, const struct request *request, struct reply *reply)
{
    struct buf text = {0};
    struct error error;
    buf_text(&text, "What can be set, as it is now: :set NAME, :set NAME=VALUE\n\n");
    settings_each(&session->settings, settings_list_row, &text);
    buf_text(&text, request->text);
    buf_text(&text, "\nBehind a name, ! is the other way round, and ? only asks. q leaves this list.\n");
    bool fine = !text.failed;
    if (fine)
        fine = aside_open(session, "SETTINGS", text.data, text.length, &error);
    else
        error_set(&error, 0, "Out of memory");
    buf_release(&text);
    stage_refresh(session);
    return fine ? PROGRESS_DONE : reply_say(reply, OUTCOME_FAILED, "%s", error.message);
}
