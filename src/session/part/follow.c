/* SPDX-License-Identifier: MIT */
/*
 * session: following a file that grows, and looking for matches in what comes. View thread.
 *
 *              F             a movement leaves the end
 *     not  ---------->  end  ------------------------->  away
 *      ^                 |   <-------------------------   |
 *      |                 |     a movement leads there     |
 *      +-----------------+--------------------------------+   ^C, another file, the end of a pipe, a match
 *
 * A movement that changes no place (a search that finds nothing, a shift to the side) does not leave the end, whatever has
 * come meanwhile. Away from it nothing is asked of a pipe beyond what is shown, so its producer is held up as ever, and
 * nothing moves the screen: a match that would waits for the way back.
 */
#include "folio/model/document/save.h"
#include "folio/session/core/place.h"
#include "folio/session/move/jump.h"
#include "folio/session/search/found.h"

/** What F asks for besides: its amount. */
enum follow_until { FOLLOW_ON, FOLLOW_MATCH, FOLLOW_BELL };

struct follow {
    enum following how;
    enum follow_until until;
    uint64_t sought;      /**< matches were looked for up to here */
    struct position spot; /**< where the screen was when it was last at the end */
    bool kept;            /**< the file is opened anew */
};

static const char *const follow_ended = "Nothing more comes: what was piped in has ended";

static struct follow *follow_of(const struct session *session)
{
    return session_part(session, PART_FOLLOW);
}

/** Is what is followed a stream that has come to its end? */
static bool follow_over(const struct session *session)
{
    const struct document *document = session->base.document;
    return document_streamed(document) && !document_streaming(document);
}

/** Go on to the end. */
static void follow_end(struct session *session)
{
    struct stage *stage = session->stage;
    document_want(stage->document, UINT64_MAX);
    view_goto_end(&stage->view);
    stage->motion->follow(session);
    follow_of(session)->spot = place_position(session);
}

enum progress verb_follow(struct session *session, const struct request *request, struct reply *reply)
{
    if (request->amount && !search_asked(session))
        return reply_say(reply, OUTCOME_FAILED, "No previous regular expression");
    *follow_of(session) = (struct follow){.how = FOLLOWING_END,
                                          .until = (enum follow_until)request->amount,
                                          .sought = reader_size(session->stage->document->reader)};
    if (request->amount)
        parts_wait(session);
    document_follow(session->stage->document, true);
    follow_end(session);
    if (!follow_over(session))
        return PROGRESS_DONE;
    follow_of(session)->how = FOLLOWING_NOT;
    return reply_say(reply, OUTCOME_SAID, "%s", follow_ended);
}

/** A movement: is the end still on the screen, or again? */
static void follow_moved(struct session *session)
{
    struct follow *follow = follow_of(session);
    const struct position here = place_position(session);
    bool same = here.top == follow->spot.top && here.cursor == follow->spot.cursor;
    if (follow->how == FOLLOWING_NOT || !session_shows_file(session) ||
        (follow->how == FOLLOWING_END && same))
        return;
    follow->how = session->stage->motion->at_end(session) ? FOLLOWING_END : FOLLOWING_AWAY;
}

/** Look for a match in what has come. True: there is one, which is told, and gone to where that ends it. */
static bool follow_seek(struct session *session)
{
    struct follow *follow = follow_of(session);
    struct stage *stage = session->stage;
    uint64_t size = reader_size(stage->document->reader), unit;
    bool waits = follow->until == FOLLOW_MATCH && follow->how == FOLLOWING_AWAY;
    if (follow->sought > size) /* it was cut: all of it has come anew */
        follow->sought = 0;
    if (follow->until == FOLLOW_ON || waits || follow->sought == size ||
        search_next(session, follow->sought, true, &unit) != MATCHES_FOUND)
        return false;
    if (follow->until == FOLLOW_MATCH) {
        stage->view.canvas.current = unit;
        if (jump_to(session, unit, jump_target(session), true) == PROGRESS_WAITING)
            return false;
        follow->how = FOLLOWING_NOT;
    }
    follow->sought = unit + 1;
    session->bells++;
    return true;
}

static bool follow_go_on(struct session *session)
{
    struct follow *follow = follow_of(session);
    document_follow(session->base.document, follow->how != FOLLOWING_NOT);
    if (follow->how == FOLLOWING_NOT || !session_shows_file(session) || session->wait.active)
        return false;
    bool found = follow_seek(session);
    if (follow->how == FOLLOWING_END)
        follow_end(session);
    if (follow->how == FOLLOWING_NOT || !follow_over(session))
        return found;
    follow->how = FOLLOWING_NOT;
    stage_notice(session->stage, follow_ended);
    return true;
}

static enum following follow_following(const struct session *session)
{
    return session_shows_file(session) ? follow_of(session)->how : FOLLOWING_NOT;
}

static void follow_report(struct session *session, struct report *report)
{
    report->following = follow_following(session);
}

static void follow_stop(struct session *session, struct reply *reply)
{
    (void)reply;
    if (place_stops_following(session))
        follow_of(session)->how = FOLLOWING_NOT;
}

static void follow_leave(struct session *session)
{
    if (!follow_of(session)->kept)
        *follow_of(session) = (struct follow){0};
}

static void follow_keep(struct session *session)
{
    follow_of(session)->kept = true;
}

static void follow_resume(struct session *session, uint64_t cursor, struct reply *reply)
{
    (void)cursor;
    (void)reply;
    follow_of(session)->kept = false;
}

const struct part follow_part = {
    .session_size = sizeof(struct follow),
    .moved = follow_moved,
    .following = follow_following,
    .report = follow_report,
    .go_on = follow_go_on,
    .stop = follow_stop,
    .leave = follow_leave,
    .keep = follow_keep,
    .resume = follow_resume,
};
