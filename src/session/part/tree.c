/* SPDX-License-Identifier: MIT */
/*
 * session: a JSON file as a tree. View thread.
 *
 * The tree is made of the brackets (part/json) and of nothing else: where a row begins is asked when it is drawn. It is
 * picked as text and bytes are (part/views), and stays at the same byte. Whether each line is a document becomes known
 * while the lines are counted; until then the file is one.
 */
#include "folio/session/part/tree.h"

#include "folio/base/bytes/buf.h"
#include "folio/base/glyph/glyph.h"
#include "folio/model/json/documents.h"
#include "folio/model/json/path.h"
#include "folio/model/json/step.h"
#include "folio/model/json/way.h"
#include "folio/model/reader/overlay.h"
#include "folio/session/core/place.h"
#include "folio/session/move/cursor.h"
#include "folio/session/move/jump.h"
#include "folio/session/part/json.h"
#include "folio/session/search/found.h"
#include "folio/view/json/layout.h"
#include "folio/view/text/layout.h"

#include <stdio.h>
#include <string.h>

/** Files that are longer are not looked through for a byte that is no blank. */
#define TREE_BLANKS 4096u

/** On a stage. */
struct tree {
    struct json_tree content;
    struct json_folds folds;
    struct json_way way; /**< to what was looked for */
    int level;           /**< the setting that the folds began with */
    unsigned generation; /**< of the survey, when the rows on the screen were found */
    bool stale;          /**< what was written into the file since may have moved them */
};

static struct tree *tree_on(const struct stage *stage)
{
    return stage_part(stage, PART_TREE);
}

/** Is the tree what is shown? */
static bool tree_shown(const struct session *session)
{
    return session->stage->view.canvas.content == &tree_on(session->stage)->content;
}

/** The file may be read otherwise than before, or more is known of it. True: rows are not what they were. */
static bool tree_renew(struct stage *stage)
{
    struct json_rows *rows = &tree_on(stage)->content.rows;
    bool before = rows->by_line;
    rows->folds = &tree_on(stage)->folds;
    json_folds_renew(&tree_on(stage)->folds, survey_generation(stage->document->survey));
    rows->reader = reader_beneath(stage->document->reader);
    rows->lines = stage->document->lines;
    enum nesting_answer answer = json_documents_by_line(rows->nesting, rows->reader, rows->lines);
    if (answer == NESTING_FOUND || answer == NESTING_NONE)
        rows->by_line = answer == NESTING_FOUND;
    return rows->by_line != before;
}

/** It is shown as data or as it stands, as that is set. True: it was not. */
static bool tree_mode(const struct session *session, struct stage *stage)
{
    struct json_rows *rows = &tree_on(stage)->content.rows;
    bool before = rows->data;
    rows->data = session->settings.data;
    return rows->data != before;
}

/** All is open down to the level that is set. True: it was another. */
static bool tree_level(const struct session *session, struct stage *stage)
{
    struct tree *tree = tree_on(stage);
    int level = session->settings.level;
    if (tree->content.rows.folds && tree->level == level)
        return false;
    tree->level = level;
    json_way_keep(&tree->way);
    json_folds_init(&tree->folds, level > 0 ? (uint64_t)level : UINT64_MAX);
    return true;
}

void *tree_content(struct session *session, uint64_t at, struct error *error)
{
    struct json_tree *content = &tree_on(session->stage)->content;
    content->rows.nesting = json_nesting(session, at, error);
    if (!content->rows.nesting)
        return NULL;
    tree_level(session, session->stage);
    tree_mode(session, session->stage);
    tree_renew(session->stage);
    return content;
}

/** How a step is carried out that takes the screen far from where it was, and how one to what is near. */
static enum progress tree_go(struct session *session, enum json_step step, uint64_t to)
{
    bool near = step == JSON_TO_NEXT || step == JSON_TO_PREVIOUS || step == JSON_TO_CHILD;
    return near ? cursor_put(session, to) : jump_to(session, to, jump_target(session), true);
}

const struct json_rows *tree_rows(const struct session *session)
{
    return tree_shown(session) ? &tree_on(session->stage)->content.rows : NULL;
}

