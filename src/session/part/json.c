/* SPDX-License-Identifier: MIT */
/*
 * session: :path, which value of a JSON file the screen is about. View thread.
 *
 * The brackets are surveyed from the first question on; what is not known yet is waited for. Each question is answered
 * from the brackets of that moment, so nothing is kept but them.
 */
#include "folio/session/part/json.h"

#include "folio/base/bytes/buf.h"
#include "folio/model/document/encoding.h"
#include "folio/model/json/documents.h"
#include "folio/model/json/path.h"
#include "folio/session/search/found.h"

/** On a stage: the brackets of its file, NULL where nobody asked. */
struct json {
    struct nesting *nesting;
    struct json_place place; /**< of the request that waits */
};

static void json_close(struct stage *stage)
{
    struct json *json = stage_part(stage, PART_JSON);
    nesting_close(json->nesting);
}

struct nesting *json_nesting(struct session *session, uint64_t at, struct error *error)
{
    struct json *json = stage_part(session->stage, PART_JSON);
    struct document *document = session->stage->document;
    const struct encoding *encoding = session->stage->view.canvas.fit.rules.encoding;
    if (encoding && encoding->unit > 1) {
        error_set(error, 0, "Brackets are not looked for in %s", encoding->name);
        return NULL;
    }
    survey_focus(document->survey, at, true);
    if (!json->nesting)
        json->nesting = nesting_open(document->survey, true, error);
    return json->nesting;
}

struct nesting *json_known(const struct stage *stage)
{
    const struct json *json = stage_part(stage, PART_JSON);
    return json->nesting;
}

struct nesting *json_begin(struct session *session, uint64_t at, struct reply *reply)
{
    struct error error;
    struct nesting *nesting = json_nesting(session, at, &error);
    if (!nesting)
        reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    return nesting;
}

struct json_place *json_followed(struct session *session)
{
    struct json *json = stage_part(session->stage, PART_JSON);
    return &json->place;
}

enum progress verb_path(struct session *session, const struct request *request, struct reply *reply)
{
    const struct document *document = session->stage->document;
    uint64_t at = search_subject(session), from;
    bool begins;
    struct buf path = {0};
    (void)request;
    struct nesting *nesting = json_begin(session, at, reply);
    if (!nesting)
        return PROGRESS_DONE;
    enum nesting_answer answer =
        json_document(nesting, document->reader, document->lines, at, &from, &begins);
    if (answer == NESTING_FOUND)
        answer = json_path(nesting, document->reader, from, at, &path);
    bool known = answer == NESTING_FOUND;
    if (path.failed)
        reply_say(reply, OUTCOME_FAILED, "Out of memory");
    else if (known && !begins && path.length == 1)
        reply_say(reply, OUTCOME_FAILED,
                  "This byte is in no array and no object, and the file does not begin as JSON");
    else if (known)
        reply_say(reply, OUTCOME_SAID, "%s", buf_string(&path));
    bool failed = path.failed;
    buf_release(&path);
    return known || failed ? PROGRESS_DONE : PROGRESS_WAITING;
}

const struct part json_part = {.stage_size = sizeof(struct json), .close = json_close};
