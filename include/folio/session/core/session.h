/* SPDX-License-Identifier: MIT */
/**
 * view, private: the inside of the session, for the session_*.c files. All of it belongs to the view thread, but for
 * the mailbox, the wakes and `interrupted`.
 *
 *     top/thread.c            open, the thread's loop, the table of verbs
 *     top/show.c       frames and their reports, waiting for bytes
 *     stage.c      a document with all that follows from it: settings, encoding, what is searched
 *     top/settings.c        settings
 *     files/list.c       the list of files, help
 *     files/change.c       what happens to a file under us
 *
 *     move/layout.c       text, bytes, lists: which layout shows the file
 *     move/lines.c       scrolling, going to places, marks
 *     move/cursor.c     movements of views with a cursor
 *     move/expression.c      places given as expressions
 *     move/time.c       places that logs have: a time, a level
 *
 *     search/search.c     patterns, n and N
 *     search/find.c       where the next match is, other files
 *     search/typed.c        searching while one types
 *     search/hard.c       telling that a pattern was too hard
 *     search/highlight.c  patterns in colours of their own
 *     search/filter.c     which lines are shown
 *     search/within.c     counting what is searched for among those
 *     part/write.c      saving, and giving to a command
 *
 *     part/inspect.c    what the bytes under the cursor would be
 *     part/strip.c      kinds of bytes at the right edge
 *     part/copy.c       bytes to the clipboard, or into a file
 *     poke/poke.c       changing bytes
 *     poke/finish.c   what came of it
 *     poke/pokes.c      the list of changes
 *     poke/edits.c      the sandbox
 *     poke/commit.c     from there into the file
 *     part/strings.c    runs of text among bytes
 *     part/diff.c       comparing with another file
 *
 * Here is what all of them work on, and the verbs, which the table alone calls. What they have for each other is in the
 * header of the same name, or, of parts that are several files, in search/find.h (hard), search/typed.h (search),
 * files/list.h (look), move/lines.h (time), poke/poke.h (poke_end, pokes); their own insides in search/inside.h, poking.h.
 *
 * A verb is carried out at once or becomes *waiting*: at most one request waits (for the survey, for a search, for a
 * file to grow); it is asked again whenever the view thread is woken, and the next movement gives it up. Only n and N
 * wait behind a search, so that what is typed faster than it searches is carried out all the same.
 */
#ifndef FOLIO_SESSION_CORE_SESSION_H
#define FOLIO_SESSION_CORE_SESSION_H

#include "folio/base/words/level.h"
#include "folio/model/byte/classes.h"
#include "folio/model/document/document.h"
#include "folio/model/known/when.h"
#include "folio/model/search/filter.h"
#include "folio/model/search/matches.h"
#include "folio/session/core/request.h"
#include "folio/session/top/link.h"
#include "folio/view/frame/frame.h"
#include "folio/view/frame/overview.h"
#include "folio/view/layout/view.h"
#include "folio/view/text/walks.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/** The most n and N that wait behind a search; the marks that have a letter. */
#define SESSION_QUEUE 32
#define SESSION_MARKS 52

/** What may be too hard for some line. */
enum { HARD_SEARCH = 1, HARD_FILTER = 2 };

struct session;

/** What a verb or a waiting request comes to. */
enum progress {
    PROGRESS_DONE,   /**< the reply says how */
    PROGRESS_WAITING /**< ask again later */
};

/** Carry out (again) a request; fills `reply`, whose outcome is OUTCOME_DONE at the beginning. */
typedef enum progress session_verb(struct session *session, const struct request *request,
                                   struct reply *reply);

/** A place to come back to. */
struct mark {
    bool set;
    size_t file;
    uint64_t offset;
    unsigned row;
};

/** A pattern that is highlighted. */
struct highlight {
    char *text;      /**< NULL: none */
    unsigned number; /**< no other has it; 0: never used */
};

