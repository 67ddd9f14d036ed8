/* SPDX-License-Identifier: MIT */
/*
 * session: bytes to the clipboard, or into a file. View thread.
 *
 * Both take a range: FROM,TO (TO is in it), FROM,+LENGTH, or FROM alone for one byte; without a range it is what is
 * selected, or the byte under the cursor. All are expressions. What is copied or saved is what is shown,
 * sandbox and all.
 */
#include "folio/session/part/copy.h"

#include "folio/base/bytes/base64.h"
#include "folio/base/bytes/buf.h"
#include "folio/model/reader/hole.h"
#include "folio/session/move/expression.h"
#include "folio/session/move/selection.h"
#include "folio/session/part/json_copy.h"
#include "folio/session/part/write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Bytes on a row of what is copied. */
#define COPY_HEX 16u
#define COPY_C   12u

/** What cannot be a range of this file. */
static enum reckon_result range_beyond(const struct session *session, uint64_t offset, struct error *error)
{
    const struct document *document = session->stage->document;
    error_set(error, 0, "There is no byte %llu: %s has %llu bytes", (unsigned long long)offset,
              document->name, (unsigned long long)reader_size(document->reader));
    return RECKON_FAILED;
}

/** The end of a range that begins at range->begin: behind the byte `text` means, or as long as it says after a +. */
static enum reckon_result range_end(struct session *session, const char *text, struct range *range,
                                    struct error *error)
{
    uint64_t size = reader_size(session->stage->document->reader), value;
    text += strspn(text, " ");
    bool length = text[0] == '+';
    enum reckon_result result = expression_reckon(session, text + length, &value, error);
    if (result != RECKON_OK)
        return result;
    if (length && value == 0) {
        error_set(error, 0, "A range has at least one byte");
        return RECKON_FAILED;
    }
    if (length) {
        range->end = range->begin + value;
        return range->end > size ? range_beyond(session, range->end - 1, error) : RECKON_OK;
    }
    if (value == size && size > 0)
        value--; /* up to the end */
    if (value >= size)
        return range_beyond(session, value, error);
    /* Whoever goes from mark to mark need not know which comes first, as with | in less. */
    if (value < range->begin && text[0] != '\'') {
        error_set(error, 0, "A range goes forward: byte %llu is before byte %llu", (unsigned long long)value,
                  (unsigned long long)range->begin);
        return RECKON_FAILED;
    }
    range->end = (range->begin > value ? range->begin : value) + 1;
    range->begin = range->begin < value ? range->begin : value;
    return RECKON_OK;
}

/** The range that `text` means; where it is empty what is selected, or the byte under the cursor. */
static enum reckon_result range_of(struct session *session, const char *text, struct range *range,
                                   struct error *error)
{
    char from[REQUEST_TEXT];
    const char *comma = strchr(text, ',');
    snprintf(from, sizeof from, "%.*s", comma ? (int)(comma - text) : (int)strlen(text), text);
    bool empty = text[strspn(text, " ")] == '\0';
    if (empty && selection_range(session, range))
        return RECKON_OK;
    if (empty)
        snprintf(from, sizeof from, ".");
    enum reckon_result result = expression_reckon(session, from, &range->begin, error);
    if (result != RECKON_OK)
        return result;
    range->end = range->begin + 1;
    if (range->begin >= reader_size(session->stage->document->reader))
        return range_beyond(session, range->begin, error);
    return comma ? range_end(session, comma + 1, range, error) : RECKON_OK;
}

/** Bytes that are to be written down, and their place. */
struct copied {
    struct range range;
    const unsigned char *byte;
    size_t length;
};

static void copy_hex(const struct copied *copied, struct buf *out)
{
    for (size_t i = 0; i < copied->length; i++)
        buf_format(out, "%s%02x", i == 0 ? "" : i % COPY_HEX ? " " : "\n", copied->byte[i]);
}

static void copy_c(const struct copied *copied, struct buf *out)
{
    buf_format(out, "static const unsigned char bytes[%zu] = {", copied->length);
    for (size_t i = 0; i < copied->length; i++)
        buf_format(out, "%s0x%02x,", i % COPY_C ? " " : "\n    ", copied->byte[i]);
    buf_text(out, "\n};\n");
}

static void copy_base64(const struct copied *copied, struct buf *out)
{
    base64_append(out, copied->byte, copied->length);
}

static void copy_offset(const struct copied *copied, struct buf *out)
{
    buf_format(out, "0x%llx", (unsigned long long)copied->range.begin);
}

/** What can be copied. */
static const struct copy_form {
    const char *name;
    void (*write)(const struct copied *copied, struct buf *out);
} copy_form[] = {
    {"value", copy_hex}, {"offset", copy_offset}, {"hex", copy_hex}, {"c", copy_c}, {"base64", copy_base64},
};

/** The form that `text` begins with; `*rest` is behind it. NULL: none. */
static const struct copy_form *copy_find(const char *text, const char **rest)
{
    size_t length = strcspn(text, " ");
    for (size_t i = 0; i < sizeof copy_form / sizeof *copy_form; i++)
        if (strlen(copy_form[i].name) == length && memcmp(copy_form[i].name, text, length) == 0) {
            *rest = text + length + strspn(text + length, " ");
            return &copy_form[i];
        }
    return NULL;
}

