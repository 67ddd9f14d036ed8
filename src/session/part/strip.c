/* SPDX-License-Identifier: MIT */
/*
 * session: kinds of bytes at the right edge. View thread.
 *
 * Beside bytes, every row of the screen also stands for its share of the file: one column says which class of byte
 * prevails there, the other how much it looks like noise. Made of what the survey has kept, so no byte is read for it,
 * and made anew only when more is known.
 */
#include "folio/model/byte/classes.h"
#include "folio/session/core/session.h"
#include "folio/view/layout/view.h"

#include <string.h>
#include <wchar.h>

/** Columns that it takes, the first of them blank, and the fewest that must be left. */
#define STRIP_WIDTH 3u
#define STRIP_ROOM  16u

/** The strip of kinds of bytes, and what it was made of. All zeros at the beginning. */
struct class_strip {
    struct class_share share[VIEW_ROWS_MAX];
    const struct classes *classes; /**< NULL: nothing is known */
    unsigned rows, generation;
    uint64_t size;
    struct summary_state state;
    unsigned columns; /**< that it takes of the screen; 0: it is not shown */
};

/** On the base stage: what the survey finds out for it, NULL: nothing. */
struct class_strip_stage {
    struct classes *classes;
};

/** What classes look like: a sign that stands for itself where there are no colours. */
static const struct {
    char sign;
    enum style style;
} strip_class[CLASS_COUNT] = {
    [CLASS_MIXED] = {'%', STYLE_TEXT},
    [CLASS_ZERO] = {'0', STYLE_BYTE_ZERO},
    [CLASS_PRINTABLE] = {'a', STYLE_TEXT},
    [CLASS_SPACE] = {'_', STYLE_BYTE_SPACE},
    [CLASS_CONTROL] = {'^', STYLE_BYTE_CONTROL},
    [CLASS_HIGH] = {'+', STYLE_BYTE_HIGH},
    [CLASS_HOLE] = {'-', STYLE_HOLE},
};

/** What is not known yet, and blocks of one eighth to eight eighths; the same where there are no such characters. */
#define STRIP_UNKNOWN       0x2591u
#define STRIP_UNKNOWN_ASCII ':'
#define STRIP_BLOCK         0x2580u

static struct class_strip *class_strip_of(const struct session *session)
{
    return session_part(session, PART_STRIP);
}

static struct class_strip_stage *class_strip_on(const struct stage *stage)
{
    return stage_part(stage, PART_STRIP);
}

static bool strip_wanted(const struct session *session)
{
    return session->settings.strip && session_shows_file(session) && stage_bytes(session->stage);
}

/** Three columns, where enough are left for bytes. */
static void class_strip_room(const struct session *session, struct area *area)
{
    bool shown = strip_wanted(session) && session->area.columns >= STRIP_ROOM + STRIP_WIDTH;
    class_strip_of(session)->columns = shown ? STRIP_WIDTH : 0;
    area->columns -= class_strip_of(session)->columns;
}

static void class_strip_close(struct stage *stage)
{
    classes_close(class_strip_on(stage)->classes);
    class_strip_on(stage)->classes = NULL;
}

/** Let kinds of bytes be found out where they are to be shown, and only there. */
static void class_strip_refresh(struct session *session)
{
    struct stage *stage = &session->base;
    struct document *document = stage->document;
    if (!session->settings.strip)
        class_strip_close(stage);
    if (!strip_wanted(session) || !session->started || class_strip_on(stage)->classes)
        return;
    class_strip_of(session)->classes = NULL;
    class_strip_on(stage)->classes = classes_open(document->survey, reader_size(document->reader), NULL);
}

static bool class_strip_unsettled(const struct session *session)
{
    const struct classes *classes = class_strip_on(&session->base)->classes;
    return class_strip_of(session)->columns && classes && !classes_state(classes).complete;
}

/** Take in what has been found out since. */
static void strip_look(struct session *session, unsigned rows)
{
    struct class_strip *strip = class_strip_of(session);
    const struct classes *classes = class_strip_on(&session->base)->classes;
    const struct document *document = session->base.document;
    uint64_t size = reader_size(document->reader);
    unsigned generation = survey_generation(document->survey);
    struct summary_state state = classes_state(classes);
    if (strip->classes == classes && strip->rows == rows && strip->generation == generation &&
        strip->size == size && strip->state.done == state.done && strip->state.data == state.data &&
        strip->state.complete == state.complete)
        return;
    strip->classes = classes;
    strip->rows = rows;
    strip->generation = generation;
    strip->size = size;
    strip->state = state;
    classes_spread(classes, size, strip->share, rows);
}

static void strip_put(struct cell *cell, uint32_t rune, enum style style)
{
    memset(cell, 0, sizeof *cell);
    cell->rune[0] = rune;
    cell->rune_count = 1;
    cell->style = (uint8_t)style;
    cell->offset = FRAME_NO_OFFSET;
}

/** One row. */
static void strip_row(const struct class_share *share, struct cell *cell, bool ascii)
{
    unsigned level = (share->entropy + 1) / 2; /* bits */
    uint32_t height = ascii ? '0' + level : level ? STRIP_BLOCK + level : ' ';
    if (!share->known) {
        strip_put(&cell[0], ascii ? STRIP_UNKNOWN_ASCII : STRIP_UNKNOWN, STYLE_NUMBER);
        strip_put(&cell[1], ' ', STYLE_NUMBER);
        return;
    }
    if (share->unreadable)
        strip_put(&cell[0], '?', STYLE_CONTROL);
    else
        strip_put(&cell[0], (unsigned char)strip_class[share->class].sign, strip_class[share->class].style);
    strip_put(&cell[1], share->class == CLASS_HOLE ? ' ' : height, STYLE_NUMBER);
}

static void class_strip_draw(struct session *session, struct frame *frame)
{
    unsigned width = class_strip_of(session)->columns;
    unsigned rows = frame->rows < VIEW_ROWS_MAX ? frame->rows : VIEW_ROWS_MAX;
    bool ascii = session->settings.overview == OVERVIEW_ASCII || wcwidth((wchar_t)(STRIP_BLOCK + 1)) != 1;
    if (width == 0 || !frame_widen(frame, width) || !class_strip_on(&session->base)->classes || rows == 0)
        return;
    strip_look(session, rows);
    for (unsigned row = 0; row < rows; row++)
        strip_row(&class_strip_of(session)->share[row], frame_row(frame, row) + frame->columns - 2, ascii);
}

const struct part class_strip_part = {
    .session_size = sizeof(struct class_strip),
    .stage_size = sizeof(struct class_strip_stage),
    .close = class_strip_close,
    .refresh = class_strip_refresh,
    .room = class_strip_room,
    .draw = class_strip_draw,
    .unsettled = class_strip_unsettled,
};
