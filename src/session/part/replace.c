/* SPDX-License-Identifier: MIT */
/*
 * session: bytes searched for and replaced by as many others, all as one group. View thread.
 *
 *     request -> a search of its own, to its end -> all matches, with what is there -> list and question -> poke
 *                                                                                  -> sandbox
 *
 * The search is not the one that n repeats: it is over when the question is asked. What is replaced is what was read for
 * the list, byte for byte; the poke compares all of it once more.
 */
#include "folio/base/words/number.h"
#include "folio/model/pattern/bytes.h"
#include "folio/model/poke/list.h"
#include "folio/model/reader/hole.h"
#include "folio/model/search/bytes.h"
#include "folio/session/move/list.h"
#include "folio/session/poke/confirm.h"
#include "folio/session/poke/edits.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The most bytes that are searched for here; a row of the list has both sides of a match. */
#define REPLACE_LENGTH 64u
/** So often more matches are taken between two looks at whether somebody wants something else. */
#define REPLACE_SLICE 20

/** In the session: what is being looked for. */
struct replacing {
    struct matches *matches; /**< NULL: nothing */
    uint64_t request;
    struct pattern_values with;
    uint64_t offset;        /**< from where the next match is looked for */
    struct poke_byte *byte; /**< that differ, owned */
    size_t count, room;
    struct list_place *place; /**< of each match that something differs in, owned */
    size_t places, place_room;
    struct buf text; /**< a row for each of those */
};

static struct replacing *replacing_of(const struct session *session)
{
    return session_part(session, PART_REPLACING);
}

static void replacing_drop(struct session *session)
{
    struct replacing *replacing = replacing_of(session);
    matches_close(replacing->matches);
    free(replacing->byte);
    free(replacing->place);
    buf_release(&replacing->text);
    *replacing = (struct replacing){0};
}

/** The end of the first word, or of what stands between quotes there. */
static const char *replace_word(const char *text)
{
    const char *end = *text == '"' || *text == '\'' ? strchr(text + 1, *text) : NULL;
    return end ? end + 1 : text + strcspn(text, " ");
}

/**
 * What is to be replaced and by what: on both sides of an arrow, or two words. `*old` is how long the first is. NULL: it is
 * neither.
 */
static const char *replace_split(const char *text, size_t *old)
{
    const char *at = text;
    while (*at != '\0' && strncmp(at, "->", 2) != 0)
        at = *at == ' ' || *at == '-' ? at + 1 : replace_word(at);
    *old = (size_t)(at - text);
    if (*at != '\0')
        return at + 2;
    at = replace_word(text);
    *old = (size_t)(at - text);
    at += strspn(at, " ");
    return *at != '\0' && replace_word(at)[0] == '\0' ? at : NULL;
}

/** Begin to search. False with the reply. */
static bool replace_begin(struct session *session, const struct request *request, struct reply *reply)
{
    struct replacing *replacing = replacing_of(session);
    struct matches_text text = {.rules = glyph_plain, .raw = true, .bytes = true};
    struct pattern_values old;
    struct error error;
    const char *from = request->text + strspn(request->text, " ");
    size_t length;
    const char *with = replace_split(from, &length);
    replacing_drop(session);
    if (!poking_possible(session, reply))
        return false;
    if (!with || length == 0)
        error_set(&error, 0,
                  ":replace needs OLD -> NEW behind it, such as 41 42 -> 43 44 or \"old\" -> \"new\"");
    else if (pattern_bytes_values(from, length, &old, &error) &&
             pattern_bytes_values(with, strlen(with), &replacing->with, &error)) {
        struct pattern *pattern = NULL;
        if (old.length != replacing->with.length)
            error_set(&error, 0, "%zu byte%s cannot be replaced by %zu: a file keeps its length", old.length,
                      old.length == 1 ? "" : "s", replacing->with.length);
        else if (old.length > REPLACE_LENGTH)
            error_set(&error, 0, "More than %u bytes are not replaced at a time", REPLACE_LENGTH);
        else if ((pattern = pattern_compile_bytes(from, length, &error)))
            replacing->matches = matches_open(session->base.document->survey, pattern, &text, &error);
    }
    replacing->request = request->number;
    if (!replacing->matches)
        reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    return replacing->matches != NULL;
}

/** Room for one more match. */
static bool replace_room(struct replacing *replacing)
{
    if (replacing->count + REPLACE_LENGTH > replacing->room) {
        size_t room = replacing->room * 2 + 4 * REPLACE_LENGTH;
        struct poke_byte *byte = realloc(replacing->byte, room * sizeof *byte);
        if (!byte)
            return false;
        replacing->byte = byte;
        replacing->room = room;
    }
    if (replacing->places == replacing->place_room) {
        size_t room = replacing->place_room * 2 + 16;
        struct list_place *place = realloc(replacing->place, room * sizeof *place);
        if (!place)
            return false;
        replacing->place = place;
        replacing->place_room = room;
    }
    return true;
}

/** A row of the list: "0x0001f3a0  41 42 -> 43 44". */
static void replace_row(struct replacing *replacing, uint64_t offset, const uint8_t *now, const uint8_t *new)
{
    buf_format(&replacing->text, "0x%08" PRIx64 " ", offset);
    for (size_t i = 0; i < replacing->with.length; i++)
        buf_format(&replacing->text, " %02x", now[i]);
    buf_text(&replacing->text, " ->");
    for (size_t i = 0; i < replacing->with.length; i++)
        buf_format(&replacing->text, " %02x", new[i]);
    buf_text(&replacing->text, "\n");
}

