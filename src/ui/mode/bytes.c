/* SPDX-License-Identifier: MIT */
/**
 * ui: keys that are bytes, and questions about changing them. Main thread.
 *
 * While pokes are armed, or edits go to a sandbox, what is typed in the hex view opens a prompt in the last row that says
 * what is there; Enter carries it out, and the cursor goes on. Such a key must be about the byte that the person means.
 * So it is kept until the screen shows what all keys before it did, and the keys behind it with it, in their order. Where
 * that takes long (a slow disk), other keys are not held up any more: then what was kept is forgotten, for nobody knows
 * what it was about.
 */
#include "folio/ui/mode/bytes.h"

#include "folio/io/thread/mailbox.h"
#include "folio/io/thread/wake.h"
#include "folio/model/poke/words.h"
#include "folio/ui/app/talk.h"
#include "folio/ui/mode/action.h"
#include "folio/ui/mode/typing.h"

#include <ctype.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** How long leaving waits for a byte that is being stored. */
#define BYTES_LEAVE_MS 1000
/** So long keys that are no bytes are kept behind those that are, and behind what decides which are bytes. */
#define BYTES_SLOW_MS 150
#define BYTES_TURN_MS 1000
/** How a question is answered, at length and where there is less room. */
static const char *const bytes_answers[] = {"  Enter does it, any other key leaves it", "  Enter does it",
                                            "  Enter?"};

void action_save(struct app *app, const struct invocation *invocation)
{
    if (!action_forbidden(app))
        app_request(app, REQUEST_SAVE, WRITE_ASK, NULL, invocation->text);
}

static bool bytes_enter(uint32_t stroke)
{
    return stroke == '\r' || stroke == '\n';
}

static bool bytes_hex(uint32_t stroke)
{
    return stroke < 0x80 && isxdigit((int)stroke);
}

/** A character that takes a cell of its own: no control, none of the keys without one. */
static bool bytes_character(uint32_t stroke)
{
    return stroke >= ' ' && stroke != 0x7f && stroke < STROKE_NONE;
}

/** What the hex view shows, where keys may be bytes; NULL: something else is shown. */
static const struct report *bytes_view(const struct app *app)
{
    const struct report *report = app->shown ? &app->shown->report : NULL;
    return report && !app->help && strcmp(report->view, "hex") == 0 ? report : NULL;
}

/** The same, where they are bytes. */
static const struct report *bytes_armed(const struct app *app)
{
    const struct report *report = bytes_view(app);
    return report && (report->armed || report->sandboxed) ? report : NULL;
}

/** Is the key a byte, or Enter, which asks for one? */
static bool bytes_is(const struct report *report, uint32_t stroke)
{
    return bytes_enter(stroke) || (report->characters ? bytes_character(stroke) : bytes_hex(stroke));
}

/** Forget what was typed ahead. */
static void bytes_forget(struct app *app)
{
    app->bytes.storing = 0;
    app->bytes.stored = false;
    app->bytes.ahead_count = 0;
}

/** What the prompt says around what is typed, so that a whole byte reads "5a 'Z'" in either column. */
static void bytes_label(struct app *app)
{
    struct prompt *prompt = &app->prompt;
    const char *text = buf_string(&prompt->text);
    struct buf label = {0};
    buf_format(&label, "0x%08" PRIx64 ": ", app->bytes.offset);
    poke_words_byte((uint8_t)app->bytes.before, &label);
    buf_text(&label, " -> ");
    prompt->tail[0] = '\0';
    if (app->bytes.characters && prompt->text.length == 1) {
        buf_format(&label, "%02x '", (unsigned)(unsigned char)text[0]);
        snprintf(prompt->tail, sizeof prompt->tail, "'");
    } else if (!app->bytes.characters && prompt->text.length == 2) {
        struct buf byte = {0};
        poke_words_byte((uint8_t)strtoul(text, NULL, 16), &byte);
        snprintf(prompt->tail, sizeof prompt->tail, "%s", buf_string(&byte) + 2);
        buf_release(&byte);
    }
    snprintf(prompt->label, sizeof prompt->label, "%s", buf_string(&label));
    buf_release(&label);
}

