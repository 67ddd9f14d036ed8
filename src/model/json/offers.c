/* SPDX-License-Identifier: MIT */
/* model: how a path of a JSON file may go on (see the header). View thread. */
#include "folio/model/json/offers.h"

#include "bytes.h"
#include "key.h"
#include "seek.h"

#include "folio/model/json/path.h"
#include "folio/model/json/string.h"

#include <inttypes.h>
#include <string.h>

/** Offers being made. */
struct offering {
    struct buf *words;
    bool root; /**< a path begins with them */
    unsigned count;
};

/** A step, which has been written behind the others, is complete. */
static void offer_end(struct offering *offering)
{
    buf_append(offering->words, "", 1);
    offering->count++;
}

/** The bytes of a key that is short enough to be typed, up to its quote. Length 0: it is not. */
static struct span key_whole(struct span span)
{
    for (size_t at = 0; at < span.length && span.data[at] != '\0' && span.data[at] != '\n'; at++) {
        if (span.data[at] == '"')
            return (struct span){span.data, at};
        at += span.data[at] == '\\';
    }
    return (struct span){0};
}

static bool offer_key(struct json_seeking *seeking, uint64_t quote)
{
    struct offering *offering = seeking->context;
    struct span span;
    struct buf step = {0};
    if (reader_span(seeking->scene->reader, quote + 1, PATH_KEY_MAX, &span) != READER_OK)
        return true;
    struct span key = key_whole(span);
    if (key.length > 0) {
        json_key_write(key, false, &step);
        buf_text(offering->words, offering->root && buf_string(&step)[0] == '[' ? "." : "");
        buf_append(offering->words, step.data, step.length);
        offer_end(offering);
    }
    buf_release(&step);
    return offering->count < OFFERS_MOST;
}

/** Give up beyond OFFERS_MEMBERS: the scene is asked now and then. */
struct offers_budget {
    const struct json_scene *scene;
    unsigned asked;
};

static bool offers_go_on(void *context)
{
    struct offers_budget *budget = context;
    const struct json_scene *scene = budget->scene;
    return ++budget->asked * SEEK_ROUND < OFFERS_MEMBERS && (!scene->go_on || scene->go_on(scene->context));
}

/** What a key must begin with, of which `typed` is the step so far. */
static void offers_wanted(const char *typed, struct buf *text)
{
    struct json_unescape unescape = {.count = 0};
    typed += typed[0] == '.';
    typed += typed[0] == '[';
    if (typed[0] == '"')
        json_unescape(&unescape, (struct span){typed + 1, strlen(typed + 1)}, true, text);
    else
        buf_text(text, typed);
}

static enum nesting_answer offers_members(const struct json_scene *scene, uint64_t opener, const char *typed,
                                          struct offering *offering)
{
    struct buf wanted = {0};
    struct offers_budget budget = {.scene = scene};
    struct json_scene limited = *scene;
    limited.go_on = offers_go_on;
    limited.context = &budget;
    offers_wanted(typed, &wanted);
    struct json_seeking seeking = {.scene = &limited,
                                   .wanted = {buf_string(&wanted), wanted.length},
                                   .begins = true,
                                   .found = offer_key,
                                   .context = offering};
    enum nesting_answer answer = json_seek(&seeking, opener, 0);
    buf_release(&wanted);
    bool some = answer == NESTING_NONE || seeking.tired || offering->count > 0;
    return some ? NESTING_FOUND : answer;
}

/** The first child of an array and the last, where there are some and the step goes on so. */
static enum nesting_answer offers_children(const struct json_scene *scene, const struct json_place *place,
                                           const char *typed, struct offering *offering)
{
    uint64_t count;
    enum nesting_answer answer = json_seek_count(scene, place->value, &count);
    typed += typed[0] == '.';
    if (answer != NESTING_FOUND || count == 0 || (typed[0] != '\0' && strcmp(typed, "[") != 0))
        return answer;
    buf_text(offering->words, offering->root ? ".[0]" : "[0]");
    offer_end(offering);
    if (count > 1) {
        buf_format(offering->words, "%s[%" PRIu64 "]", offering->root ? "." : "", count - 1);
        offer_end(offering);
    }
    return NESTING_FOUND;
}

enum nesting_answer json_offers(const struct json_scene *scene, const struct json_place *place,
                                const char *typed, struct buf *words)
{
    struct offering offering = {.words = words, .root = place->followed == 0};
    char bracket;
    if (!json_byte(scene->reader, place->value, &bracket))
        return NESTING_FAILED;
    if (bracket == '{')
        return offers_members(scene, place->value, typed, &offering);
    if (bracket == '[')
        return offers_children(scene, place, typed, &offering);
    return NESTING_FOUND;
}
