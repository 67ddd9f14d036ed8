/* SPDX-License-Identifier: MIT */
/** ui: the modes in which keys are bytes of the file. UI thread. */
#include "folio/ui/mode/byte.h"

#include "folio/model/poke/words.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"
#include "folio/ui/mode/ahead.h"
#include "folio/ui/mode/armed.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** What the prompt says around what is typed, so that a whole byte reads "5a 'Z'" in either column. */
static void byte_label(struct app *app)
{
    const struct byte *state = app->byte;
    struct prompt *prompt = &app->asking.prompt;
    const char *text = buf_string(&prompt->text);
    struct buf label = {0};
    buf_format(&label, "0x%08" PRIx64 ": ", state->offset);
    poke_words_byte((uint8_t)state->before, &label);
    buf_text(&label, " -> ");
    prompt->tail[0] = '\0';
    if (state->characters && prompt->text.length == 1) {
        buf_format(&label, "%02x '", (unsigned)(unsigned char)text[0]);
        snprintf(prompt->tail, sizeof prompt->tail, "'");
    } else if (!state->characters && prompt->text.length == 2) {
        struct buf byte = {0};
        poke_words_byte((uint8_t)strtoul(text, NULL, 16), &byte);
        snprintf(prompt->tail, sizeof prompt->tail, "%s", buf_string(&byte) + 2);
        buf_release(&byte);
    }
    snprintf(prompt->label, sizeof prompt->label, "%s", buf_string(&label));
    buf_release(&label);
}

static void byte_close(struct app *app)
{
    app->asking.prompt.open = false;
    mode_pop(app, &byte_mode);
}

/** A key of a byte in the prompt: two digits, or one character. */
static void byte_insert(struct app *app, uint32_t stroke)
{
    struct prompt *prompt = &app->asking.prompt;
    const char digit[] = {(char)stroke, '\0'};
    if (app->byte->characters && stroke >= 0x7f) {
        byte_close(app);
        app_say(app, "That character is more than one byte; the digits can be typed");
        return;
    }
    if (app->byte->characters || (armed_digit(stroke) && prompt->text.length < 2))
        prompt_replace(prompt, prompt->cursor, digit);
    else
        app_bell(app);
    byte_label(app);
}

/** Have the byte stored. */
static void byte_poke(struct app *app, uint8_t value)
{
    struct invocation before = {.counted = true, .count = app->byte->before};
    char poke[64];
    snprintf(poke, sizeof poke, "0x%" PRIx64 "=%02x", app->byte->offset, (unsigned)value);
    app_request(app, REQUEST_POKE, POKE_ASKED, &before, poke);
    ahead_store(app, app->byte->offset, app->byte->before);
}

/** Enter in the prompt. Of several characters none is stored: who typed them may have meant a command. */
static void byte_entered(struct app *app)
{
    const char *text = buf_string(&app->asking.prompt.text);
    bool characters = app->byte->characters;
    if (strlen(text) == (characters ? 1 : 2))
        byte_poke(app, characters ? (uint8_t)text[0] : (uint8_t)strtoul(text, NULL, 16));
    else
        app_say(app, text[0] == '\0' ? "Nothing was changed"
                     : characters    ? "That is more than one character: nothing was changed"
                                     : "One digit is no byte: nothing was changed");
}

/** Keys of prompts that mean nothing in this one. */
static bool byte_idle(uint32_t stroke)
{
    return stroke == '\t' || stroke == STROKE_UP || stroke == STROKE_DOWN || stroke == STROKE_CONTROL('P') ||
           stroke == STROKE_CONTROL('N');
}

static enum mode_result byte_key(struct app *app, uint32_t stroke, uint32_t next)
{
    (void)next;
    if (byte_idle(stroke))
        return MODE_USED;
    if (armed_enter(stroke)) {
        byte_close(app);
        byte_entered(app);
        return MODE_USED;
    }
    /* What follows is meant for the command line, where it may look like digits. */
    if (stroke == ':' && !app->byte->characters) {
        byte_close(app);
        return MODE_AGAIN;
    }
    if (armed_character(stroke)) {
        byte_insert(app, stroke);
        return MODE_USED;
    }
    if (prompt_feed(&app->asking.prompt, stroke) == PROMPT_CANCELLED) {
        byte_close(app);
        app_say(app, "Nothing was changed");
        return MODE_USED;
    }
    byte_label(app);
    return MODE_USED;
}

/** Open the prompt for the byte under the cursor. False: that byte is not known. */
static bool byte_open(struct app *app, const struct report *report)
{
    if (report->byte < 0 || report->byte > UINT8_MAX) {
        app_say(app, "There is no byte here that can be read");
        return false;
    }
    *app->byte = (struct byte){report->cursor, report->byte, report->characters};
    prompt_open(&app->asking.prompt, PROMPT_BYTE, "");
    mode_push(app, &byte_mode);
    byte_label(app);
    return true;
}

/** Esc is no prefix where keys are bytes: it stops what runs, leaves the column of characters, or does nothing. */
static enum mode_result bytes_escape(struct app *app, const struct report *report)
{
    if (app_busy(app)) {
        app_stop(app);
    } else if (report->characters) {
        ahead_forget(app);
        app_request(app, REQUEST_CURSOR_SIDE, 0, NULL, NULL);
    }
    return MODE_USED;
}

/** Enter where keys are no bytes: it picks from a list, or says what has to be done first. */
static enum mode_result bytes_enter(struct app *app)
{
    if (app->shown && app->shown->report.list) {
        app->typed = (struct typed){0};
        app_request(app, REQUEST_PICK, 0, NULL, NULL);
        return MODE_USED;
    }
    if (!armed_view(app))
        return MODE_PASS;
    app_say(app, "To change bytes: :set write, or :set private to try it without the file");
    return MODE_USED;
}

static enum mode_result bytes_key(struct app *app, uint32_t stroke, uint32_t next)
{
    (void)next;
    const struct report *report = armed_report(app);
    if (app->typed.length > 0)
        return MODE_PASS;
    if (report && stroke == STROKE_ESCAPE)
        return bytes_escape(app, report);
    if (armed_enter(stroke) && !report)
        return bytes_enter(app);
    if (!report || !armed_takes(report, stroke))
        return MODE_PASS;
    if (byte_open(app, report) && !armed_enter(stroke))
        byte_insert(app, stroke);
    return MODE_USED;
}

const struct mode bytes_mode = {.name = "bytes", .key = bytes_key};

const struct mode byte_mode = {.name = "byte", .key = byte_key, .pastes = mode_pastes_nothing};