/** What is being saved. */
struct writing {
    struct save *save; /**< NULL: nothing */
    uint64_t request;  /**< that began it */
    bool feeding;      /**< `rest` has not been fed yet */
    bool piped, appends;
    bool bytes; /**< of the file as they are, whatever filter is on */
    struct range
        rest; /**< what is still to be looked through; an end of UINT64_MAX: to the end of the stream */
    int64_t stopping; /**< since when (ms) it is to stop; 0: it is not */
    uint64_t seek;    /**< from where the next line that the filter lets through is looked for */
    unsigned change;  /**< of the filter, when it began */
    uint64_t total;   /**< bytes there will be, 0: nobody knows */
    char name[512];
};

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

/** Where a stage is: the first byte shown, and the one under the cursor. */
struct spot {
    uint64_t top, cursor;
};

/** From where the view that is shown was come to: another layout, where that was, and where this one was then. */
struct twin {
    const struct layout *layout; /**< NULL: it is the first */
    uint64_t top, subject;       /**< the first byte shown there, and its cursor */
    uint64_t here, cursor, current;
};

/** One of the files that were named. */
struct session_file {
    char *name;
    struct spot spot;    /**< when it was left */
    struct edits *edits; /**< its sandbox, NULL: never used; lent to the stage */
    bool failed;
};

/** A pattern of the filter. */
struct sift {
    char *text;
    bool hide, literal;
};

/** The strip of kinds of bytes, and what it was made of. All zeros at the beginning. */
struct class_strip {
    struct class_share share[VIEW_ROWS_MAX];
    const struct classes *classes; /**< NULL: nothing is known */
    unsigned rows, generation;
    uint64_t size;
    struct summary_state state;
};

/** A document on the screen with everything that goes with it: the current file, or the help over it. */
struct stage {
    struct document *document;
    struct view view;
    struct walks walks;
    struct attributes *attributes;
    struct matches *matches;
    /** Instead of them where the lines are searched that do not match. */
    struct filter *misses;
    /** Counts what is searched for among the lines that `filter` shows; NULL where there is no such question. */
    struct filter *within;
    /** Of what it has been said that it was too hard: HARD_SEARCH, HARD_FILTER. */
    unsigned hard_told;
    /** Those of the session's highlights, which of them they are, and what they were opened with. */
    struct matches *highlight[CANVAS_HIGHLIGHTS];
    unsigned highlight_number[CANVAS_HIGHLIGHTS];
    struct matches_text highlighted;
    int highlighted_case;
    /** What the matches were opened with. */
    struct matches_text searched;
    /** What shows only some lines, NULL: all are; what it was opened with. */
    struct filter *filter;
    struct matches_text sifted;
    int sifted_case;
    unsigned sift_change;
    /** document->lines_generation of canvas.lines. */
    unsigned lines_generation;
    /** The encoding is no guess. */
    bool encoding_sure;
    /** It was said that the file is no text. */
    bool binary;
    /** Where lines of `level` are, for :later and :earlier, and what that was opened with. */
    struct matches *level_matches;
    enum level level;
    struct matches_text level_text;
    /** Changes in the sandbox, runs of text, what it is compared with, kinds of bytes; each NULL where there is none. */
    struct edits *edits;
    struct runs *runs;
    /** The least bytes of a run; where the list was come to from; in what survey the list was begun; it has no row yet. */
    unsigned runs_shortest;
    struct twin unlisted;
    unsigned runs_generation;
    bool runs_seek;
    struct diff *diff;
    struct classes *classes;
    /** Bytes that were poked; NULL: none. */
    struct poked *poked;
    struct twin twin;
    /** Rows past the end stay on the screen: somebody forced it there. */
    bool past;
    bool replaced, deleted;
    /** A lasting remark for the status row. */
    char notice[256];
};

struct session {
    struct session_options options;
    struct document_options document_options;
    struct settings settings;
    struct mailbox *mailbox;
    struct wake *view_wake, *ui_wake;
    /** Set by the UI thread: whatever waits for bytes gives way. */
    atomic_bool interrupted;
    /** Set by the UI thread: the first screen is out. */
    atomic_bool drawn;

