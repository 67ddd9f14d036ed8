/* SPDX-License-Identifier: MIT */
/* model: the open file with the sandbox's edits in it (see the header). View thread. */
#include "folio/model/document/sandbox.h"

#include "inside.h"

#include <stdlib.h>

struct kind *document_kind_edited(const struct document *document, const struct edits *edits)
{
    const struct document_inside *inside = document->inside;
    const struct edit *edit;
    size_t count = edits_in(edits, (struct range){0, KIND_SAMPLE}, &edit);
    struct sandbox_byte *byte = calloc(count + 1, sizeof *byte);
    if (!byte)
        return NULL;
    for (size_t i = 0; i < count; i++)
        byte[i] = (struct sandbox_byte){edit[i].offset, edit[i].mine};
    int fd = inside->spool ? spool_fd(inside->spool) : inside->fd;
    struct kind *kind = kind_open_edited(fd, byte, count, inside->wake);
    free(byte);
    return kind;
}
