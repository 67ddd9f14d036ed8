/* SPDX-License-Identifier: MIT */
/**
 * model: compiling patterns, and finding a match in one line. A pattern is shared and only read; a matcher is one
 * thread's. How lines are found among many is in matcher.c. The only file that knows PCRE2.
 *
 * Nothing here may take for ever, because nobody can stop PCRE2 inside a call. So no call may take longer than about
 * 50 ms, and between two of them it is looked whether somebody said stop. Two things explode. Attempts that
 * backtrack exponentially are cut off by the match limit, which counts anew at every place where a match may begin:
 * so the first try has a low limit, and only a line that exceeds it is tried with the real one, few beginnings at a
 * time and with an eye on the clock (matcher_struggle). Attempts that each look at all the rest of a long line are
 * quadratic without ever backtracking; so a long line is searched in windows, again with the clock. Windows are made
 * by PCRE2's offset limit: a match begins inside and may end outside, so nothing is lost at their edges. Patterns that
 * cannot be searched in pieces (\G, (*SKIP)) look at clock and stop themselves, in callouts, which makes them slow.
 *
 * UTF mode costs time, so only patterns have it in which characters matter. With it goes MATCH_INVALID_UTF: broken
 * bytes match nothing, stop nothing. DOTALL is never set, and the newline is LF alone whatever PCRE2 was built with.
 */
#include "folio/model/pattern/pattern.h"

#include "inside.h"
#include "words.h"

#include "folio/base/text/utf8.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wctype.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/** Backtracks at one beginning, 2 ns each: of the first try, and before a line is too hard. */
#define LIMIT_FIRST 1000
#define LIMIT_LAST  5000000
/** Beginnings times length of the rest that one call may be asked to look at: about 50 ms if it looks at all. */
#define WINDOW_WORK ((size_t)1 << 28)
/** How much longer the interpreter takes for it. */
#define INTERPRETER_SLOWNESS 16
/** Processor time for one line, and more for each of its bytes. */
#define LINE_BUDGET_NS      50000000
#define LINE_BUDGET_BYTE_NS 20
/**
 * After so many lines that were too hard, no line gets more than a share of all this: a file full of them is not to take
 * hours, nor a screen full of them a second.
 */
#define HARD_LINES_MAX 16
#define HARD_SHARE     64
/** A struggle takes more beginnings at a time while a call stays below this. */
#define STRUGGLE_STEP_NS 1000000
/** Callouts, some 20 ns each, between two looks at the clock. */
#define CALLOUT_STRIDE 256
#define JIT_STACK_SIZE ((size_t)1 << 20)
/** KiB of backtracking memory where there is no JIT. */
#define HEAP_LIMIT_KIB 16384

bool pattern_has_capital(const char *text, size_t length, bool literal)
{
    for (size_t at = 0; at < length;) {
        struct utf8 decoded = utf8_decode(text + at, length - at);
        at += decoded.length;
        if (decoded.rune == '\\' && !literal && at < length) {
            bool property = text[at] == 'p' || text[at] == 'P';
            at += utf8_decode(text + at, length - at).length;
            const char *close =
                property && at < length && text[at] == '{' ? memchr(text + at, '}', length - at) : NULL;
            at = close ? (size_t)(close - text) + 1 : at + (property && at < length);
        } else if (decoded.valid && iswupper((wint_t)decoded.rune)) {
            return true;
        }
    }
    return false;
}

/** What PCRE2 says against it, as a sentence. */
static bool pattern_complain(int code, size_t offset, struct error *error)
{
    char reason[256];
    if (pcre2_get_error_message(code, (PCRE2_UCHAR *)reason, sizeof reason) < 0)
        strcpy(reason, "not a regular expression");
    return error_set(error, 0, "Invalid pattern: %s at %zu", reason, offset);
}

/** The options that the pattern is compiled with. */
static uint32_t pattern_options(const struct pattern *pattern, bool literal)
{
    uint32_t options = PCRE2_NEVER_BACKSLASH_C;
    if (literal)
        options = PCRE2_LITERAL;
    else if (pattern->shape.utf)
        options |= PCRE2_UCP;
    if (pattern->shape.utf)
        options |= PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
    if (pattern->caseless)
        options |= PCRE2_CASELESS;
    if (!pattern->shape.steady)
        options |= PCRE2_AUTO_CALLOUT;
    return options | PCRE2_USE_OFFSET_LIMIT;
}

