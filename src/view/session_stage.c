/* SPDX-License-Identifier: MIT */
/*
 * view: a document on the stage, and what follows from it (see session_body.h). View thread.
 *
 * How a file is shown depends on the settings and on its encoding, which may be guessed better at any time. Matches,
 * colours and the walks of long lines are found out for one way of showing; session_stage_refresh compares and begins
 * anew what no longer fits. The first byte shown stays.
 */
#include <string.h>

#include "folio/model/document_encoding.h"

#include "session_body.h"

struct matches_text session_text(const struct session *session, const struct stage *stage)
{
    return (struct matches_text){stage->view.canvas.fit.rules, session->settings.search_raw != 0};
}

bool session_text_is(const struct session *session, const struct stage *stage,
                     const struct matches_text *then)
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

/** Leave the overview its columns, and no others. */
static void stage_fit(const struct session *session)
{
    struct view *view = &session->stage->view;
    unsigned columns = session->columns - overview_width(&session->settings, session->columns);
    if (view->canvas.columns == columns)
        return;
    view_resize(view, view->rows, columns);
    view_settle(view, false);
}

/** Begin the search anew, if there is one, and stay where it is. */
static void stage_search(struct session *session)
{
    struct canvas *canvas = &session->stage->view.canvas;
    uint64_t current = canvas->current;
    struct summary_state state;
    if (!session_search_state(session, &state) ||
        session_text_is(session, session->stage, &session->stage->searched))
        return;
    session_rematch(session, NULL);
    canvas->current = current;
}

void session_stage_refresh(struct session *session)
{
    struct stage *stage = session->stage;
    struct canvas *canvas = &stage->view.canvas;
    const struct encoding *encoding = document_encoding(stage->document, &stage->encoding_sure);
    bool else_read = canvas->bom != document_mark(stage->document) ||
                     encoding != canvas->fit.rules.encoding ||
                     stage->lines_generation != stage->document->lines_generation;
    canvas->lines = stage->document->lines;
    stage->lines_generation = stage->document->lines_generation;
    canvas->fit.rules.encoding = encoding;
    canvas->bom = document_mark(stage->document);
    settings_rules(&session->settings, &canvas->fit.rules);
    stage_colour(session, stage);
    stage_search(session);
    session_highlight_refresh(session);
    stage_fit(session);
    session_filter_refresh(session);
    if (!else_read || !session->started)
        return;
    session_stage_forget(stage);
    view_settle(&stage->view, false);
    session->dirty = true;
}

void session_stage_forget(struct stage *stage)
{
    walks_close(&stage->view.canvas);
}

void session_stage_open(struct session *session, struct stage *stage, struct document *document)
{
    unsigned rows = stage->view.rows, columns = stage->view.canvas.columns;
    stage->document = document;
    stage->replaced = stage->deleted = stage->binary = false;
    stage->notice[0] = '\0';
    stage->hard_told = 0;
    view_init(&stage->view, &text_layout);
    if (session->settings.encoding && stage == &session->base)
        document_set_encoding(document, session->settings.encoding->name, NULL);
    struct canvas *canvas = &stage->view.canvas;
    canvas->reader = document->reader;
    canvas->lines = document->lines;
    canvas->settings = &session->settings;
    /* The first file is opened by the UI thread, which looks at no byte: there the view thread asks, at its start. */
    if (session->started)
        canvas->fit.rules.encoding = document_encoding(document, &stage->encoding_sure);
    stage->lines_generation = document->lines_generation;
    view_resize(&stage->view, rows, columns);
    stage_colour(session, stage);
    reader_patience(document->reader, (struct patience){session_patience, session});
    if (session->started)
        survey_start(document->survey);
}

void session_stage_close(struct stage *stage)
{
    walks_close(&stage->view.canvas);
    attributes_close(stage->attributes);
    session_level_close(stage);
    matches_close(stage->matches);
    filter_close(stage->misses);
    stage->misses = NULL;
    session_highlight_close(stage);
    session_edits_close(stage);
    session_strings_close(stage);
    session_diff_close(stage);
    session_strip_close(stage);
    session_filter_close(stage);
    document_close(stage->document);
    stage->attributes = NULL;
    stage->matches = NULL;
    stage->document = NULL;
}
