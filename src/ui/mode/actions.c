/* SPDX-License-Identifier: MIT */
/**
 * ui: what commands do. One small function for each that ui carries out itself and that belongs to no other file; the
 * rest are sent to the session as they stand in the table. UI thread.
 */
#include "folio/ui/mode/actions.h"

#include "folio/base/glyph/glyph.h"
#include "folio/session/core/verb.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/leave.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"
#include "folio/ui/command/lookup.h"
#include "folio/ui/mode/armed.h"
#include "folio/ui/mode/file.h"
#include "folio/ui/mode/highlight.h"
#include "folio/ui/mode/option.h"
#include "folio/ui/mode/prompt.h"
#include "folio/ui/mode/search.h"
#include "folio/ui/mode/shell.h"
#include "folio/ui/mode/write.h"
#include "folio/ui/option/config.h"
#include "folio/ui/option/switch.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Rows per notch of the wheel. */
#define ACTION_WHEEL 3
/** Of longer numbers nothing is said while they are typed. */
#define ACTION_DIGITS 15

/** A command that does what the table says, given what was typed. */
typedef void action(struct app *app, const struct invocation *invocation);

static int64_t action_amount(const struct invocation *invocation)
{
    return command_row(invocation->id)->amount;
}

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
    if (app->options.quit_at_eof > 0 && verb_row(verb)->goes_on && amount > 0 && !app->help && app->shown &&
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

/** How a place is sent: by a key one goes to its line, as in less; by a name (`:50%`) to its row. */
static struct invocation action_exactly(const struct invocation *invocation)
{
    return (struct invocation){.counted = invocation->text != NULL, .count = 1};
}

/** In thousandths of a percent; more than all of the file is its end. */
static void action_percent(struct app *app, const struct invocation *invocation)
{
    int64_t whole = invocation->count > 100 ? 100 : invocation->count;
    int64_t thousandths = whole * 1000 + (whole < 100 ? invocation->fraction : 0);
    struct invocation exactly = action_exactly(invocation);
    app_request(app, REQUEST_GOTO_PERCENT, thousandths, &exactly, NULL);
}

/** % in a tree, where a count makes it what it is elsewhere. */
static void action_bracket(struct app *app, const struct invocation *invocation)
{
    if (invocation->counted)
        action_percent(app, invocation);
    else
        app_request(app, REQUEST_TREE_STEP, action_amount(invocation), NULL, NULL);
}

/** p in a tree, where a count makes it what it is elsewhere. */
static void action_unescape(struct app *app, const struct invocation *invocation)
{
    if (invocation->counted)
        action_percent(app, invocation);
    else
        app_request(app, REQUEST_INNER_OPEN, INNER_TEXT, NULL, NULL);
}

/** y in a tree, and what of the value goes to the clipboard. */
static void action_yank(struct app *app, const struct invocation *invocation)
{
    static const struct {
        uint32_t letter;
        const char *what;
    } yanked[] = {{'y', "json"}, {'v', "json"}, {'s', "string"},
                  {'k', "key"},  {'p', "path"}, {'b', "brackets"}};
    for (size_t i = 0; i < sizeof yanked / sizeof *yanked; i++)
        if (invocation->letter == yanked[i].letter) {
            app_request(app, REQUEST_COPY, 0, NULL, yanked[i].what);
            return;
        }
    app_say(app, "Copy what? y the value, s a string, k the key, p the path, b it in brackets");
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
    struct invocation exactly = action_exactly(invocation);
    app_request(app, REQUEST_GOTO_BYTE, invocation->count, &exactly, NULL);
}

static void action_relative(struct app *app, const struct invocation *invocation)
{
    app_request(app, REQUEST_GOTO_RELATIVE, invocation->count, NULL, NULL);
}

static void action_mark(struct app *app, const struct invocation *invocation)
{
    struct invocation row = {.counted = true, .count = action_amount(invocation)};
    if (app_letter(app, invocation->letter, ""))
        app_request(app, REQUEST_MARK_SET, invocation->letter, &row, NULL);
}

static void action_mark_goto(struct app *app, const struct invocation *invocation)
{
    if (app_letter(app, invocation->letter, "'^$"))
        app_request(app, REQUEST_MARK_GOTO, invocation->letter, invocation, NULL);
}

static void action_mark_clear(struct app *app, const struct invocation *invocation)
{
    if (app_letter(app, invocation->letter, ""))
        app_request(app, REQUEST_MARK_CLEAR, invocation->letter, NULL, NULL);
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

static void action_entered(struct app *app, const char *text)
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
        invocation.counted = app->asking.invocation.counted;
        invocation.count = app->asking.invocation.count;
    }
    actions_run(app, &invocation);
}

/** A number is a line in every view. Where bytes are shown it may have been meant as a byte: say how that is written. */
static void action_changed(struct app *app)
{
    struct prompt *prompt = &app->asking.prompt;
    const char *text = buf_string(&prompt->text);
    size_t digits = strspn(text, "0123456789");
    prompt->tail[0] = '\0';
    if (digits == 0 || digits > ACTION_DIGITS || text[digits] != '\0' || !armed_view(app))
        return;
    snprintf(prompt->tail, sizeof prompt->tail, "   (line %s; %sb is byte %s, 0x%s is byte %llu)", text, text,
             text, text, strtoull(text, NULL, 16));
}

