/* SPDX-License-Identifier: MIT */
/*
 * session: the sandbox (see the header). View thread.
 *
 * Edits belong to a name of the list of files, as its place does: struct session_file owns them, and while the file is on
 * the stage its reader applies them and its canvas marks them. So they are there again when one comes back to the file,
 * and after R; that the file may be another one by then is what the base of each edit is for. Nothing takes them away but
 * being poked, :discard, and leaving the program, which asks.
 */
#include "folio/session/poke/edits.h"

#include "folio/base/bytes/buf.h"
#include "folio/base/glyph/glyph.h"
#include "folio/model/poke/words.h"
#include "folio/model/reader/overlay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** On the base stage: the sandbox of its file, lent by the list of files; NULL: it was never used. */
struct editing {
    struct edits *edits;
};

struct edits *editing_edits(const struct session *session)
{
    const struct editing *editing = stage_part(&session->base, PART_EDITING);
    return editing->edits;
}

bool editing_has(const struct session *session, uint64_t offset)
{
    return edits_find(editing_edits(session), offset) != NULL;
}

/** So many files with edits are told of by their names. */
#define SANDBOX_NAMES 2u

/** How many edits there are. */
static size_t edits_count(const struct edits *edits)
{
    return edits_in(edits, (struct range){0, UINT64_MAX}, NULL);
}

/** "1 edit", "3 edits". */
static const char *editing_words(size_t count, char out[32])
{
    snprintf(out, 32, "%zu edit%s", count, count == 1 ? "" : "s");
    return out;
}

/** Lay the sandbox of the current file over it. */
static void editing_lay(struct session *session)
{
    struct stage *stage = &session->base;
    struct editing *editing = stage_part(stage, PART_EDITING);
    editing->edits = session->files.file[session->files.current].edits;
    struct edits *shown = edits_count(editing->edits) ? editing->edits : NULL;
    /* Without memory for it they are kept, and not shown; the status row counts them all the same. */
    if (!reader_overlay(stage->document->reader, shown))
        shown = NULL;
    stage->view.canvas.edits = shown;
}

static void editing_open(struct session *session, struct stage *stage)
{
    if (stage == &session->base)
        editing_lay(session);
}

static void editing_close(struct stage *stage)
{
    stage->view.canvas.edits = NULL;
}

/** They changed: what is shown of them is found out anew. */
static void editing_changed(struct session *session)
{
    editing_lay(session);
    walks_close(&session->base.view.canvas);
    view_settle(&session->base.view, false);
    session->dirty = true;
}

/** The name without its folders, harmless, and not too long. */
static void editing_name(const char *path, struct buf *out)
{
    char harmless[32];
    const char *slash = strrchr(path, '/');
    const char *name = slash && slash[1] != '\0' ? slash + 1 : path;
    glyph_text(name, strlen(name), harmless, sizeof harmless);
    buf_text(out, harmless);
}

/** In which files there are edits, and how many; nothing where it is the one that is shown. */
static void editing_tell(const struct session *session, struct report *report)
{
    struct buf text = {0};
    for (size_t i = 0; i < session->files.count; i++) {
        const struct session_file *file = &session->files.file[i];
        size_t count = edits_count(file->edits);
        report->uncommitted += (unsigned)count;
        report->sandboxes += count > 0;
        if (count == 0 || report->sandboxes > SANDBOX_NAMES)
            continue;
        buf_text(&text, text.length > 0 ? ", " : "");
        editing_name(file->name, &text);
        buf_format(&text, " %zu", count);
    }
    if (report->sandboxes > SANDBOX_NAMES)
        buf_text(&text, ", ...");
    if (report->uncommitted > report->edits)
        snprintf(report->sandbox, sizeof report->sandbox, "%s", buf_string(&text));
    buf_release(&text);
}

static void editing_report(struct session *session, struct report *report)
{
    report->armed = session->settings.write && !session->options.secure;
    report->sandboxed = session->settings.sandbox != 0;
    report->edits = (unsigned)edits_count(editing_edits(session));
    editing_tell(session, report);
}

