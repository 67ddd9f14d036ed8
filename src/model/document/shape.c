/* SPDX-License-Identifier: MIT */
/* model: JSON on its way out (see the header). */
#include "folio/model/document/shape.h"

#include "folio/model/json/format.h"
#include "folio/model/json/string.h"

#include <stdlib.h>
#include <string.h>

/** Columns of a level. */
#define SHAPE_INDENT 2u
/** Bytes of a string that are looked at at once. */
#define SHAPE_PIECE 65536u

static size_t shape_format(void *state, struct span *in, bool last, char *out, size_t room)
{
    return json_format(state, in, last, out, room);
}

/** A string that becomes text; `text` is what a piece means. */
struct shape_text {
    struct json_unescape unescape;
    struct buf text;
};

/* A text is never longer than its string, so what is held and a piece that is so much shorter than the room fit. The
 * memory for it is there from the beginning. */
static size_t shape_unescape(void *state, struct span *in, bool last, char *out, size_t room)
{
    struct shape_text *shape = state;
    size_t most = room - JSON_ESCAPE_MAX - 1, length = in->length < most ? in->length : most;
    length = length < SHAPE_PIECE ? length : SHAPE_PIECE;
    buf_clear(&shape->text);
    json_unescape(&shape->unescape, (struct span){in->data, length}, last && length == in->length,
                  &shape->text);
    if (length > 0)
        in->data += length;
    in->length -= length;
    if (shape->text.length > 0)
        memcpy(out, shape->text.data, shape->text.length);
    return shape->text.length;
}

static void shape_text_release(void *state)
{
    struct shape_text *shape = state;
    buf_release(&shape->text);
    free(shape);
}

/** What makes text of a string. All zero when out of memory. */
static struct save_shape shape_text(void)
{
    static const char piece[SHAPE_PIECE + JSON_ESCAPE_MAX];
    struct shape_text *shape = calloc(1, sizeof *shape);
    if (!shape || !buf_append(&shape->text, piece, sizeof piece)) {
        free(shape);
        return (struct save_shape){0};
    }
    return (struct save_shape){shape, shape_unescape, shape_text_release};
}

/** What writes JSON anew. All zero when out of memory. */
static struct save_shape shape_json(unsigned indent)
{
    struct json_format *format = calloc(1, sizeof *format);
    if (!format)
        return (struct save_shape){0};
    format->indent = indent;
    return (struct save_shape){format, shape_format, free};
}

bool shape_save(struct save *save, enum shape shape, struct error *error)
{
    if (shape == SHAPE_NONE)
        return true;
    struct save_shape made =
        shape == SHAPE_TEXT ? shape_text() : shape_json(shape == SHAPE_PRETTY ? SHAPE_INDENT : 0);
    if (!made.run)
        return error_set(error, 0, "Out of memory");
    save_reshape(save, made);
    return true;
}
