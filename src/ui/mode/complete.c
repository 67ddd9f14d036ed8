/* SPDX-License-Identifier: MIT */
/**
 * ui: what Tab offers: names of commands, of settings, of files, keys of a JSON file.
 *
 * Names of files come from a directory that may lie on a server that does not answer, so a helper thread reads it and
 * rings the link. A job belongs to the helper until `state` says that it is done; a job that is no longer wanted is
 * left to the one of both who comes last. Keys come from the session, in a reply. UI thread, and complete_read on the
 * helper.
 */
#include "folio/ui/mode/complete.h"

#include "folio/io/file/names.h"
#include "folio/io/thread/pool.h"
#include "folio/model/json/place.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/say.h"
#include "folio/ui/app/send.h"
#include "folio/ui/option/switch.h"
#include "folio/ui/prompt/menu.h"

#include <dirent.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/** Directories that are larger than that are read in part. */
#define COMPLETE_ENTRIES 100000
/** The most rows that are shown of a list, and which share of the screen. */
#define COMPLETE_ROWS  10
#define COMPLETE_SHARE 2

enum complete_state { COMPLETE_RUNNING, COMPLETE_DONE, COMPLETE_ABANDONED };

struct completion {
    atomic_int state; /**< shared with the helper, which owns all else until it is no longer RUNNING */
    struct menu menu; /**< what fits; of files without the directory */
    size_t begin;     /**< where in the prompt the word starts */
    char *typed;      /**< the word as it was typed */
    char *folder;     /**< files: what of it is the directory, with its slash; "" for all else */
    char *base;       /**< the rest of it, without what escapes signs */
    bool files;
    bool offered;      /**< the UI thread's alone, as all below: the person has been told of what was found */
    bool shown;        /**< as a list, */
    size_t chosen;     /**< of which this one is in the prompt; the count: none, but what was typed */
    struct link *link; /**< rung when the helper is through */
    uint64_t asked;    /**< number of the request for keys; 0: no */
};

/** Encodings that people ask for; any that iconv knows may be typed. */
static const char *const complete_encoding[] = {
    "auto",   "utf-8",    "latin1",   "windows-1252", "utf-16",      "utf-16le", "utf-16be",
    "utf-32", "utf-32le", "utf-32be", "iso-8859-2",   "iso-8859-15", "koi8-r",   "windows-1251",
    "cp437",  "ascii",    "cp037",    "ibm1047",      NULL,
};

static void complete_free(struct completion *completion)
{
    menu_release(&completion->menu);
    free(completion->typed);
    free(completion->folder);
    free(completion->base);
    free(completion);
}

/** Take `begin`, `name` and `tail` together as a word, if it goes on from what was typed. */
static void complete_add(struct completion *completion, const char *begin, const char *name, const char *tail)
{
    char *word;
    if (asprintf(&word, "%s%s%s", begin, name, tail) < 0)
        return;
    if (strncmp(word, completion->base, strlen(completion->base)) == 0)
        (void)menu_add(&completion->menu, word);
    else
        free(word);
}

/** Of the name of a file, what is behind the directory is compared with names as they are. */
static void complete_split(struct completion *completion)
{
    char *slash = strrchr(completion->folder, '/');
    size_t length = slash ? (size_t)(slash - completion->folder) + 1 : 0;
    completion->folder[length] = '\0';
    char *to = completion->base;
    for (const char *from = completion->typed + length; *from != '\0'; from++) {
        from += from[0] == '\\' && from[1] != '\0';
        *to++ = *from;
    }
    *to = '\0';
}

/** A job for the text from `begin` to the cursor; NULL when out of memory. */
static struct completion *complete_open(const struct app *app, size_t begin, bool files)
{
    struct completion *completion = calloc(1, sizeof *completion);
    const char *text = buf_string(&app->asking.prompt.text);
    if (!completion)
        return NULL;
    completion->begin = begin;
    completion->files = files;
    completion->link = app->talk.link;
    completion->typed = strndup(text + begin, app->asking.prompt.cursor - begin);
    completion->base = completion->typed ? strdup(completion->typed) : NULL;
    completion->folder = completion->typed ? strdup(files ? completion->typed : "") : NULL;
    if (!completion->base || !completion->folder) {
        complete_free(completion);
        return NULL;
    }
    if (files)
        complete_split(completion);
    return completion;
}

/** Does the entry lead to a directory? Links are followed. */
static bool complete_is_folder(DIR *directory, const struct dirent *entry)
{
    struct stat stat;
    if (entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN)
        return entry->d_type == DT_DIR;
    return fstatat(dirfd(directory), entry->d_name, &stat, 0) == 0 && S_ISDIR(stat.st_mode);
}

/** The directory that was typed, with what stands for other names put in. NULL: it cannot be read. */
static DIR *complete_folder(const struct completion *completion)
{
    const struct names_known known = {0};
    struct buf folder = {0};
    struct error error;
    bool fine = completion->folder[0] == '\0' || names_one(completion->folder, &known, &folder, &error);
    DIR *directory = fine ? opendir(folder.length > 0 ? buf_string(&folder) : ".") : NULL;
    buf_release(&folder);
    return directory;
}

