/* SPDX-License-Identifier: MIT */
/*
 * session: names of files on a helper (see the header). A job is the helper's until `state` says that it is done; one that
 * nobody waits for any more is freed by whoever of the two comes last. That of a dead server may come never.
 */
#include "naming.h"

#include "folio/io/page/fetch.h"
#include "folio/io/thread/pool.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum naming_state { NAMING_RUNNING, NAMING_DONE, NAMING_ABANDONED };

struct naming {
    atomic_int state;
    bool several, fine;
    char *text, *current, *previous;
    struct names names;
    struct error error;
};

static void naming_free(struct naming *naming)
{
    names_release(&naming->names);
    free(naming->text);
    free(naming->current);
    free(naming->previous);
    free(naming);
}

/** A copy for the helper; NULL when out of memory. */
static struct naming *naming_open(const char *text, bool several, const struct names_known *known)
{
    struct naming *naming = calloc(1, sizeof *naming);
    if (!naming)
        return NULL;
    naming->several = several;
    naming->text = strdup(text);
    naming->current = known->current ? strdup(known->current) : NULL;
    naming->previous = known->previous ? strdup(known->previous) : NULL;
    if (naming->text && !known->current == !naming->current && !known->previous == !naming->previous)
        return naming;
    naming_free(naming);
    return NULL;
}

static void naming_find(struct naming *naming)
{
    const struct names_known known = {.current = naming->current, .previous = naming->previous};
    if (naming->several)
        naming->fine = names_all(naming->text, &known, &naming->names, &naming->error);
    else
        naming->fine = names_single(naming->text, &known, &naming->names, &naming->error);
}

/** On the helper. */
static void naming_run(void *context)
{
    struct naming *naming = context;
    naming_find(naming);
    if (atomic_exchange(&naming->state, NAMING_DONE) == NAMING_ABANDONED)
        naming_free(naming);
}

/** Wait as long as the patience lasts. False: it is not done, and the helper's alone from now on. */
static bool naming_wait(struct naming *naming, struct patience patience)
{
    struct wait wait = {.patience = patience};
    bool waits = true;
    while (waits && atomic_load(&naming->state) == NAMING_RUNNING)
        waits = wait_nap(&wait, NULL);
    return waits || atomic_exchange(&naming->state, NAMING_ABANDONED) == NAMING_DONE;
}

bool naming_await(const char *text, bool several, const struct names_known *known, struct patience patience,
                  struct names *out, struct error *error)
{
    struct naming *naming = naming_open(text, several, known);
    if (!naming)
        return error_set(error, 0, "out of memory");
    if (!pool_help(naming_run, naming))
        naming_run(naming);
    if (!naming_wait(naming, patience))
        return error_set(error, 0, "%s: the folder does not answer", text);
    bool fine = naming->fine;
    if (fine) {
        *out = naming->names;
        naming->names = (struct names){0};
    } else {
        *error = naming->error;
    }
    naming_free(naming);
    return fine;
}