/** Open the prompt for the byte under the cursor. */
static void bytes_open(struct app *app, const struct report *report)
{
    if (report->byte < 0 || report->byte > UINT8_MAX) {
        app_say(app, "There is no byte here that can be read");
        return;
    }
    app->bytes.offset = report->cursor;
    app->bytes.before = report->byte;
    app->bytes.characters = report->characters;
    prompt_open(&app->prompt, PROMPT_BYTE, "");
    bytes_label(app);
}

/** A key of a byte in the prompt: two digits, or one character. */
static void bytes_insert(struct app *app, uint32_t stroke)
{
    struct prompt *prompt = &app->prompt;
    const char digit[] = {(char)stroke, '\0'};
    if (app->bytes.characters && stroke >= 0x7f) {
        prompt->open = false;
        app_say(app, "That character is more than one byte; the digits can be typed");
    } else if (app->bytes.characters) {
        prompt_replace(prompt, prompt->cursor, digit);
    } else if (bytes_hex(stroke) && prompt->text.length < 2) {
        prompt_replace(prompt, prompt->cursor, digit);
    } else if (app->screen && !app->options.quiet) {
        screen_bell(app->screen);
    }
}

/** Enter in the prompt. */
static void bytes_entered(struct app *app)
{
    const char *text = buf_string(&app->prompt.text);
    struct invocation before = {.counted = true, .count = app->bytes.before};
    char poke[64];
    size_t wanted = app->bytes.characters ? 1 : 2;
    /* Of several characters none is poked: who typed them may have meant a command. */
    if (strlen(text) != wanted) {
        app_say(app, text[0] == '\0'         ? "Nothing was changed"
                     : app->bytes.characters ? "That is more than one character: nothing was changed"
                                             : "One digit is no byte: nothing was changed");
        return;
    }
    if (app->bytes.characters) {
        snprintf(poke, sizeof poke, "0x%" PRIx64 "=%02x", app->bytes.offset,
                 (unsigned)(unsigned char)text[0]);
    } else {
        snprintf(poke, sizeof poke, "0x%" PRIx64 "=%s", app->bytes.offset, text);
    }
    app_request(app, REQUEST_POKE, POKE_ASKED, &before, poke);
    app->bytes.storing = app->sent;
    app->bytes.stored = false;
    app->bytes.since = app_now();
}

void bytes_typed(struct app *app, uint32_t stroke)
{
    static const uint32_t idle[] = {'\t', STROKE_UP, STROKE_DOWN, STROKE_CONTROL('P'), STROKE_CONTROL('N')};
    struct prompt *prompt = &app->prompt;
    for (size_t i = 0; i < sizeof idle / sizeof idle[0]; i++)
        if (stroke == idle[i])
            return;
    if (bytes_enter(stroke)) {
        prompt->open = false;
        bytes_entered(app);
        return;
    }
    /* What follows is meant for the command line, where it may look like digits. */
    if (stroke == ':' && !app->bytes.characters) {
        prompt->open = false;
        app_key(app, stroke, STROKE_NONE);
        return;
    }
    if (bytes_character(stroke))
        bytes_insert(app, stroke);
    else if (prompt_feed(prompt, stroke) == PROMPT_CANCELLED)
        app_say(app, "Nothing was changed");
    bytes_label(app);
}

/** Is the byte behind the one that was stored on the screen now? At the end of the file there is none. */
static bool bytes_on(const struct app *app)
{
    const struct report *report = bytes_view(app);
    const struct bytes *bytes = &app->bytes;
    return bytes->stored && report && report->cursor == bytes->next &&
           (bytes->next != bytes->offset || report->byte != bytes->before);
}

/** Does the screen show all that keys did before? */
static bool bytes_current(const struct app *app)
{
    return app->shown && !app->holding && app->shown->request >= app->sent && !app->shown->pending;
}

