/* SPDX-License-Identifier: MIT */
/**
 * ui: struct app, what all of ui shares: the terminal, the session, what is on the screen and what is typed.
 *
 * There is one, made by ui/run/program.c and touched by the UI thread alone. What only one mode needs is in a struct
 * of that mode; here is a pointer to it.
 */
#ifndef FOLIO_UI_APP_APP_H
#define FOLIO_UI_APP_APP_H

#include "folio/session/core/request.h"
#include "folio/session/top/link.h"
#include "folio/ui/app/mode.h"
#include "folio/ui/command/command.h"
#include "folio/ui/command/keymap.h"
#include "folio/ui/option/options.h"
#include "folio/ui/prompt/prompt.h"
#include "folio/ui/terminal/look.h"
#include "folio/ui/terminal/screen.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ahead;
struct completion;
struct history_file;
struct overwrite;
struct purpose;
struct question;
struct search;
struct typing;

/** The terminal. */
struct terminal {
    int tty;                         /**< gives keys; -1: there is none */
    int signals;                     /**< can be polled for signals that came */
    struct screen *screen;           /**< NULL until it is needed */
    bool able;                       /**< it can be drawn on */
    struct screen_standout standout; /**< for printing where it cannot */
    unsigned rows, columns;          /**< of the whole screen */
    bool dirty;                      /**< there is something to draw; */
    bool anew;                       /**< all of it is to be drawn, whatever curses believes to be there */
};

/** Requests that are on their way to the session. */
struct talk {
    struct link *link;
    uint64_t sent;       /**< number of the last request */
    unsigned waiting;    /**< requests without a reply */
    int64_t moved_ms;    /**< when the last reply came, or the first request of those waiting went out */
    bool slow;           /**< requests have been waiting for long */
    bool holding;        /**< a scroll is held back while others wait: */
    struct request held; /**< its count grows with every further one */
};

/** Sentences for the last row. */
struct remark {
    char message[REQUEST_TEXT];   /**< stands there until the next key; "" for none */
    char complaint[REQUEST_TEXT]; /**< about the configuration, until the first key; "" for none */
    struct end {
        char text[REQUEST_TEXT]; /**< how a change of bytes ended; stays until it was seen, "" for none */
        enum ending how;
        bool holds;    /**< the next key is not enough */
        bool drawn;    /**< it has been on the screen, */
        int64_t since; /**< from then on (ms) */
    } end;
    struct buf unsaved; /**< what the disk would not have: said once more when the process ends */
    bool info;          /**< to say what is shown, once the frame of request `info_after` is there */
    uint64_t info_after;
};

/** The prompt, while one is open, and what it is for. */
struct asking {
    struct prompt prompt;
    const struct purpose *purpose;
    struct invocation invocation;  /**< the command that opened it */
    struct completion *completion; /**< what Tab offers; NULL: nothing yet */
    struct history_file *history;  /**< where lines are remembered; NULL: nowhere */
};

/** The + commands of the command line. */
struct script {
    size_t next; /**< the one to type next */
    bool every;  /**< only those for every file (++) are typed */
    bool typing; /**< keys come from one of them, not from a person */
};

/** Text that is being pasted. */
struct paste {
    bool on;  /**< its end has not come */
    bool cut; /**< it is longer than anybody takes */
    struct buf text;
};

struct app {
    struct options options;
    struct looks looks;
    struct keymap keymap;
    struct terminal terminal;
    struct talk talk;
    struct frame *shown; /**< the latest, NULL before the first */
    struct remark remark;
    struct mode_stack modes;
    struct typed typed; /**< keys of a command that is not complete */
    uint64_t selecting; /**< the last request that may select bytes */
    struct asking asking;
    struct buf shell; /**< the last command for the shell */
    struct script script;
    struct paste paste;
    bool short_awaited; /**< under -F: no key was pressed, and what came so far fits on the screen */
    unsigned failed;    /**< files that could not be opened */
    bool help;          /**< the help or a list is shown in place of the file */
    bool parting;       /**< to leave as soon as what is being stored is; leaving once more leaves at once */
    bool warned;        /**< of edits that would be lost: leaving once more leaves */

    /** The state of the modes. */
    struct ahead *ahead;
    struct overwrite *overwrite;
    struct question *question;
    struct search *search;
    struct typing *typing;
};

/** Does what is to be stored wait for another program, which holds the journal? As the latest frame says. */
static inline bool app_journal_held(const struct app *app)
{
    return app->shown && app->shown->report.busy == BUSY_JOURNAL;
}

#endif
