/* SPDX-License-Identifier: MIT */
/**
 * ui: what Tab offers: names of commands, of settings, of files, one after the other.
 *
 * Names of files come from a directory that may lie on a server that does not answer, so a helper thread reads it and
 * rings the link. A job belongs to the helper until `state` says that it is done; a job that is no longer wanted is
 * left to the one of both who comes last. UI thread, and complete_read on the helper.
 */
#include "folio/ui/mode/complete.h"

#include "folio/io/thread/pool.h"
#include "folio/ui/app/app.h"
#include "folio/ui/app/say.h"
#include "folio/ui/option/switch.h"

#include <dirent.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Enough to choose from; directories larger than that are read in part. */
#define COMPLETE_WORDS   1000
#define COMPLETE_ENTRIES 100000

enum complete_state { COMPLETE_RUNNING, COMPLETE_DONE, COMPLETE_ABANDONED };

struct completion {
    atomic_int state; /**< shared with the helper, which owns all else until it is no longer RUNNING */
    char **word;      /**< sorted, owned */
    size_t count, next;
    size_t begin;      /**< where in the prompt the word starts */
    char *stem;        /**< what was typed of it */
    char *folder;      /**< files: what of the stem is the directory, with its slash */
    bool offered;      /**< a word has been put into the prompt; the UI thread's alone */
    struct link *link; /**< rung when the helper is through */
};

/** Encodings that people ask for; any that iconv knows may be typed. */
static const char *const complete_encoding[] = {
    "auto",   "utf-8",    "latin1",   "windows-1252", "utf-16",      "utf-16le", "utf-16be",
    "utf-32", "utf-32le", "utf-32be", "iso-8859-2",   "iso-8859-15", "koi8-r",   "windows-1251",
    "cp437",  "ascii",    "cp037",    "ibm1047",      NULL,
};

static void complete_free(struct completion *completion)
{
    for (size_t i = 0; i < completion->count; i++)
        free(completion->word[i]);
    free(completion->word);
    free(completion->stem);
    free(completion->folder);
    free(completion);
}

static int complete_order(const void *left, const void *right)
{
    return strcmp(*(char *const *)left, *(char *const *)right);
}

/** Take `folder` and `name` and `tail` together as a word, if it goes on from the stem. */
static void complete_add(struct completion *completion, const char *folder, const char *name,
                         const char *tail)
{
    char *word;
    if (!completion->word || completion->count == COMPLETE_WORDS ||
        asprintf(&word, "%s%s%s", folder, name, tail) < 0)
        return;
    if (strncmp(word, completion->stem, strlen(completion->stem)) == 0)
        completion->word[completion->count++] = word;
    else
        free(word);
}

/** A job for the text from `begin` to the cursor; NULL when out of memory. */
static struct completion *complete_open(const struct app *app, size_t begin)
{
    struct completion *completion = calloc(1, sizeof *completion);
    const char *text = buf_string(&app->asking.prompt.text);
    if (!completion)
        return NULL;
    completion->begin = begin;
    completion->link = app->talk.link;
    completion->stem = strndup(text + begin, app->asking.prompt.cursor - begin);
    completion->word = calloc(COMPLETE_WORDS, sizeof(char *));
    completion->folder = completion->stem ? strdup(completion->stem) : NULL;
    if (!completion->word || !completion->folder) {
        complete_free(completion);
        return NULL;
    }
    char *slash = strrchr(completion->folder, '/');
    completion->folder[slash ? slash - completion->folder + 1 : 0] = '\0';
    return completion;
}

static void complete_sort(struct completion *completion)
{
    qsort(completion->word, completion->count, sizeof(char *), complete_order);
}

/** On the helper thread. Nothing of the app is touched here, only the job and, at the end, the bell. */
static void complete_read(void *context)
{
    struct completion *completion = context;
    const char *base = completion->stem + strlen(completion->folder);
    DIR *directory = opendir(completion->folder[0] != '\0' ? completion->folder : ".");
    const struct dirent *entry = directory ? readdir(directory) : NULL;
    for (int seen = 0; entry && seen < COMPLETE_ENTRIES; seen++) {
        bool hidden = entry->d_name[0] == '.' && base[0] != '.';
        bool itself = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
        if (!hidden && !itself)
            complete_add(completion, completion->folder, entry->d_name, entry->d_type == DT_DIR ? "/" : "");
        entry = readdir(directory);
    }
    if (directory)
        closedir(directory);
    complete_sort(completion);
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
    bool valued = strchr(completion->stem, '=') != NULL;
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

/** Put the next word into the prompt. */
static void complete_put(struct app *app)
{
    struct completion *completion = app->asking.completion;
    completion->offered = true;
    if (completion->count == 0) {
        app_bell(app);
        return;
    }
    prompt_replace(&app->asking.prompt, completion->begin, completion->word[completion->next]);
    completion->next = (completion->next + 1) % completion->count;
    app->terminal.dirty = true;
}

/** The start of the last of the words before the cursor, not before `begin`. */
static size_t complete_word(const struct prompt *prompt, size_t begin)
{
    size_t at = prompt->cursor;
    while (at > begin && prompt->text.data[at - 1] != ' ')
        at--;
    return at;
}

/** Find out what is to be completed, and do it or have it done. */
static void complete_start(struct app *app)
{
    size_t begin = 0;
    const struct prompt *prompt = &app->asking.prompt;
    enum command_argument argument = ARGUMENT_FILE;
    if (prompt->kind == PROMPT_COLON)
        argument = command_line_argument(buf_string(&prompt->text), &begin);
    else if (prompt->kind != PROMPT_FILE)
        return;
    /* Behind a name that takes nothing there is nothing to offer. */
    bool nothing = prompt->kind == PROMPT_COLON && begin == 0 && strchr(buf_string(&prompt->text), ' ');
    if (begin > prompt->cursor || nothing)
        return;
    begin = argument == ARGUMENT_SETTING ? complete_word(prompt, begin) : begin;
    struct completion *completion = complete_open(app, begin);
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
    complete_sort(completion);
    completion->state = COMPLETE_DONE;
    complete_put(app);
}

void complete_next(struct app *app)
{
    if (!app->asking.completion)
        complete_start(app);
    else if (atomic_load(&app->asking.completion->state) == COMPLETE_DONE)
        complete_put(app);
}

void complete_collect(struct app *app)
{
    struct completion *completion = app->asking.completion;
    if (completion && atomic_load(&completion->state) == COMPLETE_DONE && !completion->offered)
        complete_put(app);
}

void complete_forget(struct app *app)
{
    struct completion *completion = app->asking.completion;
    app->asking.completion = NULL;
    if (completion && atomic_exchange(&completion->state, COMPLETE_ABANDONED) == COMPLETE_DONE)
        complete_free(completion);
}
