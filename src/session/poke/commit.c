/* SPDX-License-Identifier: MIT */
/*
 * session: from the sandbox into the file. View thread.
 *
 * :commit reads all of what the file holds now (*theirs*), shows it beside what was there when the edit was made (*base*)
 * and what it was made (*mine*), and has them poked, as one group, only where base and theirs are the same everywhere. The
 * poke compares all of them once more before the first store: what is looked at here is for the person who is asked, what
 * it looks at is for the file. There is no storing of several bytes at once, so a group may stop half way; then those that
 * are in leave the sandbox, and the rest can be committed again.
 */
#include "folio/base/bytes/buf.h"
#include "folio/model/reader/overlay.h"
#include "folio/session/move/list.h"
#include "folio/session/poke/confirm.h"
#include "folio/session/poke/edits.h"

#include <stdlib.h>

/** What is to be committed. */
struct commit {
    const struct edit *edit;
    int *theirs;
    size_t count;
    size_t differs; /**< the first whose file differs from its base; the count: none does */
};

/** What stands at one place, in words: "41", with its character where there is room, and why nothing does. */
static void commit_byte(int byte, bool character, struct buf *out)
{
    if (byte < 0) {
        buf_text(out, byte == EDIT_BEHIND ? "behind the end" : "unreadable");
        return;
    }
    const bool printable = byte >= 0x20 && byte < 0x7f;
    const char quote = printable ? '\'' : ' ', shown = printable ? (char)byte : ' ';
    buf_format(out, "%02x", (unsigned)byte);
    if (character)
        buf_format(out, " %c%c%c", quote, shown, quote);
}

/** " base 41 mine 5a theirs 41"; a row of a list is wider. */
static void commit_row(const struct commit *commit, size_t i, bool list, struct buf *out)
{
    buf_text(out, list ? "  base " : " base ");
    commit_byte(commit->edit[i].base, list, out);
    buf_text(out, list ? "  mine " : " mine ");
    commit_byte(commit->edit[i].mine, list, out);
    buf_text(out, list ? "  theirs " : " theirs ");
    commit_byte(commit->theirs[i], list, out);
}

/** Read what the file holds now. False: not known yet. */
static bool commit_read(const struct session *session, struct commit *commit)
{
    reader_forget(reader_beneath(session->base.document->reader));
    commit->differs = commit->count;
    for (size_t i = commit->count; i-- > 0;) {
        if (!editing_beneath(session, commit->edit[i].offset, &commit->theirs[i]))
            return false;
        if (commit->theirs[i] != commit->edit[i].base)
            commit->differs = i;
    }
    return true;
}

/** The first one of which the file does not hold any more what it held. */
static void commit_conflict(const struct commit *commit, struct buf *out)
{
    const struct edit *edit = &commit->edit[commit->differs];
    const int theirs = commit->theirs[commit->differs];
    buf_format(out, "0x%08llx ", (unsigned long long)edit->offset);
    if (theirs < 0)
        buf_text(out, theirs == EDIT_BEHIND ? "is past the end of the file now" : "cannot be read now");
    else
        buf_format(out, "was %02x when it was edited and is %02x now", edit->base, (unsigned)theirs);
    buf_text(out, ": nothing is stored");
}

/** The list of all, in place of the file. */
static void commit_list(struct session *session, const struct commit *commit, struct reply *reply)
{
    struct reply listed = {.outcome = OUTCOME_DONE};
    struct buf page = {0};
    struct list_place *place = calloc(commit->count, sizeof *place);
    for (size_t i = 0; i < commit->count && place; i++) {
        place[i].offset = commit->edit[i].offset;
        buf_format(&page, "0x%08llx", (unsigned long long)commit->edit[i].offset);
        commit_row(commit, i, true, &page);
        buf_text(&page, commit->theirs[i] == commit->edit[i].base ? "\n" : "  CHANGED\n");
    }
    if (place)
        list_open(session, "SANDBOX", &page, place, commit->count, list_go_byte, &listed);
    reply->list = listed.list;
    buf_release(&page);
}

/** Ask; the answer pokes. */
static void commit_ask(struct session *session, const struct commit *commit, const char *what,
                       struct reply *reply)
{
    struct poke_byte *byte = calloc(commit->count, sizeof *byte);
    if (!byte) {
        reply_say(reply, OUTCOME_FAILED, "Out of memory");
        return;
    }
    for (size_t i = 0; i < commit->count; i++)
        byte[i] = (struct poke_byte){.offset = commit->edit[i].offset,
                                     .expected = commit->edit[i].base,
                                     .value = commit->edit[i].mine,
                                     .mask = 0xff};
    poking_confirm(session, byte, commit->count, JOURNAL_POKE, what, reply);
}

/** Everything is known of one byte: ask, or say why not. */
static void commit_one(struct session *session, const struct commit *commit, struct reply *reply)
{
    struct buf what = {0};
    buf_format(&what, "0x%llx:", (unsigned long long)commit->edit->offset);
    commit_row(commit, 0, false, &what);
    if (commit->differs == 0)
        reply_say(reply, OUTCOME_FAILED, "%s; nothing is stored: it changed meanwhile", buf_string(&what));
    else
        commit_ask(session, commit, buf_string(&what), reply);
    buf_release(&what);
}

/** The same of several: with a list of them. */
static void commit_many(struct session *session, const struct commit *commit, struct reply *reply)
{
    struct buf what = {0};
    if (commit->differs < commit->count) {
        commit_conflict(commit, &what);
        reply_say(reply, OUTCOME_FAILED, "%s", buf_string(&what));
    } else {
        buf_format(&what, "Commit %zu bytes", commit->count);
        commit_ask(session, commit, buf_string(&what), reply);
    }
    commit_list(session, commit, reply);
    buf_release(&what);
}

enum progress verb_commit(struct session *session, const struct request *request, struct reply *reply)
{
    struct commit commit = {0};
    (void)request;
    commit.count = edits_in(editing_edits(session), (struct range){0, UINT64_MAX}, &commit.edit);
    if (commit.count == 0)
        return reply_say(reply, OUTCOME_FAILED, "Nothing is in the sandbox");
    commit.theirs = calloc(commit.count, sizeof *commit.theirs);
    if (!commit.theirs)
        return reply_say(reply, OUTCOME_FAILED, "Out of memory");
    bool known = commit_read(session, &commit);
    if (known && commit.count == 1)
        commit_one(session, &commit, reply);
    else if (known)
        commit_many(session, &commit, reply);
    free(commit.theirs);
    return known ? PROGRESS_DONE : PROGRESS_WAITING;
}
