/* SPDX-License-Identifier: MIT */
/** ui: the mode in which a run of bytes is typed. UI thread. */
#include "folio/ui/mode/typing.h"

#include "folio/base/text/utf8.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"
#include "folio/ui/mode/ahead.h"
#include "folio/ui/mode/armed.h"
#include "folio/ui/mode/run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** More than so much pasted text cannot become a run. */
#define TYPING_PASTE_MAX ((size_t)4 * RUN_MAX)

/** Let the session show the run as it is now; while it has not replied to the last time, later. */
static void typing_tell(struct app *app)
{
    struct typing *typing = app->typing;
    typing->stale = true;
    if (typing->told != 0)
        return;
    struct run *run = malloc(sizeof *run);
    if (!run) {
        app_say(app, "Out of memory");
        return;
    }
    memcpy(run, &typing->run, offsetof(struct run, byte) + typing->run.count);
    struct request request = {.verb = REQUEST_RUN, .payload = (char *)run};
    uint64_t before = app->talk.sent;
    app_request_whole(app, &request);
    if (app->talk.sent != before) {
        typing->told = app->talk.sent;
        typing->stale = false;
    }
}

static void typing_reply(struct app *app, const struct reply *reply)
{
    struct typing *typing = app->typing;
    if (reply->number != typing->told)
        return;
    typing->told = 0;
    if (typing->stale)
        typing_tell(app);
}

enum mode_result typing_begin(struct app *app, const struct report *report)
{
    struct typing *typing = app->typing;
    run_begin(&typing->run, report->cursor, report->characters);
    typing->told = 0;
    typing->on = true;
    typing->stale = typing->wrong = typing->asking = typing->quoting = false;
    mode_push(app, &typing_mode);
    return MODE_AGAIN;
}

/** Keys are for no run any more. */
static void typing_leave(struct app *app)
{
    app->typing->on = false;
    mode_pop(app, &typing_mode);
}

/** There is no run any more. */
static void typing_drop(struct app *app)
{
    typing_leave(app);
    app_request(app, REQUEST_RUN, 0, NULL, NULL);
    app_say(app, "Nothing was changed");
}

/** Say something of the key, until the next one. */
static void typing_say(struct app *app, const char *text)
{
    struct typing *typing = app->typing;
    snprintf(typing->label, sizeof typing->label, "%s", text);
    app_bell(app);
}

/** Why what is pasted cannot become a run; NULL: it can. */
static const char *typing_closed(const struct app *app)
{
    const struct typing *typing = app->typing;
    const struct report *report = armed_report(app);
    if (!ahead_clear(app))
        return "What was pasted is dropped: what was typed before is still being stored or shown";
    if (typing->on ? typing->wrong || typing->asking : !report || report->byte < 0)
        return "What was pasted is dropped: no bytes can be typed here";
    return NULL;
}

/** All of it is there: into the run, or into none. */
static void typing_take(struct app *app)
{
    struct typing *typing = app->typing;
    const struct buf *pasted = &typing->pasted;
    const char *closed = typing_closed(app);
    if (closed) {
        app_say(app, closed);
        return;
    }
    if (!typing->on)
        (void)typing_begin(app, armed_report(app));
    typing->label[0] = '\0';
    if (!pasted->failed &&
        run_paste(&typing->run, buf_string(pasted), pasted->length, app->shown->report.size)) {
        typing_tell(app);
        return;
    }
    app_say(app, typing->run.characters
                     ? "What was pasted is dropped: it does not fit the file"
                     : "What was pasted is dropped: it is no row of bytes in hexadecimal, or does not "
                       "fit the file");
    app_bell(app);
    if (typing->run.count == 0)
        typing_leave(app);
}

bool typing_pasted(struct app *app, uint32_t stroke)
{
    struct typing *typing = app->typing;
    char bytes[UTF8_LENGTH_MAX + 1];
    if (stroke == STROKE_PASTE_BEGIN)
        buf_clear(&typing->pasted);
    if (stroke != STROKE_PASTE_BEGIN && !typing->pasting)
        return false;
    typing->pasting = stroke != STROKE_PASTE_END;
    if (stroke == STROKE_PASTE_END)
        typing_take(app);
    else if (stroke < STROKE_NONE && typing->pasted.length <= TYPING_PASTE_MAX)
        /* The terminal sends the key Enter for the end of a line. */
        buf_append(&typing->pasted, bytes, utf8_encode(stroke == '\r' ? '\n' : stroke, bytes));
    return true;
}

