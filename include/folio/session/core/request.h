/* SPDX-License-Identifier: MIT */
/**
 * view: what the UI thread asks of the session, and what comes back. Values that travel through io/thread/mailbox.
 *
 * Every request has a number, one greater than the one before, and gets exactly one reply; the frame that shows its
 * effect comes through the slot, with the number in it. A request that takes long (a search, a line the survey has
 * not reached) is replied to when it is through or given up; meanwhile other requests are carried out, and a
 * movement of any kind gives the waiting one up.
 */
#ifndef FOLIO_SESSION_CORE_REQUEST_H
#define FOLIO_SESSION_CORE_REQUEST_H

#include "folio/base/bytes/error.h"
#include "folio/view/settings/settings.h"

#include <stdbool.h>
#include <stdint.h>

/** The longest text in a request, with its NUL. */
#define REQUEST_TEXT 4096

/** How a search is done; several together. */
enum search_modifier {
    SEARCH_INVERT = 1 << 0,  /**< lines that do not match */
    SEARCH_FILES = 1 << 1,   /**< goes on in the other files of the list */
    SEARCH_FIRST = 1 << 2,   /**< from the start of the first file; backward from the end of the last */
    SEARCH_KEEP = 1 << 3,    /**< only highlights */
    SEARCH_LITERAL = 1 << 4, /**< no character of the pattern is special */
    SEARCH_WRAP = 1 << 5,    /**< goes on at the other end of the file, to where it began */
    SEARCH_BYTES = 1 << 6,   /**< the pattern is one of bytes; the session sees to that */
};

/** A modifier as well: highlight only what the `number`-th parentheses (1 to 9) of the pattern matched. */
#define SEARCH_GROUP(number)       ((unsigned)(number) << 8)
#define SEARCH_GROUP_OF(modifiers) ((modifiers) >> 8)

/**
 * The session's verbs: name, and what count, amount and text mean in it. Where count was not typed it is 0
 * (`counted` false) and the verb has the default that less has. `amount` comes from the command table.
 */
#define REQUEST_LIST(VERB)                                                                                   \
    VERB(RESIZE)  /* amount = rows << 16 | columns of the body */                                            \
    VERB(REPAINT) /* a new frame of the same place */                                                        \
    VERB(RELOAD)  /* R: drop what is known of the file, look at it anew, open what stands at its path */     \
    VERB(SCROLL)  /* amount = +1 or -1; count rows (1) */                                                    \
    VERB(SCROLL_FORCED) /* J K: the same, going on past the end and the beginning */                         \
    VERB(SCROLL_LINES)  /* ESC-j ESC-k: the same in lines of the file */                                     \
    VERB(PAGE)          /* amount = +1 or -1; count rows (a window) */                                       \
    VERB(PAGE_FORCED)   /* ESC-SPACE ESC-b */                                                                \
    VERB(PAGE_SET)      /* z w: count becomes the window */                                                  \
    VERB(HALF)          /* d u: count becomes the half window */                                             \
    VERB(GOTO_LINE)     /* g: count (1) */                                                                   \
    VERB(GOTO_END)      /* G: count, or the end; reads a pipe to its end */                                  \
    VERB(GOTO_BUFFERED) /* ESC-G: the end of what is there */                                                \
    VERB(GOTO_PERCENT)  /* p %: amount = thousandths of a percent */                                         \
    VERB(GOTO_BYTE)     /* P, :0x..: amount = offset */                                                      \
    VERB(GOTO_RELATIVE) /* :+0x200: amount = signed bytes from the first one shown */                        \
    VERB(GOTO_TIME)     /* :t; text = a time, see base/words/stamp */                                        \
    VERB(GOTO_LEVEL)    /* :later :earlier; amount = +1 or -1; text = a level, see base/words/level */       \
    VERB(SHIFT)         /* amount = +1 or -1; count columns (half a screen) */                               \
    VERB(SHIFT_EDGE)    /* ESC-} and ESC-{: amount = +1 the end of the longest line shown, -1 column 0 */    \
    VERB(SEARCH)        /* amount = +1 or -1; count-th match; text = pattern ("" repeats the last) */        \
    VERB(SEARCH_AGAIN)  /* n N: amount = +1 the same direction, -1 the other; 2, -2: over files */           \
    VERB(SEARCH_TRY)    /* as SEARCH, while one types: always from where the first one began */              \
    VERB(SEARCH_LEAVE)  /* back to there, and to the pattern before */                                       \
    VERB(SEARCH_PICK)   /* :match: the count-th (1) match of the file */                                     \
    VERB(SEARCH_CLEAR)  /* ESC-u: amount 0 toggles highlighting; 1 forgets the pattern (ESC-U) */            \
    VERB(FILTER)     /* &: text = pattern, "" takes all out; amount = which to take out, or FILTER_LIST */   \
    VERB(MARK_SET)   /* m M: amount = letter; count: 0 top row, 1 bottom row */                              \
    VERB(MARK_GOTO)  /* ': amount = letter, ' ^ or $ */                                                      \
    VERB(MARK_CLEAR) /* ESC-m: amount = letter */                                                            \
    VERB(FOLLOW)     /* F; amount 1: until a match (ESC-F), 2: bell at a match (ESC-f) */                    \
    VERB(STOP)       /* ^C, Esc: give up what runs */                                                        \
    VERB(SET)        /* text = word for settings_change */                                                   \
    VERB(FILE_OPEN)  /* :e; text = path ("" the current one anew) */                                         \
    VERB(FILE_STEP)  /* :n :p: amount = +1 or -1; count files */                                             \
    VERB(FILE_PICK)  /* :x: count-th file (1) */                                                             \
    VERB(FILE_DROP)  /* :d: take the current file out of the list */                                         \
    VERB(HELP_OPEN)  /* payload = the help text, malloc'd, taken over; amount = its length */                \
    VERB(HELP_CLOSE) /* back to the file */                                                                  \
    VERB(HIGHLIGHT)  /* text = a pattern, which gets a colour of its own */                                  \
    VERB(HIGHLIGHT_DROP) /* count-th of them, all without a count */                                         \
    VERB(HIGHLIGHT_LIST) /* shown in place of the file, as the help; text = their looks, a line each */      \
    VERB(WRITE)          /* text = path; amount = WRITE_...; value WRITE_ASKS: it exists, message is it */   \
    VERB(PIPE)           /* amount = letter: from there to the screen; value = descriptor, message = text */ \
    VERB(VIEW)           /* amount = enum view_pick */                                                       \
    VERB(CURSOR_SIDE)    /* TAB: from the digits to the characters and back */                               \
    VERB(PICK)           /* Enter in a list: where the row under the cursor leads */                         \
    VERB(GOTO_PLACE)  /* text = a place, as base/words/reckon has it: "0x200*3+16", "end-0x200", "@u32le" */ \
    VERB(POKE)        /* text = "OFFSET=BYTE..."; counted: what the first must be; amount = POKE_... */      \
    VERB(POKE_ANSWER) /* amount = the number of a question (its reply's value): yes; 0: no, leave it */      \
    VERB(UNDO)        /* amount = -1, or +1 redo; text = which, "" the last; asks */                         \
    VERB(POKES)       /* the list of pokes, in place of the file */                                          \
    VERB(PATCH)       /* text = path of a list of pokes; asks */                                             \
    VERB(COMMIT)      /* poke what is in the sandbox; asks */                                                \
    VERB(DISCARD)     /* forget it */                                                                        \
    VERB(KIND)        /* what libmagic says, sandbox and all */                                              \
    VERB(STRINGS)     /* text = shortest run (4): the list of runs of printable text */                      \
    VERB(DIFF)        /* text = path of another file, "": no more */                                         \
    VERB(DIFF_STEP)   /* amount = +1 or -1; count differences (1) */                                         \
    VERB(INSPECT)     /* the inspector, on and off */                                                        \
    VERB(COPY)        /* text = what, and of where; reply: payload, value its length, for the clipboard */   \
    VERB(SAVE)        /* text = "RANGE FILE": those bytes into a file; amount = enum write_mode */           \
    VERB(PLACE)       /* v: reply message is the path, its value the line to edit at */