enum progress tree_failed(const struct session *session, enum nesting_answer answer, struct reply *reply)
{
    if (!tree_shown(session))
        return reply_say(reply, OUTCOME_FAILED, "This is no tree; :json shows a JSON file as one");
    reply->bell = answer == NESTING_NONE;
    return reply->bell || session_interrupted(session) ? PROGRESS_DONE : PROGRESS_WAITING;
}

/** From where the request goes: when it is asked again, the cursor may be there already and wait for its row only. */
static uint64_t tree_from(struct session *session)
{
    if (!session->wait.active)
        session->wait.offset = session->stage->view.canvas.cursor;
    return session->wait.offset;
}

enum progress verb_tree_step(struct session *session, const struct request *request, struct reply *reply)
{
    const struct tree *tree = tree_on(session->stage);
    const enum json_step step = (enum json_step)request->amount;
    uint64_t to;
    if (!tree_shown(session))
        return tree_failed(session, NESTING_NONE, reply);
    enum nesting_answer answer =
        json_step(&tree->content.rows, tree_from(session), step, (uint64_t)request_count(request, 1), &to);
    return answer == NESTING_FOUND ? tree_go(session, step, to) : tree_failed(session, answer, reply);
}

/* ---- opening and closing ---- */

enum nesting_answer tree_row(const struct session *session, uint64_t at, struct json_row *row)
{
    const struct json_rows *rows = &tree_on(session->stage)->content.rows;
    uint64_t begin;
    enum nesting_answer answer = json_rows_holding(rows, at, &begin);
    if (answer == NESTING_FOUND)
        answer = json_row_read(rows, begin, row);
    if (answer == NESTING_FOUND && row->closes) {
        answer = json_step(rows, begin, JSON_TO_OTHER, 1, &begin);
        if (answer == NESTING_FOUND)
            answer = json_row_read(rows, begin, row);
    }
    return answer;
}

/** The row of the container that the row of the byte at `at` is of, or its closing bracket. NONE: it is no container. */
static enum nesting_answer tree_container(const struct session *session, uint64_t at, struct json_row *row)
{
    enum nesting_answer answer = tree_row(session, at, row);
    if (answer != NESTING_FOUND)
        return answer;
    bool empty = row->close != UINT64_MAX && !row->folded;
    return json_kind_contains(row->value.kind) && !empty ? NESTING_FOUND : NESTING_NONE;
}

/** Remember a wish and show what follows from it, with the cursor on the row that begins at `begin`. */
static enum progress tree_wish(struct session *session, struct json_fold fold, uint64_t begin,
                               struct reply *reply)
{
    struct tree *tree = tree_on(session->stage);
    if (!json_folds_add(&tree->folds, fold))
        return reply_say(reply, OUTCOME_FAILED,
                         "More than %u are opened or closed; C and E on what they are in forget them",
                         FOLDS_MAX);
    json_way_keep(&tree->way);
    session->stage->view.canvas.cursor = begin;
    view_settle(&session->stage->view, false);
    return PROGRESS_DONE;
}

/** Open or close one container. */
static enum progress tree_fold_one(struct session *session, const struct json_row *row, struct reply *reply)
{
    const struct json_rows *rows = &tree_on(session->stage)->content.rows;
    struct json_fold fold = {.range = {row->value.value.begin, UINT64_MAX},
                             .depth = (int64_t)row->depth,
                             .reach = JSON_SELF,
                             .open = row->folded};
    enum nesting_answer answer = json_value_end(rows->nesting, rows->reader, &row->value, &fold.range.end);
    if (answer == NESTING_NONE)
        fold.range.end = UINT64_MAX;
    if (answer != NESTING_FOUND && answer != NESTING_NONE)
        return tree_failed(session, answer, reply);
    return tree_wish(session, fold, row->begin, reply);
}

