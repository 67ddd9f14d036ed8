/* SPDX-License-Identifier: MIT */
/* session: the names of files in requests (see the header). View thread. */
#include "folio/session/files/named.h"

#include "naming.h"

#include "folio/session/core/session.h"

#include <stdlib.h>
#include <string.h>

const char *named_whole(const struct session *session, const char *text)
{
    (void)session;
    return text[strspn(text, " ")] != '\0' ? text : NULL;
}

struct names_known named_known(const struct session *session)
{
    const struct document *document = session->base.document;
    return (struct names_known){.current = document && !document_is_stdin(document) ? document->name : NULL,
                                .previous = session->files.previous};
}

/** Those behind the first, each with its NUL. */
static bool named_more(const struct names *names, struct request *request)
{
    struct buf more = {0};
    for (size_t i = 1; i < names->count; i++)
        buf_append(&more, names->name[i], strlen(names->name[i]) + 1);
    if (more.failed) {
        buf_release(&more);
        return false;
    }
    request->payload = more.data;
    request->amount = (int64_t)more.length;
    return true;
}

/** Put the first name behind what stands in front of it. */
static bool named_put(struct request *request, size_t begin, const char *name, struct reply *reply)
{
    size_t length = strlen(name);
    if (begin + length >= sizeof request->text) {
        reply_say(reply, OUTCOME_FAILED, "The name of the file is too long: %zu bytes", length);
        return false;
    }
    memcpy(request->text + begin, name, length + 1);
    request->exact = true;
    return true;
}

bool named_expand(const struct session *session, const struct verb_row *row, struct request *request,
                  struct reply *reply)
{
    struct names_known known = named_known(session);
    const char *text = row->name && !request->exact ? row->name(session, request->text) : NULL;
    struct names names = {0};
    struct error error;
    if (!text)
        return true;
    bool fine = naming_await(text, row->names, &known, session->patience, &names, &error);
    if (!fine)
        reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    fine = fine && named_put(request, (size_t)(text - request->text), names.name[0], reply);
    if (fine && names.count > 1 && !named_more(&names, request)) {
        fine = false;
        reply_say(reply, OUTCOME_FAILED, "Out of memory");
    }
    names_release(&names);
    return fine;
}
