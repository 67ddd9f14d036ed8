/* SPDX-License-Identifier: MIT */
/*
 * model: the path of a byte of a JSON file (see the header). View thread.
 *
 * From the byte outward: what opens the container that is one level less deep, and the commas between. A bracket is found
 * for all levels at once by its depth, so the outermost steps of a hundred thousand cost no more than the innermost.
 */
#include "folio/model/json/path.h"

#include "bytes.h"
#include "key.h"

#include <inttypes.h>

/** One level on the way to a byte. */
struct step {
    uint64_t opener;  /**< the bracket */
    uint64_t ordinal; /**< of the child, from 0 */
    uint64_t member;  /**< where the child's bytes begin: behind the bracket or a comma */
    bool object;
};

/** Where a path is being found. */
struct finding {
    struct nesting *nesting;
    struct reader *reader;
    uint64_t from, at;
    int64_t steps;  /**< that are written at most */
    size_t key_max; /**< bytes of a key */
    bool brackets;  /**< around all keys */
    bool *whole;    /**< nothing was left out */
};

/** The step whose content is `depth` deep. NONE: there is no such container, or it begins before the document. */
static enum nesting_answer step_find(const struct finding *finding, int64_t depth, struct step *step)
{
    char bracket;
    enum nesting_answer answer =
        nesting_up(finding->nesting, finding->reader, finding->at, depth - 1, &step->opener);
    if (answer != NESTING_FOUND || step->opener < finding->from)
        return answer == NESTING_FOUND ? NESTING_NONE : answer;
    struct range before = {step->opener + 1, finding->at};
    if (!json_byte(finding->reader, step->opener, &bracket))
        return NESTING_FAILED;
    step->object = bracket == '{';
    step->ordinal = 0;
    step->member = step->opener + 1;
    if (before.begin >= before.end)
        return NESTING_FOUND;
    if (!step->object)
        return nesting_commas(finding->nesting, finding->reader, before, depth, &step->ordinal);
    answer = nesting_comma_before(finding->nesting, finding->reader, finding->at, depth, &step->member);
    step->member = answer == NESTING_FOUND ? step->member + 1 : step->opener + 1;
    return answer == NESTING_NONE ? NESTING_FOUND : answer;
}

/** Write the key whose opening quote is at `quote`. */
static enum nesting_answer key_write(const struct finding *finding, uint64_t quote, struct buf *text)
{
    const size_t most = finding->key_max;
    uint64_t end;
    struct span key = {0};
    enum nesting_answer answer = nesting_quote(finding->nesting, finding->reader, quote + 1, true, &end);
    if (answer == NESTING_NONE)
        end = reader_size(finding->reader);
    if (answer == NESTING_UNKNOWN || answer == NESTING_FAILED)
        return answer;
    size_t length = end - quote - 1 < most ? (size_t)(end - quote - 1) : most;
    if (length > 0 && reader_span(finding->reader, quote + 1, length, &key) == READER_GIVEN_UP)
        return NESTING_FAILED;
    bool cut = end - quote - 1 > key.length;
    *finding->whole = *finding->whole && !cut;
    if (!finding->brackets) {
        json_key_write(key, cut, text);
        return NESTING_FOUND;
    }
    buf_text(text, "[\"");
    buf_append(text, key.data, key.length);
    buf_text(text, "\"]");
    return NESTING_FOUND;
}

/** Write which child it is. */
static enum nesting_answer step_write(const struct finding *finding, const struct step *step,
                                      struct buf *text)
{
    uint64_t quote = step->member;
    char byte;
    if (!step->object) {
        buf_format(text, "[%" PRIu64 "]", step->ordinal);
        return NESTING_FOUND;
    }
    if (!json_behind_blanks(finding->reader, &quote, &byte))
        return NESTING_FAILED;
    if (byte == '"')
        return key_write(finding, quote, text);
    buf_text(text, "[?]");
    return NESTING_FOUND;
}

/** Write the step at `depth`. */
static enum nesting_answer depth_write(const struct finding *finding, int64_t depth, struct buf *text)
{
    struct step step;
    enum nesting_answer answer = step_find(finding, depth, &step);
    return answer == NESTING_FOUND ? step_write(finding, &step, text) : answer;
}

/** Is a boundary of the document before the byte at most `depth` deep? */
static enum nesting_answer is_so_deep(const struct finding *finding, int64_t depth)
{
    uint64_t boundary;
    enum nesting_answer answer = nesting_up(finding->nesting, finding->reader, finding->at, depth, &boundary);
    return answer == NESTING_FOUND && boundary < finding->from ? NESTING_NONE : answer;
}

/**
 * The least depth of the document so far: of its beginning, or, where more was closed than opened, below that. How far
 * below is found in steps that double, then by halves.
 */
static enum nesting_answer base_find(const struct finding *finding, int64_t *base)
{
    struct brackets_state state;
    int64_t step = 1;
    enum nesting_answer answer = nesting_state(finding->nesting, finding->reader, finding->from, &state);
    *base = state.depth;
    while (answer == NESTING_FOUND && (answer = is_so_deep(finding, *base - step)) == NESTING_FOUND) {
        *base -= step;
        step *= 2;
    }
    for (; answer == NESTING_NONE && step > 1; step /= 2) {
        enum nesting_answer half = is_so_deep(finding, *base - step / 2);
        *base -= half == NESTING_FOUND ? step / 2 : 0;
        answer = half == NESTING_FOUND ? NESTING_NONE : half;
    }
    return answer == NESTING_NONE ? NESTING_FOUND : answer;
}

/** How deep the container is whose content, or whose bracket, the byte is. */
static enum nesting_answer depth_find(const struct finding *finding, int64_t *depth)
{
    struct brackets_state state;
    char byte;
    enum nesting_answer answer = nesting_state(finding->nesting, finding->reader, finding->at, &state);
    if (!json_byte(finding->reader, finding->at, &byte))
        return NESTING_FAILED;
    *depth = state.depth - (!state.inside && (byte == ']' || byte == '}'));
    return answer;
}

/** Append the path, without the dot that it begins with. */
static enum nesting_answer path_write(const struct finding *finding, struct buf *text)
{
    int64_t depth, base, half = finding->steps / 2;
    enum nesting_answer answer = depth_find(finding, &depth);
    if (answer == NESTING_FOUND)
        answer = base_find(finding, &base);
    for (int64_t level = 1; answer == NESTING_FOUND && level <= depth - base; level++) {
        if (depth - base > finding->steps && level == half + 1) {
            int64_t last = depth - base - half;
            buf_format(text, "(%" PRId64 " more)", last - level + 1);
            level = last + 1;
            *finding->whole = false;
        }
        answer = depth_write(finding, base + level, text);
    }
    return answer;
}

enum nesting_answer json_path(struct nesting *nesting, struct reader *reader, uint64_t from, uint64_t at,
                              struct buf *text)
{
    bool whole = true;
    const struct finding finding = {nesting,    reader,       from,  at > from ? at : from,
                                    PATH_STEPS, PATH_KEY_MAX, false, &whole};
    buf_text(text, ".");
    return path_write(&finding, text);
}

enum nesting_answer json_path_whole(struct nesting *nesting, struct reader *reader, uint64_t from,
                                    uint64_t at, bool brackets, struct buf *text, bool *whole)
{
    const struct finding finding = {nesting,          reader,         from,     at > from ? at : from,
                                    PATH_WHOLE_STEPS, PATH_WHOLE_KEY, brackets, whole};
    *whole = true;
    if (!brackets)
        buf_text(text, ".");
    return path_write(&finding, text);
}
