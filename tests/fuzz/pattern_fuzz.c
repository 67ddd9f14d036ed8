/* SPDX-License-Identifier: MIT */
/**
 * fuzz: any pattern over any bytes. The first byte chooses the letter case and whether it is literal, the rest of the
 * first line is the pattern, what follows is searched.
 *
 * Whatever way matcher_line goes, it must find what matcher_find finds in one line after the other, in its bounds.
 * Where letters match as they are, matcher_find is asked with a comment before the pattern, which nobody sees through:
 * so nothing is believed of it, neither what it needs nor what it cannot see. Where either gives a line up there is
 * nothing to compare: a way that skips lines need not notice that one is hard.
 */
#include "folio/model/pattern/pattern.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition)
        abort();
}

/** The first line from `from` on in which matcher_find finds something. */
static enum pattern_result plain_line(struct matcher *matcher, struct span lines, size_t from,
                                      struct hit *hit)
{
    while (from < lines.length) {
        const char *newline = memchr(lines.data + from, '\n', lines.length - from);
        size_t end = !newline ? lines.length : (size_t)(newline - lines.data);
        enum pattern_result result =
            matcher_find(matcher, (struct span){lines.data + from, end - from}, 0, hit);
        if (result != PATTERN_NONE) {
            *hit = (struct hit){hit->begin + from, hit->end + from, from, end};
            return result;
        }
        from = end + 1;
    }
    return PATTERN_NONE;
}

static void compare(struct matcher *matcher, struct matcher *reference, struct span lines)
{
    for (size_t from = 0;;) {
        struct hit hit = {0}, expected = {0};
        enum pattern_result result = matcher_line(matcher, lines, from, &hit);
        enum pattern_result plain = plain_line(reference, lines, from, &expected);
        if (result == PATTERN_TOO_HARD || plain == PATTERN_TOO_HARD)
            return;
        require(result == plain);
        if (result == PATTERN_NONE)
            return;
        require(memcmp(&hit, &expected, sizeof hit) == 0);
        require(from <= hit.line_begin && hit.line_begin <= hit.begin && hit.begin <= hit.end);
        require(hit.end <= hit.line_end && hit.line_end <= lines.length);
        from = hit.line_end + 1;
    }
}

/** All matches of one line, and one from every place in it. */
static void walk(struct matcher *matcher, struct span line)
{
    struct hit hit = {0};
    for (size_t from = 0; from <= line.length && from < 200; from++)
        if (matcher_find(matcher, line, from, &hit) == PATTERN_FOUND)
            require(hit.begin <= hit.end && hit.end <= line.length);
}

/** The same pattern behind a comment; NULL where that is another pattern, or none. */
static struct pattern *veiled(const char *text, size_t length)
{
    struct error error;
    char *copy = malloc(length + 4);
    require(copy != NULL);
    memcpy(copy, "(?#)", 4);
    memcpy(copy + 4, text, length);
    struct pattern *pattern = pattern_compile(copy, length + 4, PATTERN_EXACT, false, &error);
    free(copy);
    return pattern;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0 || size > 4096)
        return 0;
    const char *text = (const char *)data + 1;
    const char *newline = memchr(text, '\n', size - 1);
    size_t length = !newline ? size - 1 : (size_t)(newline - text);
    struct span lines = {text + length, size - 1 - length};
    if (newline)
        lines = (struct span){lines.data + 1, lines.length - 1};
    struct error error;
    struct pattern *pattern =
        pattern_compile(text, length, (enum pattern_case)(data[0] % 3), (data[0] & 4) != 0, &error);
    if (!pattern) {
        require(memcmp(error.message, "Invalid pattern: ", 17) == 0);
        return 0;
    }
    struct matcher *matcher = matcher_open(pattern, &error);
    require(matcher != NULL);
    struct pattern *veil = data[0] % 3 == PATTERN_EXACT && (data[0] & 4) == 0 ? veiled(text, length) : NULL;
    struct matcher *reference = !veil ? matcher : matcher_open(veil, &error);
    require(reference != NULL);
    compare(matcher, reference, lines);
    matcher_close(!veil ? NULL : reference);
    pattern_free(veil);
    const char *end = memchr(lines.data, '\n', lines.length);
    walk(matcher, (struct span){lines.data, !end ? lines.length : (size_t)(end - lines.data)});
    matcher_close(matcher);
    pattern_free(pattern);
    return 0;
}
