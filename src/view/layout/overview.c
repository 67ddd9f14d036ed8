/* SPDX-License-Identifier: MIT */
/*
 * view: the match overview (see the header). View thread.
 *
 * Heights are by doublings of the highest share, for hits are seldom spread evenly: one line among thousands still
 * shows, and so does where the thousands are.
 */
#include "folio/view/layout/overview.h"

#include <string.h>
#include <wchar.h>

/** What heights look like, nothing first; where no such character can be shown, and before anything is known. */
static const uint32_t overview_block[] = {' ', 0x2581, 0x2583, 0x2585, 0x2587, 0x2588};
static const uint32_t overview_ascii[] = {' ', '.', ':', '+', '*', '#'};
#define OVERVIEW_UNKNOWN       0x2591
#define OVERVIEW_UNKNOWN_ASCII '-'

unsigned overview_width(const struct settings *settings, unsigned columns)
{
    return settings->overview != OVERVIEW_OFF && columns >= OVERVIEW_ROOM + OVERVIEW_WIDTH ? OVERVIEW_WIDTH
                                                                                           : 0;
}

unsigned overview_level(uint64_t count, uint64_t most)
{
    unsigned level = OVERVIEW_LEVELS;
    if (count == 0)
        return 0;
    for (uint64_t bound = most / 2; level > 1 && count <= bound; bound /= 2)
        level--;
    return level;
}

/** Counting smaller files anew costs next to nothing, and a new search of a larger one is not through in one frame. */
#define OVERVIEW_KEPT ((uint64_t)1 << 30)

/** Are the shares those of what is known now? */
static bool overview_current(const struct overview *overview, const struct summary *counted,
                             const struct summary_state *state, uint64_t size, unsigned rows)
{
    const struct summary_state *then = &overview->state;
    return size >= OVERVIEW_KEPT && overview->counted == counted && overview->rows == rows &&
           overview->size == size && then->count == state->count && then->done == state->done &&
           then->data == state->data && then->complete == state->complete;
}

/** Take in what has been counted since. */
static void overview_count(struct overview *overview, const struct summary *counted, uint64_t size,
                           unsigned rows)
{
    struct summary_state state = {0};
    if (counted)
        state = summary_state(counted);
    if (overview_current(overview, counted, &state, size, rows))
        return;
    if (counted)
        summary_spread(counted, size, overview->share, rows);
    for (unsigned row = 0; row < rows && !counted; row++)
        overview->share[row] = (struct share){0, true};
    overview->counted = counted;
    overview->state = state;
    overview->size = size;
    overview->rows = rows;
}

/** The row that stands for the byte at `offset`. */
static unsigned overview_row(const struct overview *overview, uint64_t offset)
{
    if (offset >= overview->size)
        return overview->rows - 1;
    return (unsigned)((unsigned __int128)offset * overview->rows / overview->size);
}

/** The character of one share. */
static uint32_t overview_rune(const struct overview *overview, const struct share *share, uint64_t most,
                              bool ascii)
{
    unsigned level = overview->size ? overview_level(share->count, most) : 0;
    if (level == 0 && !share->known)
        return ascii ? OVERVIEW_UNKNOWN_ASCII : OVERVIEW_UNKNOWN;
    return ascii ? overview_ascii[level] : overview_block[level];
}

/** The marks, a letter each; of several in one share the last one shows. */
static void overview_marks(const struct overview *overview, const struct canvas *canvas, struct frame *frame)
{
    for (size_t i = 0; i < canvas->mark_count && overview->size; i++) {
        unsigned row = overview_row(overview, canvas->mark[i].offset);
        struct cell *cell = frame_row(frame, row) + frame->columns - 1;
        cell->rune[0] = (unsigned char)canvas->mark[i].letter;
    }
}

/** Which rows stand for what is on the screen. False: none. */
static bool overview_shown(const struct overview *overview, const struct view *view, unsigned *first,
                           unsigned *last)
{
    if (view->count == 0 || overview->size == 0)
        return false;
    uint64_t end = view->row[view->count - 1].next;
    *first = overview_row(overview, view->row[0].begin);
    *last = overview_row(overview, end > view->row[0].begin ? end - 1 : end);
    return true;
}

void overview_draw(struct overview *overview, const struct view *view, const struct summary *counted,
                   struct frame *frame)
{
    const struct canvas *canvas = &view->canvas;
    bool ascii = canvas->settings->overview == OVERVIEW_ASCII || wcwidth((wchar_t)overview_block[1]) != 1;
    unsigned first = 1, last = 0, rows = frame->rows < VIEW_ROWS_MAX ? frame->rows : VIEW_ROWS_MAX;
    uint64_t most = 0;
    if (rows == 0 || frame->columns == 0)
        return;
    overview_count(overview, counted, reader_size(canvas->reader), rows);
    for (unsigned row = 0; row < rows; row++)
        most = overview->share[row].count > most ? overview->share[row].count : most;
    if (!overview_shown(overview, view, &first, &last))
        first = 1;
    for (unsigned row = 0; row < rows; row++) {
        const struct share *share = &overview->share[row];
        struct cell *cell = frame_row(frame, row) + frame->columns - 1;
        bool shown = row >= first && row <= last;
        memset(cell, 0, sizeof *cell);
        cell->rune[0] = overview_rune(overview, share, most, ascii);
        cell->rune_count = 1;
        cell->style = (uint8_t)(shown ? STYLE_OVERVIEW_SHOWN : share->known ? STYLE_OVERVIEW : STYLE_NUMBER);
        cell->offset = FRAME_NO_OFFSET;
    }
    overview_marks(overview, canvas, frame);
}
