/* SPDX-License-Identifier: MIT */
/* model: parts of a document on their way out (see the header). View thread. */
#include "folio/model/document/save.h"

#include "inside.h"

static int save_descriptor(const struct document *document)
{
    return document->inside->spool ? spool_fd(document->inside->spool) : document->inside->fd;
}

bool document_streamed(const struct document *document)
{
    return document->inside->spool != NULL;
}

struct save *document_save(const struct document *document, const char *path, enum save_mode mode,
                           struct error *error)
{
    return save_open(path, mode, save_descriptor(document), document->inside->wake, error);
}

struct save *document_save_pipe(const struct document *document, int *reader, struct error *error)
{
    return save_open_pipe(save_descriptor(document), reader, document->inside->wake, error);
}

bool document_save_follow(const struct document *document, struct save *save)
{
    return !document->inside->spool || save_source(save, save_descriptor(document));
}
