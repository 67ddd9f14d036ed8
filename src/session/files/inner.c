/* SPDX-License-Identifier: MIT */
/* session: what is in a file, shown for itself (see the header). View thread. */
#include "folio/session/files/inner.h"

#include "entries.h"

#include "folio/session/core/states.h"
#include "folio/view/text/layout.h"

#include <stdlib.h>

/** One that is open: what was set aside for it. */
struct inner {
    struct stage held;           /**< the stage below */
    const struct layout *layout; /**< in which new files were shown */
    size_t file;                 /**< below, in the list; the inner one is behind it */
    struct save *save;
    void *states; /**< of the parts, on the stage of the inner one */
    struct inner *below;
};

/** Another file is about to take the place of the one on the base stage. */
static void inner_leave(struct session *session)
{
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (session->part[i]->leave)
            session->part[i]->leave(session);
}

/** Put a stage without a document in place of the one that is held. */
static void inner_put(struct session *session, struct inner *inner)
{
    const struct view *view = &inner->held.view;
    struct stage *stage = &session->base;
    unsigned char *states = inner->states;
    *stage = (struct stage){0};
    states_stage(session, stage, &states);
    view_init(&stage->view, &text_layout);
    view_resize(&stage->view, view->rows, view->canvas.columns);
    session->layout = &text_layout;
    session->stage = stage;
}

bool inner_open(struct session *session, struct document *document, struct save *save, struct error *error)
{
    struct inner *inner = calloc(1, sizeof *inner);
    size_t number = session->files.current;
    if (!inner || !(inner->states = calloc(1, states_stage_size(session))) ||
        !entries_add(session, document->name, &number)) {
        if (inner)
            free(inner->states);
        free(inner);
        return error_set(error, 0, "Out of memory");
    }
    inner_leave(session);
    inner->held = session->base;
    inner->layout = session->layout;
    inner->file = session->files.current;
    inner->save = save;
    inner->below = session->files.inner;
    session->files.inner = inner;
    session->files.current = number;
    inner_put(session, inner);
    stage_open(session, &session->base, document);
    return true;
}

void inner_close(struct session *session)
{
    struct inner *inner = session->files.inner;
    size_t gone = session->files.current;
    inner_leave(session);
    stage_close(session, &session->base);
    save_close(inner->save);
    session->base = inner->held;
    session->stage = &session->base;
    session->layout = inner->layout;
    session->files.inner = inner->below;
    session->files.current = inner->file;
    free(inner->states);
    free(inner);
    entries_remove(session, gone);
    for (unsigned i = 0; i < PART_COUNT; i++)
        if (session->part[i]->back)
            session->part[i]->back(session);
    session->dirty = true;
}

size_t inner_close_all(struct session *session, size_t number)
{
    while (session->files.inner) {
        if (number >= session->files.current)
            number--;
        inner_close(session);
    }
    return number;
}

struct save *inner_save(const struct session *session)
{
    return session->files.inner ? session->files.inner->save : NULL;
}
