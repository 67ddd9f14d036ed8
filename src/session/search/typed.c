/* SPDX-License-Identifier: MIT */
/*
 * session: searching while one types. View thread.
 *
 * Each change of the pattern is a search from where the first one began; the one before is given up by it. What it was
 * like then is kept, to be restored when the prompt is left or all is deleted. The screen stays at the last match until
 * the next is known, and goes back where there is none.
 *
 * A letter more: where the longer pattern matches, the shorter one does too, if no character of them is special. So the
 * search begins at the match that is known already, and where there was none there is nothing to search.
 */
#include "typed.h"

#include "from.h"
#include "inside.h"

#include "folio/model/pattern/bytes.h"
#include "folio/session/core/place.h"
#include "folio/session/move/marks.h"
#include "folio/session/search/found.h"

#include <ctype.h>
#include <string.h>

/** Note what it is like before the first letter. */
static void try_begin(struct session *session, bool forward)
{
    struct search_try *tried = &search_of(session)->tried;
    const struct view *view = &session->stage->view;
    tried->active = true;
    tried->known = TRY_OPEN;
    tried->home = place_here(session);
    tried->left = tried->home;
    tried->quote = *marks_quote(session);
    tried->cursor = view->canvas.cursor;
    tried->current = view->canvas.current;
    tried->shift = view->canvas.shift;
    memcpy(tried->pattern, search_of(session)->pattern, sizeof tried->pattern);
    tried->modifiers = search_of(session)->modifiers;
    tried->direction = search_of(session)->direction;
    tried->hidden = search_of(session)->hidden;
    tried->from = search_from_screen(session, forward);
    tried->inside =
        forward && view->canvas.cursor == FRAME_NO_OFFSET && view->count && view->row[0].begin != tried->from;
}

/** Put the screen where it was. */
static void try_back(struct session *session)
{
    session->stage->view.canvas.shift = search_of(session)->tried.shift;
    *marks_quote(session) = search_of(session)->tried.quote;
    search_back(session, search_of(session)->tried.home);
    session->stage->view.canvas.cursor = search_of(session)->tried.cursor;
}

/** Make it as it was, pattern and all. */
static void try_undo(struct session *session)
{
    const struct search_try *tried = &search_of(session)->tried;
    bool same = strcmp(search_of(session)->pattern, tried->pattern) == 0 &&
                search_of(session)->modifiers == tried->modifiers;
    memcpy(search_of(session)->pattern, tried->pattern, sizeof search_of(session)->pattern);
    search_of(session)->modifiers = tried->modifiers;
    search_of(session)->direction = tried->direction;
    search_of(session)->hidden = tried->hidden;
    if (!same)
        search_renew(session, NULL);
    session->stage->view.canvas.matches =
        search_of(session)->hidden ? NULL : search_on(session->stage)->matches;
    session->stage->view.canvas.current = tried->current;
    try_back(session);
}

void typed_restore(struct session *session)
{
    try_undo(session);
    search_of(session)->tried.active = false;
}

/** Are all characters ASCII, and none of them special? */
static bool try_plain(const char *text)
{
    for (; *text; text++)
        if (!isalnum((unsigned char)*text) && !strchr(" _-/:=\"'<>,;@%&~", *text))
            return false;
    return true;
}

/** Is this what was tried before, with letters added, so that its first match cannot be before the known one? */
static bool try_extends(const struct session *session, const struct request *request)
{
    const struct search_try *tried = &search_of(session)->tried;
    const unsigned others = SEARCH_INVERT | SEARCH_WRAP | SEARCH_FIRST | SEARCH_KEEP;
    return tried->known != TRY_OPEN && !(search_of(session)->modifiers & SEARCH_BYTES) &&
           request->amount > 0 && request->count <= 1 && !(request->modifiers & others) &&
           request->modifiers == tried->last && try_plain(request->text) &&
           strncmp(request->text, search_of(session)->pattern, strlen(search_of(session)->pattern)) == 0;
}

/** Does a byte begin with this character, or text that is taken as its bytes? Among the characters only that. */
static bool try_begins(const struct session *session, char character)
{
    bool quotes = session->stage->view.canvas.characters;
    return character && strchr(quotes ? "\"'" : "0123456789abcdefABCDEF?\"'", character);
}

/**
 * What is typed of a pattern of bytes so far, as one that can be searched for: its last quote is closed, or its last byte,
 * of which there is a half, left out. False: that leaves nothing.
 */
