/* SPDX-License-Identifier: MIT */
/** ui: the commands that ask for a pattern: searching, searching while one types, filtering. UI thread. */
#ifndef FOLIO_UI_MODE_SEARCH_H
#define FOLIO_UI_MODE_SEARCH_H

#include "folio/base/bytes/buf.h"

#include <stdbool.h>

struct app;
struct invocation;

/** The search that is typed. All zero at the beginning. */
struct search {
    unsigned modifiers; /**< how it is to be done: enum search_modifier and SEARCH_GROUP */
    bool group_asked;   /**< the next key is the number of a group */
    bool trying;        /**< the session searches for what is typed so far, */
    struct buf tried;   /**< which is what it was told last */
};

/** Ask for a pattern to search for. An amount of 2 or -2 in the table goes on over all files. */
void search_ask(struct app *app, const struct invocation *invocation);

/** Ask for a pattern to filter by. */
void search_filter(struct app *app, const struct invocation *invocation);

/** `:filter` says which patterns there are, -N takes the N-th out, anything else is one more; ! before it hides. */
void search_filter_command(struct app *app, const struct invocation *invocation);

#endif
