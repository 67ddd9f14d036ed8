/* SPDX-License-Identifier: MIT */
/**
 * model, private: the inside of patterns and matchers, for pattern.c (one line, by PCRE2) and matcher.c (many lines).
 *
 * PCRE2's types stand here by the names of their structs, so that only pattern.c includes it.
 */
#ifndef FOLIO_MODEL_PATTERN_INSIDE_H
#define FOLIO_MODEL_PATTERN_INSIDE_H

#include "folio/base/bytes/span.h"
#include "folio/base/scan/needle.h"
#include "folio/model/pattern/matcher.h"
#include "folio/model/pattern/shape.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pcre2_real_code_8;
struct pcre2_real_match_data_8;
struct pcre2_real_match_context_8;
struct pcre2_real_jit_stack_8;

/** Candidates that were none, in bytes passed meanwhile: what a matcher may have in advance, at most. */
#define SIFT_CREDIT_MAX ((int64_t)1 << 20)

/** A pattern of bytes (bytes.c). */
struct pattern_bytes;

struct pattern {
    char *text;
    size_t length;
    /** NULL: it is text. Otherwise all else is empty. */
    struct pattern_bytes *bytes;
    bool caseless;
    /** The needles are the whole pattern: there is no `code`. */
    bool literal;
    /** One of the needles stands in every match. */
    bool sift;
    struct pattern_shape shape;
    struct needles needles;
    struct pcre2_real_code_8 *code;
    bool jit;
};

struct matcher {
    const struct pattern *pattern;
    struct pcre2_real_match_data_8 *data;
    struct pcre2_real_match_context_8 *context;
    struct pcre2_real_jit_stack_8 *stack;
    /** Goes down with every candidate that is none; below 0 a blind search is faster than sifting. */
    int64_t sift_credit;
    unsigned blind_failures;
    /** Lines that were too hard. */
    unsigned hard_lines;
    const atomic_bool *stop;
    /** For callouts: when a call has taken too long, and how many there were. */
    uint64_t callout_end;
    unsigned callout_count;
};

static inline bool matcher_stopped(const struct matcher *matcher)
{
    return matcher->stop && atomic_load_explicit(matcher->stop, memory_order_relaxed);
}

/** A match of bytes, newlines or not, that begins at `from` or later; `from` is at most the length. */
enum pattern_result matcher_bytes(const struct pattern_bytes *bytes, struct span span, size_t from,
                                  struct hit *hit);

/** A match in one line, by PCRE2: a single call nearly always. Only for patterns that have a `code`. */
enum pattern_result matcher_judge(struct matcher *matcher, struct span line, size_t from, struct hit *hit);

/** The same for bytes with newlines in them and a pattern that is blind to them: TOO_HARD as soon as it is not easy. */
enum pattern_result matcher_glance(struct matcher *matcher, struct span stretch, struct hit *hit);

#endif
