/* SPDX-License-Identifier: MIT */
/*
 * session: :check, whether the file is JSON; the first byte that is wrong is gone to. View thread.
 *
 * A helper reads the file (model/document/check). The next movement gives up the question, and the helper with it.
 */
#include "folio/session/part/check.h"

#include "folio/base/text/encoding.h"
#include "folio/model/document/check.h"
#include "folio/session/move/goto.h"

#include <stdio.h>

/** In the session: what is waited for, NULL: nothing; and by which request. */
struct checking {
    struct document_check *check;
    uint64_t request;
};

static struct checking *checking_of(const struct session *session)
{
    return session_part(session, PART_CHECKING);
}

void checking_dropped(struct session *session)
{
    struct checking *checking = checking_of(session);
    document_check_close(checking->check);
    checking->check = NULL;
}

/** Begin. False with the reply. */
static bool checking_begin(struct session *session, const struct request *request, struct reply *reply)
{
    struct checking *checking = checking_of(session);
    const struct encoding *encoding = session->stage->view.canvas.fit.rules.encoding;
    bool utf8 = !encoding || encoding->form == ENCODING_UTF8;
    struct error error;
    checking_dropped(session);
    if (encoding && encoding->unit > 1)
        reply_say(reply, OUTCOME_FAILED, "JSON in %s is not checked", encoding->name);
    else if (!(checking->check = document_check_open(session->stage->document, utf8, &error)))
        reply_say(reply, OUTCOME_FAILED, "%s", error.message);
    checking->request = request->number;
    return checking->check != NULL;
}

/** A byte that should not be there, in words. */
static const char *checking_found(int byte, char out[24])
{
    if (byte < 0)
        return "the end of the file";
    if (byte == '\n')
        return "a newline";
    if (byte > ' ' && byte < 0x7f)
        snprintf(out, 24, "%c", byte);
    else
        snprintf(out, 24, "the byte %02x", (unsigned)byte);
    return out;
}

/** Go to the byte that is wrong, and say what should be there. */
static enum progress checking_wrong(struct session *session, const struct json_flaw *flaw,
                                    struct reply *reply)
{
    uint64_t size = reader_size(session->stage->document->reader);
    uint64_t offset = flaw->offset < size ? flaw->offset : size ? size - 1 : 0;
    char found[24];
    if (goto_offset(session, offset, false, reply) == PROGRESS_WAITING)
        return PROGRESS_WAITING;
    return reply_say(reply, OUTCOME_FAILED, "Line %llu, column %llu, byte %llu: expected %s, found %s",
                     (unsigned long long)flaw->line, (unsigned long long)flaw->column,
                     (unsigned long long)flaw->offset, flaw->expected, checking_found(flaw->found, found));
}

/** Nothing is wrong. */
static enum progress checking_fine(const struct document_checked *checked, struct reply *reply)
{
    unsigned long long deepest = checked->deepest, documents = checked->documents;
    return reply_say(reply, OUTCOME_SAID, "JSON without an error: %llu document%s, %llu level%s deep",
                     documents, documents == 1 ? "" : "s", deepest, deepest == 1 ? "" : "s");
}

/** It is done: say what was found. */
static enum progress checking_reply(struct session *session, const struct document_checked *checked,
                                    struct reply *reply)
{
    if (checked->flaw.expected)
        return checking_wrong(session, &checked->flaw, reply);
    if (checked->unreadable)
        return reply_say(reply, OUTCOME_FAILED, "%s; nothing is wrong before it", checked->error.message);
    return checking_fine(checked, reply);
}

enum progress verb_check(struct session *session, const struct request *request, struct reply *reply)
{
    struct checking *checking = checking_of(session);
    struct document *document = session->stage->document;
    bool begun = checking->check && checking->request == request->number;
    if (!begun && document_streaming(document)) {
        document_want(document, UINT64_MAX);
        return PROGRESS_WAITING;
    }
    if (!begun && !checking_begin(session, request, reply))
        return PROGRESS_DONE;
    struct document_checked checked = document_check_look(checking->check);
    if (!checked.done || checking_reply(session, &checked, reply) == PROGRESS_WAITING)
        return PROGRESS_WAITING;
    checking_dropped(session);
    return PROGRESS_DONE;
}

static void checking_report(struct session *session, struct report *report)
{
    struct checking *checking = checking_of(session);
    report->checked = 1000;
    if (!checking->check)
        return;
    struct document_checked checked = document_check_look(checking->check);
    if (!checked.done && checked.size > 0)
        report->checked = (unsigned)((unsigned __int128)checked.looked * 1000 / checked.size);
}

const struct part checking_part = {.session_size = sizeof(struct checking), .report = checking_report};
