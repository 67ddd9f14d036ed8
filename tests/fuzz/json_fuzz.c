/* SPDX-License-Identifier: MIT */
/**
 * fuzz: brackets of JSON against a loop over bytes, however they are cut and scanned, and the map of them; paths and the
 * text of strings. The first byte says how: newlines end strings, it begins in one, an escape is pending; the second where
 * it is cut.
 */
#include "folio/base/scan/brackets.h"
#include "folio/base/scan/scan.h"
#include "folio/model/json/place.h"
#include "folio/model/json/string.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define BYTES_MAX 4096u

enum { LINES = 1, INSIDE = 2, ESCAPED = 4 };

struct plain {
    struct brackets_state state;
    int64_t least;
    uint64_t commas; /**< at the least depth */
};

/** Go over one byte; what it is outside strings, or '"'. */
static char plain_byte(struct plain *plain, char byte, bool lines)
{
    struct brackets_state *state = &plain->state;
    bool escaped = state->escaped;
    state->escaped = byte == '\\' && !escaped;
    if (byte == '"' && !escaped) {
        state->inside = !state->inside;
        return '"';
    }
    if (state->inside) {
        state->inside = byte != '\n' || !lines;
        return 0;
    }
    state->depth += (byte == '[' || byte == '{') - (byte == ']' || byte == '}');
    plain->commas =
        state->depth < plain->least ? 0 : plain->commas + (byte == ',' && state->depth == plain->least);
    plain->least = state->depth < plain->least ? state->depth : plain->least;
    return byte && strchr("[{]},", byte) ? byte : 0;
}

static void must(bool right)
{
    if (!right)
        abort();
}

static bool bit(const uint64_t *words, size_t at)
{
    return words[at / 64] >> at % 64 & 1;
}

/** The plain answer of all bytes, compared with the map of them. */
static struct plain fuzz_map(const char *data, size_t length, struct brackets_state state, bool lines)
{
    static struct brackets_map map;
    struct plain plain = {.state = state};
    brackets_map(&map, 0, data, length, state, lines);
    for (size_t at = 0; at < length; at++) {
        char is = plain_byte(&plain, data[at], lines);
        must(bit(map.open, at) == (is == '[' || is == '{'));
        must(bit(map.close, at) == (is == ']' || is == '}'));
        must(bit(map.comma, at) == (is == ','));
        must(bit(map.quote, at) == (is == '"'));
    }
    return plain;
}

static void fuzz_scan(const char *data, size_t length, size_t cut, struct brackets_state state, bool lines)
{
    struct plain plain = fuzz_map(data, length, state, lines);
    struct brackets first = brackets_scan(data, cut, lines),
                    second = brackets_scan(data + cut, length - cut, lines);
    struct brackets joined = brackets_join(&first, &second), whole = brackets_scan(data, length, lines);
    const struct brackets *found[] = {&joined, &whole};
    for (int i = 0; i < 2; i++) {
        struct brackets_state after = brackets_after(state, found[i]);
        const struct brackets_case *as = brackets_as(found[i], state);
        must(after.inside == plain.state.inside && after.escaped == plain.state.escaped);
        must(after.depth == plain.state.depth && as->least == plain.least && as->commas == plain.commas);
    }
    must(joined.from[0].junk == whole.from[0].junk && joined.from[1].junk == whole.from[1].junk);
}

/** A path is one or not, and so is what stands before its last step; texts come back from their strings. */
static void fuzz_words(const char *data, size_t length)
{
    char *path = strndup(data, length);
    struct error error = {0};
    struct buf text = {0}, string = {0}, again = {0};
    struct json_unescape first = {0}, second = {0};
    must(path && (json_place_check(path, &error) || error.message[0] != '\0'));
    size_t last = json_place_last(path);
    must(last <= strlen(path));
    path[last] = '\0';
    must(json_place_check(path, &error));
    free(path);
    json_unescape(&first, (struct span){data, length}, true, &text);
    must(text.length <= length);
    json_escape((struct span){text.data, text.length}, &string);
    json_unescape(&second, (struct span){string.data, string.length}, true, &again);
    must(again.length == text.length &&
         (text.length == 0 || memcmp(again.data, text.data, text.length) == 0));
    buf_release(&text);
    buf_release(&string);
    buf_release(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2 || size - 2 > BYTES_MAX)
        return 0;
    struct brackets_state state = {.inside = data[0] & INSIDE, .escaped = data[0] & ESCAPED};
    size_t length = size - 2, cut = length > 0 ? data[1] * length / 255 : 0;
    char *copy = malloc(length > 0 ? length : 1); /* of just its length, so that reading behind it is seen */
    must(copy);
    memcpy(copy, data + 2, length);
    for (int way = 0; way < SCAN_WAY_COUNT; way++)
        if (scan_use((enum scan_way)way))
            fuzz_scan(copy, length, cut, state, data[0] & LINES);
    fuzz_words(copy, length);
    free(copy);
    return 0;
}
