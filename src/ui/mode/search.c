/* SPDX-License-Identifier: MIT */
/** ui: the commands that ask for a pattern. UI thread. */
#include "folio/ui/mode/search.h"

#include "folio/ui/app/app.h"
#include "folio/ui/app/send.h"
#include "folio/ui/command/modifier.h"
#include "folio/ui/mode/prompt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** All that may be typed before a pattern, */
#define SEARCH_MODIFIERS                                                                                     \
    (SEARCH_INVERT | SEARCH_FILES | SEARCH_FIRST | SEARCH_KEEP | SEARCH_LITERAL | SEARCH_WRAP)

/** and before that of a filter. */
#define SEARCH_MODIFIERS_FILTER (SEARCH_INVERT | SEARCH_LITERAL)

/** Send a search as it was asked for: its direction, count and modifiers, and `text`. */
static void search_send(struct app *app, enum verb verb, const char *text)
{
    const struct invocation *asked = &app->asking.invocation;
    int64_t direction = command_row(asked->id)->amount > 0 ? 1 : -1;
    struct request request = {.verb = verb,
                              .amount = verb == REQUEST_FILTER ? 0 : direction,
                              .counted = asked->counted,
                              .count = asked->count,
                              .modifiers = app->search->modifiers};
    snprintf(request.text, sizeof request.text, "%s", text);
    app_request_whole(app, &request);
}

/** Put the modifiers into the prompt's label. */
static void search_label(struct app *app)
{
    const struct invocation *asked = &app->asking.invocation;
    struct prompt *prompt = &app->asking.prompt;
    const char *sign = asked->id == COMMAND_FILTER ? "&/" : command_row(asked->id)->amount > 0 ? "/" : "?";
    modifier_label(app->search->modifiers, app->search->group_asked ? "Sub-pattern (1-9): " : sign,
                   prompt->label, sizeof prompt->label);
}

/** Before the pattern some keys say how to search. True: this was one. */
static bool search_modifier(struct app *app, uint32_t stroke)
{
    struct search *search = app->search;
    const bool filter = app->asking.invocation.id == COMMAND_FILTER;
    const unsigned allowed = filter ? SEARCH_MODIFIERS_FILTER : SEARCH_MODIFIERS;
    bool used = true;
    if (app->asking.prompt.text.length > 0)
        return false;
    if (search->group_asked) {
        search->group_asked = false;
        used = modifier_number(&search->modifiers, stroke);
    } else if (!filter && modifier_asks(stroke)) {
        search->group_asked = true;
    } else {
        used = modifier_type(&search->modifiers, allowed, stroke);
    }
    search_label(app);
    return used;
}

/** The search that was tried while typing is over: back to where it began, and to the pattern before. */
static void search_leave(struct app *app)
{
    if (app->search->trying) {
        app->search->trying = false;
        search_send(app, REQUEST_SEARCH_LEAVE, "");
    }
}

static void search_entered(struct app *app, const char *text)
{
    if (text[0] == '\0')
        search_leave(app);
    app->search->trying = false;
    search_send(app, REQUEST_SEARCH, text);
}

static void search_entered_filter(struct app *app, const char *text)
{
    search_send(app, REQUEST_FILTER, text);
}

/** Search for what is typed so far, if it is something new. */
static void search_try(struct app *app)
{
    struct search *search = app->search;
    const char *text = buf_string(&app->asking.prompt.text);
    bool other = search->trying ? strcmp(text, buf_string(&search->tried)) != 0 : text[0] != '\0';
    if (!app->options.incsearch || app->script.typing || !other)
        return;
    search->trying = true;
    buf_clear(&search->tried);
    buf_text(&search->tried, text);
    search_send(app, REQUEST_SEARCH_TRY, text);
}

static const struct purpose search_purpose = {
    .kind = PROMPT_SEARCH,
    .entered = search_entered,
    .cancelled = search_leave,
    .key = search_modifier,
    .changed = search_try,
};

static const struct purpose search_filter_purpose = {
    .kind = PROMPT_SEARCH,
    .entered = search_entered_filter,
    .key = search_modifier,
};

static void search_open(struct app *app, const struct invocation *invocation, const struct purpose *purpose)
{
    int64_t amount = command_row(invocation->id)->amount;
    prompt_ask(app, invocation, purpose, "");
    app->search->modifiers = amount == 2 || amount == -2 ? SEARCH_FILES : 0;
    app->search->group_asked = false;
    search_label(app);
}

void search_ask(struct app *app, const struct invocation *invocation)
{
    search_open(app, invocation, &search_purpose);
}

void search_filter(struct app *app, const struct invocation *invocation)
{
    search_open(app, invocation, &search_filter_purpose);
}

void search_filter_command(struct app *app, const struct invocation *invocation)
{
    const char *text = invocation->text ? invocation->text : "";
    char *end;
    long number = text[0] == '-' ? strtol(text + 1, &end, 10) : 0;
    if (text[0] == '\0') {
        app_request(app, REQUEST_FILTER, FILTER_LIST, NULL, NULL);
    } else if (number > 0 && *end == '\0') {
        app_request(app, REQUEST_FILTER, number, NULL, NULL);
    } else {
        app->search->modifiers = text[0] == '!' ? SEARCH_INVERT : 0;
        search_send(app, REQUEST_FILTER, text + (text[0] == '!'));
    }
}
