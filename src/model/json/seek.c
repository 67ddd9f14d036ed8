/* SPDX-License-Identifier: MIT */
/* model: going over the members of an object by their keys (see seek.h). View thread. */
#include "seek.h"

#include "bytes.h"
#include "key.h"

/** Bytes of the file for each byte of a key's text: `\u0041`. */
#define SEEK_SPELLED 6u

/** Look at the member behind boundary `at`. False: do not go on. */
static bool seek_member(struct json_seeking *seeking, uint64_t at)
{
    struct reader *reader = seeking->scene->reader;
    struct span span = {0};
    char byte;
    if (!json_behind_blanks(reader, &at, &byte)) {
        seeking->failed = true;
        return false;
    }
    if (byte != '"')
        return true;
    size_t want = SEEK_SPELLED * seeking->wanted.length + 1;
    enum reader_result result =
        reader_span(reader, at + 1, want < READER_SPAN_MAX ? want : READER_SPAN_MAX, &span);
    seeking->failed = result == READER_GIVEN_UP;
    if (seeking->failed || !json_key_is(span, seeking->wanted, seeking->begins))
        return !seeking->failed;
    return seeking->found(seeking, at);
}

static bool seek_comma(void *context, uint64_t comma)
{
    struct json_seeking *seeking = context;
    const struct json_scene *scene = seeking->scene;
    seeking->comma = comma;
    seeking->tired = ++seeking->looked % SEEK_ROUND == 0 && scene->go_on && !scene->go_on(scene->context);
    return !seeking->tired && seek_member(seeking, comma + 1);
}

enum nesting_answer json_seek(struct json_seeking *seeking, uint64_t opener, uint64_t comma)
{
    struct nesting *nesting = seeking->scene->nesting;
    struct brackets_state state;
    enum nesting_answer answer = nesting_state(nesting, seeking->scene->reader, opener, &state);
    seeking->comma = comma;
    if (answer == NESTING_FOUND && comma == 0 && !seek_member(seeking, opener + 1))
        return seeking->failed ? NESTING_FAILED : NESTING_FOUND;
    if (answer == NESTING_FOUND)
        answer = nesting_each_comma(nesting, seeking->scene->reader, comma ? comma : opener + 1,
                                    state.depth + 1, seek_comma, seeking);
    if (seeking->tired)
        return NESTING_UNKNOWN;
    return seeking->failed ? NESTING_FAILED : answer;
}

enum nesting_answer json_seek_count(const struct json_scene *scene, uint64_t opener, uint64_t *count)
{
    uint64_t end, first = opener + 1;
    struct brackets_state state;
    char byte;
    enum nesting_answer answer = nesting_state(scene->nesting, scene->reader, opener, &state);
    if (answer == NESTING_FOUND)
        answer = nesting_down(scene->nesting, scene->reader, first, state.depth, &end);
    if (answer == NESTING_NONE)
        end = reader_size(scene->reader) + 1;
    else if (answer != NESTING_FOUND)
        return answer;
    if (!json_behind_blanks(scene->reader, &first, &byte))
        return NESTING_FAILED;
    *count = 0;
    if (byte == '\0' || first + 1 >= end)
        return NESTING_FOUND;
    answer = nesting_commas(scene->nesting, scene->reader, (struct range){opener + 1, end - 1},
                            state.depth + 1, count);
    ++*count;
    return answer;
}
