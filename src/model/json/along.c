/* SPDX-License-Identifier: MIT */
/* model: from key to key (see the header). View thread. */
#include "folio/model/json/along.h"

#include "bytes.h"

/** Bytes that are looked through at a time. */
#define ALONG_BYTES 65536u

/** Does a string that is a key begin at `quote`, where it is spelled as one? */
static enum nesting_answer key_at(const struct json_along *along, uint64_t quote)
{
    struct brackets_state state;
    uint64_t behind = quote + (along->key.end - along->key.begin);
    char byte;
    if (!json_behind_blanks(along->reader, &behind, &byte))
        return NESTING_FAILED;
    if (byte != ':')
        return NESTING_NONE;
    enum nesting_answer answer = nesting_state(along->nesting, along->reader, quote, &state);
    return answer == NESTING_FOUND && state.inside ? NESTING_NONE : answer;
}

/** Bytes at hand to be looked through, and where it is gone on if the key is not there. */
struct look {
    uint64_t begin;
    struct span span;
    uint64_t past;
};

static uint64_t page_of(uint64_t at)
{
    return at - at % READER_PAGE;
}

/** Bytes from `along->at` on, up to a page that cannot be read. False: they cannot be had now. */
static bool look_forward(const struct json_along *along, uint64_t length, struct look *look)
{
    look->begin = along->at;
    enum reader_result result = reader_span(along->reader, look->begin, ALONG_BYTES, &look->span);
    if (result != READER_OK)
        look->span = (struct span){"", 0};
    look->past = look->begin + look->span.length;
    if (look->span.length == 0)
        look->past = page_of(look->past) + READER_PAGE;
    else if (look->span.length == ALONG_BYTES)
        look->past -= length - 1;
    return result != READER_GIVEN_UP;
}

/** The same, those before it. */
static bool look_back(const struct json_along *along, uint64_t length, struct look *look)
{
    uint64_t end = along->at;
    look->begin = end > ALONG_BYTES ? end - ALONG_BYTES : 0;
    look->past = look->begin > 0 ? look->begin + length - 1 : 0;
    for (look->span = (struct span){"", 0}; look->begin < end;) {
        enum reader_result result =
            reader_span(along->reader, look->begin, (size_t)(end - look->begin), &look->span);
        if (result == READER_GIVEN_UP)
            return false;
        if (result != READER_OK)
            look->span = (struct span){"", 0};
        if (look->span.length == end - look->begin)
            return true;
        look->past = page_of(look->begin + look->span.length);
        look->begin = look->past + READER_PAGE;
        look->span = (struct span){"", 0};
    }
    return true;
}

/** The first place in the bytes where the key is spelled, or the last one; `length` if there is none. */
static size_t spelled(const struct needle *needle, struct span bytes, bool first)
{
    size_t found = bytes.length;
    for (size_t from = 0; from + needle->length <= bytes.length;) {
        size_t at = from + needle_find(needle, bytes.data + from, bytes.length - from);
        if (at >= bytes.length)
            break;
        found = at;
        if (first)
            break;
        from = at + 1;
    }
    return found;
}

/** Look at some bytes. NONE: no key is there, and `at` is past them. */
static enum nesting_answer along_look(struct json_along *along, const struct needle *needle, uint64_t *quote)
{
    struct look look;
    if (!(along->forward ? look_forward : look_back)(along, needle->length, &look))
        return NESTING_FAILED;
    size_t found = spelled(needle, look.span, along->forward);
    if (found == look.span.length) {
        along->at = look.past;
        return NESTING_NONE;
    }
    *quote = look.begin + found;
    enum nesting_answer answer = key_at(along, *quote);
    if (answer == NESTING_NONE)
        along->at = along->forward ? *quote + 1 : *quote + needle->length - 1;
    return answer;
}

/** Is there more to be looked through? */
static bool along_more(const struct json_along *along, size_t length)
{
    return along->forward ? along->at + length <= reader_size(along->reader) : along->at >= length;
}

enum nesting_answer json_along(struct json_along *along, uint64_t *quote)
{
    struct span key = {"", 0};
    struct needle needle;
    size_t length = (size_t)(along->key.end - along->key.begin);
    if (reader_span(along->reader, along->key.begin, length, &key) == READER_GIVEN_UP)
        return NESTING_FAILED;
    if (key.length < length || !needle_init(&needle, key.data, length, false))
        return NESTING_NONE;
    while (along_more(along, length)) {
        enum nesting_answer answer = along_look(along, &needle, quote);
        if (answer != NESTING_NONE)
            return answer;
        if (!along->go_on(along->context))
            return NESTING_UNKNOWN;
    }
    return NESTING_NONE;
}