/** Write the bytes of the range down, into the reply. */
static enum progress copy_reply(const struct copy_form *form, const struct copied *copied,
                                struct reply *reply)
{
    struct buf out = {0};
    form->write(copied, &out);
    if (out.failed) {
        buf_release(&out);
        return reply_say(reply, OUTCOME_FAILED, "Out of memory");
    }
    reply->payload = out.data;
    reply->value = out.length;
    if (form->write == copy_offset)
        return reply_say(reply, OUTCOME_SAID, "%s to the clipboard (if the terminal allows OSC 52)",
                         out.data);
    return reply_say(reply, OUTCOME_SAID, "%zu byte%s to the clipboard (if the terminal allows OSC 52)",
                     copied->length, copied->length == 1 ? "" : "s");
}

/** All bytes of the range, or none. */
static enum progress copy_read(const struct session *session, const struct copy_form *form,
                               struct copied *copied, unsigned char *byte, struct reply *reply)
{
    size_t want = (size_t)(copied->range.end - copied->range.begin);
    enum reader_result result =
        reader_copy(session->stage->document->reader, copied->range.begin, want, byte, &copied->length);
    if (result == READER_GIVEN_UP)
        return session_interrupted(session) ? PROGRESS_DONE : PROGRESS_WAITING;
    if (result == READER_OK && copied->length == want)
        return copy_reply(form, copied, reply);
    uint64_t bad = copied->range.begin + copied->length;
    return reply_say(reply, OUTCOME_FAILED, "Byte %llu cannot be read; nothing was copied",
                     (unsigned long long)bad);
}

enum progress verb_copy(struct session *session, const struct request *request, struct reply *reply)
{
    const char *rest;
    const struct copy_form *form = copy_find(request->text, &rest);
    struct copied copied = {0};
    struct error error;
    if (!form && json_copies(request->text))
        return json_copy(session, request->text, reply);
    if (!form)
        return reply_say(reply, OUTCOME_FAILED,
                         ":copy value, offset; hex, c, base64 FROM,TO; json, string, key, path, brackets");
    enum reckon_result reckoned = range_of(session, rest, &copied.range, &error);
    if (reckoned != RECKON_OK)
        return expression_failed(session, reckoned, &error, reply);
    uint64_t length = copied.range.end - copied.range.begin;
    if (length > COPY_MOST)
        return reply_say(reply, OUTCOME_FAILED,
                         "The clipboard takes %u bytes at most, not %llu; :save writes them into a file",
                         COPY_MOST, (unsigned long long)length);
    unsigned char *byte = malloc((size_t)length);
    if (!byte)
        return reply_say(reply, OUTCOME_FAILED, "Out of memory");
    copied.byte = byte;
    enum progress progress = copy_read(session, form, &copied, byte, reply);
    free(byte);
    return progress;
}

/** What is saved, and into which file. */
struct saved {
    char range[REQUEST_TEXT]; /**< "" for what is selected */
    char name[REQUEST_TEXT];  /**< "" where none was typed */
};

/** Where the name begins that was typed behind the range; `*word` is the range's length, 0 for what is selected. */
static size_t save_name_at(const struct session *session, const char *text, size_t *word)
{
    struct range selected;
    *word = strcspn(text, " ");
    size_t name = *word + strspn(text + *word, " ");
    if (*word == 0 || text[name] || !selection_range(session, &selected))
        return name;
    *word = 0;
    return 0;
}

/** The range, and the name behind it, without the blanks around them. */
static void save_parse(const struct session *session, const char *text, struct saved *saved)
{
    size_t word, name = save_name_at(session, text, &word), end = strlen(text);
    while (end > name && text[end - 1] == ' ')
        end--;
    snprintf(saved->range, sizeof saved->range, "%.*s", (int)word, text);
    snprintf(saved->name, sizeof saved->name, "%.*s", (int)(end - name), text + name);
}

const char *copy_save_name(const struct session *session, const char *text)
{
    size_t word;
    return text + save_name_at(session, text, &word);
}

/** The bytes that the range means, in words or as places. False where `*progress` is to be returned. */
static bool save_range(struct session *session, const char *text, struct range *range,
                       enum progress *progress, struct reply *reply)
{
    struct error error;
    if (json_saves(text, NULL))
        return json_save_range(session, text, range, progress, reply);
    enum reckon_result reckoned = range_of(session, text, range, &error);
    if (reckoned != RECKON_OK)
        *progress = expression_failed(session, reckoned, &error, reply);
    return reckoned == RECKON_OK;
}

enum progress verb_save(struct session *session, const struct request *request, struct reply *reply)
{
    struct saved saved;
    struct range range = {0, 0};
    enum shape shape = SHAPE_NONE;
    enum progress progress = PROGRESS_DONE;
    save_parse(session, request->text, &saved);
    if (saved.name[0] == '\0')
        return reply_say(reply, OUTCOME_FAILED, ":save needs a range and a file name: FROM,TO FILE");
    (void)json_saves(saved.range, &shape);
    if (writing_begun(session, request) || save_range(session, saved.range, &range, &progress, reply))
        return writing_bytes(session, request, range, shape, saved.name, reply);
    return progress;
}
