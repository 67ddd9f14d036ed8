/* SPDX-License-Identifier: MIT */
/* view: the session's settings (see core/session.h). View thread. */
#include "folio/model/document/encoding.h"
#include "folio/session/core/stage.h"
#include "folio/session/poke/edits.h"
#include "folio/session/search/find.h"

/** Carry the encoding out on the file that is on the stage. False with `error`: it stays as it was. */
static bool set_encoding(struct session *session, struct error *error)
{
    const struct encoding *encoding = session->settings.encoding;
    if (session->stage != &session->base)
        return true;
    return document_set_encoding(session->base.document, encoding ? encoding->name : "auto", error);
}

enum progress session_set(struct session *session, const struct request *request, struct reply *reply)
{
    struct settings before = session->settings;
    struct error error;
    char said[256] = "";
    if (!settings_change(&session->settings, request->text, said, sizeof said, &error))
        return session_say(reply, OUTCOME_FAILED, "%s", error.message);
    if (session->options.secure && session->settings.write) {
        session->settings.write = 0;
        return session_say(reply, OUTCOME_FAILED,
                           "Nothing is changed in secure mode (--secure, or LESSSECURE=1)");
    }
    if (before.encoding != session->settings.encoding && !set_encoding(session, &error)) {
        session->settings.encoding = before.encoding;
        return session_say(reply, OUTCOME_FAILED, "%s", error.message);
    }
    if (before.sandbox && !session->settings.sandbox)
        session_edits_remind(session, said, sizeof said);
    if (before.letter_case != session->settings.letter_case)
        session_rematch(session, NULL);
    session_stage_refresh(session);
    view_settle(&session->stage->view, false);
    return said[0] ? session_say(reply, OUTCOME_SAID, "%s", said) : PROGRESS_DONE;
}
