/* SPDX-License-Identifier: MIT */
/* session: :edits, what is in the sandbox as a list of pokes, into a file. View thread. */
#include "folio/session/poke/edits.h"

#include "folio/base/bytes/buf.h"
#include "folio/session/part/write.h"

#include <inttypes.h>

/** Bytes in a row of the list. */
#define EDITS_ROW 16u

/** How many edits from `edit` on follow each other, of `count`. */
static size_t edits_run(const struct edit *edit, size_t count)
{
    size_t run = 1;
    while (run < count && run < EDITS_ROW && edit[run].offset == edit->offset + run)
        run++;
    return run;
}

/** "0x0001f3a0: 41 42 -> 5a 5b", as :patch and --patch read it: with what was there, so that it is compared. */
static void edits_row(const struct edit *edit, size_t count, struct buf *out)
{
    buf_format(out, "0x%08" PRIx64 ":", edit->offset);
    for (size_t i = 0; i < count; i++)
        buf_format(out, " %02x", edit[i].base);
    buf_text(out, " ->");
    for (size_t i = 0; i < count; i++)
        buf_format(out, " %02x", edit[i].mine);
    buf_text(out, "\n");
}

enum progress verb_edits(struct session *session, const struct request *request, struct reply *reply)
{
    const struct edit *edit;
    size_t count = edits_in(editing_edits(session), (struct range){0, UINT64_MAX}, &edit);
    struct buf text = {0};
    if (request->text[0] == '\0')
        return reply_say(reply, OUTCOME_FAILED, ":edits needs the name of a file behind it");
    if (writing_begun(session, request))
        return writing_text(session, request, (struct span){0}, request->text, reply);
    if (count == 0)
        return reply_say(reply, OUTCOME_FAILED, "Nothing is in the sandbox");
    for (size_t at = 0, run; at < count; at += run) {
        run = edits_run(edit + at, count - at);
        edits_row(edit + at, run, &text);
    }
    enum progress progress =
        writing_text(session, request, (struct span){buf_string(&text), text.length}, request->text, reply);
    buf_release(&text);
    return progress;
}
