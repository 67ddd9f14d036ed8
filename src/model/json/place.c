/* SPDX-License-Identifier: MIT */
/*
 * model: from the path of a value to its place (see the header). View thread.
 *
 * A child of an array is the comma before it, which the nesting finds by sums over blocks. A member is looked for comma by
 * comma, each of them one place to be compared with the key: what is in the members is stepped over.
 */
#include "folio/model/json/place.h"

#include "bytes.h"
#include "path_step.h"
#include "seek.h"

#include "folio/model/json/string.h"

#include <inttypes.h>
#include <string.h>

/* ---- members ---- */

static bool take_first(struct json_seeking *seeking, uint64_t quote)
{
    *(uint64_t *)seeking->context = quote;
    return false;
}

/** The value of the member whose key's quote is at `quote`. */
static enum nesting_answer member_value(const struct json_scene *scene, uint64_t quote, uint64_t *value)
{
    char byte;
    enum nesting_answer answer = nesting_quote(scene->nesting, scene->reader, quote + 1, true, value);
    if (answer != NESTING_FOUND)
        return answer;
    ++*value;
    if (!json_behind_blanks(scene->reader, value, &byte))
        return NESTING_FAILED;
    *value += byte == ':';
    return json_behind_blanks(scene->reader, value, &byte) ? NESTING_FOUND : NESTING_FAILED;
}

static enum nesting_answer member_find(const struct json_scene *scene, const struct json_step *step,
                                       struct json_place *place)
{
    struct buf key = {0};
    struct json_unescape unescape = {.count = 0};
    uint64_t quote = 0;
    if (step->quoted)
        json_unescape(&unescape, step->key, true, &key);
    else
        buf_append(&key, step->key.data, step->key.length);
    struct json_seeking seeking = {
        .scene = scene, .wanted = {buf_string(&key), key.length}, .found = take_first, .context = &quote};
    enum nesting_answer answer =
        key.failed ? NESTING_FAILED : json_seek(&seeking, place->value, place->member);
    buf_release(&key);
    place->member = seeking.comma;
    return answer == NESTING_FOUND ? member_value(scene, quote, &place->value) : answer;
}

/* ---- children of an array ---- */

/** The boundary behind which child `number` begins. */
static enum nesting_answer child_boundary(const struct json_scene *scene, uint64_t opener, int64_t depth,
                                          int64_t number, uint64_t *boundary)
{
    uint64_t count;
    *boundary = opener + 1;
    if (number < 0) {
        enum nesting_answer answer = json_seek_count(scene, opener, &count);
        if (answer != NESTING_FOUND)
            return answer;
        number += (int64_t)count;
    }
    if (number <= 0)
        return number < 0 ? NESTING_NONE : NESTING_FOUND;
    enum nesting_answer answer =
        nesting_comma(scene->nesting, scene->reader, opener + 1, depth, (uint64_t)number - 1, boundary);
    ++*boundary;
    return answer;
}

static enum nesting_answer child_find(const struct json_scene *scene, const struct json_step *step,
                                      struct json_place *place)
{
    struct brackets_state state;
    uint64_t value;
    char byte;
    enum nesting_answer answer = nesting_state(scene->nesting, scene->reader, place->value, &state);
    if (answer == NESTING_FOUND)
        answer = child_boundary(scene, place->value, state.depth + 1, step->number, &value);
    if (answer != NESTING_FOUND)
        return answer;
    if (!json_behind_blanks(scene->reader, &value, &byte))
        return NESTING_FAILED;
    if (byte == '\0' || strchr("]},", byte))
        return NESTING_NONE;
    place->value = value;
    return NESTING_FOUND;
}

/* ---- paths ---- */

bool json_place_check(const char *path, struct error *error)
{
    struct json_step step;
    for (size_t at = json_step_first(path); path[at] != '\0'; at = step.end)
        if (!json_step_read(path, at, &step, error))
            return false;
    return true;
}

size_t json_place_last(const char *path)
{
    struct json_step step;
    struct error ignored;
    size_t at = path[0] == '.' && path[1] == '[' ? 1 : 0;
    while (json_step_read(path, at, &step, &ignored) && path[step.end] != '\0')
        at = step.end;
    return at;
}

/** Why a step leads nowhere. */
static void place_missing(const char *path, size_t at, const struct json_step *step, char bracket,
                          struct error *error)
{
    int length = (int)(step->end - at), before = at > 0 ? (int)at : 1;
    const char *container = at > 0 ? path : ".";
    if (bracket == (step->index ? '[' : '{'))
        error_set(error, 0, "There is no %.*s in %.*s", length, path + at, before, container);
    else
        error_set(error, 0, "There is no %.*s: %.*s is no %s", length, path + at, before, container,
                  step->index ? "array" : "object");
}

/** Go one step on. */
static enum nesting_answer place_step(const struct json_scene *scene, const char *path,
                                      struct json_place *place, struct error *error)
{
    struct json_step step;
    char bracket;
    if (!json_step_read(path, place->followed, &step, error))
        return NESTING_NONE;
    if (!json_byte(scene->reader, place->value, &bracket))
        return NESTING_FAILED;
    enum nesting_answer answer = NESTING_NONE;
    if (bracket == (step.index ? '[' : '{'))
        answer = (step.index ? child_find : member_find)(scene, &step, place);
    if (answer == NESTING_NONE)
        place_missing(path, place->followed, &step, bracket, error);
    if (answer != NESTING_FOUND)
        return answer;
    place->followed = step.end;
    place->member = 0;
    return NESTING_FOUND;
}

enum nesting_answer json_place(const struct json_scene *scene, const char *path, struct json_place *place,
                               struct error *error)
{
    enum nesting_answer answer = NESTING_FOUND;
    char byte;
    if (place->followed == 0) {
        place->value = scene->from;
        if (!json_behind_blanks(scene->reader, &place->value, &byte))
            return NESTING_FAILED;
        place->followed = json_step_first(path);
    }
    while (answer == NESTING_FOUND && path[place->followed] != '\0')
        answer = place_step(scene, path, place, error);
    return answer;
}
