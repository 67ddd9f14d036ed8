/* SPDX-License-Identifier: MIT */
/**
 * view, private: the inside of the session, for the session_*.c files. All of it belongs to the view thread, but for
 * the mailbox, the wakes and `interrupted`.
 *
 *     session.c         open, the thread's loop, the table of verbs
 *     session_move.c    scrolling, going to places, marks
 *     session_search.c  patterns, n and N
 *     session_find.c    where the next match is, other files
 *     session_try.c     searching while one types
 *     session_filter.c  which lines are shown
 *     session_within.c  counting what is searched for among those
 *     session_hard.c    telling that a pattern was too hard
 *     session_stage.c   a document with all that follows from it, the settings and the encoding
 *     session_set.c     settings
 *     session_file.c    the list of files, help
 *     session_look.c    what happens to a file under us
 *     session_highlight.c  patterns in colours of their own
 *     session_write.c   saving, and giving to a command
 *     session_view.c    text, bytes, lists: which layout shows the file
 *     session_cursor.c  movements of views with a cursor
 *     session_place.c   places given as expressions
 *     session_inspect.c what the bytes under the cursor would be
 *     session_strip.c   kinds of bytes at the right edge
 *     session_copy.c    bytes to the clipboard, or into a file
 *     session_poke.c    changing bytes
 *     session_poke_end.c  what came of it
 *     session_pokes.c   the list of changes
 *     session_edits.c   the sandbox
 *     session_commit.c  from there into the file
 *     session_strings.c runs of text among bytes
 *     session_diff.c    comparing with another file
 *     session_show.c    frames and their reports, waiting for bytes
 *
 * A verb is carried out at once or becomes *waiting*: at most one request waits (for the survey, for a search, for a
 * file to grow); it is asked again whenever the view thread is woken, and the next movement gives it up. Only n and N
 * wait behind a search, so that what is typed faster than it searches is carried out all the same.
 */
#ifndef FOLIO_VIEW_SESSION_BODY_H
#define FOLIO_VIEW_SESSION_BODY_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "folio/base/buf.h"
#include "folio/base/level.h"
#include "folio/io/mailbox.h"
#include "folio/io/poke.h"
#include "folio/io/save.h"
#include "folio/model/document.h"
#include "folio/model/filter.h"
#include "folio/model/matches.h"
#include "folio/model/when.h"
#include "folio/view/frame.h"
#include "folio/view/overview.h"
#include "folio/view/request.h"
#include "folio/view/session.h"
#include "folio/view/view.h"

#include "aside.h"
#include "walks.h"

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

/** Milliseconds of the monotonic clock. */
int64_t session_clock(void);

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

/** What carries out this verb where the layout has a cursor; NULL: the same as everywhere. */
session_verb *session_cursor_verb(enum verb verb);

/** Put the cursor on the byte at `offset`, which is on the file, and the screen where it is seen. */
enum progress session_cursor_put(struct session *session, uint64_t offset);

/** Fill in what is told of the cursor, of arming and of the sandbox. */
void session_cursor_report(struct session *session, struct report *report);

/** Show the stage's file with another layout, at the byte `offset`. */
void session_view_use(struct session *session, const struct layout *layout, uint64_t offset);

/** The byte under the cursor, or, in a view without one, the first byte shown. */
uint64_t session_place_here(const struct session *session);

/** Leave the inspector its rows, overview and strip their columns, and no others. */
void session_fit(struct session *session);

/** Begin to save `range` of the file on the stage, byte for byte, and wait for the end; again for the same request. */
enum progress session_write_bytes(struct session *session, const struct request *request, struct range range,
                                  const char *path, struct reply *reply);

/** Does the request already wait for the end of what it has begun to save? */
bool session_write_begun(const struct session *session, const struct request *request);

/**
 * Bytes of a poke were asked for while edits stay in the sandbox: put them there, all or none. Writing need not be on.
 * WAITING: what the file holds is on its way; nothing was done yet.
 */
enum progress session_edit(struct session *session, const struct poke_byte *byte, size_t count,
                           struct reply *reply);

/**
 * Ask before `count` bytes (owned by the call) are changed; `what` says it. The answer pokes them; it also ends a list
 * that was put in place of the file meanwhile, as :commit does.
 */
enum progress session_poke_ask(struct session *session, struct poke_byte *byte, size_t count,
                               enum journal_way way, const char *what, struct reply *reply);

/** The first `count` bytes of a poke were stored in the file on the base stage: those that it has leave the sandbox. */
void session_edits_poked(struct session *session, const struct poke_byte *byte, size_t count);

