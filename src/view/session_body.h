/* SPDX-License-Identifier: MIT */
/**
 * view, private: the inside of the session, for the session_*.c files. All of it belongs to the view thread, but for
 * the mailbox, the wakes and `interrupted`.
 *
 *     session.c         open, the thread's loop, the table of verbs
 *     session_move.c    scrolling, going to places, marks
 *     session_search.c  patterns, n and N
 *     session_stage.c   a document with all that follows from it, the settings and the encoding
 *     session_set.c     settings
 *     session_file.c    the list of files, help
 *     session_look.c    what happens to a file under us
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

#include "folio/base/level.h"
#include "folio/io/mailbox.h"
#include "folio/model/document.h"
#include "folio/model/matches.h"
#include "folio/model/when.h"
#include "folio/view/frame.h"
#include "folio/view/request.h"
#include "folio/view/session.h"
#include "folio/view/view.h"

#include "walks.h"

/** The most n and N that wait behind a search; the marks that have a letter. */
#define SESSION_QUEUE 32
#define SESSION_MARKS 52

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

/** One of the files that were named. */
struct session_file {
    char *name;
    uint64_t offset; /**< first byte shown when it was left */
    bool failed;
};

/** A document on the screen with everything that goes with it: the current file, or the help over it. */
struct stage {
    struct document *document;
    struct view view;
    struct walks walks;
    struct attributes *attributes;
    struct matches *matches;
    /** What the matches were opened with. */
    struct matches_text searched;
    /** document->lines_generation of canvas.lines. */
    unsigned lines_generation;
    /** The encoding is no guess. */
    bool encoding_sure;
    /** It was said that the file is no text. */
    bool binary;
    /** Where lines of `level` are, for :next and :prev, and the encoding (lines_generation) that goes with. */
    struct matches *level_matches;
    enum level level;
    unsigned level_generation;
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
    struct mark mark[256];
    /** Those of the current file, for the status column. */
    struct canvas_mark shown_mark[SESSION_MARKS];

    /** The last pattern, "" before the first; which way it went; whether hits are shown. */
    char pattern[REQUEST_TEXT];
    int direction;
    bool hits_hidden;

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
    session_place;

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

/** Forget where lines of a level are. */
void session_level_close(struct stage *stage);

/** End it: the document is closed. */
void session_stage_close(struct stage *stage);

/** Take in what the settings and the document's encoding are now, where that changes something. */
void session_stage_refresh(struct session *session);

/** The file is another one, or shorter: nothing that was found out about its long lines holds. */
void session_stage_forget(struct stage *stage);

/** Make the stage's matches those of the session's pattern (none if there is none). False with `error`. */
bool session_rematch(struct session *session, struct error *error);

/** Put `name` on the base stage in place of what is there. False and `error` when it cannot be opened. */
bool session_put_file(struct session *session, const char *name, struct error *error);

/** Open the current file, or the next that can be opened; tells `complain` of each failure. */
bool session_open_file(struct session *session, size_t number, struct error *error);

/** Look whether the file changed, and take that in. True when there is something new to show. */
bool session_look(struct session *session);

/** Compose a frame and offer it. */
void session_show(struct session *session);

/** Patience of all reads of the view thread: shows "reading", gives way to STOP and to newer requests. */
bool session_patience(void *context, unsigned waited_ms);

#endif
