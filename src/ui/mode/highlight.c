/* SPDX-License-Identifier: MIT */
/** ui: the commands about patterns that are highlighted in colours of their own. UI thread. */
#include "folio/ui/mode/highlight.h"

#include "folio/ui/app/app.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/** The list is shown in place of the file, as the help is; only ui knows what the looks are. */
static void highlight_list(struct app *app)
{
    struct buf looks = {0};
    if (app->help) {
        app_say(app, "Command not available");
        return;
    }
    for (unsigned look = STYLE_HIGHLIGHT; look <= STYLE_HIGHLIGHT_LAST; look++) {
        look_spell(&app->looks.ink[look], &looks);
        buf_text(&looks, "\n");
    }
    app->help = true;
    app_request(app, REQUEST_HIGHLIGHT_LIST, 0, NULL, buf_string(&looks));
    buf_release(&looks);
}

/** A number and nothing else. */
static bool highlight_number(const char *text)
{
    return text[0] != '\0' && text[strspn(text, "0123456789")] == '\0';
}

static void highlight_drop(struct app *app, const char *number)
{
    struct invocation which = {.counted = true, .count = strtoll(number, NULL, 10)};
    app_request(app, REQUEST_HIGHLIGHT_DROP, 0, &which, NULL);
}

void highlight_command(struct app *app, const struct invocation *invocation)
{
    const char *text = invocation->text ? invocation->text : "";
    if (text[0] == '\0')
        highlight_list(app);
    else if (text[0] == '-' && highlight_number(text + 1))
        highlight_drop(app, text + 1);
    else
        app_request(app, REQUEST_HIGHLIGHT, 0, NULL, text);
}

void highlight_none(struct app *app, const struct invocation *invocation)
{
    const char *text = invocation->text ? invocation->text : "";
    if (highlight_number(text))
        highlight_drop(app, text);
    else if (text[0] == '\0')
        app_request(app, REQUEST_HIGHLIGHT_DROP, 0, NULL, NULL);
    else
        app_say(app, ":nohighlight takes the number of a highlight; :highlight lists them");
}
