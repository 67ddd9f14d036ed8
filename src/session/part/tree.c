/* SPDX-License-Identifier: MIT */
/*
 * session: a JSON file as a tree. View thread.
 *
 * The tree is made of the brackets (part/json) and of nothing else: where a row begins is asked when it is drawn. It is
 * picked as text and bytes are (part/views), and stays at the same byte. Whether each line is a document becomes known
 * while the lines are counted; until then the file is one.
 */
#include "folio/session/part/tree.h"

#include "folio/model/json/documents.h"
#include "folio/model/json/step.h"
#include "folio/model/reader/overlay.h"
#include "folio/session/core/place.h"
#include "folio/session/move/cursor.h"
#include "folio/session/move/jump.h"
#include "folio/session/part/json.h"
#include "folio/view/json/layout.h"
#include "folio/view/text/layout.h"

/** On a stage. */
struct tree {
    struct json_tree content;
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
    rows->reader = reader_beneath(stage->document->reader);
    rows->lines = stage->document->lines;
    enum nesting_answer answer = json_documents_by_line(rows->nesting, rows->reader, rows->lines);
    if (answer == NESTING_FOUND || answer == NESTING_NONE)
        rows->by_line = answer == NESTING_FOUND;
    return rows->by_line != before;
}

void *tree_content(struct session *session, uint64_t at, struct error *error)
{
    struct json_tree *content = &tree_on(session->stage)->content;
    content->rows.nesting = json_nesting(session, at, error);
    if (!content->rows.nesting)
        return NULL;
    tree_renew(session->stage);
    return content;
}

/** How a step is carried out that takes the screen far from where it was, and how one to what is near. */
static enum progress tree_go(struct session *session, enum json_step step, uint64_t to)
{
    bool near = step == JSON_TO_NEXT || step == JSON_TO_PREVIOUS || step == JSON_TO_CHILD;
    return near ? cursor_put(session, to) : jump_to(session, to, jump_target(session), true);
}

enum progress verb_tree_step(struct session *session, const struct request *request, struct reply *reply)
{
    const struct tree *tree = tree_on(session->stage);
    const enum json_step step = (enum json_step)request->amount;
    uint64_t to;
    if (!tree_shown(session))
        return reply_say(reply, OUTCOME_FAILED, "This is no tree; :json shows a JSON file as one");
    switch (json_step(&tree->content.rows, session->stage->view.canvas.cursor, step,
                      (uint64_t)request_count(request, 1), &to)) {
    case NESTING_FOUND:
        return tree_go(session, step, to);
    case NESTING_NONE:
        reply->bell = true;
        return PROGRESS_DONE;
    case NESTING_UNKNOWN:
    case NESTING_FAILED:
        break;
    }
    return session_interrupted(session) ? PROGRESS_DONE : PROGRESS_WAITING;
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

static void tree_prepare(struct session *session)
{
    if (tree_shown(session) && tree_renew(session->stage))
        view_settle(&session->stage->view, false);
}

static bool tree_running(const struct session *session)
{
    return tree_shown(session) && !nesting_progress(tree_on(session->stage)->content.rows.nesting).complete;
}

const struct part tree_part = {
    .stage_size = sizeof(struct tree),
    .open = tree_open,
    .prepare = tree_prepare,
    .running = tree_running,
    .gaps = true,
};
