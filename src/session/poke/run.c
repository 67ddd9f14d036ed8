/* SPDX-License-Identifier: MIT */
/*
 * session: the run that a person types (model/reader/run.h). View thread.
 *
 *     key -> ui edits its run -> RUN (all of it) -> shown, with what is there -> Enter -> RUN_STORE -> poking
 *
 * What is there is read once, when a byte is typed over it for the first time: that is what the person saw, and what the
 * store compares with. Only the very run that a frame has shown, with all that is there, can be stored: RUN_STORE names its
 * edition.
 */
#include "folio/model/reader/run.h"

#include "poking.h"

#include "folio/model/poke/words.h"
#include "folio/session/move/cursor.h"
#include "folio/session/move/selection.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** How often bytes that did not come are asked for again, in ms. */
#define RUN_RETRY_MS 20

/** Forget what was read of bytes that are no longer typed over; all of it where the run begins elsewhere. */
static void run_take(struct typed_run *state, const struct run *run)
{
    size_t kept = state->run.offset == run->offset ? state->run.count : 0;
    kept = kept < run->count ? kept : run->count;
    for (size_t i = kept; i < run->count; i++)
        state->before[i] = RUN_UNKNOWN;
    size_t size = offsetof(struct run, byte) + run->count;
    memcpy(&state->run, run, size);
}

/** Read what is there, as far as it can be had at once. */
static void run_read(struct session *session)
{
    struct typed_run *state = run_of(session);
    struct reader *reader = session->base.document->reader;
    for (size_t i = 0; i < state->run.count; i++) {
        struct span span;
        if (state->before[i] != RUN_UNKNOWN)
            continue;
        enum reader_result read = reader_peek(reader, state->run.offset + i, 1, &span);
        if (read == READER_GIVEN_UP)
            return;
        state->before[i] = read == READER_OK    ? (unsigned char)span.data[0]
                           : read == READER_END ? (int16_t)RUN_BEHIND
                                                : (int16_t)RUN_UNREADABLE;
    }
}

/** The first byte that is not read yet; the count: all are. */
static size_t run_unread(const struct typed_run *state)
{
    size_t i = 0;
    while (i < state->run.count && state->before[i] != RUN_UNKNOWN)
        i++;
    return i;
}

/** The first byte that cannot be typed over; the count: there is none. */
static size_t run_fault(const struct typed_run *state)
{
    size_t i = 0;
    while (i < state->run.count && (state->before[i] >= 0 || state->before[i] == RUN_UNKNOWN))
        i++;
    return i;
}

enum progress verb_run(struct session *session, const struct request *request, struct reply *reply)
{
    struct typed_run *state = run_of(session);
    const struct run *run = (const struct run *)(const void *)request->payload;
    uint64_t offset = state->run.offset;
    (void)reply;
    if (!run) {
        bool shown = state->run.count > 0;
        poking_drop_run(session);
        if (shown && session_shows_file(session) && stage_bytes(session->stage))
            (void)cursor_put(session, offset);
        return PROGRESS_DONE;
    }
    if (session_shows_file(session) && stage_bytes(session->stage)) {
        selection_drop(session);
        run_take(state, run);
        session->base.view.canvas.characters = run->characters;
        session->base.view.canvas.run = &state->run;
        run_read(session);
        (void)cursor_put(session, run->offset + run->at);
    }
    free(request->payload);
    return PROGRESS_DONE;
}

/** The bytes to be stored. NULL when out of memory. */
static struct poke_byte *run_bytes(const struct typed_run *state)
{
    struct poke_byte *byte = calloc(state->run.count, sizeof *byte);
    for (size_t i = 0; byte && i < state->run.count; i++)
        byte[i] = (struct poke_byte){.offset = state->run.offset + i,
                                     .expected = state->before[i] < 0 ? POKE_ANY : state->before[i],
                                     .value = state->run.byte[i],
                                     .mask = 0xff};
    return byte;
}

enum progress verb_run_store(struct session *session, const struct request *request, struct reply *reply)
{
    struct poking *poking = poking_of(session);
    const struct typed_run *state = run_of(session);
    const struct run *run = &state->run;
    if (poking->step != POKING_NOTHING && poking->request == request->number)
        return poking_go_on(session, request, reply);
    if (poking->step == POKING_STORING)
        return PROGRESS_WAITING;
    poking_drop(poking);
    /* Another file may have come, or the run was never shown. */
    bool shown = run->count > 0 && run->edition == (uint64_t)request->amount && !run->half;
    if (!shown || run_unread(state) < run->count) {
        poking_drop_run(session);
        return reply_say(reply, OUTCOME_FAILED, "Nothing was changed: what was typed is not shown any more");
    }
    if (!poking_possible(session, reply)) {
        poking_drop_run(session);
        return PROGRESS_DONE;
    }
    struct poke_byte *byte = run_bytes(state);
    if (!byte) {
        poking_drop_run(session);
        return reply_say(reply, OUTCOME_FAILED, "Nothing was changed: out of memory");
    }
    poking_begin(session, request, (struct poke_list){.byte = byte, .count = run->count}, true);
    return poking_go_on(session, request, reply);
}

