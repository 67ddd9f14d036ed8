/* SPDX-License-Identifier: MIT */
/* session: the value that the screen is about (see the header). View thread. */
#include "folio/session/part/json_subject.h"

#include "folio/model/json/documents.h"
#include "folio/session/core/reply.h"
#include "folio/session/part/json.h"
#include "folio/session/search/found.h"

/** The byte is in no container of a file that does not begin as JSON: what stands there is no value. */
static bool json_is_text(const struct json_subject *subject, bool begins)
{
    struct json_around around;
    return !begins && !json_kind_contains(subject->value.kind) &&
           json_around(subject->nesting, subject->reader, subject->from, subject->at, &around) ==
               NESTING_FOUND &&
           !around.bracket;
}

/** The value and its end. */
static enum nesting_answer json_find(const struct session *session, struct json_subject *subject,
                                     bool *begins)
{
    struct json_value *value = &subject->value;
    uint64_t end = 0;
    enum nesting_answer answer =
        json_document(subject->nesting, subject->reader, session->stage->document->lines, subject->at,
                      &subject->from, begins);
    if (answer == NESTING_FOUND && subject->at < subject->from)
        subject->at = subject->from; /* before the value of a line stands something else */
    if (answer == NESTING_FOUND)
        answer = json_value_holding(subject->nesting, subject->reader, subject->from, subject->at, value);
    if (answer == NESTING_FOUND && value->kind != JSON_ABSENT)
        answer = json_value_end(subject->nesting, subject->reader, value, &end);
    if (answer == NESTING_FOUND || answer == NESTING_NONE) {
        value->value.end = value->kind == JSON_ABSENT ? value->value.begin : end;
        answer = NESTING_FOUND;
    }
    return answer;
}

bool json_subject(struct session *session, struct json_subject *subject, enum progress *progress,
                  struct reply *reply)
{
    struct error error;
    bool begins;
    *progress = PROGRESS_DONE;
    *subject =
        (struct json_subject){.reader = session->stage->document->reader, .at = search_subject(session)};
    subject->nesting = json_nesting(session, subject->at, &error);
    if (!subject->nesting)
        reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    else if (json_find(session, subject, &begins) != NESTING_FOUND)
        *progress = session_interrupted(session) ? PROGRESS_DONE : PROGRESS_WAITING;
    else if (subject->value.kind == JSON_ABSENT)
        reply_say(reply, OUTCOME_FAILED, "No value of JSON stands at byte %llu",
                  (unsigned long long)subject->at);
    else if (json_is_text(subject, begins))
        reply_say(reply, OUTCOME_FAILED,
                  "This byte is in no array and no object, and the file does not begin as JSON");
    else
        return true;
    return false;
}

struct range json_between_quotes(struct range quoted)
{
    struct range between = {quoted.begin + 1, quoted.end - 1};
    between.end = between.end > between.begin ? between.end : between.begin;
    return between;
}

bool json_string_of(const struct json_subject *subject, struct range *text, struct reply *reply)
{
    const struct json_value *value = &subject->value;
    char last = '\0';
    struct span span;
    if (value->kind != JSON_STRING) {
        reply_say(reply, OUTCOME_FAILED, "The value at byte %llu is no string",
                  (unsigned long long)value->value.begin);
        return false;
    }
    *text = json_between_quotes(value->value);
    /* Of a string that is cut off the last byte is text. */
    if (reader_span(subject->reader, value->value.end - 1, 1, &span) == READER_OK)
        last = span.data[0];
    if (value->mark == JSON_UNCLOSED || last != '"')
        text->end = value->value.end;
    return true;
}