/** Is the word the beginning of ~user? */
static bool complete_is_user(const struct completion *completion)
{
    return completion->files && completion->folder[0] == '\0' && completion->typed[0] == '~';
}

static void complete_user(void *context, const char *user)
{
    complete_add(context, "~", user, "/");
}

/** The names in the directory that go on from what was typed. */
static void complete_entries(struct completion *completion)
{
    const char *base = completion->base;
    size_t length = strlen(base);
    DIR *directory = complete_folder(completion);
    const struct dirent *entry = directory ? readdir(directory) : NULL;
    for (int seen = 0; entry && seen < COMPLETE_ENTRIES; seen++) {
        bool hidden = entry->d_name[0] == '.' && base[0] != '.';
        bool itself = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        if (!hidden && !itself && strncmp(entry->d_name, base, length) == 0)
            complete_add(completion, "", entry->d_name, complete_is_folder(directory, entry) ? "/" : "");
        entry = readdir(directory);
    }
    if (directory)
        closedir(directory);
}

/** On the helper thread. Nothing of the app is touched here, only the job and, at the end, the bell. */
static void complete_read(void *context)
{
    struct completion *completion = context;
    if (complete_is_user(completion))
        names_users(complete_user, completion);
    else
        complete_entries(completion);
    menu_sort(&completion->menu);
    struct link *link = completion->link;
    if (atomic_exchange(&completion->state, COMPLETE_DONE) == COMPLETE_ABANDONED) {
        complete_free(completion);
        return;
    }
    link_ring(link);
}

static void complete_names(struct completion *completion)
{
    const char *name;
    for (size_t i = 0; (name = command_name(i)); i++)
        complete_add(completion, "", name, "");
}

/** The values that a setting has names for. */
static void complete_values(struct completion *completion, const struct setting *row)
{
    char begin[64];
    snprintf(begin, sizeof begin, "%s=", row->name);
    for (int i = row->low; row->kind == SETTING_NAMES && i <= row->high; i++)
        complete_add(completion, begin, row->names[i - row->low], "");
    for (size_t i = 0; row->kind == SETTING_ENCODING && complete_encoding[i]; i++)
        complete_add(completion, begin, complete_encoding[i], "");
}

/** Names, and behind a name and its `=` the values. */
static void complete_settings(struct completion *completion)
{
    size_t count;
    const struct setting *row = settings_table(&count);
    bool valued = strchr(completion->base, '=') != NULL;
    for (size_t i = 0; i < count; i++) {
        if (valued) {
            complete_values(completion, &row[i]);
            continue;
        }
        bool named = row[i].kind == SETTING_NAMES || !row[i].off;
        complete_add(completion, "", row[i].name, named ? "=" : "");
        if (row[i].off)
            complete_add(completion, "", row[i].off, "");
    }
    const char *name;
    for (size_t i = 0; !valued && (name = options_switch_name(i)); i++)
        complete_add(completion, "", name, "");
}

/** Put the first `length` bytes of a word into the prompt, in the place of what is there of it. */
static void complete_put(struct app *app, const char *word, size_t length)
{
    const struct completion *completion = app->asking.completion;
    struct buf text = {0}, part = {0};
    buf_text(&text, completion->folder);
    buf_append(&part, word, length);
    bool begins = completion->folder[0] == '\0' && !complete_is_user(completion);
    if (completion->files)
        names_escape(buf_string(&part), begins, &text);
    else
        buf_text(&text, buf_string(&part));
    prompt_replace(&app->asking.prompt, completion->begin, buf_string(&text));
    buf_release(&text);
    buf_release(&part);
}

/** What has been found, for the first time: a lone word is put in, and of several what they have in common. */
static void complete_offer(struct app *app)
{
    struct completion *completion = app->asking.completion;
    const struct menu *menu = &completion->menu;
    size_t common = menu_common(menu);
    completion->offered = true;
    completion->chosen = menu->count;
    app->terminal.dirty = true;
    if (menu->count == 0) {
        app_bell(app);
        return;
    }
    completion->shown = menu->count > 1 && common <= strlen(completion->base);
    if (completion->shown)
        return;
    complete_put(app, menu->word[0], common);
    char *typed = strndup(app->asking.prompt.text.data + completion->begin,
                          app->asking.prompt.cursor - completion->begin);
    free(completion->typed);
    completion->typed = typed;
    /* Behind a directory that is the only one the next Tab is about what is in it. */
    if (menu->count == 1 || !typed)
        complete_forget(app);
}

