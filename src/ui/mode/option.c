/* SPDX-License-Identifier: MIT */
/** ui: the commands that switch options while the program runs. UI thread. */
#include "folio/ui/mode/option.h"

#include "folio/ui/app/app.h"
#include "folio/ui/app/leave.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"
#include "folio/ui/mode/prompt.h"
#include "folio/ui/option/switch.h"

#include <stdio.h>
#include <string.h>

/** Is it the name of an option that is being typed? In either prompt both signs begin one. */
static bool option_named(const char *text)
{
    return text[0] == '-' || text[0] == '_';
}

/** The letter that an option prompt is about, behind a plus or an exclamation mark; 0 for a name, or nothing yet. */
static char option_letter(const char *text)
{
    return option_named(text) ? '\0' : text[text[0] == '+' || text[0] == '!'];
}

/** Does the line say all that is needed without Enter? What would be text of the option is no command. */
static bool option_complete(const struct app *app)
{
    const char *text = buf_string(&app->asking.prompt.text);
    char letter = option_letter(text);
    bool asks = app->asking.prompt.label[0] == '_';
    return letter != '\0' && (asks || text[0] == '+' || text[0] == '!' || !options_takes_text(letter));
}

/**
 * A long name with what is behind `=`, as the letter form of it. A setting without a letter is sent as `:set` has it.
 */
static bool option_name(const char *text, char *word, size_t capacity, struct error *error)
{
    char name[64];
    size_t length = strcspn(text, "=");
    snprintf(name, sizeof name, "%.*s", (int)(length < 64 ? length : 63), text);
    const char *found = options_word(name, error);
    if (!found)
        return false;
    bool named = found[1] != '\0';
    bool ask = word[0] == '_';
    const char *value = text + length + (text[length] == '=' && !named);
    snprintf(word + !named, capacity - 1, "%s%s%s", found, value, named && ask ? "?" : "");
    return true;
}

/** -F has one chance, as in less: all of it is on the screen now, and it leaves; or it never does. */
static void option_one_screen(struct app *app)
{
    const struct report *report = app->shown ? &app->shown->report : NULL;
    bool all = report && !app->help && report->top && report->end && !report->growing &&
               report->file >= report->file_count;
    if (!app->options.quit_one_screen)
        return;
    app->options.quit_one_screen = 0;
    if (all)
        app_quit(app);
    else
        app_say(app, "Not all of it is on this screen, so -F changes nothing");
}

/** `-!X`: what it is not at the start, of an option that is on or off. */
static void option_opposite(struct app *app, char letter)
{
    char said[128] = "";
    char word[] = {'-', '+', letter, '\0'};
    if (options_takes_text(letter)) {
        app_say(app, "-! is for options that are on or off");
        return;
    }
    if (options_turn(&app->options, letter, OPTIONS_OPPOSITE, said, sizeof said)) {
        app_say(app, said);
        option_one_screen(app);
        return;
    }
    app_request(app, REQUEST_SET, 0, NULL, word);
    word[1] = letter;
    word[2] = '\0';
    app_request(app, REQUEST_SET, 0, NULL, word);
}

/** `-X` and `_X`, also by name. */
static void option_entered(struct app *app, const char *text)
{
    char word[128] = "";
    char said[128];
    struct error error;
    bool ask = app->asking.prompt.label[0] == '_';
    word[0] = ask ? '_' : '-';
    if (text[0] == '\0')
        return;
    /* By the names that the command line has for them. */
    const char *live = strcmp(text, "-incsearch") == 0    ? "incsearch"
                       : strcmp(text, "-no-history") == 0 ? "history"
                                                          : NULL;
    if (live) {
        snprintf(word, sizeof word, "%s%c", live, ask ? '?' : '!');
        (void)options_switch(&app->options, word, said, sizeof said);
        app_say(app, said);
        return;
    }
    if (!option_named(text)) {
        snprintf(word + 1, sizeof word - 1, "%s", text);
    } else if (!option_name(text + 1, word, sizeof word, &error)) {
        app_say(app, error.message);
        return;
    }
    bool named = word[0] != '-' && word[0] != '_';
    if (!named && options_idle(option_letter(word + 1), said, sizeof said))
        app_say(app, said);
    else if (!named && word[1] == '!')
        option_opposite(app, word[2]);
    else if (!named && options_turn(&app->options, option_letter(word + 1),
                                    ask ? OPTIONS_ASK : OPTIONS_SWITCH, said, sizeof said))
        app_say(app, said);
    else
        app_request(app, REQUEST_SET, 0, NULL, word);
    option_one_screen(app);
}

static const struct purpose option_purpose = {
    .kind = PROMPT_OPTION,
    .entered = option_entered,
    .complete = option_complete,
};

void option_toggle(struct app *app, const struct invocation *invocation)
{
    prompt_ask(app, invocation, &option_purpose, "-");
}

void option_query(struct app *app, const struct invocation *invocation)
{
    prompt_ask(app, invocation, &option_purpose, "_");
}

/** Everything, as it is now: the session knows the settings, ui the rest. */
static void option_list(struct app *app)
{
    struct buf rows = {0};
    if (app->help) {
        app_say(app, "Command not available");
        return;
    }
    options_switch_each(&app->options, settings_list_row, &rows);
    app->help = true;
    app_request(app, REQUEST_SETTINGS, 0, NULL, buf_string(&rows));
    buf_release(&rows);
}

void option_set(struct app *app, const struct invocation *invocation)
{
    char word[128];
    const char *text = invocation->text ? invocation->text : "";
    if (text[0] == '\0')
        option_list(app);
    for (text += strspn(text, " "); *text != '\0'; text += strspn(text, " ")) {
        size_t length = strcspn(text, " ");
        snprintf(word, sizeof word, "%.*s", (int)(length < sizeof word ? length : sizeof word - 1), text);
        char said[128];
        if (options_switch(&app->options, word, said, sizeof said))
            app_say(app, said);
        else
            app_request(app, REQUEST_SET, 0, NULL, word);
        text += length;
    }
}
