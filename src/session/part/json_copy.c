/* SPDX-License-Identifier: MIT */
/*
 * session: a value of a JSON file to the clipboard, or into a file (see the header). View thread.
 *
 * It is the one that the byte stands in which the screen is about, whichever view that is.
 */
#include "folio/session/part/json_copy.h"

#include "folio/base/bytes/buf.h"
#include "folio/base/text/utf8.h"
#include "folio/model/json/path.h"
#include "folio/model/json/string.h"
#include "folio/session/core/reply.h"
#include "folio/session/part/copy.h"
#include "folio/session/part/json_subject.h"

#include <string.h>

/** What is copied, and what goes to the clipboard. */
struct copying {
    struct session *session;
    struct json_subject subject;
    struct buf out;
    bool foreign; /**< jq has no such path */
    struct reply *reply;
};

/** Say how it went wrong. */
#define COPYING_FAILED(copying, ...) (reply_say((copying)->reply, OUTCOME_FAILED, __VA_ARGS__), false)

/** The bytes of `range`. False: they are awaited (`*progress`), or the reply says why not. */
static bool copying_read(struct copying *copying, struct range range, struct buf *bytes,
                         enum progress *progress)
{
    uint64_t length = range.end - range.begin;
    if (length > COPY_MOST)
        return COPYING_FAILED(copying,
                              "The clipboard takes %u bytes at most, not %llu; :save writes them into a file",
                              COPY_MOST, (unsigned long long)length);
    while (range.begin < range.end) {
        struct span span;
        enum reader_result result =
            reader_span(copying->subject.reader, range.begin, (size_t)(range.end - range.begin), &span);
        if (result == READER_GIVEN_UP)
            *progress = session_interrupted(copying->session) ? PROGRESS_DONE : PROGRESS_WAITING;
        if (result == READER_GIVEN_UP)
            return false;
        if (result != READER_OK)
            return COPYING_FAILED(copying, "Byte %llu cannot be read; nothing was copied",
                                  (unsigned long long)range.begin);
        buf_append(bytes, span.data, span.length);
        range.begin += span.length;
    }
    return true;
}

/** The text of the string between the quotes at `range`. */
static bool copying_text(struct copying *copying, struct range range, enum progress *progress)
{
    struct json_unescape unescape = {0};
    struct buf bytes = {0};
    bool had = copying_read(copying, range, &bytes, progress);
    if (had)
        json_unescape(&unescape, (struct span){bytes.data, bytes.length}, true, &copying->out);
    copying->out.failed = copying->out.failed || bytes.failed;
    buf_release(&bytes);
    return had;
}

static bool copy_json(struct copying *copying, enum progress *progress)
{
    return copying_read(copying, copying->subject.value.value, &copying->out, progress);
}

static bool copy_string(struct copying *copying, enum progress *progress)
{
    struct range text;
    return json_string_of(&copying->subject, &text, copying->reply) && copying_text(copying, text, progress);
}

static bool copy_key(struct copying *copying, enum progress *progress)
{
    const struct json_value *value = &copying->subject.value;
    if (!value->keyed)
        return COPYING_FAILED(copying, "The value at byte %llu has no key",
                              (unsigned long long)value->value.begin);
    return copying_text(copying, json_between_quotes(value->key), progress);
}

/** Is the text UTF-8? What is not is made `\xNN` in `out`. */
static bool copying_utf8(const struct buf *text, struct buf *out)
{
    bool valid = true;
    for (size_t at = 0; at < text->length;) {
        struct utf8 character = utf8_decode(text->data + at, text->length - at);
        if (character.valid)
            buf_append(out, text->data + at, character.length);
        else
            buf_format(out, "\\x%02x", (unsigned char)text->data[at]);
        valid = valid && character.valid;
        at += character.length;
    }
    return valid;
}