bool editing_beneath(const struct session *session, uint64_t offset, int *byte)
{
    struct span span;
    *byte = EDIT_BEHIND;
    switch (reader_span(reader_beneath(session->base.document->reader), offset, 1, &span)) {
    case READER_OK:
        *byte = (unsigned char)span.data[0];
        return true;
    case READER_UNREADABLE:
        *byte = EDIT_UNREADABLE;
        return true;
    case READER_END:
        return true;
    case READER_GIVEN_UP:
        break;
    }
    return false;
}

/** Why there is no byte, or no such edit. Always PROGRESS_DONE. */
static enum progress edit_refuse(struct reply *reply, uint64_t offset, int base)
{
    return reply_say(reply, OUTCOME_FAILED,
                     base == EDIT_BEHIND ? "0x%08llx is past the end of the file" : "0x%08llx cannot be read",
                     (unsigned long long)offset);
}

/** Is the byte what the person believes it to be: what the file holds, or what was edited there? */
static bool edit_expected(const struct session *session, const struct poke_byte *byte, int base,
                          struct error *error)
{
    const struct edit *edit = edits_find(editing_edits(session), byte->offset);
    int shown = edit ? edit->mine : base;
    if (byte->expected == POKE_ANY || byte->expected == shown || byte->expected == base)
        return true;
    return error_set(error, 0, "0x%08llx is not what it was: expected %02x, found %02x",
                     (unsigned long long)byte->offset, (unsigned)byte->expected, (unsigned)shown);
}

/** Is there room for all of them? */
static bool edit_room(const struct session *session, const struct poke_byte *byte, size_t count,
                      struct error *error)
{
    size_t wanted = edits_count(editing_edits(session));
    for (size_t i = 0; i < count; i++)
        wanted += !edits_find(editing_edits(session), byte[i].offset);
    return wanted <= EDITS_MAX || error_set(error, 0, "The sandbox holds %u edits at most", EDITS_MAX);
}

/**
 * Make the edit of one byte. One that makes it what the file holds is none, also where the file changed since the edit
 * was begun: that is how a person takes over what is there.
 */
static bool edit_put(struct edits *edits, const struct poke_byte *byte, uint8_t base, uint8_t *before,
                     struct error *error)
{
    const struct edit *edit = edits_find(edits, byte->offset);
    uint8_t mask = byte->mask ? byte->mask : 0xff;
    *before = edit ? edit->mine : base;
    uint8_t mine = (uint8_t)((*before & ~mask) | (byte->value & mask));
    if (edit && mine == base)
        mine = edit->base;
    return edits_set(edits, byte->offset, base, mine, error);
}

/** Say what one edit did. */
static void edit_say(const struct session *session, uint64_t offset, uint8_t before, uint8_t base,
                     struct reply *reply)
{
    struct buf text = {0};
    const struct edit *edit = edits_find(editing_edits(session), offset);
    poke_words_say(offset, before, edit ? edit->mine : base, &text);
    reply_say(reply, OUTCOME_SAID, "%s, %s", buf_string(&text),
              edit ? "in the sandbox only" : "as in the file");
    buf_release(&text);
}

/** All bytes are known: make the edits. */
static bool edit_all(struct session *session, const struct poke_byte *byte, const int *base, size_t count,
                     struct reply *reply, struct error *error)
{
    struct session_file *file = &session->files.file[session->files.current];
    uint8_t before = 0;
    bool fine = edit_room(session, byte, count, error);
    if (fine && !file->edits && !(file->edits = edits_open()))
        fine = error_set(error, 0, "Out of memory for the sandbox");
    for (size_t i = 0; fine && i < count; i++)
        fine = edit_expected(session, &byte[i], base[i], error);
    if (fine)
        edits_begin(file->edits);
    for (size_t i = 0; fine && i < count; i++)
        fine = edit_put(file->edits, &byte[i], (uint8_t)base[i], &before, error);
    editing_changed(session);
    if (fine && count == 1)
        edit_say(session, byte->offset, before, (uint8_t)*base, reply);
    else if (fine)
        reply_say(reply, OUTCOME_SAID, "%zu bytes from 0x%08llx, in the sandbox only", count,
                  (unsigned long long)byte->offset);
    return fine;
}

