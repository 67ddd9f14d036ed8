/* SPDX-License-Identifier: MIT */
/* view: which long lines are walked (see walks.h). View thread. */
#include "folio/view/text/walks.h"

#include "long.h"
#include "text.h"

#include "folio/model/known/lines.h"

/** A walk that nobody wanted for this long is dropped, in milliseconds. */
#define WALK_IDLE_MS 30000

static void walk_drop(struct canvas *canvas, unsigned number)
{
    columns_close(canvas->walk[number]);
    canvas->walk[number] = NULL;
}

void walks_close(struct canvas *canvas)
{
    for (unsigned i = 0; i < CANVAS_WALKS; i++)
        walk_drop(canvas, i);
}

/** Does the row stand in a long line that is worth a walk? Only where that is known. */
static bool walk_wanted(const struct canvas *canvas, const struct row *row)
{
    uint64_t end;
    uint8_t flags;
    if (!row->line_known || row->unreadable ||
        (row->next > row->end && row->end - row->line_begin <= LINES_LONG))
        return false;
    if (lines_end(canvas->lines, canvas->reader, row->begin, LINES_LONG, &end) != LINES_FOUND ||
        end - row->line_begin <= LINES_LONG)
        return false;
    struct range line = {row->line_begin, end};
    return summary_flags(canvas->lines, line, &flags) && !text_plain(canvas, line.begin, line.end);
}

/** The place for a new walk: an empty one, or that of the walk which was wanted longest ago. */
static unsigned walk_place(const struct walks *walks, const struct canvas *canvas)
{
    unsigned place = 0;
    for (unsigned i = 0; i < CANVAS_WALKS; i++) {
        if (!canvas->walk[i])
            return i;
        if (walks->used[i] < walks->used[place])
            place = i;
    }
    return place;
}

/** Have the line of the row walked, if it should be. */
static void walk_want(struct walks *walks, struct canvas *canvas, struct survey *survey,
                      const struct row *row, int64_t now)
{
    if (!walk_wanted(canvas, row))
        return;
    struct columns *walk = long_walk(canvas, row->line_begin);
    for (unsigned i = 0; walk && i < CANVAS_WALKS; i++)
        if (canvas->walk[i] == walk)
            walks->used[i] = now;
    if (walk)
        return;
    unsigned place = walk_place(walks, canvas);
    uint64_t origin = row->line_begin ? row->line_begin : canvas->bom;
    walk_drop(canvas, place);
    canvas->walk[place] = columns_open(survey, &canvas->fit, text_chopped(canvas), origin, NULL);
    walks->origin[place] = origin;
    walks->used[place] = now;
}

void walks_follow(struct walks *walks, struct canvas *canvas, struct survey *survey, const struct row *row,
                  unsigned count, int64_t now)
{
    for (unsigned i = 0; i < CANVAS_WALKS; i++)
        if (canvas->walk[i] &&
            (now - walks->used[i] > WALK_IDLE_MS ||
             !columns_serve(canvas->walk[i], &canvas->fit, text_chopped(canvas), walks->origin[i])))
            walk_drop(canvas, i);
    if (count == 0)
        return;
    walk_want(walks, canvas, survey, &row[count - 1], now);
    walk_want(walks, canvas, survey, &row[0], now);
}
