/* SPDX-License-Identifier: MIT */
/**
 * ui: requests on their way to the session. UI thread.
 *
 * A key that repeats faster than frames come (a held arrow over a slow line) must not fill the session's queue with
 * scrolls that the person no longer wants to watch: while a few requests wait, further ones of the same
 * scroll are held here as one whose count grows, and go out with the next reply.
 */
#include "folio/ui/app/send.h"

#include "folio/io/thread/clock.h"
#include "folio/session/core/verb.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/say.h"

#include <stdio.h>
#include <stdlib.h>

/** So many requests may wait before scrolls are held. */
#define SEND_AHEAD 2
/** Without a reply for so long, something runs. */
#define SEND_SLOW_MS 100

int64_t app_now(void)
{
    return clock_ms();
}

unsigned app_body(const struct app *app)
{
    return app->terminal.rows > 1 ? app->terminal.rows - 1 : 1;
}

static void send_now(struct app *app, struct request *request)
{
    struct talk *talk = &app->talk;
    if (!link_send(talk->link, request)) {
        free(request->payload);
        app_say(app, "Too much at once: the last key is lost");
        return;
    }
    talk->sent = request->number;
    mode_sent(app, request->verb);
    if (talk->waiting++ == 0)
        talk->moved_ms = app_now();
}

/** Send what is held back, however many requests wait. */
static void send_held(struct app *app)
{
    if (app->talk.holding) {
        app->talk.holding = false;
        send_now(app, &app->talk.held);
    }
}

/** Hold a scroll back, or add it to the one held back. False: it is to be sent. */
static bool send_hold(struct app *app, const struct request *request)
{
    struct talk *talk = &app->talk;
    struct request *held = &talk->held;
    int64_t count = request->counted ? request->count : 1;
    if (!verb_row(request->verb)->adds || talk->waiting < SEND_AHEAD)
        return false;
    if (talk->holding && held->verb == request->verb && held->amount == request->amount) {
        if (__builtin_add_overflow(held->count, count, &held->count))
            held->count = INT64_MAX;
        return true;
    }
    send_held(app);
    *held = *request;
    held->counted = true;
    held->count = count;
    talk->holding = true;
    return true;
}

void app_request(struct app *app, enum verb verb, int64_t amount, const struct invocation *invocation,
                 const char *text)
{
    struct request request = {.verb = verb, .amount = amount};
    if (invocation && invocation->counted) {
        request.counted = true;
        request.count = invocation->count;
    }
    if (text)
        snprintf(request.text, sizeof request.text, "%s", text);
    if (!send_hold(app, &request))
        app_request_whole(app, &request);
}

void app_request_whole(struct app *app, struct request *request)
{
    send_held(app);
    send_now(app, request);
}

void app_request_size(struct app *app)
{
    app_request(app, REQUEST_RESIZE, (int64_t)app_body(app) << 16 | app->terminal.columns, NULL, NULL);
}

void app_release(struct app *app)
{
    if (app->talk.waiting < SEND_AHEAD)
        send_held(app);
}

void app_tire(struct app *app)
{
    struct talk *talk = &app->talk;
    if (talk->waiting > 0 && !talk->slow && app_now() - talk->moved_ms >= SEND_SLOW_MS)
        talk->slow = app->terminal.dirty = true;
}

/** Does something go on beside all else that can be stopped? */
static bool app_goes_on(const struct app *app)
{
    const struct report *report = app->shown ? &app->shown->report : NULL;
    if (report && report->following != FOLLOWING_NOT)
        return true;
    for (unsigned i = 0; report && i < report->tally_count; i++)
        if (report->tally[i].stops && report->tally[i].permille < 1000)
            return true;
    return false;
}

bool app_busy(const struct app *app)
{
    const struct talk *talk = &app->talk;
    enum busy busy = app->shown ? app->shown->report.busy : BUSY_READING;
    return busy != BUSY_NOTHING || talk->slow || app_goes_on(app) ||
           (talk->waiting > 0 && app_now() - talk->moved_ms > SEND_SLOW_MS);
}

void app_stop(struct app *app)
{
    app->talk.holding = false;
    app_request(app, REQUEST_STOP, 0, NULL, NULL);
    link_interrupt(app->talk.link);
}
