/* SPDX-License-Identifier: MIT */
/*
 * session: several patterns at once, each in a colour of its own. View thread.
 *
 * The session knows the patterns; each stage counts them in its own file. A highlight has a number that no other ever
 * gets, by which a stage sees that what it counts is out of date.
 */
#include "folio/base/bytes/buf.h"
#include "folio/base/glyph/glyph.h"
#include "folio/base/words/number.h"
#include "folio/io/thread/clock.h"
#include "folio/session/core/session.h"
#include "folio/session/files/aside.h"
#include "folio/session/search/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** For so long a list waits for counts that are nearly there, in ms. */
#define COUNTED_MS 200

/** A pattern that is highlighted. */
struct highlight {
    char *text;      /**< NULL: none */
    unsigned number; /**< no other has it; 0: never used */
};

/** In the session: the patterns, and the last number given out. */
struct highlights {
    struct highlight highlight[CANVAS_HIGHLIGHTS];
    unsigned number;
};

/** On a stage: what counts them, which of them they are, and what they were opened with. */
struct highlighted {
    struct matches *matches[CANVAS_HIGHLIGHTS];
    unsigned number[CANVAS_HIGHLIGHTS];
    struct matches_text text;
    int letter_case;
};

static struct highlights *highlights_of(const struct session *session)
{
    return session_part(session, PART_HIGHLIGHT);
}

static struct highlighted *highlighted_on(const struct stage *stage)
{
    return stage_part(stage, PART_HIGHLIGHT);
}

/** Does the stage show its text otherwise than when it began to count? */
static bool highlight_stale(const struct session *session, const struct stage *stage)
{
    return !search_text_is(session, stage, 0, &highlighted_on(stage)->text) ||
           highlighted_on(stage)->letter_case != session->settings.letter_case;
}

/** Count one pattern in the file on the stage. Where memory is short, it is not counted and not shown. */
static struct matches *highlight_count(const struct session *session, const struct stage *stage,
                                       const char *text)
{
    struct pattern *pattern =
        pattern_compile(text, strlen(text), (enum pattern_case)session->settings.letter_case, false, NULL);
    return pattern ? matches_open(stage->document->survey, pattern, &highlighted_on(stage)->text, NULL)
                   : NULL;
}

static void highlight_refresh(struct session *session)
{
    struct stage *stage = session->stage;
    bool stale = highlight_stale(session, stage);
    if (stale) {
        highlighted_on(stage)->text = search_text(session, stage, 0);
        highlighted_on(stage)->letter_case = session->settings.letter_case;
    }
    for (unsigned slot = 0; slot < CANVAS_HIGHLIGHTS; slot++) {
        const struct highlight *wanted = &highlights_of(session)->highlight[slot];
        if (highlighted_on(stage)->number[slot] == wanted->number && !stale)
            continue;
        matches_close(highlighted_on(stage)->matches[slot]);
        highlighted_on(stage)->matches[slot] =
            wanted->text ? highlight_count(session, stage, wanted->text) : NULL;
        highlighted_on(stage)->number[slot] = wanted->number;
    }
    stage->view.canvas.highlight = highlighted_on(stage)->matches;
}

static void highlight_close(struct stage *stage)
{
    for (unsigned slot = 0; slot < CANVAS_HIGHLIGHTS; slot++) {
        matches_close(highlighted_on(stage)->matches[slot]);
        highlighted_on(stage)->matches[slot] = NULL;
        highlighted_on(stage)->number[slot] = 0;
    }
}

/** The slot of a pattern that is highlighted already, else a free one; CANVAS_HIGHLIGHTS: there is none. */
static unsigned highlight_slot(const struct session *session, const char *text)
{
    unsigned empty = CANVAS_HIGHLIGHTS;
    for (unsigned slot = CANVAS_HIGHLIGHTS; slot-- > 0;)
        if (!highlights_of(session)->highlight[slot].text)
            empty = slot;
        else if (strcmp(highlights_of(session)->highlight[slot].text, text) == 0)
            return slot;
    return empty;
}

/** Make the slot hold `text` (NULL: nothing), which is taken over. */
static void highlight_put(struct session *session, unsigned slot, char *text)
{
    free(highlights_of(session)->highlight[slot].text);
    highlights_of(session)->highlight[slot] = (struct highlight){text, ++highlights_of(session)->number};
}

