/* SPDX-License-Identifier: MIT */
/**
 * ui: options that `:set` switches and that are no settings of the session. Pure; main thread.
 */
#include "folio/ui/option/switch.h"

#include "folio/ui/command/manual.h"

#include <stdio.h>
#include <string.h>

/** What `:set` switches beside the settings. */
static const struct options_live {
    const char *name, *off;
    size_t member;
    int on; /**< what NAME sets; noNAME sets the other of 0 and 1 */
    const char *said_on, *said_off, *help;
} options_live[] = {
    {"incsearch", "noincsearch", offsetof(struct options, incsearch), 1, "Search while the pattern is typed",
     "Search when the pattern is complete", "search while the pattern is typed"},
    {"history", "nohistory", offsetof(struct options, no_history), 0,
     "Patterns and commands are kept for the next run", "Patterns and commands are not kept",
     "patterns and commands are kept for the next run"},
};

#define OPTIONS_LIVE (sizeof options_live / sizeof options_live[0])

bool options_switch(struct options *options, const char *word, char *said, size_t said_size)
{
    size_t length = strcspn(word, "!?");
    char mode = word[length];
    if (mode != '\0' && word[length + 1] != '\0')
        return false;
    for (size_t i = 0; i < OPTIONS_LIVE; i++) {
        const struct options_live *row = &options_live[i];
        int *member = (int *)((char *)options + row->member);
        bool off = strcmp(word, row->off) == 0;
        if (!off && (strlen(row->name) != length || strncmp(word, row->name, length) != 0))
            continue;
        if (mode == '\0')
            *member = off ? !row->on : row->on;
        else if (mode == '!')
            *member = !*member;
        snprintf(said, said_size, "%s", *member == row->on ? row->said_on : row->said_off);
        return true;
    }
    return false;
}

const char *options_switch_name(size_t number)
{
    if (number >= 2 * OPTIONS_LIVE)
        return NULL;
    const struct options_live *row = &options_live[number / 2];
    return number % 2 == 0 ? row->name : row->off;
}

void options_switch_each(const struct options *options, settings_put *put, struct buf *out)
{
    char form[64];
    for (size_t i = 0; i < OPTIONS_LIVE; i++) {
        const struct options_live *row = &options_live[i];
        bool on = options && *(const int *)((const char *)options + row->member) == row->on;
        snprintf(form, sizeof form, "%s, %s", row->name, row->off);
        put(!options ? form : on ? row->name : row->off, options ? row->name : NULL, row->help, 0, out);
    }
}

void options_set_help(struct buf *out)
{
    buf_text(out, "\nWhat can be set (:set NAME; :set alone lists how it is now)\n\n");
    settings_each(NULL, settings_list_row, out);
    options_switch_each(NULL, settings_list_row, out);
}

static void switch_manual_row(const char *word, const char *name, const char *help, char letter,
                              struct buf *out)
{
    (void)name;
    buf_text(out, ".It Cm ");
    manual_text(out, word);
    buf_text(out, "\n");
    manual_text(out, help);
    if (letter != '\0') {
        buf_text(out, "\n.Pq Fl ");
        manual_word(out, (char[]){letter, '\0'});
    }
    buf_text(out, letter != '\0' ? "\n" : ".\n");
}

void options_set_manual(struct buf *out)
{
    buf_text(out, ".Bl -tag -width Ds\n");
    settings_each(NULL, switch_manual_row, out);
    options_switch_each(NULL, switch_manual_row, out);
    buf_text(out, ".El\n");
}
