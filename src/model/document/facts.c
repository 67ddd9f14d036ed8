/* SPDX-License-Identifier: MIT */
/* model: what an open file can tell about itself without a look at anything else (document.h, beside.h). View thread. */
#include "inside.h"

#include "folio/io/thread/pool.h"
#include "folio/model/document/beside.h"

bool document_is_stdin(const struct document *document)
{
    return document->inside->is_stdin;
}

bool document_streaming(const struct document *document)
{
    return document->inside->streaming;
}

size_t document_peek(struct document *document, char *out, size_t length)
{
    size_t copied = 0;
    enum mapping_result result =
        mapping_copy(document->inside->mapping, 0, out, length, &copied, patience_none, NULL);
    return result == MAPPING_OK ? copied : 0;
}

unsigned document_workers(void)
{
    unsigned count = pool_processors();
    return count < 8 ? count : 8;
}

int document_fd(const struct document *document)
{
    return document->inside->spool ? spool_fd(document->inside->spool) : document->inside->fd;
}

struct wake *document_wake(const struct document *document)
{
    return document->inside->wake;
}
