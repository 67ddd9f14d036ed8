/* SPDX-License-Identifier: MIT */
/*
 * session: going to the place of a path in a JSON file, and what paths may go on with. View thread.
 *
 * Both are about the document that the screen is about. Members may be many: whoever asks for something else meanwhile is
 * served first, and where nothing took its place the search goes on where it was.
 */
#include "folio/base/bytes/buf.h"
#include "folio/model/json/documents.h"
#include "folio/model/json/offers.h"
#include "folio/session/move/goto.h"
#include "folio/session/part/json.h"
#include "folio/session/search/found.h"

#include <stdio.h>
#include <string.h>

static bool json_goes_on(void *context)
{
    return !session_interrupted(context);
}

/** Fill the scene of a path in. Not FOUND: not yet, or (NONE) the reply says why not. */
static enum nesting_answer json_set_scene(struct session *session, struct json_scene *scene,
                                          struct reply *reply)
{
    const struct document *document = session->stage->document;
    uint64_t at = search_subject(session);
    bool begins;
    *scene = (struct json_scene){.nesting = json_begin(session, at, reply),
                                 .reader = document->reader,
                                 .go_on = json_goes_on,
                                 .context = session};
    if (!scene->nesting)
        return NESTING_NONE;
    enum nesting_answer answer =
        json_document(scene->nesting, document->reader, document->lines, at, &scene->from, &begins);
    if (answer != NESTING_FOUND || begins)
        return answer;
    reply_say(reply, OUTCOME_FAILED, "There are no paths: the file does not begin as JSON");
    return NESTING_NONE;
}

/** Follow the path of the request. As json_place; NONE with the reply. */
static enum nesting_answer json_follow(struct session *session, const char *path, struct json_place *place,
                                       struct reply *reply)
{
    struct json_scene scene;
    struct error error;
    enum nesting_answer answer = json_set_scene(session, &scene, reply);
    if (answer != NESTING_FOUND)
        return answer;
    answer = json_place(&scene, path, place, &error);
    if (answer == NESTING_NONE)
        reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    return answer;
}

enum progress verb_goto_json(struct session *session, const struct request *request, struct reply *reply)
{
    struct json_place *place = json_followed(session);
    if (!session->wait.active) {
        *place = (struct json_place){0};
        session->wait.count = 0;
    }
    /* While it waits for the place itself, the cursor may be there already. */
    if (session->wait.count == 0) {
        enum nesting_answer answer = json_follow(session, request->text, place, reply);
        if (answer != NESTING_FOUND)
            return answer == NESTING_NONE ? PROGRESS_DONE : PROGRESS_WAITING;
        session->wait.count = 1;
    }
    parts_reveal(session, place->value);
    return goto_offset(session, place->value, false, reply);
}

/** What goes on from the first `last` bytes of `text`, as the rest of it does, or (`rest` "") in any way. */
static enum nesting_answer json_offer_from(const struct json_scene *scene, const char *text, size_t last,
                                           const char *rest, struct buf *words)
{
    struct json_place place = {0};
    struct error error;
    char path[REQUEST_TEXT];
    snprintf(path, sizeof path, "%.*s", (int)last, text);
    enum nesting_answer answer = json_place(scene, path, &place, &error);
    return answer == NESTING_FOUND ? json_offers(scene, &place, rest, words) : answer;
}

/** The last step is whole, and nothing else goes on so: the steps behind it are offered, with it before them. */
static enum nesting_answer json_offer_behind(const struct json_scene *scene, const char *text,
                                             const char *step, struct buf *words)
{
    struct buf next = {0};
    enum nesting_answer answer = json_offer_from(scene, text, strlen(text), "", &next);
    if (next.length > 0)
        buf_clear(words);
    for (size_t at = 0; at < next.length; at += strlen(next.data + at) + 1) {
        buf_format(words, "%s%s", step, next.data + at);
        buf_append(words, "", 1);
    }
    words->failed = words->failed || next.failed;
    buf_release(&next);
    return answer;
}

/** How the path `text`, which is being typed, may go on. */
static enum nesting_answer json_offer(struct session *session, const char *text, struct buf *words,
                                      struct reply *reply)
{
    struct json_scene scene;
    const char *step = text + json_place_last(text);
    enum nesting_answer answer = json_set_scene(session, &scene, reply);
    if (answer == NESTING_FOUND)
        answer = json_offer_from(&scene, text, (size_t)(step - text), step, words);
    bool alone = words->length == strlen(step) + 1 && strcmp(buf_string(words), step) == 0;
    return answer == NESTING_FOUND && alone ? json_offer_behind(&scene, text, step, words) : answer;
}

/* No sentence: there are no keys where there is no path, and a person who types one will see what is wrong with it. */
enum progress verb_json_keys(struct session *session, const struct request *request, struct reply *reply)
{
    struct buf words = {0};
    struct reply unsaid = *reply;
    enum nesting_answer answer = json_offer(session, request->text, &words, &unsaid);
    if (answer == NESTING_UNKNOWN || answer == NESTING_FAILED || words.failed || words.length == 0) {
        buf_release(&words);
        return answer == NESTING_UNKNOWN || answer == NESTING_FAILED ? PROGRESS_WAITING : PROGRESS_DONE;
    }
    reply->payload = words.data;
    reply->value = words.length;
    return PROGRESS_DONE;
}