/** Is it not known yet what the key means, or which byte it is about? */
static bool bytes_wait(const struct app *app, uint32_t stroke)
{
    const struct bytes *bytes = &app->bytes;
    const struct report *report = bytes_armed(app);
    if (app->shown && bytes->turning > app->shown->request)
        return true;
    return report && (bytes->storing != 0 || (bytes_is(report, stroke) && !bytes_current(app)));
}

/** Have keys been kept for so long that a person waits for what they do? */
static bool bytes_slow(const struct app *app)
{
    bool turning = app->shown && app->bytes.turning > app->shown->request;
    return app_now() - app->bytes.since > (turning ? BYTES_TURN_MS : BYTES_SLOW_MS);
}

/** Carry out keys that were kept, as far as it is known what they are about. */
static void bytes_replay(struct app *app)
{
    struct bytes *bytes = &app->bytes;
    while (bytes->ahead_count > 0 && (app->prompt.open || !bytes_wait(app, bytes->ahead[0]))) {
        uint32_t stroke = bytes->ahead[0];
        bytes->ahead_count--;
        memmove(&bytes->ahead[0], &bytes->ahead[1], bytes->ahead_count * sizeof bytes->ahead[0]);
        bytes->replaying = true;
        app_key(app, stroke, STROKE_NONE);
        bytes->replaying = false;
    }
}

/** Only keys that are no bytes are carried out of what was kept: nobody knows any more what the others were about. */
static void bytes_lose(struct app *app)
{
    struct bytes *bytes = &app->bytes;
    const struct report *report = bytes_armed(app);
    unsigned kept = 0;
    for (unsigned i = 0; i < bytes->ahead_count; i++)
        if (!report || !bytes_is(report, bytes->ahead[i]))
            bytes->ahead[kept++] = bytes->ahead[i];
    bool lost = kept < bytes->ahead_count;
    bytes_forget(app);
    bytes->turning = 0;
    bytes->ahead_count = kept;
    bytes_replay(app);
    if (lost)
        app_say(app, "What was typed ahead is forgotten: the file is slow");
}

bool bytes_keep(struct app *app, uint32_t stroke)
{
    struct bytes *bytes = &app->bytes;
    if (bytes->replaying || app->scripted)
        return false;
    if (stroke == STROKE_ESCAPE || stroke == STROKE_CONTROL('C')) {
        bytes_forget(app);
        return false;
    }
    if (bytes->ahead_count == 0 && !bytes_wait(app, stroke))
        return false;
    const struct report *report = bytes_armed(app);
    if (bytes_slow(app) && (bytes->ahead_count > 0 || bytes->storing != 0) &&
        (!report || !bytes_is(report, stroke))) {
        bytes_lose(app);
        return false;
    }
    bytes->since = bytes->ahead_count == 0 && bytes->storing == 0 ? app_now() : bytes->since;
    if (bytes->ahead_count < BYTES_AHEAD)
        bytes->ahead[bytes->ahead_count++] = stroke;
    else if (app->screen && !app->options.quiet)
        screen_bell(app->screen);
    return true;
}

bool bytes_key(struct app *app, uint32_t stroke)
{
    const struct report *report = bytes_armed(app);
    bool enter = bytes_enter(stroke);
    if (enter && app->shown && app->shown->report.list) {
        app->typed = (struct typed){0};
        app_request(app, REQUEST_PICK, 0, NULL, NULL);
        return true;
    }
    if (!report && enter && bytes_view(app)) {
        app_say(app, "To change bytes: :set write, or :set private to try it without the file");
        return true;
    }
    if (!report || !bytes_is(report, stroke))
        return false;
    bytes_open(app, report);
    if (!enter && app->prompt.open) {
        bytes_insert(app, stroke);
        bytes_label(app);
    }
    return true;
}