/** A match at `offset`, where these bytes are: what of it differs. */
static void replace_take(struct replacing *replacing, uint64_t offset, const uint8_t *now)
{
    const struct pattern_values *with = &replacing->with;
    uint8_t new[REPLACE_LENGTH] = {0};
    size_t before = replacing->count;
    for (size_t i = 0; i < with->length; i++) {
        new[i] = (uint8_t)((now[i] & ~with->mask[i]) | with->value[i]);
        if (new[i] != now[i])
            replacing->byte[replacing->count++] =
                (struct poke_byte){.offset = offset + i, .expected = now[i], .value = new[i], .mask = 0xff};
    }
    if (replacing->count == before)
        return;
    replacing->place[replacing->places++] = (struct list_place){.offset = offset};
    replace_row(replacing, offset, now, new);
}

/** One match. FOUND: it is taken; UNKNOWN: its bytes are not here; FAILED with the reply. */
static enum matches_result replace_one(struct session *session, uint64_t at, struct reply *reply)
{
    struct replacing *replacing = replacing_of(session);
    unsigned char now[REPLACE_LENGTH] = {0};
    size_t count;
    if (reader_copy(session->base.document->reader, at, replacing->with.length, now, &count) ==
        READER_GIVEN_UP)
        return MATCHES_UNKNOWN;
    replacing->offset = at + replacing->with.length;
    if (count < replacing->with.length)
        return MATCHES_FOUND;
    if (!replace_room(replacing))
        reply_say(reply, OUTCOME_FAILED, "Out of memory");
    else if (replacing->count > POKE_LIST_MAX - replacing->with.length)
        reply_say(reply, OUTCOME_FAILED, "More than %u bytes would change at once: nothing is replaced",
                  POKE_LIST_MAX);
    else
        replace_take(replacing, at, now);
    return reply->outcome == OUTCOME_FAILED ? MATCHES_FAILED : MATCHES_FOUND;
}

/** The next match, and those close behind it. FOUND: go on; NONE: that was all; UNKNOWN: later; FAILED with the reply. */
static enum matches_result replace_next(struct session *session, struct reply *reply)
{
    struct replacing *replacing = replacing_of(session);
    struct reader *reader = session->base.document->reader;
    uint64_t at;
    size_t count;
    enum matches_result result = matches_next(replacing->matches, reader, replacing->offset, true, &at);
    if (result != MATCHES_FOUND)
        return result == MATCHES_NONE ? MATCHES_NONE : MATCHES_UNKNOWN;
    const struct range near = {at, at + MATCHES_WITHIN};
    const struct range *match = matches_within(replacing->matches, reader, near, &count);
    /* Where bytes of its block could not be had, what is missing is found as the next one. */
    bool whole = count > 0 && match[0].begin <= at;
    result = replace_one(session, at, reply);
    for (size_t i = 0; i < count && whole && result == MATCHES_FOUND; i++)
        if (match[i].begin >= replacing->offset)
            result = replace_one(session, match[i].begin, reply);
    return result;
}

/** All matches are known: into the sandbox, or the list and the question. */
static enum progress replace_ask(struct session *session, struct reply *reply)
{
    struct replacing *replacing = replacing_of(session);
    struct summary_state state = matches_state(replacing->matches);
    struct reply listed = {.outcome = OUTCOME_DONE};
    char matches[32], bytes[32], missed[80] = "", what[200];
    if (replacing->count == 0)
        return reply_say(reply, OUTCOME_FAILED,
                         state.count ? "Nothing is to be replaced: all matches are so already"
                                     : "Pattern not found: nothing is replaced");
    if (session->settings.sandbox)
        return editing_put(session, replacing->byte, replacing->count, reply);
    if (state.unreadable)
        snprintf(missed, sizeof missed, " (%s bytes could not be read)",
                 number_group(state.unreadable, matches, sizeof matches));
    number_group(replacing->places, matches, sizeof matches);
    number_group(replacing->count, bytes, sizeof bytes);
    snprintf(what, sizeof what, "Replace %s match%s, %s byte%s%s", matches,
             replacing->places == 1 ? "" : "es", bytes, replacing->count == 1 ? "" : "s", missed);
    poking_confirm(session, replacing->byte, replacing->count, JOURNAL_POKE, what, reply);
    replacing->byte = NULL;
    if (reply->outcome != OUTCOME_ASKS)
        return PROGRESS_DONE;
    list_open(session, "REPLACE", &replacing->text, replacing->place, replacing->places, list_go_byte,
              &listed);
    replacing->place = NULL;
    reply->list = listed.list;
    return PROGRESS_DONE;
}

enum progress verb_replace(struct session *session, const struct request *request, struct reply *reply)
{
    struct replacing *replacing = replacing_of(session);
    enum matches_result result = MATCHES_FOUND;
    if (!(session->wait.active && replacing->matches && replacing->request == request->number) &&
        !replace_begin(session, request, reply))
        return PROGRESS_DONE;
    for (unsigned i = 0; i < REPLACE_SLICE && result == MATCHES_FOUND && !session_interrupted(session); i++)
        result = replace_next(session, reply);
    if (result == MATCHES_FOUND)
        wake_ring(session->view_wake);
    enum progress progress = PROGRESS_WAITING;
    if (result == MATCHES_NONE && matches_state(replacing->matches).complete)
        progress = replace_ask(session, reply);
    if (result == MATCHES_FAILED)
        progress = PROGRESS_DONE;
    if (progress == PROGRESS_DONE)
        replacing_drop(session);
    return progress;
}

/** Nobody waits for it any more. */
static bool replacing_go_on(struct session *session)
{
    struct replacing *replacing = replacing_of(session);
    if (replacing->matches && !(session->wait.active && session->wait.request.number == replacing->request))
        replacing_drop(session);
    return false;
}

const struct part replacing_part = {
    .session_size = sizeof(struct replacing),
    .go_on = replacing_go_on,
    .leave = replacing_drop,
    .keep = replacing_drop,
};
