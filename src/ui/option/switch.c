/* SPDX-License-Identifier: MIT */
/**
 * ui: options that `:set` switches and that are no settings of the session. Pure; main thread.
 */
#include "folio/ui/option/switch.h"

#include <stdio.h>
#include <string.h>

/** What `:set` switches beside the settings. */
static const struct options_live {
    const char *name, *off;
    size_t member;
    int on; /**< what NAME sets; noNAME sets the other of 0 and 1 */
    const char *said_on, *said_off;
} options_live[] = {
    {"incsearch", "noincsearch", offsetof(struct options, incsearch), 1, "Search while the pattern is typed",
     "Search when the pattern is complete"},
    {"history", "nohistory", offsetof(struct options, no_history), 0,
     "Patterns and commands are kept for the next run", "Patterns and commands are not kept"},
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