static const struct purpose action_purpose = {
    .kind = PROMPT_COLON, .entered = action_entered, .changed = action_changed};

static void action_colon(struct app *app, const struct invocation *invocation)
{
    prompt_ask(app, invocation, &action_purpose, ":");
}

/** A path of a JSON file; without one, it is typed behind `:`, where Tab offers keys. */
static void action_path(struct app *app, const struct invocation *invocation)
{
    if (invocation->text && invocation->text[0] != '\0') {
        app_request(app, REQUEST_GOTO_JSON, 0, NULL, invocation->text);
        return;
    }
    prompt_ask(app, invocation, &action_purpose, ":");
    prompt_replace(&app->asking.prompt, 0, ".");
}

/** A value that takes the place of another; r alone: it is typed behind `:`. */
static void action_poke_json(struct app *app, const struct invocation *invocation)
{
    if (invocation->text) {
        app_request(app, REQUEST_POKE_JSON, 0, NULL, invocation->text);
        return;
    }
    prompt_ask(app, invocation, &action_purpose, ":");
    prompt_replace(&app->asking.prompt, 0, "poke-value ");
}

/** Composed by the loop, of what the screen shows, when the keys before this one have done their work. */
static void action_info(struct app *app, const struct invocation *invocation)
{
    (void)invocation;
    app->remark.info = true;
    app->remark.info_after = app->talk.sent + app->talk.holding;
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
    app->terminal.anew = true;
    app_request(app, REQUEST_REPAINT, 0, NULL, NULL);
}

static void action_reload(struct app *app, const struct invocation *invocation)
{
    (void)invocation;
    app->terminal.anew = true;
    app_request(app, REQUEST_RELOAD, 0, NULL, NULL);
}

static void action_suspend(struct app *app, const struct invocation *invocation)
{
    (void)invocation;
    app_suspend(app);
}

/** Bytes are no text for an editor: there the same key selects. */
static void action_edit(struct app *app, const struct invocation *invocation)
{
    if (armed_view(app))
        app_request(app, REQUEST_SELECT, 0, NULL, NULL);
    else
        file_edit(app, invocation);
}

static void action_version(struct app *app, const struct invocation *invocation)
{
    (void)invocation;
    app_say(app, "folio " FOLIO_VERSION);
}

/** All there is of help; `options`: with those of the command line. */
static void action_help_text(const struct app *app, bool options, struct buf *text)
{
    command_help(text);
    options_set_help(text);
    config_help(&app->keymap, text);
    if (options) {
        buf_text(text, "\nOptions of the command line\n\n");
        options_help_rows(text);
    }
}

/** What there is about a word. False: nothing, which is said. */
static bool action_help_about(struct app *app, const char *word, struct buf *text)
{
    struct buf all = {0};
    char said[128];
    char harmless[64];
    action_help_text(app, true, &all);
    glyph_text(word, strlen(word), harmless, sizeof harmless);
    buf_format(text, "folio: help about %s; q leaves it, :help shows everything\n", harmless);
    bool found = lookup(buf_string(&all), word, text) > 0;
    buf_release(&all);
    if (!found) {
        buf_release(text);
        snprintf(said, sizeof said, "No row of the help is about %s; h shows them all", harmless);
        app_say(app, said);
    }
    return found;
}

/** The text is handed over to the session, which shows it like a file. */
static void action_help(struct app *app, const struct invocation *invocation)
{
    const char *word = invocation->text ? invocation->text : "";
    struct buf text = {0};
    if (app->help && word[0] == '\0')
        return;
    if (app->help) {
        app_say(app, "Command not available: q leaves what is shown in place of the file");
        return;
    }
    if (word[0] != '\0' && !action_help_about(app, word, &text))
        return;
    if (word[0] == '\0')
        action_help_text(app, false, &text);
    if (text.failed) {
        buf_release(&text);
        app_say(app, "Out of memory");
        return;
    }
    app->help = true;
    struct request request = {
        .verb = REQUEST_HELP_OPEN, .amount = (int64_t)text.length, .payload = text.data};
    app_request_whole(app, &request);
}

/** Out of the help first, if it is shown; out of what is in a file, back to the file. */
static void action_quit(struct app *app, const struct invocation *invocation)
{
    (void)invocation;
    if (!app->help && app->shown && app->shown->report.inner) {
        app_request(app, REQUEST_INNER_CLOSE, 0, NULL, NULL);
        return;
    }
    if (!app->help) {
        app_quit(app);
        return;
    }
    app->help = false;
    app_request(app, REQUEST_HELP_CLOSE, 0, NULL, NULL);
}

#define SESSION(verb, amount)               action_send
#define UI(function, amount)                function
#define COMMAND(id, keys, name, actor, ...) [COMMAND_##id] = actor,
static action *const action_table[COMMAND_COUNT] = {
#include "folio/ui/command/commands.def"
};
#undef COMMAND
#undef UI
#undef SESSION

void actions_run(struct app *app, const struct invocation *invocation)
{
    /* Only the very next command is a second q; `:` is on the way to one. */
    if (invocation->id != COMMAND_QUIT && invocation->id != COMMAND_COLON)
        app->warned = app->parting = false;
    action_table[invocation->id](app, invocation);
}
