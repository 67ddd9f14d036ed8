/* SPDX-License-Identifier: MIT */
/**
 * tests: what the model says of each value of a JSON file, for a judge to compare with what others say.
 *
 *     json_values FILE...
 *
 * A line for each value, from the outermost on: where it begins and ends, its mark, its path, with `!` before it if the path
 * does not lead to where it begins. Then "end", depth and string state there, and whether something else is wrong: a closing
 * bracket, or more behind the document.
 */
#include "model/known_json.h"
#include "test.h"

#include "folio/model/json/path.h"
#include "folio/model/json/place.h"
#include "folio/model/json/value.h"

#include <inttypes.h>
#include <stdio.h>

/** Values of a deeper file are only counted. */
#define LEVELS 2000

struct walk {
    struct known known;
    char bracket[LEVELS]; /**< what opens each container around */
    size_t depth;
    bool wrong;    /**< something was closed by the other bracket */
    uint64_t from; /**< where the document begins: behind a byte order mark */
    uint64_t at;   /**< the boundary behind what was read */
};

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/** The first byte from `walk->at` on that is no blank; 0 at the end. */
static char walk_next(struct walk *walk)
{
    const struct sample *sample = &walk->known.sample;
    while (walk->at < sample->length && is_blank(sample->data[walk->at]))
        walk->at++;
    return walk->at < sample->length ? sample->data[walk->at] : '\0';
}

static void walk_say(struct walk *walk, const struct json_value *value)
{
    struct reader *reader = walk->known.sample.reader;
    struct json_scene scene = {.nesting = walk->known.nesting, .reader = reader, .from = walk->from};
    struct json_place place = {0};
    struct buf path = {0};
    struct error error;
    uint64_t end;
    enum nesting_answer ended = json_value_end(walk->known.nesting, reader, value, &end);
    assert_true(ended == NESTING_FOUND || ended == NESTING_NONE);
    assert_int_equal(json_path(walk->known.nesting, reader, walk->from, value->value.begin, &path),
                     NESTING_FOUND);
    bool leads = json_place(&scene, buf_string(&path), &place, &error) == NESTING_FOUND;
    printf("%" PRIu64 " %" PRIu64 " %d %s%s\n", value->value.begin, end, (int)value->mark,
           leads && place.value == value->value.begin ? "" : "!", buf_string(&path));
    walk->at = end;
    buf_release(&path);
}

/** Read the value at hand. True: it is a container, into which it goes. */
static bool walk_value(struct walk *walk)
{
    struct json_value value;
    char bracket = walk->depth > 0 ? walk->bracket[walk->depth - 1] : '\0';
    assert_int_equal(
        json_value_read(walk->known.nesting, walk->known.sample.reader, walk->at, bracket, &value),
        NESTING_FOUND);
    if (value.kind == JSON_ABSENT && value.mark == JSON_FINE)
        return false;
    walk_say(walk, &value);
    if (!json_kind_contains(value.kind) || walk->depth == LEVELS)
        return false;
    walk->at = value.value.end;
    walk->bracket[walk->depth++] = value.kind == JSON_OBJECT ? '{' : '[';
    return true;
}

/** Go on behind a value. False: that was the document. */
static bool walk_on(struct walk *walk)
{
    char byte;
    while (walk->depth > 0 && ((byte = walk_next(walk)) == ']' || byte == '}')) {
        walk->wrong = walk->wrong || byte != walk->bracket[--walk->depth] + 2;
        walk->at++;
    }
    if (walk->depth == 0)
        return false;
    walk->at += walk_next(walk) == ',';
    return walk_next(walk) != '\0';
}

/** All values, as long as each of them goes on from the one before. */
static void walk_all(struct walk *walk)
{
    uint64_t before;
    bool more;
    do {
        before = walk->at;
        bool entered = walk_value(walk);
        char byte = walk_next(walk);
        more = (entered && byte && !strchr("]}", byte)) || walk_on(walk);
    } while (more && walk->at > before);
}

/** One file. False: it cannot be read. */
static bool walk_file(struct walk *walk, const char *name)
{
    struct brackets_state state;
    struct buf data = {0};
    char piece[65536];
    size_t got;
    FILE *file = fopen(name, "rb");
    if (!file)
        return false;
    while ((got = fread(piece, 1, sizeof piece, file)) > 0)
        buf_append(&data, piece, got);
    fclose(file);
    buf_append(&data, "", 1); /* is malloc'd, be it empty */
    *walk = (struct walk){0};
    known_open(&walk->known, data.data, data.length - 1);
    if (data.length > 3 && memcmp(data.data, "\xef\xbb\xbf", 3) == 0)
        walk->at = walk->from = 3;
    walk_all(walk);
    assert_int_equal(nesting_state(walk->known.nesting, walk->known.sample.reader, data.length - 1, &state),
                     NESTING_FOUND);
    (void)walk_next(walk);
    printf("end %" PRId64 " %d %d\n", state.depth, state.inside, walk->wrong || walk->at < data.length - 1);
    known_close(&walk->known);
    return true;
}

int main(int argc, char **argv)
{
    static struct walk walk;
    for (int i = 1; i < argc; i++)
        if (!walk_file(&walk, argv[i]))
            return 2;
    return 0;
}