/** Have PCRE2 compile it. */
static bool pattern_prepare(struct pattern *pattern, bool literal, struct error *error)
{
    int code;
    size_t offset, size = 0;
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context)
        return error_system(error, ENOMEM, "Cannot compile the pattern");
    struct words words = {pattern->text, pattern->length};
    if (!literal)
        words = words_spell(pattern->text, pattern->length);
    pcre2_set_newline(context, PCRE2_NEWLINE_LF);
    if (words.text)
        pattern->code = pcre2_compile((PCRE2_SPTR)words.text, words.length, pattern_options(pattern, literal),
                                      &code, &offset, context);
    pcre2_compile_context_free(context);
    if (!words.text)
        return error_system(error, ENOMEM, "Cannot compile the pattern");
    if (!literal)
        free(words.text);
    if (!pattern->code)
        return pattern_complain(code, literal ? offset : words_offset(pattern->text, pattern->length, offset),
                                error);
    /* Where memory may not be made executable, or the pattern says (*NO_JIT), the interpreter does it. */
    pattern->jit = pcre2_jit_compile(pattern->code, PCRE2_JIT_COMPLETE) == 0 &&
                   pcre2_pattern_info(pattern->code, PCRE2_INFO_JITSIZE, &size) == 0 && size > 0;
    return true;
}