/** A key that is no byte: what was typed may have been meant for something else. */
static void typing_refuse(struct app *app, uint32_t stroke)
{
    struct typing *typing = app->typing;
    struct binding key = {.stroke = {stroke}, .length = 1};
    char name[64], text[sizeof typing->label];
    keymap_spell(&key, name, sizeof name);
    bool wide = armed_character(stroke) && stroke >= 0x7f;
    snprintf(text, sizeof text, "%s is %s: Esc clears what is typed, nothing is stored", name,
             wide ? "more than one byte" : "no byte");
    typing->wrong = true;
    typing_say(app, text);
}

/** A colon: the command line is not for bytes, and must not swallow them either. */
static void typing_ask(struct app *app)
{
    struct typing *typing = app->typing;
    char text[sizeof typing->label];
    typing->asking = true;
    snprintf(text, sizeof text, "%zu byte%s typed and not stored: another : drops %s, Esc goes back",
             typing->run.count, typing->run.count == 1 ? " is" : "s are",
             typing->run.count == 1 ? "it" : "them");
    typing_say(app, text);
}

/** A colon opens the command line, and where that would lose something it is asked about first. */
static enum mode_result typing_colon(struct app *app)
{
    if (app->typing->run.count > 0) {
        typing_ask(app);
        return MODE_USED;
    }
    typing_drop(app);
    return MODE_AGAIN;
}

/** The answer: the colon that was asked for, back to the run, or no answer. */
static enum mode_result typing_answer(struct app *app, uint32_t stroke)
{
    struct typing *typing = app->typing;
    if (stroke == ':') {
        typing_drop(app);
        return MODE_AGAIN;
    }
    typing->asking = stroke != STROKE_ESCAPE && stroke != STROKE_CONTROL('C');
    if (typing->asking)
        typing_ask(app);
    else if (typing->wrong)
        typing_say(app, "Esc clears what is typed, nothing is stored");
    return MODE_USED;
}

/** Enter. It is for the run that the screen shows, so it is kept until it does. */
static void typing_store(struct app *app)
{
    struct typing *typing = app->typing;
    uint64_t before = app->talk.sent;
    if (typing->run.count == 0) {
        typing_drop(app);
        return;
    }
    if (typing->run.half) {
        typing_say(app, "One digit is no byte: type the second one, or Backspace; nothing is stored");
        return;
    }
    if (!ahead_shown(app)) {
        /* Once more, where there was no memory for it, or no room in the queue. */
        if (typing->stale)
            typing_tell(app);
        ahead_keep(app, '\r');
        return;
    }
    app_request(app, REQUEST_RUN_STORE, (int64_t)typing->run.edition, NULL, NULL);
    if (app->talk.sent == before)
        return;
    ahead_store(app);
    typing_leave(app);
}

/** What the run becomes by a key; or what is to be said of it. */
static bool typing_put(struct app *app, uint32_t stroke)
{
    struct typing *typing = app->typing;
    struct run *run = &typing->run;
    uint64_t end = app->shown->report.size;
    bool digit = !run->characters;
    typing->quoting = false;
    if (digit ? run_digit(run, armed_value(stroke), end) : run_type(run, (uint8_t)stroke, end))
        return true;
    typing_say(app, run->half            ? "One digit is no byte: type the second one, or Backspace"
                    : run->at >= RUN_MAX ? "No more bytes can be changed at once"
                                         : "The file ends here: its bytes can be changed, none be added");
    return false;
}

/** How far a key goes in the run; 0: it does not. */
static int64_t typing_way(const struct app *app, uint32_t stroke)
{
    int64_t row = app->shown->report.stride ? app->shown->report.stride : 1;
    return stroke == STROKE_LEFT    ? -1
           : stroke == STROKE_RIGHT ? 1
           : stroke == STROKE_UP    ? -row
           : stroke == STROKE_DOWN  ? row
           : stroke == STROKE_HOME  ? -(int64_t)RUN_MAX
           : stroke == STROKE_END   ? (int64_t)RUN_MAX
                                    : 0;
}

