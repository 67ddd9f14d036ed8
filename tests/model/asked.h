/* SPDX-License-Identifier: MIT */
/**
 * tests: a question of several patterns, asked of each line by the test itself, and what a filter must say then.
 *
 * Used by the tests of model/search/filter; one thread.
 */
#ifndef FOLIO_TESTS_MODEL_ASKED_H
#define FOLIO_TESTS_MODEL_ASKED_H

#include "model/sample.h"
#include "model/units.h"
#include "test.h"

#include "folio/model/search/filter.h"

/** A question as text: patterns, "!" before those that hide. */
struct asked {
    struct filter *filter;
    size_t count;
    struct pattern *pattern[FILTER_PARTS_MAX];
    struct matcher *matcher[FILTER_PARTS_MAX];
    bool hide[FILTER_PARTS_MAX];
    struct units lines; /**< where visible lines begin */
};

static inline struct pattern *asked_pattern(const char *text)
{
    struct error error;
    struct pattern *pattern = pattern_compile(text, strlen(text), PATTERN_EXACT, false, &error);
    assert_non_null(pattern);
    return pattern;
}

/** Ask `question`: patterns with a blank between them. */
static inline void asked_open(struct asked *asked, struct survey *survey, const struct matches_text *text,
                              const char *question)
{
    struct error error;
    struct filter_part part[FILTER_PARTS_MAX];
    char words[200];
    *asked = (struct asked){0};
    assert_true(strlen(question) < sizeof words);
    strcpy(words, question);
    for (char *rest = words, *word; (word = strsep(&rest, " "));) {
        size_t i = asked->count++;
        asked->hide[i] = *word == '!';
        word += asked->hide[i];
        asked->pattern[i] = asked_pattern(word);
        asked->matcher[i] = matcher_open(asked->pattern[i], &error);
        assert_non_null(asked->matcher[i]);
        part[i] = (struct filter_part){asked_pattern(word), asked->hide[i]};
    }
    asked->filter = filter_open(survey, part, asked->count, text, &error);
    assert_non_null(asked->filter);
}

static inline void asked_close(struct asked *asked)
{
    filter_close(asked->filter);
    for (size_t i = 0; i < asked->count; i++) {
        matcher_close(asked->matcher[i]);
        pattern_free(asked->pattern[i]);
    }
    free(asked->lines.unit);
}

/** The line `text`, which begins at `begin`, goes by: is it visible? */
static inline void asked_line(struct asked *asked, struct span text, uint64_t begin)
{
    struct hit hit;
    for (size_t i = 0; i < asked->count; i++)
        if ((matcher_find(asked->matcher[i], text, 0, &hit) == PATTERN_FOUND) == asked->hide[i])
            return;
    units_add(&asked->lines, begin);
}

/** Go from line to line of the sample, the plain way. */
static inline void asked_list(struct asked *asked, const struct sample *sample)
{
    asked->lines.count = 0;
    for (uint64_t begin = 0, end; begin < sample->length; begin = end + 1) {
        end = sample_line_end(sample, begin);
        uint64_t shown = sample_shown_end(sample, begin, end);
        asked_line(asked, (struct span){sample->data + begin, (size_t)(shown - begin)}, begin);
    }
}

/** Ask what is next to `offset`. */
static inline void asked_next(const struct asked *asked, struct reader *reader, uint64_t offset, bool forward,
                              bool complete)
{
    const struct units *lines = &asked->lines;
    uint64_t line;
    size_t rank = units_rank(lines, offset);
    enum matches_result result = filter_next(asked->filter, reader, offset, forward, &line);
    if (result == MATCHES_UNKNOWN && !complete)
        return;
    bool some = forward ? rank < lines->count : rank > 0;
    assert_int_equal(result, some ? MATCHES_FOUND : MATCHES_NONE);
    if (some)
        assert_int_equal(line, lines->unit[forward ? rank : rank - 1]);
}

/** Ask about one random place of a file of `size` bytes. */
static inline void asked_somewhere(const struct asked *asked, struct reader *reader, uint64_t size,
                                   bool complete)
{
    const struct units *lines = &asked->lines;
    uint64_t offset = sample_below(size + 1), rank;
    if (lines->count && sample_below(2))
        offset = lines->unit[sample_below(lines->count)] + sample_below(2);
    if (sample_below(4) == 0)
        offset -= offset % SURVEY_BLOCK;
    asked_next(asked, reader, offset, true, complete);
    asked_next(asked, reader, offset, false, complete);
    if (filter_rank(asked->filter, reader, offset, &rank))
        assert_int_equal(rank, units_rank(lines, offset));
    else
        assert_false(complete);
}

/** Ask until all is known, then some more, then go from line to line. */
static inline void asked_check(const struct asked *asked, struct reader *reader, uint64_t size)
{
    const struct units *lines = &asked->lines;
    size_t tries = 0;
    for (; !filter_state(asked->filter, reader).complete; tries++) {
        assert_true(tries < 100000000);
        asked_somewhere(asked, reader, size, false);
    }
    assert_int_equal(filter_state(asked->filter, reader).count, lines->count);
    for (int i = 0; i < 150; i++)
        asked_somewhere(asked, reader, size, true);
    size_t from = lines->count ? sample_below(lines->count) : 0;
    for (size_t i = from; i < from + 300 && i < lines->count; i++)
        asked_next(asked, reader, i ? lines->unit[i - 1] + 1 : 0, true, true);
}

#endif