    struct session_file *file;
    size_t file_count, current;
    struct stage base, help;
    /** The one on the screen: &base or &help. */
    struct stage *stage;
    /** Files are shown as bytes, until somebody wants to see text. */
    bool bytes;
    struct mark mark[256];
    /** Those of the current file, for the status column. */
    struct canvas_mark shown_mark[SESSION_MARKS];

    /** The last pattern, "" before the first; which way it went; whether hits are shown. */
    char pattern[REQUEST_TEXT];
    int direction;
    bool hits_hidden;
    /** How it is searched for, as n repeats it: enum search_modifier and SEARCH_GROUP. */
    unsigned modifiers;
    struct search_run run;
    struct search_try tried;

    struct highlight highlight[CANVAS_HIGHLIGHTS];
    unsigned highlight_number; /**< the last one given out */
    struct writing writing;
    struct poking *poking; /**< a change that was asked for, or is under way; NULL: there was none yet */
    /** Pokes that are being stored. Read by the UI thread before it leaves. */
    atomic_uint pokes_running;
    struct kind *asked; /**< what :kind waits for, NULL: nothing; and which request it is */
    uint64_t asked_by;
    struct list_place *place;
    size_t place_count;
    struct overview overview;
    struct class_strip strip;
    /** What characters are called; NULL until the inspector is shown. */
    struct rune_names *names;
    /** Rows and columns of the screen's body, of which the inspector, the overview and the strip take some. */
    unsigned rows, columns;

    /** The patterns of the filter, and how often they changed. */
    struct sift sift[FILTER_PARTS_MAX];
    size_t sift_count;
    unsigned sift_change;

    /** The request that waits, and what it waits with. */
    bool waiting;
    /** It has already left its place (the mark '' is set). */
    bool left;
    struct request waited;
    int64_t wait_since, wait_count;
    uint64_t wait_offset;
    /** A time being looked for, and the number of the request for it. */
    struct when when;
    uint64_t when_number;
    /** n and N that wait behind it. */
    struct request queue[SESSION_QUEUE];
    unsigned queued;

    /** Number of the last request carried out; a frame is owed; nothing has been shown yet. */
    uint64_t request;
    bool dirty, started;
    /** When the last frame went out (ms), whether some number in it was not final, and whether there is more now. */
    int64_t offered;
    bool unsettled, news;
    /** The frame being drawn, and a copy of the last one to fall back on while bytes are awaited. */
    struct frame *frame, *spare;
    bool reading;
    /** Rows are being drawn. */
    bool composing;
    /** Since when (ms) the request or its frame has been waiting for bytes, over all tries; 0: it has not. */
    int64_t reading_since;
    unsigned bells;
    /** First byte shown when data was last asked for ahead, and how often in a row it was a little further on. */
    uint64_t prefetched;
    unsigned streak;
};

/** The table's functions, one a verb. */
session_verb session_resize, session_repaint, session_scroll, session_scroll_lines, session_page,
    session_half, session_goto_line, session_goto_end, session_goto_percent, session_goto_byte,
    session_goto_time, session_goto_level, session_goto_relative, session_shift, session_shift_edge,
    session_mark_set, session_mark_goto, session_mark_clear, session_search, session_search_again,
    session_search_clear, session_follow, session_stop, session_set, session_reload, session_file_open,
    session_file_step, session_file_pick, session_file_drop, session_help_open, session_help_close,
    session_place, session_highlight, session_highlight_drop, session_highlight_list, session_write,
    session_pipe, session_filter, session_search_try, session_search_leave, session_search_pick, session_view,
    session_cursor_side, session_pick, session_goto_place, session_poke, session_poke_answer, session_undo,
    session_pokes, session_patch, session_commit, session_discard, session_kind, session_strings,
    session_diff, session_diff_step, session_inspect, session_copy, session_save;

/** Say something in a reply, harmlessly. Returns PROGRESS_DONE. */
enum progress session_say(struct reply *reply, enum outcome outcome, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