/** What is there, or what it becomes, from byte `first` on: pairs of digits. */
static void run_say_bytes(const struct typed_run *state, size_t first, size_t count, bool after,
                          struct buf *out)
{
    for (size_t i = first; i < first + count; i++)
        if (after && state->run.half && i == state->run.at)
            buf_format(out, " %x_", (unsigned)state->run.byte[i] >> 4);
        else if (after || state->before[i] >= 0)
            buf_format(out, " %02x", after ? state->run.byte[i] : (unsigned)state->before[i]);
        else
            buf_text(out, " ..");
}

/** Both, of so many bytes. */
static void run_say_part(const struct typed_run *state, size_t first, size_t count, struct buf *out)
{
    const struct run *run = &state->run;
    buf_format(out, "0x%08" PRIx64 ":", run->offset + first);
    bool one = count == 1 && !run->half && state->before[first] >= 0;
    if (one) {
        buf_clear(out);
        poke_words_say(run->offset + first, (uint8_t)state->before[first], run->byte[first], out);
        return;
    }
    run_say_bytes(state, first, count, false, out);
    buf_text(out, " ->");
    run_say_bytes(state, first, count, true, out);
}

/** All of the run where that fits `columns`, or how many bytes and the one at the cursor: then true. */
static bool run_say(const struct typed_run *state, unsigned columns, struct buf *out)
{
    const struct run *run = &state->run;
    size_t last = run->at < run->count ? run->at : run->count - 1;
    struct buf part = {0};
    if (run->count <= columns / 6)
        run_say_part(state, 0, run->count, out);
    if (out->length > 0 && out->length <= columns)
        return false;
    buf_clear(out);
    run_say_part(state, last, 1, &part);
    buf_format(out, "%zu bytes, at %s", run->count, buf_string(&part));
    buf_release(&part);
    return true;
}

/** What keys do with it, at length and where there is less room. `told`: how many bytes there are is not to be said. */
static void run_say_keys(const struct session *session, size_t count, bool told, unsigned room,
                         struct buf *out)
{
    const char *stores = session->settings.sandbox ? "edits" : "stores";
    char bytes[32] = "", text[3][64];
    if (!told)
        snprintf(bytes, sizeof bytes, "%zu byte%s, ", count, count == 1 ? "" : "s");
    snprintf(text[0], sizeof text[0], "  (%sEnter %s, Esc drops)", bytes, stores);
    snprintf(text[1], sizeof text[1], "  (Enter %s)", stores);
    snprintf(text[2], sizeof text[2], "  Enter?");
    size_t i = 0;
    while (i < 2 && strlen(text[i]) > room)
        i++;
    buf_text(out, text[i]);
}

/** The room that the keys take at most. */
#define RUN_KEYS_ROOM 48u

static void run_tell(const struct session *session, const struct typed_run *state, struct buf *out)
{
    const struct run *run = &state->run;
    unsigned columns = session->area.columns;
    size_t fault = run_fault(state);
    if (fault < run->count) {
        buf_format(out, "0x%08" PRIx64 " %s: Esc drops what is typed", run->offset + fault,
                   state->before[fault] == RUN_BEHIND ? "is past the end of the file" : "cannot be read");
        return;
    }
    bool told = run_say(state, columns > RUN_KEYS_ROOM + 24 ? columns - RUN_KEYS_ROOM : 24, out);
    size_t used = out->length;
    run_say_keys(session, run->count, told, columns > used ? columns - (unsigned)used : 0, out);
}

static void run_report(struct session *session, struct report *report)
{
    const struct typed_run *state = run_of(session);
    struct buf text = {0};
    if (state->run.count == 0 || !session_shows_file(session))
        return;
    report->run.edition = state->run.edition;
    report->run.known = run_unread(state) == state->run.count;
    if (poking_of(session)->step != POKING_STORING)
        run_tell(session, state, &text);
    snprintf(report->run.text, sizeof report->run.text, "%s", buf_string(&text));
    buf_release(&text);
}

/** Read what did not come before. */
static bool run_go_on(struct session *session)
{
    const struct typed_run *state = run_of(session);
    size_t unread = run_unread(state);
    if (unread == state->run.count)
        return false;
    run_read(session);
    return run_unread(state) != unread;
}

static int run_pace(const struct session *session)
{
    const struct typed_run *state = run_of(session);
    return run_unread(state) < state->run.count ? RUN_RETRY_MS : 0;
}

const struct part run_part = {
    .session_size = sizeof(struct typed_run),
    .report = run_report,
    .go_on = run_go_on,
    .pace = run_pace,
    .leave = poking_drop_run,
};
