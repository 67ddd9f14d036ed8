/* SPDX-License-Identifier: MIT */
/** ui: the mode that keeps keys while it is not known what they mean, or refuses them. UI thread. */
#include "folio/ui/mode/ahead.h"

#include "folio/session/core/verb.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"
#include "folio/ui/mode/armed.h"
#include "folio/ui/mode/run.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** How long leaving waits for bytes that are being stored: for those at hand, the rest is left out. */
#define AHEAD_LEAVE_MS 2000
/** So long keys that are no bytes are kept behind those that are, and behind what decides which are bytes. */
#define AHEAD_SLOW_MS 150
#define AHEAD_TURN_MS 1000
/** Who has not typed for so long has seen that keys are refused. */
#define AHEAD_PAUSE_MS 1000

void ahead_forget(struct app *app)
{
    app->ahead->count = 0;
    app->ahead->refusing = false;
}

/** Forget what was kept, and refuse what follows. */
static void ahead_refuse(struct app *app, const char *why)
{
    struct ahead *ahead = app->ahead;
    if (!ahead->refusing)
        app_bell(app);
    ahead->refusing = true;
    ahead->refused = app_now();
    ahead->why = why;
    app->terminal.dirty = true;
}

void ahead_store(struct app *app)
{
    struct ahead *ahead = app->ahead;
    ahead->storing = app->talk.sent;
    ahead->stored = false;
    ahead->since = app_now();
}

void ahead_answer(struct app *app)
{
    app->ahead->answered = app->talk.sent;
}

/** Has a request that decides what keys mean not been shown yet? */
static bool ahead_turns(const struct app *app)
{
    return app->shown && app->ahead->turning > app->shown->request;
}

/** Does the screen show all that keys did before? */
static bool ahead_current(const struct app *app)
{
    return app->shown && !app->talk.holding && app->shown->request >= app->talk.sent && !app->shown->pending;
}

/** Are bytes being stored, whether somebody waits for the reply or not? */
static bool ahead_storing(const struct app *app)
{
    return app->ahead->storing != 0 || (app->shown && app->shown->report.storing);
}

bool ahead_clear(const struct app *app)
{
    const struct ahead *ahead = app->ahead;
    bool shown = app->typing->on || (!ahead_turns(app) && ahead_current(app));
    return shown && ahead->count == 0 && !ahead->refusing && !ahead_storing(app);
}

bool ahead_shown(const struct app *app)
{
    const struct typing *typing = app->typing;
    const struct report_run *run = app->shown ? &app->shown->report.run : NULL;
    return run && run->edition == typing->run.edition && run->known && !typing->stale && !ahead_storing(app);
}

/** Have keys been kept for so long that a person waits for what they do? */
static bool ahead_slow(const struct app *app)
{
    return app_now() - app->ahead->since > (ahead_turns(app) ? AHEAD_TURN_MS : AHEAD_SLOW_MS);
}

/** Is the key a byte, or does it store some? */
static bool ahead_byte(const struct app *app, uint32_t stroke)
{
    const struct report *report = armed_report(app);
    return report && (armed_takes(report, stroke) || armed_enter(stroke));
}

/** Is it not known yet what the key means, or which byte it is about? */
static bool ahead_waits(const struct app *app, uint32_t stroke)
{
    /* Keys are typed into a run whatever the screen shows of it yet. */
    if (app->typing->on)
        return armed_enter(stroke) && !app->typing->run.half && !ahead_shown(app);
    if (ahead_turns(app))
        return true;
    if (!armed_report(app))
        return false;
    if (ahead_byte(app, stroke))
        return ahead_storing(app) || !ahead_current(app);
    return app->ahead->storing != 0 && !ahead_slow(app);
}

/** The first of those kept that is a byte; their number: none is. */
static unsigned ahead_first(const struct app *app)
{
    unsigned first = 0;
    while (first < app->ahead->count && !ahead_byte(app, app->ahead->key[first]))
        first++;
    return first;
}