/** What the row of the cursor is in, as a wish is about it. */
static enum nesting_answer tree_around(const struct session *session, struct json_fold *fold, uint64_t *begin)
{
    const struct json_rows *rows = &tree_on(session->stage)->content.rows;
    struct json_row row;
    struct json_around around;
    *fold = (struct json_fold){.range = {0, UINT64_MAX}, .depth = -1};
    enum nesting_answer answer = json_rows_holding(rows, session->stage->view.canvas.cursor, begin);
    if (answer == NESTING_FOUND)
        answer = json_row_read(rows, *begin, &row);
    if (answer != NESTING_FOUND || row.depth == 0)
        return answer;
    answer = json_around(rows->nesting, rows->reader, 0, *begin, &around);
    if (answer != NESTING_FOUND)
        return answer;
    fold->depth = (int64_t)row.depth - 1;
    fold->range.begin = around.opener;
    answer = nesting_down(rows->nesting, rows->reader, *begin, around.depth - 1, &fold->range.end);
    fold->range.end = answer == NESTING_FOUND ? fold->range.end : UINT64_MAX;
    return answer == NESTING_NONE ? NESTING_FOUND : answer;
}

/** Open or close the value of the cursor and its siblings. */
static enum progress tree_fold_siblings(struct session *session, const struct request *request,
                                        struct reply *reply)
{
    const enum tree_fold how = (enum tree_fold)request->amount;
    const bool opens = how == TREE_OPEN || how == TREE_OPEN_ALL,
               all = how == TREE_CLOSE_ALL || how == TREE_OPEN_ALL;
    const uint64_t levels = (uint64_t)request_count(request, 0);
    struct json_fold fold;
    uint64_t begin;
    enum nesting_answer answer = tree_around(session, &fold, &begin);
    if (answer != NESTING_FOUND)
        return tree_failed(session, answer, reply);
    fold.reach = levels || all ? JSON_ALL : JSON_CHILDREN;
    fold.open = fold.reach == JSON_CHILDREN ? opens : !levels && opens ? UINT64_MAX : levels + 1;
    return tree_wish(session, fold, begin, reply);
}

enum progress verb_tree_fold(struct session *session, const struct request *request, struct reply *reply)
{
    const enum tree_fold how = (enum tree_fold)request->amount;
    struct request step = *request;
    struct json_row row;
    if (!tree_shown(session))
        return tree_failed(session, NESTING_NONE, reply);
    if (how >= TREE_CLOSE)
        return tree_fold_siblings(session, request, reply);
    enum nesting_answer answer = tree_container(session, tree_from(session), &row);
    bool fold = answer == NESTING_FOUND && (how == TREE_TOGGLE || row.folded == (how == TREE_INTO));
    if (fold)
        return tree_fold_one(session, &row, reply);
    if (how == TREE_TOGGLE || (answer != NESTING_FOUND && answer != NESTING_NONE))
        return tree_failed(session, answer, reply);
    step.amount = how == TREE_INTO ? JSON_TO_CHILD : JSON_TO_PARENT;
    step.counted = step.counted && how == TREE_INTO;
    return verb_tree_step(session, &step, reply);
}

enum progress verb_tree_data(struct session *session, const struct request *request, struct reply *reply)
{
    (void)request;
    if (!tree_shown(session))
        return tree_failed(session, NESTING_NONE, reply);
    session->settings.data = !session->settings.data;
    return PROGRESS_DONE;
}

/** A file comes on the stage while trees are shown. */
static void tree_open(struct session *session, struct stage *stage)
{
    struct error error;
    struct canvas *canvas = &stage->view.canvas;
    uint64_t at = place_subject(session);
    if (stage != session->stage || stage->view.layout->moves != LAYOUT_TREE)
        return;
    canvas->content = tree_content(session, at, &error);
    if (canvas->content)
        return;
    stage_use(session, &text_layout, NULL, at);
    stage_notice(stage, error.message);
}

/** Open the way to a byte that was looked for. */
static void tree_reveal(struct session *session, uint64_t offset)
{
    struct tree *tree = tree_on(session->stage);
    if (!tree_shown(session))
        return;
    json_way_to(&tree->way, &tree->content.rows, &tree->folds, offset);
    view_settle(&session->stage->view, false);
}