/** What the file itself holds at `offset`: a byte, or why there is none. False: not known yet. */
enum { EDIT_BEHIND = -1, EDIT_UNREADABLE = -2 };
bool session_edits_beneath(const struct session *session, uint64_t offset, int *byte);

/** A file has come to the base stage: lay its sandbox over it. */
void session_edits_open(struct session *session);

/** The sandbox was switched off: put behind what is said of that what stays in it, if anything does. */
void session_edits_remind(const struct session *session, char *said, size_t capacity);

/** Fill in how much is in the sandbox. */
void session_edits_report(const struct session *session, struct report *report);

/** Go on with a poke beside all else. True when there is something new to show. */
bool session_poke_continue(struct session *session);

/** Is one being stored? Nothing can stop that. */
bool session_poke_storing(const struct session *session);

/** Does the book know of a poke of the file on the stage that was not finished? Looked for in the background. */
void session_poke_look(struct session *session);

/** It has been looked for: say what there is. True when there is something. */
bool session_poke_looked(struct session *session);

/** The stage ends, or its file is another: what was asked, edited, listed or compared is over. */
void session_poke_leave(struct session *session);
void session_edits_close(struct stage *stage);
void session_strings_close(struct stage *stage);
void session_diff_close(struct stage *stage);

/** The least length of what is listed (0: no list is shown), to be given to session_strings_resume after an opening anew. */
unsigned session_strings_shown(const struct session *session);
void session_strings_resume(struct session *session, unsigned shortest, uint64_t cursor);

/** To string `number` (from 1) of the list, which is shown. */
enum progress session_strings_goto(struct session *session, uint64_t number, struct reply *reply);

/** Leave the list of strings for what was shown before. False: it is not shown. */
bool session_strings_leave(struct session *session);

/** Go on with the list beside all else. True when there is something new to show. */
bool session_strings_continue(struct session *session);

/** Is the list shown, and are there runs still to be found? */
bool session_strings_running(const struct session *session);

/** Where n and N search from in the list: past the row of the cursor. False: it is not shown, or has no row yet. */
bool session_strings_from(const struct session *session, bool forward, uint64_t *from);

/** Fill in what is told of the list; report->notice becomes that, unless there is another. */
void session_strings_report(const struct session *session, struct report *report);

/** What the stage's file is compared with, kept while that is opened anew. */
struct compared {
    char *name; /**< malloc'd; NULL: nothing */
    bool shown; /**< beside the other */
};

/** What is to be kept, and comparing again, around the byte at `cursor`; that frees the name. */
struct compared session_diff_keep(const struct stage *stage);
void session_diff_resume(struct session *session, struct compared compared, uint64_t cursor,
                         struct reply *reply);

/** Take in what happened to the other file. True when there is something new to show. */
bool session_diff_continue(struct session *session);

/** Is there something still to be compared? */
bool session_diff_running(const struct session *session);

/** What the overview shows: matches, or differences; NULL: neither. */
const struct summary *session_diff_summary(const struct session *session);

/** Fill in what is told of the comparison; report->notice as for the list. */
void session_diff_report(const struct session *session, struct report *report);

/** A row of a list leads there. */
struct list_place {
    uint64_t offset; /**< of the file; FRAME_NO_OFFSET: nowhere */
    uint64_t id;     /**< of a poke, or 0 */
};

/** Show `text` (as the help is shown), a row of which is picked with Enter; `place` (malloc'd, taken over) has one for each line. */
enum progress session_list_open(struct session *session, const char *name, const struct buf *text,
                                struct list_place *place, size_t count, struct reply *reply);

/** The help, or a list, is over. Nothing where neither is shown. */
void session_list_close(struct session *session);

/** A name of the file that `stage` shows; not "-". */
const char *session_path(const struct session *session, const struct stage *stage);

