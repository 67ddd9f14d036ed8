/* SPDX-License-Identifier: MIT */
/** ui: the commands that open another file, or edit the one that is shown. UI thread. */
#include "folio/ui/mode/file.h"

#include "folio/io/thread/process.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/leave.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"
#include "folio/ui/mode/prompt.h"

#include <stdio.h>
#include <stdlib.h>

static void file_entered(struct app *app, const char *text)
{
    if (text[0] != '\0')
        app_request(app, REQUEST_FILE_OPEN, 0, NULL, text);
}

static const struct purpose file_purpose = {.kind = PROMPT_FILE, .entered = file_entered};

void file_examine(struct app *app, const struct invocation *invocation)
{
    if (app_forbidden(app))
        return;
    if (!invocation->text)
        prompt_ask(app, invocation, &file_purpose, "Examine: ");
    else
        app_request(app, REQUEST_FILE_OPEN, 0, NULL, invocation->text);
}

void file_edit(struct app *app, const struct invocation *invocation)
{
    (void)invocation;
    if (!app_forbidden(app))
        app_request(app, REQUEST_PLACE, 0, NULL, NULL);
}

/** The editor that the person likes. */
static const char *file_editor(void)
{
    const char *editor = getenv("VISUAL");
    editor = editor && editor[0] != '\0' ? editor : getenv("EDITOR");
    return editor && editor[0] != '\0' ? editor : "vi";
}

void file_place(struct app *app, const struct reply *reply)
{
    struct error error;
    char line[32];
    char path[REQUEST_TEXT + 2];
    snprintf(line, sizeof line, "+%llu", (unsigned long long)reply->value);
    /* A name that begins with a hyphen must not be an option of the editor. */
    snprintf(path, sizeof path, "%s%s", reply->message[0] == '-' ? "./" : "", reply->message);
    char *argument[] = {reply->value > 0 ? line : path, reply->value > 0 ? path : NULL, NULL};
    screen_close(app->terminal.screen);
    bool fine = process_run(file_editor(), argument, app->terminal.tty, &error);
    app_return(app);
    if (!fine) {
        app_say(app, error.message);
        return;
    }
    /* Editors write in place or put another file there: show what is there now, as less does. */
    app_request(app, REQUEST_RELOAD, 0, NULL, NULL);
}