/** One more of them, or back to what was typed. */
static void complete_step(struct app *app, bool forward)
{
    struct completion *completion = app->asking.completion;
    const struct menu *menu = &completion->menu;
    app->terminal.dirty = true;
    if (menu->count == 0) {
        app_bell(app);
        return;
    }
    if (!completion->shown) {
        completion->shown = true;
        return;
    }
    completion->chosen = (completion->chosen + (forward ? 1 : menu->count)) % (menu->count + 1);
    if (completion->chosen < menu->count)
        complete_put(app, menu->word[completion->chosen], strlen(menu->word[completion->chosen]));
    else
        prompt_replace(&app->asking.prompt, completion->begin, completion->typed);
}

/** The start of the last of the words before the cursor, not before `begin`. */
static size_t complete_word(const struct prompt *prompt, size_t begin)
{
    size_t at = prompt->cursor;
    while (at > begin && prompt->text.data[at - 1] != ' ')
        at--;
    return at;
}

/** The path of a JSON file that ends at the cursor: how it goes on is asked of the session. False: there is none. */
static bool complete_path(struct app *app)
{
    const struct prompt *prompt = &app->asking.prompt;
    char *path = strndup(buf_string(&prompt->text), prompt->cursor);
    bool is = path && prompt->kind == PROMPT_COLON && (strcmp(path, ".") == 0 || command_is_path(path));
    struct completion *completion = is ? complete_open(app, json_place_last(path), false) : NULL;
    uint64_t before = app->talk.sent;
    if (completion)
        app_request(app, REQUEST_JSON_KEYS, 0, NULL, path);
    free(path);
    if (completion && app->talk.sent == before) {
        complete_free(completion);
        completion = NULL;
    }
    if (completion)
        completion->asked = app->talk.sent;
    app->asking.completion = completion;
    return is;
}

/** A key goes on from what was typed though it may be spelled otherwise: the session knows. */
static void complete_key(struct completion *completion, const char *step)
{
    char *word = strdup(step);
    if (word)
        (void)menu_add(&completion->menu, word);
}

void complete_replied(struct app *app, const struct reply *reply)
{
    struct completion *completion = app->asking.completion;
    if (!completion || completion->asked != reply->number)
        return;
    if (reply->outcome == OUTCOME_STOPPED) {
        complete_free(completion);
        app->asking.completion = NULL;
        return;
    }
    for (size_t at = 0; at < reply->value; at += strlen(reply->payload + at) + 1)
        complete_key(completion, reply->payload + at);
    menu_sort(&completion->menu);
    atomic_store(&completion->state, COMPLETE_DONE);
    complete_offer(app);
}

/** Find out what is to be completed, and do it or have it done. */
static void complete_start(struct app *app)
{
    size_t begin = 0;
    const struct prompt *prompt = &app->asking.prompt;
    enum command_argument argument = ARGUMENT_FILE;
    if (complete_path(app))
        return;
    if (prompt->kind == PROMPT_COLON)
        argument = command_line_argument(buf_string(&prompt->text), &begin);
    else if (prompt->kind != PROMPT_FILE)
        return;
    /* Behind a name that takes nothing there is nothing to offer. */
    bool nothing = prompt->kind == PROMPT_COLON && begin == 0 && strchr(buf_string(&prompt->text), ' ');
    if (begin > prompt->cursor || nothing)
        return;
    begin = argument == ARGUMENT_SETTING ? complete_word(prompt, begin) : begin;
    struct completion *completion = complete_open(app, begin, argument == ARGUMENT_FILE);
    app->asking.completion = completion;
    if (!completion)
        return;
    if (argument == ARGUMENT_FILE) {
        if (app->options.secure || !pool_help(complete_read, completion)) {
            complete_free(completion);
            app->asking.completion = NULL;
        }
        return;
    }
    (argument == ARGUMENT_SETTING ? complete_settings : complete_names)(completion);
    menu_sort(&completion->menu);
    completion->state = COMPLETE_DONE;
    complete_offer(app);
}

void complete_next(struct app *app, bool forward)
{
    if (!app->asking.completion)
        complete_start(app);
    else if (atomic_load(&app->asking.completion->state) == COMPLETE_DONE)
        complete_step(app, forward);
}

void complete_draw(const struct app *app, struct strip *strip)
{
    struct completion *completion = app->asking.completion;
    unsigned rows = app->terminal.rows / COMPLETE_SHARE;
    if (completion && atomic_load(&completion->state) == COMPLETE_DONE && completion->shown)
        menu_draw(&completion->menu, completion->chosen, rows < COMPLETE_ROWS ? rows : COMPLETE_ROWS, strip);
}

void complete_collect(struct app *app)
{
    struct completion *completion = app->asking.completion;
    if (completion && atomic_load(&completion->state) == COMPLETE_DONE && !completion->offered)
        complete_offer(app);
}

void complete_forget(struct app *app)
{
    struct completion *completion = app->asking.completion;
    app->asking.completion = NULL;
    if (completion &&
        (atomic_exchange(&completion->state, COMPLETE_ABANDONED) == COMPLETE_DONE || completion->asked))
        complete_free(completion);
}
