/* SPDX-License-Identifier: MIT */
/**
 * fuzz: any pattern of bytes over any bytes. The first line is the pattern, what follows is searched.
 *
 * What is refused says why. What is found in all of the bytes must be what is found in as many bytes as a match has, at
 * one place after the other: so the vectors are held against a loop. As lines, matches are the same but for those with a
 * newline in them.
 */
#include "folio/model/pattern/bytes.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool condition)
{
    if (!condition)
        abort();
}

/** The first place from `from` on where the pattern stands by itself, in a line if that is asked for; SIZE_MAX: none. */
static size_t plain_find(struct matcher *matcher, struct span span, size_t reach, size_t from, bool line)
{
    struct hit hit;
    for (; from + reach <= span.length; from++) {
        struct span here = {span.data + from, reach};
        if (matcher_find(matcher, here, 0, &hit) == PATTERN_FOUND) {
            require(hit.begin == 0 && hit.end == reach);
            if (!line || !memchr(here.data, '\n', reach))
                return from;
        }
    }
    return SIZE_MAX;
}

/** All matches, overlapping or not. */
static void compare(struct matcher *matcher, struct span span, size_t reach)
{
    struct hit hit = {0};
    for (size_t from = 0; from <= span.length; from = hit.begin + 1) {
        size_t expected = plain_find(matcher, span, reach, from, false);
        enum pattern_result result = matcher_find(matcher, span, from, &hit);
        require(result == (expected == SIZE_MAX ? PATTERN_NONE : PATTERN_FOUND));
        if (result == PATTERN_NONE)
            break;
        require(hit.begin == expected && hit.end == expected + reach);
    }
    for (size_t from = 0; from < span.length; from = hit.line_end + 1) {
        size_t expected = plain_find(matcher, span, reach, from, true);
        enum pattern_result result = matcher_line(matcher, span, from, &hit);
        require(result == (expected == SIZE_MAX ? PATTERN_NONE : PATTERN_FOUND));
        if (result == PATTERN_NONE)
            break;
        require(hit.begin == expected && hit.line_begin <= hit.begin && hit.end <= hit.line_end);
        require(hit.line_end == span.length || span.data[hit.line_end] == '\n');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 2048)
        return 0;
    const char *newline = size > 0 ? memchr(data, '\n', size) : NULL;
    size_t length = !newline ? size : (size_t)(newline - (const char *)data);
    struct span span = {(const char *)data + length, size - length};
    if (newline)
        span = (struct span){newline + 1, size - length - 1};
    char text[2049];
    struct error error;
    if (length > 0)
        memcpy(text, data, length);
    text[length] = '\0';
    struct pattern *pattern = pattern_compile_bytes(text, length, &error);
    if (strlen(text) == length) {
        require(pattern_is_bytes(text) == (pattern != NULL));
        require(pattern_is_bytes(text) || !pattern_is_quoted(text));
    }
    if (!pattern) {
        require(strncmp(error.message, "Invalid bytes: ", 15) == 0);
        return 0;
    }
    struct matcher *matcher = matcher_open(pattern, &error);
    require(matcher && pattern_reach(pattern) > 0);
    compare(matcher, span, pattern_reach(pattern));
    matcher_close(matcher);
    pattern_free(pattern);
    return 0;
}
