/* SPDX-License-Identifier: MIT */
/*
 * session: a document on the stage, and what follows from it (see the header). View thread.
 *
 * How a file is shown depends on the settings and on its encoding, which may be guessed better at any time. Matches,
 * colours and the walks of long lines are found out for one way of showing; stage_refresh compares and begins anew what no
 * longer fits, and the parts do the same for what is theirs. One byte stays in view (view/layout/stay.c).
 */
#include "folio/session/core/stage.h"

#include "folio/model/document/encoding.h"
#include "folio/model/search/filter.h"
#include "folio/session/core/place.h"
#include "folio/session/core/session.h"
#include "folio/view/text/layout.h"

#include <stdlib.h>
#include <string.h>

bool stage_bytes(const struct stage *stage)
{
    return stage->view.layout->moves == LAYOUT_BYTES;
}

bool stage_filtering(const struct stage *stage)
{
    const struct filter *filter = stage->view.canvas.filter;
    return filter && !filter_state((struct filter *)filter, stage->document->reader).complete;
}

struct matches_text stage_text(const struct session *session, const struct stage *stage)
{
    return (struct matches_text){.rules = stage->view.canvas.fit.rules,
                                 .raw = session->settings.search_raw != 0};
}

bool stage_text_is(const struct session *session, const struct stage *stage, const struct matches_text *then)
{
    const struct glyph_rules *now = &stage->view.canvas.fit.rules;
    return now->encoding == then->rules.encoding && now->sgr == then->rules.sgr &&
           then->raw == (session->settings.search_raw != 0);
}

/** Let colours be found out as the settings say. */
static void stage_colour(const struct session *session, struct stage *stage)
{
    struct canvas *canvas = &stage->view.canvas;
    bool carry = session->settings.sgr == SGR_CARRY;
    bool wanted = session->settings.sgr != SGR_OFF;
    if (wanted == (stage->attributes != NULL) &&
        (!wanted || attributes_serve(stage->attributes, &canvas->fit.rules, carry)))
        return;
    attributes_close(stage->attributes);
    stage->attributes = wanted ? attributes_open(stage->document->survey, &canvas->fit.rules, carry) : NULL;
    canvas->attributes = stage->attributes;
}

void stage_notice(struct stage *stage, const char *text)
{
    glyph_text(text, strlen(text), stage->notice.text, sizeof stage->notice.text);
    stage->notice.weak = false;
}

void stage_fit(struct session *session)
{
    struct view *view = &session->stage->view;
    struct area area = session->area;
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (session->part[i]->room)
            session->part[i]->room(session, &area);
    if (view->canvas.columns == area.columns && view->rows == area.rows)
        return;
    view_resize(view, area.rows, area.columns);
    view_settle(view, false);
}

/** Tell the parts that something may be shown otherwise than before. */
static void stage_refresh_parts(struct session *session)
{
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (session->part[i]->refresh)
            session->part[i]->refresh(session);
}

const char *stage_spelling(const struct encoding *encoding)
{
    return encoding && !encoding->foreign ? encoding->name : "auto";
}

/** How bytes of the stage are shown as characters. True: else than before. */
static bool stage_charset(const struct session *session, struct stage *stage)
{
    struct canvas *canvas = &stage->view.canvas;
    const struct encoding *set = session->settings.encoding, *before = canvas->charset;
    bool foreign = set && set->foreign && stage == &session->base;
    canvas->charset = foreign ? set : canvas->fit.rules.encoding;
    return canvas->charset != before;
}

void stage_refresh(struct session *session)
{
    struct stage *stage = session->stage;
    struct canvas *canvas = &stage->view.canvas;
    const struct encoding *encoding = document_encoding(stage->document, &stage->encoding_sure);
    bool else_read = canvas->bom != document_bom(stage->document) || encoding != canvas->fit.rules.encoding ||
                     stage->lines_generation != stage->document->lines_generation;
    canvas->lines = stage->document->lines;
    stage->lines_generation = stage->document->lines_generation;
    canvas->fit.rules.encoding = encoding;
    else_read = stage_charset(session, stage) || else_read;
    canvas->bom = document_bom(stage->document);
    settings_rules(&session->settings, &canvas->fit.rules);
    stage_colour(session, stage);
    stage_fit(session);
    stage_refresh_parts(session);
    if (!else_read || !session->started)
        return;
    stage_forget(stage);
    view_settle(&stage->view, false);
    session->dirty = true;
}

void stage_forget(struct stage *stage)
{
    walks_close(&stage->view.canvas);
}

/** Let the layout show the stage, and choose how one moves in it. */
static void stage_show(const struct session *session, struct stage *stage, const struct layout *layout,
                       void *content)
{
    stage->view.layout = layout;
    stage->view.canvas.content = content;
    stage->motion = session->motion[layout->moves];
}

void stage_use(struct session *session, const struct layout *layout, void *content, uint64_t offset)
{
    struct stage *stage = session->stage;
    struct view *view = &stage->view;
    stage_show(session, stage, layout, content);
    view->lead = view->count = view->header_count = 0;
    view->canvas.cursor = layout->moves == LAYOUT_LINES ? FRAME_NO_OFFSET : offset;
    view->canvas.fresh = FRAME_NO_OFFSET;
    view->anchor = offset;
    stage_refresh(session);
    view_resize(view, view->rows, view->canvas.columns);
    place_fill(view);
    stage->motion->settle(session);
}

/** Rows of the document as the settings want them, before any is looked for. */
static void stage_begin_view(const struct session *session, struct stage *stage, const struct layout *layout)
{
    struct canvas *canvas = &stage->view.canvas;
    unsigned rows = stage->view.rows, columns = canvas->columns;
    bool characters = canvas->characters;
    view_init(&stage->view, layout);
    stage_show(session, stage, layout, NULL);
    canvas->characters = characters;
    canvas->cursor = layout->moves == LAYOUT_LINES ? FRAME_NO_OFFSET : 0;
    canvas->reader = stage->document->reader;
    canvas->lines = stage->document->lines;
    canvas->settings = &session->settings;
    /* The first file is opened by the UI thread, which looks at no byte: there the view thread asks, at its start. */
    if (session->started)
        canvas->fit.rules.encoding = document_encoding(stage->document, &stage->encoding_sure);
    (void)stage_charset(session, stage);
    view_resize(&stage->view, rows, columns);
}

void stage_open(struct session *session, struct stage *stage, struct document *document)
{
    bool file = stage == &session->base;
    stage->document = document;
    stage->replaced = stage->deleted = stage->binary = false;
    stage->notice = (struct notice){0};
    if (session->settings.encoding && file)
        document_set_encoding(document, stage_spelling(session->settings.encoding), NULL);
    stage_begin_view(session, stage, file ? session->layout : &text_layout);
    stage->lines_generation = document->lines_generation;
    stage_colour(session, stage);
    reader_patience(document->reader, session->patience);
    if (!session->started)
        return;
    survey_start(document->survey);
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (session->part[i]->open)
            session->part[i]->open(session, stage);
}

void stage_close(const struct session *session, struct stage *stage)
{
    walks_close(&stage->view.canvas);
    attributes_close(stage->attributes);
    stage->attributes = NULL;
    for (unsigned i = 0; i < PART_COUNT; i++) {
        const struct part *part = session->part[i];
        if (part->close)
            part->close(stage);
        if (part->stage_size)
            memset(stage->state[i], 0, part->stage_size);
    }
    document_close(stage->document);
    stage->document = NULL;
}
