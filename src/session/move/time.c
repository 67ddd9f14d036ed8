/* SPDX-License-Identifier: MIT */
/* session: going to a time of a log. View thread. */
#include "folio/model/known/when.h"
#include "folio/session/core/session.h"
#include "folio/session/move/jump.h"

#include <time.h>

/** A time being looked for, and the number of the request for it. */
struct time_search {
    struct when when;
    uint64_t number;
};

/** What a line alone cannot say: today, and the person's own zone. */
static struct stamp_hint time_hint(void)
{
    time_t now = time(NULL);
    struct tm local = {0};
    localtime_r(&now, &local);
    return (struct stamp_hint){((int64_t)now + local.tm_gmtoff) * 1000, (int32_t)local.tm_gmtoff};
}

/**
 * The time of the line at the top of the screen, or under the cursor; where it has none, now. WAIT when its bytes are
 * missing.
 */
static enum when_result time_here(const struct session *session, const struct stamp_hint *hint,
                                  struct stamp *here)
{
    const struct view *view = &session->stage->view;
    struct error error;
    enum when_result result = WHEN_NONE;
    if (view->count)
        result = when_at(session->stage->document->reader, &view->canvas.fit.rules, hint,
                         session->stage->motion->line(session), here, &error);
    if (result == WHEN_NONE || result == WHEN_FAILED) {
        *here = (struct stamp){hint->latest, STAMP_NO_ZONE};
        return WHEN_FOUND;
    }
    return result;
}

/** Read what was asked for, and begin to look for it. */
static enum progress time_begin(struct session *session, const struct request *request, struct reply *reply)
{
    struct stamp_hint hint = time_hint();
    struct stamp here, wanted;
    struct error error;
    if (time_here(session, &hint, &here) == WHEN_WAIT)
        return PROGRESS_WAITING;
    if (!stamp_ask(request->text, here, &hint, &wanted, &error))
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    struct time_search *search = session_part(session, PART_TIME);
    search->when = when_begin(wanted, &hint, &session->stage->view.canvas.fit.rules,
                              reader_size(session->stage->document->reader));
    search->number = request->number;
    return PROGRESS_DONE;
}

enum progress verb_goto_time(struct session *session, const struct request *request, struct reply *reply)
{
    struct time_search *search = session_part(session, PART_TIME);
    struct error error;
    uint64_t line;
    if (search->number != request->number) {
        enum progress progress = time_begin(session, request, reply);
        if (progress == PROGRESS_WAITING || reply->outcome != OUTCOME_DONE)
            return progress;
    }
    switch (when_go_on(&search->when, session->stage->document->reader, &line, &error)) {
    case WHEN_FOUND:
        return jump_to(session, line, jump_target(session), false);
    case WHEN_WAIT:
        return PROGRESS_WAITING;
    case WHEN_NONE:
        return reply_say(reply, OUTCOME_FAILED, "No line is as late as that");
    case WHEN_FAILED:
        break;
    }
    return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
}

const struct part time_part = {.session_size = sizeof(struct time_search)};
