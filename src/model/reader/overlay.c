/* SPDX-License-Identifier: MIT */
/* model: edits over the bytes of the file, and a second reader for those beneath (see the header). View thread. */
#include "folio/model/reader/overlay.h"

#include "inside.h"

bool reader_overlay(struct reader *reader, const struct edits *edits)
{
    reader->length = 0; /* the kept bytes have the edits of before in them */
    reader->edits = NULL;
    if (edits && !reader->beneath) {
        reader->beneath = reader_open(reader->mapping);
        if (!reader->beneath)
            return false;
        reader_patience(reader->beneath, reader->patience);
        reader_hurry(reader->beneath, reader->hurried);
    }
    /* It stays when the edits are gone: somebody may have kept it. */
    if (reader->beneath)
        reader_forget(reader->beneath);
    reader->edits = edits;
    return true;
}

const struct edits *reader_edits(const struct reader *reader)
{
    return reader->edits;
}

struct reader *reader_beneath(struct reader *reader)
{
    return reader->edits ? reader->beneath : reader;
}
