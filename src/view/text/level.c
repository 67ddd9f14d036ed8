/* SPDX-License-Identifier: MIT */
/*
 * view: the text layout, the word that says how bad a line is (base/words/level), in a colour. Where a file brings its own
 * colours, those stay. View thread.
 */
#include "folio/base/words/level.h"

#include "paint.h"
#include "text.h"

void text_level(const struct canvas *canvas, const struct row *row, struct cell *cell, unsigned columns)
{
    static const enum style style[LEVEL_COUNT] = {
        [LEVEL_DEBUG] = STYLE_LEVEL_DEBUG,
        [LEVEL_INFO] = STYLE_LEVEL_INFO,
        [LEVEL_WARNING] = STYLE_LEVEL_WARNING,
        [LEVEL_ERROR] = STYLE_LEVEL_ERROR,
    };
    struct span line;
    size_t begin, end;
    bool near = row->line_known && row->begin - row->line_begin < LEVEL_LOOK;
    if (!canvas->settings->levels || !near || text_unit(canvas) != 1 ||
        reader_span(canvas->reader, row->line_begin, LEVEL_LOOK, &line) != READER_OK)
        return;
    line.length = encoding_newline(&encoding_utf8, line.data, line.length, 0, 0);
    enum level level = level_find(line.data, line.length, &begin, &end);
    if (level == LEVEL_NONE)
        return;
    for (unsigned column = 0; column < columns; column++) {
        struct cell *here = &cell[column];
        if (here->style == STYLE_TEXT && here->offset >= row->line_begin + begin &&
            here->offset < row->line_begin + end && ink_same(here->ink, (struct ink){0}))
            here->style = (uint8_t)style[level];
    }
}
