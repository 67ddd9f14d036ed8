/* SPDX-License-Identifier: MIT */
/* view: the tree, which bytes are on which row: as model/json/row has them. View thread. */
#include "json.h"

#include "folio/view/hex/grid.h"

/** The row that begins at `begin`. */
static enum layout_result json_at(const struct canvas *canvas, uint64_t begin, struct row *row)
{
    const struct json_tree *tree = canvas->content;
    uint64_t next;
    enum nesting_answer answer = json_rows_next(&tree->rows, begin, &next);
    if (answer == NESTING_FOUND)
        *row = (struct row){.begin = begin, .end = next, .next = next, .exact = true};
    return json_said(answer);
}

static enum layout_result json_holding(const struct canvas *canvas, uint64_t offset, struct row *row)
{
    const struct json_tree *tree = canvas->content;
    uint64_t begin;
    enum nesting_answer answer = tree ? json_rows_holding(&tree->rows, offset, &begin) : NESTING_UNKNOWN;
    return answer == NESTING_FOUND ? json_at(canvas, begin, row) : json_said(answer);
}

static enum layout_result json_after(const struct canvas *canvas, const struct row *row, struct row *after)
{
    if (row->next >= reader_size(canvas->reader))
        return LAYOUT_NONE;
    return canvas->content ? json_at(canvas, row->next, after) : LAYOUT_WAIT;
}

static enum layout_result json_before(const struct canvas *canvas, const struct row *row, struct row *before)
{
    return row->begin == 0 ? LAYOUT_NONE : json_holding(canvas, row->begin - 1, before);
}

static enum layout_result json_again(const struct canvas *canvas, const struct row *row, struct row *again)
{
    return json_holding(canvas, row->begin, again);
}

static unsigned json_room(const struct canvas *canvas)
{
    return canvas->columns ? canvas->columns : 1;
}

static uint64_t json_row_width(const struct canvas *canvas, const struct row *row)
{
    (void)row;
    return canvas->columns;
}

const struct layout json_layout = {
    .name = "json",
    .moves = LAYOUT_TREE,
    .singles = true,
    .wait = "looking for brackets...",
    .holding = json_holding,
    .starting = json_holding,
    .after = json_after,
    .before = json_before,
    .again = json_again,
    .sure = grid_sure,
    .draw = json_draw,
    .room = json_room,
    .column = grid_column,
    .width = json_row_width,
};
