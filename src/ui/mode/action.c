/* SPDX-License-Identifier: MIT */
/**
 * ui: what commands do. One small function per command that ui carries out itself; all others are sent as
 * they stand in the table. Main thread.
 */
#include "folio/ui/mode/action.h"

#include "highlight.h"

#include "folio/ui/app/talk.h"
#include "folio/ui/command/modifier.h"
#include "folio/ui/mode/bytes.h"
#include "folio/ui/mode/write.h"
#include "folio/ui/option/config.h"
#include "folio/ui/option/switch.h"
#include "folio/ui/prompt/history.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Rows per notch of the wheel. */
#define ACTION_WHEEL 3

/** A command that does what the table says, given what was typed. */
typedef void action(struct app *app, const struct invocation *invocation);

static int64_t action_amount(const struct invocation *invocation)
{
    return command_row(invocation->id)->amount;
}

/** Verbs that -e looks at: going forward where the end is on the screen already. */
static const bool action_goes_on[REQUEST_COUNT] = {
    [REQUEST_SCROLL] = true,
    [REQUEST_PAGE] = true,
    [REQUEST_PAGE_SET] = true,
    [REQUEST_HALF] = true,
};

/** Is there no way to go forward? A cursor goes on to the last byte. */
static bool action_ended(const struct report *report)
{
    bool last = report->cursor == FRAME_NO_OFFSET || report->cursor + 1 >= report->size;
    return report->end && last && !report->growing;
}

/** The session carries it out. */
static void action_send(struct app *app, const struct invocation *invocation)
{
    enum verb verb = (enum verb)command_row(invocation->id)->verb;
    int64_t amount = action_amount(invocation);
    if (app->options.quit_at_eof > 0 && action_goes_on[verb] && amount > 0 && !app->help && app->shown &&
        action_ended(&app->shown->report)) {
        app_next_or_leave(app);
        return;
    }
    app_request(app, verb, amount, invocation, invocation->text);
}

/** One notch is a scroll of its own count; notches that come fast add up in app_request. */
static void action_wheel(struct app *app, const struct invocation *invocation)
{
    struct invocation three = {.counted = true, .count = ACTION_WHEEL};
    /* It moves the screen, not the cursor. */
    bool cursor = app->shown && app->shown->report.cursor != FRAME_NO_OFFSET;
    enum verb verb = cursor ? REQUEST_SCROLL_FORCED : REQUEST_SCROLL;
    app_request(app, verb, action_amount(invocation), &three, NULL);
}

/** In thousandths of a percent; more than all of the file is its end. */
static void action_percent(struct app *app, const struct invocation *invocation)
{
    int64_t whole = invocation->count > 100 ? 100 : invocation->count;
    int64_t thousandths = whole * 1000 + (whole < 100 ? invocation->fraction : 0);
    app_request(app, REQUEST_GOTO_PERCENT, thousandths, NULL, NULL);
}

static void action_time(struct app *app, const struct invocation *invocation)
{
    app_request(app, REQUEST_GOTO_TIME, 0, NULL, invocation->text ? invocation->text : "");
}

/** Without a level: an error. */
static void action_level(struct app *app, const struct invocation *invocation)
{
    bool named = invocation->text && invocation->text[0] != '\0';
    app_request(app, REQUEST_GOTO_LEVEL, action_amount(invocation), NULL, named ? invocation->text : "error");
}

static void action_byte(struct app *app, const struct invocation *invocation)
{
    app_request(app, REQUEST_GOTO_BYTE, invocation->count, NULL, NULL);
}

static void action_relative(struct app *app, const struct invocation *invocation)
{
    app_request(app, REQUEST_GOTO_RELATIVE, invocation->count, NULL, NULL);
}

/* Anything else than a letter, Esc and ^C among it, is a change of mind. */
bool action_letter(struct app *app, uint32_t letter, const char *also)
{
    if (letter < 0x80 && letter > 0 && (isalpha((int)letter) || strchr(also, (int)letter)))
        return true;
    if (letter != STROKE_ESCAPE && letter != STROKE_CONTROL('C'))
        app_say(app, "A mark is a letter");
    return false;
}