static bool try_bytes(const struct session *session, const struct request *request, char text[REQUEST_TEXT])
{
    const size_t length = strlen(request->text), blank = strspn(request->text, " \t");
    const char last = length ? request->text[length - 1] : '\0';
    const bool bytes = stage_bytes(session->stage) && !(request->modifiers & SEARCH_LITERAL);
    char begun[REQUEST_TEXT];
    memcpy(text, request->text, length + 1);
    if (!bytes || pattern_is_bytes(text))
        return true;
    if (blank + 1 >= length)
        return !try_begins(session, last);
    memcpy(begun, text, length + 1);
    for (const char *quote = "\"'"; *quote && length + 1 < sizeof begun; quote++) {
        begun[length] = *quote;
        begun[length + 1] = '\0';
        if (pattern_is_bytes(begun)) {
            memcpy(text, begun, length + 2);
            return true;
        }
    }
    begun[length - 1] = '\0';
    if (!session->stage->view.canvas.characters && try_begins(session, last) && pattern_is_bytes(begun))
        memcpy(text, begun, length);
    return true;
}

/** Take the pattern and begin. False: there is nothing to search, and the screen is where it was. */
static bool try_start(struct session *session, const struct request *request, const char *text, bool forward)
{
    struct search_try *tried = &search_of(session)->tried;
    const struct stage *stage = session->stage;
    const bool first = request->modifiers & SEARCH_FIRST;
    /* Other files are not opened for what may be half a word. */
    const size_t edge = forward ? 0 : session->files.count - 1;
    const bool elsewhere =
        first && stage == &session->base && !session->files.inner && session->files.current != edge;
    unsigned kind = search_kind(session, text, request->modifiers);
    bool extends = !kind && try_extends(session, request);
    bool none = extends && tried->known == TRY_NONE;
    uint64_t from = first ? (forward ? 0 : reader_size(stage->document->reader)) : tried->from;
    if (extends && tried->known == TRY_FOUND)
        from = tried->unit;
    search_of(session)->hidden = false;
    tried->known = TRY_OPEN;
    tried->last = request->modifiers;
    if (!search_take(session, text, request->modifiers | kind, NULL) || elsewhere ||
        (request->modifiers & SEARCH_KEEP)) {
        try_back(session);
        return false;
    }
    search_of(session)->direction = forward ? 1 : -1;
    search_begin(session, request, request->modifiers & ~(unsigned)SEARCH_FILES, from, forward);
    if (none) {
        tried->known = TRY_NONE;
        session->stage->view.canvas.current = FRAME_NO_OFFSET;
    }
    return !none;
}

/** What came of it; nothing is said while one types. */
static enum progress try_end(struct session *session, enum progress progress, struct reply *reply)
{
    struct search_try *tried = &search_of(session)->tried;
    if (progress == PROGRESS_WAITING)
        return progress;
    bool found = reply->outcome == OUTCOME_DONE || reply->outcome == OUTCOME_SAID;
    tried->known = found ? TRY_FOUND : TRY_NONE;
    if (found)
        tried->unit = session->stage->view.canvas.current;
    else
        try_back(session);
    reply->outcome = OUTCOME_DONE;
    reply->message[0] = '\0';
    return PROGRESS_DONE;
}

enum progress verb_search_try(struct session *session, const struct request *request, struct reply *reply)
{
    bool forward = request->amount > 0;
    char text[REQUEST_TEXT];
    if (session->wait.active)
        return try_end(session, search_go(session, forward, reply), reply);
    if (!search_of(session)->tried.active)
        try_begin(session, forward);
    if (!request->text[0] || !try_bytes(session, request, text)) {
        try_undo(session);
        search_of(session)->tried.known = TRY_OPEN;
        return PROGRESS_DONE;
    }
    if (!try_start(session, request, text, forward))
        return PROGRESS_DONE;
    /* Where the top row is the middle of a line, only what is on the screen of that line counts. */
    if (search_of(session)->tried.inside && session->wait.offset == search_of(session)->tried.from) {
        try_back(session);
        if (search_top_row(session))
            return try_end(session, PROGRESS_DONE, reply);
    }
    return try_end(session, search_go(session, forward, reply), reply);
}

enum progress verb_search_leave(struct session *session, const struct request *request, struct reply *reply)
{
    (void)request;
    (void)reply;
    if (search_of(session)->tried.active)
        typed_restore(session);
    return PROGRESS_DONE;
}

bool typed_accept(struct session *session, const struct request *request, struct reply *reply)
{
    struct search_try *tried = &search_of(session)->tried;
    if (!tried->active)
        return false;
    bool found = tried->known == TRY_FOUND && request->modifiers == tried->last &&
                 strcmp(request->text, search_of(session)->pattern) == 0;
    tried->active = false;
    if (!found) {
        try_back(session);
        return false;
    }
    struct mark here = place_here(session);
    *marks_quote(session) = here.offset != tried->left.offset ? tried->left : tried->quote;
    if (search_of(session)->run.wrapped)
        reply_say(reply, OUTCOME_SAID,
                  request->amount > 0 ? "Search hit bottom; continuing at top"
                                      : "Search hit top; continuing at bottom");
    return true;
}