enum progress verb_highlight(struct session *session, const struct request *request, struct reply *reply)
{
    struct error error;
    unsigned slot = highlight_slot(session, request->text);
    if (slot == CANVAS_HIGHLIGHTS)
        return reply_say(reply, OUTCOME_FAILED, "There are eight highlights; :nohighlight N removes one");
    if (highlights_of(session)->highlight[slot].text)
        return reply_say(reply, OUTCOME_SAID, "That is highlight %u", slot + 1);
    struct pattern *pattern =
        pattern_compile(request->text, strlen(request->text),
                        (enum pattern_case)session->settings.letter_case, false, &error);
    if (!pattern)
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    pattern_free(pattern);
    char *text = strdup(request->text);
    if (!text)
        return reply_say(reply, OUTCOME_FAILED, "Out of memory");
    highlight_put(session, slot, text);
    highlight_refresh(session);
    return PROGRESS_DONE;
}

enum progress verb_highlight_drop(struct session *session, const struct request *request, struct reply *reply)
{
    bool one = request->counted, any = false;
    if (one && (request->count < 1 || request->count > CANVAS_HIGHLIGHTS ||
                !highlights_of(session)->highlight[request->count - 1].text))
        return reply_say(reply, OUTCOME_FAILED, "There is no highlight %lld", (long long)request->count);
    for (unsigned slot = 0; slot < CANVAS_HIGHLIGHTS; slot++) {
        if (!highlights_of(session)->highlight[slot].text || (one && slot + 1 != request->count))
            continue;
        highlight_put(session, slot, NULL);
        any = true;
    }
    highlight_refresh(session);
    return any ? PROGRESS_DONE : reply_say(reply, OUTCOME_FAILED, "Nothing is highlighted");
}

/** A count with a comma between each three digits, and "+" while it goes on. */
static void highlight_number(const struct matches *matches, char *out, size_t capacity)
{
    char digits[24];
    struct summary_state state = {0};
    size_t at = 0;
    if (matches)
        state = matches_state(matches);
    size_t length = (size_t)snprintf(digits, sizeof digits, "%llu", (unsigned long long)state.count);
    for (size_t i = 0; i < length && at + 3 < capacity; i++) {
        if (i && (length - i) % 3 == 0)
            out[at++] = ',';
        out[at++] = digits[i];
    }
    snprintf(out + at, capacity - at, "%s", matches && state.complete && !state.hard ? "" : "+");
}

/** One row of the list. `color` is the first of the lines of what colours are called. */
static void highlight_row(const struct session *session, unsigned slot, const char *color, struct buf *page)
{
    char number[40], harmless[4 * 256];
    const char *text = highlights_of(session)->highlight[slot].text;
    int length = (int)strcspn(color, "\n");
    highlight_number(highlighted_on(session->stage)->matches[slot], number, sizeof number);
    glyph_text(text, strlen(text), harmless, sizeof harmless);
    buf_format(page, "%2u  %12s  %-30.*s  %s\n", slot + 1, number, length, color, harmless);
}

/** Is everything counted? */
static bool highlight_counted(const struct stage *stage)
{
    for (unsigned slot = 0; slot < CANVAS_HIGHLIGHTS; slot++)
        if (highlighted_on(stage)->matches[slot] &&
            !matches_state(highlighted_on(stage)->matches[slot]).complete)
            return false;
    return true;
}

enum progress verb_highlight_list(struct session *session, const struct request *request, struct reply *reply)
{
    struct buf page = {0};
    struct error error;
    const char *color = request->text;
    bool any = false;
    if (!highlight_counted(session->stage) &&
        (!session->wait.active || clock_ms() - session->wait.since < COUNTED_MS))
        return PROGRESS_WAITING;
    buf_format(&page, " N %13s  %-30s  %s\n", "MATCHES", "LOOK", "PATTERN");
    for (unsigned slot = 0; slot < CANVAS_HIGHLIGHTS; slot++) {
        if (highlights_of(session)->highlight[slot].text)
            highlight_row(session, slot, color, &page);
        any = any || highlights_of(session)->highlight[slot].text;
        color += strcspn(color, "\n");
        color += *color == '\n';
    }
    buf_text(&page, "\n:nohighlight N removes one, :nohighlight all of them.\n");
    struct document *document = NULL;
    if (!any)
        error_set(&error, 0, "Nothing is highlighted; :highlight PATTERN does that");
    else if (page.failed)
        error_set(&error, 0, "Out of memory");
    else
        document =
            document_open_text("HIGHLIGHTS", page.data, page.length, &session->document_options, &error);
    buf_release(&page);
    if (!document)
        return reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    stage_open(session, &session->help, document);
    session->stage = &session->help;
    stage_refresh(session);
    return PROGRESS_DONE;
}

const struct part highlight_part = {
    .session_size = sizeof(struct highlights),
    .stage_size = sizeof(struct highlighted),
    .close = highlight_close,
    .refresh = highlight_refresh,
};