static void action_mark(struct app *app, const struct invocation *invocation)
{
    struct invocation row = {.counted = true, .count = action_amount(invocation)};
    if (action_letter(app, invocation->letter, ""))
        app_request(app, REQUEST_MARK_SET, invocation->letter, &row, NULL);
}

static void action_mark_goto(struct app *app, const struct invocation *invocation)
{
    if (action_letter(app, invocation->letter, "'^$"))
        app_request(app, REQUEST_MARK_GOTO, invocation->letter, invocation, NULL);
}

static void action_mark_clear(struct app *app, const struct invocation *invocation)
{
    if (action_letter(app, invocation->letter, ""))
        app_request(app, REQUEST_MARK_CLEAR, invocation->letter, NULL, NULL);
}

/** Open a prompt for this command. */
static void action_ask(struct app *app, const struct invocation *invocation, enum prompt_kind kind,
                       const char *label)
{
    app->asked = *invocation;
    if (app->history && !app->options.no_history)
        (void)history_take(app->history, &app->prompt);
    prompt_open(&app->prompt, kind, label);
}

void action_label(struct app *app)
{
    const char *sign = app->asked.id == COMMAND_FILTER ? "&/" : action_amount(&app->asked) > 0 ? "/" : "?";
    modifier_label(app->modifiers, app->group_asked ? "Sub-pattern (1-9): " : sign, app->prompt.label,
                   sizeof app->prompt.label);
}

/** An amount of 2 goes on over all files: ESC-/ and ESC-?. */
static void action_search(struct app *app, const struct invocation *invocation)
{
    int64_t amount = action_amount(invocation);
    action_ask(app, invocation, PROMPT_SEARCH, "");
    app->modifiers = amount == 2 || amount == -2 ? SEARCH_FILES : 0;
    app->group_asked = false;
    action_label(app);
}

/** The pattern is asked for as that of a search is. */
static void action_filter(struct app *app, const struct invocation *invocation)
{
    action_search(app, invocation);
}

/** `:filter` says which there are, -N takes the N-th out, anything else is one more; ! before it hides. */
static void action_filter_edit(struct app *app, const struct invocation *invocation)
{
    const char *text = invocation->text ? invocation->text : "";
    char *end;
    long number = text[0] == '-' ? strtol(text + 1, &end, 10) : 0;
    if (text[0] == '\0') {
        app_request(app, REQUEST_FILTER, FILTER_LIST, NULL, NULL);
    } else if (number > 0 && *end == '\0') {
        app_request(app, REQUEST_FILTER, number, NULL, NULL);
    } else {
        app->modifiers = text[0] == '!' ? SEARCH_INVERT : 0;
        app_request_search(app, REQUEST_FILTER, text + (text[0] == '!'));
    }
}

/** A number, with commas where one likes. */
static void action_match(struct app *app, const struct invocation *invocation)
{
    struct invocation number = {.counted = true};
    const char *text = invocation->text ? invocation->text : "";
    for (; *text != '\0' && number.count < INT64_MAX / 20; text++) {
        if (isdigit((unsigned char)*text)) {
            number.count = number.count * 10 + (*text - '0');
        } else if (*text != ',' && *text != ' ') {
            number.count = 0;
            break;
        }
    }
    number.count = invocation->counted ? invocation->count : number.count;
    if (number.count <= 0) {
        app_say(app, ":match needs a number behind it: which match, from 1");
        return;
    }
    app_request(app, REQUEST_SEARCH_PICK, 0, &number, NULL);
}

static void action_colon(struct app *app, const struct invocation *invocation)
{
    action_ask(app, invocation, PROMPT_COLON, ":");
}

static void action_toggle(struct app *app, const struct invocation *invocation)
{
    action_ask(app, invocation, PROMPT_OPTION, "-");
}

static void action_query(struct app *app, const struct invocation *invocation)
{
    action_ask(app, invocation, PROMPT_OPTION, "_");
}

bool action_forbidden(struct app *app)
{
    if (app->options.secure || app->help) {
        app_say(app, "Command not available");
        return true;
    }
    return false;
}

