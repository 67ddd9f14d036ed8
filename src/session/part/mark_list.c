/* SPDX-License-Identifier: MIT */
/*
 * session: :marks, the list of marks; Enter goes there, also into another file. View thread.
 *
 * Of a mark in the file that is shown a row says what stands there, of one elsewhere in which file it is: no file is
 * opened for a list.
 */
#include "folio/base/glyph/glyph.h"
#include "folio/model/known/lines.h"
#include "folio/session/move/goto.h"
#include "folio/session/move/list.h"
#include "folio/session/move/marks.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Marks in the order of the list: letters, and the place that '' leads to. */
static const char mark_letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'";

/** Bytes of the file that a row shows at most, and what they may become when they are made harmless. */
#define MARK_TEXT     256u
#define MARK_HARMLESS (4 * MARK_TEXT)

/** The line at `offset` from there on, harmless. False: its bytes are awaited. */
static bool mark_text(const struct session *session, uint64_t offset, char out[MARK_HARMLESS])
{
    const struct encoding *encoding = session->base.view.canvas.fit.rules.encoding;
    struct span span;
    out[0] = '\0';
    switch (reader_span(session->base.document->reader, offset, MARK_TEXT, &span)) {
    case READER_GIVEN_UP:
        return false;
    case READER_UNREADABLE:
        snprintf(out, MARK_HARMLESS, "(cannot be read)");
        return true;
    case READER_END:
        snprintf(out, MARK_HARMLESS, "(behind the end of the file)");
        return true;
    case READER_OK:
        break;
    }
    size_t length = span.length < MARK_TEXT ? span.length : MARK_TEXT;
    length = encoding_newline(encoding, span.data, length, (unsigned)(offset % encoding->unit), 0);
    glyph_text(span.data, length, out, MARK_HARMLESS);
    return true;
}

/** The row of a mark in the file that is shown. False: something of it is awaited. */
static bool mark_row_here(const struct session *session, const struct mark *mark, struct buf *out)
{
    const struct document *document = session->base.document;
    char text[MARK_HARMLESS];
    uint64_t line, size = reader_size(document->reader);
    bool known = lines_number(document->lines, document->reader, mark->offset, &line) == LINES_FOUND;
    if (!mark_text(session, mark->offset, text))
        return false;
    if (known)
        buf_format(out, "%12" PRIu64, line);
    else
        buf_format(out, "%12s", "-");
    unsigned percent = size ? (unsigned)((unsigned __int128)mark->offset * 100 / size) : 0;
    buf_format(out, "  0x%08" PRIx64 "  %3u%%  %s\n", mark->offset, percent, text);
    return true;
}

/** The row of a mark in another file. */
static void mark_row_elsewhere(const struct session *session, const struct mark *mark, struct buf *out)
{
    char name[MARK_HARMLESS];
    const char *named = session->files.file[mark->file].name;
    glyph_text(named, strlen(named), name, sizeof name);
    buf_format(out, "%12s  0x%08" PRIx64 "        in %s\n", "", mark->offset, name);
}

static enum progress mark_go(struct session *session, const struct list_place *place, struct reply *reply)
{
    return goto_mark(session, marks_at(session, (char)place->key), reply);
}

/** A row for each mark, below what the columns are. False: something is awaited. */
static bool marks_rows(const struct session *session, struct list_place *place, size_t *count,
                       struct buf *out)
{
    buf_text(out, "MARK          LINE  BYTE\n");
    place[0] = (struct list_place){.offset = FRAME_NO_OFFSET};
    *count = 1;
    for (const char *letter = mark_letters; *letter; letter++) {
        const struct mark mark = marks_at(session, *letter);
        if (!mark.set || mark.file >= session->files.count)
            continue;
        place[(*count)++] = (struct list_place){mark.offset, (uint64_t)*letter};
        buf_format(out, " %c  ", *letter);
        if (mark.file != session->files.current)
            mark_row_elsewhere(session, &mark, out);
        else if (!mark_row_here(session, &mark, out))
            return false;
    }
    return true;
}

/* One row for each letter, one for the place of jumps, and one of headings. */
enum progress verb_marks(struct session *session, const struct request *request, struct reply *reply)
{
    struct buf out = {0};
    size_t count;
    struct list_place *place = calloc(MARKS_LETTERS + 2, sizeof *place);
    (void)request;
    if (!place)
        return reply_say(reply, OUTCOME_FAILED, "Out of memory");
    enum progress progress = PROGRESS_DONE;
    bool known = marks_rows(session, place, &count, &out);
    if (known && count > 1) {
        progress = list_open(session, "MARKS", &out, place, count, mark_go, reply);
        place = NULL;
    } else if (known) {
        reply_say(reply, OUTCOME_SAID, "No mark is set; m and a letter sets one");
    } else if (!session_interrupted(session)) {
        progress = PROGRESS_WAITING;
    }
    free(place);
    buf_release(&out);
    return progress;
}
