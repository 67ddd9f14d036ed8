/* SPDX-License-Identifier: MIT */
/*
 * session: what the bytes under the cursor would be. View thread.
 *
 * A panel of a fixed number of rows below the bytes, so that nothing jumps as the cursor moves:
 *
 *     bits 0100 0001  u8 65  i8 65   U+0041 LATIN CAPITAL LETTER A
 *     uleb 65 (1)                    sleb -63 (1)
 *     LE u16 ...  i16 ...  f16 ...   BE u16 ...  i16 ...  f16 ...
 *        ...                            ...
 *
 * Each half holds the longest values in PANEL_HALF columns. Where the screen is narrower than two halves, they stand below
 * each other; where it is too small for that, there is no panel. Bytes that are not in memory yet are not waited for: the
 * rows above wait for them anyway.
 */
#include "folio/base/words/inspect.h"

#include "folio/model/kind/rune_name.h"
#include "folio/model/reader/hole.h"
#include "folio/session/core/session.h"

#include <stdio.h>
#include <string.h>

/** Columns of one half, and of a half that keeps a little distance. */
#define PANEL_HALF  38u
#define PANEL_APART 42u
/** Rows about single bytes, and rows of each byte order. */
#define PANEL_PLAIN   2u
#define PANEL_ORDERED 7u
/** Rows of bytes that are left, at least. */
#define PANEL_LEAVES 4u

/** Stands for the one of the kinds of date that the number is. */
#define PANEL_DATE INSPECT_COUNT
/** The most values on a row. */
#define PANEL_VALUES 3

/** What stands on the rows of one byte order. */
static const struct {
    unsigned count;
    enum inspect_kind kind[PANEL_VALUES];
} panel_row[PANEL_ORDERED] = {
    {3, {INSPECT_U16, INSPECT_I16, INSPECT_F16}},
    {2, {INSPECT_U32, INSPECT_UNIX32}},
    {2, {INSPECT_I32, INSPECT_F32}},
    {1, {INSPECT_U64}},
    {1, {INSPECT_I64}},
    {1, {INSPECT_F64}},
    {1, {PANEL_DATE}},
};

/** The bytes, and where something is put next. */
struct panel {
    struct frame *frame;
    unsigned row, column;
    unsigned end; /**< the column that nothing may reach */
    unsigned char byte[INSPECT_BYTES];
    size_t length;
};

/** In the session: the names of characters, NULL until the panel is first shown, and the rows that it takes. */
struct inspector {
    struct rune_names *names;
    unsigned rows;
};

static struct inspector *inspector_of(const struct session *session)
{
    return session_part(session, PART_INSPECTOR);
}

/** Do the halves stand beside each other? */
static bool panel_beside(unsigned columns)
{
    return columns >= 2 * PANEL_HALF;
}

/** Rows below the bytes, where enough are left for those. */
static void inspector_room(const struct session *session, struct area *area)
{
    unsigned rows = PANEL_PLAIN + PANEL_ORDERED * (panel_beside(area->columns) ? 1 : 2);
    bool wanted = session->settings.inspect && session_shows_file(session) && stage_bytes(session->stage);
    bool fits = area->columns >= PANEL_HALF && area->rows >= rows + PANEL_LEAVES;
    inspector_of(session)->rows = wanted && fits ? rows : 0;
    area->rows -= inspector_of(session)->rows;
}

enum progress verb_inspect(struct session *session, const struct request *request, struct reply *reply)
{
    (void)request;
    session->settings.inspect = !session->settings.inspect;
    stage_refresh(session);
    if (!session->settings.inspect || inspector_of(session)->rows)
        return PROGRESS_DONE;
    if (!stage_bytes(session->stage))
        return reply_say(reply, OUTCOME_SAID, "Bytes are inspected where they are shown: x");
    return reply_say(reply, OUTCOME_SAID, "The screen is too small to inspect bytes");
}

/** ASCII text, cut at the end, and a blank behind it. */
static void panel_text(struct panel *panel, const char *text, enum style style)
{
    for (; *text != '\0' && panel->column < panel->end; text++, panel->column++) {
        struct cell *cell = frame_row(panel->frame, panel->row) + panel->column;
        cell->rune[0] = (unsigned char)*text;
        cell->style = (uint8_t)style;
    }
    panel->column++;
}