/** Say something in a reply, harmlessly. Returns PROGRESS_DONE. */
enum progress session_say(struct reply *reply, enum outcome outcome, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/** The row of the screen (0 = top) on which a jump puts its target (-j). */
unsigned session_target(const struct session *session);

/** Remember where the screen is, for ''; once a request. */
void session_leave_place(struct session *session);

/** Put the view at `offset`: the answer as progress, waiting while bytes are missing. */
enum progress session_jump(struct session *session, uint64_t offset, unsigned target, bool exactly);

/** Begin a stage on `document`. */
void session_stage_open(struct session *session, struct stage *stage, struct document *document);

/** The text that searches and filters see on the stage now, and whether that is still what one was opened with. */
struct matches_text session_text(const struct session *session, const struct stage *stage);
bool session_text_is(const struct session *session, const struct stage *stage,
                     const struct matches_text *then);

/** What the session's pattern and the highlights are looked for in: in a view of bytes, and as bytes, match by match. */
struct matches_text session_search_text(const struct session *session, const struct stage *stage,
                                        unsigned modifiers);
bool session_search_text_is(const struct session *session, const struct stage *stage, unsigned modifiers,
                            const struct matches_text *then);

/** Are bytes shown, and not lines or a list? */
bool session_bytes(const struct stage *stage);

/** How far a summary is, in thousandths; 1000 only when it is complete. */
unsigned session_permille(const struct summary_state *state);

/** Forget where lines of a level are. */
void session_level_close(struct stage *stage);

/** End it: the document is closed. */
void session_stage_close(struct stage *stage);

/** Take in what the settings and the document's encoding are now, where that changes something. */
void session_stage_refresh(struct session *session);

/** The file is another one, or shorter: nothing that was found out about its long lines holds. */
void session_stage_forget(struct stage *stage);

/**
 * Progress and count of what is searched for on this stage, among the lines that pass where it is filtered; complete
 * when the search is as well. False: nothing is searched for.
 */
bool session_search_state(const struct session *session, struct summary_state *state);

/** How far the search is, in thousandths, however far the count among the lines that pass may be. */
unsigned session_search_permille(const struct session *session);

/** As matches_next, of whatever is searched for. */
enum matches_result session_search_next(const struct session *session, uint64_t offset, bool forward,
                                        uint64_t *unit);

/** As matches_select, and how many come before `unit`: of those that session_search_state counts. */
enum matches_result session_search_select(const struct session *session, uint64_t nth, uint64_t *unit);
bool session_search_rank(const struct session *session, uint64_t unit, uint64_t *rank);

/** What counts them, as bytes lie in the file; NULL: nothing is searched for. */
const struct summary *session_search_summary(const struct session *session);

/** Count what is searched for among the lines that pass, where both are; that which did so before is closed. */
void session_within_open(struct session *session);
void session_within_close(struct stage *stage);

/** Tell where a pattern was too hard; report->notice becomes that, unless the stage has another. */
void session_hard_report(struct session *session, struct report *report);

/** A search was given up: back to the file in which it began. */
void session_search_home(struct session *session);

/** What was typed is entered: is what it found the answer? Otherwise the screen is back where it was. */
bool session_try_accept(struct session *session, const struct request *request, struct reply *reply);

/** What was typed counts no more: all is as before. */
void session_try_restore(struct session *session);

/** Make the stage's matches those of the session's pattern (none if there is none). False with `error`. */
bool session_rematch(struct session *session, struct error *error);

/** Let the stage be filtered as the session says now, where that changes something. */
void session_filter_refresh(struct session *session);

/** Compile its patterns into `part`, session->sift_count of them. False: not one of them is there. */
bool session_filter_compile(const struct session *session, struct filter_part *part);

/** The stage shows all lines again, and forgets. */
void session_filter_close(struct stage *stage);

/** Are there lines of which it is not known yet whether they are shown? */
bool session_filtering(const struct session *session);

/** Is a movement that came to `result` to go on waiting for lines that pass? Lets a pipe be read on. */
bool session_filter_waits(struct session *session, enum view_result result);

/** Fill in what is told of the filter. */
void session_filter_report(const struct session *session, struct report *report);

/** As matches_next, in visible lines only; `*offset` goes on past those that are not, so that asking again is cheap. */
enum matches_result session_match_next(struct session *session, uint64_t *offset, bool forward,
                                       uint64_t *unit);

/** Put `name` on the base stage in place of what is there. False and `error` when it cannot be opened. */
bool session_put_file(struct session *session, const char *name, struct error *error);

/** Open the current file, or the next that can be opened; tells `complain` of each failure. */
bool session_open_file(struct session *session, size_t number, struct error *error);

/** Let the patterns be counted and shown on the stage as the session has them now. */
void session_highlight_refresh(struct session *session);

/** The stage ends: none of them any more. */
void session_highlight_close(struct stage *stage);

/** Go on with what is being saved beside all else. True when it is over: a notice says how. */
bool session_write_continue(struct session *session);

/** STOP was said; or the base stage is about to go, from which not all has been fed. */
void session_write_stop(struct session *session);
void session_write_leave(struct session *session);

/** Is something being saved, and how far is it, in thousandths (1000: nobody knows)? */
bool session_write_progress(const struct session *session, unsigned *permille);

/** Look whether the file changed, and take that in. True when there is something new to show. */
bool session_look(struct session *session);

/** Compose a frame and offer it. */
void session_show(struct session *session);

/** Patience of all reads of the view thread: shows "reading", gives way to STOP and to newer requests. */
bool session_patience(void *context, unsigned waited_ms);

/** Patience of a look at what is in memory, for what can be left out. */
bool session_impatient(void *context, unsigned waited_ms);

#endif
