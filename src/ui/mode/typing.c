/* SPDX-License-Identifier: MIT */
/** ui: the mode in which a run of bytes is typed. UI thread. */
#include "folio/ui/mode/typing.h"

#include "folio/base/text/encoding.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"
#include "folio/ui/mode/ahead.h"
#include "folio/ui/mode/armed.h"
#include "folio/ui/mode/run.h"
#include "folio/ui/mode/spell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** More pasted text becomes no run, whatever blanks there are in it. */
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

/** Begin a run at `offset`; bytes are selected up to `limit`. */
static void typing_open(struct app *app, uint64_t offset, bool characters, uint64_t limit)
{
    struct typing *typing = app->typing;
    run_begin(&typing->run, offset, characters);
    typing->limit = limit;
    typing->told = 0;
    typing->on = true;
    typing->stale = typing->wrong = typing->asking = typing->quoting = false;
    typing->label[0] = '\0';
    mode_push(app, &typing_mode);
}

enum mode_result typing_begin(struct app *app, const struct report *report)
{
    bool selected = report->selected_end > report->selected;
    typing_open(app, selected ? report->selected : report->cursor, report->characters,
                selected ? report->selected_end : UINT64_MAX);
    return MODE_AGAIN;
}

void typing_given(struct app *app, const struct reply *reply)
{
    const struct run *given = (const struct run *)(const void *)reply->payload;
    typing_open(app, given->offset, given->characters, reply->value);
    (void)run_unit(&app->typing->run, (const char *)given->byte, given->count, UINT64_MAX);
    typing_tell(app);
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

/** Does what is pasted go on behind the bytes that were selected when the run began? */
static bool typing_longer(const struct typing *typing, const struct buf *spelled)
{
    const struct run *run = &typing->run;
    size_t bytes = run_bytes(run, buf_string(spelled), spelled->length);
    return typing->limit != UINT64_MAX && run->offset + run->at + bytes > typing->limit;
}

/** Paste into the run. NULL: it is there; otherwise why it is not. */
static const char *typing_take(struct app *app, const struct buf *text)
{
    struct typing *typing = app->typing;
    struct buf spelled = {0};
    const char *why = NULL;
    if (text->length > TYPING_PASTE_MAX)
        why = "What was pasted is dropped: it is too long";
    else if (spell_inside(app))
        why = "What was pasted is dropped: no character begins at this byte";
    else if (!spell_text(app, text, &spelled))
        why = "What was pasted is dropped: it has characters that the encoding shown does not have";
    else if (typing_longer(typing, &spelled))
        why = "What was pasted is dropped: it is longer than what is selected";
    else if (spelled.failed ||
             !run_paste(&typing->run, buf_string(&spelled), spelled.length, app->shown->report.size))
        why = typing->run.characters ? "What was pasted is dropped: it does not fit the file"
                                     : "What was pasted is dropped: it is no row of bytes in hexadecimal, or "
                                       "does not fit the file";
    buf_release(&spelled);
    return why;
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

bool typing_paste(struct app *app, const struct buf *text)
{
    struct typing *typing = app->typing;
    const char *why = typing_closed(app);
    if (why) {
        app_say(app, why);
        return true;
    }
    if (!typing->on)
        (void)typing_begin(app, armed_report(app));
    typing->label[0] = '\0';
    typing->quoting = false;
    why = typing_take(app, text);
    if (!why) {
        typing_tell(app);
    } else if (typing->run.count == 0) {
        typing_leave(app);
        app_say(app, why);
        app_bell(app);
    } else {
        typing_say(app, why);
    }
    return true;
}

/** A key that is no byte: what was typed may have been meant for something else. */
static void typing_refuse(struct app *app, uint32_t stroke)
{
    struct typing *typing = app->typing;
    struct binding key = {.stroke = {stroke}, .length = 1};
    char name[64], text[sizeof typing->label];
    keymap_spell(&key, name, sizeof name);
    char why[64];
    spell_refusal(app, stroke, why, sizeof why);
    snprintf(text, sizeof text, "%s is %s: Esc clears what is typed, nothing is stored", name, why);
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

/** Put what the key is into the run. False: it does not fit. */
static bool typing_add(struct app *app, uint32_t stroke)
{
    struct run *run = &app->typing->run;
    uint64_t end = app->shown->report.size;
    char unit[ENCODING_LENGTH_MAX];
    if (!run->characters)
        return run_digit(run, armed_value(stroke), end);
    return run_unit(run, unit, spell_key(app, stroke, unit), end);
}

/** What the run becomes by a key; or what is to be said of it. */
static bool typing_put(struct app *app, uint32_t stroke)
{
    struct typing *typing = app->typing;
    const struct run *run = &typing->run;
    if (!typing->quoting && spell_inside(app)) {
        typing_say(app, "No character begins at this byte: Left, or Tab for the digits");
        return false;
    }
    bool added = typing_add(app, stroke);
    typing->quoting = false;
    if (added)
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
    int64_t one = spell_unit(app);
    return stroke == STROKE_LEFT    ? -one
           : stroke == STROKE_RIGHT ? one
           : stroke == STROKE_UP    ? -row
           : stroke == STROKE_DOWN  ? row
           : stroke == STROKE_HOME  ? -(int64_t)RUN_MAX
           : stroke == STROKE_END   ? (int64_t)RUN_MAX
                                    : 0;
}

/** Take back a digit, a byte, or the bytes of a character. */
static bool typing_erase(const struct app *app)
{
    unsigned bytes = spell_last(app);
    bool done = run_erase(&app->typing->run);
    for (unsigned i = 1; done && i < bytes; i++)
        (void)run_erase(&app->typing->run);
    return done;
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
        done = typing_erase(app);
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

/** Is the key a character, a byte, or a digit of one, of this run? */
static bool typing_takes(const struct app *app, uint32_t stroke)
{
    char unit[ENCODING_LENGTH_MAX];
    if (app->typing->quoting || app->typing->run.characters)
        return spell_key(app, stroke, unit) > 0;
    return armed_digit(stroke);
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
    if (typing->quoting && typing_takes(app, stroke)) {
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
    if (!typing_takes(app, stroke))
        typing_refuse(app, stroke);
    else if (typing_put(app, stroke))
        typing_tell(app);
    return MODE_USED;
}

/** What was said of the key before is over, unless it lasts. */
static enum mode_result typing_keys(struct app *app, uint32_t stroke, uint32_t next)
{
    struct typing *typing = app->typing;
    if (!typing->wrong)
        typing->label[0] = '\0';
    return typing_key(app, stroke, next);
}

static const char *typing_label(const struct app *app)
{
    const struct typing *typing = app->typing;
    const char *told = app->shown ? app->shown->report.run.text : "";
    return typing->label[0] != '\0' ? typing->label : told[0] != '\0' ? told : NULL;
}

const struct mode typing_mode = {.name = "typing",
                                 .key = typing_keys,
                                 .paste = typing_paste,
                                 .label = typing_label,
                                 .reply = typing_reply};
