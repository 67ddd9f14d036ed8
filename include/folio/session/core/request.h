/* SPDX-License-Identifier: MIT */
/**
 * session: what the UI thread asks of the session, and what comes back. Values that travel through io/thread/mailbox.
 *
 * Every request has a number, one greater than the one before, and gets exactly one reply; the frame that shows its
 * effect comes through the slot, with the number in it. A request that takes long (a search, a line the survey has
 * not reached) is replied to when it is through or given up; meanwhile other requests are carried out, and a
 * movement of any kind gives the waiting one up.
 */
#ifndef FOLIO_SESSION_CORE_REQUEST_H
#define FOLIO_SESSION_CORE_REQUEST_H

#include "folio/base/bytes/error.h"
#include "folio/view/frame/frame.h"
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
enum view_pick { VIEW_TEXT, VIEW_HEX, VIEW_TREE, VIEW_OTHER };

/** The amount of TREE_FOLD. */
enum tree_fold {
    TREE_TOGGLE,
    TREE_INTO,      /**< open it, or go to the first child */
    TREE_OUT,       /**< close it, or go to what it is in */
    TREE_CLOSE,     /**< it and its siblings */
    TREE_CLOSE_ALL, /**< and all that is in them */
    TREE_OPEN,
    TREE_OPEN_ALL
};

/** The amount of INNER_OPEN: the text of a string, or the value with a line for each part. */
enum inner_pick { INNER_TEXT, INNER_PRETTY };

/** The amount of FILTER: say which there are. */
#define FILTER_LIST (-1)

/** The verbs; verbs.def says what each of them means. */
enum verb {
#define VERB(name, ...) REQUEST_##name,
#include "folio/session/core/verbs.def"
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
    bool exact;         /**< the name of a file in the text is as it is, and no longer as it was typed */
    /** HELP_OPEN, RUN: memory that the session takes over and frees. FILE_OPEN: the session's own. */
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
    bool bell;         /**< sound the bell (end of file reached, match while following) */
    enum ending ended; /**< `message` says how a change of bytes ended: it stays until it was seen */
    bool list;         /**< a list is shown in place of the file, until PICK or HELP_CLOSE */
    uint64_t value;    /**< what the verb says */
    char *payload; /**< COPY, VALUE, JSON_KEYS: malloc'd, taken over and freed by who collects the reply */
    char message[REQUEST_TEXT]; /**< harmless text; raw bytes for PLACE */
};

#endif
