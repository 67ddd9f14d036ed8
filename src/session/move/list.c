/* SPDX-License-Identifier: MIT */
/*
 * session: lists in place of the file, a row of which leads to a byte (see the header). View thread.
 *
 * A list of which all rows are known is a text on the help stage, with a place for each line. A layout of its own may be
 * a list as well: there each row is a byte of the file.
 */
#include "folio/session/move/list.h"

#include "folio/model/known/lines.h"
#include "folio/session/core/place.h"
#include "folio/session/files/aside.h"
#include "folio/session/files/list.h"
#include "folio/session/move/cursor.h"
#include "folio/session/move/jump.h"
#include "folio/view/hex/layout.h"
#include "folio/view/text/layout.h"

#include <stdlib.h>
#include <string.h>

/** On the help stage: where the rows of the list lead. */
struct list {
    struct list_place *place;
    size_t count;
    list_go *go; /**< how one goes there */
};

static struct list *list_on(const struct stage *stage)
{
    return stage_part(stage, PART_LIST);
}

static void list_close(struct stage *stage)
{
    free(list_on(stage)->place);
}

/** Where the first line is that leads somewhere. */
static uint64_t list_first(const struct list *list, const struct buf *text)
{
    const char *line = buf_string(text), *begin = line;
    for (size_t i = 0; i < list->count; i++) {
        if (list->place[i].offset != FRAME_NO_OFFSET)
            return (uint64_t)(line - begin);
        line += strcspn(line, "\n");
        line += *line == '\n';
    }
    return 0;
}

enum progress list_open(struct session *session, const char *name, const struct buf *text,
                        struct list_place *place, size_t count, list_go *go, struct reply *reply)
{
    struct error error;
    bool opened = false;
    if (text->failed)
        error_set(&error, 0, "Out of memory");
    else
        opened = aside_open(session, name, text->data, text->length, &error);
    if (!opened) {
        free(place);
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    }
    struct list *list = list_on(session->stage);
    *list = (struct list){place, count, go};
    stage_use(session, &list_layout, NULL, 0);
    cursor_put(session, list_first(list, text));
    reply->list = true;
    return PROGRESS_DONE;
}

/** The place to which the row under the cursor leads. WAITING: that is not known yet. */
static enum progress list_pick(const struct session *session, struct list_place *place)
{
    const struct canvas *canvas = &session->stage->view.canvas;
    const struct list *list = list_on(session->stage);
    uint64_t line;
    *place = (struct list_place){.offset = canvas->cursor};
    if (session_shows_file(session))
        return PROGRESS_DONE;
    if (lines_number(canvas->lines, canvas->reader, canvas->cursor, &line) != LINES_FOUND)
        return PROGRESS_WAITING;
    place->offset = FRAME_NO_OFFSET;
    if (line <= list->count)
        *place = list->place[line - 1];
    return PROGRESS_DONE;
}

enum progress list_go_byte(struct session *session, const struct list_place *place, struct reply *reply)
{
    if (place->offset >= reader_size(session->base.document->reader))
        return reply_say(reply, OUTCOME_FAILED, "Byte 0x%llx is not in the file now",
                         (unsigned long long)place->offset);
    session->layout = &hex_layout;
    jump_leave(session);
    if (!stage_bytes(session->stage))
        stage_use(session, &hex_layout, NULL, place->offset);
    return cursor_put(session, place->offset);
}

enum progress verb_pick(struct session *session, const struct request *request, struct reply *reply)
{
    const bool list = session->stage->view.layout->moves == LAYOUT_LIST;
    struct list_place place;
    (void)request;
    if (!list && session->wait.active) /* the list is left already, for bytes that are on their way */
        return jump_to(session, session->wait.offset, jump_target(session), true);
    if (!list)
        return reply_say(reply, OUTCOME_FAILED, "This is no list");
    if (list_pick(session, &place) == PROGRESS_WAITING)
        return PROGRESS_WAITING;
    if (place.offset == FRAME_NO_OFFSET)
        return reply_say(reply, OUTCOME_FAILED, "This row leads nowhere");
    list_go *go = session_shows_file(session) ? list_go_byte : list_on(session->stage)->go;
    session->wait.offset = place.offset;
    aside_close(session);
    return go(session, &place, reply);
}

const struct part list_part = {.stage_size = sizeof(struct list), .close = list_close};
