/* SPDX-License-Identifier: MIT */
/**
 * view: where in a file the screen stands, and moving from there. Any layout.
 *
 * A view holds the rows on the screen as stretches of the file, from the top; every movement is made of the layout's steps.
 * Movements that bytes are missing for go as far as they can and say so; calling them again goes on. Plain struct,
 * owned by the session; view thread.
 */
#ifndef FOLIO_VIEW_LAYOUT_VIEW_H
#define FOLIO_VIEW_LAYOUT_VIEW_H

#include "folio/view/frame/frame.h"
#include "folio/view/layout/layout.h"

#include <stdbool.h>
#include <stdint.h>

/** The most rows a screen has. */
#define VIEW_ROWS_MAX 2048u
/** The most rows of a header. */
#define VIEW_HEADER_MAX 64u

struct view {
    const struct layout *layout;
    struct canvas canvas;
    unsigned rows;
    /** Rows that stay at the top: lines of the file (--header), or one that is the ruler. The rest is the height. */
    unsigned header_count;
    bool ruled;
    bool header_awaited; /**< it is not known yet where the header begins */
    struct row header[VIEW_HEADER_MAX];
    /** Rows above the first row of the file, when a jump's target is further down than the file's start. */
    unsigned lead;
    /** The last view_goto went so far that nothing of the screen before it is left: worth coming back from. */
    bool apart;
    /** The byte that stays in view, which only movements change; where the first row is looked for while none is known. */
    uint64_t anchor;
    /** Columns by which chopped lines are shifted to have it in view; 0: a shift is the person's own. */
    uint64_t led;
    /** Lines were chopped (-S) when the rows were settled. */
    bool chopped;
    /** The ink from row to row of one frame. */
    struct canvas_ink ink;
    /** The rows on the screen below the header, from the top: `count` of them are known. Last, for no more is touched. */
    unsigned count;
    struct row row[VIEW_ROWS_MAX];
};

enum view_result {
    VIEW_MOVED, /**< all the way */
    VIEW_EDGE,  /**< stopped, or not moved at all, at the beginning or the end of the file */
    VIEW_WAIT,  /**< bytes are missing, or the survey is not there yet */
};

/** Make a view that stands at the beginning of the file. */
void view_init(struct view *view, const struct layout *layout);

/** Give the screen a new size; the first byte shown stays. */
void view_resize(struct view *view, unsigned rows, unsigned columns);

/** Rows of the screen below the header; 0 where the screen has none. */
static inline unsigned view_height(const struct view *view)
{
    return view->rows - view->header_count;
}

/** The bytes of the rows on the screen, of which there are some. */
static inline struct range view_range(const struct view *view)
{
    const struct row *last = &view->row[view->count - 1];
    return (struct range){view->row[0].begin, last->open ? UINT64_MAX : last->next};
}

/** Is the byte on the screen? FRAME_NO_OFFSET is not. */
static inline bool view_holds(const struct view *view, uint64_t offset)
{
    return view->count > 0 && offset >= view_range(view).begin && offset < view_range(view).end;
}

/** The byte the screen is about: the anchor where the first row holds it, otherwise that row's first byte. */
uint64_t view_here(const struct view *view);

/** A movement led to the byte at `offset`: where the first row holds it, it is what stays in view from now on. */
void view_stay(struct view *view, uint64_t offset);

/** Where lines are chopped, shift them so that the byte at `offset` is in sight, if it is not. */
void view_reveal(struct view *view, uint64_t offset);

/** A person shifted the lines: from now on what stands at the left edge is what stays. */
void view_shifted(struct view *view);

/**
 * Find the rows anew around the byte that stays, clamped to the file, after wrapping or the file changed. `grown`: the file
 * only became longer, and the first row stays what it is. In a long line whose rows are not known the first byte of the
 * screen stays.
 */
enum view_result view_settle(struct view *view, bool grown);

/** The steps of view_scroll. */
enum view_step {
    VIEW_ROWS,        /**< rows; stops where the end of the file is on the last row of the screen */
    VIEW_ROWS_FORCED, /**< rows; goes on to the last row of the file, and leaves empty rows above the first */
    VIEW_LINES,       /**< lines of the file, to the start of one */
};

/** `amount` steps down (> 0) or up. */
enum view_result view_scroll(struct view *view, int64_t amount, enum view_step step);

/**
 * Put the line (or, in a very long line or with `exactly`, the row) that holds `offset` on row `target` (0 = top).
 * At the beginning of the file the rows above stay empty. Sets `apart`.
 */
enum view_result view_goto(struct view *view, uint64_t offset, unsigned target, bool exactly);

/** Put `row`, of the view's layout, on row `target` (0 = top). */
enum view_result view_put(struct view *view, const struct row *row, unsigned target);

/** The last row of the file on the last row of the screen; a short file leaves the rows above it empty, as in less. */
enum view_result view_goto_end(struct view *view);

/** Is the last byte of the file on the screen (or the file empty)? Needs the rows: after view_draw. */
bool view_at_end(const struct view *view);

/** Draw all rows into `frame`. WAIT: some rows say "reading..." because their bytes are missing. */
enum view_result view_draw(struct view *view, struct frame *frame);

#endif
