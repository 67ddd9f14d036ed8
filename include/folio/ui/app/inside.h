/* SPDX-License-Identifier: MIT */
/**
 * ui, private: the state of the program, shared by the files that make up ui/app, and what app.c has for all of them.
 * What the others have for each other is in the header of the same name.
 *
 *   app.c      starting, the loop, drawing          talk.c    requests, replies and frames
 *   action.c   what each command does               typing.c  keys into commands and prompts
 *   launch.c   all that needs no screen             complete.c  what Tab offers
 *   write.c    saving, giving to a command          highlight.c  patterns in colours of their own
 *   bytes.c    keys that are bytes, and questions about changing them
 *
 * One struct app, made by app_run (it is too large for a small stack), touched by the UI thread alone.
 */
#ifndef FOLIO_UI_APP_INSIDE_H
#define FOLIO_UI_APP_INSIDE_H

#include "folio/base/bytes/buf.h"
#include "folio/base/bytes/error.h"
#include "folio/session/core/request.h"
#include "folio/session/top/link.h"
#include "folio/ui/command/command.h"
#include "folio/ui/command/keymap.h"
#include "folio/ui/option/options.h"
#include "folio/ui/prompt/prompt.h"
#include "folio/ui/terminal/look.h"
#include "folio/ui/terminal/screen.h"

struct completion;
struct history_file;

/** Keys of bytes that are kept while the byte before is stored. */
#define BYTES_AHEAD 64

/** What is typed in the hex view, and what is asked about bytes. */
struct bytes {
    uint64_t offset;             /**< of the byte that the prompt is about, */
    int before;                  /**< what was shown there, */
    bool characters;             /**< and whether a character is typed, not digits */
    uint64_t storing;            /**< number of the request that stores what was typed; 0: none does */
    bool stored;                 /**< it is replied to, */
    uint64_t next;               /**< with the cursor here; the frame that shows that may not have come */
    uint64_t turning;            /**< number of the last request that decides what keys mean */
    uint32_t ahead[BYTES_AHEAD]; /**< keys that are kept */
    unsigned ahead_count;
    int64_t since;     /**< when that began (ms) */
    bool replaying;    /**< a key that was kept is carried out */
    uint64_t answered; /**< number of the answer to a question that is not replied to; 0: none */
    char question[REQUEST_TEXT + 64];
};

struct app {
    struct options options;
    struct looks looks;
    int tty, signals; /**< descriptors: keys, signals that came */
    struct wake *wake;
    struct session *session;
    struct mailbox *mailbox; /**< the session's */
    struct screen *screen;   /**< NULL until it is needed */
    struct screen_standout standout;
    unsigned rows, columns; /**< of the whole screen */
    unsigned failed;        /**< files that could not be opened */

    struct frame *shown; /**< the latest, NULL before the first */
    struct frame *spare; /**< given to the mailbox in exchange for the first */
    uint64_t sent;       /**< number of the last request */
    unsigned waiting;    /**< requests without a reply */
    int64_t moved_ms;    /**< when the last reply came, or the first request of those waiting went out */
    struct request held; /**< a scroll that goes on while others wait; its count grows */
    bool holding;

    struct keymap keymap;
    struct typed typed;
    struct prompt prompt;
    struct invocation asked; /**< the command that opened the prompt */
    struct completion *completion;
    unsigned modifiers;           /**< of the search that is typed */
    bool group_asked;             /**< the next key is the number of a group */
    bool scripted;                /**< keys come from a + command, not from a person */
    bool trying;                  /**< the session searches for what is typed */
    struct buf tried;             /**< what it was last told */
    struct history_file *history; /**< NULL: nothing is kept */

    bool info; /**< to say what is shown, once the frame of request `info_after` is */
    uint64_t info_after;
    size_t command;     /**< the + command to type next */
    bool command_every; /**< only those for every file (++) are */

    char message[REQUEST_TEXT];   /**< in place of the status row until the next key; "" for none */
    char complaint[REQUEST_TEXT]; /**< about the configuration, until the first key; "" for none */
    char
        overwrite[REQUEST_TEXT]; /**< the next key says what to do with this file, which is there; "": none */
    int64_t overwrite_amount;    /**< the amount of the request that came upon it */
    enum verb overwrite_verb;    /**< and its verb: in the text of SAVE a range stands before the name */
    struct bytes bytes;
    uint64_t question; /**< of the session, to be answered by the next key; 0: none */
    bool help;         /**< the help is shown */
    bool warned;       /**< of edits that would be lost: leaving once more leaves */
    bool dirty, anew;  /**< something to draw; all of it, whatever curses believes */
    bool slow;         /**< requests have been waiting for long */
};

/** Milliseconds of a clock that only goes forward. */
int64_t app_now(void);

/** Leave the process with `status`, the terminal as it was. What a screen would have told goes to standard error. */
void app_leave(struct app *app, int status) __attribute__((noreturn));

/** Show a sentence in the last row. */
void app_say(struct app *app, const char *text);

/** Print an error on standard error, harmless. */
void app_complain(const struct error *error);

/** Give the terminal to the shell until the person comes back. */
void app_suspend(struct app *app);

/** Take the terminal after somebody else had it; its size may be another. */
void app_return(struct app *app);

/** Carry out a signal. True for SIGINT, which is left to the caller. */
bool app_signal(struct app *app, int number);

#endif
