/* SPDX-License-Identifier: MIT */
/* view: the session's ways to places that logs have: a time, a level (see core/session.h). View thread. */
#include "folio/base/words/level.h"
#include "folio/model/known/lines.h"
#include "folio/model/known/when.h"
#include "folio/session/core/stage.h"
#include "folio/session/move/layout.h"
#include "folio/session/move/lines.h"

#include <string.h>
#include <time.h>

/** What a line alone cannot say: today, and the person's own zone. */
static struct stamp_hint time_hint(void)
{
    time_t now = time(NULL);
    struct tm local = {0};
    localtime_r(&now, &local);
    return (struct stamp_hint){((int64_t)now + local.tm_gmtoff) * 1000, (int32_t)local.tm_gmtoff};
}

/** Where the line begins that is at the top of the screen, or under the cursor. */
static uint64_t time_line(const struct session *session)
{
    const struct view *view = &session->stage->view;
    uint64_t place = session_place_here(session), begin;
    if (view->layout->cursor)
        return lines_begin(view->canvas.lines, view->canvas.reader, place, LINES_LONG, &begin) == LINES_FOUND
                   ? begin
                   : place;
    return view->count && view->row[0].line_known ? view->row[0].line_begin : place;
}

/** The time of that line; where it has none, now. WAIT when its bytes are missing. */
static enum when_result time_here(const struct session *session, const struct stamp_hint *hint,
                                  struct stamp *here)
{
    const struct view *view = &session->stage->view;
    struct error error;
    enum when_result result = WHEN_NONE;
    if (view->count)
        result = when_at(session->stage->document->reader, &view->canvas.fit.rules, hint, time_line(session),
                         here, &error);
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
        return session_say(reply, OUTCOME_FAILED, "%s", error.message);
    session->when = when_begin(wanted, &hint, &session->stage->view.canvas.fit.rules,
                               reader_size(session->stage->document->reader));
    session->when_number = request->number;
    return PROGRESS_DONE;
}

enum progress session_goto_time(struct session *session, const struct request *request, struct reply *reply)
{
    struct error error;
    uint64_t line;
    if (session->when_number != request->number) {
        enum progress progress = time_begin(session, request, reply);
        if (progress == PROGRESS_WAITING || reply->outcome != OUTCOME_DONE)
            return progress;
    }
    switch (when_go_on(&session->when, session->stage->document->reader, &line, &error)) {
    case WHEN_FOUND:
        return session_jump(session, line, session_target(session), false);
    case WHEN_WAIT:
        return PROGRESS_WAITING;
    case WHEN_NONE:
        return session_say(reply, OUTCOME_FAILED, "No line is as late as that");
    case WHEN_FAILED:
        break;
    }
    return session_say(reply, OUTCOME_FAILED, "%s", error.message);
}

void session_level_close(struct stage *stage)
{
    matches_close(stage->level_matches);
    stage->level_matches = NULL;
    stage->level = LEVEL_NONE;
}

/** Let the survey look for lines of this level; what was looked for before is forgotten. */
static bool level_open(struct session *session, enum level level, struct error *error)
{
    struct stage *stage = session->stage;
    const char *expression = level_pattern(level);
    if (stage->level == level && session_text_is(session, stage, &stage->level_text))
        return true;
    session_level_close(stage);
    stage->level_text = session_text(session, stage);
    struct pattern *pattern = pattern_compile(expression, strlen(expression), PATTERN_EXACT, false, error);
    stage->level_matches =
        pattern ? matches_open(stage->document->survey, pattern, &stage->level_text, error) : NULL;
    if (!stage->level_matches)
        return false;
    stage->level = level;
    return true;
}

/** From where to look: behind the line at the jump target, or before it. */
static uint64_t level_from(const struct session *session, bool forward)
{
    const struct view *view = &session->stage->view;
    unsigned target = session_target(session);
    if (view->layout->cursor)
        return view->canvas.cursor + forward;
    if (view->count == 0 || target < view->lead)
        return 0;
    const struct row *row =
        &view->row[target - view->lead < view->count ? target - view->lead : view->count - 1];
    uint64_t begin = row->line_known ? row->line_begin : row->begin;
    return forward ? begin + 1 : begin;
}

enum progress session_goto_level(struct session *session, const struct request *request, struct reply *reply)
{
    struct stage *stage = session->stage;
    enum level level = level_named(request->text);
    bool forward = request->amount > 0;
    struct error error;
    uint64_t unit;
    if (level == LEVEL_NONE)
        return session_say(reply, OUTCOME_FAILED, "There is no level %s: error, warning, info or debug",
                           request->text);
    if (!level_open(session, level, &error))
        return session_say(reply, OUTCOME_FAILED, "%s", error.message);
    if (!session->waiting)
        session->wait_offset = level_from(session, forward);
    switch (
        matches_next(stage->level_matches, stage->document->reader, session->wait_offset, forward, &unit)) {
    case MATCHES_FOUND:
        return session_jump(session, unit, session_target(session), false);
    case MATCHES_NONE:
        return session_say(reply, OUTCOME_FAILED, "No %s %s", forward ? "later" : "earlier", request->text);
    case MATCHES_UNKNOWN:
    case MATCHES_FAILED:
        break;
    }
    return PROGRESS_WAITING;
}
