/* SPDX-License-Identifier: MIT */
/*
 * session: a value of a JSON file changed in place: another value of as many bytes. View thread.
 *
 * What the file holds is read as the person sees it, and only bytes that differ are poked, all as one group; or they go into
 * the sandbox. From the question on it is a poke like any other: compared with what was read, journaled, undone as one.
 */
#include "folio/base/glyph/glyph.h"
#include "folio/model/json/check.h"
#include "folio/model/reader/hole.h"
#include "folio/session/core/reply.h"
#include "folio/session/part/json_subject.h"
#include "folio/session/poke/confirm.h"
#include "folio/session/poke/edits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Of a value that is longer the question tells no bytes. */
#define VALUE_TOLD 30u

/** What is on its way: `now` is what the file has of the `length` bytes at `begin`. */
struct value_poke {
    uint64_t begin;
    size_t length;
    char now[REQUEST_TEXT];
    const char *text;
};

/** Is the text one value of JSON? Otherwise the reply says where it is not. */
static bool value_is_json(const char *text, struct reply *reply)
{
    struct json_check *check = json_check_open(true);
    if (!check) {
        reply_say(reply, OUTCOME_FAILED, "Out of memory");
        return false;
    }
    if (json_check_feed(check, (struct span){text, strlen(text)}))
        json_check_end(check);
    struct json_flaw flaw = json_check_flaw(check);
    bool one = json_check_documents(check) == 1;
    json_check_close(check);
    if (flaw.expected)
        reply_say(reply, OUTCOME_FAILED, "This is no value of JSON: at character %llu %s was expected",
                  (unsigned long long)flaw.column, flaw.expected);
    else if (!one)
        reply_say(reply, OUTCOME_FAILED, "This is more than one value of JSON: nothing is changed");
    return !flaw.expected && one;
}

/** Is the text as long as the value is? Otherwise the reply says so. */
static bool value_is_as_long(const struct json_subject *subject, const char *text, struct reply *reply)
{
    uint64_t length = subject->value.value.end - subject->value.value.begin;
    if (length == strlen(text))
        return true;
    reply_say(reply, OUTCOME_FAILED,
              "The value has %llu byte%s, and the new one %zu: a file keeps its length (blanks count)",
              (unsigned long long)length, length == 1 ? "" : "s", strlen(text));
    return false;
}

/** What the file has there. False where `*progress` is to be returned: awaited, or the reply says why not. */
static bool value_read(struct session *session, const struct json_subject *subject, struct value_poke *poke,
                       enum progress *progress, struct reply *reply)
{
    size_t count = 0;
    enum reader_result result =
        reader_copy(subject->reader, poke->begin, poke->length, (unsigned char *)poke->now, &count);
    if (result == READER_GIVEN_UP)
        *progress = session_interrupted(session) ? PROGRESS_DONE : PROGRESS_WAITING;
    else if (count < poke->length)
        reply_say(reply, OUTCOME_FAILED, "Byte %llu cannot be read: nothing is changed",
                  (unsigned long long)poke->begin + count);
    return result != READER_GIVEN_UP && count == poke->length;
}

/** The bytes that differ, malloc'd. NULL: out of memory. */
static struct poke_byte *value_bytes(const struct value_poke *poke, size_t *count)
{
    struct poke_byte *byte = calloc(poke->length, sizeof *byte);
    *count = 0;
    for (size_t i = 0; byte && i < poke->length; i++)
        if (poke->now[i] != poke->text[i])
            byte[(*count)++] = (struct poke_byte){.offset = poke->begin + i,
                                                  .expected = (unsigned char)poke->now[i],
                                                  .value = (uint8_t)poke->text[i],
                                                  .mask = 0xff};
    return byte;
}

/** The question: `0x1f: "abc" -> "xyz"`. */
static void value_say(const struct value_poke *poke, size_t differ, char *out, size_t capacity)
{
    char now[6 * VALUE_TOLD + 1], text[6 * VALUE_TOLD + 1];
    unsigned long long begin = poke->begin;
    glyph_text(poke->now, poke->length, now, sizeof now);
    glyph_text(poke->text, poke->length, text, sizeof text);
    if (poke->length > VALUE_TOLD)
        snprintf(out, capacity, "%zu of the %zu bytes of the value at 0x%llx", differ, poke->length, begin);
    else
        snprintf(out, capacity, "0x%08llx: %s -> %s", begin, now, text);
}

/** Into the sandbox, or ask. */
static enum progress value_put(struct session *session, const struct value_poke *poke, struct reply *reply)
{
    char what[16 * VALUE_TOLD];
    size_t count;
    struct poke_byte *byte = value_bytes(poke, &count);
    enum progress progress = PROGRESS_DONE;
    if (!byte)
        return reply_say(reply, OUTCOME_FAILED, "Out of memory");
    value_say(poke, count, what, sizeof what);
    if (count > 0 && !session->settings.sandbox)
        return poking_confirm(session, byte, count, JOURNAL_POKE, what, reply);
    if (count > 0)
        progress = editing_put(session, byte, count, reply);
    else
        reply_say(reply, OUTCOME_SAID, "Nothing is to be changed: the value is so already");
    free(byte);
    return progress;
}

enum progress verb_poke_json(struct session *session, const struct request *request, struct reply *reply)
{
    struct json_subject subject;
    struct value_poke poke = {.text = request->text};
    enum progress progress = PROGRESS_DONE;
    if (!poking_possible(session, reply))
        return PROGRESS_DONE;
    if (!request->text[strspn(request->text, " ")])
        return reply_say(reply, OUTCOME_FAILED,
                         ":poke-value needs a value of as many bytes behind it, such as \"abc\" or 123");
    if (!json_subject(session, &subject, &progress, reply) ||
        !value_is_as_long(&subject, request->text, reply) || !value_is_json(request->text, reply))
        return progress;
    poke.begin = subject.value.value.begin;
    poke.length = strlen(request->text);
    if (!value_read(session, &subject, &poke, &progress, reply))
        return progress;
    return value_put(session, &poke, reply);
}
