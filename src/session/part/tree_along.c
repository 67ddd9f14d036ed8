/* SPDX-License-Identifier: MIT */
/*
 * session: from the member under the cursor of a tree to the next one with the same key. View thread.
 *
 * Where nobody asks for something else meanwhile it goes on where it was, from one key to the next until enough are counted.
 */
#include "folio/model/json/along.h"
#include "folio/session/move/jump.h"
#include "folio/session/part/tree.h"

static bool along_goes_on(void *context)
{
    return !session_interrupted(context);
}

/** Go on from session->wait.offset until `wait.count` keys are passed. */
static enum nesting_answer along_go(struct session *session, struct range key, bool forward)
{
    const struct json_rows *rows = tree_rows(session);
    struct json_along along = {.nesting = rows->nesting,
                               .reader = rows->reader,
                               .key = key,
                               .forward = forward,
                               .go_on = along_goes_on,
                               .context = session,
                               .at = session->wait.offset};
    enum nesting_answer answer = NESTING_FOUND;
    uint64_t quote;
    while (answer == NESTING_FOUND && session->wait.count > 0) {
        answer = json_along(&along, &quote);
        if (answer == NESTING_FOUND && --session->wait.count == 0)
            along.at = quote;
        else if (answer == NESTING_FOUND)
            along.at = forward ? quote + 1 : quote;
    }
    session->wait.offset = along.at;
    return answer;
}

/** The key of the row of the cursor. NONE: the reply says that it has none that can be looked for. */
static enum nesting_answer along_key(const struct session *session, struct range *key, struct reply *reply)
{
    struct json_row row;
    enum nesting_answer answer = tree_row(session, session->stage->view.canvas.cursor, &row);
    if (answer != NESTING_FOUND)
        return answer;
    *key = row.value.key;
    if (row.value.keyed && key->end - key->begin <= ALONG_KEY_MAX)
        return NESTING_FOUND;
    reply_say(reply, OUTCOME_FAILED, "%s",
              row.value.keyed ? "The key is too long to be looked for" : "This value has no key");
    return NESTING_NONE;
}

enum progress verb_tree_along(struct session *session, const struct request *request, struct reply *reply)
{
    const bool forward = request->amount > 0;
    struct range key;
    if (!tree_rows(session))
        return tree_failed(session, NESTING_NONE, reply);
    if (!session->wait.active) {
        session->wait.count = request_count(request, 1);
        session->wait.offset = FRAME_NO_OFFSET;
    }
    /* While it waits for the place itself, the cursor may be there already. */
    if (session->wait.count > 0) {
        enum nesting_answer answer = along_key(session, &key, reply);
        if (answer == NESTING_NONE)
            return PROGRESS_DONE;
        if (answer == NESTING_FOUND && session->wait.offset == FRAME_NO_OFFSET)
            session->wait.offset = forward ? key.begin + 1 : key.begin;
        if (answer == NESTING_FOUND)
            answer = along_go(session, key, forward);
        if (answer != NESTING_FOUND)
            return tree_failed(session, answer, reply);
    }
    return jump_to(session, session->wait.offset, jump_target(session), true);
}
