/* SPDX-License-Identifier: MIT */
/** session: what the files of searching and filtering share: their states. View thread. */
#ifndef FOLIO_SESSION_SEARCH_STATE_H
#define FOLIO_SESSION_SEARCH_STATE_H

#include "folio/model/search/filter.h"
#include "folio/model/search/matches.h"
#include "folio/session/core/session.h"

/** A search that runs, or was the last to. */
struct search_run {
    unsigned modifiers; /**< enum search_modifier */
    bool wrapped;       /**< it went on at the other end of the file; then it ends at `limit` */
    uint64_t limit;
    bool crossed; /**< it went on in another file; then it comes back to `home` if nothing is found */
    struct mark home, quote; /**< and to what '' was */
};

/** A search while one types. */
struct search_try {
    bool active;
    /** What it was like before the first letter. */
    struct mark home, quote;
    struct mark left; /**< what '' becomes when that is left */
    uint64_t current, shift, cursor;
    char pattern[REQUEST_TEXT];
    unsigned modifiers;
    int direction;
    bool hidden;
    /** From where it searches, and whether that is before the first row shown. */
    uint64_t from;
    bool inside;
    /** What the last letter found: nothing known, the unit, or that there is none; and how it was searched for. */
    enum { TRY_OPEN, TRY_FOUND, TRY_NONE } known;
    uint64_t unit;
    unsigned last;
};

/** What is searched for, in the session: the last pattern, "" before the first, and how. */
struct searching {
    char pattern[REQUEST_TEXT];
    unsigned modifiers; /**< enum search_modifier and SEARCH_GROUP, as n repeats it */
    int direction;      /**< which way the last search went, 1 or -1; 0 before the first: forward */
    bool hidden;        /**< hits are not shown */
    struct search_run run;
    struct search_try tried;
};

/** What counts it on a stage. */
struct searched {
    struct matches *matches; /**< the lines or places that match; NULL: nothing is searched for, or */
    struct filter *misses;   /**< lines that do not match are */
    struct filter
        *within; /**< the same among the lines that the filter shows; NULL: there is no such question */
    struct matches_text searched; /**< the text with which they were opened */
    struct matches
        *folded; /**< what matched nothing, without regard to case: how many -I would find; NULL: not asked */
    char *pattern; /**< what is searched for, as it was typed; NULL also: no memory for it */
    unsigned modifiers;
};

/** A pattern of the filter. */
struct filter_pattern {
    char *text;
    bool hide, literal;
};

/** The patterns of the filter, in the session, and how often they changed. */
struct filtering {
    struct filter_pattern pattern[FILTER_PARTS_MAX];
    size_t count;
    unsigned change;
};

/** What shows only some lines of a stage, NULL: all are shown; and with what it was opened. */
struct filtered {
    struct filter *filter;
    struct filter *kept[FILTER_PARTS_MAX]; /**< what counts each pattern by itself; NULL: nobody has asked */
    struct matches_text text;
    int letter_case;
    unsigned change;
};

static inline struct searching *search_of(const struct session *session)
{
    return session_part(session, PART_SEARCH);
}

static inline struct searched *search_on(const struct stage *stage)
{
    return stage_part(stage, PART_SEARCH);
}

static inline struct filtering *filtering_of(const struct session *session)
{
    return session_part(session, PART_FILTER);
}

#endif
