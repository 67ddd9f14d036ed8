/* SPDX-License-Identifier: MIT */
/* model: parts of a document on their way out (see the header). View thread. */
#include "folio/model/document/save.h"

#include "inside.h"

#include "folio/model/reader/overlay.h"

static int save_descriptor(const struct document *document)
{
    return document->inside->spool ? spool_fd(document->inside->spool) : document->inside->fd;
}

bool document_streamed(const struct document *document)
{
    return document->inside->spool != NULL;
}

/* How the save asks the edits. */

static size_t save_apply(const void *edits, uint64_t offset, void *bytes, size_t length)
{
    edits_apply(edits, offset, bytes, length);
    return edits_in(edits, (struct range){offset, offset + length}, NULL);
}

static uint64_t save_next(const void *edits, struct range range)
{
    const struct edit *edit;
    return edits_in(edits, range, &edit) ? edit->offset : range.end;
}

static void save_forget(void *edits)
{
    edits_close(edits);
}

/** What is to lie over the source: nothing, or a copy of what the reader shows. False: out of memory. */
static bool save_shown(const struct document *document, struct save_overlay *overlay, struct error *error)
{
    const struct edits *edits = reader_edits(document->reader);
    *overlay = (struct save_overlay){0};
    if (!edits)
        return true;
    *overlay = (struct save_overlay){edits_copy(edits), save_apply, save_next, save_forget};
    return overlay->edits || error_set(error, 0, "Out of memory for the edits of the sandbox");
}

/** Lay it over a save that was begun; without one it is of no use. */
static struct save *save_laid(struct save *save, struct save_overlay overlay)
{
    if (save)
        save_lay(save, overlay);
    else
        edits_close(overlay.edits);
    return save;
}

struct save *document_save(const struct document *document, const char *path, enum save_mode mode,
                           struct error *error)
{
    struct save_overlay overlay;
    if (!save_shown(document, &overlay, error))
        return NULL;
    return save_laid(save_open(path, mode, save_descriptor(document), document->inside->wake, error),
                     overlay);
}

struct save *document_save_text(const struct document *document, const char *path, enum save_mode mode,
                                struct span text, struct error *error)
{
    return save_open_text(path, mode, text.data, text.length, save_descriptor(document),
                          document->inside->wake, error);
}

struct save *document_save_pipe(const struct document *document, int *reader, struct error *error)
{
    struct save_overlay overlay;
    if (!save_shown(document, &overlay, error))
        return NULL;
    return save_laid(save_open_pipe(save_descriptor(document), reader, document->inside->wake, error),
                     overlay);
}

bool document_save_follow(const struct document *document, struct save *save)
{
    return !document->inside->spool || save_source(save, save_descriptor(document));
}
