/* SPDX-License-Identifier: MIT */
/** ui: keys on their way to the modes. UI thread. */
#include "folio/ui/run/feed.h"

#include "folio/base/text/utf8.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/say.h"
#include "folio/ui/mode/ahead.h"

#include <ctype.h>
#include <string.h>

/** More than any mode takes; what is longer is dropped whole. */
#define FEED_PASTE_MAX ((size_t)1 << 20)

/** What was said about the key before is about this one no more. */
static void feed_begin(struct app *app)
{
    app->remark.message[0] = '\0';
    if (!app->ahead->refusing)
        (void)app_end_seen(app, false);
    app->remark.info = false;
    app->terminal.dirty = true;
}

/** Carry out those keys that were kept and need not be any longer. */
static void feed_ready(struct app *app)
{
    uint32_t stroke;
    app->ahead->replaying = true;
    while (ahead_take(app, &stroke)) {
        feed_begin(app);
        while (mode_key(app, stroke, STROKE_NONE) == MODE_AGAIN)
            ;
    }
    app->ahead->replaying = false;
}

/** One more character of what is pasted. */
static void feed_gather(struct paste *paste, uint32_t stroke)
{
    char bytes[UTF8_LENGTH_MAX + 1];
    paste->cut = paste->cut || paste->text.length >= FEED_PASTE_MAX;
    /* The terminal sends the key Enter for the end of a line. */
    if (stroke < STROKE_NONE && !paste->cut)
        buf_append(&paste->text, bytes, utf8_encode(stroke == '\r' ? '\n' : stroke, bytes));
}

/** All of it is there: it is for the mode that is on now. */
static void feed_paste(struct app *app)
{
    struct paste *paste = &app->paste;
    feed_begin(app);
    if (paste->cut)
        app_say(app, "What was pasted is dropped: it is too long");
    else if (paste->text.failed)
        app_say(app, "Out of memory");
    else if (!mode_paste(app, &paste->text))
        app_say(app, "Pasted text is taken in a prompt, or over armed bytes");
    buf_release(&paste->text);
    *paste = (struct paste){0};
}

/** Pasted text is nobody's keys: it is gathered, and given to the modes as what it is. False: the key was not pasted. */
static bool feed_pasted(struct app *app, uint32_t stroke)
{
    struct paste *paste = &app->paste;
    bool encloses = stroke == STROKE_PASTE_BEGIN || stroke == STROKE_PASTE_END;
    if (stroke == STROKE_PASTE_END && paste->on)
        feed_paste(app);
    else if (stroke == STROKE_PASTE_BEGIN)
        paste->on = true;
    else if (paste->on)
        feed_gather(paste, stroke);
    return encloses || paste->on;
}

bool feed_key(struct app *app, uint32_t stroke, uint32_t next)
{
    if (feed_pasted(app, stroke))
        return false;
    /* No pair of keys reaches into a paste. */
    if (next == STROKE_PASTE_BEGIN || next == STROKE_PASTE_END)
        next = STROKE_NONE;
    feed_begin(app);
    enum mode_result result = mode_key(app, stroke, next);
    while (result == MODE_AGAIN) {
        feed_ready(app);
        result = mode_key(app, stroke, next);
    }
    return result == MODE_USED_NEXT;
}

void feed_kept(struct app *app)
{
    ahead_look(app);
    feed_ready(app);
    if (ahead_overdue(app))
        feed_ready(app);
}

void feed_text(struct app *app, const char *keys)
{
    size_t length = strlen(keys);
    app->script.typing = true;
    /* +0x100 is +:0x100: as keys it would be a count of nothing, and then another view. */
    if (keys[0] == '0' && keys[1] == 'x' && isxdigit((unsigned char)keys[2]))
        feed_key(app, ':', STROKE_NONE);
    /* Before anything is shown there is nothing above it: +? is the last match of the file. */
    bool last = keys[0] == '?' && app->script.next == 1;
    if (last && app->options.path_count > 1)
        feed_key(app, 'G', STROKE_NONE);
    if (last)
        feed_key(app, '?', STROKE_NONE);
    if (last && app->options.path_count == 1)
        feed_key(app, STROKE_CONTROL('F'), STROKE_NONE);
    for (size_t at = last; at < length;) {
        struct utf8 rune = utf8_decode(keys + at, length - at);
        at += rune.length;
        feed_key(app, rune.rune, STROKE_NONE);
    }
    if (app->asking.prompt.open)
        feed_key(app, '\r', STROKE_NONE);
    else if (app->typed.counted && app->typed.length == 0)
        /* +N is +Ng. */
        feed_key(app, 'g', STROKE_NONE);
    app->script.typing = false;
    app->typed = (struct typed){0};
}
