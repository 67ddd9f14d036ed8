/* SPDX-License-Identifier: MIT */
/**
 * ui: the state of the program, shared by the files that make up ui/app.
 *
 *   app.c      starting, the loop, drawing          talk.c    requests, replies and frames
 *   action.c   what each command does               typing.c  keys into commands and prompts
 *   launch.c   all that needs no screen             complete.c  what Tab offers
 *   write.c    saving, giving to a command          highlight.c  patterns in colours of their own
 *   bytes.c    keys that are bytes, and questions about changing them
 *
 * One struct app, made by app_run (it is too large for a small stack), touched by the UI thread alone.
 */
#ifndef FOLIO_UI_APP_PRIVATE_H
#define FOLIO_UI_APP_PRIVATE_H

#include "folio/io/mailbox.h"
#include "folio/io/wake.h"
#include "folio/ui/command.h"
#include "folio/ui/keymap.h"
#include "folio/ui/look.h"
#include "folio/ui/options.h"
#include "folio/ui/prompt.h"
#include "folio/ui/screen.h"
#include "folio/view/request.h"
#include "folio/view/session.h"

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

/* app.c */

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

/* talk.c */

/** Send a request for `amount`, the count of `invocation` (NULL: none) and `text` (NULL: none). */
void app_request(struct app *app, enum verb verb, int64_t amount, const struct invocation *invocation,
                 const char *text);

/** Send a search as it was asked for: its direction, count and modifiers, and `text`. */
void app_request_search(struct app *app, enum verb verb, const char *text);

/** Tell the session the size of the body. */
void app_request_size(struct app *app);

/** Hand over the text of the help. */
void app_request_help(struct app *app, char *text, size_t length);

/** Take replies and the latest frame; what was held may go out. */
void app_collect(struct app *app);

/** Does something run that ^C and Esc would stop? */
bool app_busy(const struct app *app);

/** Stop it. */
void app_stop(struct app *app);

/** At the end, under -e or -E: the next file, or leave. */
void app_next_or_leave(struct app *app);

/** Rows that the session composes. */
unsigned app_body(const struct app *app);

/* action.c */

/** Carry out a command. */
void action_run(struct app *app, const struct invocation *invocation);

/** What was typed into the prompt is complete. */
void action_entered(struct app *app);

/** The prompt was left without Enter. */
void action_cancelled(struct app *app);

/** Something in the prompt may have changed: search for it, if one searches while typing. */
void action_typed(struct app *app);

/** Put the modifiers of the search into the prompt's label. */
void action_label(struct app *app);

/** Is what stands in the option prompt complete without Enter? */
bool action_option_ready(const struct app *app);

/** Are there edits that leaving would lose, of which nothing has been said yet? Says it. */
bool action_stays(struct app *app);

/** Forbidden by --secure, or senseless in the help? Says so. */
bool action_forbidden(struct app *app);

/** Is it a mark, or one of `also`? Says so where it is not. */
bool action_letter(struct app *app, uint32_t letter, const char *also);

/* write.c, highlight.c */

void action_write(struct app *app, const struct invocation *invocation);
void action_log(struct app *app, const struct invocation *invocation);
void action_pipe(struct app *app, const struct invocation *invocation);
void action_highlight(struct app *app, const struct invocation *invocation);
void action_unhighlight(struct app *app, const struct invocation *invocation);

/** A name or a command came from the prompt. False: it was for something else. */
bool write_entered(struct app *app, const char *text);

/** A key may be the answer to what is asked about a file that is there. False: nothing is asked. */
bool write_answer(struct app *app, uint32_t stroke);

/** WRITE or SAVE came upon a file that is there; PIPE has made its pipe: run the command. */
void write_replied(struct app *app, const struct reply *reply);
void write_piped(struct app *app, const struct reply *reply);

/* bytes.c */

void action_save(struct app *app, const struct invocation *invocation);

/** A key that is a byte, or picks from a list, in the view that is shown. False: it is a command as everywhere. */
bool bytes_key(struct app *app, uint32_t stroke);

/** A key may be the answer to a question of the session. False: nothing is asked. */
bool bytes_answer(struct app *app, uint32_t stroke);

/** The session asks. */
void bytes_asked(struct app *app, const struct reply *reply);

/** A key for the prompt of a byte. */
void bytes_typed(struct app *app, uint32_t stroke);

/** Is the key kept, for it is not known yet what it is about? */
bool bytes_keep(struct app *app, uint32_t stroke);

/** A request was sent. */
void bytes_sent(struct app *app, enum verb verb);

/** Esc alone leaves the column of characters, where keys are bytes. False: it is Esc as everywhere. */
bool bytes_escape(struct app *app);

/** A reply may be that to a byte that was typed, and then a frame; keys that were kept are carried out. */
void bytes_replied(struct app *app, const struct reply *reply);
void bytes_continue(struct app *app);

/** Before leaving: wait a little for what is being stored. */
void bytes_settle(struct app *app);

/* typing.c */

/** One key. `next` is the one that came with it, STROKE_NONE if none; true when that was used too. */
bool app_key(struct app *app, uint32_t stroke, uint32_t next);

/** Type text as if a person did, and end what it leaves open; for + commands. */
void app_type(struct app *app, const char *keys);

/* launch.c */

/** Copy the files to standard output. The exit status. */
int launch_copy(const struct options *options);

/** Print the files row by row, harmless, and leave. */
void launch_print(struct app *app) __attribute__((noreturn));

/** Wait until a screen is needed; leaves where everything fits and was asked to be printed (-F). */
void launch_wait(struct app *app);

/* complete.c */

/** Offer completions for the prompt, or the next of those offered. */
void complete_next(struct app *app);

/** Names of files may have come in. */
void complete_collect(struct app *app);

/** The person went on typing: forget what was offered. */
void complete_forget(struct app *app);

#endif
