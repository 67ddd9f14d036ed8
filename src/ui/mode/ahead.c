/* SPDX-License-Identifier: MIT */
/** ui: the mode that keeps keys while it is not known what they mean. UI thread. */
#include "folio/ui/mode/ahead.h"

#include "folio/session/core/verb.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"
#include "folio/ui/mode/armed.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

/** How long leaving waits for a byte that is being stored. */
#define AHEAD_LEAVE_MS 1000
/** So long keys that are no bytes are kept behind those that are, and behind what decides which are bytes. */
#define AHEAD_SLOW_MS 150
#define AHEAD_TURN_MS 1000

void ahead_forget(struct app *app)
{
    app->ahead->storing = 0;
    app->ahead->stored = false;
    app->ahead->count = 0;
}

void ahead_store(struct app *app, uint64_t offset, int before)
{
    struct ahead *ahead = app->ahead;
    ahead->offset = offset;
    ahead->before = before;
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

/** Is it not known yet what the key means, or which byte it is about? */
static bool ahead_waits(const struct app *app, uint32_t stroke)
{
    const struct report *report = armed_report(app);
    if (ahead_turns(app))
        return true;
    return report && (app->ahead->storing != 0 || (armed_takes(report, stroke) && !ahead_current(app)));
}

/** Have keys been kept for so long that a person waits for what they do? */
static bool ahead_slow(const struct app *app)
{
    return app_now() - app->ahead->since > (ahead_turns(app) ? AHEAD_TURN_MS : AHEAD_SLOW_MS);
}

/** Is the key a byte in the view that is shown? */
static bool ahead_byte(const struct app *app, uint32_t stroke)
{
    const struct report *report = armed_report(app);
    return report && armed_takes(report, stroke);
}

/** Forget the bytes among what was kept, and what all of it waited for. */
static void ahead_lose(struct app *app)
{
    struct ahead *ahead = app->ahead;
    unsigned kept = 0;
    for (unsigned i = 0; i < ahead->count; i++)
        if (!ahead_byte(app, ahead->key[i]))
            ahead->key[kept++] = ahead->key[i];
    ahead->lost = ahead->lost || kept < ahead->count;
    ahead_forget(app);
    ahead->turning = 0;
    ahead->count = kept;
}

static void ahead_keep(struct app *app, uint32_t stroke)
{
    struct ahead *ahead = app->ahead;
    if (ahead->count == 0 && ahead->storing == 0)
        ahead->since = app_now();
    if (ahead->count < AHEAD_KEYS)
        ahead->key[ahead->count++] = stroke;
    else
        app_bell(app);
}

static enum mode_result ahead_key(struct app *app, uint32_t stroke, uint32_t next)
{
    const struct ahead *ahead = app->ahead;
    (void)next;
    if (ahead->replaying || app->script.typing)
        return MODE_PASS;
    if (stroke == STROKE_ESCAPE || stroke == STROKE_CONTROL('C')) {
        ahead_forget(app);
        return MODE_PASS;
    }
    if (ahead->count == 0 && !ahead_waits(app, stroke))
        return MODE_PASS;
    if (ahead_slow(app) && (ahead->count > 0 || ahead->storing != 0) && !ahead_byte(app, stroke)) {
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

void ahead_tell(struct app *app)
{
    if (app->ahead->lost)
        app_say(app, "What was typed ahead is forgotten: the file is slow");
    app->ahead->lost = false;
}

void ahead_look(struct app *app)
{
    struct ahead *ahead = app->ahead;
    const struct report *report = armed_view(app);
    if (ahead->storing == 0 || !ahead->stored || !report || report->cursor != ahead->next)
        return;
    /* At the end of the file the cursor stays where it is: then the byte must have changed. */
    if (ahead->next != ahead->offset || report->byte != ahead->before) {
        ahead->storing = 0;
        ahead->stored = false;
    }
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
    if (reply->outcome == OUTCOME_SAID || reply->outcome == OUTCOME_DONE) {
        ahead->stored = true;
        ahead->next = reply->value;
    } else {
        ahead_forget(app);
    }
}

static void ahead_leave(struct app *app)
{
    const struct ahead *ahead = app->ahead;
    struct link *link = app->talk.link;
    struct reply reply;
    int64_t until = app_now() + AHEAD_LEAVE_MS;
    bool asked = ahead->answered != 0 || (ahead->storing != 0 && !ahead->stored);
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
    .sent = ahead_sent,
    .reply = ahead_reply,
    .leave = ahead_leave,
};