/** Allocated, with its text. */
static struct pattern *pattern_new(const char *text, size_t length)
{
    struct pattern *pattern = calloc(1, sizeof *pattern);
    char *copy = malloc(length + 1);
    if (!pattern || !copy) {
        free(pattern);
        free(copy);
        return NULL;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    pattern->text = copy;
    pattern->length = length;
    return pattern;
}

/** Make the needles ready. False when there are none. */
static bool pattern_sharpen(struct pattern *pattern)
{
    struct span text[NEEDLES_MAX];
    for (unsigned i = 0; i < pattern->shape.need.count; i++)
        text[i] = pattern_shape_needed(&pattern->shape, i);
    return needles_init(&pattern->needles, text, pattern->shape.need.count, pattern->caseless);
}

struct pattern *pattern_compile(const char *text, size_t length, enum pattern_case letter_case, bool literal,
                                struct error *error)
{
    struct pattern *pattern = pattern_new(text, length);
    if (!pattern) {
        error_system(error, ENOMEM, "Cannot compile the pattern");
        return NULL;
    }
    pattern->caseless = letter_case == PATTERN_FOLDED ||
                        (letter_case == PATTERN_SMART && !pattern_has_capital(text, length, literal));
    pattern->shape = literal ? pattern_shape_literal(text, length, pattern->caseless)
                             : pattern_shape_of(text, length, pattern->caseless);
    pattern->sift = pattern_sharpen(pattern);
    pattern->literal = pattern->sift && pattern->shape.literal;
    if (!pattern->literal && !pattern_prepare(pattern, literal, error)) {
        pattern_free(pattern);
        return NULL;
    }
    return pattern;
}

void pattern_free(struct pattern *pattern)
{
    if (!pattern)
        return;
    pcre2_code_free(pattern->code);
    free(pattern->bytes);
    free(pattern->text);
    free(pattern);
}

const char *pattern_text(const struct pattern *pattern)
{
    return pattern->text;
}

/** Processor time of this thread, so that a busy machine does not make patterns harder. */
static uint64_t matcher_clock(void)
{
    struct timespec now;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/** What a limit is divided by. */
static unsigned matcher_share(const struct matcher *matcher)
{
    return matcher->hard_lines > HARD_LINES_MAX ? HARD_SHARE : 1;
}

/** Processor time for a line, in ns. */
static uint64_t matcher_budget(const struct matcher *matcher, struct span line)
{
    return (LINE_BUDGET_NS + (uint64_t)line.length * LINE_BUDGET_BYTE_NS) / matcher_share(matcher);
}

/** PCRE2 calls this at every item of a pattern that is not steady. Anything but 0 ends the call. */
static int matcher_callout(pcre2_callout_block *block, void *context)
{
    struct matcher *matcher = context;
    (void)block;
    if (++matcher->callout_count % CALLOUT_STRIDE != 0)
        return 0;
    return matcher_stopped(matcher) || matcher_clock() > matcher->callout_end ? PCRE2_ERROR_CALLOUT : 0;
}

struct matcher *matcher_open(const struct pattern *pattern, struct error *error)
{
    struct matcher *matcher = calloc(1, sizeof *matcher);
    if (!matcher)
        goto failed;
    matcher->pattern = pattern;
    matcher->sift_credit = SIFT_CREDIT_MAX / 16;
    if (!pattern->code)
        return matcher;
    matcher->data = pcre2_match_data_create(1, NULL);
    matcher->context = pcre2_match_context_create(NULL);
    if (!matcher->data || !matcher->context)
        goto failed;
    pcre2_set_heap_limit(matcher->context, HEAP_LIMIT_KIB);
    pcre2_set_callout(matcher->context, matcher_callout, matcher);
    if (pattern->jit) {
        matcher->stack = pcre2_jit_stack_create(JIT_STACK_SIZE / 32, JIT_STACK_SIZE, NULL);
        if (!matcher->stack)
            goto failed;
        pcre2_jit_stack_assign(matcher->context, NULL, matcher->stack);
    }
    return matcher;
failed:
    matcher_close(matcher);
    error_system(error, ENOMEM, "Cannot search");
    return NULL;
}

void matcher_close(struct matcher *matcher)
{
    if (!matcher)
        return;
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    pcre2_jit_stack_free(matcher->stack);
    free(matcher);
}

void matcher_stop(struct matcher *matcher, const atomic_bool *stop)
{
    matcher->stop = stop;
}

/** The first place from `offset` on that is not inside a character: a match begins there in UTF mode. */
static size_t matcher_boundary(const struct matcher *matcher, struct span line, size_t offset)
{
    if (!matcher->pattern->shape.utf || offset == 0 || offset >= line.length)
        return offset;
    size_t back = offset < UTF8_LENGTH_MAX - 1 ? offset : UTF8_LENGTH_MAX - 1;
    for (size_t begin = offset - back; begin < offset; begin++) {
        struct utf8 decoded = utf8_decode(line.data + begin, line.length - begin);
        if (decoded.valid && begin + decoded.length > offset)
            return begin + decoded.length;
    }
    return offset;
}

/**
 * One call: a match in `subject` that begins from `first` to `last`. PCRE2's answer, and `hit` where it is a match.
 * A \K behind the end of the match could turn it round; then it is empty.
 */
static int matcher_call(struct matcher *matcher, struct span subject, size_t first, size_t last,
                        uint32_t limit, struct hit *hit)
{
    const struct pattern *pattern = matcher->pattern;
    PCRE2_SPTR data = (PCRE2_SPTR)(!subject.data ? "" : subject.data);
    if (limit == LIMIT_LAST)
        limit /= (pattern->jit ? 1 : INTERPRETER_SLOWNESS) * matcher_share(matcher);
    pcre2_set_match_limit(matcher->context, limit);
    pcre2_set_offset_limit(matcher->context, last < subject.length ? last : PCRE2_UNSET);
    int code = (pattern->jit ? pcre2_jit_match : pcre2_match)(pattern->code, data, subject.length, first, 0,
                                                              matcher->data, matcher->context);
    if (code >= 0) {
        const size_t *match = pcre2_get_ovector_pointer(matcher->data);
        hit->begin = match[0] < match[1] ? match[0] : match[1];
        hit->end = match[1];
        if (hit->end - hit->begin > PATTERN_MATCH_MAX) {
            size_t most = hit->begin + PATTERN_MATCH_MAX - (UTF8_LENGTH_MAX - 1);
            hit->end = matcher_boundary(matcher, subject, most);
        }
    }
    return code;
}

/** PCRE2's answer in our words. Whatever is neither yes nor no is a limit of some kind. */
static enum pattern_result matcher_verdict(int code)
{
    if (code >= 0)
        return PATTERN_FOUND;
    return code == PCRE2_ERROR_NOMATCH ? PATTERN_NONE : PATTERN_TOO_HARD;
}

/** Beginnings that one call may try in a line with this much left. */
static size_t matcher_window(const struct matcher *matcher, size_t rest)
{
    size_t window = (matcher->pattern->jit ? WINDOW_WORK : WINDOW_WORK / INTERPRETER_SLOWNESS) / (rest + 1);
    return window < 64 ? 64 : window;
}

/**
 * A line that is long or hard: some beginnings at a time, until the clock says that it is enough. From the place
 * where the first limit is met, it goes on with the last limit and with single beginnings, more while that is quick.
 */
static enum pattern_result matcher_struggle(struct matcher *matcher, struct span line, size_t from, bool hard,
                                            struct hit *hit)
{
    uint64_t now = 0, end = UINT64_MAX;
    size_t window = hard ? 1 : matcher_window(matcher, line.length - from);
    while (from <= line.length && now < end) {
        if (matcher_stopped(matcher))
            return PATTERN_STOPPED;
        size_t next =
            line.length - from < window ? line.length + 1 : matcher_boundary(matcher, line, from + window);
        int code = matcher_call(matcher, line, from, next - 1, hard ? LIMIT_LAST : LIMIT_FIRST, hit);
        bool harder = code == PCRE2_ERROR_MATCHLIMIT && !hard;
        if (!harder && code != PCRE2_ERROR_NOMATCH)
            return matcher_verdict(code);
        /* To ask this clock takes longer than most matches: not before the first call that found none. */
        uint64_t before = now;
        now = matcher_clock();
        end = end == UINT64_MAX ? now + matcher_budget(matcher, line) : end;
        from = harder ? from : next;
        if (harder) {
            hard = true;
            window = 1;
        } else if (hard) {
            size_t widest = matcher_window(matcher, line.length);
            window = now - before > STRUGGLE_STEP_NS ? 1 + window / 4
                     : window * 2 < widest           ? window * 2
                                                     : widest;
        }
    }
    return from > line.length ? PATTERN_NONE : PATTERN_TOO_HARD;
}

/** A match in one line: a single call nearly always. */
static enum pattern_result matcher_try(struct matcher *matcher, struct span line, size_t from,
                                       struct hit *hit)
{
    from = matcher_boundary(matcher, line, from);
    if (!matcher->pattern->shape.steady) {
        matcher->callout_end = matcher_clock() + matcher_budget(matcher, line);
        int code = matcher_call(matcher, line, from, line.length, LIMIT_LAST, hit);
        return code == PCRE2_ERROR_CALLOUT && matcher_stopped(matcher) ? PATTERN_STOPPED
                                                                       : matcher_verdict(code);
    }
    if (line.length - from >= matcher_window(matcher, line.length - from))
        return matcher_struggle(matcher, line, from, false, hit);
    int code = matcher_call(matcher, line, from, line.length, LIMIT_FIRST, hit);
    if (code == PCRE2_ERROR_MATCHLIMIT)
        return matcher_struggle(matcher, line, from, true, hit);
    return matcher_verdict(code);
}

enum pattern_result matcher_judge(struct matcher *matcher, struct span line, size_t from, struct hit *hit)
{
    enum pattern_result result = matcher_try(matcher, line, from, hit);
    matcher->hard_lines += result == PATTERN_TOO_HARD && matcher->hard_lines <= HARD_LINES_MAX;
    return result;
}

enum pattern_result matcher_glance(struct matcher *matcher, struct span stretch, struct hit *hit)
{
    return matcher_verdict(matcher_call(matcher, stretch, 0, stretch.length, LIMIT_FIRST, hit));
}

bool matcher_group(struct matcher *matcher, struct span line, unsigned number, struct hit *hit)
{
    const struct pattern *pattern = matcher->pattern;
    if (!pattern->code)
        return false;
    /* Searches keep no groups; few matches are ever asked for theirs. JIT code is not anchored. */
    pcre2_match_data *data = pcre2_match_data_create_from_pattern(pattern->code, NULL);
    if (!data)
        return false;
    matcher->callout_end = matcher_clock() + LINE_BUDGET_NS;
    pcre2_set_match_limit(matcher->context, LIMIT_LAST / INTERPRETER_SLOWNESS);
    pcre2_set_offset_limit(matcher->context, PCRE2_UNSET);
    int code = pcre2_match(pattern->code, (PCRE2_SPTR)line.data, line.length, hit->begin, PCRE2_ANCHORED,
                           data, matcher->context);
    const size_t *match = pcre2_get_ovector_pointer(data) + 2 * (size_t)number;
    bool found = code >= 0 && number < pcre2_get_ovector_count(data) && match[0] != PCRE2_UNSET;
    if (found) {
        hit->begin = match[0];
        hit->end = match[1] > match[0] ? match[1] : match[0];
    }
    pcre2_match_data_free(data);
    return found;
}