/** What WRITE does with a file that is there: it asks, or does one of the others. */
enum write_mode { WRITE_ASK, WRITE_OVERWRITE, WRITE_APPEND };

/** The amount of WRITE: what to do with a file that is there (enum write_mode), and between which marks (0: all). */
#define WRITE_AMOUNT(mode, from, to) ((int64_t)(mode) | (int64_t)(from) << 8 | (int64_t)(to) << 16)
#define WRITE_MODE(amount)           ((unsigned)((amount)&0xff))
#define WRITE_FROM(amount)           ((int)((amount) >> 8 & 0xff))
#define WRITE_TO(amount)             ((int)((amount) >> 16 & 0xff))
/** Besides: only what came through a pipe. In the reply's value: the person is to be asked. */
#define WRITE_STREAM ((int64_t)1 << 24)
#define WRITE_ASKS   ((uint64_t)1 << 25)

/** The amount of VIEW. */
enum view_pick { VIEW_TEXT, VIEW_HEX, VIEW_OTHER };

/** The amount of POKE: ask first (OUTCOME_ASKS), or it was asked for already. */
enum poke_ask { POKE_ASKS, POKE_ASKED };

/** The amount of FILTER: say which there are. */
#define FILTER_LIST (-1)

enum verb {
#define VERB(name) REQUEST_##name,
    REQUEST_LIST(VERB)
#undef VERB
        REQUEST_COUNT
};

struct request {
    uint64_t number;
    enum verb verb;
    bool counted;
    int64_t count;
    int64_t amount;
    unsigned modifiers; /**< of a search: enum search_modifier and SEARCH_GROUP */
    /** HELP_OPEN only: memory that the session takes over and frees. */
    char *payload;
    char text[REQUEST_TEXT];
};

enum outcome {
    OUTCOME_DONE,
    OUTCOME_SAID, /**< done, and `message` is worth showing */
    OUTCOME_FAILED, /**< not done; `message` says why ("Pattern not found: X", "Cannot seek to line number 999") */
    OUTCOME_ASKS, /**< `message` is a question; Enter sends POKE_ANSWER with `value`, any other key with 0 */
    OUTCOME_STOPPED /**< given up because of STOP or of a later request */
};

struct reply {
    uint64_t number;
    enum verb verb;
    enum outcome outcome;
    bool bell;                  /**< sound the bell (end of file reached, match while following) */
    bool list;                  /**< a list is shown in place of the file, until PICK or HELP_CLOSE */
    uint64_t value;             /**< what the verb says */
    char *payload;              /**< COPY only: malloc'd, taken over and freed by who collects the reply */
    char message[REQUEST_TEXT]; /**< harmless text; raw bytes for PLACE */
};

#endif