static void tree_moved(struct session *session)
{
    struct tree *tree = tree_on(session->stage);
    const uint64_t at = session->stage->view.canvas.cursor;
    if (tree_shown(session) && json_way_leave(&tree->way, &tree->content.rows, &tree->folds, at))
        view_settle(&session->stage->view, false);
}

/**
 * Bytes of the file were poked, or it is another one: do rows on the screen begin elsewhere? Asked until all brackets are
 * known again.
 */
static bool tree_stale(struct stage *stage)
{
    struct tree *tree = tree_on(stage);
    const unsigned generation = survey_generation(stage->document->survey);
    bool stale = tree->stale || tree->generation != generation;
    tree->generation = generation;
    tree->stale = stale && !nesting_progress(tree->content.rows.nesting).complete;
    return stale;
}

static void tree_prepare(struct session *session)
{
    if (!tree_shown(session))
        return;
    const struct json_way *way = &tree_on(session->stage)->way;
    bool level = tree_level(session, session->stage), mode = tree_mode(session, session->stage);
    bool stale = tree_stale(session->stage);
    if (tree_renew(session->stage) || level || mode || stale)
        view_settle(&session->stage->view, false);
    if (way->awaited)
        tree_reveal(session, way->at);
}

static bool tree_running(const struct session *session)
{
    struct nesting *nesting = session_shows_file(session) ? json_known(session->stage) : NULL;
    return nesting && !nesting_progress(nesting).complete;
}

/** Is there nothing but blanks in the file, as far as that is looked at? */
static bool tree_blank(const struct json_rows *rows)
{
    uint64_t size = reader_size(rows->reader), at = 0;
    struct span span = {"", 0};
    bool had = size <= TREE_BLANKS && reader_span(rows->reader, 0, TREE_BLANKS, &span) != READER_GIVEN_UP;
    while (had && at < span.length && strchr(" \t\r\n", span.data[at]) && span.data[at])
        at++;
    return had && at == size;
}

/** The path of the byte that the screen is about, of what is in memory now and known. `json`: only where that is in JSON. */
static void report_path(struct session *session, struct nesting *nesting, bool json, struct report *report)
{
    const struct document *document = session->stage->document;
    struct reader *reader = reader_beneath(document->reader);
    const uint64_t at = search_subject(session);
    struct buf path = {0};
    uint64_t from;
    bool begins;
    enum nesting_answer answer = json_document(nesting, reader, document->lines, at, &from, &begins);
    if (answer == NESTING_FOUND && ((begins && at >= from) || !json))
        answer = json_path(nesting, reader, from, at, &path);
    if (answer == NESTING_FOUND && !path.failed && path.length > 0)
        glyph_text(path.data, path.length, report->path, sizeof report->path);
    buf_release(&path);
}

/** Are text or bytes of a file shown, whose brackets are known because somebody asked? */
static struct nesting *report_known(const struct session *session)
{
    enum layout_moves moves = session->stage->view.layout->moves;
    bool own = session_shows_file(session) && (moves == LAYOUT_LINES || moves == LAYOUT_BYTES);
    struct nesting *nesting = own ? json_known(session->stage) : NULL;
    return nesting && nesting_progress(nesting).complete ? nesting : NULL;
}

static void tree_report(struct session *session, struct report *report)
{
    const struct json_rows *rows = tree_rows(session);
    struct nesting *nesting = rows ? rows->nesting : report_known(session);
    struct reader *reader = reader_beneath(session->stage->document->reader);
    if (!nesting)
        return;
    bool hurried = reader_hurry(reader, true);
    report_path(session, nesting, !rows, report);
    if (rows && rows->data)
        snprintf(report->view, sizeof report->view, "%s data", session->stage->view.layout->name);
    if (rows && !report->notice[0] && tree_blank(rows))
        snprintf(report->notice, sizeof report->notice, "no JSON here");
    reader_hurry(reader, hurried);
}

const struct part tree_part = {
    .stage_size = sizeof(struct tree),
    .open = tree_open,
    .prepare = tree_prepare,
    .reveal = tree_reveal,
    .moved = tree_moved,
    .report = tree_report,
    .running = tree_running,
    .gaps = true,
};