static void panel_value(struct panel *panel, enum inspect_kind kind, bool big)
{
    char text[INSPECT_TEXT];
    inspect_value(kind, panel->byte, panel->length, big, text);
    /* The seconds of 32 bits stand behind their number, and need no label. */
    if (kind != INSPECT_UNIX32)
        panel_text(panel, inspect_label(kind), STYLE_NUMBER);
    panel_text(panel, text, STYLE_PANEL);
}

/** What the first byte is, and the character that begins with it. */
static void panel_first(struct panel *panel, const struct rune_names *names)
{
    char name[RUNE_NAME_TEXT];
    uint32_t rune;
    panel_value(panel, INSPECT_BITS, false);
    panel_value(panel, INSPECT_U8, false);
    panel_value(panel, INSPECT_I8, false);
    panel_value(panel, INSPECT_RUNE, false);
    if (inspect_rune(panel->byte, panel->length, &rune))
        panel_text(panel, rune_name(names, rune, name), STYLE_PANEL);
}

/** Numbers that say themselves how long they are. */
static void panel_second(struct panel *panel, unsigned half)
{
    panel_value(panel, INSPECT_ULEB, false);
    panel->column = panel->column > half ? panel->column : half;
    panel_value(panel, INSPECT_SLEB, false);
}

/** One half, from `column` on. */
static void panel_half(struct panel *panel, unsigned row, unsigned column, bool big)
{
    for (unsigned i = 0; i < PANEL_ORDERED; i++) {
        panel->row = row + i;
        /* The longest dates need the place of the indent. */
        panel->column = column + 3;
        if (panel_row[i].kind[0] == PANEL_DATE)
            panel->column = column + (inspect_date(panel->byte, panel->length, big) != INSPECT_UNIX_NS);
        if (i == 0) {
            panel->column = column;
            panel_text(panel, big ? "BE" : "LE", STYLE_NUMBER);
        }
        for (unsigned value = 0; value < panel_row[i].count; value++) {
            enum inspect_kind kind = panel_row[i].kind[value];
            panel_value(panel, kind == PANEL_DATE ? inspect_date(panel->byte, panel->length, big) : kind,
                        big);
        }
    }
}

/** The names of characters begin to be loaded when they are first needed. */
static void panel_names(struct session *session)
{
    if (!inspector_of(session)->names)
        inspector_of(session)->names = rune_names_open(session->view_wake);
}

static bool inspector_unsettled(const struct session *session)
{
    const struct rune_names *names = inspector_of(session)->names;
    return names && !rune_names_loaded(names);
}

static void inspector_draw(struct session *session, struct frame *frame)
{
    unsigned rows = inspector_of(session)->rows, first = frame->rows;
    struct panel panel = {.frame = frame, .row = first, .end = frame->columns};
    uint64_t cursor = session->stage->view.canvas.cursor;
    if (rows == 0 || !frame_heighten(frame, rows))
        return;
    panel_names(session);
    struct reader *reader = session->stage->document->reader;
    bool hurried = reader_hurry(reader, true);
    if (reader_copy(reader, cursor, INSPECT_BYTES, panel.byte, &panel.length) != READER_OK)
        panel.length = 0;
    reader_hurry(reader, hurried);
    unsigned half = frame->columns / 2 < PANEL_APART ? (frame->columns + 1) / 2 : PANEL_APART;
    panel_first(&panel, inspector_of(session)->names);
    panel.row++;
    panel.column = 0;
    panel_second(&panel, half);
    bool beside = panel_beside(frame->columns);
    panel.end = beside ? half : frame->columns;
    panel_half(&panel, first + PANEL_PLAIN, 0, false);
    panel.end = frame->columns;
    panel_half(&panel, first + PANEL_PLAIN + (beside ? 0 : PANEL_ORDERED), beside ? half : 0, true);
}

const struct part inspector_part = {
    .session_size = sizeof(struct inspector),
    .room = inspector_room,
    .draw = inspector_draw,
    .unsettled = inspector_unsettled,
};
