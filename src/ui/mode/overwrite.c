/* SPDX-License-Identifier: MIT */
/** ui: the mode in which it is asked what to do with a file that is there already. UI thread. */
#include "folio/ui/mode/overwrite.h"

#include "folio/base/glyph/glyph.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/leave.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"

#include <stdio.h>
#include <string.h>

/** So much of a name is shown in the question: its end, which tells more. */
#define OVERWRITE_NAME 40

/** Ask. */
static void overwrite_ask(struct app *app)
{
    char name[4 * sizeof app->overwrite->text];
    char text[OVERWRITE_NAME + 128];
    const char *file = app->overwrite->text;
    if (app->overwrite->verb == REQUEST_SAVE) {
        /* Behind the range, where there is one. */
        size_t range = strcspn(file, " ");
        range += strspn(file + range, " ");
        file += file[range] != '\0' ? range : 0;
    }
    glyph_text(file, strlen(file), name, sizeof name);
    size_t length = strlen(name);
    size_t begin = length > OVERWRITE_NAME ? length - OVERWRITE_NAME : 0;
    while (begin > 0 && ((unsigned char)name[begin] & 0xc0) == 0x80)
        begin++;
    snprintf(text, sizeof text, "Warning: %s%.44s exists; Overwrite, Append, Don't write, or Quit?",
             begin > 0 ? "..." : "", name + begin);
    app_say(app, text);
}

void overwrite_replied(struct app *app, const struct reply *reply)
{
    struct overwrite *overwrite = app->overwrite;
    if ((reply->value & WRITE_ASKS) == 0)
        return;
    overwrite->amount = (int64_t)(reply->value & ~WRITE_ASKS);
    overwrite->verb = reply->verb;
    snprintf(overwrite->text, sizeof overwrite->text, "%s", reply->message);
    mode_push(app, &overwrite_mode);
    overwrite_ask(app);
}

/** Send the request again, which now knows what to do. */
static void overwrite_again(struct app *app, enum write_mode mode)
{
    const struct overwrite *overwrite = app->overwrite;
    mode_pop(app, &overwrite_mode);
    struct request request = {.verb = overwrite->verb,
                              .amount = (overwrite->amount & ~(int64_t)0xff) | (int64_t)mode,
                              .exact = true};
    snprintf(request.text, sizeof request.text, "%s", overwrite->text);
    app_request_whole(app, &request);
}

static enum mode_result overwrite_key(struct app *app, uint32_t stroke, uint32_t next)
{
    (void)next;
    switch (stroke) {
    case 'o':
    case 'O':
        overwrite_again(app, WRITE_OVERWRITE);
        break;
    case 'a':
    case 'A':
        overwrite_again(app, WRITE_APPEND);
        break;
    case 'q':
    case 'Q':
        app_leave(app, app->failed > 0);
    case 'd':
    case 'D':
    case STROKE_ESCAPE:
    case STROKE_CONTROL('C'):
        mode_pop(app, &overwrite_mode);
        app_say(app, "Nothing was written");
        break;
    default:
        overwrite_ask(app);
    }
    return MODE_USED;
}

const struct mode overwrite_mode = {.name = "overwrite", .key = overwrite_key, .paste = mode_paste_refused};