/** A key that moves in the run, takes back, or turns to the other column. False: it is none. */
static bool typing_edit(struct app *app, uint32_t stroke)
{
    struct run *run = &app->typing->run;
    int64_t way = typing_way(app, stroke);
    bool done;
    if (way != 0)
        done = run_move(run, way);
    else if (stroke == 0x7f || stroke == '\b')
        done = run_erase(run);
    else if (stroke == '\t')
        done = run_turn(run);
    else
        return false;
    if (!done && run->half)
        typing_say(app, "One digit is no byte: type the second one, or Backspace");
    else if (!done)
        app_bell(app);
    if (run->count == 0)
        typing_drop(app);
    else if (done)
        typing_tell(app);
    return true;
}

/** Is the key a byte, or a digit of one, of this run? */
static bool typing_takes(const struct typing *typing, uint32_t stroke)
{
    if (typing->quoting)
        return stroke < 0x80;
    return typing->run.characters ? armed_character(stroke) && stroke < 0x7f : armed_digit(stroke);
}

/** Keys that say what is to become of the run. False: it is none. */
static bool typing_command(struct app *app, uint32_t stroke)
{
    struct typing *typing = app->typing;
    if (stroke == STROKE_ESCAPE || stroke == STROKE_CONTROL('C')) {
        ahead_forget(app);
        typing_drop(app);
    } else if (typing->wrong) {
        app_bell(app);
    } else if (armed_enter(stroke)) {
        typing_store(app);
    } else if (stroke == ARMED_QUOTE && typing->run.characters) {
        typing->quoting = true;
        snprintf(typing->label, sizeof typing->label, "The next key is a byte, whatever it is");
    } else {
        return false;
    }
    return true;
}

/** Keys that are none of the screen's contents pass, as in every prompt. */
static bool typing_idle(uint32_t stroke)
{
    return stroke == STROKE_CONTROL('L') || stroke == STROKE_CONTROL('Z') || stroke == STROKE_WHEEL_UP ||
           stroke == STROKE_WHEEL_DOWN;
}

static enum mode_result typing_key(struct app *app, uint32_t stroke, uint32_t next)
{
    struct typing *typing = app->typing;
    (void)next;
    if (ahead_holds(app) && stroke != STROKE_ESCAPE && stroke != STROKE_CONTROL('C'))
        return MODE_PASS;
    if (typing->asking)
        return typing_answer(app, stroke);
    if (typing->quoting && typing_takes(typing, stroke)) {
        if (typing_put(app, stroke))
            typing_tell(app);
        return MODE_USED;
    }
    if (typing_idle(stroke))
        return MODE_PASS;
    typing->quoting = false;
    if (stroke == ':')
        return typing_colon(app);
    if (typing_command(app, stroke) || typing_edit(app, stroke))
        return MODE_USED;
    if (!typing_takes(typing, stroke))
        typing_refuse(app, stroke);
    else if (typing_put(app, stroke))
        typing_tell(app);
    return MODE_USED;
}

/** What was said of the key before is over, unless it lasts. */
static enum mode_result typing_keys(struct app *app, uint32_t stroke, uint32_t next)
{
    struct typing *typing = app->typing;
    if (typing_pasted(app, stroke))
        return MODE_USED;
    if (!typing->wrong)
        typing->label[0] = '\0';
    return typing_key(app, stroke, next);
}

static bool typing_pastes(const struct app *app)
{
    (void)app;
    return true;
}

static const char *typing_label(const struct app *app)
{
    const struct typing *typing = app->typing;
    const char *told = app->shown ? app->shown->report.run.text : "";
    return typing->label[0] != '\0' ? typing->label : told[0] != '\0' ? told : NULL;
}

const struct mode typing_mode = {.name = "typing",
                                 .key = typing_keys,
                                 .pastes = typing_pastes,
                                 .label = typing_label,
                                 .reply = typing_reply};