static bool copying_path(struct copying *copying, bool brackets, enum progress *progress)
{
    const struct json_subject *subject = &copying->subject;
    struct buf path = {0};
    bool whole;
    enum nesting_answer answer = json_path_whole(subject->nesting, subject->reader, subject->from,
                                                 subject->at, brackets, &path, &whole);
    bool known = answer == NESTING_FOUND;
    if (!known)
        *progress = session_interrupted(copying->session) ? PROGRESS_DONE : PROGRESS_WAITING;
    else if (!whole)
        known = COPYING_FAILED(
            copying, "The path is too long to be copied: more than %u steps, or a key of more than %u bytes",
            PATH_WHOLE_STEPS, PATH_WHOLE_KEY);
    else if (brackets && path.length == 0)
        known = COPYING_FAILED(copying, "The document itself has no path in brackets");
    else if (!copying_utf8(&path, &copying->out) && !brackets) {
        buf_release(&path);
        buf_clear(&copying->out);
        copying->foreign = true;
        return copying_path(copying, true, progress);
    }
    copying->out.failed = copying->out.failed || path.failed;
    buf_release(&path);
    return known;
}

static bool copy_path(struct copying *copying, enum progress *progress)
{
    return copying_path(copying, false, progress);
}

static bool copy_brackets(struct copying *copying, enum progress *progress)
{
    return copying_path(copying, true, progress);
}

/** What can be copied; `told`: it is short, and said. */
static const struct copied_thing {
    const char *name;
    bool (*copy)(struct copying *copying, enum progress *progress);
    bool told;
} copied_thing[] = {
    {"json", copy_json, false}, {"string", copy_string, false},    {"key", copy_key, true},
    {"path", copy_path, true},  {"brackets", copy_brackets, true},
};

static const struct copied_thing *thing_find(const char *what)
{
    for (size_t i = 0; i < sizeof copied_thing / sizeof *copied_thing; i++)
        if (strcmp(copied_thing[i].name, what) == 0)
            return &copied_thing[i];
    return NULL;
}

bool json_copies(const char *what)
{
    return thing_find(what);
}

/** What was copied goes out. */
static enum progress copying_reply(struct copying *copying, const struct copied_thing *thing)
{
    struct reply *reply = copying->reply;
    struct buf *out = &copying->out;
    if (out->failed) {
        buf_release(out);
        return reply_say(reply, OUTCOME_FAILED, "Out of memory");
    }
    if (out->length == 0)
        return reply_say(reply, OUTCOME_FAILED, "The %s is empty: nothing was copied", thing->name);
    reply->payload = out->data;
    reply->value = out->length;
    if (copying->foreign)
        return reply_say(reply, OUTCOME_SAID, "%s to the clipboard: a key is no UTF-8, which jq cannot say",
                         out->data);
    if (thing->told)
        return reply_say(reply, OUTCOME_SAID, "%s to the clipboard (if the terminal allows OSC 52)",
                         out->data);
    return reply_say(reply, OUTCOME_SAID, "%zu byte%s to the clipboard (if the terminal allows OSC 52)",
                     out->length, out->length == 1 ? "" : "s");
}

enum progress json_copy(struct session *session, const char *what, struct reply *reply)
{
    const struct copied_thing *thing = thing_find(what);
    struct copying copying = {.session = session, .reply = reply};
    enum progress progress = PROGRESS_DONE;
    if (!json_subject(session, &copying.subject, &progress, reply))
        return progress;
    if (thing->copy(&copying, &progress))
        return copying_reply(&copying, thing);
    buf_release(&copying.out);
    return progress;
}

/** Words for what is saved. */
static const struct saved_thing {
    const char *name;
    enum shape shape;
} saved_thing[] = {
    {"json", SHAPE_NONE}, {"pretty", SHAPE_PRETTY}, {"compact", SHAPE_COMPACT}, {"string", SHAPE_TEXT}};

bool json_saves(const char *what, enum shape *shape)
{
    for (size_t i = 0; i < sizeof saved_thing / sizeof *saved_thing; i++)
        if (strcmp(saved_thing[i].name, what) == 0) {
            if (shape)
                *shape = saved_thing[i].shape;
            return true;
        }
    return false;
}

bool json_save_range(struct session *session, const char *what, struct range *range, enum progress *progress,
                     struct reply *reply)
{
    struct json_subject subject;
    enum shape shape = SHAPE_NONE;
    if (!json_subject(session, &subject, progress, reply))
        return false;
    *range = subject.value.value;
    return !json_saves(what, &shape) || shape != SHAPE_TEXT || json_string_of(&subject, range, reply);
}
