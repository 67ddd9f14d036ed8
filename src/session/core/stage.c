/* SPDX-License-Identifier: MIT */
/*
 * view: a document on the stage, and what follows from it (see session.h). View thread.
 *
 * How a file is shown depends on the settings and on its encoding, which may be guessed better at any time. Matches,
 * colours and the walks of long lines are found out for one way of showing; session_stage_refresh compares and begins
 * anew what no longer fits. The first byte shown stays.
 */
#include "folio/session/core/stage.h"

#include "folio/model/document/encoding.h"
#include "folio/model/known/lines.h"
#include "folio/session/move/lines.h"
#include "folio/session/part/diff.h"
#include "folio/session/part/inspect.h"
#include "folio/session/part/strings.h"
#include "folio/session/part/strip.h"
#include "folio/session/poke/edits.h"
#include "folio/session/poke/poke.h"
#include "folio/session/search/filter.h"
#include "folio/session/search/find.h"
#include "folio/session/search/highlight.h"
#include "folio/session/search/inside.h"
#include "folio/session/top/show.h"

#include <string.h>

bool session_bytes(const struct stage *stage)
{
    return stage->view.layout->cursor && !stage->view.layout->list;
}

/** Are matches looked for one by one, because it is not lines that are shown? */
static bool stage_singles(const struct stage *stage, unsigned modifiers)
{
    return session_bytes(stage) || stage->view.layout->wait || modifiers & SEARCH_BYTES;
}

struct matches_text session_search_text(const struct session *session, const struct stage *stage,
                                        unsigned modifiers)
{
    if (stage_singles(stage, modifiers))
        return (struct matches_text){.rules = glyph_plain, .raw = true, .bytes = true};
    return session_text(session, stage);
}

bool session_search_text_is(const struct session *session, const struct stage *stage, unsigned modifiers,
                            const struct matches_text *then)
{
    bool bytes = stage_singles(stage, modifiers);
    return bytes == then->bytes && (bytes || session_text_is(session, stage, then));
}

struct matches_text session_text(const struct session *session, const struct stage *stage)
{
    return (struct matches_text){.rules = stage->view.canvas.fit.rules,
                                 .raw = session->settings.search_raw != 0};
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

void session_fit(struct session *session)
{
    struct view *view = &session->stage->view;
    unsigned columns = session->columns - overview_width(&session->settings, session->columns) -
                       session_strip_columns(session);
    unsigned rows = session->rows - session_inspect_rows(session);
    if (view->canvas.columns == columns && view->rows == rows)
        return;
    view_resize(view, rows, columns);
    view_settle(view, false);
}

/** What the current unit becomes, a line or a match, where the other of them is searched for now. */
static uint64_t stage_current(const struct session *session)
{
    struct stage *stage = session->stage;
    uint64_t current = stage->view.canvas.current;
    bool bytes = session_search_text(session, stage, session->modifiers).bytes;
    struct range match;
    if (current == FRAME_NO_OFFSET || bytes == stage->searched.bytes)
        return current;
    if (bytes)
        return search_match(session, current, &match) ? match.begin : current;
    lines_begin(stage->document->lines, stage->document->reader, current, LINES_LONG, &current);
    return current;
}

/** Begin the search anew, if there is one, or was where it could be, and stay where it is. */
static void stage_search(struct session *session)
{
    struct stage *stage = session->stage;
    if (!session->pattern[0] || (!search_ready(session) && !stage->searched.bytes) ||
        session_search_text_is(session, stage, session->modifiers, &stage->searched))
        return;
    const bool bytes = stage->searched.bytes;
    uint64_t current = stage_current(session);
    struct range match;
    session_rematch(session, NULL);
    /* What matches in the text as it is shown need not match in the bytes, nor the other way round. */
    if (bytes != stage->searched.bytes && !search_match(session, current, &match))
        current = FRAME_NO_OFFSET;
    stage->view.canvas.current = current;
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
    session_strip_refresh(session);
    session_fit(session);
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
    stage->twin = (struct twin){.layout = NULL};
    bool bytes = session->bytes && stage == &session->base, characters = stage->view.canvas.characters;
    view_init(&stage->view, bytes ? &hex_layout : &text_layout);
    stage->view.canvas.characters = characters;
    stage->view.canvas.cursor = bytes ? 0 : FRAME_NO_OFFSET;
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
    if (stage == &session->base)
        session_edits_open(session);
    view_resize(&stage->view, rows, columns);
    stage_colour(session, stage);
    reader_patience(document->reader, (struct patience){session_patience, session});
    if (session->started)
        survey_start(document->survey);
    if (session->started && stage == &session->base)
        session_poke_look(session);
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