bool bytes_escape(struct app *app)
{
    const struct report *report = bytes_view(app);
    if (!report || !report->characters || (!report->armed && !report->sandboxed))
        return false;
    bytes_forget(app);
    app_request(app, REQUEST_CURSOR_SIDE, 0, NULL, NULL);
    return true;
}

bool bytes_answer(struct app *app, uint32_t stroke)
{
    uint64_t question = app->question;
    if (question == 0)
        return false;
    app->question = 0;
    app_request(app, REQUEST_POKE_ANSWER, bytes_enter(stroke) ? (int64_t)question : 0, NULL, NULL);
    app->bytes.answered = app->sent;
    /* A command line that is begun is not typed into the bytes. */
    const struct report *report = bytes_armed(app);
    return stroke != ':' || (report && report->characters);
}

/* How it is answered must be seen whatever is asked, so the question gives way where there is no room. */
void bytes_asked(struct app *app, const struct reply *reply)
{
    /* The keys that come next were meant for the prompt. */
    if (app->prompt.open) {
        app_request(app, REQUEST_POKE_ANSWER, 0, NULL, NULL);
        return;
    }
    const char *answer = NULL;
    unsigned room = 0;
    size_t length = strlen(reply->message);
    bool whole = false;
    for (size_t i = 0; i < sizeof bytes_answers / sizeof bytes_answers[0] && !whole; i++) {
        answer = bytes_answers[i];
        unsigned width = strip_width(answer, strlen(answer));
        room = app->columns > width + 4 ? app->columns - width - 4 : 0;
        whole = strip_width(reply->message, length) <= room + 3;
    }
    while (!whole && length > 0 && strip_width(reply->message, length) > room)
        do {
            length--;
        } while (length > 0 && (reply->message[length] & 0xc0) == 0x80);
    snprintf(app->bytes.question, sizeof app->bytes.question, "%.*s%s%s", (int)length, reply->message,
             whole ? "" : "...", answer);
    app->question = reply->value;
    app->dirty = true;
    /* Nobody has answered before they were asked. */
    bytes_forget(app);
}

void bytes_replied(struct app *app, const struct reply *reply)
{
    struct bytes *bytes = &app->bytes;
    if (reply->number == bytes->answered)
        bytes->answered = 0;
    if (bytes->storing == 0 || reply->number != bytes->storing)
        return;
    if (reply->outcome == OUTCOME_SAID || reply->outcome == OUTCOME_DONE) {
        bytes->stored = true;
        bytes->next = reply->value;
    } else {
        bytes_forget(app);
    }
}

void bytes_sent(struct app *app, enum verb verb)
{
    /* These decide what keys mean. */
    bool turns =
        (verb == REQUEST_SET && bytes_view(app)) || verb == REQUEST_CURSOR_SIDE || verb == REQUEST_VIEW;
    app->bytes.turning = turns ? app->sent : app->bytes.turning;
}

void bytes_continue(struct app *app)
{
    struct bytes *bytes = &app->bytes;
    if (bytes->storing != 0 && bytes_on(app)) {
        bytes->storing = 0;
        bytes->stored = false;
    }
    bytes_replay(app);
    bool other = false;
    for (unsigned i = 0; i < bytes->ahead_count; i++) {
        const struct report *report = bytes_armed(app);
        other = other || !report || !bytes_is(report, bytes->ahead[i]);
    }
    if (other && bytes_slow(app))
        bytes_lose(app);
}

void bytes_settle(struct app *app)
{
    struct bytes *bytes = &app->bytes;
    struct reply reply;
    int64_t until = app_now() + BYTES_LEAVE_MS;
    bool asked = bytes->answered != 0 || (bytes->storing != 0 && !bytes->stored);
    while (app->session && app->mailbox && (asked || session_storing(app->session)) && app_now() < until) {
        struct pollfd polled = {.fd = wake_fd(app->wake), .events = POLLIN};
        (void)poll(&polled, 1, 10);
        wake_clear(app->wake);
        while (mailbox_collect(app->mailbox, &reply))
            asked = asked && reply.number != bytes->answered && reply.number != bytes->storing;
    }
}
