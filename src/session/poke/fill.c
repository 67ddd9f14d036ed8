/* SPDX-License-Identifier: MIT */
/* session: what is selected, filled with bytes that repeat, all as one group. View thread. */
#include "poking.h"

#include "folio/model/pattern/bytes.h"
#include "folio/session/move/selection.h"

#include <stdlib.h>
#include <string.h>

/** What is to be put where. False with the reply. */
static bool fill_parse(const struct session *session, const char *text, struct range *range,
                       struct pattern_values *values, struct reply *reply)
{
    struct error error;
    if (!selection_range(session, range))
        reply_say(reply, OUTCOME_FAILED, "Nothing is selected: where bytes are shown v selects them");
    else if (text[strspn(text, " ")] == '\0')
        reply_say(reply, OUTCOME_FAILED, ":fill needs bytes behind it, such as 00 or de ad or \"text\"");
    else if (!pattern_bytes_values(text, strlen(text), values, &error))
        reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    else if (range->end - range->begin > POKE_LIST_MAX)
        reply_say(reply, OUTCOME_FAILED, "More than %u bytes would change at once: nothing is filled",
                  POKE_LIST_MAX);
    else
        return true;
    return false;
}

/** All of the range but bytes of which nothing is told (`??`). Empty when out of memory. */
static struct poke_list fill_list(struct range range, const struct pattern_values *values)
{
    struct poke_list list = {.byte = calloc((size_t)(range.end - range.begin), sizeof *list.byte)};
    for (uint64_t offset = range.begin; list.byte && offset < range.end; offset++) {
        size_t i = (size_t)((offset - range.begin) % values->length);
        if (values->mask[i] != 0)
            list.byte[list.count++] = (struct poke_byte){
                .offset = offset, .expected = POKE_ANY, .value = values->value[i], .mask = values->mask[i]};
    }
    return list;
}

/** Begin: from here on it is a poke like any other, of which bytes that are so already are left out. */
static bool fill_begin(struct session *session, const struct request *request, struct reply *reply)
{
    struct pattern_values values;
    struct range range;
    if (!poking_possible(session, reply) || !fill_parse(session, request->text, &range, &values, reply))
        return false;
    struct poke_list list = fill_list(range, &values);
    char *name = strdup("what is selected");
    if (!list.byte || !name) {
        poke_list_release(&list);
        free(name);
        reply_say(reply, OUTCOME_FAILED, "Out of memory");
        return false;
    }
    poking_begin(session, request, list, false);
    poking_of(session)->name = name;
    return true;
}

enum progress verb_fill(struct session *session, const struct request *request, struct reply *reply)
{
    struct poking *poking = poking_of(session);
    if (poking->step != POKING_NOTHING && poking->request == request->number)
        return poking_go_on(session, request, reply);
    if (poking->step == POKING_STORING)
        return PROGRESS_WAITING;
    poking_drop(poking);
    return fill_begin(session, request, reply) ? poking_go_on(session, request, reply) : PROGRESS_DONE;
}
