/* SPDX-License-Identifier: MIT */
/* session: going from line to line of a level, as logs have them. View thread. */
#include "folio/base/words/level.h"

#include "folio/session/core/session.h"
#include "folio/session/move/jump.h"

#include <string.h>

/** On a stage: where lines of `level` are, NULL while nobody asked, and what that was opened with. */
struct level_lines {
    struct matches *matches;
    enum level level;
    struct matches_text text;
};

static void level_close(struct stage *stage)
{
    struct level_lines *lines = stage_part(stage, PART_LEVEL);
    matches_close(lines->matches);
    *lines = (struct level_lines){.level = LEVEL_NONE};
}

/** Let the survey look for lines of this level; what was looked for before is forgotten. */
static bool level_open(struct session *session, enum level level, struct error *error)
{
    struct stage *stage = session->stage;
    struct level_lines *lines = stage_part(stage, PART_LEVEL);
    const char *expression = level_pattern(level);
    if (lines->level == level && stage_text_is(session, stage, &lines->text))
        return true;
    level_close(stage);
    lines->text = stage_text(session, stage);
    struct pattern *pattern = pattern_compile(expression, strlen(expression), PATTERN_EXACT, false, error);
    lines->matches = pattern ? matches_open(stage->document->survey, pattern, &lines->text, error) : NULL;
    if (!lines->matches)
        return false;
    lines->level = level;
    return true;
}

enum progress verb_goto_level(struct session *session, const struct request *request, struct reply *reply)
{
    struct stage *stage = session->stage;
    const struct level_lines *lines = stage_part(stage, PART_LEVEL);
    enum level level = level_named(request->text);
    bool forward = request->amount > 0;
    struct error error;
    uint64_t unit;
    if (level == LEVEL_NONE)
        return reply_say(reply, OUTCOME_FAILED, "There is no level %s: error, warning, info or debug",
                         request->text);
    if (!level_open(session, level, &error))
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    if (!session->wait.active)
        session->wait.offset = stage->motion->beside(session, forward);
    switch (matches_next(lines->matches, stage->document->reader, session->wait.offset, forward, &unit)) {
    case MATCHES_FOUND:
        return jump_to(session, unit, jump_target(session), false);
    case MATCHES_NONE:
        return reply_say(reply, OUTCOME_FAILED, "No %s %s", forward ? "later" : "earlier", request->text);
    case MATCHES_UNKNOWN:
    case MATCHES_FAILED:
        break;
    }
    return PROGRESS_WAITING;
}

const struct part level_part = {.stage_size = sizeof(struct level_lines), .close = level_close};
