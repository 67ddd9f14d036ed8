/* SPDX-License-Identifier: MIT */
/*
 * session: a number typed over bytes: :value u32le 1234. View thread.
 *
 * What becomes of it is a run as if its bytes had been typed, from the cursor on, or from where the selection begins. Here
 * it is found out which bytes, and where: requests come one after the other, so it is the byte that the person went to. The
 * run itself is ui's, which gets it with the reply.
 */
#include "poking.h"

#include "folio/model/pattern/number.h"
#include "folio/session/core/place.h"
#include "folio/session/move/selection.h"

#include <stdlib.h>
#include <string.h>

/** Where it is to be put: the cursor, or what is selected. */
static struct range value_range(const struct session *session)
{
    struct range range = {place_subject(session), UINT64_MAX};
    (void)selection_range(session, &range);
    return range;
}

/** The number that was typed, all of it. False with the reply. */
static bool value_parse(const char *text, struct number *number, struct reply *reply)
{
    struct error error;
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    if (!memchr(text, ' ', length)) {
        reply_say(reply, OUTCOME_FAILED,
                  ":value needs a type and a number behind it, such as u32le 1234 or f64be 0.5");
        return false;
    }
    if (!number_read((struct span){text, length}, number, &error)) {
        reply_say(reply, OUTCOME_FAILED, "%.*s: %s", (int)length, text, error.message);
        return false;
    }
    if (number->length == length)
        return true;
    reply_say(reply, OUTCOME_FAILED, "%.*s: one number at a time", (int)length, text);
    return false;
}

/** Is there room for it? False with the reply. */
static bool value_fits(const struct session *session, const struct number *number, struct range range,
                       struct reply *reply)
{
    uint64_t size = reader_size(session->base.document->reader);
    if (range.begin >= size || size - range.begin < number->size) {
        reply_say(reply, OUTCOME_FAILED, "The number has %zu bytes, and from here the file has %llu",
                  number->size, (unsigned long long)(range.begin < size ? size - range.begin : 0));
        return false;
    }
    if (range.end - range.begin >= number->size)
        return true;
    reply_say(reply, OUTCOME_FAILED, "The number has %zu bytes, and %llu are selected", number->size,
              (unsigned long long)(range.end - range.begin));
    return false;
}

/** The run that it is. NULL when out of memory. */
static struct run *value_run(const struct session *session, const struct number *number, struct range range)
{
    struct run *run = malloc(sizeof *run);
    if (!run)
        return NULL;
    run->edition = 0;
    run->offset = range.begin;
    run->count = run->at = number->size;
    run->half = false;
    run->under = -1;
    run->characters = session->base.view.canvas.characters;
    memcpy(run->byte, number->byte, number->size);
    return run;
}

enum progress verb_value(struct session *session, const struct request *request, struct reply *reply)
{
    struct number number;
    if (!poking_possible(session, reply))
        return PROGRESS_DONE;
    if (!stage_bytes(session->stage))
        return reply_say(reply, OUTCOME_FAILED, "Bytes are typed over where they are shown: x");
    const struct range range = value_range(session);
    if (!value_parse(request->text, &number, reply) || !value_fits(session, &number, range, reply))
        return PROGRESS_DONE;
    struct run *run = value_run(session, &number, range);
    if (!run)
        return reply_say(reply, OUTCOME_FAILED, "Nothing was changed: out of memory");
    reply->payload = (char *)run;
    reply->value = range.end;
    return PROGRESS_DONE;
}
