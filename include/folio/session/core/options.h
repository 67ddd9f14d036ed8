/* SPDX-License-Identifier: MIT */
/**
 * session: what the session is asked to open, and how. A value that whoever starts the program fills in.
 */
#ifndef FOLIO_SESSION_CORE_OPTIONS_H
#define FOLIO_SESSION_CORE_OPTIONS_H

#include "folio/io/page/advice.h"
#include "folio/io/page/mapping.h"
#include "folio/io/poke/poke.h"
#include "folio/view/settings/settings.h"

#include <stdbool.h>
#include <stddef.h>

/** What a poke may change; several together. */
enum session_consent { SESSION_MAY_SETUID = POKE_MAY_SETUID, SESSION_MAY_DEVICE = POKE_MAY_DEVICE };

/** Borrowed until session_open returns, but for `path` and its strings: those must live as long as the session. */
struct session_options {
    char *const *path; /**< names; "-" is standard input */
    size_t path_count;
    int stdin_fd; /**< standard input where "-" is among the names, else -1 */
    enum mapping_kind kind;
    enum advice advice;
    bool secure;      /**< no other files than these */
    int view;         /**< the first one (enum view_pick) */
    unsigned consent; /**< enum session_consent: what was agreed to on the command line */
    struct settings settings;
    unsigned rows, columns; /**< of the body, at first */
};

#endif
