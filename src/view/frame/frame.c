/* SPDX-License-Identifier: MIT */
/**
 * view: the grid of cells. Memory and text only; whoever holds the frame calls this.
 */
#include "folio/view/frame/frame.h"

#include "folio/base/text/utf8.h"

#include <stdlib.h>
#include <string.h>

static const struct cell frame_blank = {
    .rune = {' '}, .rune_count = 1, .style = STYLE_TEXT, .offset = FRAME_NO_OFFSET};

struct tally *report_tally(struct report *report)
{
    if (report->tally_count == REPORT_TALLIES)
        return NULL;
    struct tally *tally = &report->tally[report->tally_count++];
    memset(tally, 0, sizeof *tally);
    return tally;
}

struct frame *frame_open(void)
{
    return calloc(1, sizeof(struct frame));
}

void frame_close(struct frame *frame)
{
    if (!frame)
        return;
    free(frame->cell);
    free(frame);
}

/** Room for `count` cells. The old ones are not kept: every frame is composed anew. */
static bool frame_reserve(struct frame *frame, size_t count)
{
    count += count == 0; /* so that there is always a cell to point at */
    if (count <= frame->capacity)
        return true;
    free(frame->cell);
    frame->capacity = 0;
    frame->cell = count > SIZE_MAX / sizeof(struct cell) ? NULL : malloc(count * sizeof(struct cell));
    if (!frame->cell)
        return false;
    frame->capacity = count;
    return true;
}

bool frame_resize(struct frame *frame, unsigned rows, unsigned columns)
{
    size_t count = (size_t)rows * columns;
    frame->rows = 0;
    frame->columns = 0;
    frame->used = 0;
    if (!frame_reserve(frame, count))
        return false;
    for (size_t i = 0; i < count; i++)
        frame->cell[i] = frame_blank;
    frame->rows = rows;
    frame->columns = columns;
    return true;
}

/** Room for so many cells; those there are stay. */
static bool frame_room(struct frame *frame, size_t count)
{
    if (count <= frame->capacity)
        return true;
    struct cell *cell = realloc(frame->cell, count * sizeof(struct cell));
    if (!cell)
        return false;
    frame->cell = cell;
    frame->capacity = count;
    return true;
}

bool frame_heighten(struct frame *frame, unsigned rows)
{
    size_t before = (size_t)frame->rows * frame->columns;
    size_t after = (size_t)(frame->rows + rows) * frame->columns;
    if (!frame_room(frame, after))
        return false;
    for (size_t i = before; i < after; i++)
        frame->cell[i] = frame_blank;
    frame->rows += rows;
    return true;
}

bool frame_widen(struct frame *frame, unsigned columns)
{
    unsigned before = frame->columns, after = before + columns;
    if (!frame_room(frame, (size_t)frame->rows * after))
        return false;
    frame->columns = after;
    for (unsigned row = frame->rows; row-- > 0;) {
        struct cell *cell = frame_row(frame, row);
        memmove(cell, frame->cell + (size_t)row * before, before * sizeof *cell);
        for (unsigned column = before; column < after; column++)
            cell[column] = frame_blank;
    }
    return true;
}

struct cell *frame_row(struct frame *frame, unsigned row)
{
    return frame->cell + (size_t)row * frame->columns;
}

unsigned frame_text(struct frame *frame, unsigned row, unsigned column, const char *text, enum style style)
{
    struct cell *cell = frame_row(frame, row);
    for (; *text != '\0' && column < frame->columns; text++, column++) {
        cell[column] = frame_blank;
        cell[column].rune[0] = (unsigned char)*text;
        cell[column].style = (uint8_t)style;
    }
    return column;
}

/** Nothing to see in it, whatever its style? (The second column of a wide character adds no text either.) */
static bool cell_blank(const struct cell *cell)
{
    return cell->rune_count <= 1 && (cell->rune[0] == ' ' || cell->rune[0] == 0);
}

/** The cell as UTF-8; the number of bytes, 0 for the second column of a wide character. */
static size_t cell_text(const struct cell *cell, char out[UTF8_LENGTH_MAX * (1 + GLYPH_MARK_MAX)])
{
    size_t length = 0;
    if (cell->rune[0] == 0)
        return 0;
    for (unsigned i = 0; i < cell->rune_count && i < 1 + GLYPH_MARK_MAX; i++)
        length += utf8_encode(cell->rune[i], out + length);
    return length;
}

size_t frame_row_text(const struct frame *frame, unsigned row, char *out, size_t capacity)
{
    const struct cell *cell = frame->cell + (size_t)row * frame->columns;
    unsigned end = frame->columns;
    size_t length = 0;
    if (capacity == 0)
        return 0;
    while (end > 0 && cell_blank(&cell[end - 1]))
        end--;
    for (unsigned column = 0; column < end; column++) {
        char text[UTF8_LENGTH_MAX * (1 + GLYPH_MARK_MAX)];
        size_t text_length = cell_text(&cell[column], text);
        if (text_length >= capacity - length)
            break;
        memcpy(out + length, text, text_length);
        length += text_length;
    }
    out[length] = '\0';
    return length;
}
