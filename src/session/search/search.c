/* SPDX-License-Identifier: MIT */
/* session: the verbs of searching. View thread. */
#include "from.h"
#include "inside.h"
#include "typed.h"

#include "folio/base/words/number.h"
#include "folio/session/search/found.h"
#include "folio/session/search/text.h"

#include <string.h>

enum progress verb_search(struct session *session, const struct request *request, struct reply *reply)
{
    bool forward = request->amount > 0, anew = request->text[0] != '\0';
    bool tried = search_of(session)->tried.active;
    unsigned modifiers = request->modifiers;
    char text[REQUEST_TEXT];
    struct error error;
    if (session->wait.active)
        return search_go(session, forward, reply);
    if (!anew && !search_of(session)->pattern[0])
        return reply_say(reply, OUTCOME_FAILED, "No previous regular expression");
    if (typed_accept(session, request, reply))
        return PROGRESS_DONE;
    modifiers |= anew ? search_kind(session, request->text, modifiers)
                      : search_of(session)->modifiers & (SEARCH_LITERAL | SEARCH_BYTES);
    memcpy(text, anew ? request->text : search_of(session)->pattern, sizeof text);
    search_of(session)->hidden = false;
    if (!search_take(session, text, modifiers, &error)) {
        if (tried)
            typed_restore(session);
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    }
    search_of(session)->direction = forward ? 1 : -1;
    if (modifiers & SEARCH_KEEP)
        return PROGRESS_DONE;
    if (modifiers & SEARCH_FIRST) {
        search_begin_first(session, request, modifiers, forward);
        return search_go(session, forward, reply);
    }
    uint64_t from = anew ? search_from_screen(session, forward) : search_from_target(session, forward);
    search_begin(session, request, modifiers, from, forward);
    if (anew && forward && search_top_row(session))
        return PROGRESS_DONE;
    return search_go(session, forward, reply);
}

/** The last search, if there was one, is what is searched for on this stage. False: it has been replied why not. */
static bool search_resume(struct session *session, struct reply *reply)
{
    struct error error;
    if (!search_of(session)->pattern[0]) {
        reply_say(reply, OUTCOME_FAILED, "No previous regular expression");
        return false;
    }
    search_of(session)->hidden = false;
    bool ready =
        search_ready(session) && search_text_is(session, session->stage, search_of(session)->modifiers,
                                                &search_on(session->stage)->searched);
    if (!ready && !search_renew(session, &error)) {
        reply_say(reply, OUTCOME_FAILED, "%s", error.message);
        return false;
    }
    session->stage->view.canvas.matches = search_on(session->stage)->matches;
    return true;
}

enum progress verb_search_again(struct session *session, const struct request *request, struct reply *reply)
{
    bool forward = (request->amount > 0) == (search_of(session)->direction >= 0);
    if (session->wait.active)
        return search_go(session, forward, reply);
    if (!search_resume(session, reply))
        return PROGRESS_DONE;
    if (request->amount == 2 || request->amount == -2)
        search_of(session)->modifiers =
            (search_of(session)->modifiers | SEARCH_FILES) & ~(unsigned)SEARCH_WRAP;
    search_begin(session, request, search_of(session)->modifiers, search_from_target(session, forward),
                 forward);
    return search_go(session, forward, reply);
}

/** How many there are is known, and it is not enough. */
static enum progress search_few(struct session *session, uint64_t wanted, struct reply *reply)
{
    struct summary_state state = {0};
    char number[32], count[32];
    search_state(session, &state);
    number_group(wanted, number, sizeof number);
    number_group(state.count, count, sizeof count);
    return reply_say(reply, OUTCOME_FAILED, "There is no match %s: %s %s", number, count,
                     state.count == 1 ? "match" : "matches");
}

enum progress verb_search_pick(struct session *session, const struct request *request, struct reply *reply)
{
    struct document *document = session->stage->document;
    uint64_t wanted = (uint64_t)request_count(request, 1), unit = 0;
    if (!session->wait.active && !search_resume(session, reply))
        return PROGRESS_DONE;
    switch (search_select(session, wanted - 1, &unit)) {
    case MATCHES_FOUND:
        session->stage->view.canvas.current = unit;
        return search_arrive(session, unit);
    case MATCHES_NONE:
        if (!document_streaming(document))
            return search_few(session, wanted, reply);
        document_want(document, UINT64_MAX);
        break;
    case MATCHES_UNKNOWN:
    case MATCHES_FAILED:
        break;
    }
    return PROGRESS_WAITING;
}

enum progress verb_search_clear(struct session *session, const struct request *request, struct reply *reply)
{
    struct stage *stage = session->stage;
    (void)reply;
    if (request->amount) {
        search_of(session)->pattern[0] = '\0';
        search_of(session)->modifiers = 0;
        search_renew(session, NULL);
    } else {
        search_of(session)->hidden = !search_of(session)->hidden;
        stage->view.canvas.matches = search_of(session)->hidden ? NULL : search_on(stage)->matches;
    }
    return PROGRESS_DONE;
}