/** They waited too long: what is no byte is carried out, from the first byte on all is refused. */
static void ahead_lose(struct app *app)
{
    struct ahead *ahead = app->ahead;
    unsigned first = ahead_first(app);
    const char *why = "The file is slow: what was typed ahead is dropped, nothing of it is stored";
    if (app_journal_held(app))
        why = "The journal is held: what was typed ahead is dropped, nothing of it is stored";
    if (first < ahead->count)
        ahead_refuse(app, why);
    ahead->count = first;
    ahead->turning = 0;
}

bool ahead_holds(const struct app *app)
{
    const struct ahead *ahead = app->ahead;
    return (ahead->count > 0 || ahead->refusing) && !ahead->replaying;
}

void ahead_keep(struct app *app, uint32_t stroke)
{
    struct ahead *ahead = app->ahead;
    if (ahead->count == 0 && ahead->storing == 0)
        ahead->since = app_now();
    if (ahead->count < AHEAD_KEYS)
        ahead->key[ahead->count++] = stroke;
    else
        ahead_refuse(app, "More was typed ahead than is kept: the rest is dropped, nothing of it is stored");
}

/** For how long keys are still refused, in ms, if none is typed. */
static int64_t ahead_left(const struct app *app)
{
    const struct ahead *ahead = app->ahead;
    int64_t left = ahead->refused + AHEAD_PAUSE_MS - app_now();
    return ahead->refusing && left > 0 ? left : 0;
}

/** The pause is over: why keys were refused stays until the next one, that they are does not. */
static void ahead_pause(struct app *app)
{
    struct ahead *ahead = app->ahead;
    if (!ahead->refusing || ahead_left(app) > 0)
        return;
    ahead->refusing = false;
    app->terminal.dirty = true;
    if (ahead->why && app->remark.end.text[0] == '\0')
        app_say(app, ahead->why);
}

int ahead_patience(const struct app *app)
{
    return app->ahead->refusing ? (int)ahead_left(app) : -1;
}

/** Keys are refused: is this one? Not those that no text has. */
static bool ahead_refuses(struct app *app, uint32_t stroke)
{
    struct ahead *ahead = app->ahead;
    if (ahead_left(app) == 0 || !armed_report(app))
        ahead->refusing = false;
    if (!ahead->refusing || (stroke > STROKE_NONE && !app->typing->on))
        return false;
    ahead->refused = app_now();
    return true;
}

/** Esc first is for what is typed and refused, and for what was said of it. */
static enum mode_result ahead_escape(struct app *app)
{
    bool seen = app_end_seen(app, true);
    bool something = app->ahead->count > 0 || app->ahead->refusing || seen;
    ahead_forget(app);
    return something ? MODE_USED : MODE_PASS;
}

static enum mode_result ahead_key(struct app *app, uint32_t stroke, uint32_t next)
{
    const struct ahead *ahead = app->ahead;
    const bool refusing = ahead->refusing;
    (void)next;
    if (ahead->replaying || app->script.typing)
        return MODE_PASS;
    if (stroke == STROKE_ESCAPE || stroke == STROKE_CONTROL('C'))
        return ahead_escape(app);
    if (ahead->refusing && ahead_refuses(app, stroke))
        return MODE_USED;
    if (ahead->count == 0 && !ahead_waits(app, stroke))
        return refusing && !ahead->refusing ? MODE_AGAIN : MODE_PASS;
    if (ahead_slow(app) && ahead->count > 0 && !ahead_byte(app, stroke)) {
        ahead_lose(app);
        return MODE_AGAIN;
    }
    ahead_keep(app, stroke);
    return MODE_USED;
}

bool ahead_take(struct app *app, uint32_t *stroke)
{
    struct ahead *ahead = app->ahead;
    if (ahead->count == 0 || (!app->asking.prompt.open && ahead_waits(app, ahead->key[0])))
        return false;
    *stroke = ahead->key[0];
    ahead->count--;
    memmove(&ahead->key[0], &ahead->key[1], ahead->count * sizeof ahead->key[0]);
    return true;
}