enum progress editing_put(struct session *session, const struct poke_byte *byte, size_t count,
                          struct reply *reply)
{
    struct error error;
    enum progress progress = PROGRESS_DONE;
    int *base = malloc((count + 1) * sizeof *base);
    if (!base)
        return reply_say(reply, OUTCOME_FAILED, "Out of memory");
    for (size_t i = 0; i < count; i++) {
        if (!editing_beneath(session, byte[i].offset, &base[i])) {
            progress = PROGRESS_WAITING;
            goto done;
        }
        if (base[i] < 0) {
            edit_refuse(reply, byte[i].offset, base[i]);
            goto done;
        }
    }
    if (!edit_all(session, byte, base, count, reply, &error))
        reply_say(reply, OUTCOME_FAILED, "%s", error.message);
done:
    free(base);
    return progress;
}

void editing_poked(struct session *session, const struct poke_byte *byte, size_t count)
{
    struct edits *edits = editing_edits(session);
    if (!edits)
        return;
    reader_forget(reader_beneath(session->base.document->reader));
    /* Backward: taking one out moves those that lie behind it. */
    for (size_t i = count; i-- > 0;) {
        const struct edit *edit = edits_find(edits, byte[i].offset);
        int now;
        if (!edit || edit->mine != byte[i].value)
            continue;
        /* A server that refused to take it may have put back what was there. */
        if (!editing_beneath(session, byte[i].offset, &now) || now == edit->mine)
            edits_settle(edits, byte[i].offset);
    }
    editing_changed(session);
}

enum progress editing_turn(struct session *session, bool back, struct reply *reply)
{
    struct edits *edits = editing_edits(session);
    struct edits_turned turned = edits ? edits_turn(edits, back) : (struct edits_turned){0};
    struct buf text = {0};
    if (turned.count == 0)
        return reply_say(reply, OUTCOME_FAILED, "Nothing is to be %s in the sandbox",
                         back ? "undone" : "redone");
    editing_changed(session);
    if (turned.count > 1)
        buf_format(&text, "%zu bytes, first ", turned.count);
    poke_words_say(turned.offset, turned.from, turned.to, &text);
    reply_say(reply, OUTCOME_SAID, "%s, %s", buf_string(&text),
              back ? "undone in the sandbox" : "redone in the sandbox");
    buf_release(&text);
    return PROGRESS_DONE;
}

void editing_remind(const struct session *session, char *said, size_t capacity)
{
    size_t count = edits_count(editing_edits(session)), length = strlen(said);
    char words[32];
    if (count > 0)
        snprintf(said + length, capacity - length, "; %s %s in the sandbox until :commit or :discard",
                 editing_words(count, words), count == 1 ? "stays" : "stay");
}

enum progress verb_discard(struct session *session, const struct request *request, struct reply *reply)
{
    struct edits *edits = editing_edits(session);
    size_t count = edits_count(edits);
    char words[32];
    (void)request;
    if (count == 0)
        return reply_say(reply, OUTCOME_FAILED, "Nothing is in the sandbox");
    edits_clear(edits);
    editing_changed(session);
    return reply_say(reply, OUTCOME_SAID, "%s discarded%s", editing_words(count, words),
                     !session->settings.sandbox ? ""
                     : count == 1               ? "; :undo brings it back"
                                                : "; :undo brings them back");
}

const struct part editing_part = {
    .stage_size = sizeof(struct editing),
    .open = editing_open,
    .close = editing_close,
    .report = editing_report,
};