/** By key it asks for the name; by `:e` the name is there, and an empty one means this file anew. */
static void action_examine(struct app *app, const struct invocation *invocation)
{
    if (action_forbidden(app))
        return;
    if (!invocation->text)
        action_ask(app, invocation, PROMPT_FILE, "Examine: ");
    else
        app_request(app, REQUEST_FILE_OPEN, 0, NULL, invocation->text);
}

/** Only the session knows the line; the editor is run when its reply comes. */
static void action_edit(struct app *app, const struct invocation *invocation)
{
    (void)invocation;
    if (!action_forbidden(app))
        app_request(app, REQUEST_PLACE, 0, NULL, NULL);
}

/** Several words may stand behind `:set`. */
static void action_set(struct app *app, const struct invocation *invocation)
{
    char word[128];
    const char *text = invocation->text ? invocation->text : "";
    if (text[0] == '\0')
        app_say(app, ":set needs a name behind it; Tab shows them");
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

/** Composed in app.c, of what the screen shows, when the keys before this one have done their work. */
static void action_info(struct app *app, const struct invocation *invocation)
{
    (void)invocation;
    app->info = true;
    app->info_after = app->sent + app->holding;
}

/** Under -K ^C always quits, whatever runs: that is what systemd and git count on. */
static void action_stop(struct app *app, const struct invocation *invocation)
{
    (void)invocation;
    if (app->options.quit_on_interrupt)
        app_leave(app, 2);
    if (app_busy(app))
        app_stop(app);
}

/** Both: draw what curses believes to be there already, and compose it anew. */
static void action_repaint(struct app *app, const struct invocation *invocation)
{
    (void)invocation;
    app->anew = true;
    app_request(app, REQUEST_REPAINT, 0, NULL, NULL);
}

static void action_reload(struct app *app, const struct invocation *invocation)
{
    (void)invocation;
    app->anew = true;
    app_request(app, REQUEST_RELOAD, 0, NULL, NULL);
}

static void action_suspend(struct app *app, const struct invocation *invocation)
{
    (void)invocation;
    app_suspend(app);
}

static void action_version(struct app *app, const struct invocation *invocation)
{
    (void)invocation;
    app_say(app, "folio " FOLIO_VERSION);
}

/** The text is handed over to the session, which shows it like a file. */
static void action_help(struct app *app, const struct invocation *invocation)
{
    (void)invocation;
    struct buf text = {0};
    if (app->help)
        return;
    command_help(&text);
    config_help(&app->keymap, &text);
    if (text.failed) {
        buf_release(&text);
        app_say(app, "Out of memory");
        return;
    }
    app->help = true;
    app_request_help(app, text.data, text.length);
}

bool action_stays(struct app *app)
{
    char text[96];
    unsigned count = app->shown ? app->shown->report.uncommitted : 0;
    if (count == 0 || app->warned)
        return false;
    app->warned = true;
    snprintf(text, sizeof text, "%u edit%s in the sandbox %s not committed; q again leaves", count,
             count == 1 ? "" : "s", count == 1 ? "is" : "are");
    app_say(app, text);
    return true;
}

/** Out of the help first, if it is shown. */
static void action_quit(struct app *app, const struct invocation *invocation)
{
    (void)invocation;
    if (!app->help) {
        if (!action_stays(app))
            app_leave(app, app->failed > 0);
        return;
    }
    app->help = false;
    app_request(app, REQUEST_HELP_CLOSE, 0, NULL, NULL);
}

#define SESSION(verb, amount)                                 action_send
#define UI(function, amount)                                  action_##function
#define COMMAND(id, keys, name, actor, argument, group, help) [COMMAND_##id] = actor,
static action *const action_table[COMMAND_COUNT] = {
#include "folio/ui/command/commands.def"
};
#undef COMMAND
#undef UI
#undef SESSION

void action_run(struct app *app, const struct invocation *invocation)
{
    /* Only the very next command is a second q; `:` is on the way to one. */
    if (invocation->id != COMMAND_QUIT && invocation->id != COMMAND_COLON)
        app->warned = false;
    action_table[invocation->id](app, invocation);
}

/** The letter that an option prompt is about, behind a plus; 0 where it is a name or nothing yet. */
static char action_option_letter(const char *text)
{
    return text[0] == '-' ? '\0' : text[text[0] == '+'];
}

bool action_option_ready(const struct app *app)
{
    const char *text = buf_string(&app->prompt.text);
    char letter = action_option_letter(text);
    size_t count;
    const struct setting *row = settings_table(&count);
    if (letter == '\0')
        return false;
    for (size_t i = 0; i < count; i++)
        if (row[i].letter == letter && !row[i].off)
            return text[0] == '+' || app->prompt.label[0] == '_';
    return true;
}

/**
 * A long name with what is behind `=`, as the letter form of it. A setting without a letter is sent as `:set` has it.
 */
static bool action_option_name(const char *text, char *word, size_t capacity, struct error *error)
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

/** `-X` and `_X`, also by name. */
static void action_entered_option(struct app *app, const char *text)
{
    char word[128] = "";
    char said[128];
    struct error error;
    bool ask = app->prompt.label[0] == '_';
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
    if (text[0] != '-') {
        snprintf(word + 1, sizeof word - 1, "%s", text);
    } else if (!action_option_name(text + 1, word, sizeof word, &error)) {
        app_say(app, error.message);
        return;
    }
    bool named = word[0] != '-' && word[0] != '_';
    if (!named && options_toggle(&app->options, action_option_letter(word + 1), ask, said, sizeof said))
        app_say(app, said);
    else
        app_request(app, REQUEST_SET, 0, NULL, word);
}

static void action_entered_colon(struct app *app, const char *text)
{
    struct invocation invocation;
    struct error error;
    if (text[strspn(text, " ")] == '\0')
        return;
    if (!command_parse(text, &invocation, &error)) {
        app_say(app, error.message);
        return;
    }
    if (!invocation.counted) {
        invocation.counted = app->asked.counted;
        invocation.count = app->asked.count;
    }
    action_run(app, &invocation);
}

/** The search that was tried while typing is over: back to where it began, and to the pattern before. */
static void action_leave(struct app *app)
{
    if (app->trying) {
        app->trying = false;
        app_request_search(app, REQUEST_SEARCH_LEAVE, "");
    }
}

static void action_entered_search(struct app *app, const char *text)
{
    if (app->asked.id == COMMAND_FILTER) {
        app_request_search(app, REQUEST_FILTER, text);
        return;
    }
    if (text[0] == '\0')
        action_leave(app);
    app->trying = false;
    app_request_search(app, REQUEST_SEARCH, text);
}

void action_cancelled(struct app *app)
{
    if (app->prompt.kind == PROMPT_SEARCH)
        action_leave(app);
}

void action_typed(struct app *app)
{
    const char *text = buf_string(&app->prompt.text);
    bool first = !app->trying && app->prompt.text.length > 0;
    if (!app->options.incsearch || app->scripted || app->asked.id == COMMAND_FILTER ||
        app->prompt.kind != PROMPT_SEARCH ||
        (!first && (!app->trying || strcmp(text, buf_string(&app->tried)) == 0)))
        return;
    app->trying = true;
    buf_clear(&app->tried);
    buf_text(&app->tried, text);
    app_request_search(app, REQUEST_SEARCH_TRY, text);
}

static void action_entered_file(struct app *app, const char *text)
{
    if (!write_entered(app, text) && text[0] != '\0')
        app_request(app, REQUEST_FILE_OPEN, 0, NULL, text);
}

void action_entered(struct app *app)
{
    static void (*const entered[PROMPT_KIND_COUNT])(struct app * app, const char *text) = {
        [PROMPT_COLON] = action_entered_colon,
        [PROMPT_SEARCH] = action_entered_search,
        [PROMPT_OPTION] = action_entered_option,
        [PROMPT_FILE] = action_entered_file,
    };
    const char *text = buf_string(&app->prompt.text);
    app->prompt.open = false;
    if (app->history && !app->options.no_history && !app->scripted)
        history_add(app->history, app->prompt.kind, text);
    entered[app->prompt.kind](app, text);
}