bool ahead_overdue(struct app *app)
{
    bool other = false;
    for (unsigned i = 0; i < app->ahead->count; i++)
        other = other || !ahead_byte(app, app->ahead->key[i]);
    bool overdue = other && ahead_slow(app);
    if (overdue)
        ahead_lose(app);
    return overdue;
}

/** Bytes were not stored: whoever types behind them does not know that yet. */
static void ahead_failed(struct app *app)
{
    app->ahead->count = 0;
    ahead_refuse(app, NULL);
}

void ahead_look(struct app *app)
{
    struct ahead *ahead = app->ahead;
    const struct report *report = app->shown ? &app->shown->report : NULL;
    if (report && report->end_of_poke.number > ahead->background) {
        ahead->background = report->end_of_poke.number;
        app_end(app, report->end_of_poke.text, report->end_of_poke.how, false);
        if (report->end_of_poke.how != ENDING_FINE && armed_report(app))
            ahead_failed(app);
    }
    if (report && ahead->stored && report->ends >= ahead->ends)
        ahead->storing = 0;
    ahead_pause(app);
}

/** May a request with this verb decide what keys mean? */
static bool ahead_turning(const struct app *app, enum verb verb)
{
    const struct verb_row *row = verb_row(verb);
    return row->turns || (row->turns_bytes && armed_view(app));
}

static void ahead_sent(struct app *app, enum verb verb)
{
    if (ahead_turning(app, verb))
        app->ahead->turning = app->talk.sent;
}

static void ahead_reply(struct app *app, const struct reply *reply)
{
    struct ahead *ahead = app->ahead;
    if (reply->number == ahead->answered)
        ahead->answered = 0;
    if (ahead->storing == 0 || reply->number != ahead->storing)
        return;
    ahead->stored = reply->outcome == OUTCOME_SAID || reply->outcome == OUTCOME_DONE;
    ahead->ends = reply->value;
    if (!ahead->stored)
        ahead->storing = 0;
    if (reply->outcome != OUTCOME_FAILED)
        return;
    if (reply->ended == ENDING_NONE)
        app_end(app, reply->message, ENDING_REFUSED, true);
    ahead_failed(app);
}

/** What is said while keys are refused: how it ended, or why. */
static const char *ahead_label(const struct app *app)
{
    struct ahead *ahead = app->ahead;
    const char *ended = app->remark.end.text;
    if (!ahead->refusing)
        return NULL;
    snprintf(ahead->label, sizeof ahead->label, "%s  (keys are refused until Esc)",
             ended[0] != '\0' || !ahead->why ? ended : ahead->why);
    return ahead->label;
}

/** Is something asked for that stores bytes, and has not ended? */
static bool ahead_stays(const struct app *app)
{
    const struct ahead *ahead = app->ahead;
    bool asked = ahead->answered != 0 || (ahead->storing != 0 && !ahead->stored);
    return app->talk.link && (asked || link_storing(app->talk.link));
}

static void ahead_leave(struct app *app)
{
    const struct ahead *ahead = app->ahead;
    struct link *link = app->talk.link;
    struct reply reply;
    int64_t until = app_now() + AHEAD_LEAVE_MS;
    bool asked = ahead->answered != 0 || (ahead->storing != 0 && !ahead->stored);
    if (link)
        link_stop(link);
    while (link && (asked || link_storing(link)) && app_now() < until) {
        struct pollfd polled = {.fd = link_fd(link), .events = POLLIN};
        (void)poll(&polled, 1, 10);
        link_clear(link);
        while (link_collect(link, &reply)) {
            asked = asked && reply.number != ahead->answered && reply.number != ahead->storing;
            free(reply.payload);
        }
    }
}

const struct mode ahead_mode = {
    .name = "ahead",
    .key = ahead_key,
    .label = ahead_label,
    .sent = ahead_sent,
    .reply = ahead_reply,
    .stays = ahead_stays,
    .leave = ahead_leave,
};
