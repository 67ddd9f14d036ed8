/* SPDX-License-Identifier: MIT */
/*
 * session: marks (see the header). View thread.
 *
 * One a letter, and the one named ', which jumps set. A mark is of a file of the list, and of a byte in it.
 */
#include "folio/session/move/marks.h"

/** The marks, and those of the current file that the status column shows. */
struct marks {
    struct mark mark[256];
    struct canvas_mark shown[MARKS_LETTERS];
};

static struct marks *marks_of(const struct session *session)
{
    return session_part(session, PART_MARKS);
}

struct mark *marks_quote(const struct session *session)
{
    return &marks_of(session)->mark['\''];
}

struct mark marks_at(const struct session *session, char letter)
{
    return marks_of(session)->mark[(unsigned char)letter];
}

bool marks_in_file(const struct session *session, char letter, struct mark *mark)
{
    *mark = marks_of(session)->mark[(unsigned char)letter];
    return mark->set && mark->file == session->files.current;
}

static bool mark_letter(int64_t letter)
{
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

enum progress verb_mark_set(struct session *session, const struct request *request, struct reply *reply)
{
    if (!mark_letter(request->amount))
        return reply_say(reply, OUTCOME_FAILED, "Choose a letter between 'a' and 'z' or 'A' and 'Z'");
    struct mark mark = session->stage->motion->marked(session, request->count == 1);
    if (mark.set)
        marks_of(session)->mark[request->amount] = mark;
    return PROGRESS_DONE;
}

enum progress verb_mark_clear(struct session *session, const struct request *request, struct reply *reply)
{
    if (!mark_letter(request->amount) || !marks_of(session)->mark[request->amount].set)
        return reply_say(reply, OUTCOME_FAILED, "Mark not set");
    marks_of(session)->mark[request->amount].set = false;
    return PROGRESS_DONE;
}

/** The marks of the current file, for the status column. */
static void marks_prepare(struct session *session)
{
    struct marks *marks = marks_of(session);
    struct canvas *canvas = &session->stage->view.canvas;
    canvas->mark = marks->shown;
    canvas->mark_count = 0;
    for (int letter = 'A'; letter <= 'z' && session_shows_file(session); letter++) {
        struct mark mark;
        if (marks_in_file(session, (char)letter, &mark) && canvas->mark_count < MARKS_LETTERS)
            marks->shown[canvas->mark_count++] = (struct canvas_mark){mark.offset, (char)letter};
    }
}

/** Marks in the file that has gone go as well; those in files behind it stay with their files. */
static void marks_forget(struct session *session, size_t gone)
{
    struct mark *mark = marks_of(session)->mark;
    for (unsigned i = 0; i < sizeof marks_of(session)->mark / sizeof *mark; i++) {
        mark[i].set = mark[i].set && mark[i].file != gone;
        mark[i].file -= mark[i].file > gone;
    }
}

const struct part marks_part = {
    .session_size = sizeof(struct marks), .prepare = marks_prepare, .forget = marks_forget};
