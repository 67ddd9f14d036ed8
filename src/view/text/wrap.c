/* SPDX-License-Identifier: MIT */
/*
 * view: the text layout, the units of the text and how far one row goes that begins at a known place. View thread.
 *
 * A byte order mark at the start of the file shows as nothing: the row there begins with it, and is fitted behind it.
 */
#include "text.h"

#include "folio/model/known/lines.h"
#include "folio/model/reader/overlay.h"

unsigned text_unit(const struct canvas *canvas)
{
    return canvas->fit.rules.encoding ? canvas->fit.rules.encoding->unit : 1;
}

uint32_t text_unit_at(const struct canvas *canvas, const char *data)
{
    const struct encoding *encoding = canvas->fit.rules.encoding;
    uint32_t rune = 0;
    unsigned unit = text_unit(canvas);
    for (unsigned i = 0; i < unit; i++)
        rune = rune << 8 | (unsigned char)data[encoding && encoding->big_endian ? i : unit - 1 - i];
    return rune;
}

enum layout_result text_span(const struct canvas *canvas, uint64_t offset, size_t want, struct span *span,
                             bool *unreadable)
{
    enum reader_result result = reader_span(canvas->reader, offset, want, span);
    *unreadable = result == READER_UNREADABLE;
    if (result != READER_OK)
        *span = (struct span){"", 0};
    /* An end before the end is a file that is just changing, or a device that gave too little: ask again. */
    if (result == READER_GIVEN_UP || (result == READER_END && offset < reader_size(canvas->reader)))
        return LAYOUT_WAIT;
    return result == READER_END ? LAYOUT_NONE : LAYOUT_OK;
}

/** Do the edits in `range` leave it one column a byte? */
static bool text_edits_plain(const struct canvas *canvas, struct range range)
{
    const struct edit *edit;
    size_t count = edits_in(reader_edits(canvas->reader), range, &edit);
    for (; count > 0; count--, edit++)
        if (edit->mine < 0x20 || edit->mine > 0x7e)
            return false;
    return true;
}

bool text_plain(const struct canvas *canvas, uint64_t begin, uint64_t end)
{
    struct range range = {begin, end};
    return !canvas->fit.word && text_unit(canvas) == 1 && lines_plain(canvas->lines, range) &&
           text_edits_plain(canvas, range);
}

/** Bytes of the newline at the start of `data`; 0 where there is none. */
static unsigned text_newline(const struct canvas *canvas, struct span span, size_t at)
{
    unsigned unit = text_unit(canvas);
    return at + unit <= span.length && text_unit_at(canvas, span.data + at) == '\n' ? unit : 0;
}

/** Fill a row that begins in an unreadable page: it stands for as much of that page as is in its line. */
static enum layout_result row_unreadable(const struct canvas *canvas, struct row *row)
{
    uint64_t size = reader_size(canvas->reader), page = row->begin - row->begin % TEXT_BAD_PAGE;
    row->unreadable = true;
    row->begin = page > row->line_begin ? page : row->line_begin;
    row->end = row->next = size - page > TEXT_BAD_PAGE ? page + TEXT_BAD_PAGE : size;
    return LAYOUT_OK;
}

enum layout_result text_wrap(const struct canvas *canvas, struct row *row)
{
    struct span span;
    bool unreadable;
    unsigned used, mark = row->begin == 0 ? canvas->bom : 0;
    enum layout_result result =
        text_span(canvas, row->begin, mark + fit_ahead(&canvas->fit), &span, &unreadable);
    if (unreadable)
        return row_unreadable(canvas, row);
    if (result != LAYOUT_OK)
        return result;
    size_t length = mark;
    if (mark < span.length)
        length += fit_row(&canvas->fit, (struct span){span.data + mark, span.length - mark}, &used);
    row->end = row->begin + length;
    row->next = row->end + text_newline(canvas, span, length);
    return LAYOUT_OK;
}

enum layout_result text_chop(const struct canvas *canvas, struct row *row)
{
    struct span span;
    bool unreadable;
    enum layout_result result = text_span(canvas, row->begin, 1, &span, &unreadable);
    if (unreadable)
        return row_unreadable(canvas, row);
    if (result != LAYOUT_OK)
        return result;
    enum lines_result end = lines_end(canvas->lines, canvas->reader, row->begin, TEXT_CHOP_LOOK, &row->end);
    if (end == LINES_FAILED)
        return LAYOUT_WAIT;
    row->open = end == LINES_UNKNOWN;
    result = text_span(canvas, row->end, ENCODING_LENGTH_MAX, &span, &unreadable);
    row->next = row->end + (!row->open && result == LAYOUT_OK ? text_newline(canvas, span, 0) : 0);
    return LAYOUT_OK;
}
